"""The supervised track of the PLV benchmark: fitted on what is given, told apart from the zero-shot track."""

from pathlib import Path

import numpy as np

from dragoman.evaluation.plv import cross_validate, kernel_ridge

PAIRS = {
    "CONSULT": "<s>{a}</s> met <t>{b}</t> for talks in {c}.",
    "ASSAULT": "<s>{a}</s> shelled <t>{b}</t> troops near {c}.",
    "REJECT": "<s>{a}</s> rejected the offer of <t>{b}</t> in {c}.",
}
PLACES = [
    ("France", "Egypt", "Cairo"),
    ("Iran", "Iraq", "Basra"),
    ("Peru", "Chile", "Lima"),
    ("India", "Nepal", "Delhi"),
]


def test_rare_and_curved_classes_are_learned() -> None:
    dice = np.random.default_rng(0)
    rows = dice.normal(size=(300, 2)).astype(np.float32)
    labels = ["ring" if np.hypot(*row) > 1.2 else "core" for row in rows]
    got = kernel_ridge(rows[:200], labels[:200], rows[200:])
    assert np.mean([g == k for g, k in zip(got, labels[200:], strict=True)]) > 0.9


def test_a_file_measured_on_itself_is_cross_validated(tmp_path: Path) -> None:
    rows = [f"{text.format(a=a, b=b, c=c)}\t{root}" for a, b, c in PLACES for root, text in PAIRS.items()]
    path = tmp_path / "plv.tsv"
    path.write_text("\n".join(["marked_sentence\tgold_root", *rows, ""]))
    measured = cross_validate(path, folds=4)
    assert measured["track"] == "supervised, 4-fold"
    assert measured["n"] == 12
    assert measured["root"] > 90
