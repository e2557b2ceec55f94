"""Verbal nouns that stand for infinitives: تعتزم ليبيا ترحيل مهاجرين is read as "Libya intends to deport migrants"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

from dragoman.language.ar.clauses import is_time
from dragoman.language.ar.lexicon import masdars, rows
from dragoman.language.ar.normalise import key
from dragoman.language.ar.noun_phrases import list_keys
from dragoman.language.sentence import Token

PASSIVE = "passive"
WILL = "will"
NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})


@cache
def controllers() -> dict[str, frozenset[str]]:
    """Verbs by the preposition that joins a verbal noun to them (`controllers.tsv`)."""
    return {preposition: frozenset(verbs.split()) for preposition, verbs in rows("controllers.tsv")}


@cache
def occasions() -> dict[str, str]:
    """The verb that an occasion stands for under a verb of will (`occasion_verbs.tsv`)."""
    return {key(noun): verb for verb, noun in rows("occasion_verbs.tsv")}


def infinitives(tokens: list[Token], groups: Collection[int]) -> None:
    """Makes verbs of the verbal nouns under controlling verbs; تم and جرى become their passive auxiliaries."""
    for i, token in enumerate(tokens):
        if token.pos not in ("NOUN", "VERB", "PROPN", "ADJ") or i in groups or token.head == i:
            continue
        outer = tokens[token.head]
        if outer.pos != "VERB" or token.head > i or ("Tense=" in token.morph and token.dep == "ccomp"):
            continue
        table = controllers()
        verb = masdars().get(key(token.text.removeprefix("ال"))) or masdars().get(key(token.lemma))
        if verb is None and outer.lemma in table[WILL]:
            verb = occasions().get(key(token.text.removeprefix("ال")))
        if verb is None:
            continue
        if key(token.text) in list_keys("grounds.txt") and i + 1 < len(tokens) and tokens[i + 1].text == "على":
            continue
        preposition = _preposition(tokens, i)
        if outer.lemma in table[PASSIVE] and not preposition and token.dep in ("nsubj", "nsubj:pass", "obj", "ccomp"):
            _passive(tokens, i, verb)
        elif outer.lemma in table.get(preposition or "-", frozenset()):
            if not preposition and (token.dep not in ("obj", "ccomp", "xcomp", "acl:relcl", "advcl", "obl", "nmod")):
                continue
            _active(tokens, i, verb)


def _preposition(tokens: list[Token], i: int) -> str:
    return next((t.lemma for t in tokens[:i] if t.head == i and t.dep == "case"), "")


def _active(tokens: list[Token], i: int, verb: str) -> None:
    tokens[i] = replace(tokens[i], pos="VERB", lemma=verb, dep="xcomp", morph="VerbForm=Vnoun")
    for j, other in enumerate(tokens):
        if other.head == i and other.dep == "case":
            tokens[j] = replace(other, dep="mark")
    _patient(tokens, i, "obj")


def _passive(tokens: list[Token], i: int, verb: str) -> None:
    head = tokens[i].head
    outer = tokens[head]
    tokens[i] = replace(tokens[i], pos="VERB", lemma=verb, morph="VerbForm=Vnoun|Voice=Pass")
    tokens[i] = replace(tokens[i], head=i if outer.head == head else outer.head, dep=outer.dep)
    tokens[head] = replace(outer, pos="AUX", head=i, dep="aux")
    for j, other in enumerate(tokens):
        if other.head == head and j not in (i, head):
            tokens[j] = replace(other, head=i)
    _patient(tokens, i, "nsubj:pass")


def _patient(tokens: list[Token], i: int, dep: str) -> None:
    """The first bare nominal under the verbal noun is what it acts on; phrases below it stay where they are."""
    if any(t.head == i and t.dep == dep for t in tokens):
        return
    for j in range(i + 1, len(tokens)):
        other = tokens[j]
        cased = any(t.head == j and t.dep == "case" for t in tokens)
        if other.head == i and other.pos in NOMINAL and not cased and not is_time(other):
            tokens[j] = replace(other, dep=dep)
            return
