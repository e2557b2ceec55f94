"""The type model of languages without an encoder: linear, over words and letters of the marked sentence.

A sentence becomes two bags of hashed features, words (alone, in twos, and near a party) and runs of two to five letters
of a word, each bag of length 1 after rare features have been given more weight. A class's score is a sum of weights, so
a vote takes a fraction of a millisecond. Made by `training/linear_types.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.voting import Vote, probabilities
from dragoman.language.ar.normalise import normalise

ROOM = 1 << 15  # columns of either bag
LETTERS = (2, 3, 4, 5)
AROUND = 3  # words on either side of a party that are told apart by whose neighbours they are
SOURCE, TARGET = "SRC", "TGT"  # no word looks like them: words are in lower case
_MARKED = re.compile(r"<([st])>.*?</\1>")
_WORD = re.compile(r"\w+|[^\w\s]")

Floats = NDArray[np.float32]


class Ngrams:
    """Weights of every feature for every type, mode and status; make it with `Ngrams.load`."""

    def __init__(
        self, labels: Sequence[Sequence[str]], weights: NDArray[np.int8], scale: Floats, bias: Floats, rarity: Floats
    ) -> None:
        """`labels` are the types, modes and statuses, in the order of the columns of `weights`, whose values are in
        steps of `scale`; `rarity` is what each feature counts."""
        self._labels = labels
        self._weights = weights
        self._scale = scale
        self._bias = bias
        self._rarity = rarity
        self._heads = np.cumsum([len(names) for names in labels])[:-1]

    @classmethod
    def load(cls, path: Path) -> Ngrams:
        """The model of a file that `training/linear_types.py` wrote."""
        with np.load(path) as arrays:
            labels = [[str(name) for name in arrays[head]] for head in ("types", "modes", "statuses")]
            rarity = arrays["rarity"].astype(np.float32)
            return cls(labels, arrays["weights"], arrays["scale"], arrays["bias"], rarity)

    def votes(self, sentences: Sequence[str]) -> list[Vote]:
        """A vote for every sentence with `<s>…</s>` and `<t>…</t>` marked."""
        return [self._vote(sentence) for sentence in sentences]

    def _vote(self, sentence: str) -> Vote:
        columns, values = weighed(*features(sentence), self._rarity)
        scores = (values @ self._weights[columns].astype(np.float32)) * self._scale + self._bias
        types, modes, statuses = map(probabilities, self._labels, np.split(scores, self._heads))
        return Vote(types, modes, statuses)


def features(marked: str) -> tuple[NDArray[np.int64], Floats]:
    """The columns of a marked sentence, words before letters, and how often each was seen, damped."""
    words = _words(marked)
    bags = Counter(crc32(name.encode()) % ROOM for name in _names(words))
    bags.update(column for word in words for column in _letters(word))
    columns = np.fromiter(bags, np.int64, len(bags))
    counts = np.fromiter(bags.values(), np.float32, len(bags))
    order = np.argsort(columns)
    return columns[order], 1 + np.log(counts[order])


def weighed(columns: NDArray[np.int64], counts: Floats, rarity: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The same columns with each bag's values times rarity, made a vector of length 1."""
    values = counts * rarity[columns]
    for bag in (columns < ROOM, columns >= ROOM):
        values[bag] /= max(float(np.linalg.norm(values[bag])), 1e-9)
    return columns, values


def _words(marked: str) -> list[str]:
    """The words in lower case, spelling made uniform, with `SOURCE` and `TARGET` for the parties."""
    words: list[str] = []
    last = 0
    for party in _MARKED.finditer(marked):
        words += _WORD.findall(normalise(marked[last : party.start()]).text.lower())
        words.append(SOURCE if party[1] == "s" else TARGET)
        last = party.end()
    return words + _WORD.findall(normalise(marked[last:]).text.lower())


def _names(words: Sequence[str]) -> Iterator[str]:
    """The features of words: alone, in twos, and beside whom they stand."""
    for i, word in enumerate(words):
        yield f"w{word}"
        if i:
            yield f"b{words[i - 1]} {word}"
        if word in (SOURCE, TARGET):
            yield from (f"{word}-{near}" for near in words[max(0, i - AROUND) : i])
            yield from (f"{word}+{near}" for near in words[i + 1 : i + 1 + AROUND])


@lru_cache(maxsize=1 << 15)
def _letters(word: str) -> tuple[int, ...]:
    """The columns of a word's runs of letters, its edges counted as letters."""
    if word in (SOURCE, TARGET):
        return ()
    edged = f" {word} "
    runs = [edged[i : i + n] for n in LETTERS for i in range(len(edged) - n + 1)]
    return tuple(ROOM + crc32(run.encode()) % ROOM for run in runs or [edged])
