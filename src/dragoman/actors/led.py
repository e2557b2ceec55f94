"""One party told twice: "a delegation led by Javad Zarif", "his deputy, General Kerenkeno, head of the army"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from dragoman.actors.mention import Mention
from dragoman.actors.persons import RANKS
from dragoman.language.grammar import Grammar, grammar

LEADER_REACH = 60  # code points in which the name of a leader begins
_APPOSED = re.compile(r", (?:an? )?")
_POSTED = re.compile(r" (?:in|to|at|for) (?:the )?$")
GROUPS = frozenset({"role", "group", "organisation"})


def leader_start(text: str, end: int, words: Grammar) -> int | None:
    """Where a leader is named behind a group that ends at `end`; None where nothing says that somebody leads it."""
    if not words["led-by"]:
        return None
    found = _behind(words.language).match(text, end)
    return found.end() if found is not None else None


def _voice_start(text: str, end: int, words: Grammar) -> int | None:
    """Where somebody is named through whom a state speaks: "Ankara, **through its minister, Hulusi Akar**, …"."""
    found = next((w for w in words["voice"] if text.startswith(f", {w} ", end)), None)
    return None if found is None else end + len(found) + 3


def led(text: str, mentions: Sequence[Mention], words: Grammar) -> dict[int, Mention]:
    """By the id of each group's mention, the mention of its leader, where the two are of one country."""
    leaders = {}
    for mention in mentions:
        if mention.kind not in GROUPS | {"state"} or len(mention.actors) != 1:
            continue
        start = leader_start(text, mention.end, words)
        if mention.kind == "state" or start is None:
            start = _voice_start(text, mention.end, words)
        if start is None:
            continue
        person = next((m for m in mentions if m.kind == "person" and 0 <= m.start - start < LEADER_REACH), None)
        if person is not None and person.actors[0].country == mention.actors[0].country:
            leaders[id(mention)] = person
    return leaders


def apposed(text: str, mentions: Sequence[Mention], words: Grammar) -> dict[int, Mention]:
    """By the id of a title's mention and of the name's beside it, the one mention that both are.

    "**His deputy, General Kerenkeno**": the name has the country of the title, wherever that is posted ("Chile's
    ambassador in Riga, Ana Soto"). "**Kerenkeno, head of the army**": a title without an article behind a name is no
    further person, unlike the last of a list.
    """
    same: dict[int, Mention] = {}
    for first, second, between in _beside(text, mentions):
        if first.kind == "role" and second.kind == "person" and between == ", ":
            title, name = first.actors[0], second.actors[0]
            own = text[first.start : first.end].split(maxsplit=1)[0].lower() in words["possessive"]
            closed = own or not text[second.end :].strip() or text[second.end] in ",.;)"
            titled = name.office is not None and name.office not in RANKS
            if first.plural or (titled and not own) or not closed or name.country not in (None, title.country):
                continue
            known = name if titled else replace(title, kind=name.kind, id=name.id, name=name.name)
            same[id(first)] = same[id(second)] = replace(second, actors=(known,))
        elif first.kind == "person" and second.kind == "role" and _APPOSED.fullmatch(between):
            person = same.get(id(first), first)
            if second.actors[0].country in (None, person.actors[0].country) and not second.plural:
                same[id(second)] = person
    return same


def _beside(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, str]]:
    """Mentions that stand side by side, and what stands between them, the place where a title is posted left out."""
    for n, (first, second) in enumerate(pairwise(mentions)):
        yield first, second, text[first.end : second.start]
        posted = first.kind == "role" and _POSTED.fullmatch(text, first.end, second.start) is not None
        if posted and n + 2 < len(mentions):
            yield first, mentions[n + 2], text[second.end : mentions[n + 2].start]


@cache
def _behind(language: str) -> re.Pattern[str]:
    """What stands between a group and the name of its leader, the title aside."""
    words = grammar(language)
    forms = "|".join(map(re.escape, sorted(words["led-by"], key=len, reverse=True)))
    articles = "|".join(map(re.escape, sorted(words["article"], key=len, reverse=True))) or "(?!x)x"
    return re.compile(rf",?(?: \w+){{0,2}}? (?:{forms})\s+(?:(?:{articles})\s*)?", re.I)
