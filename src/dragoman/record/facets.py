"""How the events of a filter divide: counts by party, type, status, country, outlet, language and time.

Counts of a field that takes several values leave that field's own filter out, so that one sees what adding a value
would bring. A filter that has more than `CAP` events is counted on the first `CAP` in its order, and says so; their
number and their times are those of all of them where a kept tally has them.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import Any

from dragoman.record.days import months
from dragoman.record.filters import EventFilter, Order
from dragoman.record.parameters import marks
from dragoman.record.selection import Selection, resolve, select

CAP = 1_000  # events looked at for one answer
VALUES = 30  # of one field at the most
FIELDS = ("actor", "person", "type", "status", "country", "language", "outlet")
_ANY_OF = ("type", "status", "country", "language", "outlet")  # fields of which any value will do
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
    """The counts of a filter. `events` is how many it has; `capped` when there are more. `counted`: on how many of
    them the fields were counted, None for all.

    `times` are (period, events), the period as YYYY, YYYY-MM or YYYY-MM-DD, empty periods included.
    """

    events: int
    capped: bool
    fields: dict[str, tuple[Count, ...]]
    times: tuple[tuple[str, int], ...]
    counted: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "events": self.events,
            "capped": self.capped,
            "counted": self.counted if self.counted is not None else self.events,
            "fields": {name: [c.to_dict() for c in counts] for name, counts in self.fields.items()},
            "times": [list(t) for t in self.times],
        }


def facets(db: sqlite3.Connection, wanted: EventFilter, order: Order = "newest", cap: int = CAP) -> Facets:
    """The counts of `wanted`."""
    chosen = select(db, wanted)
    if chosen is None:
        return Facets(0, False, {name: () for name in FIELDS}, ())
    rows = _rows(db, chosen, order, cap)
    capped = len(rows) == cap
    found = _counted(db, rows, set(FIELDS))
    for name in _ANY_OF:
        if getattr(wanted, name):
            without = select(db, EventFilter.of(wanted, {name: ()}))
            found |= _counted(db, _rows(db, without, order, cap) if without else [], {name})
    days = _all_days(db, wanted) if capped else None
    if days is None:
        return Facets(len(rows), capped, found, _times(Counter(r[1] for r in rows if r[1])))
    total = sum(days.values())
    days.pop("", None)
    return Facets(total, False, found, _times(days), counted=len(rows))


_Row = tuple[int, str, str, str, str | None, str]


def _rows(db: sqlite3.Connection, chosen: Selection, order: Order, cap: int) -> list[_Row]:
    key, row, direction = chosen.order(order)
    return db.execute(
        f"SELECT e.id, e.day, e.event_type, e.status, e.country, e.languages {chosen.sql} "
        f"ORDER BY {key} {direction}, {row} {direction} LIMIT {cap}",
        chosen.values,
    ).fetchall()


def _all_days(db: sqlite3.Connection, wanted: EventFilter) -> Counter[str] | None:
    """Events by month, "" for undated ones, from kept tallies; None where only counting the events would tell."""
    if set(wanted.values()) - {"type", "status", "quad_class", "actor"} or len(wanted.actor) > 1:
        return None
    several = (("event_type", wanted.type), ("status", wanted.status), ("quad_class", wanted.quad_class))
    where = ["events > 0", *(f"{column} IN ({marks(values)})" for column, values in several if values)]
    values: list[Any] = [value for _, values in several for value in values]
    table = "month_tally"
    if wanted.actor:
        keys = resolve(db, wanted.actor[0])
        if len(keys) != 1:
            return None
        table, where, values = "party_tally", ["who = ?", *where], [*keys, *values]
    rows = db.execute(f"SELECT month, sum(events) FROM {table} WHERE {' AND '.join(where)} GROUP BY month", values)
    return Counter(dict(rows.fetchall())) or None


def _counted(db: sqlite3.Connection, rows: list[_Row], names: set[str]) -> dict[str, tuple[Count, ...]]:
    """The counts of some fields over `rows`."""
    found: dict[str, tuple[Count, ...]] = {}
    for name, column in (("type", 2), ("status", 3), ("country", 4)):
        if name in names:
            found[name] = _ranked(Counter(str(row[column]) for row in rows if row[column]))
    if "language" in names:
        spoken: Counter[str] = Counter()
        for text, number in Counter(row[5] for row in rows).items():
            spoken.update(dict.fromkeys(json.loads(text), number))
        found["language"] = _ranked(spoken)
    ids = json.dumps([row[0] for row in rows])
    if "outlet" in names:
        printed = db.execute(
            "SELECT outlet, count(*) FROM (SELECT DISTINCT m.event, p.outlet FROM json_each(?) c "
            "JOIN mentions m ON m.event = c.value JOIN pages p ON p.id = m.page WHERE p.outlet IS NOT NULL) GROUP BY 1",
            (ids,),
        )
        found["outlet"] = _ranked(Counter(dict(printed.fetchall())))
    if names & {"actor", "person"}:
        taking_part = db.execute(
            "SELECT w.who, count(*) FROM json_each(?) c JOIN event_who w ON w.event = c.value GROUP BY 1", (ids,)
        ).fetchall()
        found["actor"] = _ranked(Counter({who: number for who, number in taking_part if _is_party(who)}))
        others = sorted((-number, who) for who, number in taking_part if ":" not in who and not _is_party(who))
        found["person"] = _people(db, [(who, -number) for number, who in others])
    return found


def _is_party(who: str) -> bool:
    return len(who) == 3 or (len(who) == 6 and who.startswith("IGO"))


def _people(db: sqlite3.Connection, ranked: list[tuple[str, int]]) -> tuple[Count, ...]:
    """Those of `ranked` who are persons, with their names."""
    found: list[Count] = []
    for who, number in ranked:
        if len(found) == VALUES:
            break
        row = db.execute("SELECT name FROM actors WHERE key = ? AND kind = 'person'", (who,)).fetchone()
        if row:
            found.append(Count(who, row[0], number))
    return tuple(found)


def _ranked(counts: Counter[str]) -> tuple[Count, ...]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:VALUES]
    return tuple(Count(value, None, events) for value, events in ranked)


def _times(periods: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Days or months as the bars of a timeline: by day within one month, by month where that gives few enough bars,
    else by year.
    """
    if not periods:
        return ()
    first, last = min(periods), max(periods)
    if len(first) == 10 and first[:7] == last[:7]:
        days = (f"{first[:8]}{number:02d}" for number in range(int(first[8:]), int(last[8:]) + 1))
        return tuple((day, periods[day]) for day in days)
    by_month = months(first[:7], last[:7])
    width = 7 if len(by_month) <= _BARS else 4
    counts: Counter[str] = Counter()
    for period, number in periods.items():
        counts[period[:width]] += number
    names = by_month if width == 7 else [f"{year:04d}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    return tuple((name, counts[name]) for name in names)
