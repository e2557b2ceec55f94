"""Reads the fact sources about office holders into one shape.

Each reader yields `Fact` values: who held which office of which country from when to when, with the source's name and
the date at which the source was taken. Position labels become office keys by the ordered patterns of
`training/offices/positions.tsv` (first match wins, `-` drops the label).
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml  # type: ignore[import-untyped]

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
QID = re.compile(r"Q\d+\Z")
ORGANISATION_OF_OFFICE = {
    "wto_director_general": "IGOWTO",
    "who_director_general": "IGOWHO",
    "nato_secretary_general": "IGONAT",
    "pace_president": "IGOCOE",
    "igo_deputy_head": "IGOOSC",
    "igo_head": "IGOARB",
    "icj_judge": "IGOICJ",
    "icj_president": "IGOICJ",
}
FOLD = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "ə": "a",
        "þ": "th",
        "’": " ",
        "'": " ",
        "ʻ": " ",
        "ʿ": " ",
        "`": " ",
        "-": " ",
        ".": " ",
        "‘": " ",
        "ʼ": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One holding. `person` is a Wikidata id or empty; dates are `YYYY[-MM[-DD]]`, empty or `..` (ongoing)."""

    country: str
    office: str
    person: str
    name: str
    title: str
    start: str
    end: str
    source: str
    as_of: str
    confidence: float
    gender: str = ""
    born: str = ""
    died: str = ""


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file with a header line; cells are never quoted."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def fold(name: str) -> str:
    """A name without case, accents and punctuation, for comparing."""
    plain = unicodedata.normalize("NFKD", name.translate(FOLD).lower().translate(FOLD))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace(",", " ").split())


class Positions:
    """Position labels to office keys."""

    def __init__(self, path: Path) -> None:
        self._rules = [(r["country"], re.compile(r["pattern"]), r["office"]) for r in read_table(path)]

    def office(self, country: str, label: str) -> str | None:
        """The office key of a label, or None where the label is not a political office."""
        for rule_country, pattern, office in self._rules:
            if rule_country in ("*", country) and pattern.search(label):
                return None if office == "-" else office
        return None


def clean_date(text: str) -> str:
    text = text.strip()
    return text if DATE.match(text) else text[:4] if re.match(r"\d{4}", text) else ""


def clean_name(name: str) -> str:
    """A person's label without a peerage after the comma or a note in brackets; empty for what is no name."""
    name = re.sub(r"\s*\(.*?\)", "", name).strip()
    head, _, tail = name.partition(", ")
    if re.match(r"(?i)(\d|baron|viscount|earl|lord|duke|marquess|jr|sr)", tail):
        name = head
    return (
        ""
        if QID.match(name) or not re.search(r"[A-Za-z]", name) or ";" in name or "vacant" in name.lower()
        else " ".join(name.split())
    )


def every_politician(root: Path, places: dict[str, str], positions: Positions) -> Iterator[Fact]:
    taken = {r["country"]: r["commit_date"] for r in read_csv(root / "index.csv")}
    for path in sorted((root / "cabinets").glob("*.csv")):
        country = places.get(path.stem)
        if country is None:
            continue
        for row in read_csv(path):
            office, name = positions.office(country, row["position"]), clean_name(row["person"])
            start, end = clean_date(row["start"]), clean_date(row["end"])
            if office is None or not name or (start and end and end[:4] < start[:4]):
                continue
            if path.stem in ("scotland", "northern-ireland", "wales"):
                if not row["position"].startswith("First Minister"):
                    continue
                office = "regional_leader"
            yield Fact(
                ORGANISATION_OF_OFFICE.get(office, country) if country == "IGOUNO" else country,
                office,
                row["personID"] if QID.match(row["personID"]) else "",
                name,
                row["position"],
                start,
                end,
                "every-politician",
                taken.get(path.stem, "2022-07-29")[:10],
                0.85,
                (row.get("gender") or "")[:1].lower(),
                clean_date(row.get("DOB") or ""),
                clean_date(row.get("DOD") or ""),
            )


def current_2025(root: Path, places: dict[str, str], positions: Positions) -> Iterator[Fact]:
    for row in read_csv(root / "current_holders.csv"):
        country = places.get(row["page"])
        if country is None:
            continue
        for label in row["position"].split("; "):
            office, name = positions.office(country, label), clean_name(row["person"])
            if office is None or not name:
                continue
            if row["page"] in ("scotland", "northern-ireland", "wales"):
                if not label.startswith("First Minister"):
                    continue
                office = "regional_leader"
            yield Fact(
                ORGANISATION_OF_OFFICE.get(office, country) if country == "IGOUNO" else country,
                office,
                row["wikidata_id"] if QID.match(row["wikidata_id"]) else "",
                name,
                label,
                clean_date(row["in_office_since"]),
                "..",
                "peppercat",
                "2025-01-31",
                0.8,
            )


