"""What an article has told so far: who did what to whom, and which of them were at odds or dealt with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from dragoman.actors.mention import Mention
from dragoman.coding.candidates import Candidate
from dragoman.coding.cast import Cast
from dragoman.coding.claims import Claim, claims
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.told import HOSTILE, Told, stem, stems_of
from dragoman.coding.tree import Tree
from dragoman.pages.article import Segment

Choice = tuple[Candidate, list[Filler], list[Filler]]
REMEMBERED = 24  # events back that a noun may point to
MOST = 5  # parties that a noun may stand for; more are a list of the page's names
NEAREST = 3  # events back among which one of the page's main states goes before another
RECENT = 6  # events back that a pronoun or a vague noun may point to


class Past:
    """The parties of the events coded so far and the states the page names most. One per article, filled in order."""

    def __init__(self, mentions: Iterable[tuple[Segment, Mention]]) -> None:
        self.political = False  # whether the page is full of states and officials
        self.sentence: Tree | None = None  # the one read last
        self._subject: list[Filler] = []  # whom the sentence before was about
        self._told: list[Told] = []
        self._claims: list[Claim] = []  # what somebody said of somebody, the latest last
        self._lead: Told | None = None  # what the page is about
        self._here: dict[int, Told] = {}  # of the sentence being read, by predicate
        self.cast = Cast(mentions)

    def hear(
        self, tree: Tree, candidate: Candidate, sources: Iterable[Filler], targets: Iterable[Filler], real: bool
    ) -> None:
        """Remember an event while its sentence is still being read: "shot down a helicopter and apologised"."""
        words = [i for head in (candidate.index, *candidate.arguments.obj) for i in tree.subtree(head)]
        clause = tree.clause(candidate.index)
        near = [i for i in words if i != candidate.index and tree.clause(i) == clause]
        frame, verb = candidate.frame, stem(tree.tokens[candidate.index].lemma)
        sides = tuple(sources), tuple(targets)
        symmetric = "symmetric" in frame.flags
        stems, verbal = stems_of(tree, near), frame.pos == "v"
        self._here[candidate.index] = Told(frame.type, frame.mode, symmetric, *sides, verb, stems, real, verbal)

    def keep(self, choices: Iterable[Choice], segment: Segment, shift: int) -> None:
        """Keep of what was heard the events that were chosen; their sentence starts at `shift` of its segment."""

        def placed(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
            return tuple(
                f
                if f.elsewhere
                else replace(f, elsewhere=segment.span(f.mention.name_start + shift, f.mention.name_end + shift))
                for f in fillers
            )

        for candidate, sources, targets in choices:
            heard = self._here.get(candidate.index)
            if heard is None:
                continue
            kind, mode = candidate.frame.type, candidate.frame.mode
            event = replace(heard, type=kind, mode=mode, sources=placed(sources), targets=placed(targets))
            self._told.append(event)
            if self._lead is None and event.leads:
                self._lead = event
        self._here.clear()
        del self._told[:-REMEMBERED]

    def note_subject(self, tree: Tree, finder: RoleFinder, segment: Segment, shift: int) -> None:
        """Remember whom a sentence is about, the first subject in it that is an actor, and who claims what of whom."""

        def placed(fillers: Iterable[Filler]) -> list[Filler]:
            return [
                replace(f, elsewhere=segment.span(f.mention.name_start + shift, f.mention.name_end + shift))
                for f in fillers
            ]

        self._claims += [replace(claim, speakers=tuple(placed(claim.speakers))) for claim in claims(tree, finder)]
        del self._claims[:-RECENT]
        for index, token in enumerate(tree.tokens):
            if token.dep != "nsubj":
                continue
            fillers = [f for f in finder.actors_of(index, "subj") if f.mention.form != "suffix"]
            if fillers:
                self._subject = placed(fillers)
                return

    def _past(self) -> list[Told]:
        """Everything told so far, the latest first, with what the verbs of the sentence being read told."""
        return [*self._told, *(told for told in self._here.values() if told.verbal)][::-1]

    def last(self) -> Told | None:
        """The event that the sentence before told last."""
        return self._told[-1] if self._told else None

    def latest(self) -> list[Filler]:
        """The parties of the latest event, for a clause that names no target."""
        reason = "not named here; party of what was told before"
        return [
            replace(f, actor=f.actor.because(reason), token=-1, how="story")
            for f in (self._told[-1].parties if self._told else [])
        ]

    def _parties(self) -> tuple[list[Filler], list[Filler]] | None:
        """The two sides of the latest event that two did together, else of the latest that had two."""
        main = set(self.cast.main)
        for pool in ([t for t in self._past() if t.symmetric], self._past()[:RECENT]):
            for told in [*sorted(pool[:NEAREST], key=lambda t: not t.countries <= main), *pool[NEAREST:]]:
                by_country = {f.actor.country: f for f in told.parties if f.mention.known}
                if len(by_country) >= 2:
                    sides = self._named(by_country.values(), "party of what was told before")
                    return sides[:1], sides[1:]
        return None

    def other_side(self, own: set[str | None], hostile: bool = False) -> list[Filler]:
        """Who the sources were told to be at odds with (`hostile`), or to deal with a moment ago."""
        reason = "not named here; the other side of what was told before"
        if hostile:
            sides = []
            for told in sorted(self._past(), key=lambda told: told.type == "REQUEST"):  # asked is not yet quarrelled
                if told.type in HOSTILE and own & told.countries:
                    facing = told.targets if own & {f.actor.country for f in told.sources} else told.sources
                    sides.append([f for f in facing if f.actor.country not in own and f.mention.known])
            sides = [others for others in sides if others]
            if sides:  # the quarrel with a state that the page is about goes before the latest one
                chief = next((o for o in sides if any(f.actor.country in self.cast.main for f in o)), sides[0])
                return self._named(chief, reason)
        for told in sorted(self._past()[:NEAREST], key=self._aside(own)):
            if own & told.countries:
                others = told.others(own)
                if others:
                    return self._named([f for f in others if f.actor.country in self.cast.main] or others, reason)
        return []

    def _latest_others(self, own: set[str | None], hostile: bool) -> list[Filler]:
        """The other parties of a recent event, of one with the states that the page names most if there is one."""
        found = [
            [
                f
                # who joins in a quarrel turns against the same side
                for f in (told.targets if hostile and told.type in HOSTILE and told.targets else told.parties)
                if f.actor.country not in own and f.mention.known
            ]
            for told in self._past()[:RECENT]
        ]
        found = [others for others in found if others]
        return next((o for o in found if any(f.actor.country in self.cast.main for f in o)), found[0] if found else [])

    def _named(self, fillers: Iterable[Filler], reason: str) -> list[Filler]:
        """The fillers as parties that the sentence itself does not name: each country once, and as a state.

        Whoever spoke for a country before need not be meant now.
        """
        seen: dict[str | None, Filler] = {}
        for filler in fillers:
            country = filler.actor.country
            if country not in seen:
                party = self.cast.states.get(country or "", filler)
                seen[country] = replace(party, actor=party.actor.because(reason), token=-1, how="story")
        return list(seen.values()) if len(seen) <= MOST else []

    def _accusers(self, own: set[str | None], denied: bool) -> list[Filler]:
        """Who blamed the sources a moment ago or, where it is `denied`, said that they did something."""
        for told in self._past()[:RECENT]:
            blamed = told.type == "ACCUSE" and own & {f.actor.country for f in told.targets}
            accusers = [f for f in told.sources if f.actor.country not in own and f.mention.known]
            if blamed and accusers:
                return accusers
        made = (list(claim.speakers) for claim in reversed(self._claims) if claim.denied_by(own))
        return next(made, []) if denied else []

    def _aside(self, own: set[str | None]) -> Callable[[Told], bool]:
        """Whether an event is of no state, beside `own`, that the page names most: such come last."""
        main = set(self.cast.main) - own
        return lambda told: main.isdisjoint(told.countries)
