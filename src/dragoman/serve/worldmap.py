"""Where on the drawn world a place lies, and which part of the world to show.

static/world.svg and data/world.json are made by islands/world.mjs from Natural Earth's borders (world-atlas, 1:50m) in
the Equal Earth projection (Šavrič, Patterson and Jenny 2018).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
MARGIN = 0.12  # of the width and height, around the points
NARROWEST = 900.0  # units of the map; a view nearer than this would show more than the borders know
_A = (1.340264, -0.081106, 0.000893, 0.003796)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Contested:
    """A border or territory whose standing states do not agree on. `borders` are drawn dashed."""

    place: str
    borders: str
    latitude: float
    longitude: float
    note: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the map, in its units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> str:
        """As an SVG viewBox."""
        return f"{self.x:.0f} {self.y:.0f} {self.width:.0f} {self.height:.0f}"


@cache
def _world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "world.json").read_text("utf-8"))
    return found


@cache
def contested() -> tuple[Contested, ...]:
    """All that the map notes as contested, by name."""
    with (DATA / "contested.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Contested(r["place"], r["borders"], float(r["latitude"]), float(r["longitude"]), r["note"]) for r in rows
    )


def project(latitude: float, longitude: float) -> Point:
    """Where a place lies on the map, in its units."""
    world = _world()
    turned = (longitude - world["meridian"] + 180) % 360 - 180
    slope = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = slope * slope
    sixth = square * square * square
    a1, a2, a3, a4 = _A
    width = sqrt(3) / 2 * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square))
    x = radians(turned) * cos(slope) / width
    y = slope * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return world["x"] + world["scale"] * x, world["y"] - world["scale"] * y


def middle(country: str | None) -> tuple[float, float] | None:
    """(latitude, longitude) of the middle of a country's largest piece; None where the map has no such country."""
    found = _world()["middles"].get(country or "")
    return (found[1], found[0]) if found else None


def whole() -> Frame:
    """All of the map."""
    return Frame(0, 0, _world()["width"], _world()["height"])


def frame(points: Iterable[Point]) -> Frame:
    """The part of the map that shows `points` with a margin, in the proportions of the whole."""
    world = whole()
    found: Sequence[Point] = list(points)
    if not found:
        return world
    left, right = min(x for x, _ in found), max(x for x, _ in found)
    top, bottom = min(y for _, y in found), max(y for _, y in found)
    ratio = world.width / world.height
    width = max((right - left) * (1 + 2 * MARGIN), (bottom - top) * (1 + 2 * MARGIN) * ratio, NARROWEST)
    if width >= 0.8 * world.width:
        return world
    height = width / ratio
    x = min(max((left + right - width) / 2, 0), world.width - width)
    y = min(max((top + bottom - height) / 2, 0), world.height - height)
    return Frame(x, y, width, height)
