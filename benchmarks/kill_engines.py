"""Kills random workers and the driver of `dragoman ingest --out` with signal 9; says what was lost, left or torn.

    python benchmarks/kill_engines.py --times 20 --engines local daft ray

Every second kill is the driver's, the others hit any process below it. After the last, the run is taken to its end and
compared with one that nobody disturbed. Exits with 1 if a file differs, cannot be read, or a process lives on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from corpus import write

PATIENCE = 600.0  # seconds to wait for a run
GONE = 120.0  # seconds in which what a killed driver leaves must have ended: on a busy machine a start takes as long


def children(process: int) -> list[int]:
    """All processes below a process (Linux)."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended just now
            continue
        if fields[0] != "Z":
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [process]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent to notice does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def start(warcs: list[Path], out: Path, engine: str) -> subprocess.Popen[bytes]:
    """Start an ingest of two workers."""
    command = [sys.executable, "-m", "dragoman", "ingest", *map(str, warcs), "--out", str(out)]
    with (out.parent / f"{out.name}.said").open("ab") as said:
        return subprocess.Popen([*command, "--engine", engine, "--jobs", "2"], stderr=said, stdout=said)


def digests(out: Path) -> dict[str, str]:
    """Every finished file with its digest."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((out / "shards").glob("*.parquet"))}


def torn(out: Path) -> list[str]:
    """Files that a reader of the folder would find and cannot read."""
    from pyarrow import parquet

    found = []
    for path in (out / "shards").glob("*.parquet"):
        try:
            parquet.read_table(path, columns=["sha256"])
        except (OSError, ValueError) as error:
            found.append(f"{path.name}: {error}")
    return found


def _await(out: Path, driver: subprocess.Popen[bytes], rng: random.Random) -> None:
    """Wait for a random moment: mostly soon after a shard was finished, sometimes while all is still loading."""
    held, early = len(digests(out)), rng.random() < 0.3
    deadline = time.monotonic() + (rng.uniform(1.0, 15.0) if early else PATIENCE / 4)
    while time.monotonic() < deadline and driver.poll() is None and (early or len(digests(out)) == held):
        time.sleep(0.05)
    time.sleep(rng.uniform(0.0, 2.0))


def disturb(warcs: list[Path], out: Path, engine: str, times: int, rng: random.Random) -> dict[str, Any]:
    """Run and kill until so many kills are done, then to the end."""
    orphans: list[int] = []
    broken: list[str] = []
    moments: list[int] = []
    longest = 0.0
    driver = start(warcs, out, engine)
    for kill in range(times):
        _await(out, driver, rng)
        if driver.poll() is not None:  # it was quicker than we: again from the start
            for path in (out / "manifests").glob("*"):
                path.unlink()
            driver = start(warcs, out, engine)
            time.sleep(rng.uniform(1.0, 15.0))
        below = children(driver.pid)
        if kill % 2 and below:
            os.kill(rng.choice(below), signal.SIGKILL)
        else:
            driver.kill()
            driver.wait()
            killed = time.monotonic()
            deadline = killed + GONE
            while time.monotonic() < deadline and any(map(alive, below)):
                time.sleep(0.1)
            orphans += [p for p in below if alive(p)]
            longest = max(longest, time.monotonic() - killed)
            driver = start(warcs, out, engine)
        broken += torn(out)
        moments.append(len(digests(out)))
    for _ in range(3):  # a killed engine may have given up: what is there stays, the next run goes on
        if driver.wait(PATIENCE) == 0:
            break
        driver = start(warcs, out, engine)
    return {
        "kills": times, "files after each": moments, "orphans": orphans,
        "gone after s": round(longest, 1), "torn": broken, "exit": driver.wait(PATIENCE),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--pages", type=int, default=240)
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--engines", nargs="+", default=["local", "daft", "ray"])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sound = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warcs = write(folder / "in", options.pages, options.files)
        if start(warcs, folder / "calm", "local").wait(PATIENCE):
            print((folder / "calm.said").read_text()[-2000:], file=sys.stderr)
            return 1
        calm = digests(folder / "calm")
        for engine in options.engines:
            out = folder / engine
            report = disturb(warcs, out, engine, options.times, random.Random(options.seed))
            report |= {"engine": engine, "files": len(calm), "identical": digests(out) == calm}
            report["left half-written"] = [p.name for p in out.rglob("*.part")]
            sound &= bool(report["identical"]) and not report["orphans"] and not report["torn"]
            print(json.dumps(report), flush=True)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
