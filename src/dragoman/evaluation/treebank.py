"""Reading CoNLL-U treebanks the way Dragoman tokenises: contractions that cannot be cut apart stay one token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

KEPT_SUBTYPES = frozenset(
    {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "nmod:poss", "nmod:desc", "compound:prt"}
)
KEPT_FEATURES = frozenset(
    {
        "Aspect",
        "Case",
        "Definite",
        "Degree",
        "Gender",
        "Mood",
        "NumType",
        "Number",
        "Person",
        "Polarity",
        "Poss",
        "PronType",
        "Reflex",
        "Tense",
        "VerbForm",
        "Voice",
    }
)


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


def read(path: Path, whole: bool = False) -> Iterator[tuple[str, Tree]]:
    """Each sentence of `path` as (identifier, tree). Trees with several roots or missing lemmas are left out.

    A multiword token whose words joined give its form (don't = do + n't) is cut, unless `whole` says to merge those
    too; one whose words do not (du = de + le) is always merged into their head or, without one, their first word.
    """
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
                tree = _tree(rows, ranges, whole)
                if tree is not None:
                    yield identifier, tree
                rows, ranges = [], []


def _tree(rows: Sequence[list[str]], ranges: Sequence[tuple[int, int, str]], whole: bool) -> Tree | None:
    """The tree of one sentence, its unsplittable ranges merged into their head (or first word)."""
    if sum(row[6] == "0" for row in rows) != 1 or any(row[2] in ("", "_") and row[1] != "_" for row in rows):
        return None
    stands_for = {number: number for number in range(1, len(rows) + 1)}
    surface = {int(row[0]): row[1] for row in rows}
    for first, last, form in ranges:
        inside = range(first, last + 1)
        if not whole and "".join(rows[n - 1][1] for n in inside).lower() == form.lower():
            continue
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
