"""kill -9 at any moment: nothing acknowledged is lost, the file is sound, and running it again finishes."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.coding.reading import Reading
from dragoman.record import Record

sys.path.insert(0, str(Path(__file__).parent))
from builder import meeting

KILLS = 50
PAGES = 140


def pages() -> Iterator[Reading]:
    for i in range(PAGES):
        yield meeting(1 + i % 28, f"outlet {i}", extra=f"Page {i} has its own words, number {i * 7}.")


def ingest(path: Path, acknowledged: Path) -> None:
    log = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with Record(path) as record:
        record.add_many(
            pages(),
            batch=3,
            acknowledged=lambda done: os.write(log, "".join(r.sha256 + "\n" for r in done).encode()) and None,
        )


def written(log: Path) -> int:
    """Lines in the log so far."""
    return log.read_text().count("\n") if log.exists() else 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_killed_fifty_times_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path, log = tmp_path / "r.db", tmp_path / "acknowledged"
    moments = random.Random(7)
    fork = multiprocessing.get_context("fork")
    grew = 0
    for _ in range(KILLS):
        child = fork.Process(target=ingest, args=(path, log))
        child.start()
        wanted, patience = written(log) + moments.randrange(4), time.monotonic() + 3
        while written(log) < wanted and child.is_alive() and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(moments.uniform(0.0, 0.03))
        child.kill()
        child.join()
        if not path.exists():
            continue
        lines = log.read_text().splitlines(keepends=True) if log.exists() else []
        with Record(path) as record:
            assert all(record.has(line.strip()) for line in lines if line.endswith("\n"))
            assert record.doctor() == []
            grew = max(grew, record.counts()["pages"])
    ingest(path, log)
    with Record(path) as record:
        assert record.counts()["pages"] == PAGES
        assert record.counts()["events"] == 28
        assert record.doctor() == []
    assert grew
