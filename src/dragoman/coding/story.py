"""What the article is about so far: who did what to whom, so that "the deal" finds its parties and "expelled four" its
target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.actors.mention import Mention
from dragoman.codebook.frames import Frame
from dragoman.coding.candidates import Candidate
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.tree import Tree
from dragoman.language.event_nouns import ANY, event_nouns
from dragoman.language.grammar import Grammar
from dragoman.pages.article import Segment

DYADIC = frozenset(
    {"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION", "CONCEDE", "RETREAT", "MOBILIZE"}
)  # acts against somebody
HOSTILE = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REQUEST"})
COMMENT = frozenset({"ACCUSE", "SUPPORT", "REJECT", "PROTEST", "REQUEST"})  # acts that answer what somebody else did
REMEMBERED = 24  # events back that a noun may point to
RECENT = 6  # events back that a pronoun or a vague noun may point to
POINTING = frozenset({"Definite=Def", "PronType=Dem", "PronType=Prs", "Poss=Yes"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event coded before: its type, and its parties with page offsets."""

    type: str
    mode: str | None
    symmetric: bool
    sources: tuple[Filler, ...]
    targets: tuple[Filler, ...]

    @property
    def parties(self) -> tuple[Filler, ...]:
        """Both sides, the sources first."""
        return (*self.sources, *self.targets)

    @property
    def countries(self) -> set[str | None]:
        """Countries and organisations of both sides."""
        return {f.actor.country for f in self.parties}


