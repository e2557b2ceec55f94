"""Gerunds that a parser takes for attributes of their object."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dragoman.language.sentence import Token


def free_gerunds(tokens: list[Token], governing: Collection[str]) -> None:
    """ "Followed Oman in **normalising** ties": puts such gerunds at the head of their clause, in `tokens` itself.

    `governing` are the lemmas of verbs that before a noun govern it ("arming rebels") and seldom describe it
    ("warring factions").
    """
    for i, token in enumerate(tokens):
        if token.dep == "amod" and token.pos == "VERB" and token.lemma.lower() in governing:
            _free(tokens, i)


def _free(tokens: list[Token], gerund: int) -> None:
    noun = tokens[gerund].head
    before = tokens[gerund - 1] if gerund else None
    if not tokens[gerund].text.endswith("ing") or noun < gerund or before is None:
        return
    if before.pos not in ("ADP", "SCONJ") or before.head != noun or tokens[noun].head == noun:
        return
    above = tokens[noun].head
    tokens[gerund - 1] = replace(before, head=gerund, dep="mark", pos="SCONJ")
    relation = "advcl" if tokens[above].pos in ("VERB", "AUX") else "acl"
    tokens[gerund] = replace(tokens[gerund], head=above, dep=relation)
    tokens[noun] = replace(tokens[noun], head=gerund, dep="obj")
