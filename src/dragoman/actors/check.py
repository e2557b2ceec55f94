"""Checks the actor files: dangling ids, colliding forms, bad codes, impossible holders, order.

`python -m dragoman.actors.check [FOLDER]` prints one sentence a finding; `check(folder)` returns them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

from dragoman.actors.tables import COLUMNS, DATA, LANGUAGES, NAME_KINDS, SECTORS, read_rows

_CODE = re.compile(r"(?:[A-Z]{3}|IGO[A-Z0-9]{3}|---)(?::([A-Z]{3}))?")
_CODES_WITHOUT_COUNTRY = frozenset({"IMG", "MNC", "NGO"})
_MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])(?:-\d{2})?")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")

# Offices that one person holds at a time; two who hold one for more than a year beside each other are a finding.
SINGLE = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister"}
    | {"finance_minister", "un_secretary_general", "nato_secretary_general", "eu_high_representative"}
)
JOINT = frozenset({"AND", "BIH", "CHE", "SMR"})  # states whose heads or ministers hold an office together
LONG = 366  # days


def check(folder: Path = DATA) -> list[str]:
    """Findings on the actor files in `folder`, as sentences naming file and row. Missing files are no finding."""
    findings: list[str] = []
    parts = (_shape, _states, _organisations, _phases, _seats, _names, _roles, _holdings, _shared, _agreements, _places)
    for part in parts:
        findings.extend(part(folder))
    return findings


def overlaps(folder: Path = DATA) -> list[str]:
    """Pairs of holders whose terms in a single-holder office overlap by more than the day of the handover.

    The sources differ on days and on acting holders, so these are for a reader's eye and no part of `check`.
    """
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for person, country, office, _, start, end, *_ in read_rows(folder / "holdings.tsv", "holdings"):
        if office in SINGLE and country not in JOINT and len(start) == 10 and len(end) == 10:
            terms.setdefault((country, office), []).append((start, end, person))
    found: list[str] = []
    for (country, office), held in sorted(terms.items()):
        held.sort()
        for (start, end, person), (next_start, _, next_person) in pairwise(held):
            if next_start < end and person != next_person:
                found.append(
                    f"holdings.tsv: {office} of {country} is held by {person} ({start} to {end}) "
                    f"and by {next_person} from {next_start}."
                )
    return found


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for table in COLUMNS:
        if table in ("names", "roles"):
            for language in LANGUAGES:
                yield folder / table / f"{language}.tsv", table
        else:
            yield folder / f"{table}.tsv", table


def _shape(folder: Path) -> Iterator[str]:
    for path, table in _files(folder):
        try:
            rows = list(read_rows(path, table))
        except ValueError as error:
            yield str(error)
            continue
        lines = ["\t".join(row) for row in rows]
        if rows != sorted(rows) and lines != sorted(lines):
            yield f"{path.name}: the rows are not sorted."
        yield from (f"{path}: the row {line!r} stands twice." for line, n in Counter(lines).items() if n > 1)
        for row in rows:
            if any(cell != cell.strip() for cell in row):
                yield f"{path}: the row {row!r} has white space around a cell."


def _ids(folder: Path, table: str) -> list[str]:
    return [row[0] for row in read_rows(folder / f"{table}.tsv", table)]


def _twice(ids: Iterable[str], file: str) -> Iterator[str]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            yield f"{file}: the id {id} stands twice."
        seen.add(id)


def _dates(file: str, id: str, *dates: str) -> Iterator[str]:
    for given in dates:
        if given and given != ".." and not _DATE.fullmatch(given):
            yield f"{file}: {id} has the date {given!r}; it must be YYYY, YYYY-MM or YYYY-MM-DD."


def _states(folder: Path) -> Iterator[str]:
    yield from _twice(_ids(folder, "states"), "states.tsv")
    for row in read_rows(folder / "states.tsv", "states"):
        if not re.fullmatch(r"[A-Z]{3}", row[0]):
            yield f"states.tsv: the id {row[0]!r} is not three letters."
        yield from _dates("states.tsv", row[0], row[7], row[8])


def _organisations(folder: Path) -> Iterator[str]:
    states = set(_ids(folder, "states"))
    yield from _twice(_ids(folder, "organisations"), "organisations.tsv")
    for id, code, _, country, sector, _, _, start, end in read_rows(folder / "organisations.tsv", "organisations"):
        match = _CODE.fullmatch(code)
        head = code.partition(":")[0]
        if match is None or (len(head) == 3 and head not in states | _CODES_WITHOUT_COUNTRY):
            yield f"organisations.tsv: {id} has the code {code!r}, which names no state, IGO, IMG, MNC or NGO."
        for given in (sector, match.group(1) if match else None):
            if given and given not in SECTORS:
                yield f"organisations.tsv: {id} has the sector {given!r}, which PLOVER does not have."
        if country and country not in states:
            yield f"organisations.tsv: {id} has the country {country!r}, which is not in states.tsv."
        yield from _dates("organisations.tsv", id, start, end)


def _phases(folder: Path) -> Iterator[str]:
    organisations, states = set(_ids(folder, "organisations")), set(_ids(folder, "states"))
    for id, start, end, code in read_rows(folder / "phases.tsv", "phases"):
        country, _, sector = code.partition(":")
        if id not in organisations:
            yield f"phases.tsv: {id} is not in organisations.tsv."
        if country not in states or sector not in SECTORS:
            yield f"phases.tsv: {id} has the code {code!r}; it must be a state's and a sector's, as in SDN:REB."
        if not (start or end) or (start and end and end <= start):
            yield f"phases.tsv: {id} as {code} lasts from {start!r} to {end!r}."
        yield from _dates("phases.tsv", id, start, end)


def _seats(folder: Path) -> Iterator[str]:
    organisations = set(_ids(folder, "organisations"))
    for city, _, _, id, start, end in read_rows(folder / "seats.tsv", "seats"):
        if id not in organisations:
            yield f"seats.tsv: {id}, which sits in {city}, is not in organisations.tsv."
        yield from _dates("seats.tsv", id, start, end)


def _names(folder: Path) -> Iterator[str]:
    known = set(_ids(folder, "states")) | set(_ids(folder, "organisations"))
    for language in LANGUAGES:
        owners: dict[str, set[str]] = {}
        for id, kind, form, note in read_rows(folder / "names" / f"{language}.tsv", "names"):
            if id not in known:
                yield f"names/{language}.tsv: {form!r} belongs to {id}, which is no state or organisation."
            if kind not in NAME_KINDS:
                yield f"names/{language}.tsv: {form!r} has the kind {kind!r}."
            if kind in ("name", "abbr") and not re.search(r"ambiguous|weak", note):
                owners.setdefault(form, set()).add(id)
        for form, ids in sorted(owners.items()):
            if len(ids) > 1:
                yield f"names/{language}.tsv: {form!r} names {' and '.join(sorted(ids))}; note it as ambiguous or weak."


def _roles(folder: Path) -> Iterator[str]:
    offices = set(_ids(folder, "offices"))
    for language in LANGUAGES:
        for form, _, kind, sector, office, _, _ in read_rows(folder / "roles" / f"{language}.tsv", "roles"):
            if kind not in ("office", "institution", "group"):
                yield f"roles/{language}.tsv: {form!r} has the kind {kind!r}."
            if sector and sector not in SECTORS:
                yield f"roles/{language}.tsv: {form!r} has the sector {sector!r}."
            if office and offices and office not in offices:
                yield f"roles/{language}.tsv: {form!r} has the office {office!r}, which is not in offices.tsv."


def _holdings(folder: Path) -> Iterator[str]:
    persons = {row[0]: row for row in read_rows(folder / "persons.tsv", "persons")}
    offices = set(_ids(folder, "offices"))
    places = set(_ids(folder, "states")) | set(_ids(folder, "organisations"))
    yield from _twice(_ids(folder, "persons"), "persons.tsv")
    for person, country, office, _, start, end, *_ in read_rows(folder / "holdings.tsv", "holdings"):
        where = f"holdings.tsv: {person} as {office} of {country}"
        if person not in persons:
            yield f"{where}: the person is not in persons.tsv."
            continue
        if office not in offices:
            yield f"{where}: the office is not in offices.tsv."
        if places and country not in places:
            yield f"{where}: the country is in neither states.tsv nor organisations.tsv."
        yield from _dates("holdings.tsv", person, start, end)
        if start and end and end != ".." and end < start[: len(end)]:
            yield f"{where}: it ends ({end}) before it starts ({start})."
        born, died = persons[person][3], persons[person][4]
        if born and start and start[:4] < born[:4]:
            yield f"{where}: it starts ({start}) before birth ({born})."
        if died and start and start[:4] > died[:4]:
            yield f"{where}: it starts ({start}) after death ({died})."
        elif died and end and end != ".." and end[:4] > died[:4]:
            yield f"{where}: it ends ({end}) after death ({died})."


def _shared(folder: Path) -> Iterator[str]:
    """Two who are said to hold one office together for more than a year, by dates that are good to the month."""
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for person, country, office, _, start, end, _, as_of, _ in read_rows(folder / "holdings.tsv", "holdings"):
        end = as_of if end == ".." else end
        if office in SINGLE and country not in JOINT and _sound(start) and _sound(end):
            terms.setdefault((country, office), []).append((_day(start, 1), _day(end, 28), person))
    for (country, office), held in sorted(terms.items()):
        held.sort()
        for one, other in combinations(held, 2):
            days = (min(one[1], other[1]) - other[0]).days
            if days > LONG and one[2] != other[2]:
                yield f"holdings.tsv: {one[2]} and {other[2]} both hold {office} of {country} for {days} days."


def _sound(text: str) -> bool:
    return _MONTH.fullmatch(text) is not None


def _day(text: str, day: int) -> date:
    """The day that a date means, `day` of its month where it is good to the month only; no later than the 28th."""
    return date(int(text[:4]), int(text[5:7]), max(1, min(int(text[8:] or day), 28)))


def _agreements(folder: Path) -> Iterator[str]:
    known = set(_ids(folder, "states")) | set(_ids(folder, "organisations"))
    yield from _twice(_ids(folder, "agreements"), "agreements.tsv")
    for id, _, _, day, participants, *_ in read_rows(folder / "agreements.tsv", "agreements"):
        yield from _dates("agreements.tsv", id, day)
        for participant in filter(None, participants.split(";")):
            if participant not in known:
                yield f"agreements.tsv: {id} names {participant}, which is no state or organisation."


def _places(folder: Path) -> Iterator[str]:
    states = set(_ids(folder, "states"))
    yield from _twice(_ids(folder, "places"), "places.tsv")
    for id, _, country, _, latitude, longitude, population, *_ in read_rows(folder / "places.tsv", "places"):
        if country and country not in states:
            yield f"places.tsv: {id} has the country {country!r}, which is not in states.tsv."
        if latitude and not (-90 <= float(latitude) <= 90 and -180 <= float(longitude or "999") <= 180):
            yield f"places.tsv: {id} has no valid coordinates ({latitude}, {longitude})."
        if population and not population.isdigit():
            yield f"places.tsv: {id} has the population {population!r}."


def main() -> int:
    """Print the findings on the folder given, or on the package's own; 1 where there are any."""
    findings = check(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
