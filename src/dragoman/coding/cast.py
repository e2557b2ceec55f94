"""The states that a page names, the most named first, and whom of them an act is turned to that names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from dragoman.actors.memory import DOMESTIC
from dragoman.actors.mention import Mention
from dragoman.coding.merging import Draft
from dragoman.coding.roles import Filler
from dragoman.coding.told import together
from dragoman.pages.article import Segment

MAIN = 3  # states that a page can be about
TWICE = 2  # mentions from which a page speaks of a state, and does not only name it
AT_HOME = frozenset({*DOMESTIC, "MIL", "REB", "UAF", "CRM", "ELI"})  # who may turn against the state he belongs to
ARMED = frozenset({"REB", "UAF"})  # who always does
LEADING = 1.5  # times as often as any other that a page names the state whose quarrels it tells
ALONE = 2.5  # times as often as any other that a page names a state to be about that one alone


class Cast:
    """How often an article names each country, and the first words that name it as a state. Made once an article."""

    def __init__(self, mentions: Iterable[tuple[Segment, Mention]]) -> None:
        self.states: dict[str, Filler] = {}
        self._times: Counter[str] = Counter()
        for segment, mention in mentions:
            for actor in mention.actors:
                if actor.country and actor.country != "---":
                    self._times[actor.country] += 1
                    if mention.kind == "state" and actor.country not in self.states:
                        span = segment.span(mention.name_start, mention.name_end)
                        self.states[actor.country] = Filler(mention, actor, -1, "story", span)
        most = [country for country, times in self._times.most_common() if times >= TWICE]
        self.main = [country for country in most[:MAIN] if country in self.states]

    def addressed(self, draft: Draft) -> Draft:
        """The draft with a target, where it takes one and neither its sentence nor the story tells whom it hits.

        Hardly any act has none: what crowds, soldiers and rebels do, and what is done to a whole land, is done at
        home where the page is about their state; else it is done to the state that the page names most beside the
        one that acts. A target that the story gave to an act at home goes before that.
        """
        if "symmetric" in draft.frame.flags or not draft.frame.targets or any(f.how != "story" for f in draft.targets):
            return draft
        if draft.frame.mode == "third-party":  # whose talks somebody hosts, only they tell
            return draft
        known = next((f for f in draft.sources if f.mention.known), None)
        if known is None:
            return draft
        own = {f.actor.country for f in draft.sources}
        if together(draft.frame, own):
            return draft
        within = self._within(draft, known)
        if draft.targets and (not within or draft.frame.type == "COERCE"):
            return draft
        if not within and _by_nearness(known):
            return draft
        if within or (draft.frame.type != "AGREE" and self._leads(known.actor.country, ALONE)):
            country, reason = known.actor.country, "not named here; the state in which it happens"
        else:
            country = self._chief(own)
            reason = "not named here; the state that the page names most"
        found = self.states.get(country or "")
        if found is None:
            return draft
        return replace(draft, targets=(replace(found, actor=found.actor.because(reason)),))

    def _chief(self, own: set[str | None]) -> str | None:
        """The state that the page names most beside `own`; None where two are named twice and none more often."""
        others = [country for country in self.main if country not in own]
        tied = len(others) > 1 and self._times[others[0]] == self._times[others[1]] == TWICE
        return others[0] if others and not tied else None

    def _within(self, draft: Draft, source: Filler) -> bool:
        """Whether an act is one of a state's own people or power against that state."""
        actor = source.actor
        if draft.frame.type == "COERCE" or actor.sector in ARMED or (actor.sector in AT_HOME and _by_nearness(source)):
            return actor.country in self.main
        return actor.sector in AT_HOME and self._leads(actor.country, LEADING)

    def _leads(self, country: str | None, times: float) -> bool:
        """Whether the page names a country so many times as often as any other."""
        others = [n for c, n in self._times.items() if c != country]
        return country in self.states and self._times[country or ""] >= times * max(others, default=1)


def _by_nearness(filler: Filler) -> bool:
    """Whether the text does not say whose a group or official is: "thousands marched", "the police"."""
    return filler.actor.reason.endswith("from context")
