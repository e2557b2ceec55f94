"""Fit the judge of a language (`language/<xx>/judge.tsv`) on gold pages.

    python training/judge.py --language ar GOLD=FOLDER GOLD=FOLDER=odd

Behind a second `=` stand the pages of a folder that may be read, by number: `odd`, `even`, `1-30` or several of them
with commas; the others stay unread. A language with few gold pages borrows from another one's: `--beside en`; their
readings count for `LENT` each, and the report is of the language's own pages alone.

Every reading that the coder considered is an example, right where a gold event stands behind it. The weights are those
of a logistic regression with an L2 penalty; ten folds that keep a page together say what it is worth on pages unseen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score

from dragoman.coding.coder import Coder
from dragoman.coding.finishing import event_mention
from dragoman.coding.judging import ADMITTED, DISMISSED, THRESHOLDS
from dragoman.coding.settings import Settings
from dragoman.evaluation.pages import match_strength
from dragoman.pages import Failure, open_pages, read

OUT = Path(__file__).parents[1] / "src/dragoman/language"
PENALTY = 0.2  # sklearn's C, where none is given: smaller shrinks the weights more
LENT = 0.7  # weight of an example from the language beside
RARE = 5  # examples below which a sign gets no weight
FEW = 0.5  # "states are few" from which a page is about something else
LEARNED = ("best vote is its type", "seen as its type first")  # how a learned reader agrees with a reading's type
FOLDS = 10
SEED = 1


@dataclass(frozen=True, slots=True)
class Example:
    """One reading that was considered: its features, whether its frame alone allows it, whether it is right."""

    page: str
    features: Mapping[str, float]
    doubtful: bool
    right: bool
    gold: str | None
    core: bool


def may_be_read(file: str, pages: str) -> bool:
    """Whether a file's number is among `pages`: `odd`, `even`, `1-30`, several with commas; any where empty."""
    number = int(re.match(r"\d+", file)[0])  # type: ignore[index]
    ranges = [part.split("-") for part in pages.split(",") if "-" in part]
    parity = "odd" if number % 2 else "even"
    return not pages or parity in pages.split(",") or any(int(a) <= number <= int(b) for a, b in ranges)


def examples(gold_path: Path, folder: Path, pages: str, language: str, *, lent: bool = False) -> list[Example]:
    """The examples of the gold pages of one language that may be read; `lent` ones without what a spotter sees."""
    coder = Coder(Settings(proposals=True), unjudged=True, unseen=lent)
    found = []
    for page in json.loads(gold_path.read_text(encoding="utf-8"))["files"]:
        if page["language"] != language or not may_be_read(page["file"], pages):
            continue
        opened = next(iter(open_pages([folder / page["file"]])))
        if isinstance(opened, Failure):
            raise SystemExit(str(opened))
        article = read(opened)
        for draft, features in coder.considered(article):
            event = asdict(event_mention(article, draft, coder.codebook, coder.registry))
            event |= {side: list(event[side]) for side in ("sources", "targets")}
            matches = [(match_strength(e, event), e["id"], e["confidence"] == "core") for e in page["events"]]
            strength, gold, core = max(matches, default=(0.0, None, False))
            right = strength > 0
            name = f"{folder}/{page['file']}"
            found.append(Example(name, features, draft.doubtful, right, gold if right else None, core and right))
    return found


def elsewhere(folder: Path, language: str, *, lent: bool = False) -> list[Example]:
    """Readings on web pages that hardly name a state, all taken for false; those that may be right all the same, by
    two states told apart and a learned reader's word, are left out."""
    coder = Coder(Settings(proposals=True), unjudged=True, unseen=lent)
    found = []
    with TemporaryDirectory() as unpacked:
        for packed in sorted(folder.glob("*.html.gz")):
            path = Path(unpacked) / packed.name.removesuffix(".gz")
            path.write_bytes(gzip.decompress(packed.read_bytes()))
            opened = next(iter(open_pages([path])))
            article = None if isinstance(opened, Failure) else read(opened)
            if article is None or article.language != language:
                continue
            for draft, features in coder.considered(article):
                believed = any(features.get(sign) for sign in LEARNED)
                told = {"source is state", "target is state"} <= features.keys() and believed
                if features.get("states are few", 0.0) > FEW and not told:
                    found.append(Example(f"{folder}/{path.name}", features, draft.doubtful, False, None, False))
    return found


def matrix(found: Sequence[Example], names: Sequence[str]) -> NDArray[np.float64]:
    """One row an example, one column a sign."""
    column = {name: i for i, name in enumerate(names)}
    values = np.zeros((len(found), len(names)))
    for row, example in enumerate(found):
        for name, value in example.features.items():
            if name in column:
                values[row, column[name]] = value
    return values


