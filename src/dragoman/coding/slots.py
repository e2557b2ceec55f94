"""Which tokens stand at the places that a frame names for its roles: subject, object, what is under a preposition."""

from __future__ import annotations

from dragoman.coding.arguments import Arguments, arguments
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar


def tokens_at(tree: Tree, grammar: Grammar, index: int, args: Arguments, place: str) -> list[int]:
    """The tokens at a place (`subj`, `obj.with`, `comp.to`, a preposition …) of the predicate at `index`."""
    if place == "subj":
        if not args.subj and tree.tokens[index].pos in ("NOUN", "PROPN"):
            clause = tree.clause(index)  # "Trump spoke after a call with …": the call is the subject's
            if is_received(tree, grammar, index):
                return []
            if clause != index and (tree.tokens[clause].pos in VERBAL or tree.kids(clause, "cop")):
                subjects = arguments(tree, clause, grammar).subj
                return [i for i in subjects if i != index]  # "the shelling of the island goes on": by no island
        return args.subj
    if place == "obj":
        return [*args.obj, *args.iobj]
    if place == "iobj":
        return args.iobj
    if place == "poss":
        return args.poss
    if place == "xsubj":
        return _complement(tree, grammar, args, "subj")
    if place.startswith("comp."):
        return _complement(tree, grammar, args, place[5:])
    if place.startswith("obj."):
        return _inside_object(tree, grammar, args, place[4:])
    if place.startswith("subj."):
        return _inside(tree, grammar, args.subj, place[5:])
    datives = args.iobj if place in grammar["dative"] else []  # "lui a demandé": demander à
    under = [*args.oblique.get(place, []), *args.oblique.get(f"obj.{place}", [])]
    return [*datives, *under]


def is_received(tree: Tree, grammar: Grammar, index: int) -> bool:
    """ "Ethiopia received a warning from Egypt": the subject gets what the noun tells of, and does not do it."""
    head = tree.tokens[index].head
    return head != index and tree.tokens[head].lemma.lower() in grammar["receiving"]


def _complement(tree: Tree, grammar: Grammar, args: Arguments, place: str) -> list[int]:
    found: list[int] = []
    for clause in args.comp:
        inner = arguments(tree, clause, grammar)
        if place == "subj":
            found += inner.subj if not inner.passive else inner.subj or inner.obj
        elif place == "obj":
            found += inner.obj
        else:
            found += inner.oblique.get(place, [])
    return found


def _inside_object(tree: Tree, grammar: Grammar, args: Arguments, place: str) -> list[int]:
    found = _inside(tree, grammar, args.obj, place)
    return found + (args.oblique.get(f"obj.{place}", []) if place != "poss" else [])


def _inside(tree: Tree, grammar: Grammar, nouns: list[int], place: str) -> list[int]:
    """What stands at a place of these nouns: the possessors, or the nouns under a preposition."""
    found: list[int] = []
    for noun in nouns:
        inner = arguments(tree, noun, grammar)
        found += inner.poss if place == "poss" else inner.oblique.get(place, [])
    return found


def loose_tokens(tree: Tree, grammar: Grammar, index: int, preposition: str) -> list[int]:
    """A phrase with the right preposition to the right, before the next clause, that the parser hung elsewhere."""
    tokens = tree.tokens
    for i in range(index + 1, min(len(tokens), index + 25)):
        token = tokens[i]
        if (
            token.pos in VERBAL and token.dep in ("conj", "ccomp", "advcl", "acl:relcl", "parataxis")
        ) or token.text in ";:–—":
            break
        if base(token.dep) == "case" and token.lemma.lower() == preposition and token.head > i:
            if preposition in grammar["genitive"] and _beside(tree, grammar, i - 1):
                continue
            inside = preposition in grammar["between"] and _inside_oblique(tree, token.head, index)
            return [] if inside else [token.head]
    return []


def _beside(tree: Tree, grammar: Grammar, index: int) -> bool:
    """ "Tirs **autour** de l'île": a preposition of place before another one, which then tells nobody's part."""
    token = tree.tokens[index]
    return base(token.dep) == "case" and token.lemma.lower() not in grammar["leaving"]


def _inside_oblique(tree: Tree, noun: int, predicate: int) -> bool:
    """ "Restored ties after a **meeting between** the two": the phrase belongs to the noun under a preposition."""
    for ancestor in tree.ancestors(noun):
        if ancestor <= predicate:
            return False
        token = tree.tokens[ancestor]
        if token.pos == "NOUN" and base(token.dep) == "obl" and tree.kids(ancestor, "case"):
            return True
    return False
