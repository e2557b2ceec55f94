"""Who deals with whom: pairs of countries and organisations with their cooperation and conflict."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

from dragoman.record import rollups, selection
from dragoman.record.filters import EventFilter
from dragoman.record.monthly import Monthly, Tally
from dragoman.record.rollups import Months

Sign = Literal["cooperation", "mixed", "conflict"]
MIXED = (1 / 3, 2 / 3)  # the share of conflict between which a pair is neither mostly the one nor mostly the other
MEETINGS = ("CONSULT", "AGREE")
LATEST = 5_000  # of a filter's events, the latest so many are looked at where no tally is kept
_WRONG = (
    "SELECT {period} AS period, d.a, d.b, -(d.quad_class < 3) AS cooperation, -(d.quad_class > 2) AS conflict "
    "FROM events e JOIN event_dyads d ON d.event = e.id "
    "WHERE e.verdict = 'wrong' AND d.faced AND d.status IN ('occurred', 'ongoing') AND d.a != d.b"
)
TALLY = Tally(
    "dyad_tally", ("a", "b"), f"{_WRONG.format(period=rollups.ALWAYS)} UNION ALL {_WRONG.format(period=rollups.MONTH)}"
)


@dataclass(frozen=True, slots=True)
class Tie:
    """The events between two countries or organisations, `a` < `b` in order of code."""

    a: str
    b: str
    cooperation: int
    conflict: int

    @property
    def events(self) -> int:
        """All events of the two."""
        return self.cooperation + self.conflict

    @property
    def balance(self) -> float:
        """From -1, nothing but conflict, to 1, nothing but cooperation."""
        return round((self.cooperation - self.conflict) / self.events, 3)

    @property
    def sign(self) -> Sign:
        """What the pair's events mostly are; mixed where each kind has a third of them or more."""
        share = self.conflict / self.events
        return "cooperation" if share < MIXED[0] else "conflict" if share > MIXED[1] else "mixed"

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "a": self.a, "b": self.b, "events": self.events, "cooperation": self.cooperation,
            "conflict": self.conflict, "balance": self.balance, "sign": self.sign,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two persons of different sides who took part in the same talks or agreements; `a` is of the side that comes
    first in order of code.
    """

    a: str
    a_name: str
    b: str
    b_name: str
    events: int
    first: str
    last: str

    def turned(self) -> Meeting:
        """The same, the other side first."""
        return replace(self, a=self.b, a_name=self.b_name, b=self.a, b_name=self.a_name)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {n: getattr(self, n) for n in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class PairMonths:
    """Who dealt with whom, by month: answers any filter that `rollups.tallied` knows, at once."""

    counts: Monthly

    @classmethod
    def load(cls, db: sqlite3.Connection, only: Months | None = None) -> PairMonths:
        """All months, or what is needed for `only` these."""
        return cls(Monthly.load(db, TALLY, only))

    def ties(self, months: Months, limit: int) -> tuple[Tie, ...]:
        """The `limit` pairs with most events in these months."""
        found, _ = self.counts.top(months, limit)
        return tuple(Tie(*total.subject, total.cooperation, total.conflict) for total in found)


def ties(db: sqlite3.Connection, wanted: EventFilter, limit: int) -> tuple[Tie, ...]:
    """The `limit` pairs with most dated events of a filter; where no tally is kept, of its latest `LATEST` events."""
    if months := rollups.tallied(wanted):
        return PairMonths.load(db, months).ties(months, limit)
    chosen = selection.select(db, wanted)
    if chosen is None:
        return ()
    rows = db.execute(
        "SELECT d.a, d.b, sum(d.quad_class < 3) AS cooperation, sum(d.quad_class > 2) AS conflict FROM "
        f"(SELECT e.id AS id {chosen.sql} AND {chosen.day} != '' ORDER BY {chosen.day} DESC LIMIT {LATEST}) n "
        "JOIN event_dyads d ON d.event = n.id WHERE d.faced AND d.a != d.b "
        "GROUP BY d.a, d.b ORDER BY count(*) DESC, d.a, d.b LIMIT ?",
        (*chosen.values, limit),
    )
    return tuple(Tie(*row) for row in rows)


def meetings(db: sqlite3.Connection, a: str, b: str, wanted: EventFilter, limit: int) -> tuple[Meeting, ...]:
    """Persons of `a` and of `b` (countries or organisations) who met or agreed, by number of events."""
    a, b = sorted((a, b))
    dates, values = _dates(wanted)
    rows = db.execute(
        "SELECT d.event, d.day, n.key, n.name, n.country FROM event_dyads d JOIN event_actors x ON x.event = d.event "
        "JOIN actors n ON n.id = x.actor WHERE d.a = ? AND d.b = ? AND d.faced AND d.event_type IN (?, ?) "
        "AND d.status IN ('occurred', 'ongoing') AND n.kind = 'person' AND n.country IN (?, ?) "
        f"AND d.event NOT IN (SELECT id FROM events WHERE verdict = 'wrong'){dates}",
        (a, b, *MEETINGS, a, b, *values),
    )
    sides: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    days: dict[int, str] = {}
    names: dict[str, str] = {}
    for event, day, key, name, country in rows:
        sides[event][country == b].add(key)
        days[event], names[key] = day, name or key
    met: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event, (ours, theirs) in sides.items():
        for pair in product(ours, theirs):
            met[pair].append(days[event])
    found = [Meeting(x, names[x], y, names[y], len(on), min(on), max(on)) for (x, y), on in met.items()]
    return tuple(sorted(found, key=lambda m: (-m.events, m.a_name, m.b_name))[:limit])


def _dates(wanted: EventFilter) -> tuple[str, list[str]]:
    sql, values = "", []
    for bound, end, sign in ((wanted.since, 0, ">="), (wanted.until, 1, "<=")):
        if bound:
            sql += f" AND d.day {sign} ?"
            values.append(selection.boundary(bound, end))
    return sql, values
