"""Fits the weights of `dragoman evaluate coreference` on the train part of ECB+.

    python training/coreference.py FOLDER      # the folder of ECB+ in the Cybulska setup

Prints weights, the bias, and the CoNLL F1 on the train part itself at several biases, of which the best is taken.
The dev part is not looked at, the test part is not there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dragoman.evaluation import coreference
from dragoman.evaluation.clusters import conll


def main(folder: Path) -> None:
    mentions, documents = coreference.read_ecb(folder, "Train")
    found = list(coreference.pairs(mentions, documents))
    values = np.array([v for _, _, v in found])
    same = np.array([mentions[i].chain == mentions[j].chain for i, j, _ in found])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(values, same)
    for name, weight in zip(coreference.WEIGHTS, model.coef_[0], strict=True):
        print(f"{name:35} {weight:6.2f}")
    coreference.WEIGHTS.update(zip(coreference.WEIGHTS, map(float, model.coef_[0]), strict=True))
    gold = {m.id: m.chain for m in mentions}
    for shift in (0.5, 1.0, 1.25, 1.5, 2.0):
        coreference.BIAS = float(model.intercept_[0]) + shift
        clusters = coreference.decide(mentions, documents)
        print(f"bias {coreference.BIAS:.2f}: CoNLL {conll(gold, clusters)['conll']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
