"""The spotter: a learned reader of whole sentences. Which words tell an act, of which type; who does it, to whom.

Frames know predicates one by one. The spotter was taught with passages in which every act is marked
(`training/passages`), sees a sentence with the one before it and judges by what surrounds a word. What it sees goes to
the judge beside the other signs, and it proposes acts and sides that no frame gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import dragoman_models

Span = tuple[int, int]
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
FARTHEST = 11  # steps of distance on either side that the roles tell apart


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence that begins at `start` of `text`, behind the one before it."""

    text: str
    start: int


class Seen:
    """What the spotter sees in one sentence; spans count from its beginning and are negative before it."""

    def __init__(self, spotter: Spotter, window: Window, offsets: Sequence[Span], hidden: NDArray[np.float32]) -> None:
        self._spotter = spotter
        self._hidden = hidden
        self._pieces = [(a - window.start, b - window.start) for a, b in offsets]
        sentence = window.text[window.start :]
        self.end = max((b for _, b in self._pieces), default=0)  # what comes later is not seen
        first_piece = {a: i for i, (a, b) in reversed(list(enumerate(self._pieces))) if b > a}
        self.words = [m.span() for m in WORD.finditer(sentence) if m.start() in first_piece]
        first = [first_piece[start] for start, _ in self.words]
        self._kinds = spotter.kind_chances(hidden[first])
        self.chances: NDArray[np.float32] = self._kinds @ spotter.by_type  # of each word, by type

    def types(self, predicate: Sequence[Span]) -> dict[str, float]:
        """How likely each type is told by the words of a predicate, by the likeliest of them."""
        rows = self._rows(predicate)
        if not rows:
            return {}
        return dict(zip(self._spotter.types, self.chances[rows].max(axis=0).tolist(), strict=True))

    def mode(self, predicate: Sequence[Span], kind: str) -> str | None:
        """The mode of a type that the words of a predicate tell, where it is likelier than all others."""
        rows = self._rows(predicate)
        own = [i for i, name in enumerate(self._spotter.kinds) if name.partition(":")[0] == kind]
        if not rows or not own:
            return None
        sums = self._kinds[rows].sum(axis=0)[own]
        best = int(sums.argmax())
        return self._spotter.kinds[own[best]].partition(":")[2] or None if sums[best] > sums.sum() / 2 else None

    def roles(self, predicate: Sequence[Span], parties: Sequence[Span]) -> list[tuple[float, float]]:
        """How likely each of some parties is source, and target, of what a predicate tells."""
        told = [piece for span in predicate for piece in self._covering(span)]
        named = [self._covering(party) for party in parties]
        known = [i for i, pieces in enumerate(named) if pieces]
        found = [(0.0, 0.0)] * len(parties)
        if not told or not known:
            return found
        act = np.repeat(self._hidden[told].mean(axis=0)[None], len(known), axis=0)
        party = np.stack([self._hidden[named[i]].mean(axis=0) for i in known])
        distance = np.array([named[i][-1] - told[0] for i in known])
        for i, (source, target) in zip(known, self._spotter.role_chances(act, party, distance), strict=True):
            found[i] = (float(source), float(target))
        return found

    def _rows(self, predicate: Sequence[Span]) -> list[int]:
        return [i for i, (a, b) in enumerate(self.words) if any(a < y and x < b for x, y in predicate)]

    def _covering(self, span: Span) -> list[int]:
        return [i for i, (a, b) in enumerate(self._pieces) if b > a and a < span[1] and span[0] < b]


class Spotter:
    """An encoder in ONNX with the weights of its heads."""

    def __init__(self, folder: Path) -> None:
        """Load `model.onnx`, `tokenizer.json`, `spotter.json` and `spotter.npz` of a folder."""
        from tokenizers import Tokenizer

        from dragoman.coding.encoder import session

        self._session = session(folder)
        labels = json.loads((folder / "spotter.json").read_text(encoding="utf-8"))
        self.kinds: list[str] = labels["kinds"]  # types, and behind a colon modes of them
        self.types: list[str] = sorted({kind.partition(":")[0] for kind in self.kinds})
        owner = [self.types.index(kind.partition(":")[0]) for kind in self.kinds]
        self.by_type = np.eye(len(self.types), dtype=np.float32)[owner]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(labels["longest"])
        with np.load(folder / "spotter.npz") as saved:
            self.weights: dict[str, NDArray[np.float32]] = {k: saved[k].astype(np.float32) for k in saved.files}

    def see(self, windows: Sequence[Window]) -> list[Seen]:
        """What is seen in each window; one at a time, so that no sentence's neighbours change what is read in it."""
        found = []
        for window in windows:
            encoded = self._tokenizer.encode(window.text.translate(SAME))
            ids = np.array([encoded.ids], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            (hidden,) = self._session.run(["hidden"], feed)
            found.append(Seen(self, window, encoded.offsets, hidden[0]))
        return found

    def kind_chances(self, words: NDArray[np.float32]) -> NDArray[np.float32]:
        """How likely each word tells an act, times how likely an act told by it is of each kind."""
        w = self.weights
        kinds = words @ w["kind.weight"].T + w["kind.bias"]
        shares = np.exp(kinds - kinds.max(axis=1, keepdims=True))
        acts = _sigmoid(words @ w["act.weight"].T + w["act.bias"])
        return np.asarray(acts * shares / shares.sum(axis=1, keepdims=True), np.float32)

    def role_chances(
        self, act: NDArray[np.float32], party: NDArray[np.float32], distance: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Chances of source and target, one row a party; distances in word pieces."""
        w = self.weights
        a = np.tanh(act @ w["tp.weight"].T + w["tp.bias"])
        b = np.tanh(party @ w["mp.weight"].T + w["mp.bias"])
        steps = np.minimum(FARTHEST, np.ceil(np.log2(1 + np.abs(distance)) * 1.6)) * np.sign(distance)
        near = w["dist.weight"][(steps + FARTHEST + 1).astype(np.int64)]
        inner = np.concatenate([a, b, a * b, near], axis=1) @ w["role.0.weight"].T + w["role.0.bias"]
        return _sigmoid(np.maximum(inner, 0) @ w["role.3.weight"].T + w["role.3.bias"])


@cache
def spotter(language: str) -> Spotter | None:
    """The spotter of a language, loaded once; None where none ships."""
    folder = Path(str(resources.files(dragoman_models))) / "types" / language
    return Spotter(folder) if (folder / "spotter.npz").is_file() else None


def _sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)
