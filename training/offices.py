"""Joins the fact sources and the hand-written additions into `src/dragoman/actors/data`.

    python -m training.offices FACTS [--report FILE]

FACTS is the folder that holds `every-politician`, `current-2025-01`, `world-leaders-2021`, `world-leaders-current`,
`uk-ministers-ifg` and `us-executive` (Wikidata-derived facts, IfG CC BY 4.0, congress-legislators CC0). Writes
`persons.tsv`, `person_names.tsv` and `holdings.tsv`; prints what it counted and every conflict between an editor's
date and a source's.

`office_sources` reads the facts, `office_persons` says of whom they speak, `office_terms` makes terms of them, and
`office_person_rows` tells how the persons are called.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from training import office_sources as sources
from training.office_person_rows import persons_and_names
from training.office_persons import resolve_persons
from training.office_sources import Fact, fold, read_table
from training.office_terms import close_open_ends, in_order, lengthened, merge

HERE = Path(__file__).parent / "offices"
DATA = Path(__file__).parent.parent / "src/dragoman/actors/data"
TODAY = "2026-11"


def corrected(facts: Iterable[Fact]) -> list[Fact]:
    """Applies `corrections.tsv`: rows of a source that are wrong, by country, office, person and start; the new start
    and end, or `drop`."""
    rows = {(r["country"], r["office"], fold(r["person"]), r["start"]): r for r in read_table(HERE / "corrections.tsv")}
    used, result = set(), []
    for fact in facts:
        keys = [(fact.country, fact.office, fold(fact.name), s) for s in (fact.start, "*")]
        key = next((k for k in keys if k in rows), None)
        if key is None or fact.source == "editor":
            result.append(fact)
            continue
        used.add(key)
        row = rows[key]
        if row["new_office"] == "drop":
            continue
        result.append(
            replace(
                fact,
                office=row["new_office"] or fact.office,
                start=row["new_start"] or fact.start,
                end=row["new_end"] or fact.end,
            )
        )
    for key in rows.keys() - used:
        print(f"corrections.tsv: no source row for {key}", file=sys.stderr)
    return result


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    lines = sorted({"\t".join(cell.replace("\t", " ").strip() for cell in row) for row in rows})
    path.write_text(header.replace(" ", "\t") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--report", type=Path, help="write conflicts and unknown names here")
    arguments = parser.parse_args()
    root: Path = arguments.facts
    places = {r["place"]: r["country"] for r in read_table(HERE / "places.tsv")}
    iso3 = {r["iso2"]: r["iso3"] for r in read_table(HERE / "iso.tsv")}
    positions = sources.Positions(HERE / "positions.tsv")
    offices = {r["key"]: r for r in read_table(DATA / "offices.tsv")}
    facts: list[Fact] = [
        *sources.every_politician(root / "every-politician", places, positions),
        *sources.current_2025(root / "current-2025-01", places, positions),
        *sources.world_leaders_2021(root / "world-leaders-2021", places, positions),
        *sources.world_leaders_current(root / "world-leaders-current", places, iso3),
        *sources.uk_ministers(root / "uk-ministers-ifg", positions),
        *sources.us_executive(root / "us-executive"),
    ]
    facts = corrected(facts) + list(sources.editor(HERE / "holdings"))
    if unknown := {f.office for f in facts} - offices.keys():
        sys.exit(f"positions.tsv or holdings/ names offices that offices.tsv lacks: {sorted(unknown)}")
    report: list[str] = []
    told = resolve_persons([f for f in facts if f.start <= TODAY])
    facts = [f for f in lengthened(close_open_ends(merge(told, report)), told) if in_order(f)]
    persons, names, missing = persons_and_names(facts, told)
    own_title = {(r["country"], r["office"]): r["name"] for r in read_table(DATA / "titles.tsv")}

    def title(fact: Fact) -> str:
        return (
            ""
            if fact.title in (offices[fact.office]["name"], own_title.get((fact.country, fact.office)))
            else fact.title
        )

    write(
        DATA / "holdings.tsv",
        "person country office title start end source as_of confidence",
        (
            (
                f.person,
                f.country,
                f.office,
                title(f),
                f.start,
                f.end,
                f.source,
                f.as_of if f.end in ("", "..") else "",
                f"{f.confidence:.2f}",
            )
            for f in facts
        ),
    )
    write(DATA / "persons.tsv", "id name gender born died country", persons)
    write(DATA / "person_names.tsv", "id lang form kind", names)
    if arguments.report:
        arguments.report.write_text(
            "\n".join([*report, *(f"no person: {n}" for n in sorted(missing))]) + "\n", encoding="utf-8"
        )
    languages = Counter((lang, kind) for _, lang, _, kind in names)
    print(
        f"{len(persons)} persons, {len(facts)} holdings, {len(names)} names {dict(languages)}; "
        f"{len(report)} conflicts, {len(missing)} names without a person"
    )


if __name__ == "__main__":
    main()
