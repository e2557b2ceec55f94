"""Who "we" is inside a quotation: its speaker, so that what is said there has an author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dragoman.actors.mention import Mention
from dragoman.coding.quotes import quotations
from dragoman.language.grammar import Grammar
from dragoman.language.reporting import Reporting


def voiced_mentions(text: str, mentions: list[Mention], words: Grammar, reporting: Reporting) -> list[Mention]:
    """The mentions with one more for every "we" and "I" in a quotation whose speaker is known, in text order."""
    pattern = _pattern(words["we"])
    if pattern is None or not pattern.search(text):
        return mentions
    found: list[Mention] = []
    for quotation in quotations(text, mentions, reporting):
        speaker = quotation.speaker
        if speaker is None or not speaker.known or speaker.form == "pair":
            continue
        for match in pattern.finditer(text, quotation.start, quotation.end):
            start, end = match.span()
            actors = tuple(a.because(f"“{match.group()}” in the words of {a.name or a.code}") for a in speaker.actors)
            if not any(m.start < end and start < m.end for m in mentions):
                found.append(Mention(start, end, start, end, actors, "pronoun", "pronoun"))
    return sorted([*mentions, *found], key=lambda m: m.start) if found else mentions


def all_voiced(
    texts: Sequence[str], linked: Sequence[list[Mention]], words: Sequence[tuple[Grammar, Reporting]]
) -> list[list[Mention]]:
    """`voiced_mentions` of several texts with the grammar and the reporting words of each."""
    return [
        voiced_mentions(text, mentions, grammar, reporting)
        for text, mentions, (grammar, reporting) in zip(texts, linked, words, strict=True)
    ]


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
