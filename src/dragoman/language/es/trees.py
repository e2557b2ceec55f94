"""Mends trees of Spanish sentences where the press departs from the treebank.

Each rule is a class of mistakes seen on parsed news: participles behind "resultar", objects behind a phrase, a second
subject behind a comma.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.language.edits import children, finite, is_above
from dragoman.language.sentence import Sentence, Token

BECOMING = frozenset("acabar caer quedar resultar salir terminar ver".split())
PARTICIPLE = re.compile(r"(?:[ai]d|ert)[oa]s?$")
PAST = re.compile(r"(?:ó|aron|ieron)$")
OBJECTS = frozenset({"la", "las", "lo", "los"})
CLAUSES = frozenset({"root", "conj", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "xcomp"})
UNWELCOME = frozenset({("no", "grata"), ("non", "grata")})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
NOMINAL = frozenset({"NOUN", "PROPN"})


def mend(sentence: Sentence) -> Sentence:
    """The sentence with its tree mended; the same object where there is nothing to mend."""
    tokens = list(sentence.tokens)
    for rule in (_clitics, _unwelcome, _suffering, _objects_behind_phrases, _second_subjects):
        rule(tokens)
    made = tuple(tokens)
    return sentence if made == sentence.tokens else replace(sentence, tokens=made)


def _clitics(tokens: list[Token]) -> None:
    """ "Italia **los** reanudó", "la primera **los** cortó": what stands right before a past form is its object."""
    for i in range(1, len(tokens) - 1):
        token, verb = tokens[i], tokens[i + 1]
        if token.pos not in ("DET", "PRON") or token.text.lower() not in OBJECTS or token.head != i + 1:
            continue
        if not PAST.search(verb.text) or verb.text[0].isupper() or verb.pos not in ("VERB", "NOUN", "ADJ"):
            continue
        if verb.pos != "VERB":
            clausal = verb.dep in CLAUSES
            tokens[i + 1] = replace(
                verb, pos="VERB", morph="Mood=Ind|Tense=Past|VerbForm=Fin", dep=verb.dep if clausal else "advcl"
            )
            for k in children(tokens, i + 1):
                if k < i and tokens[k].dep in ("amod", "nmod", "compound"):
                    tokens[k] = replace(tokens[k], dep="nsubj")
        tokens[i] = replace(token, pos="PRON", dep="obj", morph="Case=Acc|PronType=Prs")


def _unwelcome(tokens: list[Token]) -> None:
    """ "Declaró el lunes **persona no grata** al embajador": three words that are the object of one verb."""
    for i in range(1, len(tokens) - 2):
        if tuple(t.text.lower() for t in tokens[i + 1 : i + 3]) not in UNWELCOME or tokens[i].text.lower() != "persona":
            continue
        verb = next((k for k in range(i - 1, -1, -1) if tokens[k].pos == "VERB"), None)
        if verb is None:
            return
        for k in (*children(tokens, i + 1), *children(tokens, i + 2)):
            if not i <= k <= i + 2:
                tokens[k] = replace(tokens[k], head=verb)
        tokens[i] = replace(tokens[i], pos="NOUN", lemma="persona", head=verb, dep="obj")
        tokens[i + 1] = replace(tokens[i + 1], head=i + 2, dep="advmod")
        tokens[i + 2] = replace(tokens[i + 2], pos="ADJ", head=i, dep="amod")


def _suffering(tokens: list[Token]) -> None:
    """ "Tres militares **resultaron heridos**": a passive, whose subject the participle acts on."""
    for i, token in enumerate(tokens):
        verb = token.head
        if token.dep != "xcomp" or not PARTICIPLE.search(token.text):
            continue
        if token.pos not in ("VERB", "ADJ") or tokens[verb].lemma not in BECOMING or not finite(tokens, verb):
            continue
        if verb > i or any(t.pos in NOMINAL for t in tokens[verb + 1 : i]):
            continue
        for k in children(tokens, verb):
            if k != i:
                dep = "nsubj:pass" if tokens[k].dep == "nsubj" else tokens[k].dep
                tokens[k] = replace(tokens[k], head=i, dep=dep)
        above = tokens[verb]
        tokens[i] = replace(token, pos="VERB", head=i if above.head == verb else above.head, dep=above.dep)
        tokens[verb] = replace(above, pos="AUX", head=i, dep="aux:pass")


def _objects_behind_phrases(tokens: list[Token]) -> None:
    """ "Negó **por un voto** la convocatoria": a noun with an article behind a phrase is the verb's object."""
    for i, token in enumerate(tokens):
        phrase = token.head
        verb = tokens[phrase].head
        if token.pos != "NOUN" or token.dep != "appos" or phrase > i or not tokens[phrase].dep.startswith("obl"):
            continue
        if tokens[verb].pos != "VERB" or verb > phrase or any(t.pos == "PUNCT" for t in tokens[phrase:i]):
            continue
        kids = children(tokens, i)
        article = any(tokens[k].dep == "det" and k == i - 1 for k in kids)
        if article and not any(tokens[k].dep == "obj" for k in children(tokens, verb)):
            tokens[i] = replace(token, head=verb, dep="obj")


def _second_subjects(tokens: list[Token]) -> None:
    """ "El presidente, X, **y** Maduro se reunirán": two subjects that a conjunction joins share the verb."""
    for joint, token in enumerate(tokens):
        if token.pos != "CCONJ" or joint == 0 or joint + 1 >= len(tokens):
            continue
        second = next((k for k in range(joint + 1, len(tokens)) if tokens[k].pos in NOMINAL), None)
        if second is None or tokens[second].dep not in SUBJECTS:
            continue
        if any(t.pos != "DET" for t in tokens[joint + 1 : second]):
            continue
        verb = tokens[second].head
        first = next((k for k in children(tokens, verb) if k < joint and tokens[k].dep in SUBJECTS), None)
        if first is None or verb < second or is_above(tokens, second, first):
            continue
        if any(t.pos in ("VERB", "AUX") for t in tokens[first:joint]):
            continue
        tokens[second] = replace(tokens[second], head=first, dep="conj")
        tokens[joint] = replace(token, head=second, dep="cc")
