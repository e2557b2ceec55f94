"""How likely two accounts are of one event: what rules it out, and a score with its reasons.

Both functions are symmetric, look at nothing but the two accounts, and know no language: countries, persons, days,
places and figures compare across languages, words only within one or between languages of one script.
"""

from __future__ import annotations

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
_AFFINITY = {tuple(pair.split("-")): value for value, pairs in _RELATED.items() for pair in pairs.split()}
_AFFINITY |= {(b, a): value for (a, b), value in _AFFINITY.items()}
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
    ("occurred", "ongoing"): 0.2,
    ("occurred", "planned"): -0.2,
    ("ongoing", "planned"): -0.1,
    ("cancelled", "planned"): -0.3,
    ("negated", "occurred"): -1.5,
    ("cancelled", "occurred"): -1.2,
    ("hypothetical", "planned"): -0.4,
}
_MET = frozenset({"phone", "visit"})
_STAYS_PUT = frozenset({"ASSAULT", "PROTEST", "CONSULT", "COERCE"})
# What `_particular` can give at most, figures and issues aside: for the story, for words of one language, of two.
_MOST_OF_STORY, _MOST_IN_WORDS, _MOST_IN_COGNATES = 1.2, 2.7, 1.5


def affinity(a: str, b: str) -> float:
    """1 for the same type, less for types that one act is often coded as, 0 for different acts."""
    return 1.0 if a == b else _AFFINITY.get((a, b), 0.0)


@lru_cache(maxsize=64)
def compatible_types(event_type: str) -> frozenset[str]:
    """The types that `affinity` does not rule out."""
    return frozenset({event_type}).union(b for a, b in _AFFINITY if a == event_type)


def conflict(a: Account, b: Account) -> str | None:
    """Why the two cannot be one event, or None."""
    return rule(a, b) or page_rule(a, b)


def rule(a: Account, b: Account) -> str | None:
    """Why two accounts of their `rule_core` cannot be one event, or None."""
    one, two = a.event_type, b.event_type
    if one != two:
        if (one, two) not in _AFFINITY:
            return "different acts"
        if (one == "CONSULT" and a.mode in _MET) or (two == "CONSULT" and b.mode in _MET):
            return "what is said to be a call or a visit, and another act"
    if a.first is not None and b.first is not None and a.last is not None and b.last is not None:
        gap = (a.first if a.first > b.first else b.first) - (a.last if a.last < b.last else b.last)
        if gap > 1 and gap > (ASSUMED_SLACK if a.assumed or b.assumed else 1):
            return "different days"
    if (found := _sides_conflict(a, b)) is not None:
        return found
    if one == "CONSULT" or two == "CONSULT":
        if a.mode and b.mode and (a.mode == "phone") != (b.mode == "phone"):
            return "a call and a meeting"
        if a.people and b.people:
            return _people_conflict(a, b)
    return None


def page_rule(a: Account, b: Account) -> str | None:
    """Two events of one page are two, unless the page plainly says the same thing again."""
    if a.page != b.page or repeats(a, b):
        return None
    return "told apart on one page"


def rule_core(a: Account) -> tuple[object, ...]:
    """The features that `rule` looks at."""
    return (a.event_type, a.mode, a.symmetric, a.sources, a.targets, a.people, a.first, a.last, a.assumed)


def _sides_conflict(a: Account, b: Account) -> str | None:
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


def _people_conflict(a: Account, b: Account) -> str | None:
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
    told: _Told = []
    total = round(_base(a, b, told) + _particular(a, b, told), 3)
    reasons = sorted(((value, _reason(text, given)) for value, text, given in told), key=lambda p: (-p[0], p[1]))
    return total, tuple(f"{text} ({value:+.1f})" for value, text in reasons)


def alike(a: Account, b: Account, least: float = THRESHOLD) -> float | None:
    """The score of two accounts if it reaches `least` and nothing rules them out, else None."""
    if rule(a, b) or page_rule(a, b):
        return None
    base = _base(a, b, None)
    most = _MOST_IN_WORDS if a.language == b.language else _MOST_IN_COGNATES
    if a.story and b.story and a.page != b.page:
        most += _MOST_OF_STORY
    if a.numbers and b.numbers:
        most += 0.7
    if a.issue and b.issue:
        most += 0.8
    if base + most < least:
        return None
    found = round(base + _particular(a, b, None), 3)
    return found if found >= least else None


