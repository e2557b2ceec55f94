"""Forms of English, French and Spanish verbs, generated from rules, irregular tables and lists of infinitives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

VOWEL = "aeiouâàéèêëîïôöûùüyœ"


def english(verb: str, irregular: dict[str, set[str]]) -> Iterator[str]:
    """Third person, past and -ing form of a regular reading of `verb`.

    `irregular` maps verbs to forms known from WordNet; where it has a doubled consonant the undoubled form is not made.
    """
    known = irregular.get(verb, set())
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", verb):
        yield verb + "es"
    elif re.search(r"[^aeiou]y$", verb):
        yield verb[:-1] + "ies"
    else:
        yield verb + "s"
    doubles = any(form.startswith(verb + verb[-1]) for form in known)
    if verb.endswith("ie"):
        yield verb[:-2] + "ying"
    elif verb.endswith("e") and not re.search(r"(?:ee|oe|ye)$", verb):
        yield verb[:-1] + "ing"
    elif not doubles:
        yield verb + "ing"
    if any(not form.endswith("ing") and not form.endswith("s") for form in known):
        return
    if verb.endswith("e"):
        yield verb + "d"
    elif re.search(r"[^aeiou]y$", verb):
        yield verb[:-1] + "ied"
    else:
        yield verb + "ed"


def french(irregular: Path, regular: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every (form, infinitive): the verbs of the irregular table, then the regular ones in -er and -ir."""
    done: set[str] = set()
    for line in irregular.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            verbs, ending, *columns = line.split("\t")
            for verb in verbs.split():
                done.add(verb)
                yield from ((form, verb) for form in _french_irregular(verb.removesuffix(ending), columns))
                yield verb, verb
    for verb in dict.fromkeys(regular):
        if verb in done or not re.fullmatch(r"[^\W\d_]{2,}(?:er|ir)", verb):
            continue
        yield from ((form, verb) for form in (_first_group(verb) if verb.endswith("er") else _second_group(verb)))


def _french_irregular(stem: str, columns: list[str]) -> set[str]:
    present, imperfect, past, future, subjunctive, participle = columns
    forms = {stem + form for form in (present + " " + subjunctive).split()}
    forms |= {stem + imperfect + ending for ending in ("ais", "ait", "ions", "iez", "aient", "ant")}
    forms |= {
        stem + future + ending for ending in ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
    }
    forms |= _simple_past(stem + past)
    forms |= {stem + participle + ending for ending in ("", "e", "s", "es")}
    if participle.endswith("û"):
        forms |= {stem + participle[:-1] + "u" + ending for ending in ("e", "s", "es")}
    return forms


def _simple_past(stem: str) -> set[str]:
    """`stem` ends in the theme vowel (`a`, `i`, `u`) or in `in` (`vin`); a verb with another has no simple past."""
    if stem.endswith("a"):
        return {stem + "i", stem + "s", stem, stem[:-1] + "âmes", stem[:-1] + "èrent", stem[:-1] + "ât"}
    hat = {"i": "î", "u": "û", "ï": "ï"}
    if stem.endswith("in"):
        return {stem + "s", stem + "t", stem[:-2] + "înmes", stem + "rent", stem[:-2] + "înt"}
    if stem[-1] not in hat:
        return set()
    return {stem + "s", stem + "t", stem[:-1] + hat[stem[-1]] + "mes", stem + "rent", stem[:-1] + hat[stem[-1]] + "t"}


