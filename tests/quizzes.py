"""Quizzes of the knowledge of the world: their rows, and the count of what is right, wrong and not answered."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

DATA = Path(__file__).parent / "data"


def questions(path: Path) -> list[dict[str, str]]:
    """The rows of a quiz or of a table of the registry."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(slots=True)
class Tally:
    """Answers counted as right, wrong or missing; what went amiss is kept, to be shown."""

    right: int = 0
    wrong: list[object] = field(default_factory=list)
    unknown: list[object] = field(default_factory=list)
    by_group: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, question: object, answer: object, right: bool, groups: tuple[str, ...] = ()) -> None:
        """Count one answer; None, False or an empty one is no answer."""
        outcome = "unknown" if not answer else "right" if right else "wrong"
        if outcome == "right":
            self.right += 1
        elif outcome == "wrong":
            self.wrong.append((question, answer))
        else:
            self.unknown.append(question)
        for group in groups:
            self.by_group[group][outcome] += 1

    def check(self, right: float = 0.95, wrong: float = 0.02) -> None:
        """Assert that at least the share `right` is right and less than the share `wrong` is wrong."""
        total = self.right + len(self.wrong) + len(self.unknown)
        print(f"{self.right} right, {len(self.wrong)} wrong, {len(self.unknown)} unknown of {total}")
        for group, counts in sorted(self.by_group.items()):
            print(f"  {group}: {counts['right']} right, {counts['wrong']} wrong, {counts['unknown']} unknown")
        assert self.right / total >= right, (self.wrong, self.unknown)
        assert len(self.wrong) / total < wrong, self.wrong
