"""Mends trees of French sentences where the press departs from the treebanks.

Each rule is a class of mistakes seen on parsed news: verbs with être taken for passives, subjects behind a quotation
("a assuré M. X") taken for objects, topics before a colon taken for subjects, partitive-looking plurals ("des Russes").
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.sentence import Sentence, Token

WITH_BE = frozenset(
    "accéder advenir aller apparaître arriver atterrir décéder descendre devenir échoir éclore entrer intervenir monter"
    " mourir naître partir parvenir passer rentrer repartir ressortir rester retomber retourner revenir sortir survenir"
    " tomber venir".split()
)
PHRASES = frozenset("auprès autour dehors face hors loin lors près vis-à-vis".split())
SAYING = frozenset(
    "affirmer ajouter alerter annoncer assurer avertir clamer commenter conclure confier confirmer considérer constater"
    " déclarer déplorer détailler dire écrire enchaîner estimer expliquer glisser indiquer insister ironiser juger lancer"
    " lâcher marteler noter observer plaider poursuivre préciser prévenir promettre rappeler rapporter reconnaître"
    " regretter renchérir répéter répliquer répondre résumer rétorquer révéler souligner soutenir souffler tonner"
    " tweeter réagir réaffirmer réitérer avancer menacer trancher prédire jurer nuancer".split()
)
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def mend(sentence: Sentence) -> Sentence:
    """The sentence with its tree mended; the same object where there is nothing to mend."""
    tokens = list(sentence.tokens)
    for rule in (_prepositions, _plural_subjects, _topics, _inversions, _actives, _bare_participles):
        rule(tokens)
    made = tuple(tokens)
    return sentence if made == sentence.tokens else replace(sentence, tokens=made)


def _kids(tokens: list[Token], index: int) -> list[int]:
    return [i for i, t in enumerate(tokens) if t.head == index and i != index]


def _relabel(tokens: list[Token], index: int, dep: str, head: int | None = None) -> None:
    tokens[index] = replace(tokens[index], dep=dep, head=tokens[index].head if head is None else head)


def _finite(tokens: list[Token], index: int) -> bool:
    """Whether a verb stands in a finite form, its own or its auxiliary's."""
    return "VerbForm=Fin" in tokens[index].morph or any(
        t.head == index and t.dep.startswith("aux") and "VerbForm=Fin" in t.morph for t in tokens
    )


def _prepositions(tokens: list[Token]) -> None:
    """ "auprès de X", "face à X": the first word introduces X like any preposition; the treebank makes it X's head."""
    for i, token in enumerate(tokens):
        if token.lemma not in PHRASES or token.head == i:
            continue
        kids = _kids(tokens, i)
        for noun in kids:
            if tokens[noun].dep.partition(":")[0] in ("obl", "nmod") and any(
                t.head == noun and t.dep == "case" and t.lemma in ("de", "à") for t in tokens
            ):
                above = token.head
                _relabel(tokens, noun, "obl" if tokens[above].pos in ("VERB", "AUX") else "nmod", above)
                _relabel(tokens, i, "case", noun)
                break
        else:
            for k in kids:
                if tokens[k].dep == "fixed" and token.dep == "case":
                    _relabel(tokens, k, "case", token.head)


def _plural_subjects(tokens: list[Token]) -> None:
    """ "…, des Russes ont tué": des is an article where the noun stands right before a verb that has no subject."""
    for i, token in enumerate(tokens[:-2]):
        if token.text.lower() not in ("des", "de nombreux") or token.pos not in ("ADP", "DET"):
            continue
        noun = token.head
        if noun <= i or tokens[noun].dep in SUBJECTS or (i and tokens[i - 1].pos not in ("PUNCT", "SCONJ", "CCONJ")):
            continue
        inside = {noun}
        for k in range(i, len(tokens)):
            if tokens[k].head in inside and k > noun and tokens[k].dep in ("amod", "flat", "nmod", "case", "det", "acl"):
                inside.add(k)
        after = max(k for k in inside if k - noun <= 6) + 1
        verb = next((k for k in range(after, min(after + 5, len(tokens))) if tokens[k].pos == "VERB"), None)
        if verb is None or not _finite(tokens, verb) or any(tokens[k].pos == "PUNCT" for k in range(after, verb)):
            continue
        if any(tokens[k].dep in SUBJECTS for k in _kids(tokens, verb)) or tokens[noun].head == noun or verb == noun:
            continue
        if _is_above(tokens, noun, verb):
            continue
        tokens[i] = replace(token, pos="DET", lemma="un", dep="det")
        _relabel(tokens, noun, "nsubj", verb)


