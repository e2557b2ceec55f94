"""A noun phrase that names somebody: whose, which title, which person, and where each stands."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from dragoman.actors.registry import NameMatch, Registry
from dragoman.actors.tables import Role

STATE_KINDS = frozenset({"state", "adj", "people", "capital", "seat"})
POSTED = frozenset({"ambassador", "special_envoy", "permanent_representative"})  # "ambassador in Rabat": not Rabat's
MISSIONS = frozenset({"embassy", "diplomat"})  # keys of roles that stand in another state: "the consulate in Basra"
HOMES = {  # whose an office is that several bodies of one family have, told from its key
    "un_": "IGOUNO", "eu_": "IGOEUR", "nato_": "IGONAT", "arab_league_": "IGOARB", "au_": "IGOAFU",
}  # fmt: skip
CROWNED = frozenset(
    "king queen emir sultan monarch roi reine émir souverain souveraine rey reina emir ملك ملكة عاهل سلطان أمير".split()
)


@dataclass(slots=True)
class Phrase:
    """One noun phrase made of matches: which owner, role and person it names, and where."""

    start: int
    end: int
    owner: NameMatch | None = None
    others: list[NameMatch] = field(default_factory=list)  # further owners: "les présidents russe et turc"
    role: NameMatch | None = None
    person: NameMatch | None = None
    name: str | None = None  # a person the registry does not know, as written
    name_start: int = 0
    name_end: int = 0
    given: str = ""  # capitalised words right before a family name
    after: str = ""  # a hyphenated given name right behind it: "Nam Gwan-pyo"
    possessive: str | None = None  # "his" before a role or a counterpart
    counterpart: bool = False
    former: bool = False
    outgoing: bool = False  # "le président sortant": in office no more, or not for long
    plain: NameMatch | None = None  # a state, organisation, capital … standing alone
    parts: list[NameMatch] = field(default_factory=list)


def home(registry: Registry, office: str) -> str | None:
    """The organisation whose office this is, whoever the text names beside it; None where several may have it."""
    if office.startswith("igo_"):
        return None
    return next((h for prefix, h in HOMES.items() if office.startswith(prefix)), None) or registry.home(office)


def posted(role: Role | None) -> bool:
    """Whether a title or institution belongs to another state than the one it stands in."""
    return role is not None and (role.office in POSTED or role.key in MISSIONS)


def introduces(phrase: Phrase, following: Phrase, text: str, relational: Set[str]) -> bool:
    """ "The West African **bloc** ECOWAS", "**neighbours** Kenya and Djibouti": a word right before the names of whom
    it speaks; `relational` are the words for what somebody is to another."""
    role, named = phrase.role, following.plain
    if role is None or role.role is None or named is None or phrase.possessive or following.start != phrase.end + 1:
        return False
    if phrase.person or phrase.name or phrase.owner:
        return False
    if text[role.start : role.end].lower() in relational:
        return named.kind in ("state", "organisation")
    return not role.plural and role.role.kind != "office" and named.kind == "organisation"
