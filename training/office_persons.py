"""Who the facts speak of: Wikidata's id where any source knows the person, else a slug of the name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from training.office_sources import Fact, fold, read_table
from training.office_terms import near

HERE = Path(__file__).parent / "offices"


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
