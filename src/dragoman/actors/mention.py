"""What linking yields: the actors of an article and the phrases that name them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["state", "organisation", "person", "role", "group", "pronoun", "place"]


POLITICAL = frozenset({"GOV", "MIL", "REB", "LEG", "JUD", "SPY", "PRM", "UAF", "OPP", "PTY", "ELI"})


@dataclass(frozen=True, slots=True)
class Actor:
    """One identity. `code` is what events carry; `country` is ISO3, an organisation's code, or None where unknown.

    `office` is a key of `offices.tsv` where the text or the page's date gives one; `reason` says how it was named.
    """

    code: str
    kind: Kind
    country: str | None = None
    sector: str | None = None
    id: str | None = None
    name: str | None = None
    office: str | None = None
    former: bool = False
    reason: str = ""

    def because(self, reason: str) -> Actor:
        """The same actor with another reason."""
        return replace(self, reason=reason)


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of a segment that names actors. `start:end` is the whole phrase, title and apposition included;
    `name_start:name_end` the words that name the actor best. `form` tells how a state is named."""

    start: int
    end: int
    name_start: int
    name_end: int
    actors: tuple[Actor, ...]
    kind: Kind
    form: Literal[
        "name", "adj", "people", "capital", "seat", "title", "function", "group", "pronoun", "pair", "place", "suffix"
    ] = "name"
    plural: bool = False
    possessive: bool = False  # "his", "its": stands before another noun
    other: Actor | None = None  # of "the former" and "the latter": the other of the two

    @property
    def known(self) -> bool:
        """Whether any of its actors has a country or an organisation."""
        return any(a.code[:3] != "---" for a in self.actors)


def is_political(mention: Mention) -> bool:
    """Whether a mention names a state, an organisation of states, an official or a state's people, not just anybody."""
    if mention.form in ("pronoun", "suffix"):
        return False
    for actor in mention.actors:
        if actor.kind == "state" or actor.code.startswith("IG") or actor.code[:3] == "IMG":
            return True
        if actor.kind in ("role", "group") and actor.country and not actor.reason.endswith("from context"):
            return True  # a group that the text gives to a state: "Belarusian police"
        if actor.sector in POLITICAL and (actor.office or not actor.reason.endswith("from context")):
            return actor.code[:3] != "---" or actor.office is not None
    return False


def actor_code(country: str | None, sector: str | None) -> str:
    """`MAR` + `GOV` → `MAR:GOV`; an organisation's code stands alone; unknown is `---`."""
    base = country or "---"
    if not sector or base.startswith("IGO"):
        return base
    return f"{base}:{sector}"
