"""Speed of the record on a made-up world's news: merging, building, adding a page, asking.

    python benchmarks/record.py merge 10000 100000 1000000     # mentions; pure merging, one core
    python benchmarks/record.py merge --heavy 1000 10000       # all of them tell of one event
    python benchmarks/record.py build 1000000 --save FILE      # a record to measure on
    python benchmarks/record.py build 100000 --repeat --save FILE  # the same size sooner: its years ten times
    python benchmarks/record.py ask FILE                       # questions; adds a few pages to FILE

Prints JSON lines. Times are of the processor unless they say wall.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from repeat import repeat
from world import COUNTRIES, World

from dragoman.coding.reading import Reading
from dragoman.record import Record
from dragoman.record.account import accounts
from dragoman.record.merge import merge_accounts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    commands = parser.add_subparsers(dest="command", required=True)
    merging = commands.add_parser("merge", help="time the pure merge of so many mentions")
    merging.add_argument("mentions", type=int, nargs="+")
    merging.add_argument("--heavy", action="store_true", help="all mentions tell of one event")
    building = commands.add_parser("build", help="build a record of so many mentions")
    building.add_argument("mentions", type=int)
    building.add_argument("--save", type=Path, required=True)
    building.add_argument("--repeat", action="store_true", help="have all years ten times")
    asking = commands.add_parser("ask", help="time questions to a record, and adding pages to it")
    asking.add_argument("record", type=Path)
    asking.add_argument("--times", type=int, default=60)
    options = parser.parse_args()
    if options.command == "merge":
        for count in options.mentions:
            print(json.dumps(merge(options.seed, count, options.heavy)), flush=True)
    elif options.command == "build":
        print(json.dumps(build(options.seed, options.mentions, options.save, options.repeat)))
    else:
        print(json.dumps(ask(options.seed, options.record, options.times), indent=1))
    return 0


def merge(seed: int, count: int, heavy: bool) -> dict[str, Any]:
    """Merge `count` accounts as coding leaves them."""
    world = World(seed)
    found = [a for a, _, _ in accounts(world.heavy(count) if heavy else world.readings(count))]
    gc.collect()
    gc.freeze()
    start = time.process_time()
    events = merge_accounts(found)
    seconds = time.process_time() - start
    return {
        "mentions": len(found),
        "events": len(events),
        "largest": max(len(e.members) for e in events),
        "seconds": round(seconds, 2),
        "mentions_per_second": round(len(found) / seconds),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def build(seed: int, count: int, path: Path, repeated: bool) -> dict[str, Any]:
    """A new record at `path`."""
    for file in path.parent.glob(path.name + "*"):
        file.unlink()
    start = time.process_time()
    with Record(path) as record:
        record.add_many(World(seed).readings(count), batch=1000, later=True)
        print(json.dumps(record.counts() | {"seconds": round(time.process_time() - start)}), flush=True)
    if repeated:
        repeat(path, [k for k in range(-4, 6) if k])
    with Record(path) as record:
        return record.counts() | {
            "seconds": round(time.process_time() - start),
            "mb": round(path.stat().st_size / 1e6),
        }


def ask(seed: int, path: Path, times: int) -> dict[str, Any]:
    """Medians and 95th percentiles, in milliseconds of processor time, of questions and of adding a page."""
    pick = random.Random(seed)
    ranks = [1 / (i + 2) for i in range(len(COUNTRIES))]

    def who() -> str:
        return pick.choices(COUNTRIES, ranks)[0]

    with Record(path) as record:
        words = [h.split()[:2] for h in (e.quote for e in record.events(limit=300)) if len(h.split()) > 3]
        found: dict[str, Any] = {"counts": record.counts(), "mb": round(path.stat().st_size / 1e6)}
        questions: dict[str, Callable[[], object]] = {
            "pair-month series": lambda: record.dyad(who(), who()),
            "actor timeline (100 latest)": lambda: record.events(actor=who(), limit=100),
            "full text top 20": lambda: record.search(" ".join(pick.choice(words)), limit=20),
        }
        for name, question in questions.items():
            found[name] = _times(question, times)
        pages = list(World(seed + 1000).readings(20 * times))[:times]
        found["add a page"] = _adding(record, pages)
    return found


def _times(question: Callable[[], object], times: int) -> dict[str, float]:
    taken = []
    for _ in range(times):
        start = time.process_time()
        question()
        taken.append(1000 * (time.process_time() - start))
    return _summary(taken)


def _adding(record: Record, pages: Iterable[Reading]) -> dict[str, float]:
    taken = []
    for page in pages:
        start = time.process_time()
        record.add(page)
        taken.append(1000 * (time.process_time() - start))
    return _summary(taken)


def _summary(taken: list[float]) -> dict[str, float]:
    taken.sort()
    return {
        "median_ms": round(median(taken), 1),
        "p95_ms": round(taken[int(0.95 * (len(taken) - 1))], 1),
        "max_ms": round(taken[-1], 1),
    }


if __name__ == "__main__":
    raise SystemExit(main())
