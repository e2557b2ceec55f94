"""Words that point back are looked for at the beginnings of words only: nothing may begin otherwise."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from dragoman.actors.backward import ANAPHORS, anaphors
from dragoman.language.glance import words_of
from dragoman.language.grammar import grammar


@pytest.mark.parametrize("language", ["en", "fr", "ar", "es"])
def test_every_word_that_points_back_begins_as_a_word(language: str) -> None:
    words = grammar(language)
    assert [form for kind in ANAPHORS for form in words[kind] if not re.match(r"\w", form)] == []


@pytest.mark.parametrize(
    ("language", "sentence", "found"),
    [
        ("en", "He said the two sides would meet before they left.", ["he", "two-sides", "they"]),
        ("en", "Oslo said it would host both countries.", ["it", "two-sides"]),
        ("fr", "Les deux pays ont signé, puis elle est partie.", ["two-sides", "she"]),
        ("ar", "وقع الطرفان الاتفاق.", ["two-sides"]),
        ("en", "The sheriff hesitated thereafter.", []),
    ],
)
def test_pronouns_and_pairs_are_found_in_order(language: str, sentence: str, found: list[str]) -> None:
    seen = anaphors(sentence, grammar(language), 0, len(sentence), words_of(sentence))
    assert [kind for _, _, kind in seen] == found
    assert all(a[1] <= b[0] for a, b in pairwise(seen))
