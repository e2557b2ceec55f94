"""Codes and merges growing corpora: time per page, memory per worker, and whether either grows with the size.

    python benchmarks/scale.py code --pages 500 1000 2000 --jobs 1       # made-up WARC files (benchmarks/corpus.py)
    python benchmarks/scale.py merge --pages 10000 50000 100000          # made-up readings (benchmarks/world.py)
    python benchmarks/scale.py engines --pages 60                        # the same bytes from every engine
    python benchmarks/scale.py workers --pages 1200                      # one worker and two, by the clock: needs quiet
    python benchmarks/scale.py languages --pages 100                     # per language, beside trafilatura and parser

One JSON line a size. Seconds are of the processor, but for `workers`; memory is the most that one process held.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import LANGUAGES, write
from corpus import pages as corpus_pages
from kill_engines import children
from world import World

ENGINES = ("local", "daft", "ray")
FILE = 5000  # pages in one file of the corpus
ON_A_PAGE = (1, 3)  # fewest and most accounts on a page of the made-up world


def children_cpu() -> float:
    """Processor's seconds of the child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def code(pages: int, jobs: int, engine: str, folder: Path) -> dict[str, Any]:
    """Code a corpus of so many pages; what it took."""
    from dragoman.scale import manifest
    from dragoman.scale.run import ingest_folder

    warcs = write(folder / "in", pages, max(2, pages // FILE))
    started, own = time.monotonic(), time.process_time()
    report = ingest_folder(warcs, folder / "out", engine=engine, jobs=jobs)
    cpu = report.seconds + time.process_time() - own
    done = list(manifest.all_of(folder / "out"))
    steps: dict[str, float] = {}
    for one in done:
        for step, seconds in one.seconds.items():
            steps[step] = steps.get(step, 0.0) + seconds
    return {
        "pages": report.pages, "coded": report.rows, "events": report.events, "left out": dict(report.skipped),
        "errors": dict(report.errors), "jobs": jobs, "engine": engine, "cpu_s": round(cpu, 1),
        "ms_a_page": round(1000 * cpu / pages, 1), "wall_s": round(time.monotonic() - started, 1),
        "steps_ms_a_page": {k: round(1000 * v / pages, 1) for k, v in sorted(steps.items())},
        "coder_mb": report.memory >> 20,
        "driver_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "warc_mb": round(sum(p.stat().st_size for p in warcs) / 1e6, 1),
        "parquet_mb": round(sum(m.bytes for m in done) / 1e6, 1),
    }  # fmt: skip


def digests(folder: Path) -> dict[str, str]:
    """Every finished file of a run with its digest."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "shards").iterdir())}


def engines(pages: int, folder: Path) -> dict[str, Any]:
    """Whether every engine, with one worker and with two, writes the same bytes; each in a process of its own."""
    warcs = write(folder / "in", pages, 4)
    found: dict[str, Any] = {}
    for engine in ENGINES:
        for jobs in (1, 2):
            out = folder / f"{engine}-{jobs}"
            command = [sys.executable, "-m", "dragoman", "ingest", *map(str, warcs), "--out", str(out)]
            done = subprocess.run(
                [*command, "--engine", engine, "--jobs", str(jobs)], capture_output=True, text=True, check=False
            )
            said = done.stderr.strip().splitlines()[-1:]
            found[f"{engine} {jobs}"] = digests(out) if done.returncode == 0 else f"exit {done.returncode}: {said}"
    made = [v for v in found.values() if isinstance(v, dict)]
    return {
        "pages": pages,
        "runs": len(made),
        "identical": len({json.dumps(v) for v in made}) == 1,
        "failed": {k: v for k, v in found.items() if not isinstance(v, dict)},
    }


def threads(process: int) -> int:
    """How many threads a process has (Linux); 0 where it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(status.partition("Threads:")[2].split()[0])


def workers(pages: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Whole runs with one worker and with two, in turn: how much sooner two are done, and what they cost more.

    More processor time a page with two than with one means that they wait for the same memory.
    """
    warcs = write(folder / "in", pages, 8)
    clock: dict[int, list[float]] = {1: [], 2: []}
    cpu: dict[int, list[float]] = {1: [], 2: []}
    most = 0
    for number in range(2 * rounds):
        jobs = 1 + number % 2
        out = folder / f"{number}"
        command = [sys.executable, "-m", "dragoman", "ingest", *map(str, warcs), "--out", str(out)]
        before, started = children_cpu(), time.monotonic()
        run = subprocess.Popen([*command, "--jobs", str(jobs)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while run.poll() is None:
            most = max([most, *map(threads, children(run.pid))])
            time.sleep(1.0)
        clock[jobs].append(time.monotonic() - started)
        cpu[jobs].append(children_cpu() - before)
    one, two = min(clock[1]), min(clock[2])
    return {
        "pages": pages, "wall_s": {k: [round(t, 1) for t in v] for k, v in clock.items()},
        "cpu_s": {k: [round(t, 1) for t in v] for k, v in cpu.items()}, "times_faster": round(one / two, 2),
        "pages_a_second": {1: round(pages / one, 1), 2: round(pages / two, 1)}, "threads of a process": most,
        "busy_with": round(float(Path("/proc/loadavg").read_text().split()[0]), 1),
    }  # fmt: skip


def languages(pages: int) -> dict[str, Any]:
    """Milliseconds a page by step for each language, beside trafilatura and the parser alone on the same pages."""
    return {language: _alone(language, pages) for language in LANGUAGES}


def _alone(language: str, pages: int) -> dict[str, Any]:
    import trafilatura

    from dragoman.coding.coder import code as coded
    from dragoman.coding.settings import Settings
    from dragoman.language import pipeline
    from dragoman.pages import Failure, open_pages, read
    from dragoman.scale.gate import Gate
    from dragoman.scale.schema import row

    texts = (text for _, text, _ in corpus_pages(8 * pages) if f'<html lang="{language}"' in text)
    with tempfile.TemporaryDirectory() as name:
        for number, text in enumerate(islice(texts, pages)):
            Path(name, f"{number:05d}.html").write_text(text, encoding="utf-8")
        found = [p for p in open_pages(sorted(Path(name).iterdir())) if not isinstance(p, Failure)]
    gate = Gate(Settings())
    spent = dict.fromkeys(("gate", "read", "code", "row", "trafilatura alone", "parser alone"), 0.0)
    words = events = 0
    for number, page in enumerate(found + found[:10]):
        marks = [time.process_time()]

        def lap(step: str, marks: list[float] = marks, counts: bool = number >= 10) -> None:
            marks.append(time.process_time())
            spent[step] += (marks[-1] - marks[-2]) * counts

        gate.skips(page)
        lap("gate")
        article = read(page)
        lap("read")
        reading = coded(article)
        lap("code")
        row(reading)
        lap("row")
        trafilatura.extract(page.text)
        lap("trafilatura alone")
        sentences = [s.text[a:b] for s in article.content for a, b in pipeline(language).sentences(s.text)]
        pipeline(language).analyse(sentences)
        lap("parser alone")
        if number >= 10:  # everything is loaded with the first pages
            words += sum(len(s.split()) for s in sentences)
            events += len(reading.events)
    whole = sum(spent[step] for step in ("gate", "read", "code", "row"))
    return {
        "pages": len(found), "words": words, "events": events, "pages_a_second": round(len(found) / whole, 1),
        "words_a_second": round(words / whole),
        "ms_a_page": {step: round(1e3 * seconds / len(found), 1) for step, seconds in spent.items()},
    }  # fmt: skip


def merge(pages: int, jobs: int, folder: Path) -> dict[str, Any]:
    """Merge made-up readings in the engine; what it took beside merging them in one process."""
    from dragoman.scale.executor import executor
    from dragoman.scale.merging import merge_folder

    made = time.process_time()
    mentions = _write_world(folder, pages)
    made = time.process_time() - made
    before, own = children_cpu(), time.process_time()
    with executor("local", jobs) as workers:
        report = merge_folder(folder, workers)
    driver = time.process_time() - own
    cpu = children_cpu() - before + driver
    return {
        "pages": report.pages, "mentions": report.mentions, "events": report.events, "families": report.families,
        "written": mentions, "jobs": jobs, "cpu_s": round(cpu, 1), "driver_cpu_s": round(driver, 1),
        "ms_a_page": round(1000 * cpu / report.pages, 2), "making_cpu_s": round(made, 1),
        "driver_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10,
    }  # fmt: skip


def _write_world(out: Path, pages: int) -> int:
    """Readings of a made-up world as finished shards; how many mentions they have."""
    import pyarrow
    from pyarrow import parquet

    from dragoman.scale.manifest import Manifest
    from dragoman.scale.run import prepare
    from dragoman.scale.schema import row, schema

    prepare(out)
    readings = islice(World(1, ON_A_PAGE).readings(pages * ON_A_PAGE[1]), pages)
    mentions = number = 0
    while rows := [row(r) for r in islice(readings, FILE)]:
        name = f"s{number:05d}"
        path = out / "shards" / f"{name}.parquet"
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema()), path, compression="zstd")
        events = sum(len(r["events"]) for r in rows)
        Manifest(name, name, 0, 0, "", "", path.name, "", 0, len(rows), len(rows), events, 0).write(out)
        mentions += events
        number += 1
    return mentions


def _apart(arguments: Sequence[str]) -> Iterator[str]:
    """The lines of this script run in a process of its own, so that one size's memory does not count for the next."""
    done = subprocess.run([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=False)
    yield from done.stdout.splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("code", "merge", "engines", "workers", "languages"))
    parser.add_argument("--pages", type=int, nargs="+", required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2, help="of `workers`")
    parser.add_argument("--engine", choices=ENGINES, default="local")
    options = parser.parse_args()
    if len(options.pages) > 1:
        for pages in options.pages:
            more = ["--pages", str(pages), "--jobs", str(options.jobs), "--engine", options.engine]
            for line in _apart([options.what, *more]):
                print(line, flush=True)
        return
    [pages] = options.pages
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.what == "code":
            report = code(pages, options.jobs, options.engine, folder)
        elif options.what == "merge":
            report = merge(pages, options.jobs, folder)
        elif options.what == "workers":
            report = workers(pages, options.rounds, folder)
        elif options.what == "languages":
            report = languages(pages)
        else:
            report = engines(pages, folder)
    print(json.dumps(report, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
