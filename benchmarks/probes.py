"""Does the type of an event hang on what it should not? Macro-F1 on a PLV file, as it is and changed in small ways.

    python benchmarks/probes.py PLV.tsv

Changes: other countries' names, all capitals, no capitals, curly quotation marks, typing errors, full stops left out.
Prints JSON: the score of each change and how far it is from the score of the file as it is, in points.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

from dragoman.actors import registry
from dragoman.evaluation.plv import evaluate_plv, read_plv

MARK = re.compile(r"</?[st]>")
WORD = re.compile(r"[A-Za-z]{5,}")
TYPING_ERRORS = 0.03  # share of the longer words that have two letters in the wrong order


def between_marks(text: str, change: Callable[[str], str]) -> str:
    """`text` with every stretch between the marks of source and target changed."""
    return "".join(part if MARK.fullmatch(part) else change(part) for part in re.split(f"({MARK.pattern})", text))


def other_countries(dice: random.Random) -> Callable[[str], str]:
    """Each country's name replaced by another country's, the same one all through the file."""
    known = registry()
    names = [s.name for s in known.states if " " not in s.name]
    shuffled = names[:]
    dice.shuffle(shuffled)
    change = dict(zip(names, shuffled, strict=True))
    found = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b")
    return lambda text: found.sub(lambda match: change[match[0]], text)


def curly(text: str) -> str:
    """Straight quotation marks and apostrophes made curly."""
    return re.sub(r"(?<!\w)\"", "“", text.replace("'", "’")).replace('"', "”")


def typing_errors(dice: random.Random) -> Callable[[str], str]:
    """Two neighbouring letters swapped inside a few of the longer words."""

    def swap(match: re.Match[str]) -> str:
        word = match[0]
        if dice.random() >= TYPING_ERRORS:
            return word
        at = dice.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return lambda text: WORD.sub(swap, text)


def main() -> None:
    """Measure every change on the file that the command line names."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("file", type=Path)
    options.add_argument("--scratch", type=Path, default=Path("probes.tsv"), help="where to write the changed file")
    chosen = options.parse_args()
    dice = random.Random(1)
    changes: dict[str, Callable[[str], str]] = {
        "as it is": lambda text: text,
        "other countries": other_countries(dice),
        "all capitals": str.upper,
        "no capitals": str.lower,
        "curly quotation marks": curly,
        "typing errors": typing_errors(dice),
        "no full stop": lambda text: text.rstrip(". "),
    }
    rows = read_plv(chosen.file)
    measured: dict[str, dict[str, float]] = {}
    for name, change in changes.items():
        with chosen.scratch.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, delimiter="\t")
            table.writerow(["marked_sentence", "gold_root"])
            table.writerows((between_marks(text, change), root) for text, root in rows)
        score = evaluate_plv(chosen.scratch)
        measured[name] = {k: score[k] for k in ("root", "quad", "binary")}
        measured[name]["moved"] = round(score["root"] - measured["as it is"]["root"], 1)
    chosen.scratch.unlink()
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