class Story:
    """The parties of the events coded so far and the states the page names most. One per article, filled in order."""

    def __init__(self, mentions: Iterable[tuple[Segment, Mention]]) -> None:
        self.political = False  # whether the page is full of states and officials
        self._subject: list[Filler] = []  # whom the sentence before was about
        self._told: list[Told] = []
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

    def note(
        self, frame: Frame, sources: Iterable[Filler], targets: Iterable[Filler], segment: Segment, shift: int
    ) -> None:
        """Remember an event of a sentence that starts at `shift` of its segment."""

        def placed(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
            return tuple(
                f
                if f.elsewhere
                else replace(f, elsewhere=segment.span(f.mention.name_start + shift, f.mention.name_end + shift))
                for f in fillers
            )

        symmetric = "symmetric" in frame.flags
        self._told.append(Told(frame.type, frame.mode, symmetric, placed(sources), placed(targets)))
        del self._told[:-REMEMBERED]

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
        self, tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler], words: Grammar
    ) -> tuple[list[Filler], list[Filler]]:
        """Fills a target that the sentence leaves to the reader: "welcomed the deal", "expelled four"."""
        frame = candidate.frame
        if not sources and self._unsaid_agent(candidate) and any(f.how == "obj" for f in targets):
            return self._against({f.actor.country for f in targets}), targets
        if not sources and (home := self._at_home(candidate, targets)):
            return home, targets
        if "symmetric" in frame.flags and self._leaves_parties_open(tree, candidate, sources, targets):
            return self._parties() or (sources, targets)
        if targets or not sources or not frame.targets:
            return sources, targets
        third = frame.type == "CONSULT" and "third" in frame.flags
        if third and not self._other_talks(tree, candidate) and (both := self._parties()):
            mine = {f.actor.country for f in sources}
            return sources, [f for side in both for f in side if f.actor.country not in mine]
        bare = "weak" in frame.flags and not any(not need.forbidden for need in frame.needs)
        if bare and not (self.political and frame.type in COMMENT and self._refers(tree, candidate)):
            return sources, targets
        if "symmetric" in frame.flags and len(sources) > 1:
            return sources, targets
        own = {f.actor.country for f in sources}
        pointed = self._pointed_to(tree, candidate, own, words)
        if pointed:
            return sources, self._named(pointed, "party of what was told before")
        inner = all(place.startswith(("comp", "xsubj")) for place in frame.targets)  # "wished that Iran would …"
        dyadic = frame.type in DYADIC and frame.pos == "v" and not inner
        if dyadic and (other := self.other_side(own, frame.type in HOSTILE)):
            return sources, other
        if not self._points_back(tree, candidate) and not (
            {"needs-target", "needs-pair"} & frame.flags and any(not need.forbidden for need in frame.needs)
        ):
            return sources, targets
        hostile = frame.type in HOSTILE
        found = [
            [
                f
                # who joins in a quarrel turns against the same side
                for f in (told.targets if hostile and told.type in HOSTILE and told.targets else told.parties)
                if f.actor.country not in own and f.mention.known
            ]
            for told in reversed(self._told[-RECENT:])
        ]
        found = [others for others in found if others]
        if not found:
            return sources, targets
        others = next((o for o in found if any(f.actor.country in self._main for f in o)), found[0])
        return sources, self._named(others, "party of what was told before")

    def _unsaid_agent(self, candidate: Candidate) -> bool:
        """ "The ambassador was summoned", "the diplomats were expelled": a passive that leaves the state unsaid."""
        frame = candidate.frame
        if frame.type not in ("SANCTION", "ACCUSE") or frame.pos != "v" or not candidate.arguments.passive:
            return False
        return not candidate.arguments.subj and any(need.slot == "obj" and not need.forbidden for need in frame.needs)

    def _at_home(self, candidate: Candidate, targets: list[Filler]) -> list[Filler]:
        """ "The opposition leader was arrested": whom a passive names nobody for, his own state arrested."""
        frame = candidate.frame
        if frame.type != "COERCE" or frame.mode != "arrest" or frame.pos != "v" or not candidate.arguments.passive:
            return []
        country = next((f.actor.country for f in targets if f.how == "obj" and f.actor.country), None)
        if candidate.arguments.subj or country is None or country not in self._actors:
            return []
        found = self._actors[country]
        return [replace(found, actor=found.actor.because("not named here; the state of whom it concerns"))]

    def _against(self, own: set[str | None]) -> list[Filler]:
        """The other side of what was told last, else the state that the page names most beside `own`."""
        if other := self.other_side(own, hostile=True):
            return other
        for country in self._main:
            if country not in own:
                reason = "not named here; the state that the page names most"
                found = self._actors[country]
                return [replace(found, actor=found.actor.because(reason))]
        return []

    def _named(self, fillers: Iterable[Filler], reason: str) -> list[Filler]:
        """The fillers as parties that the sentence itself does not name: each country once, and as a state.

        Whoever spoke for a country before need not be meant now.
        """
        seen: dict[str | None, Filler] = {}
        for filler in fillers:
            country = filler.actor.country
            if country not in seen:
                party = self._actors.get(country or "", filler)
                seen[country] = replace(party, actor=party.actor.because(reason), token=-1, how="story")
        return list(seen.values())

    def _pointed_to(self, tree: Tree, candidate: Candidate, own: set[str | None], words: Grammar) -> list[Filler]:
        """Whom "the shelling", "the accord", "the claim" involves.

        Of the latest event that the noun may mean: those who did it, both parties of what two did together, and the
        other side where the speaker is a party.
        """
        nouns = event_nouns(words.language)
        for index in self._pointing(tree, candidate):
            types = nouns.get(tree.tokens[index].lemma.lower())
            if not types:
                continue
            vague = ANY in types
            pool = [
                told
                for told in reversed(self._told[-RECENT:] if vague else self._told)
                if (vague or told.type in types) and not (vague and told.type in COMMENT)
            ]
            if candidate.frame.type == "REJECT":  # a charge is rejected by whom it was made against
                pool.sort(key=lambda told: not own & {f.actor.country for f in told.targets})
            for told in pool:
                others = self._involved(told, own)
                if others:
                    return others
        return []

    @staticmethod
    def _involved(told: Told, own: set[str | None]) -> list[Filler]:
        sides = told.parties if told.symmetric or told.type == "AGREE" else told.sources
        others = [f for f in sides if f.actor.country not in own and f.mention.known]
        return others or [f for f in told.parties if f.actor.country not in own and f.mention.known]

    def _leaves_parties_open(
        self, tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler]
    ) -> bool:
        """ "Prisoners are to be exchanged", "delegations are due to meet": both sides are those of the story."""
        if targets:
            return False
        if not sources:
            args = candidate.arguments
            resumed = any(need.slot == "subj" and not need.forbidden for need in candidate.frame.needs)
            if resumed and candidate.frame.type == "CONSULT":
                return True  # "the talks have resumed"
            return args.passive and bool(args.obj) and tree.tokens[candidate.index].pos == "VERB"
        return all(f.mention.plural and f.actor.reason.endswith("from context") for f in sources)

    def _parties(self) -> tuple[list[Filler], list[Filler]] | None:
        """The two sides of the latest event that two did together, else of the latest that had two."""
        for pool in ([t for t in self._told if t.symmetric], self._told[-RECENT:]):
            for told in reversed(pool):
                by_country = {f.actor.country: f for f in told.parties if f.mention.known}
                if len(by_country) >= 2:
                    sides = self._named(by_country.values(), "party of what was told before")
                    return sides[:1], sides[1:]
        return None

    def latest(self) -> list[Filler]:
        """The parties of the latest event, for a clause that names no target."""
        reason = "not named here; party of what was told before"
        return [
            replace(f, actor=f.actor.because(reason), token=-1, how="story")
            for f in (self._told[-1].parties if self._told else [])
        ]

    def other_side(self, own: set[str | None], hostile: bool = False) -> list[Filler]:
        """Who the sources were told to be at odds with (`hostile`), or to deal with a moment ago."""
        reason = "not named here; the other side of what was told before"
        if hostile:
            for told in reversed(self._told):
                if told.type not in HOSTILE or not own & told.countries:
                    continue
                acting = {f.actor.country for f in told.sources}
                facing = told.targets if own & acting else told.sources
                others = [f for f in facing if f.actor.country not in own and f.mention.known]
                if others:
                    return self._named(others, reason)
        for told in reversed(self._told[-3:]):
            if own & told.countries:
                others = [f for f in told.parties if f.actor.country not in own and f.mention.known]
                if others:
                    return self._named(others, reason)
        return []

    def _pointing(self, tree: Tree, candidate: Candidate) -> list[int]:
        """The objects and prepositional objects that stand for something known: definite, or a bare plural."""
        args = candidate.arguments
        heads = [*args.obj, *(i for group in args.oblique.values() for i in group if i > candidate.index)]
        if candidate.frame.pos == "n":
            heads = [i for group in args.oblique.values() for i in group]
        found = []
        for index in heads:
            token = tree.tokens[index]
            if token.pos not in ("NOUN", "PROPN"):
                continue
            determiners = tree.kids(index, "det", "nmod:poss")
            if "PronType=Ind" in "|".join(tree.tokens[c].morph for c in determiners):
                continue
            own = token.morph.split("|")
            pointing = any(POINTING & set(tree.tokens[c].morph.split("|")) for c in determiners)
            if pointing or "Definite=Def" in own or (not determiners and "Number=Plur" in own):
                found.append(index)
        return found

    @staticmethod
    def _other_talks(tree: Tree, candidate: Candidate) -> bool:
        """ "Brokered the 2015 Skhirat Agreements", "hosted peace talks": not those of the story."""
        for index in candidate.arguments.obj:
            definite = tree.kids(index, "det", "nmod:poss") or "Definite=Def" in tree.tokens[index].morph
            if tree.kids(index, "compound", "flat", "nummod") or (tree.kids(index, "amod") and not definite):
                return True
        return False

    def _refers(self, tree: Tree, candidate: Candidate) -> bool:
        """Whether the object is a pronoun, or a definite noun that stands for an event."""
        for index in candidate.arguments.obj:
            if tree.tokens[index].pos == "PRON" and "PronType=Rel" not in tree.tokens[index].morph:
                return True
        return bool(self._pointing(tree, candidate))

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
