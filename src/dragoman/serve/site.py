"""What all requests share: where the record is, how it may be used, its connections and what it is cited as."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from dragoman import __version__
from dragoman.record import EventFilter, Record
from dragoman.record.answers import Period
from dragoman.record.geography import Places
from dragoman.record.network import Tie
from dragoman.record.rollups import tallied
from dragoman.serve.answers import Answers, judged

T = TypeVar("T")
READ_SECONDS = 10.0  # of the processor's time: a question that takes longer is given up
CACHE_MIB = 8  # SQLite page cache of one reading thread; the system's file cache does the rest
KEPT = 512  # answers kept in memory
KEPT_SECONDS = 15.0  # while the record grows, counts may be this old,
KEPT_TIMES = 200  # or so many times as old as they took to make: making them again takes half a percent of the time
BUSY_SECONDS = 20.0  # a judgement waits so long for an ingest's batch to end


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may ask for."""

    body_bytes: int = 2_000_000
    query_bytes: int = 8_000
    body_seconds: float = 30.0
    read_seconds: float = READ_SECONDS
    page_size: int = 500
    download_rows: int = 100_000
    features: int = 10_000  # events of a list looked through for those with a place


class Site:
    """A record being served. Reading goes through one read-only connection a thread, judging through a short-lived
    writer, one at a time. Processes that serve it together share a `secret`.
    """

    def __init__(
        self, path: str | Path, *, read_only: bool = False, limits: Limits | None = None, secret: bytes | None = None
    ) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self.limits = limits or Limits()
        self._local = _Local()
        self._judging = threading.Lock()
        self._kept: dict[Hashable, _Kept] = {}
        self._underway: dict[Hashable, threading.Lock] = {}
        self._keeping = threading.Lock()
        self.answers = Answers()
        self._secret = secret or secrets.token_bytes(32)

    @contextmanager
    def reading(self) -> Iterator[Record]:
        """The record as it stands now: everything asked inside sees one state of it, and has `limits.read_seconds`.

        Raises RecordError (RecordTooSlow when the time is up).
        """
        if self._local.record is None:
            self._local.record = Record(self.path, readonly=True, cache_mib=CACHE_MIB)
        with self._local.record.snapshot(seconds=self.limits.read_seconds) as record:
            yield record

    @contextmanager
    def judging(self) -> Iterator[Record]:
        """The record for writing a judgement."""
        with self._judging, Record(self.path, busy_seconds=BUSY_SECONDS) as record:
            yield record

    def kept(self, name: str, record: Record, compute: Callable[[Record], T], wanted: EventFilter | None = None) -> T:
        """What `compute` gives for the record as it stands (and `wanted`); while pages are being added an answer may be
        some time old (`KEPT_SECONDS`, `KEPT_TIMES`), a judgement shows at once.
        """
        version, key = record.version, (name, wanted)
        if (known := self._known(key, version)) is not None:
            return cast(T, known.value)
        with self._computing(key):  # who waited for the same finds it here
            if (known := self._known(key, version)) is not None:
                return cast(T, known.value)
            started, spent = time.monotonic(), time.thread_time()
            found = compute(record)
            lasts = max(KEPT_SECONDS, KEPT_TIMES * (time.thread_time() - spent))
            with self._keeping:
                while len(self._kept) >= KEPT:
                    self._kept.pop(next(iter(self._kept)))  # the oldest
                self._kept.pop(key, None)
                self._kept[key] = _Kept(version, started + lasts, found)
        return found

    def _known(self, key: Hashable, version: str) -> _Kept | None:
        known = self._kept.get(key)
        if known is None or known.version == version:
            return known
        return known if judged(known.version) == judged(version) and time.monotonic() < known.until else None

    @contextmanager
    def _computing(self, key: Hashable) -> Iterator[None]:
        """One thread at a time for one answer."""
        with self._keeping:
            lock = self._underway.setdefault(key, threading.Lock())
        with lock:
            try:
                yield
            finally:
                with self._keeping:
                    self._underway.pop(key, None)

    def months(self, record: Record, wanted: EventFilter) -> tuple[Period, ...]:
        """`record.timeline(wanted)`, kept: the chart of all times stands above every choice of dates."""
        return self.kept("months", record, lambda r: r.timeline(wanted), wanted)

    def places(self, record: Record, wanted: EventFilter, limit: int) -> Places:
        """`record.places(wanted)`, from all months in memory where they tell."""
        if months := tallied(wanted):
            return self.kept("place months", record, Record.place_months).places(months, limit)
        return self.kept(f"places {limit}", record, lambda r: r.places(wanted, limit=limit), wanted)

    def ties(self, record: Record, wanted: EventFilter, limit: int) -> tuple[Tie, ...]:
        """`record.ties(wanted)`, from all months in memory where they tell."""
        if months := tallied(wanted):
            return self.kept("pair months", record, Record.pair_months).ties(months, limit)
        return self.kept(f"ties {limit}", record, lambda r: r.ties(wanted, limit=limit), wanted)

    def guard(self, purpose: str = "judgement") -> str:
        """What a form must send back to be believed: unknown to other sites, valid while the server runs."""
        return hmac.new(self._secret, purpose.encode(), hashlib.sha256).hexdigest()[:32]

    def guarded(self, token: str, purpose: str = "judgement") -> bool:
        """True when `token` is this site's `guard`."""
        return hmac.compare_digest(token.encode(), self.guard(purpose).encode())


class _Local(threading.local):
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer for one version of the record, good enough until some time (of the monotonic clock)."""

    version: str
    until: float
    value: object


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite one view of one state of the record."""

    record: str
    version: str
    query: str
    software: str = field(default=f"Dragoman {__version__}")

    def __str__(self) -> str:
        return f"{self.record}, version {self.version}, view {self.query}. Coded with {self.software}."

    def to_dict(self) -> dict[str, str]:
        """As plain values."""
        return {
            "record": self.record, "version": self.version, "query": self.query, "software": self.software,
            "text": str(self),
        }  # fmt: skip
