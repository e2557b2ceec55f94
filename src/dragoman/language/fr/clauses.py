"""Mends the clauses of French trees: reflexive perfects, relative clauses, coordinated participles."""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.edits import children, is_above
from dragoman.language.lemmas import Lemmas
from dragoman.language.sentence import Token

RELATIVE = frozenset({"qui", "lequel", "laquelle", "lesquels", "lesquelles"})
SELF = frozenset({"se", "s'", "s’"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INSIDE = frozenset({"amod", "flat", "flat:name", "flat:foreign", "punct", "case", "det"})
LOOSE = frozenset({"flat", "flat:name", "appos", "nmod", "obl", "obl:arg", "obl:mod", "xcomp"})
QUANTITIES = frozenset({"centaine", "dizaine", "millier", "million", "milliard", "douzaine", "quinzaine", "vingtaine"})
TIMES = frozenset(
    "an année après-midi automne date dimanche fois heure hiver instant jeudi jour journée lendemain lundi"
    " mardi matin matinée mercredi minute mois moment nuit printemps samedi seconde semaine siècle soir soirée"
    " temps veille vendredi week-end été".split()
)
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})


def mend_clauses(tokens: list[Token], lemmas: Lemmas) -> None:
    """Mends `tokens` in place."""
    _reflexives(tokens, lemmas)
    _finite_modifiers(tokens)
    _relatives(tokens)
    _listed_participles(tokens, lemmas)
    _shared_auxiliaries(tokens)
    _quantities(tokens)
    _counterparts(tokens)
    _names_behind_verbs(tokens)
    _own_subjects(tokens)


def _own_subjects(tokens: list[Token]) -> None:
    """ "Bamako ayant exigé leur départ, …": a participle behind a comma and a noun has that noun for its subject."""
    for i, token in enumerate(tokens[:-1]):
        if token.lemma not in ("avoir", "être") or token.morph != "Tense=Pres|VerbForm=Part" or i < 1:
            continue
        noun, verb = i - 1, token.head
        if tokens[noun].pos not in ("NOUN", "PROPN") or verb <= i or is_above(tokens, noun, verb):
            continue
        first = noun
        while first and tokens[first - 1].pos != "PUNCT" and is_above(tokens, noun, first - 1):
            first -= 1
        if first and tokens[first - 1].pos != "PUNCT":
            continue
        if any(tokens[k].dep in SUBJECTS for k in children(tokens, verb)) or is_above(tokens, verb, noun):
            continue
        tokens[noun] = replace(tokens[noun], head=verb, dep="nsubj")
        if tokens[verb].dep in LOOSE or tokens[verb].dep == "acl":
            tokens[verb] = replace(tokens[verb], dep="advcl")