def _first_group(verb: str) -> set[str]:
    """Forms of a verb in -er with the spellings of -ger, -cer, -yer, -eler, -eter and è in the last syllable."""
    stem = verb[:-2]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    strong = {stem}
    if match := re.fullmatch(rf"(.*)([eé])([^{VOWEL}]+)", stem):
        head, vowel, consonants = match.groups()
        if vowel == "é" or len(consonants) == 1 or consonants in {"vr"}:
            strong = {head + "è" + consonants}
        if vowel == "e" and consonants in {"l", "t"}:
            strong.add(stem + consonants)
    if stem.endswith(("oy", "uy")):
        strong = {stem[:-1] + "i"}
    elif stem.endswith("ay"):
        strong = {stem, stem[:-1] + "i"}
    forms = {base + ending for base in strong for ending in ("e", "es", "ent")}
    futures = strong | ({stem} if "é" in stem else set())
    forms |= {
        base + "er" + ending
        for base in futures
        for ending in ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
    }
    forms |= {soft + ending for ending in ("ons", "ais", "ait", "aient", "ant", "a", "ai", "as", "âmes", "ât")}
    forms |= {stem + ending for ending in ("ez", "ions", "iez", "èrent", "é", "ée", "és", "ées", "er")}
    return forms


def _second_group(verb: str) -> set[str]:
    """Forms of a verb in -ir with -iss-."""
    stem = verb[:-1]
    forms = {stem + ending for ending in ("s", "t", "e", "es", "", "r", "rent")} | {
        stem[:-1] + "îmes",
        stem[:-1] + "ît",
    }
    forms |= {stem + "ss" + e for e in ("ons", "ez", "ent", "ais", "ait", "ions", "iez", "aient", "ant", "e", "es")}
    forms |= {verb + ending for ending in ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")}
    return forms


SPANISH_ENDINGS = {
    "ar": "o as a amos áis an aba abas ábamos aban é aste ó amos asteis aron e es emos en ando ado ada ados adas"
    " ara aras áramos aran ase asen",
    "er": "o es e emos éis en ía ías íamos ían í iste ió imos isteis ieron a as amos an iendo ido ida idos idas"
    " iera ieras iéramos ieran iese iesen",
    "ir": "o es e imos ís en ía ías íamos ían í iste ió imos isteis ieron a as amos an iendo ido ida idos idas"
    " iera ieras iéramos ieran iese iesen",
}
SPANISH_SPELLING = {"c": "qu", "g": "gu", "z": "c"}


def spanish(regular: Path, irregular: Path, met: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every (form, infinitive): the irregular table, then the listed verbs with their stressed stems, then `met`."""
    for line in irregular.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            verb, forms = line.split("\t")
            yield verb, verb
            yield from ((form, verb) for form in forms.split())
    listed = [w for line in regular.read_text("utf-8").splitlines() if not line.startswith("#") for w in line.split()]
    for entry in [*listed, *met]:
        verb, _, change = entry.partition("/")
        if re.fullmatch(r"[^\W\d_]+[aei]r", verb):
            yield from ((form, verb) for form in _spanish_forms(verb, change))


def _spanish_forms(verb: str, change: str) -> set[str]:
    stem, group = verb[:-2], verb[-2:]
    stems = {stem}
    if change:
        at = max(stem.rfind("o"), stem.rfind("u")) if change == "ue" else stem.rfind("e")
        stems.add(stem[:at] + change + stem[at + 1 :])
        if group == "ir":
            stems.add(stem[:at] + ("u" if change == "ue" else "i") + stem[at + 1 :])
    if group != "ar" and stem.endswith(("e", "o", "u", "a")):
        stems.add(stem)
    forms = {base + ending for base in stems for ending in SPANISH_ENDINGS[group].split()}
    if group == "ar" and stem[-1] in SPANISH_SPELLING:
        soft = [base[:-1] + SPANISH_SPELLING[base[-1]] for base in stems]
        forms |= {base + ending for base in soft for ending in ("é", "e", "es", "emos", "en")}
    if group != "ar" and stem.endswith("c"):
        forms |= {stem[:-1] + c + ending for c in ("zc", "z") for ending in ("o", "a", "as", "amos", "an")}
    if group != "ar" and stem.endswith("g") and not stem.endswith("gu"):
        forms |= {base[:-1] + "j" + ending for base in stems for ending in ("o", "a", "as", "amos", "an")}
    forms |= {verb + ending for ending in ("é", "ás", "á", "emos", "án", "ía", "ías", "íamos", "ían", "se", "lo", "la")}
    return forms | {verb}
