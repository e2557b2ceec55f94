"""A citation names one state of a record: the same for every copy, another after every change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from builder import meeting

from dragoman.record import Record, RecordError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Record(tmp_path / "rabat_talks.db", version="0.1.0") as record:
        record.add_many([meeting(3, "A"), meeting(9, "B")])
    return tmp_path / "rabat_talks.db"


def test_copies_are_cited_alike_and_changes_are_not(path: Path) -> None:
    with Record(path, readonly=True) as record:
        cited = record.cite()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with Record(copy) as other:
        assert other.cite("rabat_talks") == cited
        number = other.judge(other.events()[0].id, "right", by="A")
        judged = other.cite("rabat_talks")
        other.undo(number, by="A")
        undone = other.cite("rabat_talks")
        other.add(meeting(12, "C"))
        digests = [c.sha256 for c in (cited, judged, undone, other.cite("rabat_talks"))]
        assert len(set(digests)) == len({judged.version, undone.version, cited.version}) + 1 == 4


def test_the_order_of_pages_does_not_matter(path: Path, tmp_path: Path) -> None:
    with Record(tmp_path / "other.db", version="0.1.0") as other, Record(path, readonly=True) as record:
        other.add(meeting(9, "B"))
        other.add(meeting(3, "A"))
        assert other.cite().sha256 == record.cite().sha256


def test_styles(path: Path) -> None:
    with Record(path, readonly=True) as record:
        cited = record.cite("Talks & calls", ["Doe, Jane", "The 100% Institute"])
    text = cited.format("text")
    assert text.startswith(f"Doe, Jane; The 100% Institute ({cited.date[:4]}): Talks & calls. Version {cited.version}")
    assert cited.sha256[:16] in text and "2 events from 2 pages, coded with Dragoman 0.1.0" in text
    bibtex = cited.format("bibtex")
    assert bibtex.startswith(f"@misc{{talks-calls-{cited.sha256[:8]},\n")
    assert r"Talks \& calls" in bibtex and r"Doe, Jane and The 100\% Institute" in bibtex
    assert bibtex.count("{") - bibtex.count("}") == 0
    (entry,) = json.loads(cited.format("csl-json"))
    assert entry["type"] == "dataset" and entry["version"] == cited.version
    assert entry["author"] == [{"family": "Doe", "given": "Jane"}, {"literal": "The 100% Institute"}]
    assert "-".join(f"{p:02d}" for p in entry["issued"]["date-parts"][0]) == cited.date
    assert cited.sha256 in entry["note"]
    with pytest.raises(RecordError, match="no citation style 'apa'"):
        cited.format("apa")


def test_nothing_is_no_source(tmp_path: Path) -> None:
    with Record(tmp_path / "empty.db") as record, pytest.raises(RecordError, match="nothing to cite"):
        record.cite()
