"""Whom pronouns, pair phrases and counterparts stand for."""

from __future__ import annotations

from dataclasses import replace

from dragoman.actors.backward import OF_TWO
from dragoman.actors.memory import OBLIQUE, Remembered, TextUnit
from dragoman.actors.mention import Actor, Mention, actor_code
from dragoman.actors.pairs import TOP_OFFICES, Pairs
from dragoman.actors.phrases import Phrase
from dragoman.language.grammar import Grammar, grammar

REACH = 24  # code points in which the word before a name and its article stand
MASCULINE = frozenset({"IRQ", "LBN", "MAR", "SDN", "JOR", "YEM", "KWT", "SOM", "SSD", "NER", "TCD", "SEN", "VAT"})


class Anaphora(Pairs):
    """Resolves what refers back (or, now and then, ahead)."""

    def _anaphor(
        self, unit: TextUnit, kind: str, start: int, end: int, before: list[Mention], words: Grammar
    ) -> Mention | None:
        if kind in ("latter-he", "latter-she") or kind in OF_TWO:
            which, _, gender = kind.partition("-")
            other = None
            if which == "latter":
                meant = self._latter(unit, before, gender, words)
            else:
                meant, other = self._one_of_two(unit, before, which, gender, words)
            if meant is None:
                return None
            reason = f"“{unit.text[start:end]}” stands for {meant.name or meant.code}"
            return Mention(start, end, start, end, (meant.because(reason),), "pronoun", "pronoun", other=other)
        if kind in ("he", "she"):
            said = unit.text[start:end]
            objective = said.lower() in words["objective"]
            if said.lower() in words["it"] and not objective:
                actor = self._antecedent(unit, before, kind, words)
            else:
                actor = self._antecedent_person(
                    unit, before, kind, objective, self._relative_subject(unit, before, start, words), words
                )
            if actor is not None:
                actor = actor.because(f"“{said}” stands for {actor.name or actor.code}")
                return Mention(start, end, start, end, (actor,), "pronoun", "pronoun")
            return None
        if kind == "two-sides":
            pair = self._pair(unit.text[start:end], words, not _opens_clause(unit, before, start, words))
            if pair:
                return Mention(start, end, start, end, pair, "pronoun", "pair", True)
            return None
        if kind in ("they", "both"):
            pair = self._pair_before(before) if kind == "both" else ()
            pair = pair or self._last_group(before)
            if kind == "both" and len({a.country for a in pair}) != 2:
                pair = self._two_states(unit.text[start:end], aside=False)
            return Mention(start, end, start, end, pair, "pronoun", "pronoun", True) if pair else None
        if kind == "it":
            if (mention := self._state_spoken_of(unit, before, words)) is not None:
                return Mention(start, end, start, end, mention.actors, "pronoun", "pronoun")
            state = self._focus()
            return Mention(start, end, start, end, (state,), "pronoun", "pronoun") if state else None
        return None

    def _state_spoken_of(self, unit: TextUnit, before: list[Mention], words: Grammar) -> Mention | None:
        """The state or organisation that "it" stands for: the last that opens a clause, else the first of the sentence.

        "Japan called on Thailand to restore democracy, and Malaysia advised **its** citizens …"
        """
        states = [m for m in before if (m.kind in ("state", "organisation") and m.form != "adj") or _institution(m)]
        opening = [m for m in states if stands_first(unit, m, words)]
        return next(iter([*reversed(opening), *states]), None)

    def _antecedent(self, unit: TextUnit, before: list[Mention], kind: str, words: Grammar) -> Actor | None:
        """Whom "il" or "elle" stands for, a person or a state: the subject before, if its gender fits."""

        for mention in before:
            surface = unit.text[mention.start : mention.end]
            thing = mention.kind in ("state", "organisation")
            if mention.form in ("adj", "pair", "group") or mention.plural or not mention.actors:
                continue
            if thing and OBLIQUE.search(unit.text[max(0, mention.start - 14) : mention.start]):
                continue
            if mention.kind in ("person", "pronoun", "state", "organisation") and self._may_stand(
                mention.actors[0], surface, kind, words
            ):
                return mention.actors[0]
        for r in self._lately(3):
            if (r.actor.kind == "person" or not r.oblique) and self._remembered_as(r, kind, words):
                return r.actor
        return None

    def _may_stand(self, actor: Actor, surface: str, kind: str, words: Grammar) -> bool:
        """Whether a pronoun of that gender (`one`: of either) may stand for an actor named so."""
        if kind == "one" or actor.kind == "organisation":
            return True
        if actor.kind == "state" and actor.sector is None:
            feminine = _feminine(surface, words)
            return feminine is None or feminine == (kind == "she")
        return self._has_gender(actor, "male" if kind == "he" else "female")

    def _latter(self, unit: TextUnit, before: list[Mention], kind: str, words: Grammar) -> Actor | None:
        """ "Ce dernier": whoever was named last, here or in the sentence before; a person rather than a state."""
        pools = [
            [(m.actors[0], unit.text[m.start : m.end]) for m in reversed(before) if _single(m)],
            [(r.actor, r.surface) for r in reversed(self.memory.persons) if self._sentence - r.sentence == 1],
            [(r.actor, r.surface) for r in reversed(self.memory.states) if self._sentence - r.sentence == 1],
        ]
        fitting = [[a for a, surface in pool if self._may_stand(a, surface, kind, words)] for pool in pools]
        persons = [a for a in fitting[0] if a.kind == "person"] or fitting[1]
        return next(iter([*persons, *fitting[0], *fitting[2]]), None)

    def _one_of_two(
        self, unit: TextUnit, before: list[Mention], which: str, gender: str, words: Grammar
    ) -> tuple[Actor | None, Actor | None]:
        """ "La primera", "the latter": of the only two that this sentence or the last named, the one and the other."""
        here = {
            (m.actors[0].id, m.actors[0].name): (m.actors[0], unit.text[m.start : m.end])
            for m in before
            if _single(m) and m.kind != "pronoun"
        }
        named = [r for r in (*self.memory.persons, *self.memory.states) if self._sentence - r.sentence == 1]
        lately = sorted(named, key=lambda r: r.position)
        two = here or {(r.actor.id, r.actor.name): (r.actor, r.surface) for r in lately}
        if len(two) != 2:
            return None, None
        (actor, surface), (other, _) = list(two.values())[:: -1 if which == "second" else 1]
        return (actor, other) if self._may_stand(actor, surface, gender, words) else (None, None)

    def _clitic(
        self, unit: TextUnit, kind: str, start: int, end: int, before: list[Mention], words: Grammar
    ) -> Mention | None:
        """Whom an object pronoun stands for: the last one named that is not the subject of its own clause."""
        said = unit.text[start:end]
        subject = self._subject_before(unit, before, start, words)
        own = {(a.id, a.name) for a in subject.actors} if subject else set()
        reason = f"“{said}” before a verb"
        if kind == "they":
            group = next((m.actors for m in reversed(before) if m.plural and m.known and m is not subject), None)
            group = group or (self._group_before() if not any(m.plural for m in before) else ())
            group = tuple(a.because(reason) for a in group if (a.id, a.name) not in own)
            return Mention(start, end, start, end, group, "pronoun", "pronoun", True) if group else None
        others = [m for m in reversed(before) if _single(m) and m is not subject]
        main = _first_free(unit, before)
        others.sort(key=lambda m: m is not main)  # "Eyadéma a été reçu par Chirac, puis par Blair, qui **l'**a loué"
        here = [(m.actors[0], unit.text[m.start : m.end]) for m in others]
        for actor, surface in here:
            if (actor.id, actor.name) not in own and self._may_stand(actor, surface, kind, words):
                return Mention(start, end, start, end, (actor.because(reason),), "pronoun", "pronoun")
        for r in self._lately(2):
            if (r.actor.id, r.actor.name) not in own and self._remembered_as(r, kind, words):
                return Mention(start, end, start, end, (r.actor.because(reason),), "pronoun", "pronoun")
        return None

    def _lately(self, sentences: int) -> list[Remembered]:
        """Who was named in the sentences before, the nearest first; in each its subject before the others."""
        memory = self.memory
        return sorted(
            (
                r
                for r in [*memory.persons, *memory.states, *memory.roles]
                if 0 < self._sentence - r.sentence <= sentences and not r.joined
            ),
            key=lambda r: (-r.sentence, not r.subject, r.oblique, r.actor.kind != "person", r.position),
        )

    def _remembered_as(self, remembered: Remembered, kind: str, words: Grammar) -> bool:
        """Whether a pronoun of that gender may stand for someone: by its article, else by what is known of it."""
        if kind != "one" and remembered.gender and remembered.actor.name is None:
            return remembered.gender == kind
        return self._may_stand(remembered.actor, remembered.surface, kind, words)

    def _subject_before(self, unit: TextUnit, before: list[Mention], at: int, words: Grammar) -> Mention | None:
        """The subject of the clause at an offset: the noun before "qui", else the first actor under no preposition."""
        last = before[-1] if before else None
        between = unit.text[last.end : at].lower().lstrip(" ,").split() if last is not None else []
        if last is not None and between and between[0] in words["relative"]:
            return last
        return _first_free(unit, before)

    def _has_gender(self, actor: Actor, wanted: str) -> bool:
        person = self.registry.person(actor.id) if actor.id and not actor.id.startswith("P-") else None
        return person is None or not person.gender or person.gender[0] == wanted[0]

    def _suffix(self, kind: str, start: int, end: int, before: list[Mention]) -> Mention | None:
        """A pronoun written onto a word: of an owner, or of whom a verb acts on, which is not its subject.

        The nearest that fits: a man or a state for "his", a woman or a state for "her"; states have either gender.
        """
        who, _, use = kind.partition("-")
        if who == "two":
            pair = self._pair("الطرفان", grammar("ar"))
            return Mention(start, end, start, end, pair, "pronoun", "suffix", True) if pair else None
        if who == "they":
            group = tuple(a for a in self._last_group(before) if a.kind not in ("state", "organisation"))
            return Mention(start, end, start, end, group, "pronoun", "suffix", True) if group else None
        fitting = [m for m in reversed(before) if m.form not in ("adj", "suffix") and self._may_be(m, who)]
        if use == "owner" and who == "he":
            fitting.sort(key=lambda m: m.kind != "person")  # "his visit": a person rather than a state
        actor = fitting[0].actors[0] if fitting else self._last_actor(who)
        if actor is None:
            return None
        return Mention(start, end, start, end, (actor.because("a pronoun that stands for it"),), "pronoun", "suffix")

    def _may_be(self, mention: Mention, who: str) -> bool:
        actor = mention.actors[0]
        if len(mention.actors) > 1 or mention.kind not in ("person", "state", "organisation", "role"):
            return False
        if mention.kind in ("person", "role"):
            person = self.registry.person(actor.id) if actor.id and not actor.id.startswith("P-") else None
            gender = person.gender if person else ""
            return (gender or "male").startswith("m" if who == "he" else "f")
        return who == "she" or actor.country in MASCULINE or mention.kind == "organisation"

    def _last_actor(self, who: str) -> Actor | None:
        """Whom the sentence before was about."""
        recent = [r for r in self.memory.persons if self._sentence - r.sentence <= 2]
        for remembered in reversed(recent):
            if self._may_be(Mention(0, 0, 0, 0, (remembered.actor,), "person"), who):
                return remembered.actor
        return self._focus() if who == "she" else None

    def _relative_subject(self, unit: TextUnit, before: list[Mention], start: int, words: Grammar) -> str | None:
        """The id of whom a relative clause is about, for a pronoun inside it: "Cavusoglu, who thanked him"."""
        last = next((m for m in reversed(before) if m.kind == "person"), None)
        if last is None:
            return None
        between = unit.text[last.end : start].lower().lstrip(" ,").split()
        return last.actors[0].id if between and between[0] in words["relative"] else None

    def _antecedent_person(
        self,
        unit: TextUnit,
        before: list[Mention],
        kind: str,
        objective: bool,
        other_than: str | None,
        words: Grammar,
    ) -> Actor | None:
        """Whom "he" or "she" stands for: the last person that opens a clause of the sentence, else its first; then
        the first of the latest sentence that names one. An object is not the subject of its own clause."""
        wanted = "male" if kind == "he" else "female"

        def fits(actor: Actor) -> bool:
            return self._has_gender(actor, wanted)

        people = [
            m
            for m in before
            if m.kind in ("person", "pronoun")
            and m.form != "pair"
            and not m.plural
            and m.actors[0].kind in ("person", "role")
            and fits(m.actors[0])
        ]
        here = [m.actors[0] for m in people]
        subject = next((m.actors[0] for m in before if m.kind in ("person", "state", "organisation", "pronoun")), None)
        if objective and other_than is not None:
            here = [a for a in here if a.id != other_than]
            return here[-1] if here else None
        if objective and subject is not None:  # "Dendias toured the ruins with Cavusoglu, who thanked him"
            here = [a for a in here if a.id != subject.id]
        opening = [m.actors[0] for m in people if stands_first(unit, m, words) and not _owns(unit, m)]
        if here and not objective:
            return opening[-1] if opening else here[0]
        if objective and opening:  # "where Biden was to receive him"
            here = [a for a in here if a.id != opening[-1].id]
        if here:
            return here[-1]
        earlier = [r for r in self.memory.persons if self._sentence - r.sentence <= 3 and fits(r.actor)]
        if not earlier:
            return None
        if objective and subject is not None:
            earlier = [r for r in earlier if r.actor.id != subject.id] or earlier
        latest = earlier[-1].sentence
        return next(r.actor for r in earlier if r.sentence == latest)

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


