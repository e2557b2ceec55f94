"""What the spotter sees, in terms of trees, mentions and roles: signs for the judge, acts and sides of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from dragoman.actors.mention import Mention
from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import arguments
from dragoman.coding.candidates import Candidate
from dragoman.coding.judging import log_odds
from dragoman.coding.opinion import mark
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.sentences import Unit
from dragoman.coding.spotting import Seen, Span, Spotter, Window
from dragoman.coding.story import Story
from dragoman.coding.tree import VERBAL, Tree
from dragoman.coding.voting import TypeModel, Vote
from dragoman.language.grammar import Grammar
from dragoman.pages.article import Segment

LONGEST = 260  # characters from where the sentence before begins: a longer one is not shown
TELLING = 0.35  # chance from which a word may tell an act that no frame gives
LIKELY = 0.25  # chance from which it may be of some type
LEAST = 1e-3  # what a vote leaves of a type that it rules out
PARTY = (0.4, 0.25)  # chances from which a mention is source, and target, of it
DOER = ("subj", "poss", "by")  # where the tree may have the sides of an act that no frame knows
DONE_TO = ("obj", "iobj", "to", "with", "against", "on")
SPOTTER = "spotter"  # what stands for the file of a frame that it made up
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN", "ADV"})


Choice = tuple[Candidate, list[Filler], list[Filler]]


@dataclass(frozen=True, slots=True)
class Sight:
    """One sentence as the spotter sees it. `before` are the mentions of the sentence before, their offsets counted
    from this one (so negative), each with its place on the page. `voter` has a say in what type an act is that no frame
    knows."""

    seen: Seen
    before: tuple[tuple[Mention, Span], ...]
    voter: TypeModel | None = None
    votes: dict[int, Vote] = field(default_factory=dict)  # on the acts that no frame knows, by predicate

    def chances(self, tree: Tree, tokens: Iterable[int]) -> dict[str, float]:
        """How likely each type is told by some tokens."""
        return self.seen.types([_span(tree, t) for t in tokens])

    def signs(
        self,
        tree: Tree,
        candidate: Candidate,
        sources: Sequence[Filler],
        targets: Sequence[Filler],
        alike: Collection[str],
    ) -> dict[str, float]:
        """What the judge weighs: whether the words tell an act of this type, and whether these are its sides."""
        tokens = predicate_of(tree, candidate)
        chances = self.chances(tree, tokens)
        own = max((chances.get(kind, 0.0) for kind in alike), default=0.0)
        any_act = max(chances.values(), default=0.0)
        found = {
            "seen as its type": log_odds(own),
            "seen as an act": log_odds(any_act),
            "seen as its type first": float(own > 0 and own >= any_act),
        }
        if (vote := self.votes.get(candidate.index)) is not None and candidate.frame.file == SPOTTER:
            found["unknown act: vote for its type"] = log_odds(sum(vote.types.get(kind, 0.0) for kind in alike))
            found["unknown act: vote for no event"] = log_odds(vote.types.get("NONE", 0.0))
            found["unknown act: seen as its type"] = found["seen as its type"]
        parties = [f for f in (*sources, *targets) if f.elsewhere is None and f.token >= 0]
        roles = self.seen.roles([_span(tree, t) for t in tokens], [(f.mention.start, f.mention.end) for f in parties])
        by_party = {id(f): chance for f, chance in zip(parties, roles, strict=True)}
        for side, fillers, column in (("source", sources, 0), ("target", targets, 1)):
            here = [by_party[id(f)] for f in fillers if id(f) in by_party]
            if here:
                found[f"seen as {side}"] = log_odds(max(c[column] for c in here))
                found[f"seen as the other side of a {side}"] = log_odds(max(c[1 - column] for c in here))
        return found

    def opinion(self, tree: Tree, candidate: Candidate) -> str:
        """The type that a candidate's words are seen to tell of, in words."""
        chances = self.chances(tree, predicate_of(tree, candidate))
        kind = max(chances, key=chances.__getitem__, default=None)
        return "" if kind is None or chances[kind] < LIKELY else f"seen as {kind} ({chances[kind]:.2f})"

    def sides(self, tree: Tree, candidate: Candidate, finder: RoleFinder) -> tuple[list[Filler], list[Filler]]:
        """Who does what a predicate tells, and to whom, among the mentions here and in the sentence before.

        The tree has a veto: what stands as a verb's object does not do it, and its subject does not suffer it.
        """
        tokens = predicate_of(tree, candidate)
        barred = _suffering(tree, candidate), _acting(tree, candidate)
        here: dict[Mention, int] = {}
        for i in range(len(tree)):
            mention = finder.mention_at(i)
            if mention is not None and mention.end <= self.seen.end:
                here.setdefault(mention, i)
        parties = [(m, None, token) for m, token in here.items()] + [(m, place, -1) for m, place in self.before]
        roles = self.seen.roles([_span(tree, t) for t in tokens], [(m.start, m.end) for m, _, _ in parties])
        found: tuple[list[Filler], list[Filler]] = ([], [])
        for column, fillers in enumerate(found):
            likely = [
                i
                for i, chance in enumerate(roles)
                if chance[column] >= PARTY[column]
                and chance[column] > chance[1 - column]
                and parties[i][2] not in barred[column]
            ]
            best = max(likely, key=lambda i: roles[i][column], default=None)
            for i in likely:
                mention, place, token = parties[i]
                if best is not None and (place is None) == (parties[best][1] is None):
                    fillers += [Filler(mention, actor, token, "seen", place) for actor in mention.actors]
        return found

    def completed(
        self, tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler], finder: RoleFinder
    ) -> tuple[list[Filler], list[Filler], frozenset[str]]:
        """The sides of a frame's reading with those it leaves open, where its words are seen to tell of its type."""
        frame = candidate.frame
        if sources and (targets or not frame.targets or "symmetric" in frame.flags):
            return sources, targets, frozenset()
        tokens = predicate_of(tree, candidate)
        if self.chances(tree, tokens).get(frame.type, 0.0) < LIKELY:
            return sources, targets, frozenset()
        who, whom = self.sides(tree, candidate, finder)
        doubts: frozenset[str] = frozenset()
        if not sources:
            taken = {f.actor.code for f in targets}
            sources = [f for f in who if f.actor.code not in taken]
            doubts = frozenset({"source only seen"}) if sources else doubts
        if not targets and sources and frame.targets:
            own = {f.actor.code for f in sources}
            targets = [f for f in whom if f.actor.code not in own]
        return sources, targets, doubts

    def readings(
        self, tree: Tree, told: Sequence[Choice], finder: RoleFinder, story: Story, grammar: Grammar
    ) -> list[tuple[Choice, frozenset[str]]]:
        """The acts that it sees beside those that frames have read, and why each is doubtful."""
        read = {t for c, _, _ in told for t in (*c.tokens, *c.consumed)}
        found = []
        for candidate, sources, targets in self.acts(tree, finder, grammar, read):
            sources, targets = story.complete(tree, candidate, sources, targets, finder, grammar)
            if sources or targets:
                found.append(((candidate, sources, targets), frozenset({"only seen"})))
        return found

    def acts(self, tree: Tree, finder: RoleFinder, grammar: Grammar, read: Collection[int]) -> list[Choice]:
        """The acts that it sees where no frame has read anything, with their sides."""
        telling = self._telling(tree)
        taken = set(read)
        found = []
        for token in sorted(telling, key=lambda i: (-telling[i], i)):
            if token in taken or tree.tokens[token].pos not in CONTENT:
                continue
            phrase = [token]
            while phrase[0] - 1 in telling:
                phrase.insert(0, phrase[0] - 1)
            while phrase[-1] + 1 in telling:
                phrase.append(phrase[-1] + 1)
            if not taken & set(phrase):
                found.append(self._act(tree, phrase, finder, grammar))
            taken |= set(phrase)
        return found

    def _telling(self, tree: Tree) -> dict[int, float]:
        """The tokens that are seen to tell an act of any type, with their chance."""
        chances = self.seen.chances.sum(axis=1).tolist()
        found: dict[int, float] = {}
        token = 0
        for (start, end), chance in zip(self.seen.words, chances, strict=True):
            while token < len(tree) and tree.tokens[token].end <= start:
                token += 1
            for i in range(token, len(tree)):
                if tree.tokens[i].start >= end:
                    break
                if chance >= TELLING:
                    found[i] = max(chance, found.get(i, 0.0))
        return found

    def _act(self, tree: Tree, phrase: list[int], finder: RoleFinder, grammar: Grammar) -> Choice:
        """What a phrase tells: its sides, and the type that the spotter and the voter together find likeliest."""
        head = _head(tree, phrase)
        pos = "v" if tree.tokens[head].pos in VERBAL else "n"
        lemmas = tuple(tree.tokens[t].lemma.lower() for t in phrase)
        frame = Frame(lemmas, pos, (), DOER, DONE_TO, "NONE", None, None, frozenset(), SPOTTER, 0)
        candidate = Candidate(head, frame, arguments(tree, head, grammar), tuple(phrase), ())
        sources, targets = self.sides(tree, candidate, finder)
        own = {f.actor.code for f in sources}
        targets = [f for f in targets if f.actor.code not in own]
        sources, targets = self._with_places(candidate, sources, targets, finder)
        chances = self.chances(tree, phrase)
        if self.voter is not None:
            vote = self.votes[head] = self.voter.votes([mark(tree, sources, targets)])[0]
            chances = {kind: chance * (vote.types.get(kind, 0.0) + LEAST) for kind, chance in chances.items()}
        kind = max(chances, key=chances.__getitem__)
        mode = self.seen.mode([_span(tree, t) for t in phrase], kind)
        return replace(candidate, frame=replace(frame, type=kind, mode=mode)), sources, targets

    def _with_places(
        self, candidate: Candidate, sources: list[Filler], targets: list[Filler], finder: RoleFinder
    ) -> tuple[list[Filler], list[Filler]]:
        """The sides that are seen; where one is not, who stands in its place in the tree."""
        if sources and targets:
            return sources, targets
        doers, others = finder.fill(candidate.index, candidate.arguments, candidate.frame)
        taken = {f.actor.code for f in (*sources, *targets)}
        if not sources:
            sources = [f for f in doers if f.actor.code not in taken]
            taken |= {f.actor.code for f in sources}
        return sources, targets or [f for f in others if f.actor.code not in taken]


