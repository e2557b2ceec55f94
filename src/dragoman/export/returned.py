"""Judgements in a file, whoever wrote it: Dragoman itself, Label Studio or INCEpTION, told apart by content."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.export import inception, label_studio
from dragoman.export.annotation import unsaid
from dragoman.record import Record
from dragoman.record.errors import RecordError
from dragoman.record.judgements import Judgement, dump


def import_judgements(record: Record, path: str | Path) -> int:
    """Take in the judgements of a file; how many were new.

    The file is what `dragoman judgements` printed, a JSON export of Label Studio, or UIMA CAS JSON of INCEpTION: one
    document, a folder, or the zip of a document or project. What a person said last already is not taken in again.
    Raises RecordError for anything else, OSError for a file that cannot be read.
    """
    path = Path(path)
    if path.is_dir() or zipfile.is_zipfile(path):
        found = list(_documents(path))
    else:
        text = path.read_text(encoding="utf-8")
        value = _json(text)
        if isinstance(value, list):
            found = list(label_studio.judgements(value))
        elif inception.is_document(value):
            found = list(inception.judgements(value, path.name, _changed(path)))
        else:
            return record.import_judgements(text.splitlines())
    return record.import_judgements(dump(unsaid(found, record.judgements())).splitlines())


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _documents(path: Path) -> Iterator[Judgement]:
    """The judgements of all documents in a folder or archive; those that nobody worked on hold none."""
    met = False
    for name, content, changed in _within(path):
        value = _json(content.decode("utf-8", "replace"))
        if inception.is_document(value):
            met = True
            yield from inception.judgements(value, name, changed)
    if not met:
        raise RecordError(f"{path} holds no UIMA CAS JSON document; choose that format when exporting from INCEpTION.")


def _within(path: Path) -> Iterator[tuple[str, bytes, datetime]]:
    if not path.is_dir():
        yield from _unzipped(path.read_bytes(), "")
        return
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        name = file.relative_to(path).as_posix()
        if file.suffix == ".zip":
            yield from _unzipped(file.read_bytes(), name.removesuffix(".zip") + "/")
        elif file.suffix == ".json":
            yield name, file.read_bytes(), _changed(file)


def _unzipped(data: bytes, folder: str) -> Iterator[tuple[str, bytes, datetime]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in sorted(archive.infolist(), key=lambda e: e.filename):
            name = folder + entry.filename
            if name.endswith(".zip"):
                yield from _unzipped(archive.read(entry), name.removesuffix(".zip") + "/")
            elif name.endswith(".json"):
                yield name, archive.read(entry), datetime(*entry.date_time, tzinfo=UTC)
