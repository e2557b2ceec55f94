"""What can be seen of a coded event that speaks for or against it: how its roles were found, its clause, its tense.

Signs are short names. The learned judge (`judging.py`) weighs them; `dragoman explain` can show them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import Status
from dragoman.coding.roles import Filler
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar

CLAUSES = frozenset({"root", "conj", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis"})
FOUND = frozenset({"subj", "obj", "poss", "by", "of", "with", "to", "on", "between", "place", "story", "seen"})
QUOTES = (("“", "”"), ("«", "»"))


def signs_of(
    tree: Tree,
    candidate: Candidate,
    sources: Sequence[Filler],
    targets: Sequence[Filler],
    status: Status,
    headline: bool,
    doubts: Collection[str],
    words: Grammar,
) -> frozenset[str]:
    """The signs of one reading of a predicate with its roles."""
    frame, index = candidate.frame, candidate.index
    token = tree.tokens[index]
    signs = {f"doubt: {doubt}" for doubt in doubts}
    signs |= {f"type {frame.type}", f"status {status}", f"predicate {frame.pos}"}
    signs |= {flag for flag in ("weak", "light", "symmetric", "third") if flag in frame.flags}
    asked = sum(not need.forbidden and bool(need.lemmas) for need in frame.needs)
    signs.add(f"frame asks for {min(asked, 2)}")
    if headline:
        signs.add("headline")
    if candidate.arguments.inherited:
        signs.add("subject of another verb")
    if candidate.arguments.passive:
        signs.add("passive")
    signs |= _clause(tree, index)
    signs |= _tense(tree, tree.clause(index), words)
    signs |= _role("source", sources)
    signs |= _role("target", targets) if frame.targets else {"takes no target"}
    if sources and targets:
        between = [tree.tokens[i] for i in range(len(tree.tokens)) if _between(tree, i, index, [*sources, *targets])]
        if any(t.text in (",", ";", "—", "–") for t in between):
            signs.add("comma on the way to a party")
    if _quoted(tree.sentence.text, token.start):
        signs.add("in direct speech")
    if not tree.kids(index, "obl", "nmod", "obj", "ccomp", "xcomp"):
        signs.add("bare predicate")
    if any(tree.tokens[c].lemma.lower() in words["definite"] for c in tree.kids(index, "det")):
        signs.add("definite noun")
    if len(tree.tokens) > 35:
        signs.add("long sentence")
    return frozenset(signs)


def _clause(tree: Tree, index: int) -> set[str]:
    token = tree.tokens[index]
    if token.pos not in VERBAL:
        head = tree.tokens[tree.clause(index)]
        found = {f"noun under {base(token.dep)}"}
        if head.dep.lower() in CLAUSES:
            found.add(f"in clause {head.dep.lower()}")
        return found
    return {f"clause {token.dep.lower() if token.dep.lower() in CLAUSES else base(token.dep)}"}


def _tense(tree: Tree, clause: int, words: Grammar) -> set[str]:
    token = tree.tokens[clause]
    auxiliaries = [tree.tokens[c] for c in tree.kids(clause, "aux", "cop")]
    if token.pos not in VERBAL and not auxiliaries:
        return {"no verb"}
    if any("Tense=Past" in t.morph and "VerbForm=Fin" in t.morph for t in (token, *auxiliaries)):
        return {"past"}
    if any(a.lemma.lower() == "have" for a in auxiliaries):
        return {"perfect"}
    if any(a.lemma.lower() in words["future"] for a in auxiliaries):
        return {"future"}
    if any(a.lemma.lower() in words["hypothetical"] for a in auxiliaries):
        return {"modal"}
    if "VerbForm=Fin" in token.morph and "Tense=Pres" in token.morph:
        return {"plain present"}
    if any("Tense=Pres" in a.morph for a in auxiliaries):
        return {"compound present"}
    if "VerbForm=Inf" in token.morph:
        return {"infinitive"}
    return {"participle"}


def _role(role: str, fillers: Sequence[Filler]) -> set[str]:
    if not fillers:
        return {f"no {role}"}
    first = fillers[0]
    place = first.how.split("›")[0].removeprefix("obj.") or "?"
    found = {f"{role} by {place}" if place in FOUND else f"{role} by other"}
    if "›" in first.how:
        found.add(f"{role} inside a phrase")
    found.add(f"{role} is {first.actor.kind}")
    if first.mention.form == "pronoun":
        found.add(f"{role} is pronoun")
    if first.mention.form == "adj":
        found.add(f"{role} is adjective")
    if not first.mention.known:
        found.add(f"{role} unknown")
    if "from context" in first.actor.reason:
        found.add(f"{role}'s country from context")
    if len(fillers) > 1:
        found.add(f"several {role}s")
    return found


def _between(tree: Tree, i: int, index: int, parties: Sequence[Filler]) -> bool:
    return any(p.token >= 0 and min(p.token, index) < i < max(p.token, index) for p in parties)


def _quoted(text: str, offset: int) -> bool:
    """Whether an offset stands inside quotation marks that open in this sentence."""
    before = text[:offset]
    return before.count('"') % 2 == 1 or any(before.count(a) > before.count(b) for a, b in QUOTES)
