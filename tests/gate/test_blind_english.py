"""Blind English pages: what the coder makes of pages that its rules were not made from must not fall unnoticed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dragoman.evaluation import evaluate

BLIND = Path(__file__).parents[1] / "blind"
FLOORS: dict[str, dict[str, float]] = json.loads((BLIND / "en" / "floors.json").read_text(encoding="utf-8"))


@cache
def measured(half: str, folder: Path) -> dict[str, Any]:
    """The numbers of the even or the odd English pages."""
    gold = json.loads((BLIND / "en" / "gold.json").read_text(encoding="utf-8"))
    wanted = 0 if half == "en-even" else 1
    gold["files"] = [f for f in gold["files"] if int(f["file"][:2]) % 2 == wanted]
    path = folder / f"{half}.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    numbers: dict[str, Any] = evaluate("pages", path, folder=BLIND / "en" / "pages", jobs=1)
    return numbers


@pytest.mark.slow
@pytest.mark.parametrize("half", FLOORS)
def test_blind_pages_stay_above_their_floors(half: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    numbers = measured(half, tmp_path_factory.mktemp("blind"))
    fallen = []
    for name, floor in FLOORS[half].items():
        group, _, key = name.partition(".")
        value = numbers[group][key]
        worst = name in ("events.from_boilerplate", "events.swapped_sides")
        if (value > floor) if worst else (value < floor):
            fallen.append(f"{name}: {value}, floor {floor}")
    assert not fallen, f"{half} fell: {'; '.join(fallen)}"
