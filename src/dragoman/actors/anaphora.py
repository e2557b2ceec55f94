"""Whom pronouns, pair phrases and counterparts stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dragoman.actors.memory import TextUnit
from dragoman.actors.mention import Actor, Mention, actor_code
from dragoman.actors.persons import Persons
from dragoman.actors.phrases import Phrase
from dragoman.language.grammar import Grammar, grammar

TOP_OFFICES = ("head_of_state", "head_of_government")
ANAPHORS = ("two-sides", "he", "she", "they", "it")


class Anaphora(Persons):
    """Resolves what refers back (or, now and then, ahead)."""

    def _anaphor(self, unit: TextUnit, kind: str, start: int, end: int, before: list[Mention]) -> Mention | None:
        if kind in ("he", "she"):
            objective = unit.text[start:end].lower() in grammar(unit.language)["objective"]
            actor = self._antecedent_person(before, kind, objective)
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
            collective = grammar(unit.language)["collective"]
            pair = self._pair(unit.text[start:end], collective)
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

        here = [
            m.actors[0] for m in before if m.kind in ("person", "pronoun") and m.form != "pair" and fits(m.actors[0])
        ]
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

    def _pair(self, words: str, collective: frozenset[str]) -> tuple[Actor, ...]:
        """ "The two ministers", "both capitals": the last two persons or states of different countries.

        `collective` are beginnings of the words that mean states, not people.
        """
        human = not any(start in words.lower() for start in collective)
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


@cache
def _pattern(classes: tuple[frozenset[str], ...]) -> re.Pattern[str]:
    """Any word of the classes, each class a group, its longest forms first; a pair may have a determiner."""
    groups = ("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)" for words in classes)
    pair, *others = (f"(?:{forms})" for forms in groups)
    choices = "|".join(f"({forms})" for forms in (f"(?:the |both |les |los |las |ال)?{pair}", *others))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def anaphors(text: str, words: Grammar, start: int, end: int) -> list[tuple[int, int, str]]:
    """Pronouns and pair phrases of a sentence, not overlapping, in order."""
    pattern = _pattern(tuple(words[kind] for kind in ANAPHORS))
    return [
        (start + m.start(), start + m.end(), ANAPHORS[m.lastindex - 1])
        for m in pattern.finditer(text[start:end].lower())
        if m.lastindex is not None
    ]
