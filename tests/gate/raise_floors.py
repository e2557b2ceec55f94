"""Measures every corpus and raises the floors in floors.json to just under what was measured; never lowers one.

    python tests/gate/raise_floors.py                  # upward only
    python tests/gate/raise_floors.py --changed NAME   # this corpus's files changed: pin its floors anew

Exits with 1, leaving that corpus as it was, where files changed and `--changed` does not name it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys

from measures import CORPORA, FLOORS, floors, measured

MARGIN = 0.01  # of a share; a number in per cent gets the same of its hundred


def floor_of(number: float) -> float:
    """Just under a number: counts stay, shares and percentages leave room for what another machine rounds."""
    if number == int(number) and number != 1:
        return number
    margin = MARGIN if number <= 1 else 100 * MARGIN / 2
    places = 3 if number <= 1 else 1
    return max(0.0, math.floor((number - margin) * 10**places) / 10**places)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changed", action="append", default=[], metavar="NAME")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="measure only this corpus")
    options = parser.parse_args()
    pinned, refused = floors(), 0
    for corpus in CORPORA:
        if not corpus.present or (options.only and corpus.name not in options.only):
            continue
        old = pinned.get(corpus.name, {"sha256": corpus.digest(), "floors": {}})
        if old["sha256"] != corpus.digest():
            if corpus.name not in options.changed:
                print(f"{corpus.name}: its files changed; look why, then give --changed {corpus.name}", file=sys.stderr)
                refused = 1
                continue
            old = {"sha256": corpus.digest(), "floors": {}}
        new = {name: floor_of(number) for name, number in measured(corpus.name).items()}
        for name, floor in new.items():
            before = old["floors"].get(name)
            if before is None or floor > before:
                print(f"{corpus.name} {name}: {before} -> {floor}")
        raised = {name: max(floor, old["floors"].get(name, -math.inf)) for name, floor in new.items()}
        if raised or old["floors"]:
            pinned[corpus.name] = {"sha256": old["sha256"], "floors": dict(sorted((old["floors"] | raised).items()))}
    FLOORS.write_text(json.dumps(dict(sorted(pinned.items())), indent=1) + "\n", encoding="utf-8")
    return refused


if __name__ == "__main__":
    sys.exit(main())
