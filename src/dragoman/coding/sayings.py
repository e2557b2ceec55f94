"""Parses mended where somebody says something: what is said, by whom, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.tree import base
from dragoman.language.sentence import Token


def part_sayings(tokens: list[Token], saying: frozenset[str]) -> None:
    """ "Seoul said the North had fired and warned that it …": who warns is who said, not who fired."""
    for i, token in enumerate(tokens):
        inner = tokens[token.head]
        if token.dep != "conj" or token.lemma.lower() not in saying or inner.dep != "ccomp" or token.head >= i:
            continue
        outer = tokens[inner.head]
        told = any(t.head == i and t.dep == "ccomp" for t in tokens)
        bare = not any(t.head == i and base(t.dep) in ("nsubj", "aux", "mark") for t in tokens)
        other_tense = any(t.head == token.head and t.dep == "aux" for t in tokens)
        if told and bare and other_tense and outer.lemma.lower() in saying and inner.lemma.lower() not in saying:
            tokens[i] = replace(token, head=inner.head)


def join_sayings(tokens: list[Token], said: frozenset[str]) -> None:
    """ "Paris said Rome had begun it and warned that …": who says goes on to warn, not who began."""
    for verb, token in enumerate(tokens):
        inner = token.head
        outer = tokens[inner].head
        if token.dep != "conj" or token.lemma.lower() not in said or tokens[inner].dep != "ccomp":
            continue
        if tokens[outer].lemma.lower() not in said or tokens[inner].lemma.lower() in said:
            continue
        kids = [base(t.dep) for t in tokens if t.head == verb]
        if "ccomp" in kids and not {"nsubj", "mark"} & set(kids):
            tokens[verb] = replace(token, head=outer)


def complete_sayings(tokens: list[Token], said: frozenset[str]) -> None:
    """ "Complained on Monday that X had …": the clause is what was said, not a circumstance of saying it."""
    for i, token in enumerate(tokens):
        if token.dep != "advcl" or token.head >= i or tokens[token.head].lemma.lower() not in said:
            continue
        if any(t.head == i and t.dep == "mark" and t.pos == "SCONJ" and t.lemma.lower() == "that" for t in tokens):
            tokens[i] = replace(token, dep="ccomp")


def free_judged_objects(tokens: list[Token], predicative: frozenset[str]) -> None:
    """ "Dismissed as baseless the claim that …": the object behind the judgement belongs to the verb before it."""
    for i, token in enumerate(tokens):
        judgement, verb = token.head, tokens[token.head].head
        if token.dep != "obj" or tokens[judgement].pos != "ADJ" or not verb < judgement < i:
            continue
        marked = any(t.head == judgement and t.lemma.lower() in predicative for t in tokens[verb:judgement])
        if marked and tokens[verb].pos == "VERB" and not any(t.head == verb and t.dep == "obj" for t in tokens):
            tokens[i] = replace(token, head=verb)


def hang_comments(tokens: list[Token], things: frozenset[str]) -> None:
    """ "Peru accused Chile of …, a charge Santiago denies": what is said of a clause stands behind it, not above it."""
    for verb, token in enumerate(tokens):
        subject = next((k for k, t in enumerate(tokens[:verb]) if t.head == verb and t.dep == "nsubj"), None)
        if subject is None or ("VerbForm=Fin" not in token.morph and not has(tokens, verb, "aux")):
            continue
        thing = next((k for k in range(subject - 1, max(0, subject - 4), -1) if tokens[k].pos != "DET"), 0)
        if tokens[thing].lemma.lower() not in things or tokens[thing].head not in (subject, verb):
            continue
        first = min([thing, *(k for k, t in enumerate(tokens) if t.head == thing and t.dep in ("det", "amod"))])
        told = next((k for k in range(first - 2, -1, -1) if tokens[k].pos == "VERB" and tokens[k].head == verb), None)
        if tokens[first - 1].text != "," or told is None or has(tokens, verb, "obj"):
            continue
        above = told if token.head == verb else token.head
        tokens[told] = replace(tokens[told], head=above, dep=token.dep)
        tokens[thing] = replace(tokens[thing], head=told, dep="appos")
        tokens[verb] = replace(token, head=thing, dep="acl:relcl")


def has(tokens: list[Token], index: int, relation: str) -> bool:
    """Whether a token has a child in a relation."""
    return any(t.head == index and base(t.dep) == relation for t in tokens)