def sights(
    spotter: Spotter, voter: TypeModel | None, content: Sequence[Segment], units: Sequence[Unit], numbers: Iterable[int]
) -> dict[int, Sight]:
    """What is seen in the units of some numbers, each shown behind the one before it where that is short enough."""
    windows: list[Window] = []
    known: list[tuple[int, tuple[tuple[Mention, Span], ...]]] = []
    for i in numbers:
        unit = units[i]
        text, before = content[unit.segment].text[unit.start : unit.end], ""
        shown: tuple[tuple[Mention, Span], ...] = ()
        if i and content[units[i - 1].segment].role not in ("title", "subhead"):
            last = units[i - 1]
            segment = content[last.segment]
            before = segment.text[last.start : last.end].strip() + " "
            if len(before) <= LONGEST:
                by = last.start + len(before)
                shown = tuple((_moved(m, by), segment.span(m.name_start, m.name_end)) for m in last.mentions)
            else:
                before = ""
        windows.append(Window(before + text, len(before)))
        known.append((i, shown))
    return {i: Sight(seen, shown, voter) for (i, shown), seen in zip(known, spotter.see(windows), strict=True)}


def predicate_of(tree: Tree, candidate: Candidate) -> list[int]:
    """The words of a candidate that tell its act: its own and those that its frame asks for."""
    return sorted(
        {candidate.index, *candidate.tokens, *(t for t in candidate.consumed if tree.tokens[t].pos in CONTENT)}
    )


