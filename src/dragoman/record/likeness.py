"""How likely two accounts are of one event: a score with its reasons.

All functions are symmetric, look at nothing but the two accounts, and know no language: countries, persons, days,
places and figures compare across languages, words only within one or between languages of one script. Each part of the
score looks at the features that its docstring names and at no others; `weighing` counts on it.
"""

from __future__ import annotations

from dragoman.record.account import Account
from dragoman.record.affinity import affinity
from dragoman.record.ruling import conflict, overlap, shared_people

THRESHOLD = 4.5  # the score from which two accounts are taken for one event
STORY_DAYS = 14  # pages further apart are not of one story
LONG_PAST = 20  # days from a deed to a page after which hardly anybody mistakes the day

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
STAYS_PUT = frozenset({"ASSAULT", "PROTEST", "CONSULT", "COERCE"})
# What `particular` can give at most: for the story, for words of one language, of two, for figures, for issues, for
# agreements, for words quoted.
MOST_OF_STORY, MOST_IN_WORDS, MOST_IN_COGNATES, MOST_IN_FIGURES, MOST_OF_ISSUE = 1.2, 2.7, 1.5, 0.7, 0.8
MOST_OF_AGREEMENTS, MOST_OF_QUOTATIONS = 0.8, 1.0


def score(a: Account, b: Account) -> tuple[float, tuple[str, ...]]:
    """How alike two accounts without a conflict are, and why, the weightiest reason first."""
    if a.key > b.key:
        a, b = b, a
    told: _Told = []
    total = rounded(_base(a, b, told) + particular(a, b, told))
    reasons = sorted(((value, _reason(text, given)) for value, text, given in told), key=lambda p: (-p[0], p[1]))
    return total, tuple(f"{text} ({value:+.1f})" for value, text in reasons)


def alike(a: Account, b: Account, least: float = THRESHOLD) -> float | None:
    """The score of two accounts if it reaches `least` and nothing rules them out, else None."""
    if a.key > b.key:
        a, b = b, a
    if conflict(a, b):
        return None
    base = _base(a, b)
    most = MOST_IN_WORDS if a.language == b.language else MOST_IN_COGNATES
    if a.story and b.story and a.page != b.page:
        most += MOST_OF_STORY
    if a.numbers and b.numbers:
        most += MOST_IN_FIGURES
    if a.issue and b.issue:
        most += MOST_OF_ISSUE
    if a.agreements and b.agreements:
        most += MOST_OF_AGREEMENTS
    if a.said and b.said:
        most += MOST_OF_QUOTATIONS
    if rounded(base + most) < least:
        return None
    found = rounded(base + particular(a, b))
    return found if found >= least else None


def rounded(total: float) -> float:
    """To three places, as numpy rounds."""
    return round(1000 * total) / 1000


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


def _base(a: Account, b: Account, told: _Told | None = None) -> float:
    total = acts(a, b, told) + sides(a, b, told) + sectors(a, b, told) + days(a, b, told) + place(a, b, told)
    return total + people(a, b, told) + status(a, b, told)


def acts(a: Account, b: Account, told: _Told | None = None) -> float:
    """For types, modes and CAMEO codes."""
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


def sides(a: Account, b: Account, told: _Told | None = None) -> float:
    """For sources, targets and symmetry."""
    if a.symmetric or b.symmetric:
        one, two = a.parties, b.parties
        value = _jaccard(one, two) * (3.0 if len(one) > 1 and len(two) > 1 else 1.5)
        return _say(told, value, "parties {}", one & two if told is not None else None)
    total = 0.0
    if a.sources and b.sources:
        total += _shared(told, 1.5 * _jaccard(a.sources, b.sources), "same source {}", a.sources, b.sources)
    if a.targets and b.targets:
        total += _shared(told, 1.5 * _jaccard(a.targets, b.targets), "same target {}", a.targets, b.targets)
    return total


def sectors(a: Account, b: Account, told: _Told | None = None) -> float:
    """For sectors, of acts that have two sides."""
    if a.symmetric or b.symmetric or a.sectors.isdisjoint(b.sectors):
        return 0.0
    return _shared(told, 0.2, "same sector {}", a.sectors, b.sectors)


def _shared(told: _Told | None, value: float, text: str, one: frozenset[str], two: frozenset[str]) -> float:
    """`_say` with what both have, which is looked for only where it is said."""
    if told is not None:
        told.append((value, text, one & two))
    return value


