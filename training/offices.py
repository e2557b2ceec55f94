"""Joins the fact sources and the hand-written additions into `src/dragoman/actors/data`.

    python -m training.offices FACTS [--report FILE]

FACTS is the folder that holds `every-politician`, `current-2025-01`, `world-leaders-2021`, `world-leaders-current`,
`uk-ministers-ifg` and `us-executive` (Wikidata-derived facts, IfG CC BY 4.0, congress-legislators CC0). Writes
`persons.tsv`, `person_names.tsv` and `holdings.tsv`; prints what it counted and every conflict between an editor's
date and a source's.

Precedence where sources speak of the same holding: the more precise date, then the source named first in `RANK`.
A holding without an end that is followed by another holder of the same single-holder office ends when that one starts.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from training import office_sources as sources
from training.office_names import SPANISH, family_forms, given_names, plain_forms, press_form
from training.office_sources import Fact, fold, read_table

HERE = Path(__file__).parent / "offices"
DATA = Path(__file__).parent.parent / "src/dragoman/actors/data"
RANK = (
    "institute-for-government",
    "congress-legislators",
    "every-politician",
    "peppercat",
    "world-leaders-current",
    "editor",
    "world-leaders",
)
SINGLE = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "interior_minister",
        "finance_minister",
        "justice_minister",
        "parliament_speaker",
        "army_chief",
        "supreme_leader",
        "paramount_leader",
        "crown_prince",
        "ambassador_un",
        "national_security_adviser",
        "intelligence_chief",
        "central_bank_governor",
        "us_deputy_secretary_of_state",
        "us_under_secretary_political",
        "us_director_national_intelligence",
        "un_secretary_general",
        "eu_high_representative",
        "eu_commission_president",
        "eu_council_president",
        "nato_secretary_general",
    }
)
SHARED_OFFICE = frozenset({("SMR", "head_of_state"), ("AND", "head_of_state"), ("CHE", "foreign_minister")})
TODAY = "2026-11"


def later(date: str) -> str:
    """A date as the last day it can mean, for comparing."""
    return "9999" if date in ("", "..") else date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


def in_order(fact: Fact) -> bool:
    """Whether the holding does not end before it starts."""
    return not (fact.start and fact.end[:1].isdigit()) or fact.start[: len(fact.end)] <= fact.end


def near(one: str, two: str, months: int) -> bool:
    """Whether two dates can lie within so many months of each other; an unknown date is near everything."""
    if not re.match(r"\d", one) or not re.match(r"\d", two):
        return True
    coarse = min(len(one), len(two)) < 7

    def number(date: str) -> int:
        return int(date[:4]) * 12 + (int(date[5:7]) if len(date) >= 7 else 6)

    return abs(number(one) - number(two)) <= months + (12 if coarse else 0)


def same_holding(a: Fact, b: Fact) -> bool:
    if a.start and b.start:
        if near(a.start, b.start, 4):
            return True
        first, second = (a, b) if a.start <= b.start else (b, a)
        return a.source != b.source and second.start < later(first.end)[: len(second.start)]
    return a.start == b.start or near(a.end, b.end, 4)


def better_date(a: Fact, b: Fact, field: str) -> str:
    one, two = (a.end, b.end) if field == "end" else (a.start, b.start)
    if field == "end" and ".." in (one, two):
        other = two if one == ".." else one
        ongoing = a if one == ".." else b
        if re.match(r"\d", other):
            return (
                other
                if len(other) < 7 or other >= ongoing.as_of[: len(other)] or "editor" in (a.source, b.source)
                else ".."
            )
        return ".."
    if not one or not two:
        return one or two
    if len(one) != len(two):
        return one if len(one) > len(two) else two
    return one if RANK.index(a.source) <= RANK.index(b.source) else two


def merge_pair(a: Fact, b: Fact) -> Fact:
    if RANK.index(b.source) < RANK.index(a.source):
        a, b = b, a
    starts = sorted(x.start for x in (a, b) if x.start)
    start = better_date(a, b, "start")
    if len(starts) == 2 and not near(starts[0], starts[1], 4):
        start = starts[0]
    end = better_date(a, b, "end")
    if re.match(r"\d", a.end) and re.match(r"\d", b.end) and not near(a.end, b.end, 3):
        end = min(a.end, b.end)
    return replace(
        a,
        start=start,
        end=end,
        as_of=max(a.as_of, b.as_of),
        confidence=min(0.99, max(a.confidence, b.confidence) + 0.05),
        gender=a.gender or b.gender,
        born=max(a.born, b.born, key=len),
        died=max(a.died, b.died, key=len),
        title=a.title or b.title,
    )


def continuous(facts: list[Fact]) -> list[Fact]:
    """Joins the terms of one person in one office that a source lists one after the other."""
    terms: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        terms[fact.source, fact.country, fact.office, fact.person, fact.title].append(fact)
    joined: list[Fact] = []
    for run in terms.values():
        run.sort(key=lambda f: (f.start, f.end))
        for fact in run:
            last = joined[-1] if fact is not run[0] else None
            if (
                last
                and len(last.end) == 10
                and len(fact.start) == 10
                and (date.fromisoformat(fact.start) - date.fromisoformat(last.end)).days <= 31
            ):
                joined[-1] = replace(last, end=fact.end if fact.end in ("", "..") else max(last.end, fact.end))
            else:
                joined.append(fact)
    return joined


def merge(facts: list[Fact], report: list[str]) -> list[Fact]:
    """One fact a holding: the same person in the same office at the same time, told by several sources."""
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in continuous(facts):
        groups[fact.country, fact.office, fact.person].append(fact)
    merged = []
    for group in groups.values():
        kept: list[Fact] = []
        for fact in sorted(group, key=lambda f: (f.start or "0", RANK.index(f.source))):
            for i, other in enumerate(kept):
                if same_holding(other, fact):
                    if "editor" in (other.source, fact.source) and not (
                        near(other.start, fact.start, 3) and near(other.end, fact.end, 3)
                    ):
                        report.append(
                            f"{fact.country} {fact.office} {fact.name}: {other.source} {other.start}/{other.end}"
                            f" against {fact.source} {fact.start}/{fact.end}"
                        )
                    kept[i] = merge_pair(other, fact)
                    break
            else:
                kept.append(fact)
        merged.extend(kept)
    return merged


def close_open_ends(facts: list[Fact]) -> list[Fact]:
    """Ends what a successor ended; marks the last holder of a source as still in office when it was taken."""
    chains: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        title = "" if fact.office in SINGLE else fact.title
        chains[fact.country, fact.office, title].append(fact)
    closed = []
    for (country, office, _), chain in chains.items():
        chain.sort(key=lambda f: (f.start, f.end))
        for fact in chain:
            if fact.end in ("", "..") and fact.start and office in SINGLE and (country, office) not in SHARED_OFFICE:
                nexts = [
                    f
                    for f in chain
                    if f.person != fact.person
                    and later(f.start) > later(fact.start)
                    and f.start > fact.start
                    and f.source != "world-leaders"
                ]
                limit = fact.as_of if fact.end == ".." else ""
                nexts = [f for f in nexts if f.start > limit[: len(f.start)]]
                if nexts:
                    known = fact.end == "" or nexts[0].source == "editor" or near(limit, nexts[0].start, 3)
                    in_gap = nexts[0].source == "peppercat" and nexts[0].start > "2022-08"
                    fact = replace(
                        fact,
                        end="" if in_gap or not known else nexts[0].start,
                        confidence=round(fact.confidence - 0.1, 2),
                    )
                elif fact.end == "" and fact.source == "every-politician" and fact.start > "2012":
                    fact = replace(fact, end="..")
            elif fact.end == "" and fact.source == "every-politician" and fact.start > "2019":
                fact = replace(fact, end="..")
            closed.append(fact)
    return closed


def lengthened(facts: list[Fact], told: list[Fact]) -> list[Fact]:
    """Gives a holding that a source ends too early (a cabinet that was only reshuffled) the editor's later end, where
    nobody else took the office in between."""
    by_editor: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in told:
        if fact.source == "editor" and fact.office in SINGLE and fact.start and re.match(r"\d", fact.end):
            by_editor[fact.country, fact.office, fact.person].append(fact)
    starts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for fact in facts:
        starts[fact.country, fact.office].append((fact.start, fact.person))
    result = []
    for fact in facts:
        for other in by_editor.get((fact.country, fact.office, fact.person), ()):
            if (
                not re.match(r"\d", fact.end)
                or not other.start[:4] <= fact.end[:4]
                or later(other.end) <= later(fact.end)
            ):
                continue
            if not any(
                person != fact.person and fact.start < start and later(start) >= fact.end[:7] and start < other.end[:7]
                for start, person in starts[fact.country, fact.office]
            ):
                fact = replace(fact, end=other.end, as_of=max(fact.as_of, other.as_of))
        result.append(fact)
    return result


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


def resolve_persons(facts: list[Fact]) -> list[Fact]:
    """Gives every fact a person id: Wikidata's where any source knows the name in that country (or knows only one
    person of that name), else a slug."""
    forms: dict[str, list[str]] = defaultdict(list)
    canonical_key: dict[str, str] = {}
    for row in read_table(HERE / "aliases.tsv"):
        forms[fold(row["person"])].append(fold(row["alias"]))
        canonical_key[fold(row["alias"])] = fold(row["person"])
    pinned = {(fold(r["person"]), r["country"]): r["id"] for r in read_table(HERE / "persons.tsv") if r["id"]}
    by_country: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    by_name: dict[str, set[str]] = defaultdict(set)
    wrong_ids = {(r["id"], fold(r["person"])) for r in read_table(HERE / "wrong_ids.tsv")}
    facts = [replace(f, person="") if (f.person, fold(f.name)) in wrong_ids else f for f in facts]
    for fact in facts:
        if fact.person:
            by_country[fold(fact.name), fact.country][fact.person] += 1
            by_name[fold(fact.name)].add(fact.person)

    def identify(name: str, country: str) -> str:
        key = fold(name)
        key = canonical_key.get(key, key)
        for place in (country.split(".")[0], ""):
            if (key, place) in pinned:
                return pinned[key, place]
        same = [key, *forms[key]]
        for form in same:
            if by_country.get((form, country)):
                return by_country[form, country].most_common(1)[0][0]
        for form in same:
            if len(by_name.get(form, ())) == 1:
                return next(iter(by_name[form]))
        if not by_name.get(key):
            return "P-" + re.sub(r"[^a-z0-9]+", "-", key).strip("-")
        return "P-" + re.sub(r"[^a-z0-9]+", "-", key).strip("-") + "-" + country.lower()

    named = [fact if fact.person else replace(fact, person=identify(fact.name, fact.country)) for fact in facts]
    links = linked_names(named)
    return [replace(fact, person=links.get(fact.person, fact.person)) for fact in named]


def words_agree(short: list[str], long: list[str]) -> bool:
    """Whether each word of the shorter name is a word of the longer, an initial of one or its beginning, in order."""
    position = 0
    for word in short:
        while position < len(long) and not (
            long[position] == word or (min(len(word), len(long[position])) == 1 and long[position][0] == word[0])
        ):
            position += 1
        if position == len(long):
            return False
        position += 1
    return sum(word in long for word in short) >= 2


def linked_names(facts: list[Fact]) -> dict[str, str]:
    """Slug ids that stand for a person whom another source knows by Wikidata id under a slightly other name: in the
    same office from the same time, or with a name that holds all words of the other in the same country."""
    known: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.person.startswith("Q"):
            known[fact.country].append(fact)
    links: dict[str, str] = {}
    for fact in facts:
        if not fact.person.startswith("P-") or fact.person in links:
            continue
        own = fold(fact.name).split()
        found = set()
        for other in known[fact.country]:
            words = fold(other.name).split()
            short, long = sorted((own, words), key=len)
            same_time = other.office == fact.office and fact.start and other.start and near(other.start, fact.start, 3)
            if (words_agree(short, long) and (same_time or short[-1] == long[-1] or len(short) > 2)) or (
                same_time
                and (
                    SequenceMatcher(None, " ".join(own), " ".join(words)).ratio() > 0.75
                    or (own[-1] == words[-1] and len(own[-1]) > 3 and own[0][0] == words[0][0])
                )
            ):
                found.add(other.person)
        if len(found) == 1:
            links[fact.person] = found.pop()
    return links


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    lines = sorted({"\t".join(cell.replace("\t", " ").strip() for cell in row) for row in rows})
    path.write_text(header.replace(" ", "\t") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def split_form(form: str) -> tuple[str, str]:
    """A hand-written form with `*` before the part used alone: the full form and that part (or empty)."""
    full, star, family = form.partition("*")
    return (full + family).strip(), family.strip() if star else ""


def persons_and_names(
    facts: list[Fact], told: list[Fact]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]], Counter[str]]:
    """The rows of persons.tsv and person_names.tsv, and the hand-written names that fit no person; `told` are the
    facts before merging, which still hold every source's spelling."""
    kept = {fact.person for fact in facts}
    by_person: dict[str, list[Fact]] = defaultdict(list)
    for fact in told:
        if fact.person in kept:
            by_person[fact.person].append(fact)
    override = {fold(r["person"]): r for r in read_table(HERE / "persons.tsv")}
    persons: list[tuple[str, ...]] = []
    names: set[tuple[str, ...]] = set()
    id_of: dict[str, list[str]] = defaultdict(list)
    home: dict[str, str] = {}
    canonical: dict[str, str] = {}
    weight: Counter[str] = Counter()
    for person, held in by_person.items():
        label = next((f.name for source in ("editor", *RANK[1:]) for f in held if f.source == source), held[0].name)
        states = Counter(f.country.split(".")[0] for f in held if not f.country.startswith(("IGO", "NGO")))
        home[person] = states.most_common(1)[0][0] if states else ""
        for name in {fold(f.name) for f in held}:
            id_of[name].append(person)
        canonical[person] = label
        weight[person] = len(held) + 5 * sum(f.office in SINGLE for f in held)
    for key, row in override.items():
        for person in [row["id"]] if row["id"] else list(id_of.get(key, ())):
            if person in canonical:
                canonical[person] = row["name"] or canonical[person]
                home[person] = row["country"] or home[person]
                id_of[fold(canonical[person])].append(person)
    for row in read_table(HERE / "aliases.tsv"):
        id_of[fold(row["alias"])] = id_of.get(fold(row["alias"]), []) + id_of.get(fold(row["person"]), [])
    given = defaultdict(list)
    for person, label in canonical.items():
        given[home[person]].append(label)
    known_given = {country: given_names(labels) for country, labels in given.items()}
    spanish = frozenset[str]().union(*(known_given.get(country, frozenset()) for country in SPANISH))
    spoken = {fold(r["person"]) for r in read_table(HERE / "families.tsv")}
    short = {
        person: press_form(label, home[person], spanish if home[person] in SPANISH else frozenset())
        for person, label in canonical.items()
    }
    bearers = Counter(fold(name) for name in (*canonical.values(), *(n for p, n in short.items() if n != canonical[p])))
    for person, held in by_person.items():
        label, country = canonical[person], home[person]
        persons.append(
            (
                person,
                label,
                next((f.gender for f in held if f.gender), ""),
                max((f.born for f in held), key=len),
                max((f.died for f in held), key=len),
                country,
            )
        )
        for other in {f.name for f in held} - {label}:
            names.add((person, "*", other, "alias"))
            if fold(label) not in spoken and fold(other) not in spoken:
                for form in family_forms(other, country, spanish if country in SPANISH else known_given[country]):
                    names.add((person, "*", form, "family"))
        if short[person] != label and bearers[fold(short[person])] == 1:
            names.add((person, "*", short[person], "alias"))
        for other in set(plain_forms(label, country)) - {label}:
            names.add((person, "*", other, "alias"))
        if fold(label) not in spoken:
            for form in family_forms(label, country, spanish if country in SPANISH else known_given[country]):
                names.add((person, "*", form, "family"))
                for other in set(plain_forms(form, country)) - {form}:
                    names.add((person, "*", other, "family"))

    missing: Counter[str] = Counter()

    def person_of(name: str) -> str:
        ids = sorted(set(id_of.get(fold(name), ())), key=lambda p: (-weight[p], p))
        if not ids:
            missing[name] += 1
            return ""
        return ids[0]

    for row in read_table(HERE / "aliases.tsv"):
        if person := person_of(row["person"]):
            names.add((person, row["lang"] or "*", row["alias"], row["kind"] or "alias"))
            if not row["kind"] and fold(row["person"]) not in spoken:
                for form in family_forms(row["alias"], home[person], spanish):
                    names.add((person, "*", form, "family"))
    for row in read_table(HERE / "families.tsv"):
        if person := person_of(row["person"]):
            for form in row["forms"].split("|"):
                if form:
                    names.add((person, "*", form, "family"))
    for path in sorted((HERE / "names").glob("*.tsv")):
        language = path.name[:2]
        for row in read_table(path):
            if not (person := person_of(row["person"])):
                continue
            for i, form in enumerate(row["forms"].split("|")):
                full, family = split_form(form)
                if full and full != family:
                    names.add((person, language, full, "full" if i == 0 else "alias"))
                if family:
                    names.add((person, language, family, "family"))
    return persons, sorted(names), missing


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
