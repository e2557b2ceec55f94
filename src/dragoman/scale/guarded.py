"""Coding in a process that can be killed: a page that costs too much time or memory is set aside, the rest goes on."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.coding.settings import Settings
from dragoman.pages import Failure
from dragoman.pages.article import Page
from dragoman.scale.filters import Filters
from dragoman.scale.peer import Channel, Peer, PeerDiedError

if TYPE_CHECKING:
    from dragoman.scale.gate import Gate

ATTEMPTS = 3  # a process killed from outside is no fault of the page
RECYCLE = 0.75  # of the memory a page may take: a process that holds more between two pages is replaced
_POLL = 0.05  # seconds between two looks at what a page costs
_PATIENCE = 20  # times the processor's time by the clock, before a page that does not even compute is given up


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What one page may cost: seconds of the processor, and bytes of memory of the whole coding process."""

    seconds: float = 120.0
    memory: int = 2_500_000_000


@dataclass(frozen=True, slots=True)
class Coded:
    """A page's row, or the filter that left it out once it was read; `numbers` are seconds by step."""

    row: dict[str, Any] | None
    skipped: str | None
    seconds: dict[str, float]


class Coder:
    """A process with the models loaded that codes page after page. Use it as a context manager, or `close` it."""

    def __init__(self, settings: Settings, filters: Filters, limits: PageLimits | None = None) -> None:
        self._order = (settings, filters, (limits or PageLimits()).memory)
        self._limits = limits or PageLimits()
        self._peer: Peer | None = None
        self._spent = 0.0  # processor's seconds of processes that are gone
        self.peak = 0  # most bytes of memory seen

    def __enter__(self) -> Coder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._peer is not None:
            self._note(self._peer)
            self._spent += self._peer.cpu_seconds() or 0.0
            self._peer.close(0.5)
            self._peer = None

    @property
    def spent(self) -> float:
        """Seconds of the processor that coding took so far, 0 where the system does not say."""
        return self._spent + ((self._peer.cpu_seconds() or 0.0) if self._peer else 0.0)

    def code(self, page: Page) -> Coded | Failure:
        """A page's row; a Failure where it could not be read, coded or kept, or cost too much."""
        reason = ""
        for _ in range(ATTEMPTS):
            peer = self._started()
            try:
                peer.send(page)
                answer = self._awaited(peer)
            except PeerDiedError as death:
                self._peer = None
                reason = str(death)
                continue
            except TimeoutError as reason_given:
                self._drop()
                return _failure(page, str(reason_given))
            self._note(peer)
            if (peer.memory() or 0) > RECYCLE * self._limits.memory:
                self._drop()
            return answer if isinstance(answer, Coded) else _failure(page, str(answer))
        return _failure(page, f"{reason}, {ATTEMPTS} times; it was set aside")

    def _started(self) -> Peer:
        if self._peer is None:
            peer = Peer(serve)
            try:
                peer.send(self._order)
                peer.receive()
            except PeerDiedError as death:
                peer.kill()
                raise RuntimeError(f"the coding process cannot start: {death}; see what it said on stderr") from death
            self._peer = peer
        return self._peer

    def _drop(self) -> None:
        if self._peer is not None:
            self._spent += self._peer.cpu_seconds() or 0.0
            self._peer.kill()
            self._peer = None

    def _note(self, peer: Peer) -> None:
        self.peak = max(self.peak, peer.memory() or 0)

    def _awaited(self, peer: Peer) -> Any:
        """The peer's answer. Raises TimeoutError with a sentence where the page costs too much, PeerDiedError."""
        before, started = peer.cpu_seconds(), time.monotonic()
        while True:
            try:
                return peer.receive(_POLL)
            except TimeoutError:
                pass
            now, memory = peer.cpu_seconds(), peer.memory() or 0
            self.peak = max(self.peak, memory)
            elapsed = time.monotonic() - started
            used = elapsed if now is None or before is None else now - before
            if used > self._limits.seconds:
                raise TimeoutError(f"took more than {self._limits.seconds:g} s of processor time and was set aside")
            if elapsed > self._limits.seconds * _PATIENCE:
                raise TimeoutError(f"did not finish in {elapsed:.0f} s by the clock and was set aside")
            if memory > self._limits.memory:
                raise TimeoutError(f"took more than {self._limits.memory >> 20} MB of memory and was set aside")


def _failure(page: Page, message: str) -> Failure:
    return Failure(page.file or page.url or "-", page.url, message)


def serve(channel: Channel) -> None:
    """What the coding process does: settings first, then a row for every page. Nothing a page does ends it."""
    from dragoman.scale.gate import Gate

    settings, filters, memory = channel.receive()
    _bound(memory)
    gate = Gate(settings, filters.languages) if filters.gate else None
    channel.send("ready")
    while True:
        page: Page = channel.receive()
        try:
            answer = _answer(page, settings, filters, gate)
        except Exception as error:  # a page must never take the others down
            answer = f"could not be kept: {type(error).__name__}: {error}"
        channel.send(answer)


def _answer(page: Page, settings: Settings, filters: Filters, gate: Gate | None) -> Coded | str:
    """A page's row, or what went wrong in words."""
    from dragoman.scale.pool import code_article, read_one
    from dragoman.scale.schema import row

    clock = _Clock()
    why = gate.skips(page) if gate else None
    clock.lap("gate")
    if why:
        return Coded(None, why, clock.laps)
    article = read_one(page)
    clock.lap("read")
    if isinstance(article, Failure):
        return article.message
    if why := filters.skips_article(article):
        return Coded(None, why, clock.laps)
    reading = code_article(article, settings)
    clock.lap("code")
    if isinstance(reading, Failure):
        return reading.message
    made = row(reading)
    clock.lap("row")
    return Coded(made, None, clock.laps)


class _Clock:
    """The processor's seconds of each step."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.laps[name], self._last = now - self._last, now


def _bound(memory: int) -> None:
    """A ceiling for what the process may ask for, above that which the other side watches: a page that asks for all at
    once gets a MemoryError."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = 3 * memory if hard == resource.RLIM_INFINITY else min(3 * memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
