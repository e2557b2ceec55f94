"""Reading CoNLL-U treebanks the way Dragoman tokenises: contractions that cannot be cut apart stay one token."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

KEPT_SUBTYPES = frozenset(
    {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "nmod:poss", "nmod:desc", "compound:prt"}
)
KEPT_FEATURES = frozenset(
    "Aspect Case Definite Degree Gender Mood NumType Number Person Polarity Poss PronType Reflex Tense VerbForm Voice".split()
)
SAME_SIGN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "—": "–"})


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a tree; `head` is an index into the sentence (its own index for the root)."""

    form: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str


Tree = tuple[Word, ...]


def features(column: str) -> str:
    """The FEATS column cut down to what the coder can use, in UD order."""
    kept = [f for f in column.split("|") if f.partition("=")[0] in KEPT_FEATURES and f != "NumType=Card"]
    return "|".join(kept)


def label(column: str) -> str:
    """A dependency label with the subtypes stripped on which the treebanks disagree."""
    return column if column in KEPT_SUBTYPES else column.partition(":")[0]


def read(path: Path) -> Iterator[tuple[str, Tree]]:
    """Each sentence of `path` as (identifier, tree). Trees with several roots or missing lemmas are left out."""
    with path.open(encoding="utf-8") as file:
        identifier, rows, ranges = "", list[list[str]](), list[tuple[int, int, str]]()
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                identifier = line.partition("=")[2].strip()
            elif line and line[0] != "#":
                columns = line.split("\t")
                if "-" in columns[0]:
                    first, _, last = columns[0].partition("-")
                    ranges.append((int(first), int(last), columns[1]))
                elif "." not in columns[0]:
                    rows.append(columns)
            elif not line and rows:
                tree = _tree(rows, ranges)
                if tree is not None:
                    yield identifier, tree
                rows, ranges = [], []


def _tree(rows: Sequence[list[str]], ranges: Sequence[tuple[int, int, str]]) -> Tree | None:
    """The tree of one sentence, its unsplittable ranges merged into their head (or first word)."""
    if sum(row[6] == "0" for row in rows) != 1 or any(row[2] in ("", "_") and row[1] != "_" for row in rows):
        return None
    stands_for = {number: number for number in range(1, len(rows) + 1)}
    surface = {int(row[0]): row[1] for row in rows}
    for first, last, form in ranges:
        if "".join(rows[n - 1][1] for n in range(first, last + 1)).lower() == form.lower():
            continue
        inside = range(first, last + 1)
        keeper = next((n for n in inside if any(rows[m - 1][6] == str(n) for m in inside)), first)
        for number in inside:
            stands_for[number] = keeper
        surface[keeper] = form
    keepers = sorted(set(stands_for.values()))
    index = {number: i for i, number in enumerate(keepers)}
    words = []
    for number in keepers:
        _, _, lemma, pos, _, feats, head, dep, *_ = rows[number - 1]
        head_index = index[number] if head == "0" else index[stands_for[int(head)]]
        words.append(Word(surface[number].replace(" ", ""), lemma, pos, features(feats), head_index, label(dep)))
    if any(word.head == i and word.dep != "root" for i, word in enumerate(words)):
        return None
    return tuple(words)


def drop(tree: Tree, unwanted: Sequence[bool]) -> Tree:
    """`tree` without the leaves marked in `unwanted`; a marked word with dependants stays."""
    has_dependants = {word.head for i, word in enumerate(tree) if word.head != i}
    kept = [i for i in range(len(tree)) if not unwanted[i] or i in has_dependants or tree[i].dep == "root"]
    index = {old: new for new, old in enumerate(kept)}
    return tuple(replace(tree[i], head=index[tree[i].head]) for i in kept)


def _cased(tree: Tree, how: str) -> Tree:
    small = {"ADP", "DET", "CCONJ", "SCONJ", "PART"}
    def cased(i: int, word: Word) -> str:
        if how == "lower":
            return word.form.lower()
        if how == "upper":
            return word.form.upper()
        if i and word.pos in small or word.form.startswith("'") or word.form == "n't":
            return word.form
        return word.form[:1].upper() + word.form[1:]
    return tuple(replace(word, form=cased(i, word)) for i, word in enumerate(tree))


def as_in_the_news(tree: Tree, chance: random.Random) -> Tree:
    """`tree` as it stands, or (one time in three) the way headlines and sloppy pages write it."""
    dice = chance.random()
    if dice < 0.67 or len(tree) < 4:
        return tree
    without_stop = drop(tree, [word.pos == "PUNCT" and i == len(tree) - 1 for i, word in enumerate(tree)])
    if dice < 0.80:
        return without_stop
    if dice < 0.88:
        bare = [
            word.pos == "DET" and word.lemma in {"the", "a", "le", "un", "el", "uno"}
            or word.dep == "aux:pass" or (word.dep == "cop" and chance.random() < 0.3)
            for word in without_stop
        ]
        telegram = drop(without_stop, bare)
        return _cased(telegram, "title") if chance.random() < 0.5 else telegram
    if dice < 0.94:
        return _cased(without_stop, "title")
    return _cased(tree, "lower" if dice < 0.97 else "upper")
