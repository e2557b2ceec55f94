"""One door to all formats."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dragoman.export import (
    acled,
    datapackage,
    ftm,
    gdelt,
    geojson,
    gexf,
    ical,
    icews,
    inception,
    label_studio,
    phoenix,
    polecat,
    tables,
)
from dragoman.record import Record
from dragoman.record.values import Event

Lines = Callable[[Iterator[Event]], Iterator[str]]
Told = Callable[[Record, Iterator[Event]], Iterator[str]]
Several = Generator[tuple[str, Iterator[str]], None, None]
Files = Callable[[Record, Callable[[], Iterator[Event]]], Several]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write events: a name, what it is, the usual file ending, and its text.

    The text comes from the events alone (`lines`) or from the pages too (`told`). Parquet has `rows`; formats of
    several files have `files`, each a name and its text.
    """

    name: str
    description: str
    suffix: str
    lines: Lines | None
    columns: tuple[str, ...] = ()
    rows: Callable[[Iterator[Event]], Iterator[dict[str, Any]]] | None = None
    told: Told | None = None
    files: Files | None = None


def _csv(rows: Callable[[Iterator[Event]], Iterator[dict[str, Any]]], columns: tuple[str, ...]) -> Lines:
    return lambda events: tables.csv_lines(rows(events), columns)


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("polecat", "POLECAT / NGEC, 40 tab-separated columns", ".txt", polecat.lines, polecat.COLUMNS),
        Format("icews", "ICEWS, 20 tab-separated columns", ".tab", icews.lines, icews.COLUMNS),
        Format("gdelt", "GDELT 2.0 events, 61 tab-separated columns, no header", ".CSV", gdelt.lines, gdelt.COLUMNS),
        Format(
            "gdelt-mentions", "GDELT 2.0 mentions, 16 tab-separated columns, no header", ".mentions.CSV",
            gdelt.mention_lines, gdelt.MENTION_COLUMNS,
        ),
        Format("phoenix", "Phoenix, 26 tab-separated columns, no header", ".txt", phoenix.lines, phoenix.COLUMNS),
        Format("ftm", "FollowTheMoney entities, JSON lines", ".ftm.json", ftm.lines),
        Format("gexf", "dynamic network of countries for Gephi", ".gexf", gexf.lines),
        Format("geojson", "events with coordinates", ".geojson", geojson.lines),
        Format("ical", "iCalendar, one entry a dated event", ".ics", ical.lines),
        Format("acled", "31 columns as ACLED's, CSV", ".csv", _csv(acled.rows, acled.COLUMNS), acled.COLUMNS),
        Format("csv", "one row an event", ".csv", _csv(tables.event_rows, tables.COLUMNS), tables.COLUMNS),
        Format(
            "csv-mentions", "one row a mention", ".csv", _csv(tables.mention_rows, tables.MENTION_COLUMNS),
            tables.MENTION_COLUMNS
        ),
        Format("parquet", "one row an event", ".parquet", None, tables.COLUMNS, tables.event_rows),
        Format("parquet-mentions", "one row a mention", ".parquet", None, tables.MENTION_COLUMNS, tables.mention_rows),
        Format("jsonl", "one event a line with its mentions", ".jsonl", tables.json_lines),
        Format("label-studio", "tasks for Label Studio, JSON", ".json", None, told=label_studio.lines),
        Format("label-studio-interface", "their labelling interface", ".xml", None, told=label_studio.interface),
        Format("datapackage", "Frictionless Data Package of CSV tables", ".zip", None, files=datapackage.files),
        Format("inception", "documents for INCEpTION, UIMA CAS JSON", ".zip", None, files=inception.files),
    )
}  # fmt: skip


def write(record: Record, format: str, out: str | Path | IO[str] | IO[bytes], **wanted: Any) -> None:
    """Write the events of `record` that match `wanted` (as for `Record.events`) to a path or an open stream.

    A file appears whole or not at all. Of several files a zip is made, or a folder where `out` is a path without .zip.
    Events judged wrong are left out. Raises ValueError for an unknown format,
    ModuleNotFoundError where Parquet is asked for without pyarrow.
    """
    chosen = FORMATS.get(format)
    if chosen is None:
        raise ValueError(f"There is no format {format!r}; these can be written: {', '.join(sorted(FORMATS))}.")
    if chosen.files:
        with closing(chosen.files(record, lambda: record.iter_events(**wanted))) as files:
            _several(files, out)
        return
    events = record.iter_events(**wanted)
    if not isinstance(out, str | Path):
        _stream(record, chosen, events, out)
        return
    with _whole(Path(out)) as stream:
        _stream(record, chosen, events, stream)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream to a file that appears when all is written."""
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _several(files: Several, out: str | Path | IO[str] | IO[bytes]) -> None:
    if isinstance(out, str | Path) and Path(out).suffix.lower() != ".zip":
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files:
            with _whole(folder / name) as stream:
                stream.writelines(part.encode() for part in text)
    elif isinstance(out, str | Path):
        with _whole(Path(out)) as stream:
            _zipped(files, stream)
    else:
        binary: Any = getattr(out, "buffer", out)
        if isinstance(binary, io.TextIOBase):
            raise ValueError("Several files are no text; give a path or a binary stream.")
        _zipped(files, binary)


def _zipped(files: Several, out: IO[bytes]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            entry = zipfile.ZipInfo(name, time.gmtime()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as stream:
                for part in text:
                    stream.write(part.encode())


def _stream(record: Record, chosen: Format, events: Iterator[Event], out: IO[str] | IO[bytes]) -> None:
    binary: Any = getattr(out, "buffer", out)
    if isinstance(out, io.TextIOBase) and binary is not out:
        out.flush()
    if chosen.rows is not None and chosen.lines is None:
        if isinstance(binary, io.TextIOBase):
            raise ValueError(f"{chosen.name} is no text; give a path or a binary stream.")
        tables.write_parquet(chosen.rows(events), chosen.columns, binary)
        return
    for text in chosen.told(record, events) if chosen.told else chosen.lines(events) if chosen.lines else ():
        binary.write(text if isinstance(binary, io.TextIOBase) else text.encode())
