"""Worker processes on this machine. One that dies is replaced, and its item done again."""

from __future__ import annotations

import select
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self, TypeVar

from dragoman.scale.executor import ATTEMPTS, Outcome, attempt
from dragoman.scale.peer import Channel, Peer, PeerDiedError

T = TypeVar("T")


class LocalExecutor:
    """`workers` processes, started when first needed and kept from one `map` to the next."""

    name = "local"

    def __init__(self, workers: int) -> None:
        self.workers = max(1, workers)
        self._idle: list[Peer] = []
        self._busy: dict[Peer, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers; those in the middle of an item at once."""
        for peer in self._busy:
            peer.kill()
        for peer in self._idle:
            peer.close()
        self._busy.clear()
        self._idle.clear()

    def map(self, work: Callable[[T], object], items: Sequence[T]) -> Iterator[Outcome]:
        """See `Executor`."""
        waiting = deque(range(len(items)))
        attempts = [0] * len(items)
        try:
            while waiting or self._busy:
                while waiting and len(self._busy) < self.workers:
                    self._give(work, items, waiting.popleft(), waiting)
                for peer in select.select(list(self._busy), [], [])[0]:
                    index = self._busy.pop(peer)
                    try:
                        value, error = peer.receive()
                        self._idle.append(peer)
                    except PeerDiedError as death:
                        attempts[index] += 1
                        if attempts[index] < ATTEMPTS:
                            waiting.appendleft(index)
                            continue
                        value, error = None, f"{death}, {ATTEMPTS} times"
                    yield Outcome(index, value, error)
        finally:
            for peer in self._busy:  # whoever asked has stopped asking
                peer.kill()
            self._busy.clear()

    def _give(self, work: Callable[[T], object], items: Sequence[T], index: int, waiting: deque[int]) -> None:
        peer = self._idle.pop() if self._idle else Peer(_serve)
        try:
            peer.send((work, items[index]))
            self._busy[peer] = index
        except PeerDiedError:  # killed while it was idle: the item was never begun
            waiting.appendleft(index)


def _serve(channel: Channel) -> None:
    """What a worker does: (function, item) after (function, item)."""
    while True:
        work, item = channel.receive()
        channel.send(attempt(work, item))
