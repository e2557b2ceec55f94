"""Places with coordinates: our own table and the cities of GeoNames (CC BY 4.0, see training/cities.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.actors import tables
from dragoman.actors.matcher import Matcher, matcher
from dragoman.actors.name_index import Form, FormIndex, NameIndex
from dragoman.actors.scripts import ARABIC, SCRIPTS, Script
from dragoman.actors.tables import NamedPlace

_FORMS = {"en": 8, "fr": 9, "ar": 10, "es": 11}


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place name at `text[start:end]`; `places` are its candidates, the largest first."""

    start: int
    end: int
    places: tuple[NamedPlace, ...]


class Gazetteer:
    """Finds places in text. A city is read when a text shows the first word of its name."""

    def __init__(self, rows: Iterable[list[str]], cities: Iterable[str], not_place: Iterable[str] = ()) -> None:
        """`rows` of places.tsv, `cities` the lines of cities.tsv; `not_place` are words that towns share ("March")."""
        self._not_place = frozenset(not_place)
        self._rows = tuple(rows)
        self._city_lines = tuple(cities)
        self._places = {cells[0]: tables.place(cells) for cells in self._rows}
        self._matchers: dict[str, Matcher] = {}
        self._cities: dict[Script, Cities] = {}

    def find(self, text: str, language: str) -> list[PlaceMatch]:
        """Places in `text`, longest from the left, not overlapping. Unknown languages find nothing."""
        if language not in _FORMS:
            return []
        found: list[PlaceMatch] = []
        for hit in self._matcher(language).find(text):
            if text[hit.start : hit.end].lower() in self._not_place:
                continue
            own = [self._places[e.id] for e in hit.entries if e.note == "own"]
            rest = [self._places[e.id] for e in hit.entries if e.note != "own"]
            candidates = {p.id: p for p in (own or rest)}
            ranked = sorted(candidates.values(), key=lambda p: -p.population)
            found.append(PlaceMatch(hit.start, hit.end, tuple(ranked[:5])))
        return found

    def place(self, id: str) -> NamedPlace | None:
        """The place with this id, as far as the tables read so far know it."""
        return self._places.get(id)

    def _matcher(self, language: str) -> Matcher:
        if language not in self._matchers:
            script = SCRIPTS[language]
            if script not in self._cities:
                self._cities[script] = Cities(script, self._city_lines, self._places)
            own = FormIndex(script, (Form(n, "name", c[0], "own") for c in self._rows for n in _names(c, language)))
            self._matchers[language] = matcher(script, [own, self._cities[script]])
        return self._matchers[language]


class Cities(NameIndex[str]):
    """Names of cities in one script, as lines of the table; in Arabic letters a line for each of a city's names."""

    def __init__(self, script: Script, lines: Iterable[str], places: dict[str, NamedPlace]) -> None:
        """What is read is put into `places`."""
        self._places = places
        known = list(dict.fromkeys(lines if script is not ARABIC else (one for line in lines for one in _apart(line))))
        self._column = 6 if script is ARABIC else 1
        super().__init__(script, script.by_first_key([self.name(line) for line in known], known))

    def name(self, row: str) -> str:
        return row.split("\t", self._column + 1)[self._column]

    def form(self, row: str) -> Form:
        city = tables.city(row.split("\t"))
        self._places.setdefault(city.id, city)
        return Form(self.name(row), "name", city.id, "")


def _apart(line: str) -> list[str]:
    """A line of cities.tsv for each of its Arabic names; none where it has none."""
    rest, _, names = line.rpartition("\t")
    return [f"{rest}\t{name}" for name in names.split("|")] if names else []


def _names(cells: list[str], language: str) -> list[str]:
    """The names of a row of places.tsv in a language; in Latin letters also its first one."""
    names = cells[_FORMS[language]].split("|")
    if language != "ar":
        names.append(cells[1])
    return [name for name in names if name]