def _reason(text: str, given: object) -> str:
    if isinstance(given, frozenset):
        return text.format(", ".join(sorted(given)) or "unknown")
    return text.format(*given) if isinstance(given, tuple) else text.format(given)


# The functions below return points, and where `told` is a list they also say there what for: (points, words, what
# the words leave open).
_Told = list[tuple[float, str, object]]


def _say(told: _Told | None, value: float, text: str, given: object = "") -> float:
    if told is not None:
        told.append((value, text, given))
    return value


def _base(a: Account, b: Account, told: _Told | None) -> float:
    total = _type(a, b, told) + _sides(a, b, told) + _days(a, b, told) + _place(a, b, told)
    if a.people and b.people:
        total += _people(a, b, told)
    elif not a.offices.isdisjoint(b.offices):
        total += _say(told, 0.7, "same office: {}", a.offices & b.offices)
    if a.status == b.status:
        return total + _say(told, 0.3, "both {}", a.status)
    both = (a.status, b.status) if a.status < b.status else (b.status, a.status)
    return total + _say(told, _STATUS.get(both, -0.7), "{}, {}", both)


def _type(a: Account, b: Account, told: _Told | None) -> float:
    if a.event_type != b.event_type:
        both = (a.event_type, b.event_type)
        total = _say(told, affinity(*both) - 0.2, "related types {} and {}", both)
        if a.cameo == b.cameo:
            total += _say(told, 0.4, "same CAMEO code {}", a.cameo)
        elif _specific(a.cameo) and _specific(b.cameo):
            total += _say(told, -0.6, "CAMEO codes differ")
        return total
    total = _say(told, 1.2, "same type {}", a.event_type)
    if a.mode and b.mode:
        if a.mode == b.mode:
            total += _say(told, 0.8, "same mode {}", a.mode)
        else:
            total += _say(told, _MODE_GAP.get(a.event_type, -0.5), "modes {} and {}", (a.mode, b.mode))
    if a.cameo == b.cameo:
        total += _say(told, 0.5, "same CAMEO code {}", a.cameo)
    elif _specific(a.cameo) and _specific(b.cameo) and a.cameo[:3] != b.cameo[:3]:
        total += _say(told, -0.5, "CAMEO codes {} and {}", (a.cameo, b.cameo))
    if a.event_type in _SPEECH:
        total += _say(told, -0.8, "words said are repeated often")
    return total


def _specific(cameo: str) -> bool:
    """True when a CAMEO code says more than its root (057 does, 050 does not)."""
    return len(cameo) > 2 and cameo[2] != "0"


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _sides(a: Account, b: Account, told: _Told | None) -> float:
    if a.symmetric or b.symmetric:
        one, two = a.parties, b.parties
        value = _jaccard(one, two) * (3.0 if len(one) > 1 and len(two) > 1 else 1.5)
        return _say(told, value, "parties {}", one & two if told is not None else None)
    total = 0.0
    if a.sources and b.sources:
        total += _shared(told, 1.5 * _jaccard(a.sources, b.sources), "same source {}", a.sources, b.sources)
    if a.targets and b.targets:
        total += _shared(told, 1.5 * _jaccard(a.targets, b.targets), "same target {}", a.targets, b.targets)
    if not a.sectors.isdisjoint(b.sectors):
        total += _shared(told, 0.2, "same sector {}", a.sectors, b.sectors)
    return total


def _shared(told: _Told | None, value: float, text: str, one: frozenset[str], two: frozenset[str]) -> float:
    """`_say` with what both have, which is looked for only where it is said."""
    if told is not None:
        told.append((value, text, one & two))
    return value


def _people(a: Account, b: Account, told: _Told | None) -> float:
    if shared := _shared_people(a, b):
        names = frozenset(" ".join(p.name).title() for p in shared) if told is not None else None
        return _say(told, min(2.0, 1.3 + 0.7 * (len(shared) - 1)), "same persons: {}", names)
    if not {(p.side, p.country) for p in a.people}.isdisjoint((p.side, p.country) for p in b.people):
        return _say(told, -2.5, "different persons")
    return 0.0


