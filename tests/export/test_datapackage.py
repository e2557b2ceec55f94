"""The data package describes its tables exactly, and they keep what it says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import export
from dragoman.export import datapackage, tables
from dragoman.record import Record, RecordError

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting, reading


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "Rabat talks.db") as record:
        record.add_many(
            [
                meeting(3, "A"),
                meeting(3, "B", extra='Both praised the "deal",\nit said.'),
                reading(
                    "خبر",
                    "استقبل الوزير السفيرة الإسبانية بالرباط.",
                    [("استقبل الوزير السفيرة", "CONSULT", ["MAR:GOV"], ["ESP"], {"symmetric": True})],
                ),
                reading("Nothing", "Nothing happened."),
            ]
        )
        yield record


@pytest.fixture
def folder(record: Record, tmp_path: Path) -> Path:
    export.write(record, "datapackage", tmp_path / "package")
    return tmp_path / "package"


def descriptor(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_column_is_described_in_order() -> None:
    described = datapackage.columns()
    assert tuple(described["events"]) == tables.COLUMNS
    assert tuple(described["mentions"]) == tables.MENTION_COLUMNS
    assert all(text and not text.endswith(".") for names in described.values() for text in names.values())


def test_files_are_as_described(folder: Path) -> None:
    package = descriptor(folder)
    assert package["profile"] == "tabular-data-package" and package["name"] == "rabat-talks"
    assert {p.name for p in folder.iterdir()} == {"datapackage.json", *(r["path"] for r in package["resources"])}
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = next(csv.reader([data.decode().splitlines()[0]]))
        assert header == [f["name"] for f in resource["schema"]["fields"]]


def test_cells_have_their_types_and_keys_hold(folder: Path) -> None:
    types = {"integer": int, "number": float, "string": str, "boolean": {"True": True, "False": False}.__getitem__}
    rows = {r["name"]: table(folder, r["name"]) for r in descriptor(folder)["resources"]}
    for resource in descriptor(folder)["resources"]:
        schema = resource["schema"]
        assert rows[resource["name"]]
        for row in rows[resource["name"]]:
            for field in schema["fields"]:
                if cell := row[field["name"]]:
                    types[field["type"]](cell)
        key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
        keys = [tuple(row[k] for k in key) for row in rows[resource["name"]]]
        assert len(set(keys)) == len(keys) and all(all(k) for k in keys)
        for reference in schema.get("foreignKeys", ()):
            there = {row[reference["reference"]["fields"]] for row in rows[reference["reference"]["resource"]]}
            assert {row[reference["fields"]] for row in rows[resource["name"]]} <= there


def test_tables_hold_what_the_record_says(record: Record, folder: Path) -> None:
    events = list(record.iter_events())
    assert [row["id"] for row in table(folder, "events")] == [e.id for e in events]
    assert {row["mention"] for row in table(folder, "mentions")} == {m.key for e in events for m in e.mentions}
    assert len(table(folder, "pages")) == 3
    offices = {(row["actor"], row["office"]) for row in table(folder, "parties")}
    assert offices >= {(a.key, a.office or "") for e in events for a in e.sources}


def test_a_zip_of_some_events(record: Record, tmp_path: Path) -> None:
    export.write(record, "datapackage", tmp_path / "some.zip", actor="ESP")
    with zipfile.ZipFile(tmp_path / "some.zip") as archive:
        assert archive.testzip() is None
        assert len(archive.read("events.csv").decode().splitlines()) == 2
        assert len(archive.read("pages.csv").decode().splitlines()) == 2


def test_a_reader_that_goes_away_leaves_the_record_usable(record: Record) -> None:
    class Gone(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        export.write(record, "datapackage", Gone())
    assert record.judge(record.events()[0].id, "right", by="A")


def test_frictionless_finds_it_valid(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])


def test_an_empty_record_makes_no_package(tmp_path: Path) -> None:
    with Record(tmp_path / "empty.db") as record, pytest.raises(RecordError, match="no pages"):
        export.write(record, "datapackage", tmp_path / "empty.zip")
    assert not (tmp_path / "empty.zip").exists()
