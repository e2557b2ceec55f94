"""Sentences on their way to the parser: cut into clauses, with names and dates grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.actors.mention import Mention
from dragoman.language.datelines import DATELINE
from dragoman.language.dates import DateExpression
from dragoman.language.sentence import Group
from dragoman.language.stand_ins import stand_ins


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence to be parsed, with what linking and the calendar found in it (offsets of the segment's text).

    `text` is empty where the sentence cannot hold an event and is not parsed.
    """

    segment: int
    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]


def clauses(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences cut at semicolons outside quotation marks, without the dateline: shorter trees, fewer mistakes."""
    for start, end in sentences:
        low = start
        if not text[:start].strip() and (dateline := DATELINE.match(text, start, end)) is not None:
            low = dateline.end()
        for cut in re.finditer(r"[;؛]\s+|\s+\|\s+", text[start:end]):
            if text.count("“", low, start + cut.start()) == text.count("”", low, start + cut.start()):
                yield low, start + cut.start()
                low = start + cut.end()
        yield low, end


def groups_of(unit: Unit, language: str) -> list[Group]:
    """What the parser should see as one plain word: names with titles, owned groups, dates.

    A parser trained on little text trips over names it has never seen, so each is shown as a common one of its kind.
    """
    plain = stand_ins(language)
    groups: list[Group] = []
    for mention in unit.mentions:
        start, end = mention.start - unit.start, mention.end - unit.start
        text = unit.text[start:end]
        if mention.form in ("pronoun", "pair", "suffix"):
            continue
        if mention.form == "adj":
            groups.append(Group(start, end, plain.get("adj", text), "ADJ", "adj"))
        elif mention.kind in ("group", "role") or mention.form == "title":
            if " " in text:
                groups.append(
                    Group(
                        start,
                        end,
                        text.split()[-1] if mention.kind != "person" else plain.get("role", text),
                        "NOUN",
                        mention.kind,
                    )
                )
        else:
            groups.append(Group(start, end, plain.get(mention.kind, text.split()[-1]), "PROPN", mention.kind))
    for expression in unit.dates:
        start, end = expression.start - unit.start, expression.end - unit.start
        text = unit.text[start:end]
        if " " in text and not any(g.start < end and start < g.end for g in groups):
            groups.append(Group(start, end, text.split()[-1], "NOUN", "date"))
    groups.sort(key=lambda g: g.start)
    kept: list[Group] = []
    for group in groups:
        if not kept or group.start >= kept[-1].end:
            kept.append(group)
    return kept
