"""The rows of the knowledge files and the plain reader for them (columns: docs/actors.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent / "data"

LANGUAGES = ("en", "fr", "ar", "es")

COLUMNS: dict[str, tuple[str, ...]] = {
    "states": ("id", "iso2", "cow", "gw", "fips", "qid", "name", "start", "end", "kind", "region"),
    "organisations": ("id", "code", "kind", "country", "sector", "qid", "name", "start", "end"),
    "phases": ("id", "start", "end", "code"),
    "names": ("id", "kind", "form", "note"),
    "roles": ("form", "plural", "kind", "sector", "office", "gender", "note"),
    "offices": ("key", "name", "sector", "rank"),
    "titles": ("country", "office", "name"),
    "persons": ("id", "name", "gender", "born", "died", "country"),
    "person_names": ("id", "lang", "form", "kind"),
    "holdings": ("person", "country", "office", "title", "start", "end", "source", "as_of", "confidence"),
    "words": ("word", "use"),
    "agreements": ("id", "kind", "name", "date", "participants", "place", "en", "fr", "ar", "es"),
    "places": (
        *("id", "name", "country", "admin1", "latitude", "longitude", "population", "kind"),
        *("en", "fr", "ar", "es"),
    ),
    "seats": ("city", "role", "word", "organisation", "start", "end"),
    "cities": ("id", "name", "country", "latitude", "longitude", "population", "ar"),
}

SECTORS = frozenset(
    {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU"}
    | {"ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
)

NAME_KINDS = frozenset({"name", "abbr", "adj", "people", "capital", "seat"})


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory. `id` is ISO 3166-1 alpha-3 or the usual three letters; dates `YYYY[-MM[-DD]]` or empty."""

    id: str
    iso2: str
    cow: str
    gw: str
    fips: str
    qid: str
    name: str
    start: str
    end: str
    kind: str
    region: str

    @property
    def code(self) -> str:
        """What events carry: the id."""
        return self.id


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or group. `code` is what events carry (`IGOUNO`, `LBN:REB`, `NGO`, `MNC`)."""

    id: str
    code: str
    kind: str
    country: str
    sector: str
    qid: str
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Role:
    """A common noun for an actor. `key` is the office, else one word for the same thing in all languages."""

    key: str
    form: str
    kind: Literal["office", "institution", "group"]
    sector: str
    office: str
    gender: str
    owner: str = ""  # the state that the title alone means (ISO 3166-1 alpha-3)


@dataclass(frozen=True, slots=True)
class Office:
    """A public office; `name` is English and may hold `{country}`."""

    key: str
    name: str
    sector: str
    rank: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person; `name` is the canonical Latin-script name."""

    id: str
    name: str
    gender: str
    born: str
    died: str
    country: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Who held an office of `country` (ISO3 or organisation id). `end` is `..` where still in office at `as_of`."""

    person: str
    country: str
    office: str
    title: str
    start: str
    end: str
    source: str
    as_of: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement, process, conference, exercise or resolution; `participants` are state or organisation ids."""

    id: str
    kind: str
    name: str
    date: str
    participants: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with coordinates in degrees (None where unknown) and population (0 where unknown)."""

    id: str
    name: str
    country: str
    latitude: float | None
    longitude: float | None
    population: int
    kind: str


def read_lines(path: Path, table: str) -> list[str]:
    """Data lines of a table file, header checked and dropped; none where there is no such file.

    Raises ValueError naming the file where the header is not the one in docs/actors.md.
    """
    if not path.is_file():
        return []
    header, *lines = path.read_text(encoding="utf-8").split("\n")
    if tuple(header.split("\t")) != COLUMNS[table]:
        raise ValueError(f"{path}: line 1 must be the columns {', '.join(COLUMNS[table])}, separated by tabs.")
    return [line for line in lines if line and line[0] != "#"]


def read_rows(path: Path, table: str) -> Iterator[list[str]]:
    """Rows of a table file as cells. Raises ValueError naming file and row where the number of cells is wrong."""
    width = len(COLUMNS[table])
    for line in read_lines(path, table):
        cells = line.split("\t")
        if len(cells) != width:
            raise ValueError(f"{path}: the row {line!r} has {len(cells)} cells, not {width}.")
        yield cells


def state(cells: list[str]) -> State:
    """A row of states.tsv."""
    return State(*cells)


def organisation(cells: list[str]) -> Organisation:
    """A row of organisations.tsv."""
    return Organisation(*cells)


def agreement(cells: list[str]) -> Agreement:
    """A row of agreements.tsv."""
    id, kind, name, date, participants, place = cells[:6]
    return Agreement(id, kind, name, date, tuple(p for p in participants.split(";") if p), place)


def city(cells: list[str]) -> NamedPlace:
    """A row of cities.tsv."""
    id, name, country, latitude, longitude, population, _ = cells
    return NamedPlace(id, name, country, float(latitude), float(longitude), int(population), "city")


def place(cells: list[str]) -> NamedPlace:
    """A row of places.tsv."""
    return NamedPlace(
        cells[0],
        cells[1],
        cells[2],
        float(cells[4]) if cells[4] else None,
        float(cells[5]) if cells[5] else None,
        int(cells[6] or 0),
        cells[7],
    )


def role(cells: list[str]) -> Role:
    """A row of roles/*.tsv. Raises ValueError where the kind is unknown."""
    form, _, kind, sector, office, gender, note = cells
    concept = note.partition(";")[0]
    if kind == "office":
        owner = concept if len(concept) == 3 and concept.isupper() else ""
        return Role(office or concept or form, form, "office", sector, office, gender, owner)
    if kind == "institution":
        return Role(concept or form, form, "institution", sector, office, gender)
    if kind == "group":
        return Role(concept or form, form, "group", sector, office, gender)
    raise ValueError(f"roles: the kind of {form!r} is {kind!r}; it must be office, institution or group.")
