"""Mends trees of French sentences where the press departs from the treebanks.

Each rule is a class of mistakes seen on parsed news: verbs with être taken for passives, subjects behind a quotation
("a assuré M. X") taken for objects, topics before a colon taken for subjects, partitive-looking plurals ("des Russes").
"""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

from dragoman.language.edits import children, finite, is_above, relabel
from dragoman.language.fr.attributes import mend_attributes
from dragoman.language.fr.clauses import TIMES, mend_clauses
from dragoman.language.fr.participles import WITH_BE, bare_participles, mend_participles
from dragoman.language.fr.patients import mend_patients
from dragoman.language.fr.predicates import mend_predicates, nouns_behind_be
from dragoman.language.lemmas import Lemmas
from dragoman.language.sentence import Sentence, Token

PHRASES = frozenset("auprès autour dehors face hors loin lors près vis-à-vis".split())
SAYING = frozenset(resources.files("dragoman.language.fr").joinpath("saying.txt").read_text("utf-8").split())
WITH_OF = frozenset(
    "accuser approcher avoir bénéficier changer convenir descendre dire discuter disposer douter débattre"
    " décider dépendre emparer expulser jouer jouir libérer manquer menacer parler partir priver profiter"
    " protéger provenir rapprocher redouter rejeter relever retirer retirer_soi revenir rire résulter servir"
    " sortir souffrir traiter témoigner user venir écarter éloigner émaner être".split()
)
LOOSE = frozenset("appos conj dep dislocated flat nmod obj obl parataxis root vocative".split())
NEVER = frozenset("à après avant avec chez contre dans depuis devant en lors pendant pour selon sous sur vers".split())
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
CLOSING = frozenset({"»", "”", '"'})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def mend(sentence: Sentence, lemmas: Lemmas) -> Sentence:
    """The sentence with its tree mended; the same object where there is nothing to mend."""
    tokens = list(sentence.tokens)
    mend_predicates(tokens, lemmas)
    mend_participles(tokens, lemmas)
    _verbs(tokens, lemmas)
    mend_clauses(tokens, lemmas)
    mend_patients(tokens, lemmas)
    mend_attributes(tokens)
    for rule in (
        _prepositions,
        _openings,
        _missing_subjects,
        _bare_objects,
        _topics,
        _inversions,
        _actives,
        bare_participles,
        nouns_behind_be,
    ):
        rule(tokens)
    made = tuple(tokens)
    return sentence if made == sentence.tokens else replace(sentence, tokens=made)


