"""Accords as the objects of the acts that make them: "brokered the 2015 Skhirat Agreements", "signed the Rarotonga
Treaty". Where the clause leaves them open, the year before the name or the registry tells the day, and the registry
who the parties are.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from dragoman.actors.agreements import agreements, find_agreements
from dragoman.actors.mention import Actor, Mention
from dragoman.actors.tables import Agreement
from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import EventDate
from dragoman.coding.roles import Filler
from dragoman.coding.tree import Tree

_YEAR = re.compile(r"(?:19|20)\d\d")
_SIGNED, _MEDIATED = "057", "045"
_PRECISION: dict[int, Literal["year", "month", "day"]] = {4: "year", 7: "month", 10: "day"}

_MOST = 5  # parties for which one accord may stand; a convention of the many has none of its own


@dataclass(frozen=True, slots=True)
class Accord:
    """The accord that an act makes: its words and the year that they give (offsets of the sentence's text), and what
    the registry knows of it. `mediated` tells that somebody else brought its parties together.
    """

    start: int
    end: int
    year: tuple[int, int] | None
    known: Agreement | None
    mediated: bool

    def parties(self, own: Collection[str | None]) -> list[Filler]:
        """The states that made it, besides `own`."""
        if self.known is None or len(self.known.participants) > _MOST or not self._is_theirs(own):
            return []
        states = [code for code in self.known.participants if len(code) == len("MAR") and code not in own]
        reason = f"party of the {self.known.name}"
        actors = [Actor(code, "state", code, id=code, reason=reason) for code in states]
        words = self.start, self.end
        return [Filler(Mention(*words, *words, (actor,), "state"), actor, -1, "story") for actor in actors]

    def date(self, text: str, own: Collection[str | None]) -> EventDate | None:
        """When `own` made it: the year before its name, else the registry's day."""
        if self.year is not None:
            return EventDate(text[slice(*self.year)], "year", *self.year, reason="the year that the accord is named by")
        if self.known is None or not self.known.date or not self._is_theirs(own):
            return None
        iso, reason = self.known.date, f"the day of the {self.known.name}"
        return EventDate(iso, _PRECISION[len(iso)], self.start, self.end, reason)

    def _is_theirs(self, own: Collection[str | None]) -> bool:
        return self.known is not None and (self.mediated or not {*self.known.participants}.isdisjoint(own))


def accord_made(tree: Tree, candidate: Candidate, language: str) -> Accord | None:
    """The accord that an act makes, if its object is one that is named or has its year before it."""
    frame = candidate.frame
    if frame.type != "AGREE" and frame.cameo not in (_SIGNED, _MEDIATED):
        return None
    for head in candidate.arguments.obj:
        here = (i for i in tree.subtree(head) if i > candidate.index)
        words = [i for i in here if tree.clause(i) == tree.clause(candidate.index)]
        if not words:
            continue
        start, end = tree.tokens[words[0]].start, tree.tokens[words[-1]].end
        named = [id for id in find_agreements(tree.sentence.text[start:end], language) if id in agreements()]
        known = agreements()[named[0]] if len(named) == 1 else None
        year = next((i for i in words[:-1] if _YEAR.fullmatch(tree.tokens[i].text)), None)
        if year is not None and tree.tokens[year + 1].pos not in ("NOUN", "PROPN", "ADJ"):
            year = None
        if known is not None or year is not None:
            stated = None if year is None else (tree.tokens[year].start, tree.tokens[year].end)
            return Accord(start, end, stated, known, frame.cameo == _MEDIATED)
    return None
