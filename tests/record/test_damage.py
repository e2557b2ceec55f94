"""A record whose file is damaged: it is found, it is said what to do, and what can be saved is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import meeting
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.record import Record, RecordError

PAGES = 80
LEAF = 0x0D  # first byte of a leaf of a table


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of many pages, each with an event of its own, some judged."""
    with Record(tmp_path / "r.db", version="1") as record:
        record.add_many(
            meeting(1 + i % 28, f"Outlet {i}", extra=f"Report {i}. " + "It was said again. " * 40) for i in range(PAGES)
        )
        events = list(record.iter_events())
        record.judge(events[0].id, "right", by="Amina")
        record.correct(events[1].id, "issue", "fishing", by="Amina")
    return tmp_path / "r.db"


def damage(path: Path, words: bytes) -> None:
    """Write over the middle of the leaf of a table that holds `words` somewhere after the middle of the file."""
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    leaves = [
        n for n in range(1, len(data) // size) if data[n * size] == LEAF and words in data[n * size : (n + 1) * size]
    ]
    at = leaves[len(leaves) // 2] * size
    data[at + 3 : at + 5] = b"\xff\xff"  # more cells than fit
    data[at + size // 2 : at + size // 2 + 256] = b"\xff" * 256
    path.write_bytes(data)


@pytest.mark.parametrize("words", [b"Bourita met Secretary Blinken in Rabat", b"Blinken in Rabat (Outlet"])
def test_doctor_finds_it_and_says_what_to_do(path: Path, words: bytes) -> None:
    damage(path, words)
    with Record(path) as record:
        problems = record.doctor()
    assert {p.check for p in problems} == {"integrity"}
    assert all("--salvage" in p.remedy for p in problems)
    answer = CliRunner().invoke(app, ["doctor", "--record", str(path)])
    assert answer.exit_code == 1
    assert "damage" in answer.output + answer.stderr


@pytest.mark.parametrize("words", [b"Bourita met Secretary Blinken in Rabat", b"Blinken in Rabat (Outlet"])
def test_what_can_be_saved_is_saved(path: Path, tmp_path: Path, words: bytes) -> None:
    with Record(path) as record:
        before = {frozenset(m.key for m in e.mentions): e.id for e in record.iter_events()}
        pages = {p.sha256 for p in record.pages()}
    damage(path, words)
    with Record(path) as record, Record(tmp_path / "other.db") as other:
        with pytest.raises(RecordError, match="doctor"):
            for page in record.pages():
                record.article(page.id)
                list(record.mentions_on(page.id))
        saved = record.salvage(tmp_path / "new.db")
        with pytest.raises(RecordError, match="new file"):
            record.salvage(other.path)
    assert PAGES * 0.6 < saved.pages <= PAGES
    assert saved.pages + len(saved.lost) == PAGES
    assert saved.lost or saved.lost_mentions
    assert saved.mentions >= PAGES * 0.6
    with Record(tmp_path / "new.db") as new:
        assert new.doctor() == []
        assert {p.sha256 for p in new.pages()} == pages - set(saved.lost)
        after = {frozenset(m.key for m in e.mentions): e.id for e in new.iter_events()}
        whole = after.keys() & before.keys()  # events that lost no account keep their ids
        assert len(whole) >= 0.3 * len(before)
        assert all(after[members] == before[members] for members in whole)
        assert [(j.verdict, j.by) for j in new.judgements()] == [("right", "Amina"), ("corrected", "Amina")]
        assert new.search("fishing") == () and new.search("Blinken Rabat")


def test_a_sound_record_comes_over_whole(path: Path, tmp_path: Path) -> None:
    with Record(path, version="1") as record:
        saved = record.salvage(tmp_path / "new.db")
        told = record.events(limit=None).to_dicts()
        with Record(tmp_path / "new.db") as new:
            assert new.events(limit=None).to_dicts() == told
            assert new.doctor() == []
            assert all(new.has(p.sha256, record.fingerprint) for p in record.pages())
    assert (saved.pages, saved.lost, saved.lost_mentions, saved.judgements) == (PAGES, (), 0, 2)


def test_the_command_saves_into_a_new_file(path: Path, tmp_path: Path) -> None:
    damage(path, b"Bourita met Secretary Blinken in Rabat")
    answer = CliRunner().invoke(app, ["doctor", "--record", str(path), "--salvage", str(tmp_path / "new.db")])
    assert answer.exit_code == 0
    assert "saved" in answer.output + answer.stderr
