"""The trained pipelines: exact offsets on anything, groups kept whole, plain news sentences read right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language import pipeline
from dragoman.language.sentence import Group, Sentence, Token
from dragoman.language.tokens import tokenize

LANGUAGES = ["en", "fr", "es"]


def words(sentence: Sentence) -> list[str]:
    return [token.text for token in sentence.tokens]


def found(sentence: Sentence, text: str) -> Token:
    return next(token for token in sentence.tokens if token.text == text)


def related(sentence: Sentence, text: str) -> tuple[str, str]:
    """The label of a token and the lemma of its head."""
    token = found(sentence, text)
    return token.dep, sentence.tokens[token.head].lemma


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I don't accept Morocco's offer.", ["I", "do", "n't", "accept", "Morocco", "'s", "offer", "."]),
        ("en", "They can’t say it’s 11.48 p.m.", ["They", "ca", "n’t", "say", "it", "’s", "11.48", "p.m."]),
        ("en", "O'Brien’s US-led co-operation", ["O'Brien", "’s", "US", "-", "led", "co-operation"]),
        ("en", "U.S. aid of $5bn (5%)", ["U.S.", "aid", "of", "$", "5", "bn", "(", "5", "%", ")"]),
        (
            "fr",
            "L’accord, a-t-il dit, n’a qu'un but.",
            ["L’", "accord", ",", "a", "-t-il", "dit", ",", "n’", "a", "qu'", "un", "but", "."],
        ),
        ("fr", "Aujourd'hui M. Macron parle du Sahel.", ["Aujourd'hui", "M.", "Macron", "parle", "du", "Sahel", "."]),
        (
            "fr",
            "Rendez-vous à Aix-les-Bains : est-ce possible ?",
            ["Rendez-vous", "à", "Aix-les-Bains", ":", "est", "-ce", "possible", "?"],
        ),
        (
            "es",
            "El Sr. Díaz viajó a EE. UU. en 2010-2011.",
            ["El", "Sr.", "Díaz", "viajó", "a", "EE. UU.", "en", "2010-2011", "."],
        ),
    ],
)
def test_tokens_are_cut_as_in_the_treebanks(language: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in tokenize(text, language)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60))
def test_tokens_stand_where_they_say(language: str, text: str) -> None:
    (sentence,) = pipeline(language).analyse([text])
    assert sentence.text == text
    assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
    assert "".join("".join(words(sentence)).split()) == "".join(text.split())
    assert all(0 <= token.head < len(sentence.tokens) for token in sentence.tokens)
    if sentence.tokens:
        assert sum(token.head == i for i, token in enumerate(sentence.tokens)) == 1


def test_pipeline_is_loaded_once_and_knows_its_languages() -> None:
    assert pipeline("en") is pipeline("en")
    assert pipeline("fr").language == "fr"
    with pytest.raises(ValueError, match="'xx'"):
        pipeline("xx")


def test_groups_stay_one_token() -> None:
    text = "US Secretary of State Antony Blinken's aides met Nasser Bourita on March 5, 2021."
    groups = [
        Group(0, 36, "Blinken"),
        Group(49, 63, "Bourita"),
        Group(text.index("March"), text.index("."), "Monday", "NOUN"),
    ]
    (sentence,) = pipeline("en").analyse([text], [groups])
    assert words(sentence) == [
        "US Secretary of State Antony Blinken", "'s", "aides", "met", "Nasser Bourita", "on", "March 5, 2021", ".",
    ]  # fmt: skip
    assert found(sentence, "March 5, 2021").pos == "NOUN"
    assert found(sentence, "Nasser Bourita").lemma == "Bourita"
    assert related(sentence, "Nasser Bourita") == ("obj", "meet")


def test_overlapping_and_empty_groups_are_passed_over() -> None:
    groups = [Group(0, 10, "Blinken"), Group(5, 15, "Rabat"), Group(12, 12, "x"), Group(12, 99, "y")]
    (sentence,) = pipeline("en").analyse(["Tony Blink left Rabat"], [groups])
    assert words(sentence) == ["Tony Blink", "left", "Rabat"]


def test_a_very_long_text_is_still_one_tree() -> None:
    (sentence,) = pipeline("en").analyse(["The minister said that he would leave , and then " * 120])
    assert len(sentence.tokens) == 1200
    assert sum(token.head == i for i, token in enumerate(sentence.tokens)) == 1


def test_nothing_comes_of_nothing() -> None:
    assert pipeline("en").analyse([]) == []
    assert pipeline("en").analyse(["", " \n"]) == [Sentence("", ()), Sentence(" \n", ())]


@pytest.mark.parametrize(
    ("language", "text", "relations"),
    [
        ("en", "Morocco recalled its ambassador from Spain on Tuesday.",
         {"Morocco": ("nsubj", "recall"), "ambassador": ("obj", "recall"), "Spain": ("obl", "recall")}),
        ("en", "Two diplomats were expelled by Russia.",
         {"diplomats": ("nsubj:pass", "expel"), "Russia": ("obl:agent", "expel")}),
        ("en", "Turkey condemns attack", {"Turkey": ("nsubj", "condemn"), "attack": ("obj", "condemn")}),
        ("en", "“We reject the plan,” the minister said.", {"plan": ("obj", "reject"), "minister": ("nsubj", "say")}),
        ("fr", "La France a rappelé son ambassadeur à Alger.",
         {"France": ("nsubj", "rappeler"), "ambassadeur": ("obj", "rappeler")}),
        ("fr", "Deux diplomates ont été expulsés par la Russie.",
         {"diplomates": ("nsubj:pass", "expulser"), "Russie": ("obl:agent", "expulser")}),
        ("es", "El presidente condenó el ataque.", {"ataque": ("obj", "condenar")}),
    ],
)  # fmt: skip
def test_plain_news_sentences_are_read_right(language: str, text: str, relations: dict[str, tuple[str, str]]) -> None:
    (sentence,) = pipeline(language).analyse([text])
    assert {word: related(sentence, word) for word in relations} == relations


@pytest.mark.parametrize(
    ("language", "text", "lemmas"),
    [
        ("en", "He fled; the women sought bases.", {"fled": "flee", "women": "woman", "sought": "seek"}),
        ("fr", "Il a reçu les généraux.", {"reçu": "recevoir", "généraux": "général"}),
    ],
)  # fmt: skip
def test_irregular_words_have_their_lemmas(language: str, text: str, lemmas: dict[str, str]) -> None:
    (sentence,) = pipeline(language).analyse([text])
    assert {word: found(sentence, word).lemma for word in lemmas} == lemmas
