"""Whose "the police", "lawmakers" or "the court" are: what a page tells about it is weighed, the heaviest wins.

A group that nothing near ties to a country may still be told by the story: by the place where it acts, by the state
that the page is about, by whose such a group was before. No sign is sure by itself, and a state that is only named
for another reason ("police arrested a Russian") is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from dragoman.actors.anaphora import stands_first
from dragoman.actors.beside import NAMING, NEAR, Beside
from dragoman.actors.memory import DOMESTIC, OBLIQUE, TextUnit
from dragoman.actors.mention import Mention
from dragoman.actors.phrases import POSTED, Phrase, posted
from dragoman.actors.tables import Role
from dragoman.language.grammar import Grammar, grammar

Habit = Literal["home", "field", "fled"]  # where a group acts: in its own state, wherever it is sent, abroad
Signs = Iterator[tuple[str, str | None, float]]  # what tells it, the country, how much of its weight

AT_HOME = frozenset({*DOMESTIC, "REB", "UAF", "CRM", "LEG", "JUD", "REL", "JRN", "BUS", "ELI"})
OWNED = frozenset({*DOMESTIC, "REB", "UAF", "junta"}) - {"CVL", "COP"}  # groups that stay the same ones through a page
UNRULY = frozenset({*DOMESTIC, "REB", "UAF", "CRM", "LEG"}) - {"COP"}  # who may face an official of their own state
KINDRED = frozenset({"REB", "UAF", "OPP", "PTY"})  # groups that a name told before may be of: "M23 … the rebels"
RARE = frozenset({"crown_prince", "royal_family", "supreme_leader"})  # offices that few states have
OF_STATES = frozenset({"MIL", "COP", "LEG", "JUD", "REB", "OPP", "CVL", "PTY", "SPY", "UAF", "CRM", "REL", "LAB"})
CIVIL = frozenset({"mission", "delegation", "peacekeeper"})  # keys of groups that any organisation may send
PEACEKEEPING = frozenset({"troops"})
ARMED = frozenset({"IGONAT", "IGOAFU", "IGOWAS"})
LATELY = 5  # sentences back that "the generals" may point
REACH = 70  # code points from a group to the place where it acts
WEIGHTS: Mapping[str, Mapping[Habit, float]] = MappingProxyType(
    {
        "such a group before": {"home": 3.0, "field": 3.0, "fled": 2.0},
        "named before": {"home": 3.0, "field": 3.0, "fled": 2.0},
        "place behind": {"home": 4.0, "field": 1.5, "fled": 0.0},
        "place before": {"home": 4.0, "field": 1.0, "fled": 0.0},
        "place reached": {"home": 1.5, "field": 0.5, "fled": 0.0},
        "place of the sentence before": {"home": 2.0, "field": 0.7, "fled": 0.0},
        "dateline": {"home": 1.2, "field": 0.6, "fled": 0.0},
        "subject": {"home": 1.6, "field": 2.0, "fled": -1.0},
        "named last": {"home": 1.0, "field": 1.0, "fled": 0.5},
        "spoken of": {"home": 1.2, "field": 1.2, "fled": 0.5},
        "the page": {"home": 1.6, "field": 1.4, "fled": 1.0},
        "official behind": {"home": 1.4, "field": 0.0, "fled": 0.0},
        "faced": {"home": -1.5, "field": -1.0, "fled": 0.0},
    }
)
LEAST = 1.0  # weight below which nothing is told


class Whose(Beside):
    """Weighs whose an unowned group or office is."""

    def _near(self, unit: TextUnit, before: list[Mention], phrase: Phrase) -> tuple[str, str] | None:
        """The country that an unowned group belongs to and what tells so; None where nothing tells it."""
        role = phrase.role.role if phrase.role else None
        if role is None or self._here is None or (before and _describes(unit, before[-1], phrase, role)):
            return None
        for country in self._told_beside(unit, before, phrase):
            if country and self._may_have(role, country):
                return country, "beside"
        if posted(role):
            country = self._sender(before, phrase)
            return (country, "sent") if country and self._may_have(role, country) else None
        habit: Habit = "fled" if role.sector == "REF" else "home" if _at_home(role) else "field"
        points: defaultdict[str, float] = defaultdict(float)
        told: dict[str, tuple[float, str]] = {}
        for sign, country, share in self._signs(unit, before, phrase, role):
            weight = WEIGHTS[sign][habit] * share
            if country and country != "---" and weight:
                points[country] += weight
                told[country] = max(told.get(country, (0.0, "")), (weight, sign))
        for country, total in sorted(points.items(), key=lambda item: -item[1]):
            if total >= LEAST and self._may_have(role, country):
                return country, told[country][1]
        return None

    def _signs(self, unit: TextUnit, before: list[Mention], phrase: Phrase, role: Role) -> Signs:
        """Every sign of whose a group is, the surest first: a place right behind it ends the search."""
        yield from self._told_of(unit, phrase, role)
        yield from self._placed_signs(unit, phrase)
        yield from self._named_signs(unit, before, phrase, role)
        yield from self._page_signs()

    def _told_of(self, unit: TextUnit, phrase: Phrase, role: Role) -> Signs:
        """Whose such a group was before: "Spanish police … the police", "M23 … the rebels"."""
        definite = self._definite(unit, phrase.start)
        owned = role.sector in OWNED or role.key in OWNED
        for key in (f"…{head(unit, phrase)}", role.key):
            country, when = self.memory.owners.get(key, (None, 0))
            if country and (owned or definite) and (owned or self._sentence - when <= LATELY):
                yield "such a group before", country, 1.0
                break
        if definite and role.sector in KINDRED:
            country, when = self.memory.owners.get(f"named {role.sector}", (None, 0))
            if country and self._sentence - when <= LATELY:
                yield "named before", country, 1.0

    def _placed_signs(self, unit: TextUnit, phrase: Phrase) -> Signs:
        """Where the sentence and the one before it play."""
        assert self._here is not None
        words = grammar(unit.language)
        locative = words["locative"]
        for place in self._places_in(self._here):
            distance = place.start - phrase.end
            if (
                0 < distance < REACH
                and place.preposition in words["place"]
                and not re.search(r"[,;:]", unit.text[phrase.end : place.start])
            ):
                yield "place behind", place.country, 3.0 if distance < NEAR else 1.0
            elif distance < 0 and place.preposition in locative:
                yield "place before", place.country, 1.0
            elif distance < 0 and place.preposition in words["reached"]:
                yield "place reached", place.country, 1.0
        if self._before is not None:
            before = self._before
            cut = before.unit.text.rfind(";", before.start, before.end)
            placed = [p for p in self._places_in(before) if p.preposition in locative and p.start > cut]
            if placed:
                yield "place of the sentence before", placed[-1].country, 1.0

    def _named_signs(self, unit: TextUnit, before: list[Mention], phrase: Phrase, role: Role) -> Signs:
        """Who is named in the sentence, before the group and behind it, and in the sentence before."""
        words = grammar(unit.language)
        known = [m for m in before if m.known and m.actors[0].country and not _some(unit, m, words)]
        free = [m for m in known if m.form != "adj" and not OBLIQUE.search(unit.text[max(0, m.start - NEAR) : m.start])]
        opening = [m for m in free if stands_first(unit, m, words)]
        if free:
            subject = (opening or free[:1])[-1].actors[0]
            guest = subject.office in POSTED and role.kind == "institution"  # "the envoy was summoned to the ministry"
            yield "faced" if guest else "subject", subject.country, 1.0
        if known and known[-1].actors[0].office not in POSTED:
            yield "named last", known[-1].actors[0].country, 1.0 if known[-1] in free else 0.5
        yield from self._faced(unit, phrase, role)
        lately = [r.actor.country for r in self._lately(3)]
        if self._subject:
            lately.insert(0, self._subject)
        if lately:
            yield "spoken of", lately[0], 1.0
        for country in dict.fromkeys(lately[1:4]):
            yield "spoken of", country, 0.2

    def _faced(self, unit: TextUnit, phrase: Phrase, role: Role) -> Signs:
        """Who is named behind the group: an official that it turns to at home, else somebody that it acts on."""
        assert self._here is not None
        placed = {p.start for p in self._places_in(self._here)}
        for match in self._named_in(phrase.end, self._here.end):
            if match.kind == "role" or match.start in placed:
                continue
            if match.kind == "person":
                known = self.memory.names.get(unit.text[match.start : match.end].lower())
                if known is not None and role.sector in UNRULY:
                    yield "official behind", known.country, 1.0
            elif match.kind in ("state", "capital", "people", "adj") and role.sector not in UNRULY:
                yield "faced", match.ids[0], 1.0
            return

    def _page_signs(self) -> Signs:
        """Where the page was written, and which states it names most."""
        if self._dateline:
            yield "dateline", self._dateline, 1.0
        most = max(self._times.values(), default=0.0)
        for country, times in self._times.most_common(3):
            yield "the page", country, times / most

    def _sender(self, before: list[Mention], phrase: Phrase) -> str | None:
        """Whose envoys or embassy stand in a place: not the place's own state's."""
        assert self._here is not None
        behind = [(p.start - phrase.end, p.country) for p in self._places_in(self._here)]
        host = next((country for distance, country in behind if 0 < distance < NEAR), None)
        last = before[-1] if before and before[-1].known else None
        focus = self._focus()
        named = [m.actors[0].country for m in reversed(before) if m.kind in NAMING]
        order = [last.actors[0].country if last else None, *(named if host else ()), focus.country if focus else None]
        return next((c for c in [*order, self._main] if c and c not in (host, "---")), None)

    def _definite(self, unit: TextUnit, start: int) -> bool:
        """Whether a definite article or a demonstrative stands right before an offset."""
        words = grammar(unit.language)["definite"]
        before = re.search(r"(?<![\w])([^\W\d_]+['’]?)\s*$", unit.text[max(0, start - 12) : start])
        return before is not None and before.group(1).lower() in words

    def _may_have(self, role: Role, country: str) -> bool:
        """Whether a country has such an office: crown princes are of kingdoms, the police of no organisation."""
        if country.startswith("IGO") and (role.kind == "institution" or role.sector in OF_STATES):
            return role.key in CIVIL or (role.key in PEACEKEEPING and country in ARMED)  # not "the Congress" of the UN
        if role.office == "igo_head":
            return country.startswith("IG")
        return role.office not in RARE or bool(self.registry.holders(country, role.office))


def _describes(unit: TextUnit, mention: Mention, phrase: Phrase, role: Role) -> bool:
    """ "Alan Gross, **a contractor**": what somebody of no known country is, who freed or jailed him does not tell."""
    between = unit.text[mention.end : phrase.start].lower()
    unknown = mention.kind == "person" and not mention.known and role.kind != "office"
    return (
        unknown
        and between.startswith(", ")
        and not grammar(unit.language)["indefinite"].isdisjoint(between.split()[:1])
    )


def _some(unit: TextUnit, mention: Mention, words: Grammar) -> bool:
    """ "A Russian", "two Kenyans": some people of a state, who are not that state."""
    before = unit.text[max(0, mention.start - NEAR) : mention.start].lower().split()
    counting = bool(before) and (before[-1] in words["indefinite"] | words["cardinal"] or before[-1][-1:].isdigit())
    return mention.form == "people" and counting


def head(unit: TextUnit, phrase: Phrase) -> str:
    """The last word of a title: "ministry" of "foreign ministry"."""
    return unit.text[phrase.role.start : phrase.role.end].lower().split()[-1] if phrase.role else ""


def _at_home(role: Role) -> bool:
    """Whether a group acts in its own state."""
    return role.sector in AT_HOME or role.kind == "institution" or role.key == "official"


def nobodys(unit: TextUnit, phrase: Phrase, words: Grammar) -> bool:
    """ "West African peacekeepers", "the four states": a group of no one state, whatever the text speaks of."""
    role = phrase.role.role if phrase.role else None
    if role is None or phrase.role is None:
        return True
    if phrase.role.plural and role.key in ("government", "state_generic"):  # "the four states" are not one
        return True
    if role.key == "state_generic" and words["definite"] and not _certain_land(unit, phrase, words):
        return True
    return _regional(unit, phrase, words)


def _regional(unit: TextUnit, phrase: Phrase, words: Grammar) -> bool:
    """ "West African peacekeepers", "European leaders": of a region, not of the state that the text speaks of."""
    before = unit.text[max(0, phrase.start - 24) : phrase.start].lower().split()
    return bool(before) and (before[-1] in words["regional"] or " ".join(before[-2:]) in words["regional"])


def _certain_land(unit: TextUnit, phrase: Phrase, words: Grammar) -> bool:
    """Whether a country spoken of is a certain one: "the country", "his native land"; not "each country"."""
    return any(w in words["definite"] for w in unit.text[max(0, phrase.start - 60) : phrase.start].lower().split()[-3:])
