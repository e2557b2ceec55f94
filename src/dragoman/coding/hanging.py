"""Parses mended: days hung on the verb that they stand with."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.tree import base
from dragoman.language.sentence import Token

CLAUSES = ("ccomp", "advcl", "acl", "parataxis")


def days_before_commas(tokens: list[Token], dates: set[int]) -> None:
    """ "Missiles struck the port on Saturday, a day after …": a day goes with the verb before it, not past a comma."""
    for i in dates:
        head = tokens[i].head
        if head <= i or not any(t.text == "," for t in tokens[i:head]) or not tokens[i].dep.startswith(("obl", "nmod")):
            continue
        verb = i - 1
        while verb >= 0 and tokens[verb].pos != "PUNCT" and "VerbForm=Fin" not in tokens[verb].morph:
            verb -= 1
        if verb >= 0 and tokens[verb].pos == "VERB":
            tokens[i] = replace(tokens[i], head=verb, dep="obl")


def days_after_conjunctions(tokens: list[Token], dates: set[int]) -> None:
    """ "Lima demanded a retreat, and on 17 July marines took the post": a day right behind a conjunction goes with the
    next verb that has a subject of its own."""
    for i in dates:
        before = i - 1
        while before >= 0 and (before in dates or tokens[before].pos in ("ADP", "DET")):
            before -= 1
        head = tokens[i].head
        if before < 0 or tokens[before].pos != "CCONJ" or head > before or tokens[head].pos != "VERB":
            continue
        verb = next((k for k in range(i + 1, len(tokens)) if _own_clause(tokens, k, i)), None)
        if verb is not None:
            tokens[i] = replace(tokens[i], head=verb, dep="obl")


def days_after_later_verbs(tokens: list[Token], dates: set[int]) -> None:
    """ "Turkey closed its airspace and Iran shut its border **on Sunday**": a day goes with the last verb before it, no
    matter that the parser hung it on an earlier one.

    A verb in a clause below the first takes the day only where the first has another: "protested on 5 May that Iran had
    hit the ship **on 3 May**".
    """
    for i in dates:
        head = tokens[i].head
        if head in dates or head >= i or tokens[head].pos != "VERB":
            continue
        between = [k for k in range(head + 1, i) if tokens[k].pos == "VERB" and _finite_with_subject(tokens, k, head)]
        between = [k for k in between if _under(tokens, k, head)]
        if not between:
            continue
        verb = between[-1]
        other = any(t.head == head and k in dates and k < verb for k, t in enumerate(tokens))
        alongside = tokens[verb].dep == "conj" and tokens[verb].head == head
        if alongside or (other and tokens[verb].dep.startswith(CLAUSES)):
            tokens[i] = replace(tokens[i], head=verb, dep="obl")


def days_to_be_done(tokens: list[Token], dates: set[int], resolving: frozenset[str]) -> None:
    """ "Agreed to meet in October": a day behind what was agreed upon goes with that."""
    for i in dates:
        verb = tokens[i].head
        if verb >= i or tokens[verb].lemma.lower() not in resolving:
            continue
        for k in range(verb + 1, i):
            if tokens[k].head == verb and tokens[k].dep == "xcomp" and "VerbForm=Inf" in tokens[k].morph:
                tokens[i] = replace(tokens[i], head=k, dep="obl")
                break


def _finite_with_subject(tokens: list[Token], verb: int, after: int) -> bool:
    """Whether a verb tells of somebody named behind the token `after`, by itself or by its auxiliary."""
    children = [(k, t) for k, t in enumerate(tokens) if t.head == verb and k != verb]
    finite = "VerbForm=Fin" in tokens[verb].morph or any(base(t.dep) == "aux" for _, t in children)
    return finite and any(base(t.dep) == "nsubj" and k > after for k, t in children)


def _under(tokens: list[Token], index: int, top: int) -> bool:
    """Whether a token is below another."""
    for _ in tokens:
        if index == top:
            return True
        index = tokens[index].head
    return False


def _own_clause(tokens: list[Token], verb: int, after: int) -> bool:
    """Whether a verb of a main clause has a subject behind the token `after`."""
    token = tokens[verb]
    main = token.pos == "VERB" and base(token.dep) in ("conj", "root", "parataxis")
    if not main or "VerbForm=Fin" not in token.morph:
        return False
    return any(t.head == verb and k > after and base(t.dep) == "nsubj" for k, t in enumerate(tokens))
