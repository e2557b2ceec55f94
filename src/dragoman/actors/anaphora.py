"""Whom pronouns, pair phrases and counterparts stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from dataclasses import replace
from functools import cache

from dragoman.actors.memory import OBLIQUE, Remembered, TextUnit
from dragoman.actors.mention import Actor, Mention, actor_code
from dragoman.actors.persons import Persons
from dragoman.actors.phrases import Phrase
from dragoman.language.glance import first_words
from dragoman.language.grammar import Grammar, grammar

PAIRED_OFFICES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister"}
)
TOP_OFFICES = ("head_of_state", "head_of_government")
ANAPHORS = ("two-sides", "latter-he", "latter-she", "he", "she", "they", "it")
_DETERMINERS = ("the ", "both ", "les ", "los ", "las ", "ال")  # that a pair phrase may have before it
SIDES = (  # ends of words for two that stand against each other
    "camps", "parties", "voisins", "rivaux", "ennemis", "adversaires", "belligérants", "protagonistes", "capitales",
    "bandos", "partes", "vecinos", "rivales", "enemigos", "adversarios",
)  # fmt: skip
MASCULINE = frozenset({"IRQ", "LBN", "MAR", "SDN", "JOR", "YEM", "KWT", "SOM", "SSD", "NER", "TCD", "SEN", "VAT"})


class Anaphora(Persons):
    """Resolves what refers back (or, now and then, ahead)."""

    def _anaphor(
        self, unit: TextUnit, kind: str, start: int, end: int, before: list[Mention], words: Grammar
    ) -> Mention | None:
        if kind in ("latter-he", "latter-she"):
            latter = self._latter(unit, before, kind.removeprefix("latter-"), words)
            if latter is None:
                return None
            reason = f"“{unit.text[start:end]}” stands for {latter.name or latter.code}"
            return Mention(start, end, start, end, (latter.because(reason),), "pronoun", "pronoun")
        if kind in ("he", "she"):
            said = unit.text[start:end]
            objective = said.lower() in words["objective"]
            if said.lower() in words["it"] and not objective:
                actor = self._antecedent(unit, before, kind, words)
            else:
                actor = self._antecedent_person(
                    before, kind, objective, self._relative_subject(unit, before, start, words)
                )
            if actor is not None:
                actor = actor.because(f"“{said}” stands for {actor.name or actor.code}")
                return Mention(start, end, start, end, (actor,), "pronoun", "pronoun")
            return None
        if kind == "two-sides":
            collective = words["collective"]
            pair = self._pair(unit.text[start:end], collective, unit.language)
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
        here = [(m.actors[0], unit.text[m.start : m.end]) for m in reversed(before) if _single(m) and m is not subject]
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
        free = [m for m in before if m.form != "adj" and not OBLIQUE.search(unit.text[max(0, m.start - 14) : m.start])]
        return free[0] if free else None

    def _group_before(self) -> tuple[Actor, ...]:
        """The latest group or pair that the two sentences before named."""
        return next((g for n, g in reversed(self.memory.groups) if 0 < self._sentence - n <= 2), ())

    def _has_gender(self, actor: Actor, wanted: str) -> bool:
        person = self.registry.person(actor.id) if actor.id and not actor.id.startswith("P-") else None
        return person is None or not person.gender or person.gender[0] == wanted[0]

    def _suffix(self, kind: str, start: int, end: int, before: list[Mention]) -> Mention | None:
        """A pronoun written onto a word: of an owner, or of whom a verb acts on, which is not its subject.

        The nearest that fits: a man or a state for "his", a woman or a state for "her"; states have either gender.
        """
        who, _, use = kind.partition("-")
        if who == "two":
            pair = self._pair("الطرفان", grammar("ar")["collective"], "ar")
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
        self, before: list[Mention], kind: str, objective: bool = False, other_than: str | None = None
    ) -> Actor | None:
        wanted = "male" if kind == "he" else "female"

        def fits(actor: Actor) -> bool:
            return self._has_gender(actor, wanted)

        here = [
            m.actors[0]
            for m in before
            if m.kind in ("person", "pronoun")
            and m.form != "pair"
            and m.actors[0].kind != "state"
            and fits(m.actors[0])
        ]
        subject = next((m.actors[0] for m in before if m.kind in ("person", "state", "organisation", "pronoun")), None)
        if objective and other_than is not None:
            here = [a for a in here if a.id != other_than]
            return here[-1] if here else None
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

    def _pair_of_office(self, words: str, language: str) -> tuple[Actor, ...]:
        """ "The two foreign ministers": two who hold that office, or those of the two states named last."""
        named = (m.role for m in self.registry.find(words, language) if m.role is not None)
        office = next((r.office for r in named if r.office in PAIRED_OFFICES), None)
        if office is None:
            return ()
        offices = TOP_OFFICES if office in TOP_OFFICES else (office,)
        people = [r.actor for r in reversed(self.memory.persons)]
        pool = list({a.country: a for a in reversed(people) if a.office in offices and not a.former}.values())
        if len(pool) >= 2:
            return ()  # the usual way finds the latest two of them
        around = sorted(self.memory.states, key=lambda r: (-r.sentence, r.position))
        nearby = list(
            dict.fromkeys(r.actor.country for r in around if r.actor.country and self.registry.state(r.actor.country))
        )
        countries = [c for c in self._most_named if c in nearby] or nearby
        if len(countries) < 2 or all(a.office in offices for a in people[:2]) or "diplomats" in words.lower():
            return ()
        return tuple(
            replace(self._officer(country, office), reason=f"“{words}”")
            for country in reversed(countries[:2])
            if country
        )

    def _officer(self, country: str, office: str) -> Actor:
        """The one holder of an office on the page's date, else the office itself."""
        held = {h.person for h in self.registry.holders(country, office, self.date)} if self.date else set()
        if len(held) == 1:
            return replace(self._person_actor(held.pop(), office, office), office=office)
        return Actor(actor_code(country, "GOV"), "role", country, "GOV", office=office)

    def _pair(self, words: str, collective: frozenset[str], language: str) -> tuple[Actor, ...]:
        """ "The two ministers", "both capitals": the last two persons or states of different countries.

        `collective` are beginnings of the words that mean states, not people.
        """
        human = not any(start in words.lower() for start in collective)
        if human and (pair := self._pair_of_office(words, language)):
            return pair
        if words.lower().endswith(SIDES) and (sides := self._main_sides(words, self._outsider())):
            return sides
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
        outsider = self._outsider()
        for actor in order:
            if actor.country == outsider:
                continue  # "Saudi Arabia congratulated the two countries"
            if actor.country and all(a.country != actor.country for a in pool):
                pool.append(actor if human else Actor(actor.country, "state", actor.country, reason=f"“{words}”"))
            if len(pool) == 2:
                return tuple(a.because(f"“{words}”") for a in reversed(pool))
        return ()

    def _outsider(self) -> str | None:
        """The one country that this sentence names so far, where those before it named two others and not it."""
        people = [*self.memory.states, *self.memory.persons]
        here = {r.actor.country for r in people if r.sentence == self._sentence}
        earlier = {r.actor.country for r in people if 0 < self._sentence - r.sentence <= 3} - {None}
        return next(iter(here)) if len(here) == 1 and len(earlier) > 1 and not here & earlier else None

    def _main_sides(self, words: str, outsider: str | None) -> tuple[Actor, ...]:
        """ "Both camps", "the two neighbours": the two states that the text has named most, if both are near."""
        counts = Counter(r.actor.country for r in self.memory.states if r.actor.country != outsider)
        near = {
            r.actor.country for r in [*self.memory.states, *self.memory.persons] if self._sentence - r.sentence <= 5
        }
        most = [c for c, n in counts.most_common(3) if n > 1 and c in near and c is not None]
        if len(most) < 2 or (len(most) > 2 and counts[most[1]] == counts[most[2]]):
            return ()
        return tuple(Actor(c, "state", c, reason=f"“{words}”") for c in sorted(most[:2]))

    def _last_group(self, before: list[Mention]) -> tuple[Actor, ...]:
        for mention in before:
            if mention.plural and mention.known:
                return mention.actors
        near = (self._sentence - 1, self._sentence)
        people = [r for r in self.memory.persons if r.sentence in near]
        countries = {r.actor.country for r in people}
        if len(countries) >= 2:
            return tuple({r.actor.id: r.actor for r in people}.values())[:2]
        for sentence, actors in reversed(self.memory.groups):
            if self._sentence - sentence <= 2:
                return actors
        states = {r.actor.country: r.actor for r in self.memory.states if r.sentence in near and not r.oblique}
        if len(states) >= 2:
            return tuple(states.values())[:2]
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