def stands_first(unit: TextUnit, mention: Mention, words: Grammar) -> bool:
    """Whether a mention opens a clause, its article aside: behind a stop, a comma, "and", "that", "when" …"""
    before = unit.text[max(0, mention.start - REACH) : mention.start].lower().rstrip()
    article = next((a for a in sorted(words["article"], key=len) if before.endswith(f" {a}") or before == a), "")
    before = before.removesuffix(article).rstrip()
    return not before or not before[-1].isalnum() or before.split()[-1] in words["opener"]


def _opens_clause(unit: TextUnit, before: list[Mention], at: int, words: Grammar) -> bool:
    """Whether a new clause begins between the last name and an offset: "Cairo and Doha signed a pact that …"."""
    if not before:
        return True
    between = unit.text[before[-1].end : at].lower()
    return ";" in between or not (words["opener"] | words["relative"]).isdisjoint(between.rpartition(",")[2].split())


def _owns(unit: TextUnit, mention: Mention) -> bool:
    return unit.text.startswith(("'s", "’s"), mention.end)


def _institution(mention: Mention) -> bool:
    """Whether a mention is of a ministry, a government, an army: a "role" that nobody holds."""
    return mention.kind == "role" and not mention.plural and mention.actors[0].office is None


def _first_free(unit: TextUnit, mentions: list[Mention]) -> Mention | None:
    """The first actor of a sentence that stands under no preposition: its subject."""
    free = (m for m in mentions if m.form != "adj" and not OBLIQUE.search(unit.text[max(0, m.start - 14) : m.start]))
    return next(free, None)


def _single(mention: Mention) -> bool:
    """Whether a mention names one actor that a singular pronoun may stand for."""
    kinds = ("person", "state", "organisation", "role", "pronoun")
    return len(mention.actors) == 1 and not mention.plural and mention.form != "adj" and mention.kind in kinds


def _feminine(surface: str, words: Grammar) -> bool | None:
    """Whether a country's name is feminine, by its ending; None for capitals and where the language has no rule."""
    name = surface.lower().split()[-1].strip("’'.") if surface else ""
    if not words["feminine-ending"] or not name:
        return None
    if name in words["masculine-state"]:
        return False
    return name.endswith(tuple(words["feminine-ending"]))
