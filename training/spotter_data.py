"""From passages and marked sentences to what the spotter is trained on: word pieces, acts and parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from event_types import read_sentences
from numpy.typing import NDArray
from passages import Passage, Told, read_folder
from tokenizers import Tokenizer

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.codebook import load
from dragoman.coding.sighting import LONGEST
from dragoman.coding.spotting import SAME, WORD, Span
from dragoman.language import pipeline

TYPES = sorted(load().types)
KINDS = sorted({*TYPES, *(f"{kind}:{mode}" for kind, mode in load().modes if mode != "-")})  # types, and modes of them
PIECES = 192  # word pieces of the longest window
WHOLE = 0.6  # share of a marked party that a mention has to cover to be the party itself
MARK = re.compile(r"(</?[st]>)")


@dataclass(frozen=True, slots=True)
class Party:
    """A mention as its word pieces, and whether it is source or target of an act."""

    pieces: list[int]
    source: bool
    target: bool


@dataclass(frozen=True, slots=True)
class Act:
    """What one predicate tells; `pieces` are those of its words."""

    type: str
    pieces: list[int]
    parties: list[Party]


@dataclass(slots=True)
class Example:
    """A sentence behind the one before it: `words` are the first pieces of its words, `kinds` the acts they tell."""

    place: str
    ids: list[int]
    words: list[int]
    kinds: NDArray[np.float32]
    acts: list[Act]
    lower: torch.Tensor | None = None  # what the shared layers make of it


@dataclass(slots=True)
class Pair:
    """A sentence with a marked source and target, of which the act's type is known and its words are not."""

    ids: list[int]
    words: list[int]
    source: list[int]
    target: list[int]
    type: str | None
    lower: torch.Tensor | None = None


class Pieces:
    """Word pieces of a text, as the spotter will see them."""

    def __init__(self, tokenizer: Tokenizer, text: str) -> None:
        encoded = tokenizer.encode(text.translate(SAME))
        self.ids: list[int] = encoded.ids
        self._offsets: list[Span] = encoded.offsets

    def of(self, start: int, end: int) -> list[int]:
        """The pieces that cover a span of the text."""
        return [i for i, (a, b) in enumerate(self._offsets) if b > a and a < end and start < b]


def tokenizer_of(path: Path) -> Tokenizer:
    """The type model's tokenizer, cutting at the longest window."""
    found = Tokenizer.from_file(str(path))
    found.no_padding()
    found.enable_truncation(PIECES)
    return found


def examples(folder: Path, tokenizer: Tokenizer) -> list[Example]:
    """Every sentence of the passages of a folder, with the mentions that linking finds as possible parties."""
    linker = Linker(registry(), None)
    found = []
    for passage in read_folder(folder):
        sentences = tuple(pipeline("en").sentences(passage.text))
        mentions = linker.link([TextUnit(passage.text, "en", sentences)])[0]
        spans = [(m.start, m.end) for m in mentions]
        found += [_example(passage, sentences, number, spans, tokenizer) for number in range(len(sentences))]
    return found


def _example(
    passage: Passage, sentences: Sequence[Span], number: int, mentions: Sequence[Span], tokenizer: Tokenizer
) -> Example:
    start, end = sentences[number]
    low = sentences[number - 1][0] if number and start - sentences[number - 1][0] <= LONGEST else start
    pieces = Pieces(tokenizer, passage.text[low:end])
    words = [(m.start() + start, m.end() + start) for m in WORD.finditer(passage.text[start:end])]
    words = [w for w in words if pieces.of(w[0] - low, w[1] - low)]
    kinds = np.zeros((len(words), len(KINDS)), np.float32)
    acts = []
    for told in passage.events:
        inside = [i for i, w in enumerate(words) if any(w[0] < b and a < w[1] for a, b in told.predicate)]
        if not start <= told.predicate[0][0] < end or not inside:
            continue
        kinds[inside, KINDS.index(f"{told.type}:{told.mode}" if told.mode else told.type)] = 1
        predicate = [p for i in inside for p in pieces.of(words[i][0] - low, words[i][1] - low)]
        parties = [
            Party(named, source, target)
            for (a, b), source, target in _parties(told, [m for m in mentions if low <= m[0] and m[1] <= end], low, end)
            if (named := pieces.of(a - low, b - low))
        ]
        acts.append(Act(told.type, predicate, parties))
    first = [pieces.of(a - low, b - low)[0] for a, b in words]
    return Example(passage.place, pieces.ids, first, kinds, acts)


def _parties(told: Told, mentions: Sequence[Span], low: int, end: int) -> list[tuple[Span, bool, bool]]:
    """The mentions of a window, and marked parties that linking does not know, with their sides in an act."""
    sides: dict[Span, list[bool]] = {m: [False, False] for m in mentions}
    for column, marked in enumerate((told.sources, told.targets)):
        for a, b in marked:
            if a < low or b > end:
                continue
            inside = [m for m in sides if m[0] < b and a < m[1]]
            whole = [m for m in inside if m[1] - m[0] >= WHOLE * (b - a)]
            party = (whole[:1] or inside[-1:] or [(a, b)])[0]
            sides.setdefault(party, [False, False])[column] = True
    return [(span, source, target) for span, (source, target) in sides.items()]


def pairs(folder: Path, tokenizer: Tokenizer) -> Iterator[Pair]:
    """The marked sentences of a folder without their marks."""
    for sentence in read_sentences(folder):
        text, spans = "", {"s": (0, 0), "t": (0, 0)}
        for part in MARK.split(sentence.text):
            if MARK.fullmatch(part):
                side = part[-2]
                spans[side] = (spans[side][0], len(text)) if part[1] == "/" else (len(text), len(text))
            else:
                text += part
        pieces = Pieces(tokenizer, text)
        source, target = pieces.of(*spans["s"]), pieces.of(*spans["t"])
        first = [covering[0] for m in WORD.finditer(text) if (covering := pieces.of(*m.span()))]
        words = [p for p in first if p not in source and p not in target]
        kind = sentence.type.partition(":")[0]
        if source and target and words:
            yield Pair(pieces.ids, words, source, target, None if kind == "NONE" else kind)
