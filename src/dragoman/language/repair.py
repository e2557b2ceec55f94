"""Mends trees that cannot be: a verb taken for something else, by what the lexicon says; a noun with an object.

"Britain expelled 23 diplomats": a past form that the lexicon knows as nothing but a verb is the verb of its clause.
"Called that step a mistake": what is called stands under the verb, and so does what it is called. "Declared the treaty
null and void": a quality behind a verb's object is said of the object.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.lemmas import Lemmas
from dragoman.language.sentence import Sentence, Token

MISTAKEN = frozenset({"ADJ", "NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})


def repair(sentence: Sentence, lemmas: Lemmas) -> Sentence:
    """The sentence with mistaken verbs mended; the same object where there is nothing to mend."""
    tokens = list(sentence.tokens)
    changed = False
    for index, token in enumerate(tokens):
        if token.pos in MISTAKEN and " " not in token.text and (lemma := lemmas.only_verb(token.text)) is not None:
            changed |= _mend(tokens, index, lemma)
        elif token.dep == "obj":
            changed |= _part(tokens, index)
        elif token.dep == "advmod" and token.pos in ("ADJ", "PROPN") and token.text.islower():
            changed |= _complete(tokens, index)
    return replace(sentence, tokens=tuple(tokens)) if changed else sentence


def _mend(tokens: list[Token], index: int, lemma: str) -> bool:
    token = tokens[index]
    head = token.head
    finite = "Mood=Ind|Tense=Past|VerbForm=Fin"
    if token.dep in ("root", "conj", "ccomp", "advcl", "acl:relcl", "parataxis", "xcomp"):
        tokens[index] = replace(token, pos="VERB", lemma=lemma, morph=finite)
        return True
    above = tokens[head]
    subjects = [i for i, t in enumerate(tokens) if t.head in (head, index) and t.dep in SUBJECTS and i < index]
    if token.dep not in ("amod", "compound", "nmod") or head < index or not subjects:
        return False
    # the noun behind the verb was taken for the predicate: the verb takes its place and the noun becomes its object
    for i, t in enumerate(tokens):
        if t.head == head and i < index and i != head:
            tokens[i] = replace(t, head=index)
    governor = index if above.head == head else above.head
    tokens[index] = replace(token, pos="VERB", lemma=lemma, morph=finite, head=governor, dep=above.dep)
    tokens[head] = replace(above, head=index, dep="obj")
    return True


def _part(tokens: list[Token], index: int) -> bool:
    """Hang the object of a noun, which is the complement of a verb without object, under that verb."""
    token = tokens[index]
    noun = tokens[token.head]
    governor = noun.head
    if noun.pos != "NOUN" or noun.dep != "xcomp" or tokens[governor].pos != "VERB" or token.pos != "NOUN":
        return False
    if any(t.head == governor and t.dep == "obj" for t in tokens):
        return False
    tokens[token.head] = replace(noun, dep="obj")
    tokens[index] = replace(token, head=governor, dep="xcomp")
    return True


def _complete(tokens: list[Token], index: int) -> bool:
    """Make a quality behind the object of its verb the verb's complement."""
    token = tokens[index]
    behind = any(t.head == token.head and t.dep == "obj" and i < index for i, t in enumerate(tokens))
    if tokens[token.head].pos != "VERB" or not behind:
        return False
    tokens[index] = replace(token, pos="ADJ", dep="xcomp")
    return True
