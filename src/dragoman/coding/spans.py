"""The shortest run of words that reports an event."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.coding.candidates import Candidate
from dragoman.coding.roles import Filler
from dragoman.coding.tree import Tree, base

LEAVE_OUT = frozenset({"acl:relcl", "appos", "parataxis", "punct", "advcl", "conj", "cc"})
WIDEST = 260  # code points: beyond this a clause is cut back to predicate and near arguments


def span(tree: Tree, candidate: Candidate, sources: Iterable[Filler], targets: Iterable[Filler]) -> tuple[int, int]:
    """Offsets (of the sentence's text) of the clause: source, predicate, object, target, what the frame needs."""
    tokens = tree.tokens
    args = candidate.arguments
    picked = set(candidate.tokens) | set(candidate.consumed)
    for index in list(picked):
        picked.update(_phrase(tree, index) if index not in candidate.tokens else [index])
    for index in [*args.obj, *args.iobj]:
        picked.update(_phrase(tree, index))
    if not args.inherited or args.passive:
        for index in args.subj[:1]:
            picked.update(_phrase(tree, index))
    for index in args.comp[:1]:
        if candidate.frame.type in ("REQUEST", "AGREE", "THREATEN", "REJECT", "ACCUSE", "CONCEDE"):
            picked.update(_phrase(tree, index))
    picked.update(c for c in tree.kids(candidate.index, "aux", "compound", "nmod:poss", "amod"))
    low, high = tokens[min(picked)].start, tokens[max(picked)].end
    shared = args.inherited and base(tokens[candidate.index].dep) == "conj"  # the subject stands with the first verb
    for filler in [*sources, *targets]:
        if filler.elsewhere is not None:
            continue
        start, end = filler.mention.start, filler.mention.end
        if filler.mention.form == "pronoun" and end < low - 60:
            continue
        if args.inherited and end < low and (shared or low - end > 40):
            continue
        if max(high, end) - min(low, start) <= WIDEST:
            low, high = min(low, start), max(high, end)
    if high - low > WIDEST:
        near = [i for i in picked if abs(tokens[i].start - tokens[candidate.index].start) < WIDEST // 2]
        low, high = tokens[min(near)].start, tokens[max(near)].end
    return low, high


def _phrase(tree: Tree, index: int) -> set[int]:
    """A phrase without its relative clauses, appositions and asides."""
    found, stack = set(), [index]
    while stack:
        i = stack.pop()
        if i in found:
            continue
        found.add(i)
        for child in tree.children[i]:
            dep = tree.tokens[child].dep
            if dep in LEAVE_OUT or base(dep) in LEAVE_OUT:
                if base(dep) == "conj" and i == index:
                    stack.append(child)
                continue
            stack.append(child)
    return found
