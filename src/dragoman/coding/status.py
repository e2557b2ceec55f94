"""Did it happen: what auxiliaries, negation and the verbs above a predicate say of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import Status
from dragoman.coding.tree import VERBAL, Tree, base

FIXED = ("auxiliary", "negation", "conditional", "future", "modal", "pluperfect")
STRENGTH = {"negated": 5, "cancelled": 4, "hypothetical": 3, "planned": 2, "ongoing": 1, "occurred": 0}
REACH = frozenset({"xcomp", "ccomp", "obj", "nsubj", "obl", "acl", "advcl", "nmod", "conj", "csubj"})


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that changes the status of what it governs. `governs` names the relations through which it does."""

    lemma: str
    needs: frozenset[str]
    governs: frozenset[str]
    status: Status


@dataclass(frozen=True, slots=True)
class Operators:
    """A language's operators: closed-class lists and governing words."""

    lists: dict[str, frozenset[str]]
    governing: dict[str, tuple[Operator, ...]]

    @property
    def future(self) -> frozenset[str]:
        """Future auxiliaries."""
        return self.lists.get("future", frozenset())


@cache
def operators(language: str) -> Operators:
    """Operators of `language` from `language/<xx>/status.tsv`; none where there is no file."""
    raise NotImplementedError


def status_of(tree: Tree, candidate: Candidate, ops: Operators) -> tuple[Status, str]:
    """The status of a candidate and the words that say so."""
    raise NotImplementedError
