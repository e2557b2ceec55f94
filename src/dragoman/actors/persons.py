"""Who a name is: the registry's persons weighed by office, country, date and what the article said before."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.actors.folding import fold
from dragoman.actors.given import given_fits
from dragoman.actors.memory import DOMESTIC, Context, TextUnit
from dragoman.actors.mention import Actor, Mention, actor_code
from dragoman.actors.phrases import Phrase, posted
from dragoman.actors.spelling import same_name
from dragoman.actors.tables import Holding, Role
from dragoman.language.ar.names import latin
from dragoman.language.grammar import grammar

MANY = frozenset(  # offices that several hold at once: the title alone names nobody
    """
    activist ambassador business_leader climate_envoy deputy_minister diplomatic_adviser eu_commissioner
    eu_special_representative eu_spokesperson igo_deputy_head igo_head journalist judge legislator mayor
    military_commander military_spokesperson minister minister_of_state_foreign
    minister_without_portfolio opposition_figure party_leader presidential_adviser rebel_deputy_leader
    rebel_leader rebel_spokesperson regional_governor regional_leader religious_leader royal_family
    special_envoy state_secretary transitional_council_member un_agency_head un_special_envoy
    un_special_representative un_spokesperson un_under_secretary us_assistant_secretary
    us_assistant_secretary_other us_deputy_secretary us_special_representative us_under_secretary
    """.split()
)


RANKS = frozenset({"royal_family", "military_commander", "religious_leader", "legislator", "party_leader"})
WORLD = frozenset({"un_secretary_general", "nato_secretary_general", "igo_head"})
SECRETARIES = frozenset({"foreign secretary"})  # the head of the ministry's officials in …
PERMANENT_SECRETARIES = frozenset({"IND", "PAK", "BGD", "NPL", "LKA"})

FIRST_NAMED = ("head_of_state", "supreme_leader", "head_of_government", "foreign_minister", "defence_minister")
NAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "ETH", "ERI"})
VAGUE = frozenset({"minister", "deputy_minister", "state_secretary", "igo_head"})  # the person's own office says which
PARTICLES = frozenset({"بن", "ابن", "بنت", "أبو", "أبي", "أبا", "ولد", "آل", "عبد", "دي", "دا", "فان", "فون", "أم"})


class Persons(Context):
    """Resolves names and titles to persons."""

    def _resolve_person(self, unit: TextUnit, phrase: Phrase, role: Role | None, owner: Actor | None) -> Actor | None:
        assert phrase.person is not None
        if phrase.person.end - phrase.person.start < 3 and unit.language != "ar":
            return None
        surface = unit.text[phrase.person.start : phrase.person.end]
        ids = phrase.person.ids
        office = role.office if role and role.kind == "office" and role.office not in VAGUE else None
        if phrase.counterpart and (first := self.memory.last_person()) is not None:
            office = first.office
        country = owner.country if owner else None
        known = self.memory.names.get(surface.lower())
        best: tuple[float, Actor] | None = None
        full = " " in surface.strip()
        if phrase.given:
            surface = f"{phrase.given} {surface}"
        for identifier in ids:
            score, actor = self._rate(identifier, office, country, phrase.former, bool(phrase.possessive))
            if phrase.after:
                score += (
                    3
                    if fold(phrase.after.replace("-", "")) in fold(actor.name or "").replace(" ", "").replace("-", "")
                    else -8
                )
            if phrase.given and not full:
                score += 3 if given_fits(phrase.given, actor.name or "") else -6
            if known is not None and known.id == identifier:
                score += 6
            score += 3 if full else 0
            score += 1 / len(ids)
            if best is None or score > best[0]:
                best = (score, actor)
        honorific = phrase.start < phrase.person.start - len(phrase.given) - 1
        if (
            not full
            and not phrase.given
            and not honorific
            and role is None
            and surface.lower() in grammar(unit.language)["stop"]
        ):
            return None
        bare = not (full or phrase.given or phrase.after or honorific or role or known)
        if bare and best is not None and best[1].country and not self._speaks_of(best[1].country):
            best = (best[0] - 1, best[1])  # a bare family name of a country that the page is not about
        if phrase.after:
            surface = f"{surface} {phrase.after}"
            known = self.memory.names.get(surface.lower())
            honorific = True
        if known is not None and (best is None or best[0] < 6):
            return known
        if best is None or best[0] < (2.5 if honorific or role else 3.0 if self.date else 2.1):
            if role is not None or honorific:
                return self._new_person(surface, role, owner, phrase)
            return None
        actor = best[1]
        if known is not None and known.id == actor.id and actor.sector == "ELI":
            actor = replace(actor, sector=known.sector, code=known.code)
        if unit.language == "ar" and office and country and self.date and not phrase.former:
            holders = {h.person for h in self.registry.holders(country, office, self.date)}
            if holders and actor.id not in holders:  # "جورج بوش": which of two, the date of the page says
                actor = self._by_sound(surface, office, owner, False, sure=True) or actor
        told = self._office_told(office, country, actor, role)
        if told and not phrase.former and (country is None or country == actor.country):
            actor = replace(actor, office=told)
        elif role is not None and role.kind == "office" and actor.office is None and not phrase.former:
            actor = replace(actor, office=self._like_title(actor, role))
        if told and actor.sector == "ELI" and not phrase.former and not self._has_left(actor, told):
            sector = (role.sector if role else "") or "GOV"
            actor = replace(actor, sector=sector, code=actor_code(actor.country, sector))
        if (role is not None or phrase.counterpart) and actor.office and actor.id and not phrase.former:
            self.memory.offices.setdefault(actor.id, actor.office)
        if phrase.former:
            actor = replace(actor, former=True)
        elif role is not None and role.kind == "office" and actor.sector == "ELI":
            sector = role.sector or "GOV"  # the tables have no office for that day, but the text gives one
            organisation = self.registry.organisation(actor.country or "") is not None
            code = actor.code if organisation else actor_code(actor.country, sector)
            actor = replace(actor, sector=sector, code=code)
        if (
            (told or not office)
            and country
            and actor.country != country
            and role
            and not phrase.possessive
            and country[:3] != "---"
        ):
            # the text's own word on whom a person serves goes before the table's
            actor = replace(
                actor, country=country, code=actor_code(country, role.sector or "GOV"), office=office or actor.office
            )
        return actor

    def _office_told(self, office: str | None, country: str | None, actor: Actor, role: Role | None) -> str | None:
        """The office that a title gives a person of the registry; None where the tables know better.

        "Prince" and "General" say a rank: whoever holds an office keeps it. An Indian foreign secretary is no
        minister. Where another is known to have held the one office of that title on the date, the person's own
        stands ("prime minister of the Kurdistan Region").
        """
        if not office or not actor.id:
            return office
        if office in RANKS and actor.office:
            return None
        if role is not None and role.form in SECRETARIES and (country or actor.country) in PERMANENT_SECRETARIES:
            return "foreign_ministry_secretary"
        ever = {h.office for h in self.registry.offices_of(actor.id)}
        if office in ever or office in MANY or not ever:
            return office
        if office in WORLD:
            return None
        if actor.office and self.date and actor.country:
            held = self.registry.holders(country or actor.country, office, self.date)
            sure = [h for h in held if h.start and h.end and (h.end != ".." or self.date <= h.as_of)]
            if any(h.person != actor.id for h in sure):
                return None
        return office

    def _has_left(self, actor: Actor, office: str) -> bool:
        """Whether the tables know that a person held this office and no longer does, or is dead."""
        person = self.registry.person(actor.id or "")
        if not self.date or (person is not None and person.died and person.died < self.date):
            return True
        return any(h.office == office or self._rank(h) <= 2 for h in self.registry.offices_of(actor.id or ""))

    def _rate(
        self, identifier: str, office: str | None, country: str | None, former: bool, loose: bool = False
    ) -> tuple[float, Actor]:
        """How well a person of the registry fits what the text says of them, and the actor they would be."""
        holdings = (
            self.registry.offices_of(identifier, self.date) if self.date else self.registry.offices_of(identifier)
        )
        ever = self.registry.offices_of(identifier) if self.date else holdings
        actor = self._person_actor(identifier, office, "name")
        score = 0.0
        if holdings and self.date:
            score += 2 + max(0.0, 1 - 0.2 * min(self._rank(h) for h in holdings))
        elif ever:
            score += 1 if self.date or min(self._rank(h) for h in ever) > 1 else 2
        countries = {h.country for h in ever} | ({actor.country} if actor.country else set())
        if country:
            score += 3 if country in countries else 0 if loose else -2
        if office:
            if any(h.office == office and (not country or h.country == country) for h in holdings):
                score += 3
            elif any(h.office == office for h in ever):
                score += 2 if former or not self.date else 1
        return score, actor

    def _like_title(self, actor: Actor, role: Role) -> str | None:
        """The highest office the person ever held that is called like the title in the text ("Secretary Blinken")."""
        words = {w for w in role.form.lower().split() if len(w) > 3}
        found = [
            h
            for h in self.registry.offices_of(actor.id or "")
            if words & set((self.registry.office_title(h.country, h.office) or "").lower().split())
        ]
        return min(found, key=self._rank).office if found else None

    def _rank(self, holding: Holding) -> int:
        office = self.registry.office(holding.office)
        return int(office.rank) if office and office.rank else 9

    def _weight(self, holding: Holding) -> tuple[int, int]:
        """The order in which the news names the offices of one person: a king who heads his government is the king."""
        first = FIRST_NAMED.index(holding.office) if holding.office in FIRST_NAMED else len(FIRST_NAMED)
        return self._rank(holding), first

    def _person_actor(self, identifier: str, office: str | None, reason: str) -> Actor:
        """A person of the registry as they were on the page's date, with an office they held then: `office`, if so."""
        known = self._actors.get((identifier, office, reason))
        if known is None:
            known = self._actors[identifier, office, reason] = self._dated_actor(identifier, office, reason)
        return known

    def _dated_actor(self, identifier: str, office: str | None, reason: str) -> Actor:
        person = self.registry.person(identifier)
        holdings = self.registry.offices_of(identifier, self.date) if self.date else ()
        ever = self.registry.offices_of(identifier)
        current = next((h for h in holdings if h.office == office), None) or min(
            holdings, key=self._weight, default=None
        )
        country = current.country if current else None
        sector = "GOV"
        if current is not None:
            record = self.registry.office(current.office)
            sector = record.sector if record and record.sector else "GOV"
        else:
            country = (person.country if person and person.country else None) or (ever[-1].country if ever else None)
            sector = "ELI" if ever and self.date else "GOV"
        organisation = self.registry.organisation(country) if country else None
        if organisation is not None:
            code = organisation.code
            country = code.partition(":")[0]
        else:
            code = actor_code(country, sector)
        name = person.name if person else identifier
        return Actor(
            code,
            "person",
            country,
            sector,
            identifier,
            name,
            current.office if current else None,
            reason=f"{reason}: {name}" + (f", {current.office} of {current.country}" if current else ""),
        )

    def _new_person(self, name: str, role: Role | None, owner: Actor | None, phrase: Phrase) -> Actor:
        """Whom a title and a name stand for that the registry does not have in this spelling.

        In Arabic letters that may still be somebody it has in Latin ones: whoever of the country held the office, or
        any other, on the date and sounds alike. Else a provisional person.
        """
        office = role.office if role and role.kind == "office" else None
        if phrase.counterpart and (first := self.memory.last_person()) is not None:
            office = first.office
        if not "\u0600" <= name[:1] <= "\u06ff":
            known = self.memory.names.get(name.lower())
            if owner is None and known is not None and not known.former and not phrase.former:
                return known.because("named before")
            held = self._spelled_like(name, office, owner, phrase.former)
            return held or self._provisional(name, role, owner, phrase.former)
        known = self.memory.names.get(name.lower())
        if known is not None:
            return known
        return (
            self._by_sound(name, office, owner, phrase.former)
            or self._by_beginning(name, office, owner, phrase.former)
            or self._provisional(latin(name), role, owner, phrase.former)
        )

    def _spelled_like(self, name: str, office: str | None, owner: Actor | None, former: bool) -> Actor | None:
        """Who held the office in the country and is written in another way here: "Farouk al-Shara", "Mohammed [VI]"."""
        if not office or office in MANY or owner is None:
            return None
        place = owner.id if owner.kind == "organisation" and owner.id else owner.country
        held = self.registry.holders(place or "", office, None if former else self.date)
        persons = list(dict.fromkeys(h.person for h in held))
        if " " in name:
            alike = [p for p in persons if self._sounds(name, p) >= 1.6]
        else:
            alike = [p for p in persons if fold(name) in fold(self._name_of(p)).split()]
        if len(alike) != 1:
            return None
        actor = self._person_actor(alike[0], office, "spelled like")
        return replace(actor, former=True) if former else actor

    def _by_beginning(self, name: str, office: str | None, owner: Actor | None, former: bool) -> Actor | None:
        """The only holder of the office, where an Arabic name begins like theirs and runs on into the text."""
        words = name.split()
        if not office or office in MANY or owner is None or not self.date or former or len(words) < 2:
            return None
        place = owner.id if owner.kind == "organisation" and owner.id else owner.country
        persons = {h.person for h in self.registry.holders(place or "", office, self.date)}
        if len(persons) != 1:
            return None
        (person,) = persons
        for count in range(len(words) - 1, 0, -1):
            beginning = " ".join(words[:count])
            if self._sounds(beginning, person) >= (1.2 if count > 1 and words[0] != "عبد" else 0.8):
                return self._person_actor(person, office, "begins like")
        return None

    def _name_of(self, person: str) -> str:
        known = self.registry.person(person)
        return known.name if known else ""

    def _by_sound(
        self, name: str, office: str | None, owner: Actor | None, former: bool, sure: bool = False
    ) -> Actor | None:
        countries = [owner.id if owner.kind == "organisation" and owner.id else owner.country] if owner else []
        if owner is None:
            countries = [r.actor.country for r in reversed(self.memory.states[-6:])]
        for country in dict.fromkeys(c for c in countries if c):
            date = None if former else self.date
            same = [h.person for h in self.registry.holders(country, office, date)] if office else []
            others = [h.person for h in self.registry.serving(country, date)] if owner else []
            for pool, least in ((same, 1.2), ([] if sure else others, 1.5)):
                rated = {p: self._sounds(name, p) for p in dict.fromkeys(pool)}
                best = max(rated, key=lambda p: rated[p], default=None)
                if best is not None and rated[best] >= least:
                    actor = self._person_actor(best, office, "spelled like")
                    return replace(actor, former=True) if former else actor
        return None

    def _sounds(self, name: str, person: str) -> float:
        known = self.registry.person(person)
        return same_name(name, known.name) if known else 0.0

    def _provisional(self, name: str, role: Role | None, owner: Actor | None, former: bool) -> Actor:
        """A person the registry does not know: a stable id from the name and country."""
        clean = re.sub(r"['’]s$", "", name).strip()
        country = owner.country if owner else None
        sector = (role.sector if role else None) or "GOV"
        if country is None and not posted(role) and (state := self._focus()) is not None:
            country = state.country
        if country is None and sector in DOMESTIC:
            country = self._main
        slug = re.sub(r"\W+", "-", clean.lower()).strip("-")
        return Actor(
            actor_code(country, "ELI" if former else sector),
            "person",
            country,
            sector,
            f"P-{slug}-{(country or 'x').lower()}",
            clean,
            role.office if role and not former else None,
            former,
            reason=f"named as {role.form}" if role else "name only",
        )

    def _unknown_person(self, text: str, start: int, end: int, things: frozenset[str], language: str) -> Mention | None:
        name = text[start:end].strip()
        actor = self.memory.names.get(name.split()[-1].strip(".’'").lower())
        if actor is not None:
            return Mention(start, end, start, end, (actor.because("named before"),), "person")
        following = re.match(r"\s+([\w-]+)", text[end:])  # "the Bright Star exercise" is a thing, whoever holds it
        if any(word in things for word in (*re.findall(r"[\w-]+", name.lower()), following[1] if following else "")):
            return None
        if any(p.end - p.start == len(name) for p in self.registry.places(name, language)):
            return None
        slug = re.sub(r"\W+", "-", name.lower()).strip("-")
        unknown = Actor("---:CVL", "person", None, "CVL", f"P-{slug}", name, reason="a name the registry does not know")
        self._learn_name(unknown, name)
        return Mention(start, end, start, end, (unknown,), "person")

    def _learn_name(self, actor: Actor, surface: str) -> None:
        parts = surface.split()
        if not parts:
            return
        self.memory.names[surface.lower()] = actor
        alone = [parts[-1].lower()]
        if actor.country in NAME_FIRST and len(parts) < 4:
            alone.append(parts[0].lower())  # "Mr Kang" for Kang Sok-ju, "Abiy" for Abiy Ahmed
        for family in alone:
            known = self.memory.names.get(family)
            if len(parts) > 1 and (known is None or known.id != actor.id):
                self.memory.names[family] = actor
        if len(parts) > 1 and "\u0600" <= surface[:1] <= "\u06ff" and parts[0] not in PARTICLES:
            self.memory.names.setdefault(parts[0], actor)  # "آبي أحمد" is "آبي" ever after
        if actor.name:
            self.memory.names.setdefault(actor.name.split()[-1].lower(), actor)
