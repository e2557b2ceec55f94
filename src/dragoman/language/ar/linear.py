"""Linear models over hashed features: a row of class weights for each feature that training kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Linear:
    """Scores classes by adding the rows of the features present. `classes` are the labels in column order."""

    __slots__ = ("_rows", "_weights", "classes")

    def __init__(self, classes: Sequence[str], keys: npt.NDArray[np.uint32], weights: Floats) -> None:
        """`weights[i]` belongs to the feature with hash `keys[i]`."""
        self.classes = tuple(classes)
        self._rows = {int(key): i for i, key in enumerate(keys)}
        self._weights = weights

    def scores(self, features: Iterable[str]) -> Floats:
        """One score a class, for features that differ from each other."""
        get = self._rows.get
        rows = [row for f in features if (row := get(crc32(f.encode()))) is not None]
        total: Floats = self._weights[rows].sum(0) if rows else np.zeros(len(self.classes), np.float32)
        return total

    def packed(self) -> dict[str, npt.NDArray[np.generic]]:
        """Arrays for a file: weights as eighths of their scale, only those that are not zero."""
        scale = float(np.abs(self._weights).max()) / 127 or 1.0
        whole = np.rint(self._weights / scale).astype(np.int8)
        row, column = np.nonzero(whole)
        counts = np.bincount(row, minlength=len(whole)).astype(np.uint8)
        keys = np.fromiter(self._rows.keys(), np.uint32, len(self._rows))
        return {
            "classes": np.array(self.classes),
            "keys": keys,
            "counts": counts,
            "columns": column.astype(np.uint8),
            "values": whole[row, column],
            "scale": np.array(scale, np.float32),
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Linear:
        """The model `name` of a file that holds `packed` arrays under `name.part`."""
        counts = arrays[f"{name}.counts"]
        classes = [str(c) for c in arrays[f"{name}.classes"]]
        weights = np.zeros((len(counts), len(classes)), np.float32)
        row = np.repeat(np.arange(len(counts)), counts)
        weights[row, arrays[f"{name}.columns"]] = arrays[f"{name}.values"] * arrays[f"{name}.scale"]
        return cls(classes, arrays[f"{name}.keys"], weights)


class Trainer:
    """Averaged perceptron over the same features; `finish` gives the arrays of a `Linear`."""

    def __init__(self, classes: Sequence[str], room: int = 1 << 19) -> None:
        self.classes = tuple(classes)
        self._rows: dict[int, int] = {}
        self._weights = np.zeros((room, len(classes)), np.float32)
        self._sums = np.zeros((room, len(classes)), np.float32)
        self._step = 1

    def rows(self, features: Iterable[str]) -> list[int]:
        """The rows of the features, made where they are new."""
        return [self._rows.setdefault(crc32(f.encode()), len(self._rows)) for f in features]

    def scores(self, rows: list[int]) -> Floats:
        """One score a class."""
        total: Floats = self._weights[rows].sum(0)
        return total

    def update(self, rows: list[int], right: int, wrong: int) -> None:
        """Count one decision; move weights where it was wrong."""
        self._step += 1
        if right != wrong:
            for column, sign in ((right, 1.0), (wrong, -1.0)):
                self._weights[rows, column] += sign
                self._sums[rows, column] += sign * self._step

    def finish(self, least: float = 0.02) -> tuple[npt.NDArray[np.uint32], Floats]:
        """Hashes and averaged weights of the features whose largest weight reaches `least`."""
        used = len(self._rows)
        average = self._weights[:used] - self._sums[:used] / self._step
        keys = np.fromiter(self._rows.keys(), np.uint32, used)
        keep = np.abs(average).max(1) >= least
        return keys[keep], average[keep]

    def rank(self, right: list[int], wrong: list[int] | None) -> None:
        """Count one ranking decision over the first column: the rows of the right option up, of the wrong one down."""
        self._step += 1
        if wrong is not None:
            for rows, sign in ((right, 1.0), (wrong, -1.0)):
                self._weights[rows, 0] += sign
                self._sums[rows, 0] += sign * self._step
