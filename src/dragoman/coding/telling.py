"""Which predicates only describe, wish or weigh: they have parties, but tell of no event."""

from __future__ import annotations

from dragoman.coding.candidates import Candidate
from dragoman.coding.roles import Filler
from dragoman.coding.status import status_of
from dragoman.coding.tree import Tree, base
from dragoman.language.grammar import Grammar

PUBLIC = frozenset({"state", "organisation", "role"})  # kinds of actors whose acts are public whatever they do
PRIVATE = frozenset({"CVL", "BUS", "MED", "EDU", "JRN", "REF", "LAB", "MNC", "AGR"})
HABITS = frozenset({"CONSULT", "SUPPORT", "AGREE", "COOPERATE", "CONCEDE", "RETREAT"})  # what somebody may do often
DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST"})  # what anybody may do or suffer


def tells(
    tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler], grammar: Grammar, headline: bool
) -> bool:
    """Whether a candidate with these parties may be an event."""
    if not headline and (_only_wished(tree, candidate, grammar) or _told_not_to(tree, candidate.index, grammar)):
        return False
    if _notion(tree, candidate.index, grammar):
        return False
    token = tree.tokens[candidate.index]  # "will work together to end the fighting": it has not ended yet
    if candidate.frame.mode == "ceasefire" and token.dep == "advcl" and grammar.is_purpose(tree, candidate.index):
        return False
    if candidate.frame.type in HABITS and not headline and _describes(tree, candidate.index):
        return False
    if candidate.frame.type not in DEEDS and not any(map(_public, [*sources, *targets])):
        return False
    return not _among_themselves(candidate, sources, targets)


def _describes(tree: Tree, index: int) -> bool:
    """ "Tusk, who chairs EU summits": a plain present in a relative clause says what somebody is, not what was done."""
    token = tree.tokens[index]
    clause = index
    while base(tree.tokens[clause].dep) == "conj" and tree.tokens[clause].head != clause:
        clause = tree.tokens[clause].head
    if tree.tokens[clause].dep != "acl:relcl" or "VerbForm=Fin" not in token.morph or "Tense=Pres" not in token.morph:
        return False
    return not tree.kids(index, "aux")


def _only_wished(tree: Tree, candidate: Candidate, grammar: Grammar) -> bool:
    """ "Troops should leave", "if Israel frees …", what somebody asks for: duties, conditions and wishes."""
    for child in tree.children[candidate.index]:
        kid = tree.tokens[child]
        lemma = kid.lemma.lower()
        if kid.dep == "aux" and lemma in grammar["duty"]:
            return True
        if kid.dep == "mark" and lemma in grammar["conditional"] and grammar["duty"]:
            return True
    verdict = status_of(tree, candidate, grammar)
    return verdict.status == "hypothetical" and any(
        t.text == verdict.word and t.lemma.lower() in grammar["asking"] for t in tree.tokens
    )


def _notion(tree: Tree, index: int, grammar: Grammar) -> bool:
    """ "Accused Beijing of ramming and sinking it", "a role in ending the war": charged or thought of, and not told."""
    for below in (index, *tree.ancestors(index)):
        token = tree.tokens[below]
        present = "Tense=Pres" in token.morph or "VerbForm=Ger" in token.morph  # which of them, parsers cannot tell
        marks = {tree.tokens[i].lemma.lower() for i in tree.kids(below, "mark", "case")}
        under_noun = tree.tokens[token.head].pos == "NOUN"
        if present and not marks.isdisjoint(grammar["notion"] | (grammar["pursuit"] if under_noun else frozenset())):
            return True
        if token.dep in ("acl:relcl", "parataxis"):  # "accused it of arming rebels who killed …": they did
            return False
    return False


def _told_not_to(tree: Tree, index: int, grammar: Grammar) -> bool:
    """ "Warned Baghdad not to threaten its neighbours": what somebody is told to leave undone, he has not done."""
    token = tree.tokens[index]
    if token.dep != "xcomp" or "VerbForm=Inf" not in token.morph:
        return False
    if not any("Polarity=Neg" in tree.tokens[i].morph for i in tree.kids(index, "advmod")):
        return False
    governor = tree.tokens[token.head]
    return governor.lemma.lower() in grammar["asking"] and bool(tree.kids(token.head, "obj", "nsubj:pass", "iobj"))


def _public(filler: Filler) -> bool:
    actor = filler.actor
    if actor.code[:3] == "---" and actor.office is None and actor.kind != "organisation":
        return False
    return (
        actor.kind in PUBLIC or (actor.sector is not None and actor.sector not in PRIVATE) or actor.office is not None
    )


def _among_themselves(candidate: Candidate, sources: list[Filler], targets: list[Filler]) -> bool:
    """ "At a meeting with his foreign minister": a government that talks to itself is no diplomacy."""
    if candidate.frame.type != "CONSULT" or not sources or not targets:
        return False
    if any(f.mention.kind == "person" for f in targets):  # a name may be of another country than it seems
        return False
    return {(f.actor.country, f.actor.sector) for f in (*sources, *targets)} == {(sources[0].actor.country, "GOV")}
