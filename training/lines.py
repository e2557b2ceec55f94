"""Makes `src/dragoman_models/lines/trees.npz`, the trees that tell content lines from furniture in stripped pages.

    python training/lines.py --pages FOLDER --out src/dragoman_models/lines

FOLDER is in the format of WCXB (html/NNNN.html.gz, ground-truth/NNNN.json). Hosts kept out by
`dragoman.evaluation.lines.MarkedPage.held_out` are never trained on. One thread, about five minutes, 2 GB of memory.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from dragoman.evaluation.lines import STRIPPERS, MarkedPage, align, marked_pages, strip_html
from dragoman.pages.lines.cues import find_cue
from dragoman.pages.lines.features import base, context
from dragoman.pages.lines.split import Line, split_lines

DEPTH, TREES, LEAVES, SEED = 5, 200, 24, 20
LONGEST = 500  # lines of a page that are trained on
VIEWS = 5  # views of each page: a stripper and a cut drawn for each
Marked = tuple[Line, float | None]

_ARABIC = "ابتثجحخدرزسشصضطعغفقكلمنهوي"
_VOWELS = frozenset("aeiouyéèêàâùûôîï")


def _arabic_alphabet() -> dict[int, str]:
    table = {ord(c): _ARABIC[(i * 7) % len(_ARABIC)] for i, c in enumerate("abcdefghijklmnopqrstuvwxyz")}
    table |= {ord(chr(k).upper()): v for k, v in list(table.items())}
    return table | {ord(","): "،", ord("?"): "؟", ord(";"): "؛"}


def in_arabic_letters(text: str, dice: random.Random, table: dict[int, str]) -> str:
    """English in letters that know no capitals and few vowels: teaches the trees pages where capitals tell nothing."""
    kept = (c for i, c in enumerate(text) if c not in _VOWELS or i == 0 or text[i - 1] == " " or dice.random() < 0.35)
    return "".join(kept).translate(table)


def cut(marked: list[Marked], dice: random.Random) -> list[Marked]:
    """The page whole, or cut as copyists cut it: top only, bottom only, the body alone, few furniture lines."""
    body = [i for i, (_, m) in enumerate(marked) if m == 1.0]
    kind = dice.random()
    if not body or kind < 0.3:
        return marked
    first, last = body[0], body[-1]
    if kind < 0.4:
        return marked[: max(5, dice.randint(first, len(marked)))]
    if kind < 0.48:
        return marked[dice.randint(0, body[len(body) // 2]) :]
    if kind < 0.6:
        return [pair for pair in marked[first : last + 1] if pair[1] != 0.0]
    above, below = dice.randint(0, 8), dice.randint(0, 8)
    inside = dice.random() < 0.5
    return [
        pair
        for i, pair in enumerate(marked)
        if first - above <= i <= last + below and (inside or pair[1] != 0.0 or not first < i < last)
    ]


def shortened(marked: list[Marked], dice: random.Random) -> list[Marked]:
    """The page with a few lines of its main text only: news is shorter than the blogs that the trees learn from."""
    body = [i for i, (line, m) in enumerate(marked) if m == 1.0 and len(line.text) >= 40]
    wanted = dice.randint(2, 10)
    if len(body) <= wanted:
        return marked
    start = dice.randint(0, len(body) - wanted) if dice.random() < 0.3 else 0
    first, last = body[start], body[start + wanted - 1]
    return [pair for i, pair in enumerate(marked) if pair[1] == 0.0 or i < body[0] or first <= i <= last]


def broken(marked: list[Marked], dice: random.Random) -> list[Marked]:
    """Main text broken at random places, as strippers break it at links and emphasis."""
    out: list[Marked] = []
    for line, mark in marked:
        words = line.text.split(" ")
        if mark != 1.0 or len(words) < 12 or dice.random() < 0.2:
            out.append((line, mark))
            continue
        while words:
            count = dice.randint(4, 24)
            out.append((Line(line.start, line.end, " ".join(words[:count]).strip() or "a", 0), mark))
            words = words[count:]
    return out


def compact(marked: list[Marked], dice: random.Random) -> list[Marked]:
    """Short furniture lines in a row joined into one, as strippers that know no list do: 'Home | News', 'PDF  RSS'."""
    separator = dice.choice(["  ", " | ", " - ", "", " / ", "; ", " ", " · ", " :: ", "   "])
    out: list[Marked] = []
    for line, mark in marked:
        if (
            out
            and mark == 0.0
            and out[-1][1] == 0.0
            and len(line.text) < 70
            and len(out[-1][0].text) < 160
            and dice.random() < 0.8
        ):
            before = out[-1][0]
            out[-1] = (Line(before.start, line.end, before.text + separator + line.text, before.gap), 0.0)
        else:
            out.append((line, mark))
    return out


def view(page: MarkedPage, stripper: str, dice: random.Random) -> tuple[Any, Any, Any] | None:
    """(rows, labels, weights) of one view of a page, or None where the main text is not on it."""
    lines = split_lines(strip_html(page.html, stripper))
    marked = list(zip(lines, align(lines, page.content, page.title), strict=True))
    if dice.random() < 0.4:
        marked = shortened(marked, dice)
    marked = cut(marked, dice)[:LONGEST]
    if sum(m == 1.0 for _, m in marked) < 2:
        return None
    if dice.random() < 0.35:
        marked = compact(marked, dice)
    if dice.random() < 0.12:
        marked = broken(marked, dice)
    if dice.random() < 0.25:
        marked = [(Line(x.start, x.end, x.text, 0), m) for x, m in marked]
    texts = [line for line, _ in marked]
    cues = [find_cue(line.text) for line in texts]
    if dice.random() < 0.3:
        table = _arabic_alphabet()
        texts = [Line(x.start, x.end, in_arabic_letters(x.text, dice, table) or "ا", x.gap) for x in texts]
    if dice.random() < 0.2:
        cues = [cue if dice.random() < 0.4 else None for cue in cues]
    rows = context(base(texts, cues))
    labels = np.array([m == 1.0 for _, m in marked])
    size = np.array([len(line.text) for line in texts])
    known = np.array([m is not None for _, m in marked])
    weights = known * (0.5 + np.log1p(size) / 4) * (100 / len(marked)) ** 0.5
    return rows[known], labels[known], weights[known]


def examples(folder: Path, held_out: bool = False) -> Iterator[tuple[Any, Any, Any]]:
    """Views of the pages that may be trained on (of the others, if `held_out`), drawn with a fixed seed."""
    dice = random.Random(SEED)
    for page in marked_pages(folder):
        if page.held_out != held_out:
            continue
        for stripper in dice.sample(STRIPPERS, VIEWS):
            if (made := view(page, stripper, dice)) is not None:
                yield made


def as_arrays(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The model's trees as complete binary trees of depth `DEPTH`, as `dragoman.pages.lines.trees.Trees` has them."""
    trees = [group[0].nodes for group in model._predictors]
    inner = 2**DEPTH - 1
    feature = np.zeros((len(trees), inner), np.uint8)
    threshold = np.full((len(trees), inner), np.inf, np.float32)
    leaf = np.zeros((len(trees), inner + 1), np.float32)
    for t, nodes in enumerate(trees):
        todo = [(0, 0, 0)]
        while todo:
            at, k, depth = todo.pop()
            node = nodes[at]
            if node["is_leaf"]:
                low = (k + 1) * 2 ** (DEPTH - depth) - 1 - inner
                leaf[t, low : low + 2 ** (DEPTH - depth)] = node["value"]
                continue
            feature[t, k], threshold[t, k] = node["feature_idx"], node["num_threshold"]
            todo += [(int(node["left"]), 2 * k + 1, depth + 1), (int(node["right"]), 2 * k + 2, depth + 1)]
    bias = float(np.ravel(model._baseline_prediction)[0])
    return {"feature": feature, "threshold": threshold, "leaf": leaf.astype(np.float16), "bias": bias}


def main() -> None:
    """Reads the pages, grows the trees, writes them."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--pages", type=Path, required=True, help="folder in the format of WCXB")
    options.add_argument("--out", type=Path, required=True, help="folder to write trees.npz to")
    chosen = options.parse_args()
    rows, labels, weights = (np.concatenate(part) for part in zip(*examples(chosen.pages), strict=True))
    print(f"{len(rows)} lines, {labels.mean():.1%} content, {rows.shape[1]} columns")
    model = HistGradientBoostingClassifier(
        max_iter=TREES, max_depth=DEPTH, max_leaf_nodes=LEAVES, learning_rate=0.08, min_samples_leaf=200,
        l2_regularization=5.0, max_features=0.3, random_state=1, early_stopping=False,
    )  # fmt: skip
    model.fit(rows, labels, sample_weight=weights)
    chosen.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(chosen.out / "trees.npz", **as_arrays(model), columns=rows.shape[1])
    print(f"{chosen.out / 'trees.npz'}: {(chosen.out / 'trees.npz').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
