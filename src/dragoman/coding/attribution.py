"""Whose word a report rests on, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.mention import Mention
from dragoman.coding.arguments import arguments
from dragoman.coding.moments import Moment
from dragoman.coding.roles import RoleFinder
from dragoman.coding.tree import VERBAL, Tree
from dragoman.language.grammar import Grammar
from dragoman.language.reporting import Reporting

ISSUE_WORDS = 9  # a longer phrase is cut to its head and what directly belongs to it


def attribution_of(
    tree: Tree, predicate: int, finder: RoleFinder, grammar: Grammar, reporting: Reporting
) -> Mention | None:
    """Who says that it happened: the subject of the reporting verb above, or "according to" somebody."""
    for ancestor in tree.ancestors(predicate):
        token = tree.tokens[ancestor]
        if token.pos in VERBAL and token.lemma.lower() in reporting.lemmas:
            for subject in arguments(tree, ancestor, grammar).subj:
                for filler in finder.actors_of(subject, "said by"):
                    return filler.mention
    clause = tree.clause(predicate)
    for i, token in enumerate(tree.tokens):
        if tree.preposition(i) in grammar["according"] and (tree.tokens[i].head == clause or tree.is_under(i, clause)):
            for filler in finder.actors_of(i, "according to"):
                return filler.mention
            if token.pos == "PROPN":
                return None
    return None


def issue_of(
    tree: Tree,
    predicate: int,
    finder: RoleFinder,
    grammar: Grammar,
    parties: frozenset[str],
    moments: Sequence[Moment],
) -> str | None:
    """What it is about: the phrase behind "on", "about", "over", or a third country named in the clause."""
    topics = grammar["topic"]
    dates = {i for moment in moments for i in moment.tokens}
    for i in tree.subtree(predicate):
        noun = tree.tokens[i].pos in ("NOUN", "PROPN")
        if noun and i > predicate and i not in dates and tree.preposition(i) in topics:
            mention = finder.mention_at(i)
            if mention is not None and all(a.code.partition(":")[0] in parties for a in mention.actors):
                continue
            return _phrase(tree, i)
    return None


def _phrase(tree: Tree, index: int) -> str:
    wanted = [
        i
        for i in tree.subtree(index)
        if tree.tokens[i].dep not in ("case", "punct")
        and not any(
            tree.tokens[a].dep in ("acl:relcl", "acl", "appos", "parataxis", "advcl")
            for a in (i, *tree.ancestors(i))
            if tree.is_under(a, index) and a != index
        )
    ]
    while wanted and tree.tokens[wanted[0]].pos == "DET":
        wanted.pop(0)
    wanted = wanted[:ISSUE_WORDS] or [index]
    return tree.sentence.text[tree.tokens[wanted[0]].start : tree.tokens[wanted[-1]].end]
