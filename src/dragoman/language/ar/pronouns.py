"""Pronouns written onto nouns, verbs and prepositions (لقائه, اتهمها, بلادهم), found by cutting the words of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dragoman.language.ar.lexicon import load
from dragoman.language.ar.normalise import bare

SUFFIXES = {"ه": "he", "ها": "she", "هم": "they", "هما": "two"}
OWNERLESS = frozenset("نفس ذات وحد كل جميع بعض أحد كلا بين من في ب ل مع عن على إلى أن إن كان غير حول عند لدى".split())


@dataclass(frozen=True, slots=True)
class Suffix:
    """A pronoun at `start:end`; `kind` he, she, they or two; `verb` where it is written onto a verb."""

    start: int
    end: int
    kind: str
    verb: bool


def suffixes(text: str, start: int, end: int) -> Iterator[Suffix]:
    """The pronouns of `text[start:end]` that stand for an owner or for whom a verb acts on."""
    from dragoman.language.ar.pipeline import load as pipeline  # made once and shared with the parser

    spans = pipeline().cuts(text, start, end)
    verbs = load().verbs
    for before, (low, high) in pairwise(spans):
        kind = SUFFIXES.get(bare(text[low:high]))
        if kind is None or before[1] != low or text[high : high + 1].isalpha():
            continue
        stem = bare(text[before[0] : before[1]])
        if stem in OWNERLESS or len(stem) < 3:
            continue
        yield Suffix(low, high, kind, any(r.common for r in verbs.readings(stem)))
