"""Words that look like an actor and name none: "Iran-backed rebels", "a state of emergency", "des missiles"."""

from __future__ import annotations

import re

from dragoman.actors.memory import TextUnit
from dragoman.actors.phrases import Phrase
from dragoman.actors.registry import NameMatch
from dragoman.language.grammar import Grammar

COUNTRY_WORDS = frozenset({"state", "adj", "people", "capital", "seat", "organisation"})
ABSTRACT = frozenset({"government", "state_generic", "troops", "parliament"})  # keys of nouns that may mean no body


def apart(text: str, match: NameMatch, words: Grammar) -> bool:
    """ "Pro-Kremlin activists", "Iran-backed rebels", "Russian-speaking miners": who is not the state so named."""
    if match.kind not in COUNTRY_WORDS:
        return False
    before = text[max(0, match.start - 5) : match.start].lower()
    if before[-1:] == "-" and match.kind != "seat" and re.split(r"\W", before[:-1])[-1] in words["apart-before"]:
        return True
    behind = re.match(r"-(\w+)", text[match.end : match.end + 16].lower())
    return behind is not None and behind.group(1) in words["apart-behind"]


def bare(phrase: Phrase) -> bool:
    """Whether a phrase is no more than a title or a word for a group."""
    return not (phrase.person or phrase.name or phrase.owner)


def no_actor(unit: TextUnit, phrase: Phrase, words: Grammar) -> bool:
    """ "A state of emergency", "by force", "a change of government": a bare noun in the singular that names nobody."""
    role = phrase.role
    if role is None or role.plural or not bare(phrase) or phrase.possessive or unit.text[role.start].isupper():
        return False
    before = unit.text[max(0, role.start - 12) : role.start].lower().split()
    if role.role is not None and role.role.key in ABSTRACT and before and before[-1] in words["bare-behind"]:
        return True
    return role.role is not None and role.role.key in ABSTRACT and unit.text[role.end :].startswith(" of emergency")


def weak_group(phrase: Phrase) -> bool:
    """ "Des missiles", "le pays": a group that is often none, without a word on whose it is."""
    role = phrase.role.role if phrase.role is not None else None
    if role is None or role.kind != "group" or phrase.owner or phrase.possessive or phrase.person or phrase.name:
        return False
    return phrase.role is not None and "weak" in phrase.role.note
