"""The words that point back: pronouns, "the two ministers", "the four countries", found in a sentence's text."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from dragoman.language.glance import WORD, first_words
from dragoman.language.grammar import Grammar, grammar
from dragoman.language.lemmas import lemmas

OF_TWO = ("first-he", "first-she", "first-one", "second-he", "second-she", "second-one")  # "la primera", "the latter"
ANAPHORS = ("two-sides", "sides", "both", *OF_TWO, "latter-he", "latter-she", "he", "she", "they", "it")
THERE = re.compile(r"\s*y (?:a|avait|aura|aurait) (?:\w+ment |aussi |également |déjà )?(\w+)")  # French: a perfect
STANDS = {"sides": "two-sides"}  # kinds that differ only in what must stand beside them
_DETERMINERS = ("the ", "both ", "les ", "los ", "las ", "ال")  # that a pair phrase may have before it


def _pattern(words: Grammar) -> re.Pattern[str]:
    """Any form of the anaphors, each kind a group, its longest forms first.

    A pair may have a determiner; the second kind, which has no number ("the rivals"), must have one; the third ("the
    two", "both") stands alone, before a verb, a stop or, as an object, "to" and "for"; one of two ("the former") has
    an article and stands before a verb too.
    """
    groups = (_any(words[kind]) for kind in ANAPHORS)
    pair, sides, both, *others = groups
    determiner = f"(?:{'|'.join(_DETERMINERS)})"
    behind = rf"(?= {_any(words['after-counted'])}\b|[.,;:?!]|$| (?:for|over)\b)"
    article = "|".join(f"(?<=\\b{re.escape(a)} )" for a in sorted(words["definite"] & words["article"])) or "(?!)"
    endings = [rf"\w+{re.escape(e)}" for e in sorted(words["past-ending"])]
    alone = rf"(?=,? (?:{'|'.join([_any(words['after-one-of-two']), *endings])})(?!\w))"
    one_of_two = [f"(?:{article}){forms}{alone}" for forms in others[: len(OF_TWO)]]
    kinds = (f"{determiner}?{pair}", determiner + sides, both + behind, *one_of_two, *others[len(OF_TWO) :])
    choices = "|".join(f"({forms})" for forms in kinds)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def _any(forms: Set[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(forms, key=lambda w: (-len(w), w)))) or '(?!)'})"


def _impersonal(behind: str, words: Grammar) -> bool:
    """ "Il y a", "il faut": a subject that stands for nobody; not "il y a rencontré", he who met somebody there."""
    if not words["impersonal"] or not behind.lstrip().startswith(tuple(words["impersonal"])):
        return False
    perfect = THERE.match(behind)
    return perfect is None or perfect[1] == "eu" or lemmas(words.language).participle(perfect[1]) is None


def _correlative(text: str, both: re.Match[str], words: Grammar) -> bool:
    """ "Agreed **both** to meet and to …": no object, unlike "urged both to yield"."""
    if not text.startswith(" to ", both.end()):
        return False
    before = text[: both.start()].rsplit(maxsplit=1)[-1:]
    return not before or not (before[0] in words["address"] or before[0].startswith(tuple(words["asking"])))


@dataclass(frozen=True, slots=True)
class _Anaphors:
    """What finds the anaphors of a language. No sentence without one of `telling` words has any; each begins with one
    of `first` words."""

    telling: frozenset[str]
    first: frozenset[str]
    pattern: re.Pattern[str]


@cache
def _anaphors(language: str) -> _Anaphors:
    words = grammar(language)
    classes = tuple(words[kind] for kind in ANAPHORS)
    pair, sides = (frozenset(f"ال{word}" for word in first_words(forms)) for forms in classes[:2])
    telling = first_words(form for forms in classes for form in forms) | pair
    return _Anaphors(telling, telling | sides | first_words(_DETERMINERS), _pattern(words))


def anaphors(text: str, words: Grammar, start: int, end: int, spoken: Set[str]) -> list[tuple[int, int, str]]:
    """Pronouns and pair phrases of a sentence, not overlapping, in order. `spoken` are the sentence's `words_of`."""
    known = _anaphors(words.language)
    if known.telling.isdisjoint(spoken):
        return []
    lowered = text[start:end].lower()
    found = []
    read = 0
    for word in WORD.finditer(lowered):  # a search of the whole sentence would try every form at every letter
        if word[0] not in known.first or word.start() < read:
            continue
        m = known.pattern.match(lowered, word.start())
        if m is None:
            continue
        read = m.end()
        kind = ANAPHORS[(m.lastindex or 1) - 1]
        if kind == "both" and _correlative(lowered, m, words):
            continue
        if kind not in ("he", "it") or not _impersonal(lowered[m.end() :], words):
            found.append((start + m.start(), start + m.end(), STANDS.get(kind, kind)))
    return found


def counted(words: Grammar, text: str, start: int, end: int, spoken: Set[str]) -> list[tuple[int, int, int]]:
    """Phrases like "the four countries" in `text[start:end]`, with their number. `spoken` are its `words_of`."""
    if _numbers(words.language).isdisjoint(spoken):
        return []
    pattern = _counted(words.language)
    if pattern is None:
        return []
    return [(m.start(), m.end(), int(m.lastgroup[1:])) for m in pattern.finditer(text, start, end) if m.lastgroup]


@cache
def _numbers(language: str) -> frozenset[str]:
    """The words from three to ten."""
    words = grammar(language)
    return first_words(form for n in range(3, 11) for form in words[f"cardinal-{n}"])


@cache
def _counted(language: str) -> re.Pattern[str] | None:
    """Article + number + people or states (bare before a verb or a stop); None where the language has no numbers."""
    words = grammar(language)
    numbers = {n: words[f"cardinal-{n}"] for n in range(3, 11) if words[f"cardinal-{n}"]}
    if not numbers or not words["counted"]:
        return None
    nouns = "|".join(map(re.escape, sorted(words["counted"], key=len, reverse=True)))
    bare = "|".join(map(re.escape, sorted(words["after-counted"], key=len, reverse=True)))
    article = "|".join(map(re.escape, sorted(words["article"], key=len, reverse=True)))
    behind = rf"(?: (?:{nouns})\b|(?=[.,;]| (?:{bare})\b))"
    alternatives = "|".join(
        rf"(?P<n{n}>(?i:{article}) (?:{'|'.join(map(re.escape, sorted(forms)))}){behind})"
        for n, forms in numbers.items()
    )
    return re.compile(rf"\b(?:{alternatives})")
