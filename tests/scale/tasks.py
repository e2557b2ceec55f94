"""Functions that executors run in the tests, and a driver that runs them: `python tasks.py ENGINE TASK FOLDER`.

A process of its own for every driver: Daft has one runner a process, and some drivers are killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

WORKERS = 2
_loaded: list[int] = []


def double(number: int) -> int:
    return 2 * number


def double_but_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is no number")
    return 2 * number


def deadly_three(number: int) -> int:
    """The item 3 takes its worker down, always."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def dies_once(number: int, folder: str) -> int:
    """The item 2 takes its worker down the first time."""
    mark = Path(folder) / "died"
    if number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def loads(number: int) -> tuple[int, int]:
    """(process, how often something dear was loaded in it)."""
    if not _loaded:
        _loaded.append(number)
    time.sleep(0.05)
    return os.getpid(), len(_loaded)


def sleeps(number: int, folder: str) -> int:
    """Says which process it is in and does not come back."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(600)
    return number


def main() -> None:
    from dragoman.scale.executor import executor

    engine, names, folder = sys.argv[1], sys.argv[2].split(","), sys.argv[3]
    with executor(engine, WORKERS) as workers:
        for name in names:
            work: Callable[[int], object] = globals()[name]
            if name in ("dies_once", "sleeps"):
                work = partial(work, folder=folder)
            outcomes = [[o.index, o.value, o.error] for o in workers.map(work, range(8))]
            print(json.dumps({name: outcomes}), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    import tasks

    tasks.main()
