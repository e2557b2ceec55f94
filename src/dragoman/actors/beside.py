"""What stands beside a group and tells plainly whose it is: a genitive, a leader, a person, a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.actors.anaphora import Anaphora
from dragoman.actors.led import LEADER_REACH, leader_start
from dragoman.actors.memory import OFFICIAL, TextUnit
from dragoman.actors.mention import Mention
from dragoman.actors.phrases import Phrase
from dragoman.actors.registry import NameMatch, Registry
from dragoman.language.grammar import Grammar, grammar

POSSESSORS = frozenset({"person", "state", "organisation", "group", "role"})
NAMING = frozenset({"state", "organisation", "group", "person"})
NAME_REACH = 40  # code points in which the name of whose government it is ends
AROUND = frozenset({"around", "outside", "inside"})  # "around Israel's embassy" is not in Israel
NEAR = 14  # code points between a group and the place it stands in


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a text, with the names that the text has."""

    unit: TextUnit
    matches: Sequence[NameMatch]
    start: int
    end: int

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from every other sentence of the article."""
        return id(self.unit), self.start


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that a sentence names: the offset, the country, and the preposition before it."""

    start: int
    country: str
    preposition: str


class Beside(Anaphora):
    """Reads whose a group is off the words right beside it, and the places that a sentence names."""

    def __init__(self, registry: Registry, date: str | None) -> None:
        super().__init__(registry, date)
        self._here: Passage | None = None  # the sentence being linked
        self._before: Passage | None = None  # the one before it
        self._placed: dict[tuple[int, int], list[Placed]] = {}

    def _go_to(self, unit: TextUnit, start: int, end: int) -> None:
        """Begin with the next sentence."""
        self._before, self._here = self._here, Passage(unit, self._matches_here, start, end)
        self._placed = {k: v for k, v in self._placed.items() if self._before and k == self._before.key}

    def _told_beside(self, unit: TextUnit, before: list[Mention], phrase: Phrase) -> Iterator[str | None]:
        """The countries of whoever stands before a group in the genitive, is behind it with "of", or leads it."""
        if before and self._his(unit, before[-1], phrase):
            yield before[-1].actors[0].country
        if before and before[-1].kind in POSSESSORS and _genitive(unit.text[before[-1].end : phrase.start]):
            yield before[-1].actors[0].country
        role = phrase.role.role if phrase.role else None
        if role is not None and role.kind == "institution":
            yield self._of_person(unit, phrase)
        yield self._of_those_in(unit, phrase)
        yield self._led_by(unit, phrase, grammar(unit.language))

    def _his(self, unit: TextUnit, mention: Mention, phrase: Phrase) -> bool:
        """ "Nancy Pelosi and **her** immediate family": a pronoun that stands for whoever was named right before."""
        between = unit.text[mention.end : phrase.start].lower().split()
        words = grammar(unit.language)
        if not 1 < len(between) < 4 or between[0] not in words["and"]:
            return False
        return mention.known and between[1] in words["possessive"]

    def _of_person(self, unit: TextUnit, phrase: Phrase) -> str | None:
        """ "The government of Daniel Noboa": the country of the person behind "of"."""
        behind = unit.text[phrase.end : phrase.end + NAME_REACH]
        words = behind.split(maxsplit=1)
        if len(words) < 2 or words[0].lower() not in grammar(unit.language)["genitive"]:
            return None
        for match in self._named_in(phrase.end, phrase.end + NAME_REACH):
            gap = unit.text[phrase.end : match.start].split()[1:]
            if match.kind == "person" and all(w[:1].isupper() for w in gap):
                known = self.memory.names.get(unit.text[match.start : match.end].lower())
                person = self.registry.person(match.ids[0])
                return known.country if known is not None else person.country if person is not None else None
        return None

    def _of_those_in(self, unit: TextUnit, phrase: Phrase) -> str | None:
        """ "Representatives of the warring sides in Yemen": the country that those behind "of" are in."""
        words = grammar(unit.language)
        for match in self._named_in(phrase.end, phrase.end + LEADER_REACH):
            if match.kind in ("state", "adj"):
                gap = unit.text[phrase.end : match.start].split()
                inside = len(gap) > 2 and gap[0].lower() in words["genitive"] and gap[-1].lower() in words["locative"]
                return match.ids[0] if inside and all(w.isalpha() and w.islower() for w in gap) else None
        return None

    def _led_by(self, unit: TextUnit, phrase: Phrase, words: Grammar) -> str | None:
        """ "A delegation led by Javad Zarif": the country of whoever leads it."""
        if (start := leader_start(unit.text, phrase.end, words)) is None:
            return None
        named = [m for m in self._named_in(start, start + LEADER_REACH) if m.kind in ("person", "state", "adj")]
        if not named:
            return None
        if named[0].kind != "person":
            return named[0].ids[0]
        person = self.registry.person(named[0].ids[0])
        known = self.memory.names.get(unit.text[named[0].start : named[0].end].lower())
        return known.country if known is not None else person.country if person is not None else None

    def _official_behind(self, unit: TextUnit, phrase: Phrase, sentence: tuple[int, int]) -> str | None:
        """ "Opposition parties called on Mr Pashinyan to resign": the country of the first official named behind."""
        for match in self._named_in(phrase.end, sentence[1]):
            said = unit.text[match.start : match.end]
            if match.kind == "person":
                known = self.memory.names.get(said.lower())
                return known.country if known is not None and known.sector in OFFICIAL else None
            if match.kind != "role":
                return None
        return None

    def _named_in(self, start: int, end: int) -> list[NameMatch]:
        """The names of the text being read that stand wholly between two offsets."""
        return [m for m in self._matches_here if start <= m.start and m.end <= end]

    def _places_in(self, passage: Passage) -> list[Placed]:
        """The places behind "in", "at", "of" in a sentence, in the order of the text."""
        if passage.key not in self._placed:
            self._placed[passage.key] = list(self._find_places(passage))
        return self._placed[passage.key]

    def _find_places(self, passage: Passage) -> Iterator[Placed]:
        unit, low = passage.unit, passage.start
        text = unit.text[low : passage.end]
        at_place = _at_place(unit.language)
        if at_place is None or not at_place[0].search(text):
            return
        inside = (m for m in passage.matches if low <= m.start and m.end <= passage.end)
        near = [(m.start - low, m.end - low, m.ids[0]) for m in inside if m.kind in ("capital", "state")]
        known = {start for start, _, _ in near}
        near += [
            (p.start, p.end, p.places[0].country)
            for p in self.registry.places(text, unit.language)
            if p.start not in known
        ]
        for start, end, country in sorted(near):
            found = at_place[1].search(text[max(0, start - NAME_REACH) : start])
            if found is not None and not (found[1].lower() in AROUND and text[end + 1 : end + 2] == "s"):
                yield Placed(low + start, country, found[1].lower())


@cache
def _at_place(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Patterns of the words that place something: anywhere, and at the end of what stands before a name."""
    words = grammar(language)
    if not words["place"]:
        return None
    forms = "|".join(map(re.escape, sorted(words["place"] | words["reached"], key=len, reverse=True)))
    articles = "|".join(map(re.escape, sorted(words["article"], key=len, reverse=True))) or "(?!x)x"
    return re.compile(rf"\b(?:{forms})\b", re.I), re.compile(rf"\b({forms})\s*(?:(?:{articles})\s*)?$", re.I)


def _genitive(between: str) -> bool:
    """Whether nothing but a genitive ending stands between two phrases."""
    return between.strip() in ("'s", "’s", "'", "’", "") and not between.startswith("  ")