@dataclass(frozen=True, slots=True)
class Rows:
    """Examples as a regression takes them: their signs, whether they are right, what each counts for."""

    values: NDArray[np.float64]
    right: NDArray[np.bool_]
    weights: NDArray[np.float64]


def rows(found: Sequence[Example], names: Sequence[str], weight: float) -> Rows:
    """The rows of these examples, all of one weight."""
    right = np.array([e.right for e in found], dtype=np.bool_)
    return Rows(matrix(found, names), right, np.full(len(found), weight))


def fitted(own: Rows, lent: Rows, penalty: float) -> LogisticRegression:
    """The regression on these rows."""
    values, right = np.vstack([own.values, lent.values]), np.concatenate([own.right, lent.right])
    weights = np.concatenate([own.weights, lent.weights])
    return LogisticRegression(C=penalty, max_iter=5000).fit(values, right, sample_weight=weights)


def cross_validated(found: Sequence[Example], own: Rows, lent: Rows, penalty: float) -> NDArray[np.float64]:
    """The probability of every example from a judge that saw none of its page."""
    pages = sorted({e.page for e in found})
    np.random.default_rng(SEED).shuffle(pages)
    fold = np.array([pages.index(e.page) % FOLDS for e in found])
    probabilities = np.zeros(len(found))
    for k in range(FOLDS):
        held = fold == k
        seen = Rows(own.values[~held], own.right[~held], own.weights[~held])
        probabilities[held] = fitted(seen, lent, penalty).predict_proba(own.values[held])[:, 1]
    return probabilities


def report(found: Sequence[Example], probabilities: NDArray[np.float64], admitted: float, dismissed: float) -> str:
    """What the judge is worth on pages it has not seen."""
    right, doubtful = np.array([e.right for e in found]), np.array([e.doubtful for e in found])
    kept = probabilities >= np.where(doubtful, admitted, dismissed)
    lines = [
        f"{len(found)} readings, {right.sum()} right; AUC {roc_auc_score(right, probabilities):.3f}, "
        f"log loss {log_loss(right, probabilities):.3f}"
    ]
    for name, choice in (("by frames alone", ~doubtful), ("judged", kept)):
        core = {(e.page, e.gold) for e, keep in zip(found, choice, strict=True) if keep and e.core}
        lines.append(f"{name}: {choice.sum()} kept, {(choice & ~right).sum()} of them false, {len(core)} core events")
    for low in np.arange(0, 1, 0.1):
        inside = (probabilities >= low) & (probabilities < low + 0.1)
        if inside.any():
            share = right[inside].mean()
            lines.append(f"  {low:.1f}–{low + 0.1:.1f}: {inside.sum()} readings, share right {share:.2f}")
    return "\n".join(lines)


def main() -> None:
    """Collect, cross-validate, fit on everything, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pages", nargs="+", metavar="GOLD=FOLDER[=PAGES]")
    parser.add_argument("--language", default="en")
    parser.add_argument("--beside", help="a language whose pages lend their examples too")
    parser.add_argument("--elsewhere", type=Path, help="a folder of packed web pages that are not about states")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    parser.add_argument("--admitted", type=float, default=ADMITTED, help="least probability of a doubtful reading")
    parser.add_argument("--dismissed", type=float, default=DISMISSED, help="least probability of any reading")
    arguments = parser.parse_args()
    found: list[Example] = []
    beside: list[Example] = []
    for told in arguments.pages:
        gold, folder, pages = [*told.split("="), ""][:3]
        found += examples(Path(gold), Path(folder), pages, arguments.language)
        if arguments.beside:
            beside += examples(Path(gold), Path(folder), pages, arguments.beside, lent=True)
    if arguments.elsewhere:
        found += elsewhere(arguments.elsewhere, arguments.language)
        if arguments.beside:
            beside += elsewhere(arguments.elsewhere, arguments.beside, lent=True)
    seen = Counter(name for e in found for name in e.features)
    names = sorted(name for name, n in seen.items() if n >= RARE)
    own, lent = rows(found, names, 1.0), rows(beside, names, LENT)
    print(report(found, cross_validated(found, own, lent, arguments.penalty), arguments.admitted, arguments.dismissed))
    model = fitted(own, lent, arguments.penalty)
    lines = ["# What speaks for (+) and against (-) an event, in log odds; made by training/judge.py.", "sign\tweight"]
    lines += [f"{name}\t{getattr(arguments, name)}" for name in THRESHOLDS]
    lines.append(f"bias\t{model.intercept_[0]:.2f}")
    lines += [f"{name}\t{weight:.2f}" for name, weight in zip(names, model.coef_[0], strict=True)]
    (OUT / arguments.language / "judge.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
