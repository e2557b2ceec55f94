"""Who held which office when, read from the lines of `holdings.tsv` as far as somebody asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from dragoman.actors.tables import Holding


class Holdings:
    """The holdings of several folders. A line becomes a value when it is asked for, and stays one."""

    def __init__(self, folders: Iterable[Iterable[str]]) -> None:
        """The lines of each folder's table; the package's own are sorted, and so are the person's in them."""
        self._folders = [sorted(lines) for lines in folders]
        self._read: dict[str, Holding] = {}
        self._held: dict[str, list[Holding]] = {}  # by person, as far as they were asked for

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], list[str]]:
        """Lines by country (or organisation) and office."""
        found: dict[tuple[str, str], list[str]] = {}
        for lines in self._folders:
            for line in lines:
                _, country, office, _ = line.split("\t", 3)
                key = country, office
                if key in found:
                    found[key].append(line)
                else:
                    found[key] = [line]
        return found

    @cached_property
    def _offices(self) -> dict[str, list[str]]:
        """The offices of each country or organisation."""
        found: dict[str, list[str]] = {}
        for country, office in self._by_office:
            found.setdefault(country, []).append(office)
        return found

    @cached_property
    def owners(self) -> dict[str, frozenset[str]]:
        """The countries and organisations that have each office."""
        found: dict[str, set[str]] = {}
        for country, office in self._by_office:
            found.setdefault(office, set()).add(country)
        return {office: frozenset(countries) for office, countries in found.items()}

    def of_office(self, country: str, office: str) -> list[Holding]:
        """All that held an office of a country (ISO3) or organisation (id)."""
        return [self._holding(line) for line in self._by_office.get((country, office), ())]

    def of_person(self, person: str) -> list[Holding]:
        """All that a person (id) held."""
        held = self._held.get(person)
        if held is None:
            held = self._held[person] = [self._holding(line) for line in self._lines_of(person)]
        return held

    def offices(self, country: str) -> list[str]:
        """The offices of a country (ISO3) or organisation (id)."""
        return self._offices.get(country, [])

    def _lines_of(self, person: str) -> Iterator[str]:
        start = f"{person}\t"
        for lines in self._folders:
            i = bisect_left(lines, start)
            while i < len(lines) and lines[i].startswith(start):
                yield lines[i]
                i += 1

    def _holding(self, line: str) -> Holding:
        holding = self._read.get(line)
        if holding is None:
            holding = self._read[line] = Holding(*line.split("\t"))
        return holding


def on_date(holdings: Iterable[Holding], date: str | None) -> list[Holding]:
    """Those that cover a day, month or year (`YYYY[-MM[-DD]]`), or all where None; certain ones first.

    A holding with an unknown start or end counts where the other end allows it.
    """
    if date is None:
        return sorted(holdings, key=_start)
    certain: list[Holding] = []
    possible: list[Holding] = []
    for holding in holdings:
        first, last = _bounds(holding)
        if first[: len(date)].rstrip("\x00") > date or last < date:
            continue
        known_end = bool(holding.end) and (holding.end != ".." or date <= holding.as_of)
        (certain if holding.start and known_end else possible).append(holding)
    return [*sorted(certain, key=_start, reverse=True), *sorted(possible, key=_start, reverse=True)]


def _bounds(holding: Holding) -> tuple[str, str]:
    """First and last day that a holding may cover; `..` lasts at least to its `as_of` and perhaps beyond."""
    first = holding.start.ljust(10, "\x00") if holding.start else ""
    return first, ("~" if holding.end in ("", "..") else holding.end + "~")


def _start(holding: Holding) -> str:
    return holding.start
