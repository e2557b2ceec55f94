"""The date expressions of a sentence, and which of its words each of them stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.coding.tree import Tree
from dragoman.language.dates import DateExpression

TERMS = frozenset({"by", "within", "until"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A date expression of a sentence with the tokens it stands on (offsets of the sentence's text)."""

    expression: DateExpression
    tokens: tuple[int, ...]
    start: int
    end: int
    spoken: bool = False  # between quotation marks: counted from the day on which it was said


def moments(
    tree: Tree, expressions: list[DateExpression], shift: int, quoted: Iterable[tuple[int, int]] = ()
) -> list[Moment]:
    """The date expressions inside a sentence starting at `shift` of their text, of which `quoted` is spoken."""
    found = []
    for expression in expressions:
        start, end = expression.start - shift, expression.end - shift
        tokens = tuple(i for i, t in enumerate(tree.tokens) if t.start < end and start < t.end)
        if tokens:
            spoken = any(low <= expression.start < high for low, high in quoted)
            found.append(Moment(expression, tokens, start, end, spoken))
    return found


def inside(tree: Tree, heads: Iterable[int], found: list[Moment]) -> Moment | None:
    """The date inside a noun phrase: that of the occasion which the noun names."""
    under = {i for head in heads for i in tree.subtree(head)}
    return next((m for m in found if m.expression.relation not in TERMS - {"by"} and under.issuperset(m.tokens)), None)
