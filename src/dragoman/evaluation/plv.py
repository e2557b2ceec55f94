"""The PLV benchmark (Hu et al. 2024, Zero-Shot-PLOVER): sentence, source and target given, the type asked."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.codebook import load as load_codebook
from dragoman.coding.encoder import Encoder
from dragoman.coding.typing import type_model

RESAMPLES = 1000
SMOOTHING = 0.2


def read_plv(path: Path) -> list[tuple[str, str]]:
    """(marked sentence, gold root) of a Zero-Shot-PLOVER file. Raises ValueError naming the file and what it lacks."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t")
        missing = {"marked_sentence", "gold_root"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path}: no column {', '.join(sorted(missing))}; expected a Zero-Shot-PLOVER PLV file")
        return [(row["marked_sentence"], row["gold_root"]) for row in reader]


def evaluate_plv(path: Path, train: Path | None = None) -> dict[str, Any]:
    """Macro-F1 in per cent over 2 (cooperation, conflict), 4 (quad) and 15 classes, with a bootstrap interval.

    Zero-shot without `train`; with it, a kernel ridge regression on the shipped encoder's vectors is fitted on `train`
    for this one measurement; where `train` is `path` itself, by cross-validation inside it.
    """
    if train is not None and train.resolve() == path.resolve():
        return cross_validate(path)
    rows = read_plv(path)
    model = _encoder()
    if train is None:
        got = []
        for vote in model.votes([s for s, _ in rows]):
            merged: dict[str, float] = {}
            for label, probability in vote.labels.items():
                if label != "NONE":
                    merged[_as_plover(label)] = merged.get(_as_plover(label), 0.0) + probability
            got.append(max(merged, key=merged.__getitem__))
    else:
        got = _supervised(read_plv(train), rows)
    gold = [_class(g) for _, g in rows]
    return {"track": "supervised" if train else "zero-shot", **scores(gold, got)}


def _encoder() -> Encoder:
    model = type_model("en")
    if not isinstance(model, Encoder):
        raise FileNotFoundError("the package holds no sentence encoder for English")
    return model


def _as_plover(label: str) -> str:
    """The benchmark's class of one of the model's labels.

    PLOVER's conversion table of CAMEO makes an embargo (163) COERCE and a conviction (116) ACCUSE, where Dragoman's
    codebook has SANCTION; its coders call conflict announced THREATEN, where Dragoman has the act, planned.
    """
    kind, _, finer = label.partition(":")
    if finer == "planned":
        return "THREATEN"
    return _class({"embargo": "COERCE", "convict": "ACCUSE"}.get(finer, kind))


def _supervised(train: Sequence[tuple[str, str]], test: Sequence[tuple[str, str]]) -> list[str]:
    model = _encoder()
    known = model.features([s for s, _ in train])
    return kernel_ridge(known, [_class(g) for _, g in train], model.features([s for s, _ in test]))


def kernel_ridge(known: NDArray[np.float32], labels: Sequence[str], asked: NDArray[np.float32]) -> list[str]:
    """The label of each row of `asked`: kernel ridge regression (RBF, classes weighted equally) fitted on `known`.

    `SMOOTHING` was chosen by five-fold cross-validation inside PLV_train, from .03 to 3.
    """
    mean, spread = known.mean(axis=0), known.std(axis=0) + 1e-6
    known, asked = (known - mean) / spread, (asked - mean) / spread
    classes, index, counts = np.unique(np.array(labels), return_inverse=True, return_counts=True)
    wanted = np.where(index[:, None] == np.arange(len(classes)), 1.0, -1.0)
    rare = counts[index] * len(classes) / len(labels)
    weights = np.linalg.solve(_nearness(known, known) + SMOOTHING * np.diag(rare), wanted)
    return [str(label) for label in classes[(_nearness(asked, known) @ weights).argmax(axis=1)]]


def _nearness(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float64]:
    """exp(-squared distance / columns) of every pair of rows."""
    a64, b64 = a.astype(np.float64), b.astype(np.float64)
    squares = (a64**2).sum(axis=1)[:, None] + (b64**2).sum(axis=1) - 2 * a64 @ b64.T
    nearness: NDArray[np.float64] = np.exp(-squares / a.shape[1])
    return nearness


def cross_validate(path: Path, folds: int = 5) -> dict[str, Any]:
    """The supervised track inside one file: each of `folds` parts coded by what was fitted on the others."""
    rows = read_plv(path)
    vectors = _encoder().features([s for s, _ in rows])
    gold = [_class(g) for _, g in rows]
    order = list(range(len(rows)))
    random.Random(0).shuffle(order)
    got = [""] * len(rows)
    for k in range(folds):
        asked = order[k::folds]
        known = sorted(set(order) - set(asked))
        labels = kernel_ridge(vectors[known], [gold[i] for i in known], vectors[asked])
        for i, label in zip(asked, labels, strict=True):
            got[i] = label
    return {"track": f"supervised, {folds}-fold", **scores(gold, got)}


def scores(gold: Sequence[str], got: Sequence[str]) -> dict[str, Any]:
    """The benchmark's numbers from gold and predicted classes."""
    quad = _quads()
    roots = sorted(set(gold))
    rng = random.Random(0)
    spread = []
    for _ in range(RESAMPLES):
        picked = [rng.randrange(len(gold)) for _ in gold]
        spread.append(macro_f1([gold[i] for i in picked], [got[i] for i in picked]))
    low, high = np.percentile(spread, [2.5, 97.5])
    return {
        "n": len(gold),
        "binary": macro_f1([str(quad[g] > 2) for g in gold], [str(quad[p] > 2) for p in got]),
        "quad": macro_f1([str(quad[g]) for g in gold], [str(quad[p]) for p in got]),
        "root": macro_f1(gold, got),
        "root_ci95": [round(float(low), 1), round(float(high), 1)],
        "per_class": {r: round(100 * f1(gold, got, r), 1) for r in roots},
    }


def f1(gold: Sequence[str], got: Sequence[str], label: str) -> float:
    """F1 of one class, 0–1."""
    right = sum(g == p == label for g, p in zip(gold, got, strict=True))
    total = sum(g == label for g in gold) + sum(p == label for p in got)
    return 2 * right / total if total else 0.0


def macro_f1(gold: Sequence[str], got: Sequence[str]) -> float:
    """Macro-F1 over the classes of `gold`, in per cent."""
    return round(100 * float(np.mean([f1(gold, got, label) for label in sorted(set(gold))])), 1)


def _class(root: str) -> str:
    return "YIELD" if root in ("CONCEDE", "RETREAT") else root


def _quads() -> dict[str, int]:
    quads = {name: entry.quad for name, entry in load_codebook().types.items()}
    return {**quads, "YIELD": 2}