def _is_above(tokens: list[Token], top: int, index: int) -> bool:
    for _ in tokens:
        if index == top:
            return True
        if tokens[index].head == index:
            return False
        index = tokens[index].head
    return False


def _topics(tokens: list[Token]) -> None:
    """ "Taïwan : la Chine punit …": the noun behind the colon is the subject, not the topic before it."""
    colon = next((i for i, t in enumerate(tokens[:9]) if t.text == ":"), None)
    if colon is None or any(t.pos in ("VERB", "AUX") for t in tokens[:colon]):
        return
    for topic in range(colon):
        verb = tokens[topic].head
        if tokens[topic].dep not in SUBJECTS or verb <= colon or tokens[verb].pos not in ("VERB", "AUX"):
            continue
        rivals = [
            i
            for i in range(colon + 1, verb)
            if tokens[i].pos in NOMINAL
            and not colon < tokens[i].head < verb
            and not any(t.head == i and t.dep == "case" for t in tokens)
        ]
        if rivals:
            _relabel(tokens, rivals[0], tokens[topic].dep, verb)
            _relabel(tokens, topic, "dislocated")


def _inversions(tokens: list[Token]) -> None:
    """ "…, a assuré le ministre": behind a comma or a quotation the noun after a verb of saying is its subject."""
    for i, token in enumerate(tokens):
        if token.pos != "VERB" or token.lemma not in SAYING:
            continue
        kids = _kids(tokens, i)
        first = min([k for k in kids if tokens[k].dep.startswith("aux") or tokens[k].dep.startswith("expl")] + [i])
        if first == 0 or tokens[first - 1].pos != "PUNCT" or any(tokens[k].dep in SUBJECTS for k in kids):
            continue
        if token.dep not in ("parataxis", "root", "ccomp", "conj") or not _finite(tokens, i):
            continue
        after = [
            k
            for k in kids
            if k > i and tokens[k].pos in NOMINAL and tokens[k].dep in ("obj", "xcomp", "obl", "nmod", "iobj", "appos")
            and not any(t.head == k and t.dep == "case" for t in tokens)
        ]
        gap = tokens[i + 1 : after[0]] if after else []
        if after and all(t.pos in ("DET", "ADJ", "ADV", "NUM", "PROPN", "NOUN") for t in gap):
            _relabel(tokens, after[0], "nsubj")


def _actives(tokens: list[Token]) -> None:
    """Verbs with être and pronominal verbs are active; so is what has avoir and no été."""
    for i, token in enumerate(tokens):
        kids = _kids(tokens, i)
        if not any(tokens[k].dep in ("nsubj:pass", "aux:pass") for k in kids):
            continue
        auxiliaries = [tokens[k].lemma for k in kids if tokens[k].dep.startswith("aux")]
        reflexive = any(tokens[k].lemma in ("soi", "se") and tokens[k].pos == "PRON" for k in kids)
        been = any(tokens[k].text.lower() == "été" for k in kids)
        if not (token.lemma in WITH_BE or reflexive or ("avoir" in auxiliaries and not been)):
            continue
        for k in kids:
            if tokens[k].dep in ("nsubj:pass", "aux:pass"):
                _relabel(tokens, k, tokens[k].dep.partition(":")[0])
        if "Voice=Pass" in token.morph:
            tokens[i] = replace(token, morph="|".join(m for m in token.morph.split("|") if m != "Voice=Pass"))


def _bare_participles(tokens: list[Token]) -> None:
    """ "L'ambassadeur convoqué", "un opposant arrêté à Tunis": a headline's participle without auxiliary is passive."""
    for i, token in enumerate(tokens):
        if token.pos != "VERB" or "VerbForm=Part" not in token.morph or "Tense=Pres" in token.morph:
            continue
        if token.dep not in ("root", "conj", "parataxis") or token.lemma in WITH_BE:
            continue
        kids = _kids(tokens, i)
        deps = {tokens[k].dep for k in kids}
        if "nsubj" not in deps or any(d.startswith(("aux", "expl", "cop")) for d in deps) or "obj" in deps:
            continue
        if token.dep == "conj" and any(tokens[k].dep.startswith("aux") for k in _kids(tokens, token.head)):
            continue
        for k in kids:
            if tokens[k].dep == "nsubj" and k < i:
                _relabel(tokens, k, "nsubj:pass")
