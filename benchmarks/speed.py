"""Time and memory of `dragoman code` on HTML pages, beside trafilatura alone on the same pages.

    python benchmarks/speed.py --pages FOLDER --count 200 --rounds 3
    python benchmarks/speed.py --pages FOLDER --profile        # where the time goes

FOLDER holds .html files, or .html.gz in the format of WCXB (FOLDER/html). Whole processes, one thread, runs alternate,
medians are given: start-up and loading count. Times are of the processor unless they say wall.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

TRAFILATURA = """
import pathlib, sys, trafilatura
for page in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    trafilatura.extract(page.read_bytes())
"""
STEPS = {
    "dragoman/pages/sources.py:open_pages": "open",
    "dragoman/pages/reader.py:read": "read",
    "dragoman/pages/html.py:label": "read: label",
    "dragoman/pages/extraction.py:_main_text": "read: trafilatura",
    "dragoman/pages/languages.py:page_languages": "read: languages",
    "dragoman/pages/published.py:publication_date": "read: publication date",
    "dragoman/coding/coder.py:code": "code",
    "dragoman/language/sentences.py:split": "code: sentences",
    "dragoman/actors/linking.py:link": "code: link",
    "dragoman/language/dates/expressions.py:find": "code: dates",
    "dragoman/language/parsing.py:analyse": "code: parse",
    "dragoman/coding/coder.py:_code_sentence": "code: frames and roles",
    "dragoman/coding/coder.py:_quotes": "code: quotations",
    "dragoman/coding/merging.py:merge_drafts": "code: merge drafts",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds by the clock, seconds of the processor, peak memory in MB."""

    wall: float
    cpu: float
    mb: float


def run(command: list[str], allowed: tuple[int, ...] = (0,)) -> Run:
    """Run a command with one thread; its cost. Raises RuntimeError with what it said where it fails."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said, Path(os.devnull).open("w") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=said, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        if process.returncode not in allowed:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)[:200]}: exit {process.returncode}: {said.read()[-1000:]!r}")
    return Run(
        wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    )


def pages_of(folder: Path, count: int) -> list[tuple[str, bytes]]:
    """Name and bytes of the first `count` pages of a folder, evenly spread over it."""
    found = sorted(folder.glob("html/*.html.gz")) or sorted(folder.glob("*.html*"))
    if not found:
        raise SystemExit(f"{folder}: no .html and no html/*.html.gz in it")
    step = max(1, len(found) // count)
    chosen = found[::step][:count]
    return [(p.name.removesuffix(".gz"), gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes())
            for p in chosen]  # fmt: skip


def middle(runs: Iterable[Run]) -> dict[str, float]:
    """Medians of the runs."""
    runs = list(runs)
    return {name: round(median(getattr(r, name) for r in runs), 2) for name in ("wall", "cpu", "mb")}


def compare(folder: Path, rounds: int) -> dict[str, Any]:
    """Alternating runs of dragoman and trafilatura over a folder, and of `dragoman --help`."""
    code = [sys.executable, "-m", "dragoman", "code", str(folder), "--jobs", "1", "--format", "jsonl"]
    alone = [sys.executable, "-c", TRAFILATURA, str(folder)]
    startup = [sys.executable, "-m", "dragoman", "--help"]
    empty = folder.with_name("one")
    empty.mkdir()
    (empty / "one.txt").write_text("Iran met Russia in Geneva.\n", encoding="utf-8")
    load = [*code[:4], str(empty), *code[5:]]
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    for _ in range(rounds):
        for name, command in (("dragoman", code), ("trafilatura", alone), ("help", startup), ("one page", load)):
            runs[name].append(run(command, (0, 1) if name == "dragoman" else (0,)))  # 1: some pages failed
    medians = {name: middle(found) for name, found in runs.items()}
    pages = sum(1 for _ in folder.iterdir())
    return {
        "pages": pages,
        "rounds": rounds,
        **medians,
        "cpu_ratio": round(medians["dragoman"]["cpu"] / medians["trafilatura"]["cpu"], 2),
        "ms_a_page_without_loading": round(1000 * (medians["dragoman"]["cpu"] - medians["one page"]["cpu"]) / pages, 1),
    }


def profiled(folder: Path, top: int) -> dict[str, Any]:
    """Shares of the steps and the functions with most time of their own, after everything is loaded."""
    import dragoman

    files = sorted(folder.iterdir())
    list(dragoman.code_pages(files[:5], jobs=1))
    profile = cProfile.Profile()
    started = time.process_time()
    profile.enable()
    with suppress(BrokenPipeError):
        for _ in dragoman.code_pages(files, jobs=1):
            pass
    profile.disable()
    spent = time.process_time() - started
    table: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(entry[2] for entry in table.values())
    steps: defaultdict[str, float] = defaultdict(float)
    own = []
    for (path, line, name), (_, calls, tottime, cumulative, _) in table.items():
        short = path[path.find("dragoman/") :] if "dragoman/" in path else "/".join(Path(path).parts[-2:])
        if (step := STEPS.get(f"{short}:{name}")) is not None:
            steps[step] = max(steps[step], cumulative)
        own.append((tottime, calls, f"{short}:{line} {name}"))
    own.sort(reverse=True)
    return {
        "pages": len(files),
        "cpu_seconds_profiled": round(spent, 1),
        "share_of_steps": {step: round(seconds / total, 3) for step, seconds in sorted(steps.items())},
        "own_time": [f"{seconds / total:6.1%} {calls:>9} {what}" for seconds, calls, what in own[:top]],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, required=True, help="a folder of HTML pages, or one in WCXB's format")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--top", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "pages"
        folder.mkdir()
        for file, raw in pages_of(options.pages, options.count):
            (folder / file).write_bytes(raw)
        report = profiled(folder, options.top) if options.profile else compare(folder, options.rounds)
    print(json.dumps(report, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
