"""Days that a parser takes for the head of what stands behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dragoman.language.sentence import Token

CLAUSES = frozenset({"acl", "acl:relcl"})


def clauses_behind_days(tokens: list[Token], dates: Collection[int], reporting: Collection[str]) -> None:
    """ "Anunció el martes **que** romperá …": a clause behind a day is what was said on it. Changes `tokens`.

    `reporting` are the lemmas of verbs that a clause completes.
    """
    for i, token in enumerate(tokens):
        day = token.head
        if token.dep not in CLAUSES or day not in dates or day >= i:
            continue
        verb = tokens[day].head
        if tokens[verb].pos != "VERB" or verb > day or tokens[verb].lemma.lower() not in reporting:
            continue
        if any(t.head == i and t.dep == "mark" and t.pos == "SCONJ" for t in tokens):
            tokens[i] = replace(token, head=verb, dep="ccomp")


def objects_behind_days(tokens: list[Token], dates: Collection[int]) -> None:
    """ "Declaró el martes **persona** no grata", "a signé lundi **un accord**": no noun describes a day.

    Changes `tokens`.
    """
    for day in dates:
        noun = next((k for k in range(day + 1, min(day + 3, len(tokens))) if tokens[k].pos == "NOUN"), None)
        if noun is None or noun in dates or tokens[noun].head != day or tokens[noun].dep in ("conj", "nmod"):
            continue
        between = tokens[day + 1 : noun]
        verb = next((k for k in range(day - 1, -1, -1) if tokens[k].pos == "VERB"), None)
        if verb is None or any(t.pos != "DET" for t in between) or any(t.pos == "PUNCT" for t in tokens[verb:day]):
            continue
        if any(t.head == noun and t.dep == "case" for t in tokens):
            continue
        if any(t.head == verb and t.dep == "obj" for t in tokens):
            continue
        tokens[noun] = replace(tokens[noun], head=verb, dep="obj")
        tokens[day] = replace(tokens[day], head=verb, dep="obl")


def events_behind_days(tokens: list[Token], dates: Collection[int], genitive: Collection[str]) -> None:
    """ "Burned it down **au lendemain de l'exécution**": the event that a day is counted from hangs on the day.

    Changes `tokens`; `genitive` are the words for "of".
    """
    for day in dates:
        case = day + 1
        if case >= len(tokens) or tokens[case].dep != "case" or tokens[case].text.lower() not in genitive:
            continue
        event = tokens[case].head
        if event > case and tokens[event].pos == "NOUN" and tokens[event].head == tokens[day].head:
            tokens[event] = replace(tokens[event], head=day, dep="nmod")


def phrases_behind_days(tokens: list[Token], dates: Collection[int], genitive: Collection[str]) -> None:
    """ "Viajó el viernes **a Bruselas**", "entrées jeudi **en territoire gambien**": no day goes anywhere.

    Changes `tokens`; `genitive` are the words for "of", which alone may hang on a day.
    """
    for i, token in enumerate(tokens):
        day = token.head
        if token.dep != "nmod" or day not in dates or i in dates or day > i:
            continue
        case = next((t for t in tokens[day + 1 : i] if t.head == i and t.dep == "case"), None)
        verb = tokens[day].head
        if case is not None and case.text.lower() not in genitive and verb != day:
            tokens[i] = replace(token, head=verb, dep="obl" if tokens[verb].pos in ("VERB", "AUX", "ADJ") else "nmod")
