"""A glance at a text before a slow search: can any of many phrases stand in it at all?

A phrase that begins and ends at a word's edge can only stand where its first word is one of the text's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters."""
    return frozenset(WORD.findall(text.lower()))


def first_words(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each phrase in small letters; phrases without a word are left out."""
    found = (WORD.search(phrase.lower()) for phrase in phrases)
    return frozenset(match.group() for match in found if match is not None)


def last_words(phrases: Iterable[str]) -> frozenset[str]:
    """The last word of each phrase in small letters: rarer than the first, which is often an article."""
    return frozenset(words[-1] for phrase in phrases if (words := WORD.findall(phrase.lower())))