@cache
def _pattern(classes: tuple[frozenset[str], ...]) -> re.Pattern[str]:
    """Any word of the classes, each class a group, its longest forms first; a pair may have a determiner."""
    groups = ("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)" for words in classes)
    pair, *others = (f"(?:{forms})" for forms in groups)
    choices = "|".join(f"({forms})" for forms in (f"(?:{'|'.join(_DETERMINERS)})?{pair}", *others))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def _impersonal(behind: str, words: Grammar) -> bool:
    """ "Il y a", "il faut": a subject that stands for nobody."""
    return bool(words["impersonal"]) and behind.lstrip().startswith(tuple(words["impersonal"]))


@cache
def _beginnings(classes: tuple[frozenset[str], ...]) -> frozenset[str]:
    """The words with which a match of `_pattern` begins, or a pair behind its determiner."""
    pair = first_words(classes[0])
    return first_words(form for words in classes for form in words) | {f"ال{word}" for word in pair}


def anaphors(text: str, words: Grammar, start: int, end: int, spoken: Set[str]) -> list[tuple[int, int, str]]:
    """Pronouns and pair phrases of a sentence, not overlapping, in order. `spoken` are the sentence's `words_of`."""
    classes = tuple(words[kind] for kind in ANAPHORS)
    if _beginnings(classes).isdisjoint(spoken):
        return []
    pattern = _pattern(classes)
    lowered = text[start:end].lower()
    return [
        (start + m.start(), start + m.end(), kind)
        for m in pattern.finditer(lowered)
        if m.lastindex is not None
        and ((kind := ANAPHORS[m.lastindex - 1]) not in ("he", "it") or not _impersonal(lowered[m.end() :], words))
    ]


