"""Mends what French trees make of qualities: adjectives before and behind their nouns, judged things, participles."""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.edits import children, is_above
from dragoman.language.sentence import Token

JUDGING = frozenset("considérer croire déclarer dire estimer juger penser qualifier trouver".split())
OPENING = frozenset({"«", "“", '"'})
DESCRIBING = frozenset(
    "appartenir avoir compter comprendre concerner contenir dater émaner être figurer impliquer inclure marquer mêler"
    " naviguer opposer porter provenir regrouper relier remonter représenter réunir situer venir viser".split()
)  # verbs whose present participle describes the noun before it: "un accord, datant de 1994"
NOMINAL = frozenset({"NOUN", "PROPN"})


def mend_attributes(tokens: list[Token]) -> None:
    """Mends `tokens` in place."""
    _nouns_before_adjectives(tokens)
    _judged(tokens)
    _results(tokens)
    _reflexive_objects(tokens)


def _nouns_before_adjectives(tokens: list[Token]) -> None:
    """ "Le bombardement israélien": an article's noun is no attribute of the adjective right behind it."""
    for i in range(1, len(tokens) - 1):
        noun, quality = tokens[i], tokens[i + 1]
        if noun.pos != "NOUN" or quality.pos != "ADJ" or noun.head != i + 1 or noun.dep not in ("amod", "nmod"):
            continue
        if tokens[i - 1].pos != "DET" or quality.head == i:
            continue
        tokens[i] = replace(noun, head=quality.head if quality.head != i + 1 else i, dep=quality.dep)
        for k in children(tokens, i + 1):
            if k != i:
                tokens[k] = replace(tokens[k], head=i)
        tokens[i + 1] = replace(quality, head=i, dep="amod")


def _judged(tokens: list[Token]) -> None:
    """ "A jugé « injustifiable » le raid": what is judged is the verb's object, its quality the complement."""
    for i, quality in enumerate(tokens):
        verb = quality.head
        if quality.pos != "ADJ" or quality.dep != "xcomp" or tokens[verb].lemma not in JUDGING or verb > i:
            continue
        if tokens[i - 1].text not in OPENING or any(tokens[k].dep == "obj" for k in children(tokens, verb)):
            continue
        for k in children(tokens, i):
            cases = any(tokens[j].dep == "case" for j in children(tokens, k))
            if k > i and tokens[k].pos in NOMINAL and not cases:
                tokens[k] = replace(tokens[k], head=verb, dep="obj")
                break
            if k > i and tokens[k].pos == "ADJ" and any(tokens[j].pos == "DET" for j in children(tokens, k)):
                break


def _results(tokens: list[Token]) -> None:
    """ "Soutient le plan, **provoquant** la colère d'Alger": a present participle behind a comma goes with the verb."""
    for i in range(2, len(tokens)):
        token, noun = tokens[i], tokens[i].head
        if token.pos != "VERB" or token.dep != "acl" or not token.text.endswith("ant") or tokens[i - 1].text != ",":
            continue
        if token.lemma in DESCRIBING or noun > i or any(tokens[k].dep == "nsubj" for k in children(tokens, i)):
            continue
        verb = noun
        while tokens[verb].head != verb and tokens[verb].pos != "VERB":
            verb = tokens[verb].head
        if tokens[verb].pos == "VERB" and verb < i and not is_above(tokens, i, verb):
            tokens[i] = replace(token, head=verb, dep="advcl")


def _reflexive_objects(tokens: list[Token]) -> None:
    """ "S'apprêtent à rétablir": the pronoun of a pronominal verb with an infinitive is nobody who acts there."""
    for i, token in enumerate(tokens):
        if token.pos == "PRON" and token.dep in ("obj", "iobj") and token.text.lower() in ("se", "s'", "s’"):
            infinitive = any(
                tokens[k].dep == "xcomp" and "VerbForm=Inf" in tokens[k].morph for k in children(tokens, token.head)
            )
            if infinitive:
                tokens[i] = replace(token, dep="expl")
