"""The rows of persons.tsv and person_names.tsv: how each person is called, by language."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from training.office_names import SPANISH, family_forms, given_names, plain_forms, press_form
from training.office_sources import Fact, fold, read_table
from training.office_terms import RANK, SINGLE

HERE = Path(__file__).parent / "offices"


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
