"""Names put beside the names they belong with: pairs, lists and descriptions that the parser tore apart."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.sayings import has
from dragoman.coding.tree import base
from dragoman.language.sentence import Token

HUNG = frozenset({"xcomp", "ccomp", "advcl", "acl"})  # what a parser makes of "visiting" before a name


def pair_names(tokens: list[Token], names: set[int]) -> None:
    """ "India-Pakistan talks": two names that a hyphen joins before a noun share its place."""
    for i in range(len(tokens) - 3):
        first, sign, second, noun = tokens[i : i + 4]
        if i in names and i + 2 in names and sign.text in ("-", "–") and noun.pos == "NOUN":
            tokens[i] = replace(first, head=i + 3, dep="compound")
            tokens[i + 2] = replace(second, head=i, dep="conj")


def pair_parties(tokens: list[Token], pairing: frozenset[str]) -> None:
    """ "A call between the minister and his counterpart underlined …": the second party is none of the verb's."""
    for i, sign in enumerate(tokens):
        first = sign.head
        if sign.text.lower() not in pairing or sign.dep != "case" or first <= i:
            continue
        joint = next((k for k in range(first + 1, min(len(tokens), first + 8)) if tokens[k].pos == "CCONJ"), None)
        if joint is None or any(tokens[k].pos == "VERB" for k in range(first + 1, joint)):
            continue
        second = next((k for k in range(joint + 1, len(tokens)) if tokens[k].pos in ("NOUN", "PROPN", "PRON")), None)
        if second is None or tokens[second].dep not in ("nsubj", "nsubj:pass") or tokens[second].head < second:
            continue
        _coordinate(tokens, first, joint, second)


def pair_places(tokens: list[Token], names: set[int]) -> None:
    """ "Fighting in Sudan and Chad has displaced …": the second place is no second subject."""
    for second in names:
        if base(tokens[second].dep) != "nsubj":
            continue
        joint = second - 1
        while joint > 0 and tokens[joint].pos == "DET":
            joint -= 1
        first = joint - 1
        if first not in names or tokens[joint].pos != "CCONJ" or not has(tokens, first, "case"):
            continue
        _coordinate(tokens, first, joint, second)


def _coordinate(tokens: list[Token], first: int, joint: int, second: int) -> None:
    """Hang what the parser took for a further subject of a verb on the name that the conjunction joins it to."""
    if any(base(t.dep) == "nsubj" and t.head == tokens[second].head for t in tokens[:first]):
        tokens[second] = replace(tokens[second], head=first, dep="conj")
        tokens[joint] = replace(tokens[joint], head=second, dep="cc")


def join_names(tokens: list[Token], names: set[int]) -> None:
    """ "Met the president, X, and the speaker, **Y**": a bare name coordinated with a verb goes with what the verb
    has before it."""
    for i in names:
        verb = tokens[i].head
        if tokens[i].dep != "conj" or tokens[verb].pos != "VERB" or verb > i or tokens[i].pos not in ("NOUN", "PROPN"):
            continue
        if has(tokens, i, "case") or has(tokens, i, "cop") or has(tokens, i, "nsubj") or not has(tokens, i, "cc"):
            continue
        before = [k for k in range(verb + 1, i) if tokens[k].head == verb and base(tokens[k].dep) in ("obj", "obl")]
        if before and before[-1] in names:
            tokens[i] = replace(tokens[i], head=before[-1])


def hang_modifiers(tokens: list[Token], names: set[int], modifiers: frozenset[str]) -> None:
    """ "Welcomed **visiting** President Patil", "talks with visiting …": no act of whoever welcomes or talks."""
    for i in range(1, len(tokens) - 1):
        token, before = tokens[i], tokens[i - 1]
        if token.pos != "VERB" or i + 1 not in names or tokens[i + 1].head != i:
            continue
        if before.pos not in ("VERB", "ADJ", "ADP"):
            continue
        if token.text.lower() not in modifiers or token.dep not in HUNG or has(tokens, i, "nsubj"):
            continue
        role, head = ("obl", token.head) if before.pos == "ADP" else ("obj", i - 1)
        tokens[i + 1] = replace(tokens[i + 1], head=head, dep=role)
        for k, t in enumerate(tokens):
            if t.head == i and k != i + 1:
                tokens[k] = replace(t, head=i + 1 if k == i - 1 else head)
        if before.dep == "mark":
            tokens[i - 1] = replace(tokens[i - 1], head=i + 1, dep="case")
        tokens[i] = replace(token, pos="ADJ", dep="amod", head=i + 1)


def name_relations(tokens: list[Token], names: set[int], relational: frozenset[str]) -> None:
    """ "Accused US **rivals** China and Russia of …": a noun for what they are to somebody, not a verb."""
    for i, token in enumerate(tokens[:-1]):
        verb = token.head
        if token.pos != "VERB" or token.text.lower() not in relational or i + 1 not in names:
            continue
        if token.dep not in HUNG or tokens[verb].pos != "VERB" or verb > i or tokens[i + 1].head != i:
            continue
        for k, t in enumerate(tokens):
            if t.head == i and k != i + 1:
                tokens[k] = replace(t, head=i, dep="compound") if k < i else replace(t, head=verb)
        if i - 1 in names and tokens[i - 1].head == verb and tokens[i - 1].dep == "obj":
            tokens[i - 1] = replace(tokens[i - 1], head=i, dep="compound")
        tokens[i] = replace(token, pos="NOUN", dep="obj", morph="Number=Plur")
        tokens[i + 1] = replace(tokens[i + 1], dep="appos")
