"""What is known of Arabic words: free words seen in news, names, verbs. Read from `dragoman_models/ar/words.tsv.gz`."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import dragoman_models
from dragoman.language.ar.derived import verbs_behind
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.verbs import Verbs


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`known`: how often a matching form was seen (log scale); `names`: how often as a name (0 never, 3 always)."""

    known: Mapping[str, int]
    names: Mapping[str, int]
    verbs: Verbs
    whole: frozenset[str] = field(default=frozenset())  # words that are never cut
    closed: Mapping[str, str] = field(default_factory=dict)  # words with one part of speech
    listed: frozenset[str] = field(default=frozenset())  # nouns of our own lists, no names

    def seen(self, form: str) -> int:
        """How often a matching form was seen (log scale); one that is only listed counts as seen once."""
        return self.known.get(form, 0) or int(form in self.listed)

    def stems(self) -> dict[str, int]:
        """All matching forms with their `seen`."""
        return {**dict.fromkeys(self.listed, 1), **self.known}

    def is_present(self, word: str) -> bool:
        """Whether a word may be the present of a verb."""
        return any(r.tense == "Pres" for r in self.verbs.readings(word))

    def is_action(self, noun: str) -> bool:
        """Whether a noun without article is the verbal noun of a derived stem, by its pattern."""
        return any(
            r.tense == "Past" and r.lemma == verb for verb in verbs_behind(noun) for r in self.verbs.readings(verb)
        )

    def verb_class(self, word: str) -> str:
        """Past, present or both, with a capital where the verb is a common one; `-` where the word can be no verb."""
        readings = self.verbs.readings(bare(word))
        if not readings:
            return "-"
        letters: set[str] = set()
        for r in readings:
            letter = "p" if r.tense == "Past" else "i"
            letters.add(letter.upper() if r.common else letter)
        return "".join(sorted(letters))


def word_list(name: str) -> list[str]:
    """The words of a list in this folder, `#` lines left out."""
    path = resources.files("dragoman.language") / "ar" / name
    return [
        word
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
        for word in line.split()
    ]


def rows(name: str) -> list[tuple[str, str]]:
    """The two columns of a table in this folder, `#` lines left out."""
    path = resources.files("dragoman.language") / "ar" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(line.partition("\t")[0], line.partition("\t")[2]) for line in lines if line and line[0] != "#"]


@cache
def masdars() -> dict[str, str]:
    """The verb of each verbal noun, by matching form of the noun (`masdars.tsv`)."""
    return {key(noun): verb for verb, nouns in rows("masdars.tsv") for noun in nouns.split("|")}


def common_verbs() -> dict[str, int]:
    """Rank of each verb of `common_verbs.txt`, without vowel marks."""
    ranks: dict[str, int] = {}
    for word in word_list("common_verbs.txt"):
        ranks.setdefault(bare(word), len(ranks))
    return ranks


def verb_ranks() -> dict[str, int]:
    """Order of preference among verbs: the first line of `verb_ranks.txt`, `common_verbs.txt`, the other lines."""
    path = resources.files("dragoman.language") / "ar" / "verb_ranks.txt"
    first, *others = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    verbs = [*first.split(), *common_verbs(), *(word for line in others for word in line.split())]
    return {verb: place for place, verb in reversed(list(enumerate(verbs)))}


def whole_words() -> frozenset[str]:
    """Matching forms of the words that begin or end like a clitic but are never cut."""
    return frozenset(key(word) for word in word_list("whole_words.txt"))


def listed_nouns() -> frozenset[str]:
    """Matching forms of the nouns of `nouns.txt`, `masdars.tsv` and `plurals.tsv`, singular and plural."""
    plurals = (form for lemma, forms in rows("plurals.tsv") for form in (lemma, *forms.split("|")))
    return frozenset(key(noun) for noun in (*word_list("nouns.txt"), *plurals)) | masdars().keys()


def closed_words() -> dict[str, str]:
    """Part of speech of the words of `closed_words.tsv`, also with article where they are nouns."""
    path = resources.files("dragoman.language") / "ar" / "closed_words.tsv"
    table: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pos, _, words = line.partition("\t")
            for word in words.split():
                table[bare(word)] = pos
                if pos == "NOUN":
                    table["ال" + word] = pos
    return table


@cache
def load() -> Lexicon:
    """The shipped lexicon; FileNotFoundError where the model package lacks it."""
    packed = dragoman_models.folder("ar").joinpath("words.tsv.gz").read_bytes()
    known: dict[str, int] = {}
    names: dict[str, int] = {}
    verbs: list[tuple[str, str, str, str]] = []
    for line in gzip.decompress(packed).decode().splitlines():
        kind, *cells = line.split("\t")
        if kind == "word":
            known[cells[0]] = int(cells[1])
            if cells[2] != "0":
                names[cells[0]] = int(cells[2])
        else:
            verbs.append((cells[0], cells[1], cells[2], cells[3]))
    for verb, stems in rows("more_verbs.tsv"):
        past, _, present = stems.partition("\t")
        verbs.append((verb, "", past, present))
    return Lexicon(
        known, names, Verbs(verbs, common_verbs(), verb_ranks()), whole_words(), closed_words(), listed_nouns()
    )
