"""An event filter as SQL: which tables, which conditions, in which order. Every value is a parameter."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.record import words
from dragoman.record.days import bounds
from dragoman.record.errors import RecordError
from dragoman.record.filters import EventFilter, Order

_SIDES = {"source": ("source", "both"), "target": ("target", "both")}


@dataclass(frozen=True, slots=True)
class Selection:
    """The events of a filter: `SELECT … FROM {tables} WHERE {where}` with `values`; the events are `e`.

    `day` and `row` are the columns to order by, of the table that SQLite should walk along.
    """

    tables: str
    where: tuple[str, ...]
    values: tuple[Any, ...]
    day: str = "e.day"
    row: str = "e.id"

    @property
    def sql(self) -> str:
        """`FROM … WHERE …`."""
        return f"FROM {self.tables} WHERE {' AND '.join(self.where)}"

    def order(self, order: Order) -> tuple[str, str, str]:
        """(key, row, direction) of an order; both columns go the same way."""
        key = {"sources": "e.families", "disputed": "e.disagreements", "added": self.row}.get(order, self.day)
        return key, self.row, "ASC" if order == "oldest" else "DESC"


def select(db: sqlite3.Connection, wanted: EventFilter) -> Selection | None:
    """The selection of a filter; None where nothing can match it (an unknown actor, a text without words)."""
    parties = []
    sided = [(wanted.other, None), (wanted.source, _SIDES["source"]), (wanted.target, _SIDES["target"])]
    for who, sides in [*((who, None) for who in wanted.actor), *sided]:
        if who:
            keys = resolve(db, who)
            if not keys:
                return None
            parties.append((keys, sides))
    parties.sort(key=lambda party: sum(tally_of(db, k) for k in party[0]))
    tables, day, row = "events e", "e.day", "e.id"
    where: list[str] = []
    values: list[Any] = []
    if parties and len(parties[0][0]) == 1:  # walk along the rarest party's own days
        (keys, sides), *parties = parties
        tables, day, row = "event_who w JOIN events e ON e.id = w.event", "w.day", "w.event"
        where.append("w.who = ?" + (f" AND w.side IN ({marks(sides)})" if sides else ""))
        values += [keys[0], *(sides or ())]
    for keys, sides in parties:
        of_side = f" AND o.side IN ({marks(sides)})" if sides else ""
        where.append(f"EXISTS (SELECT 1 FROM event_who o WHERE o.event = e.id AND o.who IN ({marks(keys)}){of_side})")
        values += [*keys, *(sides or ())]
    if wanted.text is not None:
        query = match(wanted.text)
        if not query:
            return None
        where.append("e.id IN (SELECT m.event FROM search s JOIN mentions m ON m.page = s.rowid WHERE search MATCH ?)")
        values.append(query)
    for condition, more in _conditions(wanted, day):
        where.append(condition)
        values += more
    return Selection(tables, tuple(where) or ("1",), tuple(values), day, row)


def _conditions(wanted: EventFilter, day: str) -> list[tuple[str, Sequence[Any]]]:
    """The conditions on an event itself and on the pages that report it."""
    found: list[tuple[str, Sequence[Any]]] = []
    several = (
        ("e.event_type", wanted.type), ("e.mode", wanted.mode), ("e.status", wanted.status),
        ("e.quad_class", wanted.quad_class), ("e.country", wanted.country),
    )  # fmt: skip
    found += [(f"{column} IN ({marks(values)})", values) for column, values in several if values]
    if wanted.since:
        found.append((f"{day} >= ?", (boundary(wanted.since, 0),)))
    if wanted.until:
        found.append((f"{day} BETWEEN '0' AND ?", (boundary(wanted.until, 1),)))
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
        found.append(("(e.verdict IS NULL OR e.verdict != 'wrong')", ()))
    return found


def marks(values: Sequence[Any]) -> str:
    """A question mark a value, for IN (…)."""
    return ",".join("?" * len(values))


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
