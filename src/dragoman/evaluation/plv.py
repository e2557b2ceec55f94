"""The PLV benchmark (Hu et al. 2024, Zero-Shot-PLOVER): sentence, source and target given, the type asked."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.codebook import load as load_codebook
from dragoman.coding.typing import type_model

RESAMPLES = 1000


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

    Zero-shot without `train`; with it, a logistic regression on the shipped encoder's vectors is fitted on `train` for
    this one measurement (needs the `training` extra).
    """
    rows = read_plv(path)
    model = type_model("en")
    if model is None:
        raise FileNotFoundError("the package holds no type model for English")
    if train is None:
        got = []
        for vote in model.votes([s for s, _ in rows]):
            types = {t: p for t, p in vote.types.items() if t != "NONE"}
            merged = {t: p for t, p in types.items() if t not in ("CONCEDE", "RETREAT")}
            merged["YIELD"] = types.get("CONCEDE", 0) + types.get("RETREAT", 0)
            got.append(max(merged, key=merged.__getitem__))
    else:
        got = _supervised(read_plv(train), rows)
    gold = [_class(g) for _, g in rows]
    return {"track": "supervised" if train else "zero-shot", **scores(gold, got)}


def _supervised(train: Sequence[tuple[str, str]], test: Sequence[tuple[str, str]]) -> list[str]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = type_model("en")
    assert model is not None
    fitted = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=2000, class_weight="balanced"))
    fitted.fit(model.features([s for s, _ in train]), [_class(g) for _, g in train])
    return [str(label) for label in fitted.predict(model.features([s for s, _ in test]))]


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
