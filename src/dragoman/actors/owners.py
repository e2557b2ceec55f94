"""Whose an office, ministry or group is: named beside it, meant by "his", posted abroad, or told by the story."""

from __future__ import annotations

import re

from dragoman.actors.beside import NAME_REACH
from dragoman.actors.envoys import SENT, envoy_to
from dragoman.actors.memory import TextUnit
from dragoman.actors.mention import Actor, Kind, Mention, actor_code
from dragoman.actors.phrases import POSTED, Phrase
from dragoman.actors.registry import NameMatch
from dragoman.actors.seats import seated
from dragoman.actors.tables import Role
from dragoman.actors.whose import LATELY, Whose, head, nobodys
from dragoman.language.grammar import Grammar

ROMANCE = frozenset({"fr", "es"})
UNION = "1967"  # since when one Commission sits in Brussels


class Owners(Whose):
    """Finds the state or organisation behind a title, and makes the actor of a title without a name."""

    def _owner(self, unit: TextUnit, phrase: Phrase, before: list[Mention], words: Grammar) -> Actor | None:
        """The state or organisation a role belongs to: named, or through "his", "its"."""
        role = phrase.role.role if phrase.role is not None else None
        if role is not None and (body := self._seated_body(unit, phrase, role, words)) is not None:
            return body
        if phrase.owner is not None:
            return self._named_actor(phrase.owner)
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
        return self._headed_by(unit, phrase) if role is not None and role.kind == "institution" else None

    def _headed_by(self, unit: TextUnit, phrase: Phrase) -> Actor | None:
        """ "حكومة يائير لابيد": the state of whoever is named right behind a government, nothing between them."""
        match = next((m for m in self._named_in(phrase.end, phrase.end + NAME_REACH) if m.kind != "place"), None)
        if match is None or match.kind != "person" or len(match.ids) != 1 or match.start != phrase.end + 1:
            return None
        country = self._person_actor(match.ids[0], None, f"{match.ids[0]} heads it").country
        return Actor(country, "state", country, reason=f"of {match.ids[0]}") if country else None

    def _seated_body(self, unit: TextUnit, phrase: Phrase, role: Role, words: Grammar) -> Actor | None:
        """ "The tribunal in The Hague", "judges in Luxembourg": a court of many states, not one of its host's."""
        if phrase.role is None or (phrase.owner is not None and phrase.owner.kind not in ("capital", "state")):
            return None
        spoken = {r.actor.id for r in self.memory.states if r.actor.id and r.actor.kind == "organisation"}
        before = unit.text[: phrase.start].rsplit(maxsplit=1)[-1:]
        some = bool(before) and before[0].lower() in words["indefinite"]
        body = seated(unit.text, phrase.role.start, phrase.role.end, role, self.date, spoken, some=some)
        return self._organisation_actor(body) if body is not None else None

    def _named_actor(self, match: NameMatch) -> Actor | None:
        identifier = match.ids[0]
        if match.kind == "organisation":
            return self._organisation_actor(identifier)
        if match.kind == "capital" and "union" in match.note and (body := self._seated(match)) is not None:
            return self._organisation_actor(body)
        state = self.registry.state(identifier)
        if state is None:  # "les Européens", "sanctions onusiennes"
            return self._organisation_actor(identifier) if match.kind in ("adj", "people") else None
        sector = "GOV" if match.kind == "seat" else None
        return Actor(
            actor_code(state.id, sector), "state", state.id, sector, state.id, reason=f"{match.kind} of {state.name}"
        )

    def _seated(self, match: NameMatch) -> str | None:
        """The body that a capital stands for, where the page never names the state by itself: "Bruxelles" the Union."""
        bodies = [i for i in match.ids if self.registry.state(i) is None]
        if not bodies or (self.date or "9999") < UNION or not self._own_names.isdisjoint(match.ids):
            return None
        return bodies[0]

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
            self.memory.owners[role.key] = self.memory.owners[f"…{head(unit, phrase)}"] = country, self._sentence
            if role.office in POSTED:
                self.memory.owners[role.office] = country, self._sentence
        else:
            near = None if nobodys(unit, phrase, words) else self._near(unit, before, phrase)
            if near is not None:
                country, reason = near[0], f"{role.form} ({near[1]}); country from context"
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
