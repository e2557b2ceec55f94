"""An event filter as SQL: which tables, which conditions, in which order. Every value is a parameter."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from dragoman.record import words
from dragoman.record.days import bounds
from dragoman.record.errors import RecordError
from dragoman.record.filters import EventFilter, Order
from dragoman.record.parameters import marks

COMMON = 4_000  # events of a party, pages of a word: fewer are looked up, more are met while walking along all
_OF_PARTIES = {  # fields that event_who can answer
    "actor", "other", "source", "target", "since", "until", "wrong", "type", "status", "quad_class",
}  # fmt: skip
_SIDES = {"source": ("source", "both"), "target": ("target", "both")}


@dataclass(frozen=True, slots=True)
class Selection:
    """The events of a filter: `SELECT … FROM {tables} WHERE {where}` with `values`; the events are `e`.

    `day` and `row` are the columns to order by, of the table that SQLite should walk along; `numbers` is the table that
    has type, status, quad class, score and families. Where `lean`, the events themselves are not among the tables.
    """

    tables: str
    where: tuple[str, ...]
    values: tuple[Any, ...]
    day: str = "e.day"
    row: str = "e.id"
    numbers: str = "e"
    lean: bool = False

    @property
    def sql(self) -> str:
        """`FROM … WHERE …`."""
        return f"FROM {self.tables} WHERE {' AND '.join(self.where)}"

    def order(self, order: Order) -> tuple[str, str, str]:
        """(key, row, direction) of an order; both columns go the same way."""
        key = {"sources": "e.families", "disputed": "e.disagreements", "added": self.row}.get(order, self.day)
        return key, self.row, "ASC" if order == "oldest" else "DESC"


def select(
    db: sqlite3.Connection, wanted: EventFilter, order: Order = "newest", *, count: bool = False
) -> Selection | None:
    """The selection of a filter; None where nothing can match it (an unknown actor, a text without words).

    It is made for reading along `order` from the beginning, or, with `count`, for going through all of it.
    """
    parties = _parties(db, wanted)
    if parties is None or (wanted.text is not None and not match(wanted.text)):
        return None
    found = Selection("events e", (), ())
    if (parties and parties[0].events <= COMMON) or count or order in ("newest", "oldest"):
        found, parties = _along(db, parties, lean=count and not set(wanted.values()) - _OF_PARTIES)
    where, values = list(found.where), list(found.values)
    for party in parties:
        condition, of_party = party.within("o")
        where.append(f"EXISTS (SELECT 1 FROM event_who o WHERE o.event = {found.row} AND {condition})")
        values += of_party
    if wanted.text is not None:
        query = match(wanted.text)
        where.append(_of_text(db, query, count))
        values.append(query)
    for condition, more in _conditions(wanted, found):
        where.append(condition)
        values += more
    return replace(found, where=tuple(where) or ("1",), values=tuple(values))


@dataclass(frozen=True, slots=True)
class _Party:
    """One who takes part: the keys it is known under, on which sides, and how many events it has."""

    keys: Sequence[str]
    sides: Sequence[str]
    events: int

    def within(self, table: str) -> tuple[str, list[Any]]:
        """The condition on `event_who` as `table`."""
        who = f"{table}.who IN ({marks(self.keys)})" if len(self.keys) > 1 else f"{table}.who = ?"
        side = f" AND {table}.side IN ({marks(self.sides)})" if self.sides else ""
        return who + side, [*self.keys, *self.sides]


def _parties(db: sqlite3.Connection, wanted: EventFilter) -> list[_Party] | None:
    """Who must take part, the one with fewest events first; None where somebody is unknown."""
    named = [(who, ()) for who in (*wanted.actor, wanted.other)]
    sided = [(wanted.source, _SIDES["source"]), (wanted.target, _SIDES["target"])]
    found = []
    for who, sides in [*named, *sided]:
        if who:
            keys = resolve(db, who)
            if not keys:
                return None
            found.append(_Party(keys, sides, sum(tally_of(db, k) for k in keys)))
    return sorted(found, key=lambda party: party.events)


def _along(db: sqlite3.Connection, parties: list[_Party], lean: bool) -> tuple[Selection, list[_Party]]:
    """Where to walk: along the days of a pair or of the rarest party, or of all events; and the parties still to be
    looked for.

    `lean` leaves the events themselves out where their numbers are all that is asked for.
    """
    if not parties:
        return Selection("events e", (), ()), []
    for one, other in combinations(parties, 2):
        if pair := _pair(db, one, other):
            rest = [party for party in parties if party not in (one, other)]
            return _walk("event_dyads", ("w.a = ?", "w.b = ?"), pair, lean), rest
    first, *others = parties
    condition, values = first.within("w")
    if len(first.keys) == 1:
        return _walk("event_who", (condition,), tuple(values), lean), others
    if first.events > COMMON:
        return Selection("events e", (), ()), parties
    return Selection(
        "events e", (f"e.id IN (SELECT w.event FROM event_who w WHERE {condition})",), tuple(values)
    ), others


def _walk(table: str, where: tuple[str, ...], values: tuple[Any, ...], lean: bool) -> Selection:
    """Along a table by day. CROSS JOIN: its order is that of the answer, whatever else would be a way in."""
    tables = f"{table} w" if lean else f"{table} w CROSS JOIN events e ON e.id = w.event"
    return Selection(tables, where, values, "w.day", "w.event", "w", lean)


def _pair(db: sqlite3.Connection, one: _Party, other: _Party) -> tuple[str, str] | None:
    """The keys of two countries or organisations, in order, where nobody asks on which side they are."""
    if one.sides or other.sides or len(one.keys) != 1 or len(other.keys) != 1 or one.keys == other.keys:
        return None
    a, b = sorted((one.keys[0], other.keys[0]))
    whole = "SELECT 1 FROM actors WHERE country = ?"
    if db.execute(whole, (a,)).fetchone() and db.execute(whole, (b,)).fetchone():
        return a, b
    return None


def _of_text(db: sqlite3.Connection, query: str, count: bool) -> str:
    """The condition that a page of the event has the words: looked up where few pages do, else met on the way."""
    limited = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"
    if count or db.execute(limited, (query, COMMON + 1)).fetchone()[0] <= COMMON:
        return "e.id IN (SELECT m.event FROM search s JOIN mentions m ON m.page = s.rowid WHERE search MATCH ?)"
    return (
        "EXISTS (SELECT 1 FROM mentions m WHERE m.event = e.id AND "
        "+m.page IN (SELECT rowid FROM search WHERE search MATCH ?))"  # +: by the event's index, not the page's
    )


def _conditions(wanted: EventFilter, along: Selection) -> list[tuple[str, Sequence[Any]]]:
    """The conditions on an event itself and on the pages that report it."""
    found: list[tuple[str, Sequence[Any]]] = []
    n = along.numbers
    several = (
        (f"{n}.event_type", wanted.type), ("e.mode", wanted.mode), (f"{n}.status", wanted.status),
        (f"{n}.quad_class", wanted.quad_class), ("e.country", wanted.country),
    )  # fmt: skip
    found += [(f"{column} IN ({marks(values)})", values) for column, values in several if values]
    if wanted.since:
        found.append((f"{along.day} >= ?", (boundary(wanted.since, 0),)))
    if wanted.until:
        found.append((f"{along.day} BETWEEN '0' AND ?", (boundary(wanted.until, 1),)))
    if wanted.place:
        codes = [p for p in wanted.place if len(p) == 3 and p.isascii() and p.isupper()]
        names = [p for p in wanted.place if p not in codes]
        either = [f"e.country IN ({marks(codes)})"] if codes else []
        either += [f"e.place COLLATE NOCASE IN ({marks(names)})"] if names else []
        found.append((f"({' OR '.join(either)})", (*codes, *names)))
    if wanted.language:
        spoken = " OR ".join("instr(e.languages, ?)" for _ in wanted.language)
        found.append((f"({spoken})", [f'"{code}"' for code in wanted.language]))
    if wanted.outlet:
        found.append(
            (
                "EXISTS (SELECT 1 FROM mentions m JOIN pages p ON p.id = m.page WHERE m.event = e.id AND "
                f"p.outlet COLLATE NOCASE IN ({marks(wanted.outlet)}))",
                wanted.outlet,
            )
        )
    if wanted.min_sources > 1:
        found.append(("e.families >= ?", (wanted.min_sources,)))
    if wanted.disputed:
        found.append(("e.disagreements > 0", ()))
    if not wanted.wrong:
        right = "(e.verdict IS NULL OR e.verdict != 'wrong')"
        judged = f"{along.row} NOT IN (SELECT id FROM events WHERE verdict = 'wrong')"
        found.append((judged if along.lean else right, ()))
    return found


def boundary(value: str, end: int) -> str:
    """The first (`end` 0) or last (1) day of a date. Raises RecordError where it is none."""
    found = bounds(value)
    if not found:
        raise RecordError(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    return found[end].isoformat()


def cursor(key: str | int, row: int) -> str:
    """Where an answer ended, for `after`."""
    return f"{'-' if key == '' else key}.{row}"


def position(after: str, order: Order) -> tuple[str | int, int]:
    """The key and row that a cursor stands for. Raises RecordError where it is none of this order."""
    key, _, row = after.rpartition(".")
    counted = order in ("sources", "disputed", "added")
    if not (_number(row) and (_number(key) if counted else key == "-" or bounds(key))):
        raise RecordError(
            f"{after!r} is no cursor of the order {order!r}; give the next_cursor of an earlier answer to the same "
            "question."
        )
    return (int(key) if counted else "" if key == "-" else key), int(row)


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def tally_of(db: sqlite3.Connection, who: str) -> int:
    """How many events a party (a key as `resolve` gives it) has."""
    row = db.execute("SELECT events FROM who_tally WHERE who = ?", (who,)).fetchone()
    return int(row[0]) if row else 0


def resolve(db: sqlite3.Connection, who: str) -> list[str]:
    """The keys under which events know `who`: a country or full code, a Wikidata or registry id, or (part of) a
    name.
    """
    if db.execute("SELECT 1 FROM who_tally WHERE who = ?", (who,)).fetchone():
        return [who]
    if db.execute("SELECT 1 FROM who_tally WHERE who = ?", (who.upper(),)).fetchone():
        return [who.upper()]
    rows = db.execute("SELECT key FROM actors WHERE wikidata = ? OR name = ? COLLATE NOCASE", (who, who)).fetchall()
    if rows:
        return [r[0] for r in rows]
    return named(db, who)


def named(db: sqlite3.Connection, name: str) -> list[str]:
    """The keys of actors whose name has all the words of `name`."""
    wanted = words.name_key(name)
    if not wanted:
        return []
    return [
        key
        for key, known in db.execute("SELECT key, name FROM actors WHERE name IS NOT NULL")
        if wanted <= words.name_key(known)
    ]


def match(text: str) -> str:
    """An FTS5 query for all words of `text`, folded as the index is; a part in double quotes is a phrase."""
    parts = []
    for i, piece in enumerate(text.split('"')):
        found = [w for w, _, _ in words.tokens(piece)]
        if found and i % 2:
            parts.append('"' + " ".join(found) + '"')
        else:
            parts.extend(f'"{w}"' for w in found)
    return " ".join(parts)
