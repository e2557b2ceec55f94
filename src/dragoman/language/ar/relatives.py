"""Pronouns that resume the noun of a relative clause: الهجوم الذي نفذته الحركة, زيارة التقى خلالها نظيره."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dragoman.language.ar.clauses import SUBJECTS, hang, is_time
from dragoman.language.ar.lemmas import is_broken_plural
from dragoman.language.ar.normalise import bare
from dragoman.language.sentence import Token

RESUMING = {"ه": "Masc", "ها": "Fem", "هما": "Dual", "هم": "Plur"}
ARGUMENTS = frozenset({"obj", "obl", "nmod"})
MISREAD = frozenset({"nmod", "amod", "dep", "flat", "appos", "obl", "obj", "ccomp", "advcl", "parataxis"})
NEAREST = 8  # tokens between a noun and the verb of its clause


def resumed(tokens: list[Token], groups: Collection[int]) -> None:
    """Marks the pronouns of relative clauses that stand for the noun which the clause describes.

    Behind a preposition they do where they agree with the noun; as the verb's object only where the clause has another
    subject, or where that noun is a thing: "الوزير الذي اتهمها" speaks of somebody else.
    """
    for i in range(1, len(tokens)):
        token = tokens[i]
        kind = RESUMING.get(bare(token.text))
        if token.pos != "PRON" or kind is None or token.dep not in ARGUMENTS or tokens[i - 1].end != token.start:
            continue
        verb = token.head
        if tokens[verb].dep in MISREAD and token.dep != "obj":
            _without_pronoun(tokens, verb, groups, kind)
        if tokens[verb].dep != "acl:relcl" or tokens[verb].pos != "VERB":
            continue
        noun = tokens[verb].head
        if noun >= i or not _agrees(tokens[noun], kind):
            continue
        subject = any(t.head == verb and t.dep in SUBJECTS and "PronType=Rel" not in t.morph for t in tokens)
        if token.dep == "obj" and not subject and (noun in groups or not tokens[noun].text.startswith("ال")):
            continue
        tokens[i] = replace(token, morph="|".join(filter(None, (token.morph, "PronType=Rel"))))


def _without_pronoun(tokens: list[Token], verb: int, groups: Collection[int], kind: str) -> None:
    """خطابا دعا فيه إلى …: a verb behind an indefinite noun that its own pronoun takes up describes that noun."""
    before = tokens[verb - 1] if verb else None
    if tokens[verb].pos != "VERB" or before is None or before.pos in ("CCONJ", "SCONJ", "PUNCT", "PART"):
        return
    for j in range(verb - 1, max(-1, verb - NEAREST), -1):
        if tokens[j].pos in ("VERB", "SCONJ", "PUNCT"):
            return
        plain = tokens[j].pos == "NOUN" and j not in groups and not tokens[j].text.startswith("ال")
        owned = j + 1 < verb and tokens[j + 1].pos == "PRON" and tokens[j + 1].start == tokens[j].end
        if plain and not owned and not is_time(tokens[j]) and _agrees(tokens[j], kind):
            hang(tokens, verb, j, "acl:relcl")
            return


def _agrees(noun: Token, kind: str) -> bool:
    """Whether a noun may be what a pronoun of a gender or number stands for; plurals of things are feminine."""
    word = bare(noun.text).split()[0] if noun.text.strip() else ""
    plural = word.endswith("ات") or is_broken_plural(word.removeprefix("ال"))
    feminine = word.endswith(("ة", "اء", "ى")) or plural
    if kind == "Masc":
        return not feminine and not word.endswith(("ين", "ون"))
    if kind == "Fem":
        return feminine or noun.pos == "PROPN" or "Gender=Fem" in noun.morph
    return plural or word.endswith(("ان", "ين", "ون"))