def world_leaders_2021(root: Path, places: dict[str, str], positions: Positions) -> Iterator[Fact]:
    for row in read_csv(root / "wikidata.csv"):
        country, label = places.get(row["country"]), row["positionLabel"]
        if country is None:
            continue
        bare = re.sub(r" of (the )?[A-Z].*", "", label)
        office, name = positions.office(country, bare), clean_name(row["officeholderLabel"])
        if office not in ("head_of_state", "head_of_government", "supreme_leader", "pope") or not name:
            continue
        yield Fact(
            country,
            office,
            row["officeholder"],
            name,
            bare,
            row["start_year"],
            row["end_year"],
            "world-leaders",
            "2022-10-10",
            0.75,
        )


def world_leaders_current(root: Path, places: dict[str, str], iso3: dict[str, str]) -> Iterator[Fact]:
    for path in sorted(root.glob("20*.json")):
        for place in json.loads(path.read_text(encoding="utf-8"))["countries"].values():
            code = {"EU": "IGOEUR", "AU_AF": "IGOAFU"}.get(place["country"]["iso_code"]) or iso3[
                place["country"]["iso_code"]
            ]
            seen = set()
            for office in ("head_of_state", "head_of_government"):
                holder = place["positions"].get(office, {}).get("current_holder")
                if not holder or not holder["name_en"] or holder["name_en"] in seen:
                    continue
                seen.add(holder["name_en"])
                key = {
                    "IGOEUR": {
                        "head_of_state": "eu_council_president",
                        "head_of_government": "eu_commission_president",
                    },
                    "IGOAFU": {"head_of_state": "au_chair", "head_of_government": "au_commission_chair"},
                }.get(code, {}).get(office, office)
                yield Fact(
                    code,
                    key,
                    holder["wikidata_id"] or "",
                    holder["name_en"],
                    place["positions"][office]["title_en"] or "",
                    clean_date(holder["since"] or ""),
                    "..",
                    "world-leaders-current",
                    path.stem,
                    0.9,
                    "",
                    clean_date(holder["born"] or ""),
                )


def uk_ministers(root: Path, positions: Positions) -> Iterator[Fact]:
    posts = {r["id"]: r["name"] for r in read_csv(root / "post.csv")}
    people: dict[str, dict[str, str]] = {}
    for row in read_csv(root / "person.csv"):
        kept = people.get(row["id"])
        if kept is None or kept["name"].split()[0] in ("Lord", "Baroness", "Viscount", "Earl", "The"):
            people[row["id"]] = row
    for row in read_csv(root / "appointment.csv"):
        label, person = posts[row["post_id"]], people[row["person_id"]]
        office = positions.office("GBR", label)
        if office is None:
            continue
        yield Fact(
            "GBR",
            office,
            "",
            clean_name(person["name"]),
            label,
            clean_date(row["start_date"]),
            clean_date(row["end_date"]) or "..",
            "institute-for-government",
            "2026-06-12",
            0.95,
            person["gender"].lower(),
        )


def us_executive(root: Path) -> Iterator[Fact]:
    for person in yaml.safe_load((root / "executive.yaml").read_text(encoding="utf-8")):
        name = person["name"]
        label = person["id"].get("wikipedia") or name.get("official_full") or f"{name['first']} {name['last']}"
        for term in person["terms"]:
            if term["end"] < "1945":
                continue
            office = {"prez": "head_of_state", "viceprez": "vice_president"}[term["type"]]
            yield Fact(
                "USA",
                office,
                person["id"].get("wikidata", ""),
                clean_name(label),
                "",
                term["start"],
                term["end"] if term["end"] < "2026" else "..",
                "congress-legislators",
                "2026-06-15",
                0.99,
                person["bio"].get("gender", "").lower(),
                person["bio"].get("birthday", ""),
            )


def editor(folder: Path) -> Iterator[Fact]:
    """The hand-written holdings: `country office start end person confidence title`, one file a region or body."""
    for path in sorted(folder.glob("*.tsv")):
        for row in read_table(path):
            yield Fact(
                row["country"],
                row["office"],
                "",
                row["person"],
                row.get("title") or "",
                row["start"],
                row["end"],
                "editor",
                max("2025-06", row["start"][:7]),
                float(row["confidence"] or 0.85),
            )


def with_person(facts: Iterable[Fact], ids: dict[str, str]) -> Iterator[Fact]:
    for fact in facts:
        yield fact if fact.person else replace(fact, person=ids.get(fold(fact.name), ""))
