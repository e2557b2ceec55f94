"""From an article's text to its actors: every phrase that names somebody, resolved with the memory of what came before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from dragoman.actors.matcher import fold
from dragoman.actors.mention import Actor, Mention, actor_code
from dragoman.actors.phrases import POSTED, UNKNOWN_NAME, Phrase, PhraseReader
from dragoman.actors.registry import NameMatch, Registry
from dragoman.actors.tables import Holding, Role
from dragoman.language.grammar import Grammar, grammar

FORMS = {"state": "name", "adj": "adj", "people": "people", "capital": "capital", "seat": "seat"}
TOP_OFFICES = ("head_of_state", "head_of_government")


DOMESTIC = frozenset({"CVL", "OPP", "COP", "LAB", "EDU", "AGR", "MED", "PTY"})  # groups that act at home
MANY = frozenset(  # offices that several hold at once: the title alone names nobody
    "minister deputy_minister state_secretary minister_without_portfolio minister_of_state_foreign ambassador special_envoy legislator "
    "judge mayor military_commander presidential_adviser party_leader journalist activist igo_head igo_deputy_head diplomatic_adviser "
    "un_special_envoy un_special_representative un_under_secretary us_assistant_secretary us_under_secretary us_deputy_secretary "
    "us_special_representative us_assistant_secretary_other regional_governor regional_leader business_leader opposition_figure "
    "un_agency_head eu_commissioner eu_special_representative military_spokesperson legislator royal_family transitional_council_member "
    "religious_leader rebel_leader rebel_deputy_leader rebel_spokesperson climate_envoy un_spokesperson eu_spokesperson".split()
)
OBJECTIVE = frozenset({"him", "lui", "le", "lo"})
THING = re.compile(
    r"\b(?:Council|Committee|Commission|University|Institute|Agency|Street|Square|Road|River|Sea|Ocean|Gulf|Bay|Strait|Lake|"
    r"Mount|Island|Islands|Airport|Port|Airlines|Airways|Bank|Company|Corp|Inc|Ltd|Group|Party|Front|Movement|Union|League|"
    r"Cup|Games|Olympics|Prize|Act|Treaty|Accord|Accords|Agreement|Pact|Convention|Protocol|Resolution|Operation|Exercise|"
    r"Times|Post|News|Journal|Herald|Tribune|Guardian|Press|Television|Radio|House|Palace|Centre|Center|Hall|Club|"
    r"North|South|East|West|Northern|Southern|Eastern|Western|Province|District|County|City|Valley|Desert|Line|Day|War|"
    r"Friday|Monday|Tuesday|Wednesday|Thursday|Saturday|Sunday|January|February|March|April|June|July|August|September|"
    r"October|November|December|Covid|Covid-19|Museum|Church|Mosque|Cathedral|Hospital|School|Foundation|Fund|Project|Plan)\b"
)
IN_PLACE = re.compile(r"\b(?:in|of|at|near|outside|à|en|au|aux|de|في|ب)\b", re.I)
AT_PLACE = re.compile(
    r"\b(?:in|of|at|near|outside|across|à|en|au|aux|de|dans|في|ب|قرب)\s*(?:the\s|la\s|le\s|l['’])?$", re.I
)


@dataclass(slots=True)
class Remembered:
    """An actor met in the text and where."""

    actor: Actor
    sentence: int
    position: int
    first_in_sentence: bool


@dataclass(slots=True)
class Memory:
    """What the article has said so far."""

    persons: list[Remembered] = field(default_factory=list)
    states: list[Remembered] = field(default_factory=list)
    names: dict[str, Actor] = field(default_factory=dict)  # family name, lower case → the person last called so

    def last_person(
        self, office: str | None = None, country: str | None = None, gender: str | None = None
    ) -> Actor | None:
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
        words = [w for w in self.text.split() if w[:1].isalpha() and len(w) > 3]
        return bool(words) and sum(w[0].isupper() for w in words) < 0.6 * len(words)


class Linker:
    """Links one article's texts, in order. Pure: keeps its memory to itself and touches nothing else."""

    def __init__(self, registry: Registry, date: str | None) -> None:
        self.registry = registry
        self.date = date
        self.memory = Memory()
        self._sentence = 0
        self._readers: dict[str, PhraseReader] = {}
        self._main: str | None = None
        self._placed: tuple[int, int] | None = None
        self._place_cache: list[tuple[int, str]] = []

    def link(self, units: Sequence[TextUnit]) -> list[list[Mention]]:
        """The mentions of every unit, in text order.

        Names met later help earlier short forms (a headline's "Bourita"), so full names are gathered first.
        """
        found = [self._matches(u) for u in units]
        for unit, matches in zip(units, found, strict=True):
            self._gather_full_names(unit, matches)
        counts = Counter(m.ids[0] for found_here in found for m in found_here if m.kind in ("state", "adj", "people", "capital"))
        self._main = counts.most_common(1)[0][0] if counts else None
        return [self._link_unit(u, m) for u, m in zip(units, found, strict=True)]

    def _matches(self, unit: TextUnit) -> list[NameMatch]:
        return list(self.registry.find(unit.text, unit.language))

    def _reader(self, language: str) -> PhraseReader:
        if language not in self._readers:
            self._readers[language] = PhraseReader(self.registry, grammar(language))
        return self._readers[language]

    def _gather_full_names(self, unit: TextUnit, matches: list[NameMatch]) -> None:
        for match in matches:
            if match.kind == "person" and len(match.ids) == 1 and " " in unit.text[match.start : match.end]:
                actor = self._person_actor(match.ids[0], None, "named in full")
                self._learn_name(actor, unit.text[match.start : match.end])

    # -- one unit -----------------------------------------------------------------------------------------------

    def _link_unit(self, unit: TextUnit, matches: list[NameMatch]) -> list[Mention]:
        words = grammar(unit.language)
        mentions: list[Mention] = []
        for start, end in unit.sentences:
            inside = [m for m in matches if start <= m.start and m.end <= end and m.kind not in ("agreement",)]
            phrases = self._reader(unit.language).read(unit.text, inside)
            self._sentence += 1
            mentions.extend(self._link_sentence(unit, words, phrases, start, end))
        return mentions

    def _link_sentence(
        self, unit: TextUnit, words: Grammar, phrases: list[Phrase], start: int, end: int
    ) -> list[Mention]:
        pairs = [(s, e) for s, e, kind in _anaphors(unit.text, words, start, end) if kind == "two-sides"]
        phrases = [
            p for p in phrases
            if p.person or p.name or p.owner or not any(s <= p.start and p.end <= e for s, e in pairs)
        ]
        items: list[tuple[int, int, Phrase | str]] = [(p.start, p.end, p) for p in phrases]
        taken = [(p.start, p.end) for p in phrases]
        items += [
            (s, e, kind)
            for s, e, kind in _anaphors(unit.text, words, start, end)
            if not any(s < b and a < e for a, b in taken)
        ]
        items += [(s, e, "name") for s, e in self._unknown_names(unit, start, end, taken)]
        items.sort(key=lambda item: (item[0], -item[1]))
        done: list[Mention] = []
        later = [(s, e, kind) for s, e, kind in items if kind in ("he", "she") and self._looks_ahead(unit, s, start, items)]
        for s, e, item in [i for i in items if i not in later] + later:
            if isinstance(item, Phrase):
                mention = self._phrase_mention(unit, words, item, done, (start, end))
            elif item == "name":
                mention = self._unknown_person(unit.text, s, e)
            else:
                mention = self._anaphor(unit, item, s, e, done)
            if mention is not None:
                done.append(mention)
                self._remember(mention, len(done) == 1)
        return sorted(done, key=lambda m: m.start)

    def _looks_ahead(self, unit: TextUnit, at: int, start: int, items: list[tuple[int, int, Phrase | str]]) -> bool:
        """ "During his visit, Esper also met …": a pronoun before the first name, in a phrase that a comma closes."""
        first = next((i for i in items if isinstance(i[2], Phrase) and i[2].person is not None), None)
        if first is None or first[0] < at or first[0] - at > 60 or at - start > 30:
            return False
        return unit.text[at : first[0]].rstrip().endswith(",")

    def _unknown_names(
        self, unit: TextUnit, start: int, end: int, taken: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Names that the registry does not know: those met before, and runs of two or more capitalised words."""
        if unit.language == "ar":
            return []
        stop = grammar(unit.language)["stop"]
        found = []
        for match in UNKNOWN_NAME["latin"].finditer(unit.text, start, end):
            s, e = match.start(), match.end()
            words = match.group(0).split()
            while words and words[0].lower().strip(".'’") in stop:
                s += len(words.pop(0)) + 1
            if not words or any(s < b and a < e for a, b in taken):
                continue
            surname = re.sub(r"['’]s$", "", words[-1]).strip(".’'").lower()
            if words[-1].endswith(("'s", "’s")):
                e -= 2
            if surname in self.memory.names:
                found.append((s, e))
            elif len(words) in (2, 3) and unit.cased and all(w.strip(".").isalpha() or "-" in w for w in words):
                found.append((s, e))
        return found

    # -- phrases ------------------------------------------------------------------------------------------------

    def _phrase_mention(
        self, unit: TextUnit, words: Grammar, phrase: Phrase, before: list[Mention], sentence: tuple[int, int]
    ) -> Mention | None:
        if phrase.plain is not None:
            return self._plain(unit, phrase, phrase.plain, before)
        role = phrase.role.role if phrase.role is not None else None
        owner = self._owner(phrase, before)
        if phrase.counterpart and phrase.person is None and phrase.name is None:
            return self._counterpart(phrase, owner, before)
        if phrase.person is not None:
            actor = self._resolve_person(unit, phrase, role, owner)
            if actor is None:
                return None
            self._learn_name(actor, unit.text[phrase.person.start : phrase.person.end])
            return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (actor,), "person")
        if role is None:
            return None
        if phrase.role is not None and unit.text[phrase.role.start : phrase.role.end].lower() in words["relational"] and phrase.owner:
            return None  # "US rivals China and Russia": not the US
        if phrase.name is not None and not THING.search(phrase.name):
            actor = self._provisional(phrase.name, role, owner, phrase.former)
            self._learn_name(actor, phrase.name)
            return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (actor,), "person")
        return self._role_mention(unit, phrase, role, owner, before, sentence)

    def _owner(self, phrase: Phrase, before: list[Mention]) -> Actor | None:
        """The state or organisation a role belongs to: named, or through "his", "its"."""
        if phrase.owner is not None:
            return self._named_actor(phrase.owner)
        if phrase.possessive:
            for mention in reversed(before):
                if mention.known and mention.form != "pair":
                    actor = mention.actors[0]
                    if actor.country:
                        return Actor(actor.country, "state", actor.country, reason=f"“{phrase.possessive}”")
            for remembered in reversed(self.memory.persons[-1:] + self.memory.states[-1:]):
                if remembered.actor.country:
                    country = remembered.actor.country
                    return Actor(country, "state", country, reason=f"“{phrase.possessive}”")
        return None

    def _named_actor(self, match: NameMatch) -> Actor | None:
        identifier = match.ids[0]
        if match.kind == "organisation":
            organisation = self.registry.organisation(identifier)
            if organisation is None:
                return None
            country, _, sector = organisation.code.partition(":")
            return Actor(
                organisation.code,
                "organisation",
                country,
                sector or organisation.sector or None,
                identifier,
                reason=f"organisation {organisation.name}",
            )
        state = self.registry.state(identifier)
        if state is None:
            return None
        sector = "GOV" if match.kind == "seat" else None
        return Actor(
            actor_code(state.id, sector), "state", state.id, sector, state.id, reason=f"{match.kind} of {state.name}"
        )

    def _plain(self, unit: TextUnit, phrase: Phrase, match: NameMatch, before: list[Mention]) -> Mention | None:
        if match.kind == "place":
            return None
        actor = self._named_actor(match)
        if actor is None:
            return None
        kind = "organisation" if match.kind == "organisation" else "state"
        form = FORMS.get(match.kind, "name")
        return Mention(phrase.start, phrase.end, match.start, match.end, (actor,), kind, form)  # type: ignore[arg-type]

    # -- persons ------------------------------------------------------------------------------------------------

    def _resolve_person(self, unit: TextUnit, phrase: Phrase, role: Role | None, owner: Actor | None) -> Actor | None:
        assert phrase.person is not None
        if phrase.person.end - phrase.person.start < 3 and unit.language != "ar":
            return None
        surface = unit.text[phrase.person.start : phrase.person.end]
        ids = phrase.person.ids
        office = role.office if role and role.kind == "office" else None
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
            if phrase.given and not full:
                score += 3 if _given_fits(phrase.given, actor.name or "") else -6
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
        if known is not None and (best is None or best[0] < 6):
            return known
        if best is None or best[0] < (2.5 if honorific or role else 3.0 if self.date else 2.1):
            if role is not None or honorific:
                return self._provisional(surface, role, owner, phrase.former)
            return None
        actor = best[1]
        if office and not phrase.former and (country is None or country == actor.country):
            actor = replace(actor, office=office)
        if phrase.former:
            actor = replace(actor, former=True)
        if country and actor.country != country and role is not None and not phrase.possessive and country[:3] != "---":
            # the text's own word on whom a person serves goes before the table's
            actor = replace(
                actor, country=country, code=actor_code(country, role.sector or "GOV"), office=office or actor.office
            )
        return actor

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

    def _rank(self, holding: Holding) -> int:
        office = self.registry.office(holding.office)
        return int(office.rank) if office and office.rank else 9

    def _person_actor(self, identifier: str, office: str | None, reason: str) -> Actor:
        person = self.registry.person(identifier)
        holdings = self.registry.offices_of(identifier, self.date) if self.date else ()
        ever = self.registry.offices_of(identifier)
        current = next((h for h in holdings if h.office == office), None) or min(holdings, key=self._rank, default=None)
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

    def _provisional(self, name: str, role: Role | None, owner: Actor | None, former: bool) -> Actor:
        """A person the registry does not know: a stable id from the name and country."""
        clean = re.sub(r"['’]s$", "", name).strip()
        country = owner.country if owner else None
        sector = (role.sector if role else None) or "GOV"
        posted = role is not None and role.office in POSTED
        if country is None and not posted and (state := self._focus()) is not None:
            country = state.country
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

    def _unknown_person(self, text: str, start: int, end: int) -> Mention | None:
        name = text[start:end].strip()
        actor = self.memory.names.get(name.split()[-1].strip(".’'").lower())
        if actor is not None:
            return Mention(start, end, start, end, (actor.because("named before"),), "person")
        if THING.search(name):
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
        family = parts[-1].lower()
        known = self.memory.names.get(family)
        if len(parts) > 1 and (known is None or known.id != actor.id):
            self.memory.names[family] = actor
        if actor.name:
            self.memory.names.setdefault(actor.name.split()[-1].lower(), actor)

    # -- roles --------------------------------------------------------------------------------------------------

    def _role_mention(
        self,
        unit: TextUnit,
        phrase: Phrase,
        role: Role,
        owner: Actor | None,
        before: list[Mention],
        sentence: tuple[int, int],
    ) -> Mention | None:
        assert phrase.role is not None
        plural = phrase.role.plural
        if role.kind == "office" and not plural and not phrase.former:
            person = self._holder(role, owner, phrase)
            if person is not None:
                return Mention(
                    phrase.start, phrase.end, phrase.name_start, phrase.name_end, (person,), "person", "title"
                )
        country = owner.country if owner else None
        reason = f"{role.form}" + (f" of {country}" if country else "")
        if country is None:
            near = self._context_country(unit, before, phrase, sentence)
            if near is not None:
                country, reason = near, f"{role.form}; country from context"
        sector = role.sector or "GOV"
        if owner is not None and owner.kind == "organisation":
            code = owner.code
        else:
            code = actor_code(country, sector)
        kind = "group" if role.kind == "group" or plural else "role"
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
        )  # type: ignore[arg-type]
        return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (actor,), kind, "group", plural)  # type: ignore[arg-type]

    def _holder(self, role: Role, owner: Actor | None, phrase: Phrase) -> Actor | None:
        """Who is meant by a title alone: somebody named before, else the holder on the page's date."""
        country = owner.country if owner else None
        if country is None or not phrase.owner:
            for remembered in reversed(self.memory.persons):
                actor = remembered.actor
                if actor.office and actor.office == role.office and (country is None or actor.country == country):
                    return actor.because(f"“{role.form}”, named before")
        if not role.office or not country or role.office in MANY:
            return None
        for remembered in reversed(self.memory.persons):
            actor = remembered.actor
            if actor.office == role.office and actor.country == country and not actor.former:
                return actor.because(f"“{role.form}” of {country}, named before")
        if not self.date:
            return None
        owner_id = owner.id if owner and owner.kind == "organisation" and owner.id else country
        holders = {h.person for h in self.registry.holders(owner_id, role.office, self.date)}
        if len(holders) != 1:
            return None
        identifier = holders.pop()
        actor = self._person_actor(identifier, role.office, f"{role.office} of {owner_id} on {self.date}")
        return replace(actor, office=role.office)

    def _context_country(
        self, unit: TextUnit, before: list[Mention], phrase: Phrase, sentence: tuple[int, int]
    ) -> str | None:
        """The country that an unowned group most likely belongs to: a place right behind it, else what the text is about."""
        if before and before[-1].kind == "person" and unit.text[before[-1].end : phrase.start].strip("'’s ") == "":
            return before[-1].actors[0].country
        role = phrase.role.role if phrase.role else None
        reach = 70 if role is not None and role.sector in DOMESTIC else 14
        for start, country in self._places_in(unit, sentence):
            if 0 < start - phrase.end < reach and not re.search(r"[,;:]", unit.text[phrase.end : start]):
                return country
        if before and before[-1].known and before[-1].actors[0].country:
            return before[-1].actors[0].country
        if role is not None and role.sector in DOMESTIC and self._main is not None:
            return self._main
        state = self._focus()
        return state.country if state else None

    def _places_in(self, unit: TextUnit, sentence: tuple[int, int]) -> list[tuple[int, str]]:
        """(offset, country) of the places behind "in", "at", "of" in a sentence."""
        low, high = sentence
        if self._placed != (id(unit), low):
            text = unit.text[low:high]
            near = [
                (m.start, m.end, m.ids[0])
                for m in self.registry.find(text, unit.language)
                if m.kind in ("capital", "state")
            ]
            if IN_PLACE.search(text):
                known = {s for s, _, _ in near}
                near += [
                    (p.start, p.end, p.places[0].country)
                    for p in self.registry.places(text, unit.language)
                    if p.start not in known
                ]
            self._place_cache = [(low + s, c) for s, _, c in sorted(near) if AT_PLACE.search(text[:s])]
            self._placed = (id(unit), low)
        return self._place_cache

    def _focus(self) -> Actor | None:
        """The state the text last spoke of."""
        recent = [r for r in self.memory.states if self._sentence - r.sentence <= 3]
        for remembered in recent:
            if remembered.sentence == recent[-1].sentence and remembered.first_in_sentence:
                return remembered.actor
        return recent[-1].actor if recent else None

    # -- anaphors -----------------------------------------------------------------------------------------------

    def _anaphor(self, unit: TextUnit, kind: str, start: int, end: int, before: list[Mention]) -> Mention | None:
        if kind in ("he", "she"):
            actor = self._antecedent_person(before, kind, unit.text[start:end].lower() in OBJECTIVE)
            if actor is not None:
                return Mention(
                    start,
                    end,
                    start,
                    end,
                    (actor.because(f"“{unit.text[start:end]}” stands for {actor.name}"),),
                    "pronoun",
                    "pronoun",
                )
            return None
        if kind == "two-sides":
            pair = self._pair(before, unit.text[start:end])
            if pair:
                return Mention(start, end, start, end, pair, "pronoun", "pair", True)
            return None
        if kind == "they":
            pair = self._last_group(before)
            return Mention(start, end, start, end, pair, "pronoun", "pronoun", True) if pair else None
        if kind == "it":
            for mention in [m for m in before if m.kind in ("state", "organisation") and m.form != "adj"][:1]:
                return Mention(start, end, start, end, mention.actors, "pronoun", "pronoun")
            state = self._focus()
            return Mention(start, end, start, end, (state,), "pronoun", "pronoun") if state else None
        return None

    def _antecedent_person(self, before: list[Mention], kind: str, objective: bool = False) -> Actor | None:
        wanted = "male" if kind == "he" else "female"

        def fits(actor: Actor) -> bool:
            person = self.registry.person(actor.id) if actor.id and not actor.id.startswith("P-") else None
            return person is None or not person.gender or person.gender[0] == wanted[0]

        here = [m.actors[0] for m in before if m.kind in ("person", "pronoun") and m.form != "pair" and fits(m.actors[0])]
        subject = next((m.actors[0] for m in before if m.kind in ("person", "state", "organisation", "pronoun")), None)
        if objective and subject is not None:  # "Dendias toured the ruins with Cavusoglu, who thanked him"
            here = [a for a in here if a.id != subject.id]
        if here:
            return here[-1] if objective else here[0]
        earlier = [r for r in self.memory.persons if self._sentence - r.sentence <= 3 and fits(r.actor)]
        if not earlier:
            return None
        if objective and subject is not None:
            earlier = [r for r in earlier if r.actor.id != subject.id] or earlier
        latest = earlier[-1].sentence
        return next(r.actor for r in earlier if r.sentence == latest)

    def _pair(self, before: list[Mention], words: str) -> tuple[Actor, ...]:
        """ "The two ministers", "both capitals": the last two persons or states of different countries."""
        human = not re.search(
            r"countr|nation|state|side|part|capital|government|neighbo|pays|état|بلد|دول|جانب|طرف|عاصم|países|naciones",
            words.lower(),
        )
        pool: list[Actor] = []
        sources = [r.actor for r in (self.memory.persons if human else [*self.memory.states, *self.memory.persons])]
        order = (
            list(reversed(sources))
            if human
            else [
                r.actor
                for r in sorted([*self.memory.states, *self.memory.persons], key=lambda r: (-r.sentence, r.position))
            ]
        )
        for actor in order:
            if actor.country and all(a.country != actor.country for a in pool):
                pool.append(actor if human else Actor(actor.country, "state", actor.country, reason=f"“{words}”"))
            if len(pool) == 2:
                return tuple(a.because(f"“{words}”") for a in reversed(pool))
        return ()

    def _last_group(self, before: list[Mention]) -> tuple[Actor, ...]:
        for mention in before:
            if mention.plural and mention.known:
                return mention.actors
        people = [r for r in self.memory.persons if r.sentence in (self._sentence - 1, self._sentence)]
        countries = {r.actor.country for r in people}
        if len(countries) >= 2:
            return tuple({r.actor.id: r.actor for r in people}.values())[:2]
        return ()

    def _counterpart(self, phrase: Phrase, owner: Actor | None, before: list[Mention]) -> Mention | None:
        """ "His Moroccan counterpart": the holder of the same office in the other country on the page's date."""
        if owner is None or owner.country is None:
            return None
        first = next((m.actors[0] for m in before if m.kind == "person"), None) or self.memory.last_person()
        office = first.office if first else None
        actor = Actor(
            actor_code(owner.country, "GOV"), "role", owner.country, "GOV", office=office, reason="counterpart"
        )
        if office:
            known = next(
                (
                    r.actor
                    for r in reversed(self.memory.persons)
                    if r.actor.country == owner.country and r.actor.office == office
                ),
                None,
            )
            if known is not None:
                actor = known.because(f"counterpart of {first.name if first else '?'}, named before")
            elif self.date:
                for key in [office, *(k for k in TOP_OFFICES if office in TOP_OFFICES and k != office)]:
                    holders = {h.person for h in self.registry.holders(owner.country, key, self.date)}
                    if len(holders) == 1:
                        who = self._person_actor(holders.pop(), key, f"counterpart of {first.name if first else '?'}")
                        actor = replace(who, office=key)
                        break
        return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (actor,), "person", "title")

    def _remember(self, mention: Mention, first: bool) -> None:
        if mention.kind == "pronoun":
            return
        for actor in mention.actors:
            remembered = Remembered(actor, self._sentence, mention.start, first)
            if mention.kind == "person":
                self.memory.persons.append(remembered)
            if actor.country and actor.country != "---" and mention.kind in ("state", "organisation"):
                self.memory.states.append(remembered)


def _given_fits(given: str, name: str) -> bool:
    """Whether given names as written could be those of a canonical name: an initial, a spelling variant, a short form."""
    written = [fold(w.strip(".")) for w in given.split()]
    known = [fold(w) for w in re.split(r"[\s-]+", name)]
    return any(
        k == w
        or (len(w) <= 2 and k.startswith(w[:1]))
        or (w[:1] == k[:1] and SequenceMatcher(None, w, k).ratio() >= 0.7)
        for w in written
        if w
        for k in known
        if k
    )


def _anaphors(text: str, words: Grammar, start: int, end: int) -> list[tuple[int, int, str]]:
    """Pronouns and pair phrases of a sentence."""
    found: list[tuple[int, int, str]] = []
    lowered = text[start:end].lower()
    for kind in ("two-sides", "he", "she", "they", "it"):
        for word in words[kind]:
            if kind == "two-sides":
                pattern = rf"(?<!\w)(?:the |both |les |los |las |ال)?{re.escape(word)}(?!\w)"
            else:
                pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
            for match in re.finditer(pattern, lowered):
                found.append((start + match.start(), start + match.end(), kind))
    found.sort(key=lambda f: (f[0], f[0] - f[1]))
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept
