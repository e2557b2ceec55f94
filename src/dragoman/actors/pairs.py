"""Who "the two ministers", "both capitals" and "they" are: the pair or group that the text named last."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dragoman.actors.mention import Actor, Mention, actor_code
from dragoman.actors.persons import Persons

PAIRED_OFFICES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister"}
)
TOP_OFFICES = ("head_of_state", "head_of_government")
SIDES = (  # ends of words for two that stand against each other
    "camps", "parties", "voisins", "rivaux", "ennemis", "adversaires", "belligérants", "protagonistes", "capitales",
    "bandos", "partes", "vecinos", "rivales", "enemigos", "adversarios",
)  # fmt: skip


class Pairs(Persons):
    """Resolves phrases that stand for two or more."""

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

    def _group_before(self) -> tuple[Actor, ...]:
        """The latest group or pair that the two sentences before named."""
        return next((g for n, g in reversed(self.memory.groups) if 0 < self._sentence - n <= 2), ())
