"""Where events happened: places with how much happened there, for maps and tables of places."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.actors.aliases import aliases
from dragoman.record import rollups, selection
from dragoman.record.filters import EventFilter

LATEST = 5_000  # of a filter's events, the latest so many are looked at where no tally is kept

_PLACED = "(e.place IS NOT NULL OR e.country IS NOT NULL)"
_COUNTED = (
    "SELECT coalesce(e.country, '') AS country, coalesce(e.place, '') AS place, e.latitude AS latitude, "
    "e.longitude AS longitude, {sign}(e.quad_class < 3) AS cooperation, {sign}(e.quad_class > 2) AS conflict"
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


def places(db: sqlite3.Connection, wanted: EventFilter, limit: int) -> Places:
    """The `limit` places where most of a filter's events happened."""
    if tallied := rollups.periods(wanted):
        condition, values = tallied
        judged = _wrong(wanted)
        sql = (
            f"SELECT country, place, latitude, longitude, cooperation, conflict FROM place_tally WHERE {condition} "
            f"UNION ALL {judged[0]}"
        )
        return _places(db, sql, (*values, *judged[1]), limit)
    chosen = selection.select(db, wanted)
    if chosen is None:
        return Places((), 0)
    counted = f"{_COUNTED.format(sign='')} {chosen.sql} AND {_PLACED} ORDER BY {chosen.day} DESC LIMIT {LATEST}"
    found = _places(db, f"SELECT * FROM ({counted})", chosen.values, limit)
    return Places(found.items, found.placed, found.placed < LATEST)


def _wrong(wanted: EventFilter) -> tuple[str, list[str]]:
    """The events judged wrong, to be taken off what the tally counts."""
    marks = ",".join("?" * len(rollups.HAPPENED))
    where, values = [f"e.verdict = 'wrong' AND e.status IN ({marks}) AND {_PLACED}"], list(rollups.HAPPENED)
    if wanted.since:
        where.append("e.day >= ?")
        values.append(selection.boundary(wanted.since, 0))
    if wanted.until:
        where.append("e.day BETWEEN '0' AND ?")
        values.append(selection.boundary(wanted.until, 1))
    return f"{_COUNTED.format(sign='-')} FROM events e WHERE {' AND '.join(where)}", values


def _places(db: sqlite3.Connection, sql: str, values: Iterable[Any], limit: int) -> Places:
    rows = db.execute(
        "SELECT nullif(place, ''), nullif(country, ''), max(latitude), max(longitude), sum(cooperation), "
        f"sum(conflict) FROM ({sql}) GROUP BY country, place HAVING sum(cooperation) + sum(conflict) > 0 "
        "ORDER BY sum(cooperation) + sum(conflict) DESC, country, place",
        tuple(values),
    ).fetchall()
    found = _named(PlaceCount(*row) for row in rows)
    return Places(tuple(found[:limit]), sum(p.events for p in found))


def _named(found: Iterable[PlaceCount]) -> list[PlaceCount]:
    """The same with places that are named after their whole country ("Libya") counted as known by country only."""
    places: list[PlaceCount] = []
    countries: dict[str, PlaceCount] = {}
    for place in found:
        if place.country and (place.name is None or place.name in _names(place.country)):
            known = countries.get(place.country, PlaceCount(None, place.country, None, None, 0, 0))
            both = known.cooperation + place.cooperation, known.conflict + place.conflict
            countries[place.country] = PlaceCount(None, place.country, None, None, *both)
        else:
            places.append(place)
    return sorted([*places, *countries.values()], key=lambda p: (-p.events, p.country or "", p.name or ""))


@cache
def _names(country: str) -> frozenset[str]:
    return frozenset((country, *(a.form for a in aliases(country) if a.kind in ("name", "abbr"))))
