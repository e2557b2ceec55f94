"""Groups and their leaders: "a delegation led by Javad Zarif", "le Conseil, présidé par Idriss Déby"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dragoman.actors.mention import Mention
from dragoman.language.grammar import Grammar, grammar

LEADER_REACH = 60  # code points in which the name of a leader begins
GROUPS = frozenset({"role", "group", "organisation"})


def leader_start(text: str, end: int, words: Grammar) -> int | None:
    """Where a leader is named behind a group that ends at `end`; None where nothing says that somebody leads it."""
    if not words["led-by"]:
        return None
    found = _behind(words.language).match(text, end)
    return found.end() if found is not None else None


def led(text: str, mentions: Sequence[Mention], words: Grammar) -> dict[int, Mention]:
    """By the id of each group's mention, the mention of its leader, where the two are of one country."""
    leaders = {}
    for mention in mentions:
        if mention.kind not in GROUPS or len(mention.actors) != 1:
            continue
        start = leader_start(text, mention.end, words)
        if start is None:
            continue
        person = next((m for m in mentions if m.kind == "person" and 0 <= m.start - start < LEADER_REACH), None)
        if person is not None and person.actors[0].country == mention.actors[0].country:
            leaders[id(mention)] = person
    return leaders


@cache
def _behind(language: str) -> re.Pattern[str]:
    """What stands between a group and the name of its leader, the title aside."""
    words = grammar(language)
    forms = "|".join(map(re.escape, sorted(words["led-by"], key=len, reverse=True)))
    articles = "|".join(map(re.escape, sorted(words["article"], key=len, reverse=True))) or "(?!x)x"
    return re.compile(rf",?(?: \w+){{0,2}}? (?:{forms})\s+(?:(?:{articles})\s*)?", re.I)
