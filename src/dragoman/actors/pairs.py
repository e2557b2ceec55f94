"""Who "the two ministers", "they" and "the kingdom" are: the pair, the group or the one that the text named last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from dragoman.actors.backward import counted
from dragoman.actors.memory import Remembered, TextUnit
from dragoman.actors.mention import Actor, Kind, Mention, actor_code
from dragoman.actors.titles import Titles
from dragoman.language.grammar import Grammar, grammar

PAIRED_OFFICES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister"}
)
TOP_OFFICES = ("head_of_state", "head_of_government")
SIDES = (  # ends of words for two that stand against each other
    "camps", "parties", "voisins", "rivaux", "ennemis", "adversaires", "belligérants", "protagonistes", "capitales",
    "bandos", "partes", "vecinos", "rivales", "enemigos", "adversarios",
)  # fmt: skip
JOINED = 3  # sentences back in which two named in one breath are still "the two"
BODIES = ("organis", "institut", "délégation", "administrations", "bodies", "blocs")  # pairs that need not be states


class Pairs(Titles):
    """Resolves phrases that stand for two or more, and epithets."""

    def _pair_of_office(self, words: str, language: str) -> tuple[Actor, ...]:
        """ "The two foreign ministers": two who hold that office, or those of the two states named last."""
        named = (m.role for m in self.registry.find(words, language) if m.role is not None)
        office = next((r.office for r in named if r.office in PAIRED_OFFICES), None)
        if office is None:
            return ()
        offices = TOP_OFFICES if office in TOP_OFFICES else (office,)
        people = [r.actor for r in reversed(self.memory.persons)]
        pool = [a for a in people if a.office in offices and not a.former]
        if pair := self._latest_two(pool, f"“{words}”"):
            return pair
        around = sorted(self.memory.states, key=lambda r: (-r.sentence, r.position))
        nearby = list(
            dict.fromkeys(r.actor.country for r in around if r.actor.country and self.registry.state(r.actor.country))
        )
        countries = [c for c in self._most_named if c in nearby] or nearby
        held = bool(people) and all(a.office in offices for a in people[:2])
        if len(countries) < 2 or held or "diplomats" in words.lower():
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

    def _pair(self, words: str, grammar: Grammar, aside: bool = False) -> tuple[Actor, ...]:
        """ "The two ministers", "both capitals": the last two persons or states of different countries.

        `aside` tells that the clause so far has a subject of its own: "Russia and China urged both sides …".
        """
        if any(start in words.lower() for start in grammar["collective"]):
            return self._two_states(words, aside)
        if pair := self._pair_of_office(words, grammar.language):
            return pair
        named_here = any(r.sentence == self._sentence for r in self.memory.persons)
        told = set(self._told_pair()) if not named_here or aside else set()
        people = [r.actor for r in reversed(self.memory.persons) if not told or r.actor.country in told]
        if len({a.country for a in people}) < 2:
            people = [r.actor for r in reversed(self.memory.persons)]
        return self._latest_two(people, f"“{words}”", aside)

    def _told_pair(self) -> tuple[str, ...]:
        """The two countries that the latest of the sentences before was about that was about just two.

        A pair that it named, its subjects and objects under no preposition, or the only persons in it.
        """
        for sentence in range(self._sentence - 1, self._sentence - 1 - JOINED, -1):
            groups = [dict.fromkeys(a.country for a in actors) for n, actors in self.memory.groups if n == sentence]
            named = [
                r for r in (*self.memory.states, *self.memory.persons, *self.memory.roles) if r.sentence == sentence
            ]
            named.sort(key=lambda r: r.position)
            plain = dict.fromkeys(r.actor.country for r in named if not r.oblique)
            people = dict.fromkeys(r.actor.country for r in named if r.actor.kind == "person")
            for countries in (*reversed(groups), plain, people):
                pair = tuple(c for c in countries if c and c != "---")
                if len(pair) == 2:
                    return pair
        return ()

    def _pair_before(self, before: list[Mention]) -> tuple[Actor, ...]:
        """ "Rwanda urged **both** to yield": the two that a sentence before was about, where this one names neither."""
        here = {a.country for m in before if m.known for a in m.actors}
        pair = self._told_pair()
        if len(pair) < 2 or not here.isdisjoint(pair):
            return ()
        people = {r.actor.country: r.actor for r in self.memory.persons if r.actor.country in pair}
        told = set(people) == set(pair)
        return tuple(people[c] if told else Actor(c, "state", c) for c in pair)

    def _latest_two(self, actors: Iterable[Actor], reason: str, aside: bool = False) -> tuple[Actor, ...]:
        """The first two of different countries, none of them the sentence's own outsider; the earlier named first."""
        outsider = self._outsider(aside)  # "Saudi Arabia congratulated the two countries"
        pool: list[Actor] = []
        for actor in actors:
            if actor.country and actor.country != outsider and all(a.country != actor.country for a in pool):
                pool.append(actor.because(reason))
            if len(pool) == 2:
                return tuple(reversed(pool))
        return ()

    def _two_states(self, words: str, aside: bool) -> tuple[Actor, ...]:
        """Two states, or two organisations where the words say so: the page's own two, or the last two named."""
        everybody = [*self.memory.states, *self.memory.persons]
        here = {r.actor.country for r in everybody if r.sentence == self._sentence}
        reason = f"“{words}”"
        outsider = self._outsider(aside)
        main = self._main_sides(reason, outsider)
        known = {a.country for a in main}
        others_speak = aside and here.isdisjoint(known)
        if main and (len(here) < 2 or known <= here or others_speak or words.lower().endswith(SIDES)):
            return main
        if not here and (joined := self._joined_two(reason)):
            return joined
        told = self._told_pair() if outsider else ()
        if len(told) == 2 and outsider not in told and all(self.registry.state(c) is not None for c in told):
            return tuple(Actor(c, "state", c, reason=reason) for c in told)
        bodies = any(start in words.lower() for start in BODIES)
        latest = sorted(everybody, key=lambda r: (-r.sentence, r.position))
        countries = [r.actor.country for r in latest if r.actor.country]
        states = (c for c in countries if bodies or self.registry.state(c) is not None)
        return self._latest_two((Actor(c, "state", c) for c in states), reason, aside)

    def _joined_two(self, reason: str) -> tuple[Actor, ...]:
        """The only two states that one of the last sentences named in one breath: "Peru and Ecuador exchanged fire"."""
        near = [r for r in self.memory.states if r.joined and self._sentence - r.sentence <= JOINED]
        latest = list(dict.fromkeys(r.actor.country for r in near if r.sentence == near[-1].sentence))
        states = [c for c in latest if c and self.registry.state(c) is not None]
        return tuple(Actor(c, "state", c, reason=reason) for c in states) if len(states) == len(latest) == 2 else ()

    def _outsider(self, aside: bool) -> str | None:
        """The one country that this sentence names so far, where those before it were about two others and not it.

        `aside` tells that the clause so far has a subject of its own; else it must be new to the text.
        """
        people = [*self.memory.states, *self.memory.persons]
        here = {r.actor.country for r in people if r.sentence == self._sentence}
        if len(here) != 1:
            return None
        earlier = {r.actor.country for r in people if 0 < self._sentence - r.sentence <= JOINED} - {None}
        pair = self._told_pair() if aside else ()
        apart = here.isdisjoint(pair) if pair else len(earlier) > 1 and not here & earlier
        return next(iter(here)) if apart else None

    def _main_sides(self, reason: str, outsider: str | None) -> tuple[Actor, ...]:
        """ "Both camps", "the two neighbours": the two states that the text has named most, if both are near."""
        counts = Counter(r.actor.country for r in self.memory.states if r.actor.country != outsider)
        near = {
            r.actor.country for r in [*self.memory.states, *self.memory.persons] if self._sentence - r.sentence <= 5
        }
        most = [c for c, n in counts.most_common() if n > 1 and c in near and c and self.registry.state(c)][:3]
        if len(most) < 2 or (len(most) > 2 and counts[most[1]] == counts[most[2]]):
            return ()
        return tuple(Actor(c, "state", c, reason=reason) for c in sorted(most[:2]))

    def _last_group(self, before: list[Mention]) -> tuple[Actor, ...]:
        for mention in before:
            if mention.plural and mention.known:
                return mention.actors
        named = [m for m in before if m.kind in ("person", "state", "organisation") and m.form != "adj"]
        here = {a.country: a for m in named for a in m.actors if a.country}
        if len(here) == 2:  # "Peru signed a deal with Chile, hailing **their** cooperation"
            return tuple(here.values())
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

    def _note_lists(self, text: str, mentions: list[Mention], words: Grammar) -> None:
        """Remember three or more states or persons named in one breath, for "the four countries"."""
        run: list[Mention] = []
        for mention in [*mentions, None]:
            if mention is not None and mention.kind not in ("state", "organisation", "person"):
                continue
            if mention is not None and mention.form == "adj":
                continue
            if run and mention is not None:
                between = text[run[-1].end : mention.start]
                gap = between.replace(",", " ").split()
                listed = "," in between or not words["and"].isdisjoint(gap)
                if listed and len(gap) <= 2 and all(w in words["and"] or w in words["article"] for w in gap):
                    run.append(mention)
                    continue
            if len(run) >= 3:
                self.memory.lists.append(tuple(m.actors[0] for m in run))
            if len(run) >= 2:
                places = {m.start for m in run}
                for remembered in [*self.memory.persons, *self.memory.states]:
                    if remembered.sentence == self._sentence and remembered.position in places:
                        remembered.joined = True
            run = [mention] if mention is not None else []

    def _counted(
        self, unit: TextUnit, start: int, end: int, spoken: Set[str]
    ) -> list[tuple[int, int, tuple[Actor, ...]]]:
        """ "The four countries", "the three men": the latest list of as many."""
        found = []
        for s, e, number in counted(grammar(unit.language), unit.text, start, end, spoken):
            latest = next((group for group in reversed(self.memory.lists) if len(group) == number), None)
            if latest is not None:
                found.append((s, e, latest))
        return found

    def _spoken_of(self, ids: frozenset[str]) -> bool:
        """Whether the text named one of these states or organisations before, or an official of theirs."""
        return any(r.actor.country in ids or r.actor.id in ids for r in self._named_so_far())

    def _named_so_far(self) -> Iterator[Remembered]:
        """States and organisations, the latest first, then those whose officials were named: "the emir of Qatar"."""
        yield from reversed(self.memory.states)
        yield from reversed([*self.memory.persons, *self.memory.roles])

    def _epithet(self, unit: TextUnit, start: int, end: int, ids: frozenset[str]) -> Mention | None:
        """ "The kingdom", "the bloc": the one of these that the text last named."""
        for remembered in self._named_so_far():
            actor = remembered.actor
            country = actor.country or ""
            if country in ids or actor.id in ids:
                itself = actor.kind == "organisation" and (actor.id in ids or country.startswith("IGO"))
                named = actor if itself else Actor(country, "state", country, None, country)
                kind: Kind = "organisation" if itself else "state"
                return Mention(start, end, start, end, (named.because(f"“{unit.text[start:end]}”"),), kind)
        return None