def people(a: Account, b: Account, told: _Told | None = None) -> float:
    """For persons, and where one names none for offices."""
    if not (a.people and b.people):
        if a.offices.isdisjoint(b.offices):
            return 0.0
        return _shared(told, 0.7, "same office: {}", a.offices, b.offices)
    if shared := shared_people(a, b):
        names = frozenset(" ".join(p.name).title() for p in shared) if told is not None else None
        return _say(told, min(2.0, 1.3 + 0.7 * (len(shared) - 1)), "same persons: {}", names)
    if not {(p.side, p.country) for p in a.people}.isdisjoint((p.side, p.country) for p in b.people):
        return _say(told, -2.5, "different persons")
    return 0.0


def status(a: Account, b: Account, told: _Told | None = None) -> float:
    """For whether it happened."""
    if a.status == b.status:
        return _say(told, 0.3, "both {}", a.status)
    both = (a.status, b.status) if a.status < b.status else (b.status, a.status)
    return _say(told, _STATUS.get(both, -0.7), "{}, {}", both)


def days(a: Account, b: Account, told: _Told | None = None) -> float:
    """For first and last days, whether they are assumed, when the pages came out, and what was planned."""
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
        if a.published is not None and b.published is not None and min(a.published, b.published) - a.last > LONG_PAST:
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


def place(a: Account, b: Account, told: _Told | None = None) -> float:
    """For countries, places in one language, and types that stay put."""
    if a.country and b.country and a.country != b.country:
        stays = a.event_type in STAYS_PUT or b.event_type in STAYS_PUT
        return _say(told, -2.5 if stays else -0.6, "in {} and in {}", (a.country, b.country))
    if a.place and a.place == b.place:
        return _say(told, 0.9, "same place {}", a.place)
    if a.place and b.place and a.language == b.language:
        stays = a.event_type in STAYS_PUT or b.event_type in STAYS_PUT
        return _say(told, -0.8 if stays else -0.3, "at {} and at {}", (a.place, b.place))
    if a.country and a.country == b.country:
        return _say(told, 0.3, "both in {}", a.country)
    return 0.0


def particular(a: Account, b: Account, told: _Told | None = None) -> float:
    """What seldom two pairs have alike: the story around, figures, issues and words."""
    return story(a, b, told) + facts(a, b, told) + words(a, b, told)


def facts(a: Account, b: Account, told: _Told | None = None) -> float:
    """For figures, issues in one language or several, agreements named and words quoted."""
    total = 0.0
    if a.numbers and b.numbers:
        shared = a.numbers & b.numbers
        value, text = (MOST_IN_FIGURES, "same figures {}") if shared else (-0.3, "different figures")
        total += _say(told, value, text, shared)
    if a.issue and b.issue:
        if shared := a.issue & b.issue:
            total += _say(told, MOST_OF_ISSUE, "same issue: {}", shared)
        elif a.language == b.language:
            total += _say(told, -0.4, "different issues")
    if a.agreements and b.agreements:
        if shared := a.agreements & b.agreements:
            spoken = a.event_type in _SPEECH or b.event_type in _SPEECH
            total += _say(told, MOST_OF_AGREEMENTS * (0.5 if spoken else 1.0), "both name {}", shared)
        else:
            total += _say(told, -0.4, "different agreements named")
    if shared := a.said & b.said:
        total += _say(told, MOST_OF_QUOTATIONS, "the same words quoted: {}", min(shared))
    return total


def words(a: Account, b: Account, told: _Told | None = None) -> float:
    """For how many words the quotations and the sentences have in common, in one language or two."""
    quote, context = overlap(a.words, b.words), overlap(a.context, b.context)
    fewest = min(len(a.words), len(b.words))
    if a.language != b.language:
        most = max(quote if fewest >= 3 else 0.0, context)
        return _say(told, 1.5 * most, "cognates and names in common {:.0%}", most) if most else 0.0
    total = _say(told, 2.2 * quote - 0.5, "words in common {:.0%}", quote) if fewest >= 2 else 0.0
    return total + _say(told, 1.0 * context, "sentence in common {:.0%}", context)


def story(a: Account, b: Account, told: _Told | None = None) -> float:
    """For names, pairs and places that two pages of much the same days have in common, more for one type: pages of
    one story tell of the same events more often than two others.
    """
    if a.page == b.page or a.published is None or b.published is None or abs(a.published - b.published) > STORY_DAYS:
        return 0.0
    shared = len(a.story & b.story)
    if shared < 3:
        return 0.0
    part = shared / min(len(a.story), len(b.story))
    if part < 0.25:
        return 0.0
    weight = 1.0 if a.event_type == b.event_type else 0.4
    text = "pages of one story ({} names, pairs and places in common)"
    return _say(told, weight * min(MOST_OF_STORY, 2.0 * part), text, shared)