def _acting(tree: Tree, candidate: Candidate) -> frozenset[int]:
    """The tokens of a verb's agent, by the tree."""
    if candidate.frame.pos != "v":
        return frozenset()
    return frozenset(i for head in candidate.arguments.subj for i in tree.subtree(head))


def _suffering(tree: Tree, candidate: Candidate) -> frozenset[int]:
    """The tokens of a verb's patient, by the tree."""
    if candidate.frame.pos != "v":
        return frozenset()
    return frozenset(i for head in candidate.arguments.obj for i in tree.subtree(head)) - _acting(tree, candidate)


def _moved(mention: Mention, by: int) -> Mention:
    return replace(
        mention,
        start=mention.start - by,
        end=mention.end - by,
        name_start=mention.name_start - by,
        name_end=mention.name_end - by,
    )


def _head(tree: Tree, phrase: Sequence[int]) -> int:
    """The word of a phrase that the others hang on, a verb if there is one."""
    verbs = [t for t in phrase if tree.tokens[t].pos == "VERB"]
    tops = [t for t in phrase if tree.tokens[t].head not in phrase or tree.tokens[t].head == t]
    return next((t for t in verbs if t in tops), (verbs or tops or list(phrase))[0])


def _span(tree: Tree, index: int) -> Span:
    return tree.tokens[index].start, tree.tokens[index].end


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
