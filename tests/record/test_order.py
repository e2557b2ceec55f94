"""The same pages give the same events, with the same ids and values, in whatever order and portions they come."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest

from dragoman.coding.reading import Reading
from dragoman.record import Record, database, merge
from dragoman.record.account import Account
from dragoman.record.judgements import Judgement

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from world import World


def news(seed: int, mentions: int = 220, heavy: int = 45) -> list[Reading]:
    """Some days of a made-up world, and one event that every outlet tells."""
    world = World(seed)
    return [*world.readings(mentions), *world.heavy(heavy)]


def told(record: Record) -> dict[str, tuple[Any, ...]]:
    """Everything that an answer shows of every event, by id."""
    return {
        e.id: (e.to_row(), e.independent_sources, sorted(m.key for m in e.mentions))
        for e in record.iter_events(wrong=True)
    }


def portions(pages: list[Reading], pick: random.Random) -> list[list[Reading]]:
    """The pages shuffled and cut into one, two, … twenty at a time."""
    rest = pages[:]
    pick.shuffle(rest)
    found = []
    while rest:
        size = pick.choice([1, 1, 2, 20])
        found.append(rest[:size])
        rest = rest[size:]
    return found


@pytest.mark.parametrize("seed", range(3))
def test_in_one_go_and_bit_by_bit(tmp_path: Path, seed: int) -> None:
    pages = news(seed)
    with Record(tmp_path / "all.db") as record:
        record.add_many(pages, later=True)
        whole = told(record)
    merged = merge(pages)
    assert {c.id for c in merged.clusters} == whole.keys()
    with Record(tmp_path / "bits.db") as record:
        for portion in portions(pages, random.Random(seed)):
            record.add_many(portion)
        assert told(record) == whole
        assert record.doctor() == []
        record.rebuild()
        assert told(record) == whole


def test_judgements_included(tmp_path: Path) -> None:
    """Decisions made early, on half of the pages, and late, on all, end in the same events."""
    pages = news(7)
    pick = random.Random(7)
    with Record(tmp_path / "late.db") as late:
        late.add_many(pages)
        events = list(late.iter_events())
        pairs = [(*pick.sample(e.mentions, 2), "different") for e in events if e.mention_count > 2][:5]
        pairs += [(a.mentions[0], b.mentions[0], "same") for a, b in zip(events[:5], events[9:14], strict=True)]
        for a, b, verdict in pairs:
            late.judge_same(a.key, b.key, by="reader", verdict=verdict)  # type: ignore[arg-type]
        expected = told(late)
        said = late.judgements()
    first = {s for j in said for s in _pages(j)}
    with Record(tmp_path / "early.db") as early:
        early.add_many([p for p in pages if p.article.page.sha256 in first])
        for a, b, verdict in pairs:
            early.judge_same(a.key, b.key, by="reader", verdict=verdict)  # type: ignore[arg-type]
        for portion in portions([p for p in pages if p.article.page.sha256 not in first], pick):
            early.add_many(portion)
        assert told(early) == expected
        assert early.doctor() == []


def _pages(j: Judgement) -> list[str]:
    return [s.sha256 for s in (j.a, j.b) if s]


def test_an_id_once_given_leads_to_the_event(tmp_path: Path) -> None:
    """Pages come latest first, so events keep getting an earlier first account; every id on the way stays good."""
    pages = news(3)
    ids: dict[str, set[str]] = {}
    with Record(tmp_path / "r.db") as record:
        for page in reversed(pages):
            for mention, event in record.add(page).events.items():
                ids.setdefault(event, set()).add(f"{page.article.page.sha256}/{mention}")
        now = {
            f"{p.article.page.sha256}/{m}": e for p in pages for m, e in record.event_ids(p.article.page.sha256).items()
        }
        changed = [i for i in ids if i not in {e.id for e in record.iter_events()}]
        assert changed
        for event, mentions in ids.items():
            assert record.event(event).id in {now[m] for m in mentions}


def test_a_crash_before_merging_is_made_good_at_the_next_write(tmp_path: Path) -> None:
    pages = news(4, 120, 5)
    with Record(tmp_path / "r.db") as record:
        record._add(pages[:-1], again=False, later=True)
    with Record(tmp_path / "r.db") as record:
        assert record.counts()["events"] == 0
        assert {p.check for p in record.doctor()} == {"orphan"}
        record.add(pages[-1])
        assert record.doctor() == []
        assert {c.id for c in merge(pages).clusters} == told(record).keys()


def test_a_record_of_the_first_schema_keeps_its_ids(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Record(tmp_path / "new.db") as record:
        record.add_many(news(5, 120, 5))
        before = told(record)
    downgrade(tmp_path / "new.db", path)
    with Record(path) as record:
        assert told(record) == before
        assert record.doctor() == []
    assert path.with_name("old.db.v1.bak").exists()


def downgrade(new: Path, old: Path) -> None:
    """Make `old` the record that `new` would be in version 1 of the schema: stories stand in the accounts there."""
    db = database.connect(old, scripts={1: database.migrations()[1]})
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("ATTACH ? AS new", (str(new),))
    tables = [r[0] for r in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name != 'search'")]
    for table in sorted(tables, key=lambda t: "tally" in t):  # triggers count, so the counts come last
        columns = ", ".join(f'"{r[1]}"' for r in db.execute(f"PRAGMA main.table_info({table})"))
        db.execute(f"DELETE FROM main.{table}")
        faced = " WHERE faced" if table == "event_dyads" else ""
        db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}{faced}")
    story = list(Account.__dataclass_fields__).index("story")
    db.execute(
        f"UPDATE main.mentions SET account = json_set(account, '$[{story}]', "
        "json((SELECT story FROM new.pages p WHERE p.id = mentions.page)))"
    )
    db.close()
