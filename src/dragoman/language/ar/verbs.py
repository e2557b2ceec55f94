"""Which verb an Arabic word form may be: stems from the lexicon, affixes by rule.

The stems come from Camel Morph MSA (see dragoman_models/ar/README.md); `common_verbs.txt` names the verbs that the news
uses, which win where one spelling fits several.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.language.ar.normalise import key

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
PRESENT = {"": "Sing", "ان": "Dual", "ا": "Dual", "ون": "Plur", "وا": "Plur", "ن": "Plur", "ين": "Sing"}
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


@dataclass(frozen=True, slots=True)
class Verb:
    """One reading of a word form as a verb."""

    lemma: str  # third person masculine past, without vowel marks
    tense: str  # Past or Pres
    morph: str
    common: bool


class Verbs:
    """The verb lexicon: stems of past and present by matching form."""

    def __init__(self, rows: list[tuple[str, str, str, str]], common: dict[str, int]) -> None:
        """`rows`: lemma, last root letter, past stems, present stems; `common`: rank of the verbs the news uses."""
        self._past: dict[str, list[tuple[str, str]]] = {}
        self._present: dict[str, list[tuple[str, str]]] = {}
        self._common = common
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
        word = key(form)
        # قتلو|ه: the alef of قتلوا goes before a pronoun
        plural = self.readings(form + "ا") if word.endswith("و") and len(word) > 3 else ()
        found: dict[tuple[str, str, str], Verb] = {}

        def add(entries: list[tuple[str, str]], weak: str, tense: str, morph: str) -> None:
            for lemma, letter in entries:
                if bool(letter) == bool(weak) and (len(weak) < 2 or letter in weak):
                    full = f"Aspect={'Perf' if tense == 'Past' else 'Imp'}|{morph}|Tense={tense}"
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
        return (
            *sorted(
                found.values(),
                key=lambda v: (self._common.get(v.lemma, 9999), plain[v.lemma] != word, len(v.lemma), v.lemma),
            ),
            *plural,
        )