def counted(words: Grammar, text: str, start: int, end: int, spoken: Set[str]) -> list[tuple[int, int, int]]:
    """Phrases like "the four countries" in `text[start:end]`, with their number. `spoken` are its `words_of`."""
    if _numbers(words.language).isdisjoint(spoken):
        return []
    pattern = _counted(words.language)
    if pattern is None:
        return []
    return [(m.start(), m.end(), int(m.lastgroup[1:])) for m in pattern.finditer(text, start, end) if m.lastgroup]


@cache
def _numbers(language: str) -> frozenset[str]:
    """The words from three to ten."""
    words = grammar(language)
    return first_words(form for n in range(3, 11) for form in words[f"cardinal-{n}"])


@cache
def _counted(language: str) -> re.Pattern[str] | None:
    """ "The" + number + people or states (bare before a verb or a stop); None where the language has no numbers."""
    words = grammar(language)
    numbers = {n: words[f"cardinal-{n}"] for n in range(3, 11) if words[f"cardinal-{n}"]}
    if not numbers or not words["counted"]:
        return None
    nouns = "|".join(map(re.escape, sorted(words["counted"], key=len, reverse=True)))
    bare = "|".join(map(re.escape, sorted(words["after-counted"], key=len, reverse=True)))
    alternatives = "|".join(
        rf"(?P<n{n}>[Tt]he (?:{'|'.join(map(re.escape, sorted(forms)))})(?: (?:{nouns})\b|(?=[.,;]| (?:{bare})\b)))"
        for n, forms in numbers.items()
    )
    return re.compile(rf"\b(?:{alternatives})")
