"""How likely two accounts are of one event: what rules it out, and a score with its reasons.

Both functions are symmetric, look at nothing but the two accounts, and know no language: countries, persons, days,
places and figures compare across languages, words only within one or between languages of one script.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from dragoman.record.account import Account, Person

ASSUMED_SLACK = 3  # days by which a date that no words give may be off
THRESHOLD = 4.5  # the score from which two accounts are taken for one event

# How readily one act is coded as the other type. Pairs that are absent are different acts.
_RELATED = {
    0.8: "AGREE-SUPPORT CONCEDE-RETREAT",
    0.7: "AGREE-AID AGREE-CONSULT AGREE-COOPERATE",
    0.6: "SANCTION-COERCE COERCE-ASSAULT COOPERATE-RETREAT AGREE-RETREAT AGREE-CONCEDE",
    0.5: "COOPERATE-SUPPORT COOPERATE-AID SUPPORT-CONSULT SANCTION-REJECT REJECT-CONSULT REJECT-ACCUSE PROTEST-ASSAULT "
    "ACCUSE-PROTEST MOBILIZE-COOPERATE MOBILIZE-THREATEN SUPPORT-RETREAT",
    0.4: "COOPERATE-CONSULT SUPPORT-AID SUPPORT-CONCEDE ACCUSE-THREATEN REJECT-THREATEN MOBILIZE-AID MOBILIZE-COERCE "
    "MOBILIZE-ASSAULT REQUEST-THREATEN REQUEST-ACCUSE REQUEST-CONSULT SANCTION-THREATEN COERCE-THREATEN "
    "SANCTION-ACCUSE "
    "REJECT-COOPERATE SANCTION-COOPERATE",
}
_AFFINITY = {frozenset(pair.split("-")): value for value, pairs in _RELATED.items() for pair in pairs.split()}
# Speech acts repeat daily between the same two parties, so they need more than the parties and the day.
_SPEECH = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
_MODE_GAP = {
    "CONSULT": -0.6,
    "SANCTION": -1.8,
    "COERCE": -1.5,
    "RETREAT": -2.0,
    "ASSAULT": -0.6,
    "PROTEST": -0.3,
    "MOBILIZE": -0.8,
    "THREATEN": -0.8,
}
_STATUS = {
    frozenset({"occurred", "ongoing"}): 0.2,
    frozenset({"occurred", "planned"}): -0.2,
    frozenset({"planned", "ongoing"}): -0.1,
    frozenset({"planned", "cancelled"}): -0.3,
    frozenset({"occurred", "negated"}): -1.5,
    frozenset({"occurred", "cancelled"}): -1.2,
    frozenset({"hypothetical", "planned"}): -0.4,
}
_STAYS_PUT = frozenset({"ASSAULT", "PROTEST", "CONSULT", "COERCE"})


def affinity(a: str, b: str) -> float:
    """1 for the same type, less for types that one act is often coded as, 0 for different acts."""
    return 1.0 if a == b else _AFFINITY.get(frozenset((a, b)), 0.0)


def compatible_types(event_type: str) -> frozenset[str]:
    """The types that `affinity` does not rule out."""
    return frozenset({event_type}).union(*(pair for pair in _AFFINITY if event_type in pair))


def conflict(a: Account, b: Account) -> str | None:
    """Why the two cannot be one event, or None."""
    return rule(a, b) or page_rule(a, b)


def rule(a: Account, b: Account) -> str | None:
    """Why two accounts of their `rule_core` cannot be one event, or None."""
    if not affinity(a.event_type, b.event_type):
        return "different acts"
    if _phone(a) != _phone(b) and a.mode and b.mode and "CONSULT" in (a.event_type, b.event_type):
        return "a call and a meeting"
    return _dates_conflict(a, b) or _sides_conflict(a, b) or _people_conflict(a, b)


def page_rule(a: Account, b: Account) -> str | None:
    """Two events of one page are two, unless the page plainly says the same thing again."""
    if a.page != b.page or repeats(a, b):
        return None
    return "told apart on one page"


def rule_core(a: Account) -> tuple[object, ...]:
    """The features that `rule` looks at."""
    return (a.event_type, a.mode, a.symmetric, a.sources, a.targets, a.people, a.first, a.last, a.assumed)


def base_core(a: Account) -> tuple[object, ...]:
    """The features that `score` looks at, words, figures, issue and story aside."""
    return (*rule_core(a), a.cameo, a.status, a.sectors, a.published, a.place, a.country, a.language)


def _phone(a: Account) -> bool:
    return a.mode == "phone"


def _dates_conflict(a: Account, b: Account) -> str | None:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    if max(a.first, b.first) - min(a.last, b.last) > (ASSUMED_SLACK if a.assumed or b.assumed else 1):
        return "different days"
    return None


def _sides_conflict(a: Account, b: Account) -> str | None:
    if a.symmetric or b.symmetric:
        one, two = a.sources | a.targets, b.sources | b.targets
        shared = len(one & two)
        if one and two and shared < min(2, len(one), len(two)):
            return "different parties"
        return None
    if a.sources and b.sources and not a.sources & b.sources:
        return "different sources"
    if a.targets and b.targets and not a.targets & b.targets:
        return "different targets"
    if a.mode == "visit" and b.mode == "visit" and a.sources != b.sources:
        return "different visitors"
    return None


def _people_conflict(a: Account, b: Account) -> str | None:
    if "CONSULT" not in (a.event_type, b.event_type):
        return None
    countries = {p.country for p in a.people} & {p.country for p in b.people}
    for country in countries:
        ours = [p for p in a.people if p.country == country]
        theirs = [p for p in b.people if p.country == country]
        if not any(same_person(p, q) for p, q in product(ours, theirs)):
            return "different persons"
    return None


def repeats(a: Account, b: Account) -> bool:
    """True when one page plainly reports the same thing twice, as a title and a body do."""
    if (a.event_type, a.status) != (b.event_type, b.status) or (a.mode and b.mode and a.mode != b.mode):
        return False
    if not (_nested(a.sources, b.sources) and _nested(a.targets, b.targets)):
        return False
    if a.first is not None and b.first is not None and (a.first, a.last) != (b.first, b.last):
        return False
    if a.people and b.people and not _shared_people(a, b):
        return False
    if a.place and b.place and a.place != b.place:
        return False
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return False
    return a.language != b.language or _overlap(a.words, b.words) >= 0.6


def _nested(a: frozenset[str], b: frozenset[str]) -> bool:
    return a <= b or b <= a


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


def _shared_people(a: Account, b: Account) -> list[Person]:
    return [p for p in a.people if any(same_person(p, q) for q in b.people)]


def score(a: Account, b: Account) -> tuple[float, tuple[str, ...]]:
    """How alike two accounts without a conflict are, and why, the weightiest reason first."""
    if a.key > b.key:
        a, b = b, a
    parts = [*_base(a, b), *_particular(a, b)]
    reasons = tuple(f"{text} ({value:+.1f})" for value, text in sorted(parts, key=lambda p: (-p[0], p[1])) if text)
    return round(base_score(a, b) + particular_score(a, b), 3), reasons


def base_score(a: Account, b: Account) -> float:
    """The part of the score that depends on nothing but the two `base_core`s."""
    return round(sum(value for value, _ in _base(a, b)), 6)


def particular_score(a: Account, b: Account) -> float:
    """The part of the score that words, figures, issue and story give."""
    return round(sum(value for value, _ in _particular(a, b)), 6)


def _base(a: Account, b: Account) -> Iterable[_Part]:
    return (*_type(a, b), *_sides(a, b), *_people(a, b), *_days(a, b), *_status(a, b), *_place(a, b))


def _particular(a: Account, b: Account) -> Iterable[_Part]:
    return (*_story(a, b), *_content(a, b))


_Part = tuple[float, str]


def _type(a: Account, b: Account) -> Iterable[_Part]:
    if a.event_type == b.event_type:
        yield 1.2, f"same type {a.event_type}"
        if a.mode and a.mode == b.mode:
            yield 0.8, f"same mode {a.mode}"
        elif a.mode and b.mode:
            yield _MODE_GAP.get(a.event_type, -0.5), f"modes {a.mode} and {b.mode}"
        if a.cameo == b.cameo:
            yield 0.5, f"same CAMEO code {a.cameo}"
        elif _specific(a.cameo) and _specific(b.cameo) and a.cameo[:3] != b.cameo[:3]:
            yield -0.5, f"CAMEO codes {a.cameo} and {b.cameo}"
        if a.event_type in _SPEECH:
            yield -0.8, "words said are repeated often"
    else:
        yield affinity(a.event_type, b.event_type) - 0.2, f"related types {a.event_type} and {b.event_type}"
        if a.cameo == b.cameo:
            yield 0.4, f"same CAMEO code {a.cameo}"
        elif _specific(a.cameo) and _specific(b.cameo):
            yield -0.6, "CAMEO codes differ"


def _specific(cameo: str) -> bool:
    """True when a CAMEO code says more than its root (057 does, 050 does not)."""
    return len(cameo) > 2 and cameo[2] != "0"


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _sides(a: Account, b: Account) -> Iterable[_Part]:
    if a.symmetric or b.symmetric:
        one, two = a.sources | a.targets, b.sources | b.targets
        value = _jaccard(one, two) * (3.0 if min(len(one), len(two)) > 1 else 1.5)
        yield value, f"parties {_list(one & two)}"
        return
    if a.sources and b.sources:
        yield 1.5 * _jaccard(a.sources, b.sources), f"same source {_list(a.sources & b.sources)}"
    if a.targets and b.targets:
        yield 1.5 * _jaccard(a.targets, b.targets), f"same target {_list(a.targets & b.targets)}"
    if a.sectors & b.sectors:
        yield 0.2, f"same sector {_list(a.sectors & b.sectors)}"


def _list(items: Iterable[str]) -> str:
    return ", ".join(sorted(items)) or "unknown"


def _people(a: Account, b: Account) -> Iterable[_Part]:
    shared = _shared_people(a, b)
    if shared:
        names = _list({" ".join(p.name).title() for p in shared})
        yield min(2.0, 1.3 + 0.7 * (len(shared) - 1)), f"same persons: {names}"
    elif a.people and b.people:
        countries = {(p.side, p.country) for p in a.people} & {(p.side, p.country) for p in b.people}
        if countries:
            yield -2.5, "different persons"


def _days(a: Account, b: Account) -> Iterable[_Part]:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        yield _one_unknown(a, b)
        return
    gap = max(a.first, b.first) - min(a.last, b.last)
    shorter, longer = sorted((a.last - a.first, b.last - b.first))
    if a.assumed or b.assumed:
        yield (1.4, "story's day agrees") if gap <= 0 else (0.2, "story's day is near")
    elif gap == 1:
        yield (0.4, "a day apart") if longer <= 3 else (-0.5, "next to each other in time")
    elif longer == 0:
        yield 2.2, "same day"
        if all(x.published is not None and x.published - (x.last or 0) > 20 for x in (a, b)):
            yield 0.5, "a day long past"
    elif longer <= 10:
        yield 1.4, "dates overlap"
    elif longer <= 31:
        yield (1.6, "same month") if shorter >= 27 else (1.1, "date within the month")
    elif shorter > 31:
        yield 1.2, "same year or period"
    else:
        yield 0.5, "date within the period"


def _one_unknown(a: Account, b: Account) -> _Part:
    if a.first is None and b.first is None:
        if a.published is None or b.published is None:
            return -1.0, "no dates"
        apart = abs(a.published - b.published)
        value = 0.7 if apart <= 2 else 0.0 if apart <= 7 else -1.0 if apart <= 31 else -3.0
        return value, f"no dates, pages {apart} days apart"
    known, unknown = (a, b) if a.first is not None else (b, a)
    if unknown.published is None:
        return -0.8, "one date unknown"
    first, last = known.first or 0, known.last or 0
    near = (
        0 if first <= unknown.published <= last else min(abs(unknown.published - first), abs(unknown.published - last))
    )
    ahead = first > unknown.published
    reach = 45 if ahead and unknown.status == "planned" else 8
    value = 0.4 if near <= reach else -1.0 if near <= 31 else -2.5
    return value, f"one date unknown, its page {near} days from the other's date"


def _status(a: Account, b: Account) -> Iterable[_Part]:
    if a.status == b.status:
        yield 0.3, f"both {a.status}"
    else:
        yield (
            _STATUS.get(frozenset((a.status, b.status)), -0.7),
            f"{min(a.status, b.status)}, {max(a.status, b.status)}",
        )


def _place(a: Account, b: Account) -> Iterable[_Part]:
    if a.country and b.country and a.country != b.country:
        yield (-2.5 if {a.event_type, b.event_type} & _STAYS_PUT else -0.6), f"in {a.country} and in {b.country}"
    elif a.place and a.place == b.place:
        yield 0.9, f"same place {a.place}"
    elif a.place and b.place and a.language == b.language:
        yield (-0.8 if {a.event_type, b.event_type} & _STAYS_PUT else -0.3), f"at {a.place} and at {b.place}"
    elif a.country and a.country == b.country:
        yield 0.3, f"both in {a.country}"


def _story(a: Account, b: Account) -> Iterable[_Part]:
    """Two pages of one story tell of the same events more often than two others."""
    if a.page == b.page or a.published is None or b.published is None or abs(a.published - b.published) > 14:
        return
    shared = len(a.story & b.story)
    if shared >= 3:
        part = shared / min(len(a.story), len(b.story))
        if part >= 0.25:
            weight = 1.0 if a.event_type == b.event_type else 0.4
            yield weight * min(1.2, 2.0 * part), f"pages of one story ({shared} names, pairs and places in common)"


def _content(a: Account, b: Account) -> Iterable[_Part]:
    if a.numbers and b.numbers:
        shared = a.numbers & b.numbers
        yield (0.7, f"same figures {_list(shared)}") if shared else (-0.3, "different figures")
    if a.issue and b.issue:
        if a.issue & b.issue:
            yield 0.8, f"same issue: {_list(a.issue & b.issue)}"
        elif a.language == b.language:
            yield -0.4, "different issues"
    quote, context = _overlap(a.words, b.words), _overlap(a.context, b.context)
    if a.language == b.language:
        if min(len(a.words), len(b.words)) >= 2:
            yield 2.2 * quote - 0.5, f"words in common {quote:.0%}"
        yield 1.0 * context, f"sentence in common {context:.0%}"
    else:
        alike = max(quote if min(len(a.words), len(b.words)) >= 3 else 0.0, context)
        if alike:
            yield 1.5 * alike, f"cognates and names in common {alike:.0%}"
