"""The one thing that is asked of an engine: run a function on every item, somewhere, and say what came of each.

What every executor promises (tests/scale/test_executors.py holds them all to it):
- every item gets exactly one `Outcome`, as it is done, in any order;
- an item that raises, or whose worker dies `ATTEMPTS` times, gets an outcome with an error; the others are done;
- a worker is one process that serves item after item, so what a function keeps in its module is made once a worker;
- when the driver is gone, even by signal 9, no worker lives on.

Functions, items and results travel pickled: functions are importable by name, or `functools.partial` of such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

T = TypeVar("T")
ENGINES = ("local", "daft", "ray")
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of `items[index]`: a value, or an error in words."""

    index: int
    value: Any = None
    error: str | None = None


class Executor(Protocol):
    """See the module's text. A context manager; leaving it ends all workers."""

    name: str
    workers: int

    def map(self, work: Callable[[T], object], items: Sequence[T]) -> Iterator[Outcome]:
        """Run `work` on every item."""
        ...

    def close(self) -> None:
        """End all workers."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def executor(engine: str, workers: int) -> Executor:
    """The executor called `engine`. Raises ValueError for no engine, ModuleNotFoundError saying what to install."""
    if engine == "local":
        from dragoman.scale.local import LocalExecutor

        return LocalExecutor(workers)
    if engine in ("daft", "ray"):
        from dragoman.scale.engines import DaftExecutor

        return DaftExecutor(workers, ray=engine == "ray")
    raise ValueError(f"no engine {engine!r}; there are: {', '.join(ENGINES)}")


def attempt(work: Callable[[T], object], item: T) -> tuple[Any, str | None]:
    """(value, error) of one item: an exception becomes words."""
    try:
        return work(item), None
    except Exception as error:  # an item must never take the others down
        return None, f"{type(error).__name__}: {error}"