def _reflexives(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "Les deux hommes se sont ensuite entretenus": what follows "se sont" is a participle, not an adjective."""
    for i, token in enumerate(tokens):
        if token.pos not in ("ADJ", "NOUN") or " " in token.text or token.text[:1].isupper():
            continue
        at = i - 1
        while at > 0 and tokens[at].pos == "ADV":
            at -= 1
        been = at > 0 and tokens[at].lemma == "être" and tokens[at].pos in ("AUX", "VERB")
        pronoun = at - 1
        while been and pronoun > 0 and tokens[pronoun].text.lower() in ("y", "en"):
            pronoun -= 1
        if not been or tokens[pronoun].text.lower() not in SELF:
            continue
        lemma = lemmas.participle(token.text)
        if lemma is None:
            continue
        tokens[i] = replace(token, pos="VERB", lemma=lemma, morph="Tense=Past|VerbForm=Part")
        tokens[at] = replace(tokens[at], pos="AUX", head=i, dep="aux")
        tokens[pronoun] = replace(tokens[pronoun], head=i, dep="expl")


def _finite_modifiers(tokens: list[Token]) -> None:
    """ "L'ex-président pourrait s'installer": a finite verb that hangs on the noun before it as a modifier heads it."""
    for verb, token in enumerate(tokens):
        if token.pos not in ("VERB", "AUX") or "VerbForm=Fin" not in token.morph:
            continue
        noun = token.head
        if token.dep not in ("amod", "nmod", "flat", "appos") or noun >= verb or tokens[noun].pos not in NOMINAL:
            continue
        if any(tokens[k].dep in SUBJECTS for k in children(tokens, verb)):
            continue
        if tokens[noun].dep not in ("root", "parataxis", "ccomp", "conj"):
            continue
        above = tokens[noun]
        tokens[verb] = replace(token, head=verb if above.head == noun else above.head, dep=above.dep)
        tokens[noun] = replace(above, head=verb, dep="nsubj")
        for k in children(tokens, noun):
            if k > verb:
                dep = "xcomp" if "VerbForm=Inf" in tokens[k].morph else tokens[k].dep
                tokens[k] = replace(tokens[k], head=verb, dep=dep)


def _relatives(tokens: list[Token]) -> None:
    """ "A tweeté X, qui doit rencontrer Y": the clause of a relative subject hangs on the noun before it."""
    for verb, token in enumerate(tokens):
        if token.pos not in ("VERB", "AUX") or token.dep in ("acl:relcl", "root") or token.dep.startswith("aux"):
            continue
        pronoun = next(
            (
                k
                for k in children(tokens, verb)
                if k < verb and tokens[k].text.lower() in RELATIVE and tokens[k].dep in SUBJECTS
            ),
            None,
        )
        if pronoun is None:
            continue
        noun = pronoun - 1
        while noun >= 0 and tokens[noun].pos in ("PUNCT", "ADV", "ADJ", "NUM"):
            noun -= 1
        if noun < 0 or tokens[noun].pos not in NOMINAL or is_above(tokens, verb, noun):
            continue
        while tokens[noun].dep in INSIDE and tokens[noun].head < noun and tokens[tokens[noun].head].pos in NOMINAL:
            noun = tokens[noun].head
        if not is_above(tokens, verb, noun):
            tokens[verb] = replace(token, head=noun, dep="acl:relcl")


def _perfect_before(tokens: list[Token], index: int) -> int | None:
    """The nearest participle to the left that has avoir as its auxiliary."""
    for i in range(index - 1, -1, -1):
        if tokens[i].pos == "VERB" and "VerbForm=Part" in tokens[i].morph:
            auxiliaries = [tokens[k].lemma for k in children(tokens, i) if tokens[k].dep == "aux"]
            if "avoir" in auxiliaries and not is_above(tokens, index, i):
                return i
    return None


def _listed_participles(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "Ils ont annulé le scrutin, fermé les frontières et dissous les institutions": each is a verb of the list."""
    for i in range(2, len(tokens) - 1):
        token, before, behind = tokens[i], tokens[i - 1], tokens[i + 1]
        if (before.pos != "CCONJ" and before.text != ",") or behind.pos not in ("DET", "PROPN", "ADP"):
            continue
        if token.pos not in ("ADJ", "VERB", "NOUN") or " " in token.text or token.text[:1].isupper():
            continue
        if token.pos == "VERB" and (
            "VerbForm=Part" not in token.morph or token.dep not in ("parataxis", "acl", "amod", "advcl")
        ):
            continue
        lemma = lemmas.participle(token.text)
        first = _perfect_before(tokens, i)
        if lemma is None or first is None or not is_above(tokens, first, i) or "Tense=Pres" in token.morph:
            continue
        if token.pos != "VERB" and behind.pos != "DET":
            continue
        tokens[i] = replace(token, pos="VERB", lemma=lemma, morph="Tense=Past|VerbForm=Part", head=first, dep="conj")
        for k in range(i + 1, min(i + 6, len(tokens))):
            if tokens[k].pos in ("NOUN", "PROPN"):
                if tokens[k].head < i and not any(tokens[c].dep == "case" for c in children(tokens, k)):
                    tokens[k] = replace(tokens[k], head=i, dep="obj")
                break


def _quantities(tokens: list[Token]) -> None:
    """ "A dépêché dans la vallée des dizaines de soldats": "des" before a quantity is an article, not "of the"."""
    for i, token in enumerate(tokens):
        if token.lemma not in QUANTITIES or token.dep not in ("nmod", "obl"):
            continue
        cases = [k for k in children(tokens, i) if tokens[k].dep == "case" and tokens[k].text.lower() == "des"]
        verb = next((k for k in range(i - 1, -1, -1) if tokens[k].pos == "VERB"), None)
        if not cases or verb is None or is_above(tokens, i, verb):
            continue
        if any(tokens[k].dep == "obj" for k in children(tokens, verb)):
            continue
        tokens[cases[0]] = replace(tokens[cases[0]], pos="DET", lemma="un", dep="det")
        tokens[i] = replace(token, head=verb, dep="obj")


def _counterparts(tokens: list[Token]) -> None:
    """ "A convié à Rome son homologue français": a bare counterpart behind a verb without object is its object."""
    for i, token in enumerate(tokens):
        if not token.text.lower().startswith(("son homologue", "sa homologue", "ses homologues")):
            continue
        if token.dep not in LOOSE or any(tokens[k].dep == "case" for k in children(tokens, i)):
            continue
        verb = next((k for k in range(i - 1, -1, -1) if tokens[k].pos == "VERB"), None)
        if verb is None or is_above(tokens, i, verb):
            continue
        if not any(tokens[k].dep == "obj" for k in children(tokens, verb)):
            tokens[i] = replace(token, head=verb, dep="obj")


def _shared_auxiliaries(tokens: list[Token]) -> None:
    """ "A dit regretter la décision et exhorté M. X": a participle behind "et" shares the auxiliary of the clause."""
    for verb, token in enumerate(tokens):
        if token.pos != "VERB" or token.dep != "conj" or "VerbForm=Part" not in token.morph:
            continue
        if "Tense=Pres" in token.morph or any(tokens[k].dep.startswith("aux") for k in children(tokens, verb)):
            continue
        partner = tokens[token.head]
        if partner.pos == "VERB" and "VerbForm=Inf" not in partner.morph:
            auxiliaries = {tokens[k].lemma for k in children(tokens, token.head) if tokens[k].dep.startswith("aux")}
            if auxiliaries == {"avoir"}:  # the passive that the tagger read is the perfect of the clause
                tokens[verb] = replace(token, morph="Tense=Past|VerbForm=Part")
            continue
        before = verb - 1
        while before > 0 and tokens[before].pos == "ADV":
            before -= 1
        if tokens[before].pos != "CCONJ" and tokens[before].text != ",":
            continue
        first = _perfect_before(tokens, verb)
        if first is not None and is_above(tokens, first, token.head):
            tokens[verb] = replace(token, head=first)


def _names_behind_verbs(tokens: list[Token]) -> None:
    """ "Exhorté M. X à partir": a bare name right behind a verb is its object."""
    for verb, token in enumerate(tokens[:-1]):
        if token.pos != "VERB":
            continue
        kids = children(tokens, verb)
        name = verb + 1
        if name not in kids or tokens[name].pos != "PROPN" or tokens[name].dep not in LOOSE:
            continue
        taken = any(tokens[k].dep == "obj" for k in kids)
        own = any(tokens[k].dep in SUBJECTS for k in kids) and not any(tokens[k].dep == "expl" for k in kids)
        if taken or not (own or token.dep == "conj"):
            continue
        if not any(tokens[k].dep == "case" for k in children(tokens, name)):
            tokens[name] = replace(tokens[name], dep="obj")
