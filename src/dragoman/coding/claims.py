"""Who said what of whom: "Chad said Libya had armed them", so that a denial is turned to whoever made the claim."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dragoman.coding.arguments import arguments
from dragoman.coding.naming import Filler, Naming
from dragoman.coding.tree import VERBAL, Tree
from dragoman.language.reporting import reporting


@dataclass(frozen=True, slots=True)
class Claim:
    """What `speakers` said that those of the countries `of` had done."""

    speakers: tuple[Filler, ...]
    of: frozenset[str | None]

    def denied_by(self, own: Collection[str | None]) -> bool:
        """Whether `own` may deny it: others said it of them."""
        return not self.of.isdisjoint(own) and all(f.actor.country not in own for f in self.speakers)


def claims(tree: Tree, finder: Naming) -> Iterator[Claim]:
    """What a sentence says that somebody said of another state."""
    said = reporting(finder.grammar.language).lemmas
    for index, token in enumerate(tree.tokens):
        clauses = tree.kids(index, "ccomp") if token.pos in VERBAL and token.lemma.lower() in said else []
        if not clauses:
            continue
        speakers = _known(finder, tree.kids(index, "nsubj"))
        done_by = [f for clause in clauses for f in _known(finder, arguments(tree, clause, finder.grammar).subj)]
        own = {f.actor.country for f in speakers}
        of = frozenset(f.actor.country for f in done_by) - own
        if speakers and of:
            yield Claim(tuple(speakers), of)


def _known(finder: Naming, tokens: Collection[int]) -> list[Filler]:
    return [f for token in tokens for f in finder.actors_of(token, "claim") if f.mention.known]