def _verbs(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "L'organisation décime une compagnie": a form that is nothing but a verb heads its clause."""
    for i, token in enumerate(tokens):
        if token.pos not in ("NOUN", "ADJ", "PROPN", "X", "ADV") or " " in token.text or not token.text[0].islower():
            continue
        lemma = lemmas.sole_verb(token.text)
        if lemma is None or lemma == token.text.lower() or lemmas.participle(token.text) is not None:
            continue
        _free_article(tokens, i)
        if token.text.endswith("ant") or any(t.head == i and t.dep in ("det", "case") for t in tokens):
            continue
        _promote(tokens, i)
        tokens[i] = replace(tokens[i], pos="VERB", lemma=lemma, morph="Mood=Ind|Tense=Pres|VerbForm=Fin")


def _free_article(tokens: list[Token], verb: int) -> None:
    """ "La police encercle l'ambassade": the article belongs to the noun between it and the verb, its subject."""
    noun = verb - 1
    if noun < 1 or tokens[noun].pos not in ("NOUN", "PROPN") or tokens[noun].head != verb:
        return
    article = tokens[noun - 1]
    if article.dep == "det" and article.head == verb:
        tokens[noun - 1] = replace(article, head=noun)
        tokens[noun] = replace(tokens[noun], dep="nsubj")


def _promote(tokens: list[Token], verb: int) -> None:
    """Makes `verb` the head of what was taken for a noun phrase around it."""
    token = tokens[verb]
    if token.dep in ("root", "conj", "ccomp", "advcl", "acl:relcl", "parataxis"):
        return
    head = token.head
    subject = next((i for i, t in enumerate(tokens[:verb]) if t.dep in SUBJECTS and t.head > verb), None)
    top = tokens[subject].head if subject is not None else head
    if is_above(tokens, verb, top):
        return
    above = tokens[top]
    tokens[verb] = replace(token, head=verb if above.head == top else above.head, dep=above.dep)
    for i, t in enumerate(tokens):
        if i != verb and i != top and t.head in (top, head) and (i < verb) != (t.head < verb):
            tokens[i] = replace(t, head=verb)
    tokens[top] = replace(tokens[top], head=verb, dep="nsubj" if top < verb else "obj")
    if subject is None and top < verb and not any(t.head == verb and t.dep == "obj" for t in tokens):
        after = next((i for i, t in enumerate(tokens) if i > verb and t.head == verb and t.pos in NOMINAL), None)
        if after is not None and not any(t.head == after and t.dep == "case" for t in tokens):
            tokens[after] = replace(tokens[after], dep="obj")


def _prepositions(tokens: list[Token]) -> None:
    """ "auprès de X", "face à X": the first word introduces X like any preposition; the treebank makes it X's head."""
    for i, token in enumerate(tokens):
        if token.lemma not in PHRASES or token.head == i:
            continue
        kids = children(tokens, i)
        for noun in kids:
            if tokens[noun].dep.partition(":")[0] in ("obl", "nmod") and any(
                t.head == noun and t.dep == "case" and t.lemma in ("de", "à") for t in tokens
            ):
                above = token.head
                relabel(tokens, noun, "obl" if tokens[above].pos in ("VERB", "AUX") else "nmod", above)
                relabel(tokens, i, "case", noun)
                break
        else:
            for k in kids:
                if tokens[k].dep == "fixed" and token.dep == "case":
                    relabel(tokens, k, "case", token.head)


def _openings(tokens: list[Token]) -> None:
    """ "Reçu par le roi, M. X est reparti": the opening participle hangs on the clause behind it, not the other way."""
    opening = next((i for i in range(min(2, len(tokens))) if tokens[i].pos == "VERB"), None)
    if opening is None or tokens[opening].head != opening or "VerbForm=Part" not in tokens[opening].morph:
        return
    if any(tokens[k].dep.startswith(("aux", "nsubj", "cop")) and k < opening for k in children(tokens, opening)):
        return
    clauses = [
        i
        for i in children(tokens, opening)
        if i > opening
        and tokens[i].pos == "VERB"
        and tokens[i].dep in ("advcl", "conj", "ccomp", "parataxis", "xcomp")
        and finite(tokens, i)
    ]
    if not clauses:
        return
    main = clauses[0]
    comma = next((i for i in range(main - 1, opening, -1) if tokens[i].text == "," and tokens[i - 1].text != ","), None)
    for i in range(opening + 1, main):
        if tokens[i].text == "," and tokens[i].head in (opening, *range(opening, i)):
            comma = i  # the first comma closes the participle's clause
            break
    if comma is None:
        return
    tokens[main] = replace(tokens[main], head=main, dep="root")
    tokens[opening] = replace(tokens[opening], head=main, dep="advcl")
    own = any(tokens[k].dep in SUBJECTS for k in children(tokens, main))
    for k in children(tokens, opening):
        if k <= comma:
            continue
        bare = not any(tokens[j].dep == "case" for j in children(tokens, k))
        if not own and k < main and tokens[k].pos in NOMINAL and bare:
            relabel(tokens, k, "nsubj", main)
            own = True
        else:
            relabel(tokens, k, tokens[k].dep, main)


def _missing_subjects(tokens: list[Token]) -> None:
    """ "…, des Russes ont tué", "…, l'ONU et l'UA s'engagent": the noun before a verb without subject is its own."""
    for verb, token in enumerate(tokens):
        if token.pos != "VERB" or not finite(tokens, verb):
            continue
        kids = children(tokens, verb)
        for k in kids:
            if tokens[k].dep == "nsubj" and any(t.head == k and t.dep == "case" and t.lemma in NEVER for t in tokens):
                relabel(tokens, k, "obl")  # "Selon Rome, …"
        if any(
            tokens[k].dep in SUBJECTS or (tokens[k].dep.startswith("expl") and tokens[k].lemma == "il") for k in kids
        ):
            continue
        if token.dep in ("acl:relcl", "acl") or (token.dep == "conj" and not _own_clause(tokens, verb)):
            continue
        before = (
            min([k for k in kids if tokens[k].dep.startswith(("aux", "expl")) or tokens[k].pos == "PRON"] + [verb]) - 1
        )
        while before > 0 and tokens[before].pos == "ADV":
            before -= 1
        noun = _subject_ending_at(tokens, before, verb) if before >= 0 else None
        if noun is None:
            continue
        for k in children(tokens, noun):
            if tokens[k].text.lower() in ("des", "du") and tokens[k].dep == "case":
                tokens[k] = replace(tokens[k], pos="DET", lemma="un", dep="det")
        relabel(tokens, noun, "nsubj", verb)


def _own_clause(tokens: list[Token], verb: int) -> bool:
    """Whether a coordinated verb opens a clause of its own: some noun stands between it and the conjunction."""
    marks = [i for i in range(verb) if tokens[i].dep == "cc" or tokens[i].text in (",", ";")]
    return bool(marks) and any(tokens[i].pos in ("NOUN", "PROPN") for i in range(marks[-1] + 1, verb))


def _subject_ending_at(tokens: list[Token], last: int, verb: int) -> int | None:
    """The head of the noun phrase that ends at `last`, opens a clause and has no preposition."""
    noun, found = last, None
    for _ in range(8):
        token = tokens[noun]
        if token.pos not in NOMINAL and token.pos != "ADJ":
            break
        first = _leftmost(tokens, noun)
        cases = [k for k in children(tokens, noun) if tokens[k].dep == "case"]
        plural = bool(cases) and tokens[cases[0]].text.lower() == "des" and cases[0] == first
        joined = tokens[first].pos == "CCONJ" and token.dep == "conj" and tokens[verb].dep == "conj"
        opens = first == 0 or tokens[first - 1].pos in ("PUNCT", "SCONJ") or joined  # "…, et Rice s'était refusée"
        if token.pos in ("NOUN", "PROPN") and opens and token.dep in LOOSE and (not cases or plural):
            found = noun
        if token.head >= noun and token.dep != "amod":
            break
        if token.head == noun or (found is not None and token.dep != "conj"):
            break
        noun = token.head
    if found is None or is_above(tokens, found, verb) or tokens[found].dep in SUBJECTS:
        return None
    return found


def _leftmost(tokens: list[Token], index: int) -> int:
    inside, first = {index}, index
    for i in range(index - 1, -1, -1):
        if tokens[i].head in inside and tokens[i].pos != "PUNCT":
            inside.add(i)
            first = i
    return first


def _bare_objects(tokens: list[Token]) -> None:
    """ "ont négocié son départ deux jours durant": a noun without preposition right behind a verb is its object."""
    for verb, token in enumerate(tokens):
        if token.pos != "VERB":
            continue
        kids = children(tokens, verb)
        noun = next((k for k in kids if k > verb and tokens[k].pos in ("NOUN", "PROPN")), None)
        if noun is None or tokens[noun].dep not in ("obl", "xcomp", "nmod") or tokens[noun].lemma.lower() in TIMES:
            continue
        inner = children(tokens, noun)
        gap = tokens[verb + 1 : noun]
        cases = [k for k in inner if tokens[k].dep in ("case", "mark")]
        plural = len(cases) == 1 and tokens[cases[0]].text.lower() == "des" and cases[0] == verb + 1
        if " " in tokens[noun].text or (cases and not (plural and token.lemma not in WITH_OF)):
            continue
        if plural:
            tokens[cases[0]] = replace(tokens[cases[0]], pos="DET", lemma="un", dep="det")
        inner = children(tokens, noun)
        if not any(tokens[k].dep == "det" for k in inner) or any(
            t.pos not in ("DET", "ADJ", "ADV", "NUM") for t in gap
        ):
            continue
        if any(tokens[k].dep == "obj" and tokens[k].lemma.lower() not in TIMES for k in kids):
            continue
        relabel(tokens, noun, "obj")


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
            relabel(tokens, rivals[0], tokens[topic].dep, verb)
            relabel(tokens, topic, "dislocated")


def _inversions(tokens: list[Token]) -> None:
    """ "…, a assuré le ministre": behind a comma or a quotation the noun after a verb of saying is its subject."""
    for i, token in enumerate(tokens):
        if token.pos != "VERB" or (token.lemma not in SAYING and not any(t.text in CLOSING for t in tokens[:i])):
            continue
        kids = children(tokens, i)
        for k in kids:
            if k > i and tokens[k].dep in SUBJECTS and tokens[k].lemma.lower() in TIMES:
                relabel(tokens, k, "obl")  # "a réagi dimanche le ministère"
        first = min([k for k in kids if tokens[k].dep.startswith("aux") or tokens[k].dep.startswith("expl")] + [i])
        if first > 2 and tokens[first - 1].text == "," and tokens[first - 2].text in CLOSING:
            for k in kids:  # « Une provocation », a dénoncé X: what is quoted is no subject
                if k < first and tokens[k].dep in SUBJECTS:
                    relabel(tokens, k, "ccomp")
            kids = children(tokens, i)
        if first == 0 or tokens[first - 1].pos != "PUNCT" or any(tokens[k].dep in SUBJECTS for k in kids):
            continue
        if token.dep not in ("parataxis", "root", "ccomp", "conj") or not finite(tokens, i):
            continue
        after = [
            k
            for k in kids
            if k > i
            and tokens[k].pos in NOMINAL
            and tokens[k].dep in ("obj", "xcomp", "obl", "nmod", "iobj", "appos")
            and tokens[k].lemma.lower() not in TIMES
            and not any(t.head == k and t.dep == "case" for t in tokens)
        ]
        gap = [t for t in tokens[i + 1 : after[0]] if t.lemma.lower() not in TIMES] if after else []
        if after and all(t.pos in ("DET", "ADJ", "ADV", "NUM", "PROPN", "NOUN") for t in gap):
            relabel(tokens, after[0], "nsubj")


def _actives(tokens: list[Token]) -> None:
    """Verbs with être and pronominal verbs are active; so is what has avoir and no été."""
    for i, token in enumerate(tokens):
        kids = children(tokens, i)
        if not any(tokens[k].dep in ("nsubj:pass", "aux:pass") for k in kids):
            continue
        auxiliaries = [tokens[k].lemma for k in kids if tokens[k].dep.startswith("aux")]
        reflexive = any(tokens[k].lemma in ("soi", "se") and tokens[k].pos == "PRON" for k in kids)
        been = any(tokens[k].text.lower() == "été" for k in kids)
        if not (token.lemma in WITH_BE or reflexive or ("avoir" in auxiliaries and not been)):
            continue
        for k in kids:
            if tokens[k].dep in ("nsubj:pass", "aux:pass"):
                relabel(tokens, k, tokens[k].dep.partition(":")[0])
        if "Voice=Pass" in token.morph:
            tokens[i] = replace(token, morph="|".join(m for m in token.morph.split("|") if m != "Voice=Pass"))
