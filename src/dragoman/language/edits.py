"""Reading and changing a tree that is still a list of tokens: what the rules that mend trees share."""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.sentence import Token


def children(tokens: list[Token], index: int) -> list[int]:
    """The tokens that hang on `index`."""
    return [i for i, t in enumerate(tokens) if t.head == index and i != index]


def relabel(tokens: list[Token], index: int, dep: str, head: int | None = None) -> None:
    """Gives a token another relation, and another head if one is named."""
    tokens[index] = replace(tokens[index], dep=dep, head=tokens[index].head if head is None else head)


def finite(tokens: list[Token], index: int) -> bool:
    """Whether a verb stands in a finite form, its own or its auxiliary's."""
    return "VerbForm=Fin" in tokens[index].morph or any(
        t.head == index and t.dep.startswith("aux") and "VerbForm=Fin" in t.morph for t in tokens
    )


def is_above(tokens: list[Token], top: int, index: int) -> bool:
    """Whether `index` is `top` or hangs below it."""
    for _ in tokens:
        if index == top:
            return True
        if tokens[index].head == index:
            return False
        index = tokens[index].head
    return False
