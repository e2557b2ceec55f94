"""One contract for every engine: each item once, errors stay with their item, nothing outlives the driver."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import tasks

ENGINES = ["local", "daft", "ray"]
NEEDS = {"local": (), "daft": ("daft",), "ray": ("daft", "ray")}
CONTRACT = ("double", "double_but_three", "loads", "dies_once", "deadly_three")
Outcomes = dict[str, list[list[Any]]]


def missing(engine: str) -> list[str]:
    """The packages that an engine needs and this Python has not."""
    return [name for name in NEEDS[engine] if importlib.util.find_spec(name) is None]


def start(engine: str, names: str, folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    return subprocess.Popen(
        [sys.executable, tasks.__file__, engine, names, str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    if absent := missing(request.param):
        pytest.skip(f"{' and '.join(absent)} not installed")
    return str(request.param)


@pytest.fixture(scope="module")
def outcomes(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """What one driver got for every task of the contract."""
    driver = start(engine, ",".join(CONTRACT), tmp_path_factory.mktemp(engine))
    try:
        said, errors = driver.communicate(timeout=400)
    except subprocess.TimeoutExpired:
        driver.kill()
        raise
    assert driver.returncode == 0, errors[-3000:]
    found: Outcomes = {}
    for line in said.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    return found


def values(outcomes: list[list[Any]]) -> dict[int, Any]:
    return {index: value for index, value, error in outcomes if error is None}


def errors(outcomes: list[list[Any]]) -> dict[int, str]:
    return {index: error for index, _, error in outcomes if error is not None}


def test_every_item_once(outcomes: Outcomes) -> None:
    assert sorted(outcomes["double"]) == [[i, 2 * i, None] for i in range(8)]


def test_an_error_stays_with_its_item(outcomes: Outcomes) -> None:
    found = outcomes["double_but_three"]
    assert sorted(values(found)) == [0, 1, 2, 4, 5, 6, 7]
    assert errors(found) == {3: "ValueError: three is no number"}


def test_workers_keep_what_they_loaded(outcomes: Outcomes) -> None:
    found = values(outcomes["loads"])
    assert len(found) == 8
    assert len({process for process, _ in found.values()}) <= tasks.WORKERS
    assert {count for _, count in found.values()} == {1}


def test_a_killed_worker_is_replaced_and_its_item_done_again(outcomes: Outcomes) -> None:
    assert sorted(outcomes["dies_once"]) == [[i, 2 * i, None] for i in range(8)]


def test_an_item_that_always_kills_its_worker_is_given_up_and_the_rest_done(outcomes: Outcomes) -> None:
    found = outcomes["deadly_three"]
    assert list(errors(found)) == [3]
    assert sorted(values(found)) == [0, 1, 2, 4, 5, 6, 7]


def test_no_worker_outlives_a_killed_driver(engine: str, tmp_path: Path) -> None:
    driver = start(engine, "sleeps", tmp_path)
    assert eventually(lambda: len(list(tmp_path.iterdir())) == tasks.WORKERS, 90), "the workers did not start"
    workers = [int(p.name) for p in tmp_path.iterdir()]
    assert all(map(alive, workers))
    os.kill(driver.pid, signal.SIGKILL)
    driver.communicate()
    assert eventually(lambda: not any(map(alive, workers)), 30), f"{workers} live on"


def eventually(holds: Any, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False


def alive(process: int) -> bool:
    """Whether a process runs; one that is dead and not yet fetched does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_an_unknown_engine_is_refused() -> None:
    from dragoman.scale.executor import executor

    with pytest.raises(ValueError, match="local, daft, ray"):
        executor("spark", 1)
