"""Object pronouns before a French verb ("l'a assuré", "les exhorte", "leur a remis"), told from articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.language.lemmas import lemmas

KINDS = {"l'": "one", "l’": "one", "le": "he", "la": "she", "lui": "one", "les": "they", "leur": "they"}
HAVING = frozenset(
    "a ont avait avaient aura auront aurait auraient eut eurent ait aient avoir ayant ai avons avez".split()
)
CLITIC = re.compile(  # the letter first, so that a search skips to it
    r"[lL](?<![\w’'-].)(?i:(?P<elided>['’])|(?P<full>es?|a|ui|eur)\s+)"
    r"(?=(?i:(?:lui|leur|en|y)\s+)*(?P<verb>[^\W\d_]+))"
)
BEFORE = re.compile(r"(?<![\w’'-])(?:qui|ils?|elles?|on|ne|n['’])\s*$", re.I)  # "il les presse": no article follows
TONIC = re.compile(
    r"(?<![\w’'-])(?:avec|à|contre|pour|chez|sur|devant|vers|selon|envers|sans|que|d['’]|de|entre|par)\s*(lui|elle|eux|elles)(?![\w-])"
)


@dataclass(frozen=True, slots=True)
class Clitic:
    """A pronoun at `start:end`; `kind` he, she, one (either) or they."""

    start: int
    end: int
    kind: str


def object_pronouns(text: str, start: int, end: int) -> Iterator[Clitic]:
    """The pronouns of `text[start:end]` that stand for whom a verb acts on or a preposition names, in order."""
    known = lemmas("fr")
    found: list[Clitic] = []
    for match in CLITIC.finditer(text, start, end):
        word = match.group("verb").lower()
        form = text[match.start() : max(match.end("elided"), match.end("full"))].lower()
        if match.group("verb")[:1].isupper():
            continue
        verb = known.sole_verb(word) is not None and not word.endswith(("é", "és", "ée", "ées", "ant"))
        if verb or word in HAVING or form == "lui" or BEFORE.search(text, start, match.start()):
            low = match.start()
            found.append(Clitic(low, low + len(form), KINDS[form]))
    said = text[start:end]
    for match in TONIC.finditer(text, start, end) if "lui" in said or "elle" in said or "eux" in said else ():
        kind = {"lui": "he", "elle": "she"}.get(match.group(1), "they")
        found.append(Clitic(match.start(1), match.end(1), kind))
    yield from sorted({c.start: c for c in found}.values(), key=lambda c: c.start)
