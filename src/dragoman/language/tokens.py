"""Cutting a text into tokens the way the treebanks of Universal Dependencies do, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from dragoman.language.sentence import Group
from dragoman.language.sentences import abbreviations

SHARED = r"""
    (?:https?://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]'’]
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
  | [^\W_]+(?:[.-][^\W_]+)*\.(?:com|org|net|gov|edu|info|eu|fr|ma|uk|es|tv|int)\b(?!\.\w)
  | [@\#][^\W\d_]\w+
  | \d{4}-\d\d-\d\d(?!\d)
  | \d++(?:[.,:/]\d++)*+(?:(?:st|nd|rd|th|s|er|ère|re|e|ème|h\d\d)(?![^\W_])
    |(?![^\W\d_])|(?=(?:am|pm|bn|mn|m|k|km)(?![^\W_])))
  | \d++[^\W_]++
  | (?:[^\W\d_]\.-?){2,}(?:[^\W\d_](?![^\W_]))?
  | \[(?:\.{3}|…)\]|(?:\.|…){2,}|…|-{2,}|!{2,}|\?{2,}|={2,}|_{2,}|\*{2,}|~{2,}|<<|>>
"""


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = import_module(f"dragoman.language.{language}.words")
    return re.compile(rf"{words.FIRST}|{SHARED}|{words.WORD}|\S", re.VERBOSE | re.IGNORECASE)


@cache
def _cuts(language: str) -> dict[str, int]:
    cuts: dict[str, int] = import_module(f"dragoman.language.{language}.words").CUTS
    return cuts


def tokenize(text: str, language: str) -> list[tuple[int, int]]:
    """Offsets of the tokens of `text`, in order; every character but white space belongs to one."""
    return _between(text, 0, len(text), language)


def tokenize_around(text: str, groups: Sequence[Group], language: str) -> list[tuple[int, int, Group | None]]:
    """Like `tokenize`, but each group is one token. One that is empty or overlaps one before it is passed over."""
    spans: list[tuple[int, int, Group | None]] = []
    position = 0
    for group in sorted(groups, key=lambda g: (g.start, -g.end)):
        if group.start < position or group.end <= group.start or group.end > len(text):
            continue
        spans.extend((start, end, None) for start, end in _between(text, position, group.start, language))
        spans.append((group.start, group.end, group))
        position = group.end
    spans.extend((start, end, None) for start, end in _between(text, position, len(text), language))
    return spans


def _between(text: str, start: int, stop: int, language: str) -> list[tuple[int, int]]:
    known, cuts = abbreviations(language), _cuts(language)
    spans: list[tuple[int, int]] = []
    swallowed = -1
    for match in _pattern(language).finditer(text, start, stop):
        first, last = match.span()
        if first == swallowed:
            continue
        if text[last : last + 1] == "." and last < stop and _keeps_dot(text, first, last, known):
            swallowed = last
            last += 1
        elif (cut := cuts.get(match[0].lower())) is not None:
            spans.append((first, first + cut))
            first += cut
        spans.append((first, last))
    return spans


def _keeps_dot(text: str, first: int, last: int, known: dict[str, str]) -> bool:
    """Whether the full stop after `text[first:last]` is part of an abbreviation or an initial."""
    word = text[first:last]
    if word in known:
        kind = known[word]
        return kind != "before-number" or text[last + 1 : last + 3].strip()[:1].isdigit()
    return len(word) == 1 and word.isupper() and bool(text[last + 1 :].strip())
