"""Where events happened: places with how much happened there, for maps and tables of places."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.actors.aliases import aliases
from dragoman.record import rollups, selection
from dragoman.record.filters import EventFilter
from dragoman.record.monthly import Monthly, Subject, Tally, Total
from dragoman.record.rollups import Months

LATEST = 5_000  # of a filter's events, the latest so many are looked at where no tally is kept

_PLACED = "(e.place IS NOT NULL OR e.country IS NOT NULL)"
_COUNTED = (
    "coalesce(e.country, '') AS country, coalesce(e.place, '') AS place, e.latitude AS latitude, "
    "e.longitude AS longitude, e.quad_class < 3 AS cooperation, e.quad_class > 2 AS conflict"
)
_WRONG = (
    "SELECT {period} AS period, coalesce(e.country, '') AS country, coalesce(e.place, '') AS place, "
    "-(e.quad_class < 3) AS cooperation, -(e.quad_class > 2) AS conflict FROM events e "
    f"WHERE e.verdict = 'wrong' AND e.status IN ('occurred', 'ongoing') AND {_PLACED}"
)
TALLY = Tally(
    "place_tally",
    ("country", "place"),
    f"{_WRONG.format(period=rollups.ALWAYS)} UNION ALL {_WRONG.format(period=rollups.MONTH)} AND e.day != ''",
)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """The events at one place. Without `name` only the country is known; coordinates are degrees, None where
    unknown.
    """

    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    cooperation: int
    conflict: int

    @property
    def events(self) -> int:
        """All events there."""
        return self.cooperation + self.conflict

    @property
    def precision(self) -> str:
        """place, or country where nothing nearer is known."""
        return "place" if self.name else "country"

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "name": self.name, "country": self.country, "latitude": self.latitude, "longitude": self.longitude,
            "precision": self.precision, "events": self.events, "cooperation": self.cooperation,
            "conflict": self.conflict,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a filter's events, most events first. `placed` counts the events that have one; `complete` is
    False where only the latest events were looked at.
    """

    items: tuple[PlaceCount, ...]
    placed: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class PlaceMonths:
    """What happened where, by month: answers any filter that `rollups.tallied` knows, at once."""

    counts: Monthly
    coordinates: Mapping[Subject, tuple[float, float]]

    @classmethod
    def load(cls, db: sqlite3.Connection, only: Months | None = None) -> PlaceMonths:
        """All months, or what is needed for `only` these."""
        where = db.execute(
            "SELECT country, place, latitude, longitude FROM place_tally "
            "WHERE period = '' AND place != '' AND latitude IS NOT NULL AND longitude IS NOT NULL"
        )
        return cls(Monthly.load(db, TALLY, only, known_as), {(c, p): (x, y) for c, p, x, y in where})

    def places(self, months: Months, limit: int) -> Places:
        """The `limit` places where most happened in these months."""
        found, placed = self.counts.top(months, limit)
        return Places(tuple(self._place(total) for total in found), placed)

    def _place(self, total: Total) -> PlaceCount:
        country, name = total.subject
        latitude, longitude = self.coordinates.get(total.subject, (None, None))
        return PlaceCount(name or None, country or None, latitude, longitude, total.cooperation, total.conflict)


def places(db: sqlite3.Connection, wanted: EventFilter, limit: int) -> Places:
    """The `limit` places where most of a filter's events happened."""
    if months := rollups.tallied(wanted):
        return PlaceMonths.load(db, months).places(months, limit)
    chosen = selection.select(db, wanted)
    if chosen is None:
        return Places((), 0)
    rows = db.execute(
        "SELECT country, place, max(latitude), max(longitude), sum(cooperation), sum(conflict) FROM "
        f"(SELECT {_COUNTED} {chosen.sql} AND {_PLACED} ORDER BY {chosen.day} DESC LIMIT {LATEST}) GROUP BY 1, 2",
        chosen.values,
    )
    found: dict[Subject, PlaceCount] = {}
    for country, place, latitude, longitude, cooperation, conflict in rows:
        subject = known_as(country, place)
        if known := found.get(subject):
            cooperation, conflict = cooperation + known.cooperation, conflict + known.conflict
        if not subject[1]:
            latitude = longitude = None
        found[subject] = PlaceCount(subject[1] or None, country or None, latitude, longitude, cooperation, conflict)
    ranked = sorted(found.items(), key=lambda item: (-item[1].events, item[0]))
    placed = sum(place.events for place in found.values())
    return Places(tuple(place for _, place in ranked[:limit]), placed, placed < LATEST)


def known_as(country: str, place: str) -> Subject:
    """A place that is named after its whole country ("Libya") is known by country only."""
    return (country, "") if country and place in _names(country) else (country, place)


@cache
def _names(country: str) -> frozenset[str]:
    return frozenset((country, *(a.form for a in aliases(country) if a.kind in ("name", "abbr"))))
