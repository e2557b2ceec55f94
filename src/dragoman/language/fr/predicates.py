"""Mends French predicates that the parser tagged as other words: participles, nouns that look like verbs, "face à"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.edits import children
from dragoman.language.lemmas import Lemmas
from dragoman.language.sentence import Token

LEADS = frozenset(  # nouns that open a headline and are a form of a verb too
    "appel attaque condamnation contact demande entretien expulsion frappe levée marche mise offre prise rappel"
    " rencontre report reprise retour retrait riposte rupture saisie tête-à-tête visite vote".split()
)
LINKED = frozenset({"de", "du", "des", "d'", "d’", "entre", "à", "au", "aux"})
DESCRIBING = frozenset(
    "éclair express historique inattendue inopinée officielle privée secrète surprise téléphonique".split()
)
TOWARDS = frozenset({"à", "au", "aux"})


def mend_predicates(tokens: list[Token], lemmas: Lemmas) -> None:
    """Mends `tokens` in place."""
    _leads(tokens)
    _participles_behind_have(tokens, lemmas)
    _facing(tokens)


def _leads(tokens: list[Token]) -> None:
    """ "Visite surprise du ministre turc à Erbil": a noun at the head of a line, not a verb without a subject."""
    if len(tokens) < 3 or tokens[0].pos != "VERB" or tokens[0].text.lower() not in LEADS:
        return
    behind = 2 if tokens[1].text.lower() in DESCRIBING else 1
    if tokens[behind].text.lower() not in LINKED or any(tokens[k].dep == "nsubj" for k in children(tokens, 0)):
        return
    tokens[0] = replace(tokens[0], pos="NOUN", lemma=tokens[0].text.lower(), morph="")
    if behind == 2:
        tokens[1] = replace(tokens[1], pos="ADJ", head=0, dep="amod")
    for i, token in enumerate(tokens[2:], 2):
        if token.head == 1 or (token.head == 0 and token.dep.startswith(("obl", "obj"))):
            tokens[i] = replace(token, head=0, dep="nmod")


def nouns_behind_be(tokens: list[Token]) -> None:
    """ "est la cible de critiques": what has an article and "être" for a copula is no verb."""
    for i, token in enumerate(tokens):
        if token.pos != "VERB" or "VerbForm=Fin" not in token.morph or i < 2:
            continue
        be = next((k for k in children(tokens, i) if tokens[k].lemma == "être" and tokens[k].dep == "cop"), None)
        article = tokens[i - 1]
        if be is None or be != i - 2 or article.text.lower() not in ("le", "la", "l'", "l’") or article.head != i:
            continue
        tokens[i] = replace(token, pos="NOUN", lemma=token.text.lower(), morph="")
        tokens[i - 1] = replace(article, pos="DET", dep="det")


def _participles_behind_have(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "Lima a prié Quito de partir": a noun that has an auxiliary is the participle, the name behind its object."""
    for i, token in enumerate(tokens):
        if token.pos not in ("NOUN", "ADJ") or " " in token.text or token.text[0].isupper():
            continue
        kids = children(tokens, i)
        auxiliary = any(tokens[k].dep.startswith("aux") and k < i for k in kids)
        lemma = lemmas.participle(token.text)
        if not auxiliary or lemma is None:
            continue
        tokens[i] = replace(token, pos="VERB", lemma=lemma, morph="Tense=Past|VerbForm=Part")
        for k in kids:
            if k == i + 1 and tokens[k].dep.startswith("flat"):
                tokens[k] = replace(tokens[k], dep="obj")


def _facing(tokens: list[Token]) -> None:
    """ "a haussé le ton face à Bogota": the noun before "face à" is the verb's object, no part of the preposition."""
    for i, token in enumerate(tokens[:-1]):
        if token.text.lower() != "face" or i < 2 or tokens[i + 1].text.lower() not in TOWARDS:
            continue
        noun, place = i - 1, token.head
        verb = tokens[place].head
        if tokens[noun].head == i and tokens[noun].pos == "NOUN" and tokens[verb].pos == "VERB" and verb < noun:
            tokens[noun] = replace(tokens[noun], head=verb, dep="obj")
        elif tokens[place].dep == "nmod" and tokens[verb].pos == "NOUN":
            above = next((h for h in _ancestors(tokens, place) if tokens[h].pos == "VERB"), None)
            if above is not None and above < i:
                tokens[place] = replace(tokens[place], head=above, dep="obl")


def _ancestors(tokens: list[Token], index: int) -> list[int]:
    """The tokens above one, the nearest first."""
    found: list[int] = []
    while tokens[index].head not in (index, *found):
        index = tokens[index].head
        found.append(index)
    return found
