"""Make the lemma table of one language: `python training/lemmas.py en --treebanks FOLDER --out FOLDER`.

Known forms come from the training treebanks and, for verbs, from generated forms (English: the verb and irregular
lists of WordNet as packed in spacy-lookups-data). For other words, suffix rules are learnt from the known ones. Writes
`lemmas.tsv.gz` with lines `form POS form lemma` and `rule KEY suffix cut ending`, for `dragoman.language.lemmas`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tomllib
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

from inflect import english, french, spanish

from dragoman.evaluation.treebank import Word, read
from dragoman.language.lemmas import rule_key

HERE = Path(__file__).parent
LONGEST_SUFFIX = 6
Known = dict[tuple[str, str], Counter[str]]


def from_treebanks(folder: Path, settings: dict[str, object]) -> tuple[Known, dict[str, dict[str, str]]]:
    """Counts of lemmas by (POS, form), and the types (form → lemma) that suffix rules are learnt from, by rule key."""
    known: Known = defaultdict(Counter)
    types: dict[str, dict[str, str]] = defaultdict(dict)
    for name in settings["train"]:  # type: ignore[attr-defined]
        for _, tree in read(folder / name, bool(settings.get("whole"))):
            for word in tree:
                if _usable(word):
                    form = word.form.lower().replace("’", "'")
                    known[word.pos, form][word.lemma.lower() if word.lemma != "I" else "I"] += 1
                    types[rule_key(word.pos, word.morph)][form] = word.lemma.lower()
    return known, types


def _usable(word: Word) -> bool:
    return word.pos not in {"PROPN", "PUNCT", "NUM", "SYM", "X", "INTJ"} and word.lemma != "_" and " " not in word.lemma


def wordnet(table: str) -> dict[str, dict[str, list[str]]]:
    """One of WordNet's tables as spacy-lookups-data packs them."""
    packed = files("spacy_lookups_data").joinpath("data", f"en_lemma_{table}.json.gz").read_bytes()
    loaded: dict[str, dict[str, list[str]]] = json.loads(gzip.decompress(packed))
    return loaded


def add_english(known: Known, types: dict[str, dict[str, str]]) -> None:
    """WordNet's irregular forms and the regular forms of its verbs; a treebank's own lemma for a form comes first."""
    index, exceptions = wordnet("index"), wordnet("exc")
    irregular: dict[str, set[str]] = defaultdict(set)
    for form, verbs in exceptions["verb"].items():
        for verb in verbs:
            irregular[verb].add(form)
    generated: dict[str, list[str]] = defaultdict(list)
    for form, verbs in exceptions["verb"].items():
        generated[form].extend(verbs)
    verbs = [verb for verb in index["verb"] if re.fullmatch(r"[a-z]{2,}", verb)]
    for verb in sorted(verbs, key=lambda v: -sum(known["VERB", v].values())):
        for form in english(verb, irregular):
            generated[form].append(verb)
    frequency: Counter[str] = Counter()
    for (pos, _), lemmas in known.items():
        if pos == "VERB":
            frequency.update(lemmas)
    for verb in verbs:
        generated[verb].append(verb)
    for form, candidates in generated.items():
        if re.fullmatch(r"[a-z]{3,}", form):
            best = max(candidates, key=lambda verb: (frequency[verb], verb.endswith("e")))
            known["VERB", form][best] += 1
            types["VERB"][form] = best
    for pos in ("noun", "adj", "adv"):
        for form, words in exceptions[pos].items():
            if re.fullmatch(r"[a-z]{3,}", form) and not known.get((pos.upper(), form)):
                known[pos.upper(), form][words[0]] += 1
    for noun in index["noun"]:
        if re.fullmatch(r"[a-z]{3,}", noun) and not noun.endswith("s"):
            plural = next(english(noun, {}))
            if plural not in exceptions["noun"]:
                types["NOUN+Plur"].setdefault(plural, noun)


def add_french(known: Known, types: dict[str, dict[str, str]]) -> None:
    """The generated forms of the verbs listed in `configs` and met in the treebanks."""
    regular = (HERE / "configs" / "fr_regular.txt").read_text("utf-8").split()
    met = [lemma for (pos, _), lemmas in list(known.items()) if pos == "VERB" for lemma in lemmas]
    for form, verb in french(HERE / "configs" / "fr_verbs.tsv", [*regular, *met]):
        known["VERB", form][verb] += 1
        types["VERB"].setdefault(form, verb)


def add_spanish(known: Known, types: dict[str, dict[str, str]]) -> None:
    """The generated forms of the verbs listed in `configs` and met in the treebanks."""
    met = [lemma for (pos, _), lemmas in list(known.items()) if pos == "VERB" for lemma in lemmas]
    for form, verb in spanish(HERE / "configs" / "es_verbs.txt", HERE / "configs" / "es_irregular.tsv", met):
        known["VERB", form][verb] += 1
        types["VERB"].setdefault(form, verb)


def add_lemmas(known: Known) -> None:
    """Every lemma of a noun, adjective or verb is a form too; of a noun's and an adjective's it is its own lemma."""
    for (pos, _), lemmas in list(known.items()):
        if lemmas and pos in {"NOUN", "ADJ", "VERB"}:
            lemma = lemmas.most_common(1)[0][0]
            if not known.get((pos, lemma)):
                known[pos, lemma][lemma] += 1


def edit(form: str, lemma: str) -> tuple[int, str]:
    """How many letters to take off `form` and what to add to get `lemma`."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return len(form) - shared, lemma[shared:]


def learn(types: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Suffix → edit. A longer suffix is kept where it decides otherwise than the shorter one for most of its types."""
    votes: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for form, lemma in types.items():
        change = edit(form, lemma)
        for length in range(min(LONGEST_SUFFIX, len(form) - 1) + 1):
            if change[0] <= length + 1:
                votes[form[len(form) - length :]][change] += 1
    rules: dict[str, tuple[int, str]] = {}
    for suffix in sorted(votes, key=len):
        (best, count), *_ = votes[suffix].most_common(1)
        parent = next((rules[suffix[i:]] for i in range(1, len(suffix) + 1) if suffix[i:] in rules), (0, ""))
        if best != parent and count >= 2 and count > votes[suffix][parent]:
            rules[suffix] = best
    return rules


def main() -> None:
    """Read the command line and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    settings = tomllib.loads((HERE / "configs" / f"{arguments.language}.toml").read_text("utf-8"))
    known, types = from_treebanks(arguments.treebanks, settings)
    if arguments.language == "en":
        add_english(known, types)
    elif arguments.language == "fr":
        add_french(known, types)
    elif arguments.language == "es":
        add_spanish(known, types)
    add_lemmas(known)
    table = {("form", pos, form): lemmas.most_common(1)[0][0] for (pos, form), lemmas in known.items() if lemmas}
    for key, forms in types.items():
        if key in {"NOUN", "ADJ", "ADV"}:
            continue  # without a mark of number, gender or degree the form is the lemma
        table |= {("rule", key, suffix): f"{cut}\t{end}" for suffix, (cut, end) in learn(forms).items()}
    for line in (HERE / "configs" / f"{arguments.language}_lemmas.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, key, form, rest = line.split("\t", 3)
            table[kind, key, form] = rest
    lines = ["\t".join((*key, value)) for key, value in table.items()]
    arguments.out.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress("\n".join(sorted(lines)).encode(), compresslevel=9, mtime=0)
    (arguments.out / "lemmas.tsv.gz").write_bytes(packed)
    print(f"{len(lines)} lines, {len(packed)} bytes")


if __name__ == "__main__":
    main()
