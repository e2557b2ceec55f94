"""Lemmas from a table of known forms and, for other words, suffix rules (both made by training/lemmas.py)."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from functools import cache

import dragoman_models

UNTOUCHED = frozenset({"PROPN", "PUNCT", "NUM", "SYM", "X"})
SIGNIFICANT = re.compile(r"(?:Number|Gender|Degree|VerbForm)=(\w+)")
PLURAL = "sx"  # the letters that regular plurals end in; irregular ones are known forms
PARTICIPLE = re.compile(r"(?:é|i|u|is|us|ert|[^ae]it|int|ort|os)e?s?$")


def rule_key(pos: str, morph: str) -> str:
    """What suffix rules depend on: the part of speech with number and gender of nouns, degree of adjectives."""
    if pos in {"NOUN", "ADJ", "ADV"}:
        marks = [mark for mark in SIGNIFICANT.findall(morph) if mark in {"Plur", "Fem", "Cmp", "Sup"}]
        return "+".join([pos, *sorted(marks)])
    return pos


class Lemmas:
    """The lemma table of one language."""

    def __init__(self, language: str) -> None:
        """Read `lemmas.tsv.gz` of the language's model folder; FileNotFoundError where there is none."""
        packed = dragoman_models.folder(language).joinpath("lemmas.tsv.gz").read_bytes()
        forms, _, rules = gzip.decompress(packed).decode().partition("\nrule\t")
        self._forms: dict[str, str] = dict(line.rsplit("\t", 1) for line in forms.split("\n"))
        self._rules: defaultdict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
        for line in rules.split("\nrule\t"):
            key, suffix, cut, put = line.split("\t")
            self._rules[key][suffix] = (int(cut), put)

    def _known(self, pos: str, form: str) -> str | None:
        return self._forms.get(f"form\t{pos}\t{form}")

    def only_verb(self, form: str) -> str | None:
        """The lemma of a past form that is known as a verb and as nothing else; None for every other word."""
        word = form.lower()
        if not word.endswith(("ed", "é", "ée", "és", "ées", "ó", "aron", "ieron")) or len(word) < 5:
            return None
        lemma = self._known("VERB", word)
        if lemma is None or lemma == word or self._known("ADJ", word) or self._known("NOUN", word):
            return None
        return lemma

    def sole_verb(self, form: str) -> str | None:
        """The lemma of any form that is known as a verb and as nothing else; None for every other word."""
        word = form.lower().replace("’", "'")
        lemma = self._known("VERB", word)
        if lemma is None or any(self._known(pos, word) for pos in ("ADJ", "NOUN", "ADV", "ADP", "DET", "PRON", "AUX")):
            return None
        return lemma

    def participle(self, form: str) -> str | None:
        """The lemma of a form that may be a past participle of a verb, whatever else it may be (French endings)."""
        word = form.lower()
        if not PARTICIPLE.search(word):
            return None
        forms = dict.fromkeys((word, word.removesuffix("s"), word.removesuffix("s").removesuffix("e")))
        lemma = next((found for form in forms if (found := self._known("VERB", form)) is not None), None)
        return lemma if lemma != word else None

    def noun(self, form: str) -> str | None:
        """The lemma of a form that may be a noun."""
        return self._known("NOUN", form.lower().replace("’", "'"))

    def lemma(self, form: str, pos: str, morph: str) -> str:
        """The lemma of a token, in lower case but for names, numbers and signs, which are their own lemma."""
        if pos in UNTOUCHED:
            return form
        word = form.lower().replace("’", "'")
        known_form = self._known(pos, word)
        if pos == "VERB" and "VerbForm=Inf" in morph and known_form not in (None, word):
            listed = any(self._known(pos, word + end) == word for end in ("s", "es", "ing"))
            return word if listed or known_form is None else known_form
        if known_form is None and pos == "AUX":
            known_form = self._known("VERB", word)
        if known_form is not None:
            return known_form
        if not word.isalpha() and "-" not in word:
            return word
        if pos == "NOUN" and "Number=Plur" in morph and word[-1] not in PLURAL:
            return word  # tagged wrongly: there is no ending to take off
        rules = self._rules.get(rule_key(pos, morph), {})
        for start in range(max(0, len(word) - 6), len(word) + 1):
            rule = rules.get(word[start:])
            if rule is not None:
                return word[: len(word) - rule[0]] + rule[1] if rule[0] < len(word) else word
        return word


@cache
def lemmas(language: str) -> Lemmas:
    """The lemma table of a language, read once; FileNotFoundError where there is none."""
    return Lemmas(language)
