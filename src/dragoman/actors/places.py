"""Places with coordinates: our own table and the cities of GeoNames (CC BY 4.0, see training/cities.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.actors import tables
from dragoman.actors.matcher import Form, Trie
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
        self._tries: dict[str, Trie] = {}
        self._cities: dict[bool, Cities] = {}

    def find(self, text: str, language: str) -> list[PlaceMatch]:
        """Places in `text`, longest from the left, not overlapping. Unknown languages find nothing."""
        if language not in _FORMS:
            return []
        found: list[PlaceMatch] = []
        for hit in self._trie(language).find(text):
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

    def _trie(self, language: str) -> Trie:
        if language not in self._tries:
            arabic = language == "ar"
            trie = Trie(arabic=arabic)
            column = _FORMS[language]
            for cells in self._rows:
                names = cells[column].split("|") if cells[column] else []
                if not arabic:
                    names.append(cells[1])
                for name in names:
                    if name:
                        trie.add(Form(name, "name", cells[0], "own"))
            if arabic not in self._cities:
                self._cities[arabic] = Cities(self._city_lines, self._places, arabic=arabic)
            trie.share(self._cities[arabic].beginning)
            self._tries[language] = trie
        return self._tries[language]


class Cities:
    """Names of cities in one script, waiting by their first token as lines of the table."""

    def __init__(self, lines: Iterable[str], places: dict[str, NamedPlace], *, arabic: bool) -> None:
        """What is read is put into `places`."""
        self._places = places
        self._arabic = arabic
        trie = Trie(arabic=arabic)
        self._key_of = trie.key_of
        self._waiting = trie.by_key((name, line) for line in lines for name in _names(line, arabic))

    def beginning(self, key: str) -> Iterable[Form]:
        """Forms whose first token folds to `key`."""
        return self._forms(key) if key in self._waiting else ()

    def _forms(self, key: str) -> Iterator[Form]:
        for line in dict.fromkeys(self._waiting.get(key, ())):
            city = tables.city(line.split("\t"))
            self._places.setdefault(city.id, city)
            for name in _names(line, self._arabic):
                if self._key_of(name) == key:
                    yield Form(name, "name", city.id, "")


def _names(line: str, arabic: bool) -> list[str]:
    if not arabic:
        return [line.split("\t", 2)[1]]
    names = line.rpartition("\t")[2]
    return names.split("|") if names else []
