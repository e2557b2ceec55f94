"""Clause patterns of the press that a small parser misses: كان … قد, من المقرر أن, سبق له أن, stray phrases."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from dragoman.language.ar.lexicon import word_list
from dragoman.language.ar.normalise import key
from dragoman.language.sentence import Token

SUBJECTS = ("nsubj", "nsubj:pass")
DATED = ("NOUN", "NUM", "ADV", "PROPN")
PHRASE = frozenset({"nmod", "obl"})
STOPS = (".", "؛", ";", ":")
BOUNDARY = frozenset({"VERB", "AUX", "SCONJ", "PUNCT"})


@cache
def _expected_words() -> frozenset[str]:
    return frozenset(map(key, word_list("expected.txt")))


@cache
def _time_words() -> frozenset[str]:
    return frozenset(map(key, word_list("times.txt")))


def is_time(token: Token) -> bool:
    """Whether a token is a date or a word of time."""
    words = [key(word) for word in re.split(r"[\s/]+", token.text)]
    return token.pos in DATED and (words[0] in _time_words() or words[0].isdigit())


def hang(tokens: list[Token], i: int, head: int, dep: str) -> bool:
    """Give token `i` a new head, unless that would make a circle; whether it could."""
    above = head
    for _ in tokens:
        if above == i:
            return False
        if tokens[above].head == above:
            break
        above = tokens[above].head
    tokens[i] = replace(tokens[i], head=head, dep=dep)
    return True


def had(tokens: list[Token]) -> None:
    """كان الرئيس قد وافق: the verb heads the clause, كان is its auxiliary and what كان had is the verb's."""
    for i, token in enumerate(tokens):
        if token.pos != "AUX" or token.lemma not in ("كان", "يكون"):
            continue
        verb = next((j for j in range(i + 1, min(len(tokens), i + 12)) if tokens[j].pos in BOUNDARY), None)
        if verb is None or tokens[verb].pos != "VERB" or tokens[i].head == verb or tokens[verb - 1].pos == "PRON":
            continue
        if tokens[verb - 1].text not in ("قد", "س", "سوف") and tokens[verb].head != i:
            continue
        outer = token.head
        tokens[verb] = replace(tokens[verb], head=verb if outer == i else outer, dep=token.dep)
        tokens[i] = replace(token, head=verb, dep="aux")
        for j, other in enumerate(tokens):
            if other.head == i and j != i:
                subject = other.pos in ("NOUN", "PROPN") and j < verb and not is_time(other) and not _cased(tokens, j)
                tokens[j] = replace(other, head=verb, dep="nsubj" if subject else other.dep)


def expected(tokens: list[Token]) -> None:
    """من المقرر أن يزور: the participle heads what is expected; سبق لها أن قطعت: whose past it is, is the subject."""
    for i in range(len(tokens) - 2):
        if (
            tokens[i].text == "من"
            and key(tokens[i + 1].text) in _expected_words()
            and tokens[i + 2].text in ("أن", "ان", "ألا")
        ):
            verb = next((j for j in range(i + 3, min(len(tokens), i + 6)) if tokens[j].pos == "VERB"), None)
            if verb is None:
                continue
            head, dep = tokens[i].head, tokens[i].dep
            if tokens[i + 1].head != i:
                head, dep = tokens[i + 1].head, tokens[i + 1].dep
            root = head in (i, i + 1, verb)
            tokens[i + 1] = replace(tokens[i + 1], pos="ADJ", lemma=tokens[i + 1].text.removeprefix("ال"), dep="root")
            tokens[i + 1] = replace(tokens[i + 1], head=i + 1 if root else head, dep="root" if root else dep)
            tokens[i] = replace(tokens[i], head=i + 1, dep="case")
            tokens[verb] = replace(tokens[verb], head=i + 1, dep="csubj")
            for j, other in enumerate(tokens):
                if other.head == i and j not in (i, i + 1):
                    tokens[j] = replace(other, head=i + 1)
        if tokens[i].lemma == "سبق" and tokens[i].pos == "VERB":
            that = next((j for j in range(i + 1, min(len(tokens), i + 6)) if tokens[j].text in ("أن", "ان")), None)
            if that is None or that + 1 >= len(tokens) or tokens[that + 1].pos != "VERB":
                continue
            owner = next((j for j in range(i + 1, that) if _cased(tokens, j)), None)
            subjects = [t for t in tokens[: that + 3] if t.head == that + 1 and t.dep in SUBJECTS and not is_time(t)]
            if owner is not None and not subjects:
                hang(tokens, that + 1, i, "ccomp")
                hang(tokens, owner, that + 1, "nsubj")
                for j in range(i + 1, that):
                    if tokens[j].head == owner and tokens[j].dep == "case":
                        tokens[j] = replace(tokens[j], dep="dep")


def stray_phrases(tokens: list[Token], groups: Collection[int]) -> None:
    """A phrase with a preposition hung on a name or a date belongs to the verb before it."""
    for i, token in enumerate(tokens):
        if token.dep not in PHRASE or token.head >= i or not _cased(tokens, i):
            continue
        head = tokens[token.head]
        named = token.head in groups or head.pos == "PROPN"
        if not named and not is_time(head):
            continue
        verb = next(
            (j for j in range(i - 1, -1, -1) if tokens[j].pos in ("VERB", "SCONJ") or tokens[j].text in STOPS), i
        )
        if tokens[verb].pos != "VERB" or verb >= token.head:
            continue
        top = token.head
        for _ in tokens:  # the name must itself stand in the verb's clause without a preposition of its own
            if tokens[top].head in (top, verb):
                break
            top = tokens[top].head
        if tokens[top].head != verb or (any(_cased(tokens, j) for j in (top, token.head)) and not is_time(head)):
            continue
        hang(tokens, i, verb, "obl")


def _cased(tokens: list[Token], i: int) -> bool:
    return any(t.head == i and t.dep == "case" for t in tokens)
