"""Whose an office, ministry or group is: named beside it, meant by "his", posted abroad, or told by the story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.actors.anaphora import Anaphora
from dragoman.actors.envoys import SENT, envoy_to
from dragoman.actors.led import LEADER_REACH, leader_start
from dragoman.actors.memory import DOMESTIC, OFFICIAL, TextUnit
from dragoman.actors.mention import Actor, Kind, Mention, actor_code
from dragoman.actors.phrases import POSTED, Phrase, posted
from dragoman.actors.registry import NameMatch, Registry
from dragoman.actors.tables import Role
from dragoman.language.grammar import Grammar, grammar

ROMANCE = frozenset({"fr", "es"})
OWNED = frozenset({*DOMESTIC, "REB", "UAF", "junta"}) - {"CVL", "COP"}  # groups that stay the same ones through a page
AT_HOME = frozenset({*DOMESTIC, "REB", "UAF", "CRM"})  # groups that act in their own state
NAMING = frozenset({"state", "organisation", "group", "person"})
RARE = frozenset({"crown_prince", "royal_family", "supreme_leader"})  # offices that few states have
POSSESSORS = frozenset({"person", "state", "organisation"})
OF_STATES = frozenset({"MIL", "COP", "LEG", "JUD", "REB", "OPP", "CVL", "PTY", "SPY", "UAF", "CRM", "REL", "LAB"})
CIVIL = frozenset({"mission", "delegation", "peacekeeper"})  # keys of groups that any organisation may send
PEACEKEEPING = frozenset({"troops"})
ARMED = frozenset({"IGONAT", "IGOAFU", "IGOWAS"})
LATELY = 5  # sentences back that "the generals" may point
NAME_REACH = 40  # code points in which the name of whose government it is ends
NEAR = 14  # code points between a title and the place it stands in


class Owners(Anaphora):
    """Finds the state or organisation behind a title, and makes the actor of a title without a name."""

    def __init__(self, registry: Registry, date: str | None) -> None:
        super().__init__(registry, date)
        self._placed: tuple[int, int] | None = None
        self._place_cache: list[tuple[int, str]] = []

    def _owner(self, unit: TextUnit, phrase: Phrase, before: list[Mention], words: Grammar) -> Actor | None:
        """The state or organisation a role belongs to: named, or through "his", "its"."""
        if phrase.owner is not None:
            return self._named_actor(phrase.owner)
        role = phrase.role.role if phrase.role is not None else None
        if phrase.name and role is not None and role.office in POSTED and not phrase.possessive:
            country, when = self.memory.owners.get(role.office, (None, 0))  # "Dennis Horak, the envoy"
            if country is not None and self._sentence - when <= LATELY:
                return Actor(country, "state", country, reason=f"“{role.form}” spoken of before")
        if phrase.possessive:
            known = [m for m in reversed(before) if m.known and m.form != "pair" and m.actors[0].country]
            if phrase.possessive in words["it"]:  # "after a crowd stormed its embassy": a state's, not the crowd's
                known.sort(key=lambda m: m.kind not in ("state", "organisation") or m.form == "adj")
            subject = self._subject_before(unit, before, phrase.start, words) if before else None
            if unit.language in ROMANCE and subject in known and not phrase.counterpart:
                known.sort(
                    key=lambda m: m is not subject
                )  # "le Danemark, que Bamako avait sommé de retirer ses soldats"
            for mention in known[:1]:
                country = mention.actors[0].country
                return Actor(country or "---", "state", country, reason=f"“{phrase.possessive}”")
            for remembered in reversed(self.memory.persons[-1:] + self.memory.states[-1:]):
                if remembered.actor.country:
                    country = remembered.actor.country
                    return Actor(country, "state", country, reason=f"“{phrase.possessive}”")
        return None

    def _named_actor(self, match: NameMatch) -> Actor | None:
        identifier = match.ids[0]
        if match.kind == "organisation":
            return self._organisation_actor(identifier)
        state = self.registry.state(identifier)
        if state is None:  # "les Européens", "sanctions onusiennes"
            return self._organisation_actor(identifier) if match.kind in ("adj", "people") else None
        sector = "GOV" if match.kind == "seat" else None
        return Actor(
            actor_code(state.id, sector), "state", state.id, sector, state.id, reason=f"{match.kind} of {state.name}"
        )

    def _organisation_actor(self, identifier: str) -> Actor | None:
        organisation = self.registry.organisation(identifier, self.date)
        if organisation is None:
            return None
        country, _, coded_sector = organisation.code.partition(":")
        return Actor(
            organisation.code,
            "organisation",
            country,
            coded_sector or organisation.sector or None,
            identifier,
            reason=f"organisation {organisation.name}",
        )

    def _role_mention(
        self,
        unit: TextUnit,
        phrase: Phrase,
        role: Role,
        owner: Actor | None,
        before: list[Mention],
        sentence: tuple[int, int],
        words: Grammar,
    ) -> Mention | None:
        assert phrase.role is not None
        plural = phrase.role.plural
        if not plural:
            certain = self._certain(unit, phrase, words)
            person = self._titled(role, owner, phrase, certain) or self._envoy(unit, phrase, role, owner, words)
            if person is not None:
                return Mention(
                    phrase.start, phrase.end, phrase.name_start, phrase.name_end, (person,), "person", "title"
                )
        if owner is None and not plural and (known := self._person_called(unit, phrase, role)) is not None:
            return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (known,), "person", "function")
        country = owner.country if owner else None
        reason = f"{role.form}" + (f" of {country}" if country else "")
        if country is not None:
            self.memory.owners[role.key] = country, self._sentence
            if role.office in POSTED:
                self.memory.owners[role.office] = country, self._sentence
        else:
            several = plural and role.key in ("government", "state_generic")  # "the four states" are not one
            some = role.key == "state_generic" and words["definite"] and not _definite(unit, phrase, words)
            nobody = several or some or _regional(unit, phrase, words)
            nearest = iter(()) if nobody else self._context_countries(unit, before, phrase, sentence)
            near = next((c for c in nearest if c and self._may_have(role, c)), None)
            if near is not None:
                country, reason = near, f"{role.form}; country from context"
        sector = role.sector or "GOV"
        code = owner.code if owner is not None and owner.kind == "organisation" else actor_code(country, sector)
        kind: Kind = "group" if role.kind == "group" or plural else "role"
        actor = Actor(
            code,
            kind,
            country,
            sector,
            None,
            None,
            role.office if role.kind == "office" else None,
            phrase.former,
            reason,
        )
        return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (actor,), kind, "group", plural)

    def _envoy(self, unit: TextUnit, phrase: Phrase, role: Role, owner: Actor | None, words: Grammar) -> Actor | None:
        """ "The UN envoy to Syria": whoever was sent there on the page's date; not "a UN envoy to Syria"."""
        if role.office not in SENT or owner is None or not owner.country or not self.date or phrase.former:
            return None
        ahead = self._named_in(phrase.end, phrase.end + NAME_REACH)
        behind = re.findall(r"[^\W\d_]+", unit.text[phrase.end : ahead[0].start].lower()) if ahead else []
        if not ahead or ahead[0].kind != "state" or not behind or len(behind) > 2:
            return None
        before = re.findall(r"[^\W\d_]+", unit.text[max(0, phrase.start - NAME_REACH) : phrase.start].lower())
        if behind[0] not in words["directional"] | words["genitive"] | words["locative"]:
            return None
        if before and before[-1] in words["indefinite"]:
            return None
        sender = owner.id if owner.kind == "organisation" and owner.id else owner.country
        sent = envoy_to(self.registry, sender, role.office, ahead[0].ids[0], self.date)
        if sent is None:
            return None
        person, office = sent
        return self._person_actor(person, office, f"{role.form} for {ahead[0].ids[0]} on {self.date}")

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

    def _may_have(self, role: Role, country: str) -> bool:
        """Whether a country has such an office: crown princes are of kingdoms, the police of no organisation."""
        if country.startswith("IGO") and (role.kind == "institution" or role.sector in OF_STATES):
            return role.key in CIVIL or (role.key in PEACEKEEPING and country in ARMED)  # not "the Congress" of the UN
        if role.office == "igo_head":
            return country.startswith("IG")
        return role.office not in RARE or bool(self.registry.holders(country, role.office))

    def _person_called(self, unit: TextUnit, phrase: Phrase, role: Role) -> Actor | None:
        """ "Le diplomate", "l'opposant": whoever the text named last with such a function, a sentence or two ago."""
        if role.kind == "institution" or phrase.possessive or not self._definite(unit, phrase.start):
            return None
        for remembered in reversed(self.memory.persons):
            actor = remembered.actor
            if self._sentence - remembered.sentence > 2:
                return None
            if actor.sector == role.sector and self._has_gender(actor, "male" if role.gender != "f" else "female"):
                return actor.because(f"“{role.form}”, named before")
        return None

    def _definite(self, unit: TextUnit, start: int) -> bool:
        """Whether a definite article or a demonstrative stands right before an offset."""
        words = grammar(unit.language)["definite"]
        before = re.search(r"(?<![\w])([^\W\d_]+['’]?)\s*$", unit.text[max(0, start - 12) : start])
        return before is not None and before.group(1).lower() in words

    def _certain(self, unit: TextUnit, phrase: Phrase, words: Grammar) -> bool:
        """Whether a title means a certain person: "the new Libyan leader", "Libya's leader", not "a Libyan leader"."""
        if phrase.possessive:
            return True
        before = re.findall(r"[^\W\d_]+['’-]?", unit.text[max(0, phrase.start - NAME_REACH) : phrase.start].lower())
        while before and before[-1].rstrip("-") in words["modifier"] | words["former"]:
            before.pop()
        if phrase.owner is not None and phrase.owner.end < phrase.name_start:  # "Libya's leader", "Libyan leader quits"
            return not before or before[-1] not in words["indefinite"]
        return bool(before) and before[-1] in (words["definite"] | words["article"]) - words["indefinite"]

    def _context_countries(
        self, unit: TextUnit, before: list[Mention], phrase: Phrase, sentence: tuple[int, int]
    ) -> Iterator[str | None]:
        """The countries that an unowned group may belong to, the likeliest first.

        Whoever stands before it in the genitive, a place behind it, whose such a group was before, whose official it
        turns to, whoever was named last, where the sentence before plays, what the text is about.
        """
        if before and before[-1].kind in POSSESSORS and _genitive(unit.text[before[-1].end : phrase.start]):
            yield before[-1].actors[0].country
        role = phrase.role.role if phrase.role else None
        if role is not None and role.kind == "institution" and (country := self._of_person(unit, phrase)) is not None:
            yield country
        if (country := self._of_those_in(unit, phrase)) is not None:
            yield country
        if (country := self._led_by(unit, phrase, words=grammar(unit.language))) is not None:
            yield country
        reach = 70 if role is not None and role.sector in DOMESTIC else 14
        if posted(role):
            yield self._sender(unit, before, phrase, sentence)
            return
        for start, country in self._places_in(unit, sentence):
            if 0 < start - phrase.end < reach and not re.search(r"[,;:]", unit.text[phrase.end : start]):
                yield country
        owned = role is not None and (role.sector in OWNED or role.key in OWNED)
        if role is not None and (owned or (phrase.role and phrase.role.plural and self._definite(unit, phrase.start))):
            whose, when = self.memory.owners.get(role.key, (None, 0))
            yield whose if owned or self._sentence - when <= LATELY else None
            if role.key == "junta":
                yield self._main
        if role is not None and role.sector in AT_HOME and not any(m.known for m in before):
            yield self._official_behind(unit, phrase, sentence)
            yield self._setting(unit, sentence)
        if before and before[-1].known:
            yield before[-1].actors[0].country
        if role is not None and role.sector in DOMESTIC:
            yield self._main
        state = self._focus()
        yield state.country if state else None
        for remembered in reversed(self.memory.states[-6:]):
            yield remembered.actor.country
        yield self._main

    def _setting(self, unit: TextUnit, sentence: tuple[int, int]) -> str | None:
        """The country of the last place that the sentence before happens in."""
        previous = next((s for s in reversed(unit.sentences) if s[1] <= sentence[0]), None)
        locative = grammar(unit.language)["locative"]
        for start, country in reversed(self._places_in(unit, previous) if previous else []):
            if unit.text[max(0, start - NEAR) : start].lower().removesuffix("the ").split()[-1:][0] in locative:
                return country
        return None

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

    def _sender(self, unit: TextUnit, before: list[Mention], phrase: Phrase, sentence: tuple[int, int]) -> str | None:
        """Whose envoys or embassy stand in a place: not the place's own state's."""
        behind = [(s - phrase.end, country) for s, country in self._places_in(unit, sentence)]
        host = next((country for distance, country in behind if 0 < distance < NEAR), None)
        last = before[-1] if before and before[-1].known else None
        focus = self._focus()
        named = [m.actors[0].country for m in reversed(before) if m.kind in NAMING]
        order = [last.actors[0].country if last else None, *(named if host else ()), focus.country if focus else None]
        return next((c for c in [*order, self._main] if c and c not in (host, "---")), None)

    def _named_in(self, start: int, end: int) -> list[NameMatch]:
        """The names of the text being read that stand wholly between two offsets."""
        return [m for m in self._matches_here if start <= m.start and m.end <= end]

    def _places_in(self, unit: TextUnit, sentence: tuple[int, int]) -> list[tuple[int, str]]:
        """(offset, country) of the places behind "in", "at", "of" in a sentence."""
        low, high = sentence
        if self._placed != (id(unit), low):
            text = unit.text[low:high]
            near = [
                (m.start - low, m.end - low, m.ids[0])
                for m in self._named_in(low, high)
                if m.kind in ("capital", "state")
            ]
            at_place = _at_place(unit.language)
            if at_place is not None and at_place[0].search(text):
                known = {s for s, _, _ in near}
                near += [
                    (p.start, p.end, p.places[0].country)
                    for p in self.registry.places(text, unit.language)
                    if p.start not in known
                ]
            self._place_cache = [
                (low + s, country)
                for s, _, country in sorted(near)
                if at_place is not None and at_place[1].search(text[max(0, s - 40) : s])
            ]
            self._placed = (id(unit), low)
        return self._place_cache


