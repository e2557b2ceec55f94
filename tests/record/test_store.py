"""The record takes readings in, keeps them through recoding, and says clearly what is wrong with a file."""

from __future__ import annotations

import os
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.record import (
    NewerRecord,
    NotARecord,
    OlderRecord,
    ReadOnlyRecord,
    Record,
    RecordBusy,
    RecordError,
    UnknownEvent,
    database,
    judgements,
)
from dragoman.record.database import connect, migrations

sys.path.insert(0, str(Path(__file__).parent))
from builder import event, meeting, reading


def test_a_page_is_coded_once_unless_the_coding_changed(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    page = meeting(3)
    with Record(path, version="1", codebook="a") as record:
        assert record.add(page).outcome == "added"
        assert record.add(page).outcome == "unchanged"
        assert record.has(page.article.page.sha256)
    with Record(path, version="1", codebook="b") as record:
        assert not record.has(page.article.page.sha256)
        assert record.add(page).outcome == "recoded"
        assert record.counts()["mentions"] == 1
        assert [r["codebook"] for r in record.runs()] == ["a", "b"]
        assert record.doctor() == []


def test_event_ids_survive_recoding_and_lost_events_leave_a_signpost(tmp_path: Path) -> None:
    page = meeting(3)
    text = page.article.page.text
    longer = event(
        text, "Foreign minister Bourita met Secretary Blinken", "CONSULT", ["MAR:GOV Nasser Bourita"],
        ["USA:GOV Antony Blinken"], date="2021-05-03", symmetric=True,
    )  # fmt: skip
    with Record(tmp_path / "r.db") as record:
        (uid,) = record.add(page).events.values()
        assert list(record.add(replace(page, events=(longer,)), again=True).events.values()) == [uid]
        record.add(replace(page, events=()), again=True)
        assert record.counts()["events"] == 0
        with pytest.raises(UnknownEvent, match="no longer coded"):
            record.event(uid)
        assert list(record.add(page, again=True).events.values()) == [uid]
        assert record.doctor() == []


def test_when_events_join_the_older_id_wins_and_the_other_redirects(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        (one,) = record.add(meeting(3, "A")).events.values()
        (two,) = record.add(meeting(5, "B")).events.values()
        assert one != two
        number = record.judge_same(one, two, by="Amina")
        assert record.event(two).id == record.event(one).id == one
        assert record.redirects() == {two: one}
        assert record.event(one).mention_count == 2
        record.undo(number, by="Amina")
        assert record.event(two).id == two
        assert record.redirects() == {}
        assert record.doctor() == []


def test_judgements_survive_recoding_and_beat_the_machine(tmp_path: Path) -> None:
    pages = [meeting(3, "A"), meeting(3, "B")]
    with Record(tmp_path / "r.db") as record:
        record.add_many(pages)
        (merged,) = record.events()
        keys = [m.key for m in merged.mentions]
        record.judge_same(keys[0], keys[1], by="Amina", verdict="different")
        assert len(record.events()) == 2
        record.add_many(pages, again=True)
        assert len(record.events()) == 2
        uid = record.events()[0].id
        record.correct(uid, "date", "2021-05-02", by="Amina")
        assert record.event(uid).date == "2021-05-02"
        record.judge(record.events()[-1].id, "wrong", by="Amina")
        assert len(record.events()) == 1
        assert len(record.events(wrong=True)) == 2
        record.add_many(pages, again=True)
        assert len(record.events()) == 1
        assert [j.verdict for j in record.judgements()] == ["different", "corrected", "wrong"]
        assert record.doctor() == []


def test_copies_are_one_independent_source(tmp_path: Path) -> None:
    words = " ".join(
        f"The {w} of the council was held in the old hall by the river." for w in ["first", "second", "third", "fourth"]
    )
    with Record(tmp_path / "r.db") as record:
        own = reading(
            "Own words",
            "In Rabat on Monday the Moroccan minister, Bourita, sat down with the American one, Blinken.",
            [
                (
                    "the Moroccan minister, Bourita, sat down with the American one, Blinken",
                    "CONSULT",
                    ["MAR:GOV Nasser Bourita"],
                    ["USA:GOV Antony Blinken"],
                    {"date": "2021-05-03", "symmetric": True},
                )
            ],
        )
        record.add_many([meeting(3, "A", extra=words), meeting(3, "B", extra=words), own])
        (found,) = record.events()
        assert (found.mention_count, found.page_count, found.independent_sources) == (3, 3, 2)


def test_disagreements_keep_every_value(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_many([meeting(3, "A"), meeting(3, "B", extra="He left."), meeting(4, "C", extra="The end.")])
        (found,) = record.events()
        assert found.date == "2021-05-03"
        dates = {v.value: v for v in found.disagreements() if v.field == "date"}
        assert dates["2021-05-03"].best
        assert dates["2021-05-04"].independent_sources == 1
        assert [e.id for e in record.disagreements()] == [found.id]


@pytest.mark.parametrize("codes", [("050", "057"), ("057", "050"), ("050", "050", "057")])
def test_the_code_that_says_more_is_the_event_s(tmp_path: Path, codes: tuple[str, ...]) -> None:
    quote = "Morocco and the United States signed an agreement in Rabat"
    told = {"date": "2021-05-03", "place": ("Rabat", "MAR", 34.0, -6.8)}
    with Record(tmp_path / "r.db") as record:
        for i, code in enumerate(codes):
            signed = (quote, "SUPPORT", ["MAR", "USA"], [], told | {"cameo": code})
            record.add(reading(f"Accord {i}", f"{quote}. {i}", [signed], outlet=f"O{i}"))
        (event,) = record.events()
        assert event.cameo == "057"


def test_text_comes_back_as_it_was(tmp_path: Path) -> None:
    page = reading("عنوان", "نصّ الخبر هنا ومعه كلمات كثيرة.", language="ar")
    with Record(tmp_path / "r.db") as record:
        record.add(page)
        assert record.article(1).segments == page.article.segments
        assert record.text(1) == page.article.page.text


def test_not_a_record(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, but long enough to look like a file with a header " * 20)
    with pytest.raises(NotARecord, match=r"notes\.txt"):
        Record(path)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    with pytest.raises(NotARecord, match=r"other\.db"):
        Record(other)


def test_a_newer_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    Record(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(NewerRecord, match="upgrade"):
        Record(path)


def test_migration_keeps_a_backup_and_fails_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(meeting(3))
    newest = max(migrations())
    steps = {**migrations(), newest + 1: "CREATE TABLE extra (x INTEGER) STRICT;\nINSERT INTO extra VALUES (1);\n"}
    connect(path, scripts=steps).close()
    assert (tmp_path / f"r.db.v{newest}.bak").exists()
    bad = {**steps, newest + 2: "CREATE TABLE more (x INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);\n"}
    with pytest.raises(RecordError):
        connect(path, scripts=bad)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == newest + 1
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchone()


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anything")
def test_a_read_only_file_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(meeting(3))
    path.chmod(0o444)
    with Record(path) as record:
        assert len(record.events()) == 1
        with pytest.raises(ReadOnlyRecord, match="writable"):
            record.add(meeting(4))


def test_opened_for_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with pytest.raises(RecordError, match="no record"):
        Record(path, readonly=True)
    with Record(path) as record:
        record.add(meeting(3))
    with Record(path, readonly=True) as record:
        assert len(record.events()) == 1
        with pytest.raises(ReadOnlyRecord):
            record.add(meeting(4))


def test_a_folder_or_a_missing_folder_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="is a folder"):
        Record(tmp_path)
    with pytest.raises(RecordError, match="does not exist"):
        Record(tmp_path / "nowhere" / "r.db")


def test_two_writers_wait_for_each_other_and_readers_do_not(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with (
        Record(path, busy_seconds=0.1) as one,
        Record(path, busy_seconds=0.1) as two,
        Record(path, readonly=True) as reader,
    ):
        one.add(meeting(3, "A"))
        two.add(meeting(3, "B"))
        with one._writing():
            one._db.execute("UPDATE pages SET outlet = 'changed'")
            with pytest.raises(RecordBusy, match="Another process"):
                two.add(meeting(3, "C"))
            assert reader.counts()["pages"] == 2
        two.add(meeting(3, "C"))
        (found,) = one.events()
        assert found.mention_count == 3
        assert one.doctor() == []


def test_an_interrupted_batch_leaves_nothing(tmp_path: Path) -> None:
    def pages():  # type: ignore[no-untyped-def]
        yield meeting(3, "A")
        yield meeting(3, "B")
        raise KeyboardInterrupt

    with Record(tmp_path / "r.db") as record:
        safe: list[str] = []
        with pytest.raises(KeyboardInterrupt):
            record.add_many(pages(), batch=1, acknowledged=lambda results: safe.extend(r.sha256 for r in results))
        assert record.counts()["pages"] == len(safe) == 2
        assert record.doctor() == []


def test_a_full_disk_says_so(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add(meeting(3))
        pages = record._db.execute("PRAGMA page_count").fetchone()[0]
        record._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(RecordError, match="disk is full"):
            record.add_many(meeting(4, f"outlet {i}", extra="words " * i) for i in range(200))
        record._db.execute("PRAGMA max_page_count = 1000000")
        assert record.counts()["pages"] == 1
        assert record.doctor() == []


def test_rebuilding_changes_nothing_and_mends_what_is_derived(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_many([meeting(3, "A"), meeting(3, "B"), meeting(9, "C")])
        record.judge_same(*(e.id for e in record.events()), by="Amina")
        before = record.events().to_dicts()
        record.rebuild()
        assert record.events().to_dicts() == before
        record._db.execute("UPDATE events SET mentions = 9")
        record._db.execute("DELETE FROM who_tally")
        record._db.execute("DELETE FROM links")
        assert record.doctor()
        record.rebuild()
        assert record.events().to_dicts() == before
        assert record.doctor() == []


def test_a_visit_holds_what_happened_during_it(tmp_path: Path) -> None:
    page = reading(
        "Visit",
        "The king arrived in Paris on Monday. France and Morocco signed a treaty on Tuesday. In June they signed "
        "another.",
        [
            ("The king arrived in Paris", "CONSULT", ["MAR"], ["FRA"], {"mode": "visit", "date": "2021-05-03"}),
            (
                "France and Morocco signed a treaty",
                "SUPPORT",
                ["FRA", "MAR"],
                [],
                {"date": "2021-05-04", "symmetric": True},
            ),
            ("they signed another", "SUPPORT", ["FRA", "MAR"], [], {"date": "2021-06", "symmetric": True}),
        ],
    )
    with Record(tmp_path / "r.db") as record:
        ids = list(record.add(page).events.values())
        assert [e.id for e in record.parts(ids[0])] == [ids[1]]
        assert record.parts(ids[1]) == ()


def test_failures_are_kept(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.fail("broken.html", "cannot be decoded at byte 7")
        assert record.failures()[0]["file"] == "broken.html"
        assert record.counts()["failures"] == 1


def test_errors_name_what_they_mean() -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    assert "disk is full" in str(database._explain(Path("r.db"), error))


def test_judgements_travel_to_another_record(tmp_path: Path) -> None:
    pages = [meeting(3, "A"), meeting(3, "B"), meeting(10, "C")]
    with Record(tmp_path / "a.db") as one:
        one.add_many(pages)
        first, last = (e.id for e in one.iter_events())
        one.judge_same(first, last, by="A", note="one visit")
        one.judge(first, "right", by="B")
        carried = judgements.dump(one.judgements())
        expected = {e.id: e.verdict for e in one.iter_events()}
    with Record(tmp_path / "b.db") as two:
        two.add(pages[0])
        assert two.import_judgements(carried.splitlines()) == 2
        assert two.import_judgements(carried.splitlines()) == 0
        two.add_many(pages[1:])
        assert {e.id: e.verdict for e in two.iter_events()} == expected
        assert two.doctor() == []
        with pytest.raises(RecordError, match="Line 1 is no judgement"):
            two.import_judgements(["{}"])


def test_migrations_are_numbered_without_gap_or_double() -> None:
    numbers = list(migrations())
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_record_of_an_older_schema_says_what_to_do_and_doctor_does_it(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    older = {v: script for v, script in migrations().items() if v < max(migrations())}
    connect(path, scripts=older).close()
    with pytest.raises(OlderRecord, match=r"older schema .* dragoman doctor --record"):
        Record(path, readonly=True)
    asked = CliRunner().invoke(app, ["events", "--record", str(path)])
    assert asked.exit_code == 1 and "dragoman doctor" in asked.stderr
    checked = CliRunner().invoke(app, ["doctor", "--record", str(path)])
    assert checked.exit_code == 0 and f"{path}.v{max(older)}.bak" in checked.stderr
    assert Path(f"{path}.v{max(older)}.bak").exists()
    assert CliRunner().invoke(app, ["events", "--record", str(path)]).exit_code == 0
