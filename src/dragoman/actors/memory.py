"""What an article has said so far: its persons, its states, and who was last called by which name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.actors.mention import Actor, Mention
from dragoman.actors.registry import NameMatch, Registry

DOMESTIC = frozenset({"CVL", "OPP", "COP", "LAB", "EDU", "AGR", "MED", "PTY"})  # groups that act at home
OFFICIAL = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "REB", "PTY", "OPP"})
OBLIQUE = re.compile(
    r"(?:^|[\s’'(])(?:à|au|aux|en|de|du|des|d[’']|dans|avec|contre|vers|pour|sur|chez|entre|par|selon|devant|sous|sans"
    r"|a|al|del|con|contra|hacia|para|sobre|ante|según|tras|desde"
    r"|to|in|of|with|from|against|by|on|at|for|into|between|over|near|towards?|inside|outside|across|via)\s*"
    r"(?:la |le |les |l[’']|el |los |las |the )?$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?؟][\"”’'»)]*\s*$")
FEMININE = re.compile(r"(?:^|\W)(?:la|une|cette)\s+$", re.IGNORECASE)
MASCULINE = re.compile(r"(?:^|\W)(?:le|un|du|au|ce|el|del|al)\s+$", re.IGNORECASE)


@dataclass(slots=True)
class Remembered:
    """An actor met in the text and where."""

    actor: Actor
    sentence: int
    position: int
    first_in_sentence: bool
    surface: str = ""
    oblique: bool = False  # it stood under a preposition
    subject: bool = False  # the first in its sentence that stood under none
    joined: bool = False  # named in one breath with another ("Berlin and Stockholm"): no "he", "she" or "it"
    gender: str = ""  # "he" or "she" where its article says so


@dataclass(slots=True)
class Memory:
    """What the article has said so far."""

    persons: list[Remembered] = field(default_factory=list)
    states: list[Remembered] = field(default_factory=list)
    roles: list[Remembered] = field(default_factory=list)  # officials and institutions without a name
    names: dict[str, Actor] = field(default_factory=dict)  # family name, lower case → the person last called so

    groups: list[tuple[int, tuple[Actor, ...]]] = field(default_factory=list)  # sentence, parties of a plural phrase
    lists: list[tuple[Actor, ...]] = field(default_factory=list)  # states or persons named in one breath, three or more
    owners: dict[str, tuple[str, int]] = field(default_factory=dict)  # kind of group → whose it last was, when
    offices: dict[str, str] = field(default_factory=dict)  # person id → the office the text gives them

    def last_person(self, office: str | None = None, country: str | None = None) -> Actor | None:
        """The latest person that fits."""
        for remembered in reversed(self.persons):
            actor = remembered.actor
            if office and actor.office != office:
                continue
            if country and actor.country != country:
                continue
            return actor
        return None


@dataclass(frozen=True, slots=True)
class TextUnit:
    """A text to be linked: a segment with the offsets of its sentences."""

    text: str
    language: str
    sentences: tuple[tuple[int, int], ...]

    @property
    def cased(self) -> bool:
        """Whether capitals mean names here: not in a headline in capitals or title case."""
        return _cased(self.text)


@lru_cache(maxsize=1)  # asked many times of one text after the other
def _cased(text: str) -> bool:
    firsts = [w[0] for w in text.split() if len(w) > 3 and w[0].isalpha()]
    share = 0.9 if SENTENCE_END.search(text) else 0.6  # headlines have no full stop, and sentences many names
    return bool(firsts) and sum(map(str.isupper, firsts)) < share * len(firsts)


class Context:
    """What every step of linking shares: the registry, the page's date, the memory, and the sentence being read."""

    def __init__(self, registry: Registry, date: str | None) -> None:
        self.registry = registry
        self.date = date
        self.memory = Memory()
        self._actors: dict[tuple[str, str | None, str], Actor] = {}  # by person, office and reason
        self._sentence = 0
        self._matches_here: Sequence[NameMatch] = ()  # of the text being read
        self._main: str | None = None  # the state that the page names most
        self._most_named: tuple[str, ...] = ()  # the page's states, the most named first
        self._times: Counter[str] = Counter()  # how often it names each
        self._subject: str | None = None  # the country of whom the sentence before was about
        self._own_names: frozenset[str] = frozenset()  # states that it names otherwise than by their capital
        self._dateline: str | None = None  # the state where it was written
        self._countries: frozenset[str] = frozenset()  # all that the page names, by themselves or in full names

    def _speaks_of(self, country: str) -> bool:
        """Whether the page names this country, or an organisation's person where it names any."""
        return country in self._countries or len(country) > 3

    def _focus(self) -> Actor | None:
        """The state the text last spoke of."""
        recent = [r for r in self.memory.states if self._sentence - r.sentence <= 3]
        latest = [r for r in recent if r.sentence == recent[-1].sentence]
        first = next((r for r in latest if r.subject), None) or next((r for r in latest if r.first_in_sentence), None)
        return first.actor if first else latest[-1].actor if latest else None

    def _remember(self, mention: Mention, first: bool, surface: str, before: str, oblique: bool, open_: bool) -> None:
        """Keep a mention; `before` is the text in front of it, which makes it `oblique` or not, `open_` whether no
        subject has come yet."""
        if mention.plural and mention.known:
            self.memory.groups.append((self._sentence, mention.actors))
        if mention.kind == "pronoun":
            return
        subject = open_ and not oblique and mention.form != "adj"
        gender = "she" if FEMININE.search(before) else "he" if MASCULINE.search(before) else ""
        for actor in mention.actors:
            remembered = Remembered(
                actor, self._sentence, mention.start, first, surface, oblique, subject, gender=gender
            )
            if mention.kind == "role" and not mention.plural and actor.country and actor.sector in OFFICIAL:
                self.memory.roles.append(remembered)
            if mention.kind == "person":
                self.memory.persons.append(remembered)
            if mention.kind == "organisation" and actor.country and actor.sector:
                self.memory.owners[f"named {actor.sector}"] = actor.country, self._sentence
            if actor.country and actor.country != "---" and mention.kind in ("state", "organisation"):
                self.memory.states.append(remembered)
