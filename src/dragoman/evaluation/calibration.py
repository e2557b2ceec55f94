"""How far confidence can be believed: events by confidence, and the share of them that the gold pages bear out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dragoman.evaluation.pages import coded_pages, pair_up, read_gold

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Events whose confidence lies in `[low, high)`: how many, their mean confidence, the share that is right."""

    low: float
    high: float
    events: int
    confidence: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> list[Bin]:
    """Bins of equal width over (confidence, is it right); empty ones are left out."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        sorted_in.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    return [
        Bin(
            k / bins,
            (k + 1) / bins,
            len(found),
            round(sum(c for c, _ in found) / len(found), 3),
            round(sum(r for _, r in found) / len(found), 3),
        )
        for k, found in sorted(sorted_in.items())
    ]


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (Naeini et al. 2015): the mean distance of confidence and share right, by events."""
    total = sum(b.events for b in bins)
    return round(sum(abs(b.confidence - b.right) * b.events for b in bins) / total, 3) if total else 0.0


def judged_events(gold: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[tuple[float, bool]]:
    """(confidence, does a gold event stand behind it) of every event coded."""
    by_file = {g["file"]: g for g in gold["files"]}
    judged = []
    for row in rows:
        events = [dict(e, date=(e.get("date") or {}).get("iso")) for e in row["events"]]
        _, right = pair_up(by_file[Path(str(row["file"])).name]["events"], events)
        judged += [(float(e["confidence"]), j in right) for j, e in enumerate(events)]
    return judged


def evaluate_calibration(gold_path: Path, folder: Path, jobs: int | None = None) -> dict[str, Any]:
    """Reliability by bin and the expected calibration error over gold pages; raises as `evaluate_pages` does."""
    gold = read_gold(gold_path)
    bins = reliability(judged_events(gold, coded_pages(gold, gold_path, folder, jobs)))
    return {
        "events": sum(b.events for b in bins),
        "expected_calibration_error": expected_error(bins),
        "bins": [asdict(b) for b in bins],
    }
