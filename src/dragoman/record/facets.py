"""How the events of a filter divide: counts by party, type, status, country, outlet, language and time.

Counts of a field that takes several values leave that field's own filter out, so that one sees what adding a value
would bring. A filter that has more than `CAP` events is counted on the first `CAP` in its order, and says so.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dragoman.record.days import months
from dragoman.record.filters import EventFilter, Order
from dragoman.record.selection import Selection, select

CAP = 10_000  # events looked at for one answer
VALUES = 30  # of one field at the most
FIELDS = ("actor", "person", "type", "status", "country", "language", "outlet")
_BARS = 60  # of a timeline at the most, before it goes over to a wider period


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a field, what it is called where that is not the value itself, and how many events have it."""

    value: str
    name: str | None
    events: int

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"value": self.value, "name": self.name, "events": self.events}


@dataclass(frozen=True, slots=True)
class Facets:
    """The counts of a filter. `events` is how many were counted, `capped` when there are more than that.

    `times` are (period, events), the period as YYYY, YYYY-MM or YYYY-MM-DD, empty periods included.
    """

    events: int
    capped: bool
    fields: dict[str, tuple[Count, ...]]
    times: tuple[tuple[str, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "events": self.events,
            "capped": self.capped,
            "fields": {name: [c.to_dict() for c in counts] for name, counts in self.fields.items()},
            "times": [list(t) for t in self.times],
        }


def facets(db: sqlite3.Connection, wanted: EventFilter, order: Order = "newest", cap: int = CAP) -> Facets:
    """The counts of `wanted`."""
    chosen = select(db, wanted)
    if chosen is None:
        return Facets(0, False, {name: () for name in FIELDS}, ())
    found: dict[str, tuple[Count, ...]] = {}
    rows = _rows(db, chosen, order, cap)
    ids = [r[0] for r in rows]
    for name in FIELDS:
        own = rows
        theirs = ids
        if name not in ("actor", "person") and getattr(wanted, name):
            without = select(db, EventFilter.of(wanted, {name: ()}))
            own = _rows(db, without, order, cap) if without else []
            theirs = [r[0] for r in own]
        found[name] = _counted(db, name, own, theirs)
    return Facets(len(rows), len(rows) == cap, found, _times([r[1] for r in rows if r[1]]))


_Row = tuple[int, str, str, str, str | None, str]


def _rows(db: sqlite3.Connection, chosen: Selection, order: Order, cap: int) -> list[_Row]:
    key, row, direction = chosen.order(order)
    return db.execute(
        f"SELECT e.id, e.day, e.event_type, e.status, e.country, e.languages {chosen.sql} "
        f"ORDER BY {key} {direction}, {row} {direction} LIMIT {cap}",
        chosen.values,
    ).fetchall()


def _counted(db: sqlite3.Connection, name: str, rows: list[_Row], ids: list[int]) -> tuple[Count, ...]:
    if name == "type":
        return _plain(Counter(r[2] for r in rows))
    if name == "status":
        return _plain(Counter(r[3] for r in rows))
    if name == "country":
        return _plain(Counter(r[4] for r in rows if r[4]))
    if name == "language":
        told = Counter(r[5] for r in rows)
        return _plain(_summed((language, n) for text, n in told.items() for language in json.loads(text)))
    if name == "outlet":
        return _by_id(
            db,
            ids,
            "SELECT p.outlet, p.outlet, count(DISTINCT m.event) FROM chosen c JOIN mentions m ON m.event = c.value "
            "JOIN pages p ON p.id = m.page WHERE p.outlet IS NOT NULL GROUP BY p.outlet",
        )
    of_kind = (
        "(length(w.who) = 3 OR (length(w.who) = 6 AND w.who LIKE 'IGO%'))" if name == "actor" else "a.kind = 'person'"
    )
    return _by_id(
        db,
        ids,
        "SELECT w.who, a.name, count(*) FROM chosen c JOIN event_who w ON w.event = c.value "
        f"LEFT JOIN actors a ON a.key = w.who WHERE {of_kind} GROUP BY w.who",
    )


def _by_id(db: sqlite3.Connection, ids: list[int], sql: str) -> tuple[Count, ...]:
    rows = db.execute(
        f"WITH chosen AS (SELECT value FROM json_each(?)) {sql} ORDER BY 3 DESC, 1 LIMIT {VALUES}", (json.dumps(ids),)
    )
    return tuple(Count(value, name if name != value else None, events) for value, name, events in rows)


def _plain(counts: Counter[str]) -> tuple[Count, ...]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:VALUES]
    return tuple(Count(value, None, events) for value, events in ranked)


def _summed(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for value, number in pairs:
        found[value] += number
    return found


def _times(days: list[str]) -> tuple[tuple[str, int], ...]:
    """Events by month where that gives few enough bars, else by year; by day within one month."""
    if not days:
        return ()
    first, last = min(days), max(days)
    if first[:7] == last[:7]:
        counts = Counter(days)
        return tuple(
            (day, counts[day]) for day in (f"{first[:8]}{n:02d}" for n in range(int(first[8:]), int(last[8:]) + 1))
        )
    by_month = months(first[:7], last[:7])
    if len(by_month) <= _BARS:
        counts = Counter(day[:7] for day in days)
        return tuple((month, counts[month]) for month in by_month)
    counts = Counter(day[:4] for day in days)
    return tuple((f"{year:04d}", counts[f"{year:04d}"]) for year in range(int(first[:4]), int(last[:4]) + 1))
