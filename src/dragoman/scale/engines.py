"""Daft as the engine, on its own threads and processes or on a Ray cluster; only this module knows either.

Daft gives out the items and brings the results back. Its own files and checkpoints are not used: what a shard yields is
written by `process_shard`, which knows how to be killed.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from dragoman.scale.executor import ATTEMPTS, Outcome
from dragoman.scale.local import LocalExecutor
from dragoman.scale.peer import watch

T = TypeVar("T")
OBJECT_STORE = 100_000_000  # bytes that a Ray of our own may share between processes: our messages are small


class DaftExecutor:
    """Daft's native runner, or Daft on Ray: on the cluster that RAY_ADDRESS names, else on this machine.

    Daft has one runner a process: after a native executor no Ray one can be made, and the other way round. Raises
    ModuleNotFoundError, saying what to install.
    """

    def __init__(self, workers: int, *, ray: bool = False) -> None:
        self.name = "ray" if ray else "daft"
        self.workers = max(1, workers)
        self._ours = False
        os.environ.setdefault("DO_NOT_TRACK", "true")  # Daft reports its use otherwise
        os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
        try:
            import daft

            if ray:
                self._join_ray()
        except ImportError as error:
            raise ModuleNotFoundError(
                f"The engine {self.name!r} needs Daft: pip install 'dragoman[{self.name}]'."
            ) from error
        self._daft = daft
        if ray:
            daft.set_runner_ray(noop_if_initialized=True)
        else:
            daft.set_runner_native()

    def _join_ray(self) -> None:
        import ray

        if not ray.is_initialized():
            self._ours = "RAY_ADDRESS" not in os.environ
            os.environ.setdefault("RAY_worker_niceness", "0")  # at Ray's 15 a busy machine hardly lets workers start
            own: dict[str, Any] = {"num_cpus": self.workers, "object_store_memory": OBJECT_STORE} if self._ours else {}
            ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR, **own)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the Ray that was started here; one that was joined stays."""
        if self._ours:
            import ray

            ray.shutdown()
            self._ours = False

    def map(self, work: Callable[[T], object], items: Sequence[T]) -> Iterator[Outcome]:
        """See `Executor`. When a worker dies Daft gives up the whole query, so what is missing is asked for again.

        Which of the items under way killed it is not known: the last attempt of each is made alone.
        """
        left = {index: 0 for index in range(len(items))}
        while left:
            error = "Daft gave no answer"
            batch = [i for i in left if left[i] < ATTEMPTS - 1] or [next(iter(left))]
            try:
                for index, (value, failed) in self._query(work, {i: items[i] for i in batch}):
                    del left[index]
                    yield Outcome(index, value, failed)
            except Exception as problem:  # Daft's errors have no common base; a dead worker is one of them
                error = f"{type(problem).__name__}: {str(problem)[:300]}"
            for index in [i for i in batch if i in left][: self.workers]:  # items go out in order: these were under way
                left[index] += 1
                if left[index] >= ATTEMPTS:
                    del left[index]
                    yield Outcome(index, None, error)

    def _query(self, work: Callable[[T], object], items: dict[int, T]) -> Iterator[tuple[int, tuple[Any, str | None]]]:
        """Run one Daft query over the items; results as they come. Raises what Daft raises."""
        daft = self._daft
        workers = min(self.workers, len(items))
        driver = os.getpid() if self.name == "daft" else None  # Ray sees to its workers itself
        worker = daft.cls(_Worker, use_process=True, max_concurrency=workers)(pickle.dumps(work), driver)
        frame = daft.from_pydict({"index": list(items), "item": [pickle.dumps(item) for item in items.values()]})
        frame = frame.into_partitions(len(items)) if self.name == "ray" else frame.into_batches(1)
        frame = frame.select(frame["index"], worker(frame["item"]).alias("result"))
        with contextlib.closing(frame.iter_rows(results_buffer_size=workers)) as rows:
            for row in rows:
                yield row["index"], pickle.loads(row["result"])


class _Worker:
    """What Daft makes once in every worker process: one of our own workers, which may die without Daft's knowing.

    The death of one of Daft's costs it the query or, on Ray, minutes. `driver` is the process that this one, made by
    it, dies with.
    """

    def __init__(self, work: bytes, driver: int | None) -> None:
        if driver is not None:
            watch(driver)
        self._work = pickle.loads(work)
        self._inner = LocalExecutor(1)

    def __call__(self, item: bytes) -> bytes:
        [outcome] = self._inner.map(self._work, [pickle.loads(item)])
        return pickle.dumps((outcome.value, outcome.error))
