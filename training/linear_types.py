"""Train the linear type model of a language: `python training/linear_types.py ar`.

Fits linear classifiers of type, mode and status to our own marked sentences (`training/sentences/<language>`), over the
features that `dragoman.coding.ngrams` reads, and writes `src/dragoman_models/types/<language>/ngrams.npz`. Scores
become probabilities by one temperature a head, fitted on what five folds say of sentences that they have not seen.
Prints how right and how sure the folds are. Ten seconds on one thread.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from dragoman.codebook import load as load_codebook
from dragoman.coding.ngrams import ROOM, Floats, features, weighed
from dragoman.evaluation.plv import macro_f1
from dragoman.evaluation.sentences import Marked, read_marked

HERE = Path(__file__).parent
MODELS = HERE.parent / "src/dragoman_models/types"
PENALTY = 0.5  # sklearn's C: smaller shrinks the weights more
FOLDS = 5
SEED = 1
STEPS = 127


@dataclass(frozen=True, slots=True)
class Head:
    """One classifier: a column of weights a label, scores already divided by the temperature."""

    labels: list[str]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]


def matrix(sentences: Sequence[str]) -> tuple[csr_matrix, Floats]:
    """The features of every sentence, one row each, and the rarity of every feature (1 + its inverse frequency)."""
    counted = [features(sentence) for sentence in sentences]
    seen = np.bincount(np.concatenate([columns for columns, _ in counted]), minlength=2 * ROOM)
    rarity = (np.log((1 + len(sentences)) / (1 + seen)) + 1).astype(np.float16).astype(np.float32)
    rows = [weighed(columns, counts, rarity) for columns, counts in counted]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    values, columns = np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows])
    return csr_matrix((values, columns, ends), shape=(len(rows), 2 * ROOM)), rarity


def fitted(rows: csr_matrix, labels: NDArray[np.str_]) -> LinearSVC:
    """One classifier against the rest for each label, rare labels counted as much as frequent ones."""
    return LinearSVC(C=PENALTY, class_weight="balanced", random_state=SEED).fit(rows, labels)


def unseen(rows: csr_matrix, labels: NDArray[np.str_]) -> NDArray[np.float64]:
    """The scores of every sentence by a classifier that has not seen it, columns in the order of the labels."""
    scores = np.zeros((len(labels), len(set(labels))))
    for known, asked in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(rows, labels):
        scores[asked] = fitted(rows[known], labels[known]).decision_function(rows[asked])
    return scores


def calibrated(name: str, rows: csr_matrix, labels: NDArray[np.str_]) -> Head:
    """A head with its temperature; prints what its folds are worth."""
    frequent = np.array([np.sum(labels == label) >= FOLDS for label in labels])
    rows, labels = rows[frequent], labels[frequent]
    names, gold = np.unique(labels, return_inverse=True)
    scores = unseen(rows, labels)

    def surprise(sharpness: float) -> float:
        return float(-log_softmax(scores * sharpness, axis=1)[np.arange(len(gold)), gold].mean())

    sharpness = float(minimize_scalar(surprise, bounds=(0.1, 20), method="bounded").x)
    right = scores.argmax(axis=1) == gold
    sure = np.exp(log_softmax(scores * sharpness, axis=1)).max(axis=1)
    print(
        f"{name}: {len(gold)} sentences, {len(names)} labels; in {FOLDS} folds {right.mean():.3f} right, "
        f"macro-F1 {macro_f1(list(labels), list(names[scores.argmax(axis=1)]))}, "
        f"log loss {surprise(sharpness):.3f}, calibration error {calibration_error(sure, right):.3f}"
    )
    model = fitted(rows, labels)
    return Head(list(names), model.coef_.T * sharpness, model.intercept_ * sharpness)


def calibration_error(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """How far the share right lies from the probability, on average over ten equal steps of probability."""
    step = np.minimum((sure * 10).astype(int), 9)
    return sum(abs(right[step == k].sum() - sure[step == k].sum()) for k in range(10)) / len(sure)


def heads(examples: Sequence[Marked], rows: csr_matrix) -> dict[str, Head]:
    """The classifiers of type, mode (of those that the codebook knows) and status."""
    known = {f"{kind}.{mode}" for kind, mode in load_codebook().modes if mode != "-"}
    modes = np.array([f"{e.type}.{e.mode}" for e in examples])
    moded = np.isin(modes, list(known))
    return {
        "types": calibrated("type", rows, np.array([e.type for e in examples])),
        "modes": calibrated("mode", rows[moded], modes[moded]),
        "statuses": calibrated("status", rows, np.array([e.status for e in examples])),
    }


def save(path: Path, found: dict[str, Head], rarity: Floats) -> None:
    """The arrays that `Ngrams.load` reads, weights as whole steps of a scale a column."""
    weights = np.hstack([head.weights for head in found.values()])
    scale = np.abs(weights).max(axis=0) / STEPS
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        weights=np.rint(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.concatenate([head.bias for head in found.values()]).astype(np.float32),
        rarity=rarity.astype(np.float16),
        **{name: np.array(head.labels) for name, head in found.items()},
    )


def main() -> None:
    """Read, fit, calibrate, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("language")
    language = parser.parse_args().language
    examples = list(read_marked(HERE / "sentences" / language))
    if not examples:
        parser.error(f"{HERE / 'sentences' / language} holds no sentences")
    rows, rarity = matrix([example.text for example in examples])
    path = MODELS / language / "ngrams.npz"
    save(path, heads(examples, rows), rarity)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
