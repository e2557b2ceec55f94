"""Mentions, pages, quotations and actors as long lists that are read a part at a time.

Each list has one order and goes on from a cursor (`Part.next_cursor`), so that a part costs the same wherever it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dragoman.record import queries, selection
from dragoman.record.answers import Quotation
from dragoman.record.errors import RecordError
from dragoman.record.filters import EventFilter
from dragoman.record.parameters import marks
from dragoman.record.values import Actor, Mention, PageInfo

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some of a list; `next_cursor` goes on from here (`after=`), None at the end."""

    items: tuple[T, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFilter:
    """Which pages are asked for. `since`, `until`: published then, both included; `text`: words that it must have."""

    language: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    text: str | None = None
    family: int | None = None


def mentions(
    db: sqlite3.Connection, wanted: EventFilter, event: str | None, page: int | None, limit: int, after: str | None
) -> Part[Mention]:
    """Mentions of the events of a filter, in the order of the events; of one `event` or on one `page` where given."""
    chosen = selection.select(db, wanted)
    if chosen is None:
        return Part(())
    where, values = list(chosen.where), list(chosen.values)
    for condition, value in (("e.uid = ?", event), ("m.page = ?", page)):
        if value is not None:
            where.append(condition)
            values.append(value)
    if after:
        day, event_row, mention = _three(after)
        where.append(f"({chosen.day}, {chosen.row}) <= (?, ?) AND NOT ({chosen.row} = ? AND m.id >= ?)")
        values += [day, event_row, event_row, mention]
    rows = db.execute(
        f"SELECT m.id, {chosen.day}, {chosen.row} FROM {chosen.tables} JOIN mentions m ON m.event = e.id "
        f"WHERE {' AND '.join(where)} ORDER BY {chosen.day} DESC, {chosen.row} DESC, m.id DESC LIMIT {int(limit) + 1}",
        values,
    ).fetchall()
    found = queries.mentions_by_row(db, [r[0] for r in rows[:limit]])
    last = rows[limit - 1] if len(rows) > limit else None
    return Part(found, f"{last[1] or '-'}.{last[2]}.{last[0]}" if last else None)


def pages(db: sqlite3.Connection, wanted: PageFilter, limit: int, after: str | None) -> Part[PageInfo]:
    """Pages, the latest added first."""
    where, values = _of_pages(wanted)
    if where is None:
        return Part(())
    if after:
        where.append("p.id < ?")
        values.append(_one(after))
    found = queries.page_infos(db, f"{' AND '.join(where) or '1'} ORDER BY p.id DESC LIMIT {int(limit) + 1}", values)
    return _part(found, limit, lambda page: str(page.id))


def quotations(
    db: sqlite3.Connection,
    wanted: PageFilter,
    speaker: str | None,
    direct: bool | None,
    limit: int,
    after: str | None,
    text_of: Callable[[int], str],
) -> Part[Quotation]:
    """Quotations on the pages of a filter, the latest added first; of one `speaker` where given."""
    where, values = _of_pages(wanted)
    if where is None:
        return Part(())
    if speaker:
        keys = selection.resolve(db, speaker)
        where.append(f"q.actor IN (SELECT id FROM actors WHERE key IN ({marks(keys)}))")
        values += keys
    if direct is not None:
        where.append("q.direct = ?")
        values.append(int(direct))
    if after:
        where.append("q.id < ?")
        values.append(_one(after))
    rows = [
        r[0]
        for r in db.execute(
            "SELECT q.id FROM quotes q JOIN pages p ON p.id = q.page "
            f"WHERE {' AND '.join(where) or '1'} ORDER BY q.id DESC LIMIT {int(limit) + 1}",
            values,
        )
    ]
    shown = rows[:limit]
    return Part(queries.quotations_by_row(db, shown, text_of), str(shown[-1]) if len(rows) > limit else None)


def actors(
    db: sqlite3.Connection,
    kind: str | None,
    country: str | None,
    name: str | None,
    limit: int | None,
    after: str | None,
) -> Part[Actor]:
    """Actors with the number of their events, most first."""
    where, values = ["t.events > 0"], list[Any]()
    for column, value in (("a.kind", kind), ("a.country", country)):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    if name:
        keys = selection.named(db, name)
        where.append(f"(a.key IN ({marks(keys)}) OR a.code = ? COLLATE NOCASE)")
        values += [*keys, name]
    if after:
        events, _, key = after.partition(".")
        where.append("(t.events < ? OR (t.events = ? AND a.key > ?))")
        values += [_one(events), _one(events), key]
    rows = db.execute(
        "SELECT a.key, a.kind, a.code, a.country, a.sector, a.name, a.wikidata, NULL, t.events FROM who_tally t "
        f"JOIN actors a ON a.key = t.who WHERE {' AND '.join(where)} "
        f"ORDER BY t.events DESC, a.key LIMIT {-1 if limit is None else int(limit) + 1}",
        values,
    )
    return _part([Actor(*r) for r in rows], limit, lambda actor: f"{actor.events}.{actor.key}")


def _of_pages(wanted: PageFilter) -> tuple[list[str] | None, list[Any]]:
    """The conditions of a filter on `pages p`; None where no page can match."""
    where: list[str] = []
    values: list[Any] = []
    for column, several in (("p.language", wanted.language), ("p.outlet COLLATE NOCASE", wanted.outlet)):
        if several:
            where.append(f"{column} IN ({marks(several)})")
            values += several
    if wanted.since:
        where.append("p.published >= ?")
        values.append(selection.boundary(wanted.since, 0))
    if wanted.until:
        where.append("p.published <= ?")
        values.append(selection.boundary(wanted.until, 1) + "~")  # any time of that day
    if wanted.text is not None:
        query = selection.match(wanted.text)
        if not query:
            return None, []
        where.append("p.id IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(query)
    if wanted.family is not None:
        where.append("p.family = ?")
        values.append(wanted.family)
    return where, values


def _part(found: Sequence[T], limit: int | None, cursor: Callable[[T], str]) -> Part[T]:
    shown = tuple(found[:limit])
    return Part(shown, cursor(shown[-1]) if limit is not None and len(found) > limit else None)


def _one(after: str) -> int:
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise RecordError(f"{after!r} is no cursor; give the next_cursor of an earlier answer to the same question.")
    return int(after)


def _three(after: str) -> tuple[str, int, int]:
    place, _, mention = after.rpartition(".")
    day, event = selection.position(place, "newest")
    return str(day), event, _one(mention)
