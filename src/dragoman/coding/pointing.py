"""Which words of a clause point back to something told before: "the deal", "this decision", "it"."""

from __future__ import annotations

from dragoman.coding.candidates import Candidate
from dragoman.coding.told import COMMENT
from dragoman.coding.tree import Tree

POINTING = frozenset({"Definite=Def", "PronType=Dem", "PronType=Prs", "Poss=Yes"})


def pointing(tree: Tree, candidate: Candidate) -> list[int]:
    """The objects and prepositional objects that stand for something known: definite, or a bare plural.

    A bare plural points back only from a comment ("rejected accusations"), not from a deed ("halted shipments").
    """
    args = candidate.arguments
    heads = [*args.obj, *(i for group in args.oblique.values() for i in group if i > candidate.index)]
    if not heads:  # "vowed to resist the agreement", "refused to attend the ceremony"
        heads = [i for clause in args.comp for i in tree.kids(clause, "obj", "obl") if i > clause]
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
        bare = not determiners and "Number=Plur" in own and candidate.frame.type in COMMENT
        if _points(tree, determiners) or "Definite=Def" in own or bare:
            found.append(index)
        elif "Definite=Ind" in own:  # a construct is as definite as what it ends in: نتائج القمة, وقف النار
            genitives = [c for c in tree.kids(index, "nmod") if c > index and not tree.preposition(c)]
            if any("Definite=Def" in tree.tokens[c].morph for c in genitives):
                found += [index, *genitives]
    return found


def pronoun_object(tree: Tree, candidate: Candidate) -> bool:
    """Whether the object is a pronoun that stands for what was told: "denied it", "rejected that"."""
    return any(
        tree.tokens[i].pos in ("PRON", "DET") and "PronType=Rel" not in tree.tokens[i].morph
        for i in candidate.arguments.obj
    )


def refers(tree: Tree, candidate: Candidate) -> bool:
    """Whether the object is a pronoun, or a definite noun that may stand for an event."""
    return pronoun_object(tree, candidate) or bool(pointing(tree, candidate))


def points_back(tree: Tree, candidate: Candidate) -> bool:
    """Whether the object is something told before: "the deal", "this decision", "it"."""
    if pronoun_object(tree, candidate):
        return True
    args = candidate.arguments
    if any(tree.tokens[i].pos == "NOUN" and _points(tree, tree.kids(i, "det", "nmod:poss")) for i in args.obj):
        return True
    return any(
        "Definite=Def" in tree.tokens[i].morph and not tree.kids(i, "nmod", "amod", "acl")
        for place in ("obj", *candidate.frame.targets)
        for i in (args.obj if place == "obj" else args.oblique.get(place, []))
    )  # "رحبت تركيا بالخطوة": the article is written onto the noun


def other_talks(tree: Tree, candidate: Candidate) -> bool:
    """ "Brokered the 2015 Skhirat Agreements", "hosted peace talks": not those of the story."""
    for index in candidate.arguments.obj:
        definite = tree.kids(index, "det", "nmod:poss") or "Definite=Def" in tree.tokens[index].morph
        if tree.kids(index, "compound", "flat", "nummod") or (tree.kids(index, "amod") and not definite):
            return True
    return False


def _points(tree: Tree, determiners: list[int]) -> bool:
    return any(POINTING & set(tree.tokens[c].morph.split("|")) for c in determiners)
