"""Codes thousands of bad pages and a few enormous ones; says what broke, how long each took and how much memory.

    python benchmarks/fuzz.py --pages 10000          # small pages, in this process
    python benchmarks/fuzz.py --enormous             # each in a process of its own
    python benchmarks/fuzz.py --one NAME             # one of those, as JSON

Exits with 1 if anything broke. One process, one thread; about a minute a thousand pages.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "robustness"))

from checking import problems
from mangled import ENORMOUS, mangled

import dragoman


def megabytes() -> int:
    """Peak memory of this process in MB; not the peak of the one that started it, which Linux hands down."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))[1]) >> 10  # type: ignore[index]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def small(count: int, seed: int) -> dict[str, Any]:
    """Code `count` small pages; what broke, and the CPU seconds of the slowest page and of each kind's mean."""
    spent: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    broken: list[str] = []
    readings = failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in mangled(seed, count):
            path = Path(folder) / name
            path.write_bytes(raw)
            started = time.process_time()
            items = list(dragoman.code_pages([path], jobs=1))
            spent[name[7:].partition(".")[0]].append((time.process_time() - started, name))
            path.unlink()
            broken += [f"{name}: {p}" for item in items for p in problems(item)]
            if not items:
                broken.append(f"{name}: neither a reading nor a failure")
            failed = sum(isinstance(item, dragoman_failure()) for item in items)
            failures += failed
            readings += len(items) - failed
    slowest = sorted((max(times) for times in spent.values()), reverse=True)[:5]
    return {
        "pages": count,
        "readings": readings,
        "failures": failures,
        "broken": broken[:200],
        "broken_count": len(broken),
        "mb": megabytes(),
        "cpu_seconds": round(sum(s for times in spent.values() for s, _ in times), 1),
        "slowest": [f"{seconds:.2f} s {name}" for seconds, name in slowest],
    }


def dragoman_failure() -> type:
    """The Failure class, imported late so that `--help` is quick."""
    from dragoman.pages import Failure

    return Failure


def one(name: str) -> dict[str, Any]:
    """Code one enormous page; seconds, peak memory in MB, problems, what came out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(ENORMOUS[name]())
        before = megabytes()
        started = time.process_time()
        items = list(dragoman.code_pages([path], jobs=1))
        spent = time.process_time() - started
    failure = dragoman_failure()
    return {
        "name": name,
        "cpu_seconds": round(spent, 1),
        "mb": megabytes(),
        "mb_before": before,
        "problems": [p for item in items for p in problems(item)] or ([] if items else ["nothing came out"]),
        "failures": [str(i)[-160:] for i in items if isinstance(i, failure)],
        "readings": [
            [len(i.article.segments), len(i.events), len(i.quotes), *i.article.errors, *i.errors]
            for i in items
            if not isinstance(i, failure)
        ],
    }


def enormous() -> bool:
    """Each enormous page in a process of its own, a JSON line each; whether all went well."""
    sound = True
    for name in ENORMOUS:
        try:
            done = subprocess.run(
                [sys.executable, __file__, "--one", name], capture_output=True, text=True, timeout=600, check=False
            )
            print(done.stdout.strip() or f"{name}: exit {done.returncode}: {done.stderr[-400:]}", flush=True)
            sound &= done.returncode == 0 and not json.loads(done.stdout)["problems"]
        except subprocess.TimeoutExpired:
            print(f"{name}: not done after ten minutes", flush=True)
            sound = False
    return sound


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=0, help="how many small pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--enormous", action="store_true")
    parser.add_argument("--one", choices=list(ENORMOUS))
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one), ensure_ascii=False))
        return 0
    sound = True
    if options.pages:
        report = small(options.pages, options.seed)
        print(json.dumps(report, ensure_ascii=False, indent=1))
        sound = not report["broken"]
    if options.enormous:
        sound &= enormous()
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