def _days(a: Account, b: Account, told: _Told | None) -> float:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return _one_unknown(a, b, told)
    gap = (a.first if a.first > b.first else b.first) - (a.last if a.last < b.last else b.last)
    if a.assumed or b.assumed:
        return _say(told, 1.4, "story's day agrees") if gap <= 0 else _say(told, 0.2, "story's day is near")
    shorter, longer = a.last - a.first, b.last - b.first
    if shorter > longer:
        shorter, longer = longer, shorter
    if gap == 1:
        return _say(told, 0.4, "a day apart") if longer <= 3 else _say(told, -0.5, "next to each other in time")
    if longer == 0:
        if a.published is not None and b.published is not None and min(a.published, b.published) - a.last > 20:
            return _say(told, 2.7, "same day, long past")
        return _say(told, 2.2, "same day")
    if longer <= 10:
        return _say(told, 1.4, "dates overlap")
    if longer <= 31:
        return _say(told, 1.6, "same month") if shorter >= 27 else _say(told, 1.1, "date within the month")
    if shorter > 31:
        return _say(told, 1.2, "same year or period")
    return _say(told, 0.5, "date within the period")


def _one_unknown(a: Account, b: Account, told: _Told | None) -> float:
    if a.first is None and b.first is None:
        if a.published is None or b.published is None:
            return _say(told, -1.0, "no dates")
        apart = abs(a.published - b.published)
        value = 0.7 if apart <= 2 else 0.0 if apart <= 7 else -1.0 if apart <= 31 else -3.0
        return _say(told, value, "no dates, pages {} days apart", apart)
    known, unknown = (a, b) if a.first is not None else (b, a)
    if unknown.published is None:
        return _say(told, -0.8, "one date unknown")
    first, last = known.first or 0, known.last or 0
    near = (
        0 if first <= unknown.published <= last else min(abs(unknown.published - first), abs(unknown.published - last))
    )
    ahead = first > unknown.published
    reach = 45 if ahead and unknown.status == "planned" else 8
    value = 0.4 if near <= reach else -1.0 if near <= 31 else -2.5
    return _say(told, value, "one date unknown, its page {} days from the other's date", near)


def _place(a: Account, b: Account, told: _Told | None) -> float:
    if a.country and b.country and a.country != b.country:
        stays = a.event_type in _STAYS_PUT or b.event_type in _STAYS_PUT
        return _say(told, -2.5 if stays else -0.6, "in {} and in {}", (a.country, b.country))
    if a.place and a.place == b.place:
        return _say(told, 0.9, "same place {}", a.place)
    if a.place and b.place and a.language == b.language:
        stays = a.event_type in _STAYS_PUT or b.event_type in _STAYS_PUT
        return _say(told, -0.8 if stays else -0.3, "at {} and at {}", (a.place, b.place))
    if a.country and a.country == b.country:
        return _say(told, 0.3, "both in {}", a.country)
    return 0.0


def _particular(a: Account, b: Account, told: _Told | None) -> float:
    total = _story(a, b, told)
    if a.numbers and b.numbers:
        shared = a.numbers & b.numbers
        total += _say(told, 0.7, "same figures {}", shared) if shared else _say(told, -0.3, "different figures")
    same = a.language == b.language
    if a.issue and b.issue:
        if shared := a.issue & b.issue:
            total += _say(told, 0.8, "same issue: {}", shared)
        elif same:
            total += _say(told, -0.4, "different issues")
    fewest = min(len(a.words), len(b.words))
    quote, context = _overlap(a.words, b.words), _overlap(a.context, b.context)
    if same:
        if fewest >= 2:
            total += _say(told, 2.2 * quote - 0.5, "words in common {:.0%}", quote)
        total += _say(told, 1.0 * context, "sentence in common {:.0%}", context)
    elif most := max(quote if fewest >= 3 else 0.0, context):
        total += _say(told, 1.5 * most, "cognates and names in common {:.0%}", most)
    return total


def _story(a: Account, b: Account, told: _Told | None) -> float:
    """Two pages of one story tell of the same events more often than two others."""
    if a.page == b.page or a.published is None or b.published is None or abs(a.published - b.published) > 14:
        return 0.0
    shared = len(a.story & b.story)
    if shared < 3:
        return 0.0
    part = shared / min(len(a.story), len(b.story))
    if part < 0.25:
        return 0.0
    weight = 1.0 if a.event_type == b.event_type else 0.4
    text = "pages of one story ({} names, pairs and places in common)"
    return _say(told, weight * min(1.2, 2.0 * part), text, shared)
