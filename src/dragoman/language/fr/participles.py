"""Mends French participles: the auxiliary taken for the verb, times and phrases between the two, bare participles."""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.edits import children, finite, relabel
from dragoman.language.fr.clauses import TIMES
from dragoman.language.lemmas import Lemmas
from dragoman.language.sentence import Token

WITH_BE = frozenset(
    "accéder advenir aller apparaître arriver atterrir descendre devenir décéder entrer intervenir monter"
    " mourir naître partir parvenir passer rentrer repartir ressortir rester retomber retourner revenir sortir"
    " survenir tomber venir échoir éclore".split()
)


def mend_participles(tokens: list[Token], lemmas: Lemmas) -> None:
    """Mends `tokens` in place: gives every perfect its participle for a head."""
    _times_inside(tokens)
    _participles(tokens, lemmas)
    _opening_participles(tokens, lemmas)


def _times_inside(tokens: list[Token]) -> None:
    """ "a dans la soirée suspendu ses vols": a time between auxiliary and participle parts them and heads neither."""
    for aux, token in enumerate(tokens):
        if token.lemma not in ("avoir", "être") or "VerbForm=Fin" not in token.morph:
            continue
        time = aux + 2 if aux + 2 < len(tokens) and tokens[aux + 1].text == "," else aux + 1
        verb = time + 2 if time + 2 < len(tokens) and tokens[time + 1].text == "," else time + 1
        if verb >= len(tokens) or tokens[verb].pos != "VERB" or "VerbForm=Part" not in tokens[verb].morph:
            continue
        if " " not in tokens[time].text and tokens[time].lemma.lower() not in TIMES:
            continue
        if tokens[verb].head == time:
            above = tokens[time]
            head = verb if above.head == time else above.head
            tokens[verb] = replace(tokens[verb], head=head, dep="root" if head == verb else above.dep)
        for i, t in enumerate(tokens):
            if t.head == time and i != verb:
                tokens[i] = replace(t, head=verb)
        tokens[time] = replace(tokens[time], head=verb, dep="obl")
        tokens[aux] = replace(token, head=verb, dep="aux")


def _participles(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "a seulement prié le ministre": a noun or adjective right behind avoir, without article, is the participle."""
    for aux, token in enumerate(tokens):
        if token.lemma != "avoir" or token.dep.startswith("aux") or "VerbForm=Fin" not in token.morph:
            continue
        if _inserted(tokens, aux):
            continue
        at = aux + 1
        while at < len(tokens) and (tokens[at].pos == "ADV" or tokens[at].text.startswith("-")):
            at += 1
        if at >= len(tokens) or tokens[at].pos not in ("NOUN", "ADJ", "PROPN", "X") or tokens[at].text[0].isupper():
            continue
        lemma = lemmas.participle(tokens[at].text)
        if lemma is None or tokens[at].head != aux or " " in tokens[at].text:
            continue
        morph = "Tense=Past|VerbForm=Part"
        head = at if token.head == aux else token.head
        tokens[at] = replace(tokens[at], pos="VERB", lemma=lemma, morph=morph, head=head, dep=token.dep)
        for i, t in enumerate(tokens):
            if t.head == aux and i not in (aux, at):
                tokens[i] = replace(t, head=at)
        tokens[aux] = replace(tokens[aux], pos="AUX", head=at, dep="aux")


def _opening_participles(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "Battu en mai, X a …", "Investi lundi, il …": a capitalised participle before a phrase is no name."""
    if len(tokens) < 4 or tokens[0].pos not in ("PROPN", "NOUN", "ADJ", "X") or " " in tokens[0].text:
        return
    lemma = lemmas.participle(tokens[0].text)
    phrase = tokens[1].pos in ("ADP", "ADV") or tokens[1].lemma.lower() in TIMES or " " in tokens[1].text
    comma = next((i for i, t in enumerate(tokens) if t.text == ","), None)
    if lemma is None or not phrase or comma is None or tokens[0].text.isupper():
        return
    main = next((i for i in range(comma + 1, len(tokens)) if tokens[i].pos == "VERB" and finite(tokens, i)), None)
    if main is None or any(t.pos == "VERB" and finite(tokens, i) for i, t in enumerate(tokens[:comma])):
        return
    if tokens[0].head == 0:
        tokens[main] = replace(tokens[main], head=main, dep="root")
    tokens[0] = replace(
        tokens[0], pos="VERB", lemma=lemma, morph="Tense=Past|VerbForm=Part|Voice=Pass", dep="advcl", head=main
    )


def _inserted(tokens: list[Token], aux: int) -> bool:
    """ "a du même coup suspendu le dialogue": a phrase between avoir and the participle, which was hung on it."""
    for at in range(aux + 3, min(aux + 7, len(tokens))):
        token, noun = tokens[at], tokens[at].head
        if token.pos != "VERB" or "VerbForm=Part" not in token.morph or not aux < noun < at:
            continue
        if tokens[aux + 1].pos != "ADP" or tokens[noun].head != aux or token.dep not in ("acl", "amod"):
            continue
        head = at if tokens[aux].head == aux else tokens[aux].head
        tokens[at] = replace(token, head=head, dep=tokens[aux].dep)
        for i, t in enumerate(tokens):
            if t.head == aux and i not in (aux, at):
                tokens[i] = replace(t, head=at)
        tokens[noun] = replace(tokens[noun], dep="obl")
        tokens[aux] = replace(tokens[aux], head=at, dep="aux")
        return True
    return False


def bare_participles(tokens: list[Token]) -> None:
    """ "L'ambassadeur convoqué", "un opposant arrêté à Tunis": a headline's participle without auxiliary is passive."""
    for i, token in enumerate(tokens):
        if token.pos != "VERB" or "VerbForm=Part" not in token.morph or "Tense=Pres" in token.morph:
            continue
        if token.dep not in ("root", "conj", "parataxis") or token.lemma in WITH_BE:
            continue
        kids = children(tokens, i)
        deps = {tokens[k].dep for k in kids}
        if "nsubj" not in deps or any(d.startswith(("aux", "expl", "cop")) for d in deps) or "obj" in deps:
            continue
        above = {tokens[k].dep for k in children(tokens, token.head)} if token.dep == "conj" else set()
        if "aux" in above and "aux:pass" not in above:
            continue
        for k in kids:
            if tokens[k].dep == "nsubj" and k < i:
                relabel(tokens, k, "nsubj:pass")
