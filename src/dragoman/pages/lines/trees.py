"""Gradient-boosted trees as plain arrays, walked by numpy; `training/lines.py` writes them with scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from dragoman.pages.lines.features import Array


@dataclass(frozen=True, slots=True)
class Trees:
    """A forest of complete binary trees of one depth: node k of a tree has the children 2k+1 and 2k+2.

    `feature[t, k]` and `threshold[t, k]` say where a row goes at an inner node (right if its value is above the
    threshold), `leaf[t, j]` what the j-th leaf adds to the log-odds; `bias` is where the sum starts.
    """

    feature: NDArray[np.int32]
    threshold: Array
    leaf: Array
    bias: float
    columns: int

    def scores(self, rows: Array) -> Array:
        """The log-odds that each row is content. Raises ValueError where the rows have another number of columns."""
        if rows.shape[1] != self.columns:
            raise ValueError(f"The line model reads {self.columns} columns a line, not {rows.shape[1]}: retrain it.")
        trees, inner = self.feature.shape
        depth = (inner + 1).bit_length() - 1
        flat = np.ascontiguousarray(rows).ravel()
        row_start = (np.arange(len(rows), dtype=np.int32) * self.columns)[:, None]
        tree_start = (np.arange(trees, dtype=np.int32) * inner)[None, :]
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        node = np.zeros((len(rows), trees), np.int32)
        for _ in range(depth):
            at = node + tree_start
            node = 2 * node + 1 + (flat.take(feature.take(at) + row_start) > threshold.take(at))
        leaves = self.leaf.ravel().take(node - inner + np.arange(trees, dtype=np.int32)[None, :] * (inner + 1))
        total: Array = leaves.sum(axis=1, dtype=np.float32) + np.float32(self.bias)
        return total


@cache
def shipped() -> Trees:
    """The trees in `dragoman_models/lines/trees.npz`, read once. Raises FileNotFoundError where they are missing."""
    with resources.files("dragoman_models").joinpath("lines", "trees.npz").open("rb") as file, np.load(file) as data:
        return Trees(
            data["feature"].astype(np.int32),
            data["threshold"].astype(np.float32),
            data["leaf"].astype(np.float32),
            float(data["bias"]),
            int(data["columns"]),
        )
