"""Which verb an Arabic word form may be: stems from the lexicon, affixes by rule.

The stems come from Camel Morph MSA (see dragoman_models/ar/README.md); `common_verbs.txt` names the verbs that the news
uses, which win where one spelling fits several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dragoman.language.ar.normalise import bare, key

# suffix → features; matching forms, so that ى is ي
PAST = {
    "": "Gender=Masc|Number=Sing|Person=3", "ت": "Gender=Fem|Number=Sing|Person=3",
    "ا": "Gender=Masc|Number=Dual|Person=3", "تا": "Gender=Fem|Number=Dual|Person=3",
    "وا": "Gender=Masc|Number=Plur|Person=3",
    "ن": "Gender=Fem|Number=Plur|Person=3", "نا": "Number=Plur|Person=1", "تم": "Gender=Masc|Number=Plur|Person=2",
}  # fmt: skip
PAST_WEAK = {
    "ي": PAST[""], "ا": PAST[""], "ت": PAST["ت"], "تا": PAST["تا"], "وا": PAST["وا"],
    "يا": PAST["ا"], "ات": PAST["ت"], "اوا": PAST["وا"], "وت": "Number=Sing|Person=1",
    "يت": "Number=Sing|Person=1", "ينا": PAST["نا"], "ين": PAST["ن"],
}  # fmt: skip
PRESENT_PREFIX = {"ي": "Gender=Masc|Person=3", "ت": "Gender=Fem|Person=3", "ن": "Person=1", "ا": "Person=1"}
PRESENT = {"": "Sing", "ان": "Dual", "ا": "Dual", "ون": "Plur", "وا": "Plur", "ن": "Plur"}  # no "you": تدشين is a noun
PRESENT_WEAK = {
    "ي": "Sing",
    "و": "Sing",
    "ا": "Sing",
    "يان": "Dual",
    "وان": "Dual",
    "ون": "Plur",
    "وا": "Plur",
    "": "Sing",
}


HOLLOW = re.compile(r"(?:(?:ا|است|ا[^اوي]?ت)[^اوي]|ا[^اوي]ت)(?P<vowel>ي)[^اوي](?:ت|وا|ا|تا)?$")
THIRD = re.compile(r"(?:[^ا]|است)(?P<vowel>و)[^اوي][^اوي](?:ت|وا|ا|تا)?$")


@dataclass(frozen=True, slots=True)
class Verb:
    """One reading of a word form as a verb."""

    lemma: str  # third person masculine past, without vowel marks
    tense: str  # Past or Pres
    morph: str
    common: bool


def _addressed(verb: Verb, word: str) -> bool:
    """Whether only the first or second person is written so ("we publish" نشر, "I went back" عدت): rare in reports."""
    if "Person=3" not in verb.morph:
        return True
    lemma = key(verb.lemma)
    if verb.tense != "Past" or len(lemma) < 2:
        return False
    hollow = lemma[-2] == "ا" and lemma[-1] != "ء" and not word.startswith(lemma[:-1]) and word.endswith("ت")
    doubled = len(lemma) == 2 and word[2:3] == lemma[1]
    return hollow or doubled


def _other_hamza(spelt: str, lemma: str) -> bool:
    """Whether a past has other letters for alef than its verb: أثارت is no form of أثأر, آثرت none of أثر."""
    return ("أ" in spelt or "آ" in spelt) and spelt[: len(lemma)] != lemma and key(spelt)[: len(lemma)] == key(lemma)


def _written_passive(spelt: str, lemma: str) -> bool:
    """Whether the last letter shows a past passive: استدعي of استدعى, أرجئ of أرجأ."""
    return (spelt.endswith("ي") and lemma.endswith("ى")) or (spelt.endswith("ئ") and lemma.endswith("أ"))


class Verbs:
    """The verb lexicon: stems of past and present by matching form."""

    def __init__(
        self, rows: list[tuple[str, str, str, str]], common: dict[str, int], ranks: dict[str, int] | None = None
    ) -> None:
        """`rows`: lemma, last root letter, past and present stems; `common`: the verbs that the models know as common;
        `ranks`: which verb wins a spelling, lowest first (without it, the order of `common`).
        """
        self._past: dict[str, list[tuple[str, str]]] = {}
        self._present: dict[str, list[tuple[str, str]]] = {}
        self._common = common
        self._ranks = ranks or common
        for lemma, last, past, present in rows:
            weak = last if last in "ويأءؤئ" else ""
            for table, stems in ((self._past, past), (self._present, present)):
                for stem in stems.split():
                    entry = (lemma, weak)
                    readings = table.setdefault(key(stem), [])
                    if entry not in readings:
                        readings.append(entry)
        self.readings = lru_cache(maxsize=1 << 16)(self._readings)

    def _readings(self, form: str) -> tuple[Verb, ...]:
        """All readings of a form, likeliest first; empty where it can be no verb."""
        word, spelt = key(form), bare(form)
        # قتلو|ه: the alef of قتلوا goes before a pronoun
        plural = self.readings(form + "ا") if word.endswith("و") and len(word) > 3 else ()
        found: dict[tuple[str, str, str], Verb] = {}

        def add(entries: list[tuple[str, str]], weak: str, tense: str, morph: str) -> None:
            for lemma, letter in entries:
                if bool(letter) == bool(weak) and (len(weak) < 2 or letter in weak):
                    full = f"Aspect={'Perf' if tense == 'Past' else 'Imp'}|{morph}|Tense={tense}"
                    if tense == "Past" and _written_passive(spelt, lemma):
                        full += "|Voice=Pass"
                    found.setdefault((lemma, tense, morph), Verb(lemma, tense, full, lemma in self._common))

        for cut in range(min(4, len(word))):
            stem, suffix = word[: len(word) - cut], word[len(word) - cut :]
            if len(stem) > 1 and stem in self._past:
                if suffix in PAST:
                    add(self._past[stem], "", "Past", PAST[suffix])
                if suffix in PAST_WEAK:
                    add(self._past[stem], "w", "Past", PAST_WEAK[suffix])
            prefix, rest = stem[:1], stem[1:]
            if prefix in PRESENT_PREFIX and rest in self._present:
                for table, weak in ((PRESENT, ""), (PRESENT_WEAK, "وؤأء" if suffix == "و" else "w")):
                    if suffix in table:
                        gender, _, person = PRESENT_PREFIX[prefix].rpartition("|")
                        parts = [gender, f"Number={table[suffix] if prefix != 'ن' else 'Plur'}", person]
                        add(self._present[rest], weak, "Pres", "|".join(p for p in parts if p))
        plain = {lemma: key(lemma) for lemma, _, _ in found}

        def rank(v: Verb) -> tuple[bool, bool, bool, int, bool, int, str]:
            preferred = self._ranks.get(v.lemma, 9999)
            rare = word.endswith("ت") and preferred == 9999  # خفت is "she hastened" rather than "it faded"
            exact = spelt == v.lemma and not word.startswith("ت") and not rare
            hamza = v.tense == "Past" and _other_hamza(spelt, v.lemma)
            return (_addressed(v, word), hamza, not exact, preferred, plain[v.lemma] != word, len(v.lemma), v.lemma)

        reported = any(not _addressed(v, word) for v in found.values())
        passives = () if reported else self._passives(form, word)
        return (*passives, *sorted(found.values(), key=rank), *plural)

    def _passives(self, form: str, word: str) -> Iterator[Verb]:
        """Readings of a form as a passive whose vowel letter changes: أعيد, اغتيل, صودر, استؤنف."""
        for pattern, letter in ((HOLLOW, "ا"), (THIRD, "ا")):
            if match := pattern.match(word):
                place = match.start("vowel")
                for v in self.readings(form[:place] + letter + form[place + 1 :]):
                    if v.tense == "Past":
                        yield Verb(v.lemma, v.tense, v.morph + "|Voice=Pass", v.common)
