"""What the trained tree often gets wrong and word order tells for sure: small amendments after parsing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.language.sentence import Token

ADNOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})


def amend(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with labels made consistent: prepositions as `case`, nouns under prepositions as `obl` or `nmod`."""
    fixed = list(tokens)
    _prepositions(fixed)
    _objects(fixed)
    return fixed


def _prepositions(tokens: list[Token]) -> None:
    """A preposition right before a nominal is its `case`; the nominal is then no subject or object."""
    for i in range(len(tokens) - 1):
        token, after = tokens[i], tokens[i + 1]
        if token.pos != "ADP" or after.pos not in ADNOMINAL or token.dep == "fixed" or after.dep == "fixed":
            continue
        if any(t.head == i and t.dep != "fixed" for t in tokens if t is not token):
            continue
        if token.head != i + 1 and after.head != i:
            tokens[i] = replace(token, head=i + 1, dep="case")
        case = tokens[i].head == i + 1 and tokens[i].dep == "case"
        if case and after.dep in ("nsubj", "obj", "nsubj:pass") and after.head != i + 1:
            verbal = tokens[after.head].pos in ("VERB", "AUX", "ADJ")
            tokens[i + 1] = replace(after, dep="obl" if verbal else "nmod")


def _objects(tokens: list[Token]) -> None:
    """A pronoun written onto a verb is its object."""
    for i in range(1, len(tokens)):
        token, before = tokens[i], tokens[i - 1]
        if token.pos == "PRON" and before.pos == "VERB" and before.end == token.start and len(token.text) < 4:
            tokens[i] = replace(token, head=i - 1, dep="obj")
