"""What a pronoun may stand for: the nouns told just before it, by number."""

from __future__ import annotations

from dragoman.coding.tree import Tree, base
from dragoman.language.grammar import Grammar

HEADS = frozenset({"nsubj", "csubj", "obj", "iobj", "obl", "nmod", "conj", "root", "appos"})  # of heads of phrases


def antecedents(tree: Tree, index: int, grammar: Grammar, before: Tree | None) -> list[str]:
    """The lemmas of the nouns that the pronoun at `index` may stand for: "The ban hit traders. Lima lifted **it**".

    They stand before it in its sentence or in `before`, the sentence that was parsed last; a pronoun of one thing
    stands for no plural, one of several for no singular. Empty where the token is no such pronoun.
    """
    text = tree.tokens[index].text.lower()
    plural = text in grammar["they"] or text in grammar["object-they"]
    if tree.tokens[index].pos != "PRON" or not (plural or text in grammar["it"] or text in grammar["object-it"]):
        return []
    found = _nouns(tree, index, plural)
    return found + (_nouns(before, len(before), plural) if before is not None else [])


def _nouns(tree: Tree, end: int, plural: bool) -> list[str]:
    return [
        token.lemma.lower()
        for token in tree.tokens[:end]
        if token.pos == "NOUN" and base(token.dep) in HEADS and ("Number=Plur" in token.morph) == plural
    ]
