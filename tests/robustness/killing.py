"""Ingesting in a process of its own that is killed at some moment, and what the record holds afterwards."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

# Loads everything once, then runs `dragoman ingest` in a forked process for every line that it is given. Every page is
# a transaction of its own, so that there are many moments between two of them.
NURSERY = """
import os, sys
import dragoman
import dragoman.record.store as store
from dragoman.cli import main
list(dragoman.code_pages([sys.argv[1]], jobs=1))
store.BATCH_SECONDS = 0.0
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        sys.argv = ["dragoman", "ingest", *line.rstrip("\\n").split("\\t")]
        try:
            main()
        except SystemExit as done:
            os._exit(done.code if isinstance(done.code, int) else 0)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
STATES = (
    "France",
    "Morocco",
    "Iran",
    "Egypt",
    "Turkey",
    "Russia",
    "Japan",
    "Spain",
    "Algeria",
    "Libya",
    "Jordan",
    "Iraq",
)
ACTS = (
    "The foreign minister of {a} met his counterpart from {b} in Geneva on Tuesday.",
    "{a} recalled its ambassador from {b} on Monday.",
    "{a} condemned {b} on Wednesday over the attack.",
    "{a} and {b} signed an agreement on fishing in Geneva on Thursday.",
)


def write_pages(folder: Path, count: int) -> dict[str, str]:
    """Write `count` short pages, each of its own; SHA-256 → file name."""
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for number in range(count):
        rng = random.Random(number)
        a, b = rng.sample(STATES, 2)
        acts = "\n\n".join(act.format(a=a, b=b) for act in rng.sample(ACTS, 2))
        text = f"{a} and {b} in the news, part {number}\n\n{number % 28 + 1} March 2021\n\n{acts}\n"
        path = folder / f"{number:04d}.txt"
        path.write_text(text, encoding="utf-8")
        digests[hashlib.sha256(path.read_bytes()).hexdigest()] = path.name
    return digests


class Nursery:
    """A process that has everything loaded and starts `dragoman ingest` in others; use it as a context manager."""

    def __init__(self, pages: Path, said: Path) -> None:
        """`pages` is a folder to ingest, `said` the file that keeps what the commands say on stderr."""
        self.pages, self.said = pages, said
        first = next(pages.iterdir())
        with said.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-c", NURSERY, str(first)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
        self._answer()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the ingesting process ended: {self.said.read_text()[-2000:]}")
        return line.strip()

    def ingest(self, record: Path) -> int:
        """Start ingesting; the number of the process."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{self.pages}\t--record\t{record}\t--jobs\t1\n")
        self._process.stdin.flush()
        return int(self._answer())

    def exit_code(self) -> int:
        """Wait for what was started; its exit code, minus the signal's number where one ended it."""
        return int(self._answer())


def acknowledged(record: Path) -> set[str]:
    """SHA-256 of the pages whose transaction is committed, as another process sees them; empty before there are any."""
    if not record.is_file():
        return set()
    try:
        with closing(sqlite3.connect(f"{record.as_uri()}?mode=ro", uri=True)) as db:
            return {row[0] for row in db.execute("SELECT sha256 FROM pages")}
    except sqlite3.OperationalError:  # the file is there, its tables are not yet
        return set()


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: pages acknowledged before it and those in the record after it, and what `doctor` says."""

    before: frozenset[str]
    after: frozenset[str]
    problems: tuple[str, ...]
    finished: bool

    @property
    def lost(self) -> frozenset[str]:
        """Acknowledged pages that are gone."""
        return self.before - self.after


def wait_for(record: Path, count: int, seconds: float = 120.0) -> None:
    """Return when the record holds `count` pages, or after so many seconds."""
    deadline = time.monotonic() + seconds
    while len(acknowledged(record)) < count and time.monotonic() < deadline:
        time.sleep(0.002)


def kill_once(nursery: Nursery, record: Path, rng: random.Random, total: int) -> Kill:
    """Ingest, kill -9 at a random moment (sometimes before the first page, mostly between two), look at the record."""
    held = len(acknowledged(record))
    child = nursery.ingest(record)
    if rng.random() < 0.85 and held < total:
        wait_for(record, held + rng.randint(1, max(1, (total - held) // 3)), 30.0)
    time.sleep(rng.uniform(0.0, 0.1))
    before = frozenset(acknowledged(record))
    os.kill(child, signal.SIGKILL)
    finished = nursery.exit_code() != -signal.SIGKILL
    return Kill(before, frozenset(acknowledged(record)), tuple(doctor(record)), finished)


def doctor(record: Path) -> Iterator[str]:
    """What `dragoman doctor` finds; nothing where there is no record yet."""
    from dragoman.record import Record

    if record.is_file():
        with Record(record) as store:
            yield from map(str, store.doctor())
