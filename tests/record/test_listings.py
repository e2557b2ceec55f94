"""Long lists, read a part at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.record import EventFilter, Record, RecordError
from dragoman.record.listings import PageFilter, Part

sys.path.insert(0, str(Path(__file__).parent))
from builder import meeting, reading

BLINKEN = "USA:GOV Antony Blinken/Secretary of State"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record(tmp_path_factory.mktemp("listings") / "r.db") as record:
        record.add_many([meeting(day, f"Outlet {day % 3}") for day in range(1, 8)])
        record.add_many([meeting(day, "Copy", extra="So it was said.") for day in range(1, 8)])
        for n in range(5):
            words = f"\u201cNumber {n} of our plans is good,\u201d"
            record.add(
                reading(
                    f"Words {n}", f"{words} Blinken said.", quotes=[(words, BLINKEN)], language="fr",
                    published=f"2022-0{n + 1}-01", outlet="Le Monde",
                )
            )  # fmt: skip
        yield record


def all_of(ask: Callable[..., Part[Any]], size: int, **fields: Any) -> list[Any]:
    found: list[Any] = []
    after = None
    while True:
        part = ask(limit=size, after=after, **fields)
        assert len(part.items) <= size
        found += part.items
        after = part.next_cursor
        if after is None:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_parts_make_the_whole_list(record: Record, size: int) -> None:
    mentions = all_of(record.list_mentions, size)
    assert len({m.key for m in mentions}) == len(mentions) == record.counts()["mentions"]
    pages = all_of(record.list_pages, size)
    assert [p.id for p in pages] == sorted((p.id for p in record.pages()), reverse=True)
    assert len({(q.page.id, q.start) for q in all_of(record.list_quotations, size)}) == 5
    actors = all_of(record.list_actors, size)
    assert len({a.key for a in actors}) == len(actors)
    assert [a.events for a in actors] == sorted((a.events for a in actors), reverse=True)


@pytest.mark.parametrize("wanted", [EventFilter(actor=("MAR",)), EventFilter(since="2021-05-03", until="2021-05-05")])
def test_mentions_follow_their_events(record: Record, wanted: EventFilter) -> None:
    expected = [e.id for e in record.events(wanted, limit=None) for _ in range(e.mention_count)]
    for size in (1, 3, 50):
        assert [m.event for m in all_of(lambda **k: record.list_mentions(wanted, **k), size)] == expected


def test_mentions_of_one_event_and_on_one_page(record: Record) -> None:
    event = record.events(limit=1)[0]
    mentions = record.list_mentions(event=event.id).items
    assert {m.key for m in mentions} == {m.key for m in event.mentions}
    assert {m.page.id for m in record.list_mentions(page=event.pages[0].id).items} == {event.pages[0].id}
    assert record.list_mentions(actor="Nobody").items == ()


def test_pages_by_what_they_are(record: Record) -> None:
    assert len(record.list_pages(PageFilter(language=("fr",))).items) == 5
    assert len(record.list_pages(PageFilter(outlet=("le monde", "copy"))).items) == 12
    assert len(record.list_pages(PageFilter(since="2022-02", until="2022-03-01")).items) == 2
    assert len(record.list_pages(PageFilter(text='"number 3 of"')).items) == 1
    assert record.list_pages(PageFilter(text="…")).items == ()
    page = record.list_pages(limit=1).items[0]
    assert record.find_page(page.sha256) == page
    assert record.find_page("0" * 64) is None
    assert page in record.list_pages(PageFilter(family=page.family)).items


def test_quotations_are_the_words_on_the_page(record: Record) -> None:
    found = record.list_quotations(speaker="Blinken", limit=2)
    assert [q.words for q in found.items] == [f"\u201cNumber {n} of our plans is good,\u201d" for n in (4, 3)]
    for q in found.items:
        assert record.text(q.page.id)[q.start : q.end] == q.words
    assert record.list_quotations(speaker="Bourita").items == ()
    assert record.list_quotations(direct=False).items == ()
    assert len(record.list_quotations(PageFilter(until="2022-02"), direct=True).items) == 2


def test_actors_by_what_they_are(record: Record) -> None:
    assert {a.country for a in record.list_actors(country="MAR").items} == {"MAR"}
    assert [a.name for a in record.list_actors(name="bourita").items] == ["Nasser Bourita"]
    assert {a.kind for a in record.list_actors(kind="person").items} == {"person"}


@pytest.mark.parametrize("after", ["x", "1.x", "-1", "9" * 30, "2021-05-03.1", "a.b.c"])
def test_what_is_no_cursor_is_refused(record: Record, after: str) -> None:
    with pytest.raises(RecordError, match="no cursor"):
        record.list_mentions(after=after)
    for ask in (record.list_pages, record.list_quotations):
        if not after.isdigit() or len(after) > 18:
            with pytest.raises(RecordError, match="no cursor"):
                ask(after=after)