@cache
def _at_place(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Patterns of the words that place something: anywhere, and at the end of what stands before a name."""
    words = grammar(language)
    if not words["place"]:
        return None
    forms = "|".join(map(re.escape, sorted(words["place"])))
    articles = "|".join(map(re.escape, sorted(words["article"], key=len, reverse=True))) or "(?!x)x"
    return re.compile(rf"\b(?:{forms})\b", re.I), re.compile(rf"\b(?:{forms})\s*(?:(?:{articles})\s*)?$", re.I)


def _genitive(between: str) -> bool:
    """Whether nothing but a genitive ending stands between two phrases."""
    return between.strip() in ("'s", "’s", "'", "’", "") and not between.startswith("  ")


def _regional(unit: TextUnit, phrase: Phrase, words: Grammar) -> bool:
    """ "West African peacekeepers", "European leaders": of a region, not of the state that the text speaks of."""
    before = unit.text[max(0, phrase.start - 24) : phrase.start].lower().split()
    return bool(before) and (before[-1] in words["regional"] or " ".join(before[-2:]) in words["regional"])


def _definite(unit: TextUnit, phrase: Phrase, words: Grammar) -> bool:
    """Whether a country spoken of is a certain one: "the country", "his native land"; not "each country"."""
    return any(w in words["definite"] for w in unit.text[max(0, phrase.start - 60) : phrase.start].lower().split()[-3:])
