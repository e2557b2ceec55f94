"""Sentences by rule: what ends one and what only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.sentences import LONGEST, abbreviations, split, starters

CASES = {
    "en": [
        "Mr. Lavrov met Gen. Haftar.|Sen. J. D. Vance and U.S. officials spoke in St. Petersburg.|The U.N. said so.",
        'He lives in the U.S.|The president said "We are ready."|He left at 11.48 p.m. on Monday.|No. 5 fell 3.5%.',
        "Is it true?|Yes!|“Why?” she asked.|(He agreed.)|The visit ended on Jan. 5.|Apple Inc.|The company fell.",
        "The envoy waited...|Nobody came.|He said “never again.”|Booking.com and Yahoo! are firms... or were.",
        "George W. Bush and J.-Y. Le Drian met.|It's over, said Prof. Smith et al. in vol. 3 of it.",
        "“Why now?” Mr. Blinken asked reporters.|“Enough!”|The crowd left.",
        "1. The minister went.|2. He came back.|See https://x.org/a.b?c.|Talks ended.|The envoy left.",
    ],
    "fr": [
        "M. Macron a rencontré J.-Y. Le Drian.|« Nous sommes prêts. »|Il a cité l'art. 5 de la loi no. 3.",
        "MM. Lavrov et Blinken, etc.|Le ministre est parti.|Il a dit : « Non ! » et il est sorti.|Et la Russie ?|Oui.",
    ],
    "es": ["El Sr. Sánchez viajó a EE.UU.|El presidente llegó.|¿Qué dijo?|¡Nada!|El núm. 5 y la pág. 3."],
    "ar": [
        "قال د. محمد إن الوزير وصل.|هل سيعود؟|نعم!|انتهت المحادثات، وأضاف أنه غادر في 11.48 مساء.|وعاد أمس.",
    ],
}


@pytest.mark.parametrize(("language", "marked"), [(language, text) for language in CASES for text in CASES[language]])
def test_sentences_are_cut_where_a_reader_would(language: str, marked: str) -> None:
    expected = marked.split("|")
    text = " ".join(expected)
    assert [text[start:end] for start, end in split(text, language)] == expected


def test_a_full_stop_without_a_space_ends_a_sentence_before_a_starter() -> None:
    text = "The talks ended.The minister left. Visit Booking.com or node.js."
    assert [text[a:b] for a, b in split(text, "en")] == [
        "The talks ended.",
        "The minister left.",
        "Visit Booking.com or node.js.",
    ]
    text = "انتهت المحادثات.وأضاف الوزير أنه غادر."
    assert len(split(text, "ar")) == 2


def test_line_breaks_end_headings_but_not_wrapped_lines() -> None:
    heading = (
        "Talks in Rabat\nThe ministers of the two countries met on Monday in the capital of\nMorocco. They agreed."
    )
    assert [heading[a:b].split()[0] for a, b in split(heading, "en")] == ["Talks", "The", "They"]
    assert len(split("One line\n\nand another", "en")) == 2


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@given(text=st.text(alphabet="aZéم .!?؟…\"»«”'()1\n,-Mr\u00a0", max_size=80))
def test_spans_are_ordered_trimmed_and_lose_nothing(language: str, text: str) -> None:
    spans = split(text, language)
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_abbreviations_are_of_a_known_kind(language: str) -> None:
    assert set(abbreviations(language).values()) <= {"title", "before-number", "any"}
    assert not any(" " in form for form in abbreviations(language))
    assert all(word[0].isupper() for word in starters(language))


def test_an_endless_sentence_is_cut_between_words() -> None:
    text = "Iran said that Russia and " * 1000
    spans = split(text, "en")
    assert all(end - start <= LONGEST for start, end in spans)
    assert " ".join(text[start:end] for start, end in spans) == text.strip()
    assert [end - start for start, end in split("x" * (2 * LONGEST), "en")] == [LONGEST, LONGEST]
