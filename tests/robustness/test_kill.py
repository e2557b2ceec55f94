"""Nothing that was acknowledged is lost: not by kill -9, not by Ctrl-C."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import Nursery, acknowledged, doctor, kill_once, wait_for, write_pages

PAGES = 60
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and POSIX signals")


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return write_pages(tmp_path_factory.getbasetemp() / "sixty", PAGES)


@pytest.fixture(scope="module")
def nursery(digests: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    base = tmp_path_factory.getbasetemp()
    with Nursery(base / "sixty", base / "said.txt") as nursery:
        yield nursery


def test_killed_again_and_again(nursery: Nursery, digests: dict[str, str], tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    rng = random.Random(4)
    for _ in range(3):
        kill = kill_once(nursery, record, rng, PAGES)
        assert not kill.finished
        assert not kill.lost
        assert not kill.problems
    nursery.ingest(record)
    assert nursery.exit_code() == 0, nursery.said.read_text()
    assert acknowledged(record) == set(digests)
    assert not list(doctor(record))


def test_interrupted(nursery: Nursery, digests: dict[str, str], tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    child = nursery.ingest(record)
    wait_for(record, 3)
    before = acknowledged(record)
    os.kill(child, signal.SIGINT)
    assert nursery.exit_code() == 130
    said = nursery.said.read_text()
    assert "interrupted" in said
    assert "Traceback" not in said
    assert before <= acknowledged(record) < set(digests)
    assert not list(doctor(record))
