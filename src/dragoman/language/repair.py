"""Mends trees where the tagger took a verb for something else, by what the lexicon says the word can be.

"Britain expelled 23 diplomats": a past form that the lexicon knows as nothing but a verb is the verb of its clause.
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
