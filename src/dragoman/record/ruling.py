"""What rules out that two accounts are of one event.

Every function is symmetric, looks at nothing but the two accounts, and answers why they cannot be one event, or None.
Each of the four parts of `rule` looks at the features that its docstring names and at no others; `weighing` counts on
it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from dragoman.record.account import Account, Person
from dragoman.record.affinity import affinity

ASSUMED_SLACK = 3  # days by which a date that no words give may be off
_MET = frozenset({"phone", "visit"})


def conflict(a: Account, b: Account) -> str | None:
    """Why the two cannot be one event, or None."""
    return rule(a, b) or page_rule(a, b)


def rule(a: Account, b: Account) -> str | None:
    """Why two accounts of their `rule_core` cannot be one event, or None."""
    return acts_differ(a, b) or days_differ(a, b) or sides_differ(a, b) or people_differ(a, b)


def rule_core(a: Account) -> tuple[object, ...]:
    """The features that `rule` looks at."""
    return (a.event_type, a.mode, a.symmetric, a.sources, a.targets, a.people, a.first, a.last, a.assumed)


def acts_differ(a: Account, b: Account) -> str | None:
    """By types and modes."""
    one, two = a.event_type, b.event_type
    if one != two:
        if not affinity(one, two):
            return "different acts"
        if (one == "CONSULT" and a.mode in _MET) or (two == "CONSULT" and b.mode in _MET):
            return "what is said to be a call or a visit, and another act"
    if "CONSULT" in (one, two) and a.mode and b.mode and (a.mode == "phone") != (b.mode == "phone"):
        return "a call and a meeting"
    return None


def days_differ(a: Account, b: Account) -> str | None:
    """By first and last day and whether they are assumed."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    gap = (a.first if a.first > b.first else b.first) - (a.last if a.last < b.last else b.last)
    if gap > 1 and gap > (ASSUMED_SLACK if a.assumed or b.assumed else 1):
        return "different days"
    return None


def sides_differ(a: Account, b: Account) -> str | None:
    """By sources, targets, symmetry, and whether both are visits."""
    if a.symmetric or b.symmetric:
        one, two = a.parties, b.parties
        if one and two and one != two and len(one & two) < min(2, len(one), len(two)):
            return "different parties"
        return None
    if a.sources and b.sources and a.sources.isdisjoint(b.sources):
        return "different sources"
    if a.targets and b.targets and a.targets.isdisjoint(b.targets):
        return "different targets"
    if a.mode == "visit" and b.mode == "visit" and a.sources != b.sources:
        return "different visitors"
    return None


def people_differ(a: Account, b: Account) -> str | None:
    """By persons, where one of the two is a CONSULT."""
    if not (a.people and b.people) or "CONSULT" not in (a.event_type, b.event_type):
        return None
    for country in {p.country for p in a.people} & {p.country for p in b.people}:
        ours = [p for p in a.people if p.country == country]
        theirs = [p for p in b.people if p.country == country]
        if not any(same_person(p, q) for p, q in product(ours, theirs)):
            return "different persons"
    return None


def page_rule(a: Account, b: Account) -> str | None:
    """Two events of one page are two, unless the page plainly says the same thing again."""
    if a.page != b.page or repeats(a, b):
        return None
    return "told apart on one page"


def repeats(a: Account, b: Account) -> bool:
    """True when one page plainly reports the same thing twice, as a title and a body do."""
    if a.event_type != b.event_type or a.status != b.status or (a.mode and b.mode and a.mode != b.mode):
        return False
    if not (_nested(a.sources, b.sources) and _nested(a.targets, b.targets)):
        return False
    if a.first is not None and b.first is not None and (a.first, a.last) != (b.first, b.last):
        return False
    if a.people and b.people and not shared_people(a, b):
        return False
    if a.place and b.place and a.place != b.place:
        return False
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return False
    return a.language != b.language or overlap(a.words, b.words) >= 0.6


def _nested(a: frozenset[str], b: frozenset[str]) -> bool:
    return a <= b or b <= a


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that the other has, 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=100_000)
def _skeleton(name: str) -> str:
    """A name's consonants, doubled ones once: transliterations differ in the rest."""
    kept = [c for i, c in enumerate(name) if c not in "aeiouy" or i == 0]
    return "".join(c for i, c in enumerate(kept) if not i or c != kept[i - 1])


def same_person(a: Person, b: Person) -> bool:
    """True when two named persons are one, by Wikidata id where both have it, else by name."""
    if a.wikidata and b.wikidata:
        return a.wikidata == b.wikidata
    one, two = {_skeleton(n) for n in a.name}, {_skeleton(n) for n in b.name}
    return bool(one and two) and len(one & two) >= max(1, min(len(one), len(two), 2))


def shared_people(a: Account, b: Account) -> list[Person]:
    """The persons of `a` that `b` names too."""
    return [p for p in a.people if any(same_person(p, q) for q in b.people)]
