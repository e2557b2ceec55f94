"""Draws how far confidence can be believed: a square a bin, as large as its events are many.

python benchmarks/reliability.py docs/reliability.svg GOLD.json=PAGES [GOLD.json=PAGES …]
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from dragoman.evaluation.calibration import Bin, expected_error, judged_events, reliability
from dragoman.evaluation.pages import coded_pages, read_gold

SIZE, MARGIN = 360, 44  # pixels
LARGEST = 22.0  # side of the largest square


def drawn(bins: list[Bin]) -> str:
    """The plot as SVG; it follows light and dark."""

    def x(value: float) -> float:
        return MARGIN + value * SIZE

    def y(value: float) -> float:
        return 10 + (1 - value) * SIZE

    most = max(b.events for b in bins)
    shapes = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        shapes.append(f'<path d="M{x(0)} {y(tick)}H{x(1)}M{x(tick)} {y(0)}V{y(1)}" opacity=".15"/>')
        shapes.append(f'<text x="{x(tick)}" y="{y(0) + 16}" text-anchor="middle">{tick:g}</text>')
        shapes.append(f'<text x="{x(0) - 6}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    shapes.append(f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke-dasharray="4 4"/>')
    for b in bins:
        side = max(4.0, LARGEST * (b.events / most) ** 0.5)
        at = f'x="{x(b.confidence) - side / 2:.1f}" y="{y(b.right) - side / 2:.1f}"'
        title = f"<title>{b.events} events: confidence {b.confidence}, right {b.right}</title>"
        shapes.append(f'<rect {at} width="{side:.1f}" height="{side:.1f}" class="bin">{title}</rect>')
    shapes.append(f'<text x="{x(0.5)}" y="{y(0) + 34}" text-anchor="middle">confidence</text>')
    shapes.append(f'<text transform="translate(12 {y(0.5)}) rotate(-90)" text-anchor="middle">share right</text>')
    style = (
        "svg{font:12px sans-serif;color:#222}text{fill:currentColor}path{stroke:currentColor;fill:none}"
        ".bin{fill:#0b6b6b;opacity:.85}@media(prefers-color-scheme:dark){svg{color:#ddd}.bin{fill:#5cc4c4}}"
    )
    box = f"0 0 {SIZE + MARGIN + 12} {SIZE + 54}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><style>{style}</style>{"".join(shapes)}</svg>\n'


def main() -> None:
    """Code the pages, write the plot, print the bins."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("svg", type=Path)
    options.add_argument("gold", nargs="+", help="GOLD.json=FOLDER of its pages")
    chosen = options.parse_args()
    judged = []
    for pair in chosen.gold:
        path, _, folder = pair.partition("=")
        gold = read_gold(Path(path))
        judged += judged_events(gold, coded_pages(gold, Path(path), Path(folder), jobs=1))
    bins = reliability(judged)
    chosen.svg.write_text(drawn(bins), encoding="utf-8")
    print(json.dumps({"expected_calibration_error": expected_error(bins), "bins": [asdict(b) for b in bins]}, indent=1))


if __name__ == "__main__":
    main()
