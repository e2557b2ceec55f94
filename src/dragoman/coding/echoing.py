"""Acts told without their verb: "Havana did the same", "New Zealand followed suit" – the act before, by another."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import arguments
from dragoman.coding.candidates import Candidate
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.story import Story
from dragoman.coding.tree import Tree
from dragoman.language.grammar import Grammar

Choice = tuple[Candidate, list[Filler], list[Filler]]


def echoes(tree: Tree, chosen: Sequence[Choice], finder: RoleFinder, story: Story, grammar: Grammar) -> list[Choice]:
    """The choices that repeat the act before them, in this sentence or the one before, with another source."""
    made = []
    taken = {c.index for c, _, _ in chosen}
    for index, token in enumerate(tree.tokens):
        if token.pos != "VERB" or index in taken or token.lemma.lower() not in grammar["echo"]:
            continue
        args = arguments(tree, index, grammar)
        said = {tree.tokens[i].lemma.lower() for i in (*args.obj, *tree.kids(index, "advmod", "obl"))}
        if not said & grammar["echoed"]:
            continue
        sources = [f for i in args.subj for f in finder.actors_of(i, "subj")]
        act = _before(index, chosen, story)
        if act is None or not sources:
            continue
        kind, mode, first, second = act
        own = {f.actor.country for f in sources}
        others = second if own.isdisjoint({f.actor.country for f in second}) else first
        targets = [f for f in others if f.actor.country not in own]
        frame = Frame((token.lemma,), "v", (), ("subj",), ("obj",), kind, mode, None, frozenset(), "the same again", 0)
        made.append((Candidate(index, frame, args, (index,), ()), sources, targets))
    return made


def _before(
    index: int, chosen: Sequence[Choice], story: Story
) -> tuple[str, str | None, Sequence[Filler], Sequence[Filler]] | None:
    earlier = [choice for choice in chosen if choice[0].index < index]
    if earlier:
        candidate, sources, targets = earlier[-1]
        return candidate.frame.type, candidate.frame.mode, sources, targets
    told = story.last()
    if told is None:
        return None
    return told.type, told.mode, told.sources, told.targets
