"""What the article is about so far: who did what with whom last, so that "the deal" finds its parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from dragoman.actors.mention import Mention
from dragoman.coding.candidates import Candidate
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.tree import Tree
from dragoman.pages.article import Segment

DYADIC = frozenset(
    {"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION", "CONCEDE", "RETREAT"}
)  # acts against somebody
REMEMBERED = 6  # events back that an anaphoric object may refer to
POINTING = frozenset({"Definite=Def", "PronType=Dem", "PronType=Prs", "Poss=Yes"})


class Story:
    """The parties of the events coded so far and the states the page names most. One per article, filled in order."""

    def __init__(self, mentions: Iterable[tuple[Segment, Mention]]) -> None:
        self.political = False  # whether the page is full of states and officials
        self._past: list[list[Filler]] = []
        self._subject: list[Filler] = []  # whom the sentence before was about
        counts: Counter[str] = Counter()
        self._actors: dict[str, Filler] = {}
        for segment, mention in mentions:
            for actor in mention.actors:
                if actor.country and actor.country != "---":
                    counts[actor.country] += 1
                    if mention.kind == "state" and actor.country not in self._actors:
                        span = segment.span(mention.name_start, mention.name_end)
                        self._actors[actor.country] = Filler(mention, actor, -1, "story", span)
        self._main = [country for country, n in counts.most_common(3) if n >= 2 and country in self._actors]

    def note(self, fillers: Iterable[Filler], segment: Segment, shift: int) -> None:
        """Remember the parties of an event of a sentence that starts at `shift` of its segment."""
        self._past.append(
            [
                f
                if f.elsewhere
                else replace(f, elsewhere=segment.span(f.mention.name_start + shift, f.mention.name_end + shift))
                for f in fillers
            ]
        )
        del self._past[:-REMEMBERED]

    def note_subject(self, tree: Tree, finder: RoleFinder, segment: Segment, shift: int) -> None:
        """Remember whom a sentence is about: the first subject in it that is an actor."""
        for index, token in enumerate(tree.tokens):
            if token.dep != "nsubj":
                continue
            fillers = [f for f in finder.actors_of(index, "subj") if f.mention.form != "suffix"]
            if fillers:
                self._subject = [
                    replace(f, elsewhere=segment.span(f.mention.name_start + shift, f.mention.name_end + shift))
                    for f in fillers
                ]
                return

    def unsaid_subject(self, tree: Tree, candidate: Candidate) -> list[Filler]:
        """The subject of the sentence before, for a finite verb whose own goes without saying (وطالب بالانسحاب)."""
        args, token = candidate.arguments, tree.tokens[candidate.index]
        finite = token.pos == "VERB" and "Person=3" in token.morph and "Voice=Pass" not in token.morph
        if not finite or args.passive or args.subj or "subj" not in candidate.frame.sources:
            return []
        if token.dep in ("acl:relcl", "ccomp", "csubj") and any("nsubj" in t.dep for t in tree.tokens):
            return []
        reason = "subject of the sentence before"
        return [replace(f, actor=f.actor.because(reason), token=-1, how="story") for f in self._subject]

    def complete(
        self, tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler]
    ) -> tuple[list[Filler], list[Filler]]:
        """Fills a target that the sentence leaves to the reader: "welcomed the deal", "expelled four"."""
        frame = candidate.frame
        if not sources and self._unsaid_agent(candidate) and any(f.how != "place" for f in targets):
            return self._against({f.actor.country for f in targets}), targets
        if "symmetric" in frame.flags and self._leaves_parties_open(tree, candidate, sources, targets):
            return self._parties() or (sources, targets)
        if targets or not sources or not frame.targets:
            return sources, targets
        if "weak" in frame.flags and not any(not need.forbidden for need in frame.needs):
            return sources, targets
        if "symmetric" in frame.flags and len(sources) > 1:
            return sources, targets
        own = {f.actor.country for f in sources}
        if frame.type in DYADIC and frame.pos == "v" and (other := self.other_side(own)):
            return sources, other
        if not self._points_back(tree, candidate) and not (
            {"needs-target", "needs-pair"} & frame.flags and any(not need.forbidden for need in frame.needs)
        ):
            return sources, targets
        found = [
            [f for f in parties if f.actor.country not in own and f.mention.known] for parties in reversed(self._past)
        ]
        found = [others for others in found if others]
        if not found:
            return sources, targets
        others = next((o for o in found if any(f.actor.country in self._main for f in o)), found[0])
        reason = "party of what was told before"
        return sources, [replace(f, actor=f.actor.because(reason), token=-1, how="story") for f in others]

    def _unsaid_agent(self, candidate: Candidate) -> bool:
        """ "The ambassador was summoned", "the diplomats were expelled": a passive that leaves the state unsaid."""
        frame = candidate.frame
        if frame.type not in ("SANCTION", "ACCUSE") or frame.pos != "v" or not candidate.arguments.passive:
            return False
        return not candidate.arguments.subj and any(need.slot == "obj" and not need.forbidden for need in frame.needs)

    def _against(self, own: set[str | None]) -> list[Filler]:
        """The other side of what was told last, else the state that the page names most beside `own`."""
        if other := self.other_side(own):
            return other
        for country in self._main:
            if country not in own:
                reason = "not named here; the state that the page names most"
                found = self._actors[country]
                return [replace(found, actor=found.actor.because(reason))]
        return []

    def _leaves_parties_open(
        self, tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler]
    ) -> bool:
        """ "Prisoners are to be exchanged", "delegations are due to meet": both sides are those of the story."""
        if targets:
            return False
        if not sources:
            args = candidate.arguments
            return args.passive and bool(args.obj) and tree.tokens[candidate.index].pos == "VERB"
        return all(f.mention.plural and f.actor.reason.endswith("from context") for f in sources)

    def _parties(self) -> tuple[list[Filler], list[Filler]] | None:
        """The two sides of the latest event that had two."""
        for parties in reversed(self._past):
            by_country = {f.actor.country: f for f in parties if f.mention.known}
            if len(by_country) >= 2:
                sides = [
                    replace(f, actor=f.actor.because("party of what was told before"), token=-1, how="story")
                    for f in by_country.values()
                ]
                return sides[:1], sides[1:]
        return None

    def latest(self) -> list[Filler]:
        """The parties of the latest event, for a clause that names no target."""
        reason = "not named here; party of what was told before"
        return [
            replace(f, actor=f.actor.because(reason), token=-1, how="story")
            for f in (self._past[-1] if self._past else [])
        ]

    def other_side(self, own: set[str | None]) -> list[Filler]:
        """Who the sources were last told to deal with, if that was a moment ago."""
        for parties in reversed(self._past[-3:]):
            countries = {f.actor.country for f in parties}
            if own & countries:
                others = [f for f in parties if f.actor.country not in own and f.mention.known]
                if others:
                    reason = "not named here; the other side of what was told before"
                    return [replace(f, actor=f.actor.because(reason), token=-1, how="story") for f in others]
        return []

    def _points_back(self, tree: Tree, candidate: Candidate) -> bool:
        """Whether the object is something told before: "the deal", "this decision", "it"."""
        for index in candidate.arguments.obj:
            token = tree.tokens[index]
            if token.pos == "PRON" and "PronType=Rel" not in token.morph:
                return True
            if token.pos == "NOUN" and any(
                POINTING & set(tree.tokens[c].morph.split("|")) for c in tree.kids(index, "det", "nmod:poss")
            ):
                return True
        return any(
            "Definite=Def" in tree.tokens[i].morph and not tree.kids(i, "nmod", "amod", "acl")
            for place in ("obj", *candidate.frame.targets)
            for i in (candidate.arguments.obj if place == "obj" else candidate.arguments.oblique.get(place, []))
        )  # "رحبت تركيا بالخطوة": the article is written onto the noun
