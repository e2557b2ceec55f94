"""Whole answers, kept: the same address asked again of the same state of the record has the same answer.

While pages are being added the record has a new state several times a second, and readers that all look at the front
page would have it drawn for each of them anew. So while many ask at once, an answer may be `STALE_SECONDS` old; its
ETag and version say which state it tells of. A judgement shows at once, and so does everything while few ask.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

KEPT_BYTES = 48_000_000  # of all answers together
LARGEST = 1_000_000  # bytes of one that is kept
OF_BODY = ("content-type", "content-disposition")  # headers that a 304 has no use for
STALE_SECONDS = 5.0
MANY = 3  # answers being made at once
LEVEL, SMALLEST = 5, 1000  # of compression; bytes that are worth it


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its body as it is and compressed, its headers, and of which version of the record it tells."""

    version: str
    body: bytes
    packed: bytes
    headers: Mapping[str, str]
    made: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, response: Response, version: str) -> Answer:
        """What `response` says."""
        headers = {k: v for k, v in response.headers.items() if k.lower() not in ("content-length", "server-timing")}
        body = bytes(response.body)
        packed = gzip.compress(body, LEVEL, mtime=0) if len(body) >= SMALLEST else b""
        return cls(version, body, packed, headers)

    def response(self, request: Request) -> Response:
        """The answer as `request` can take it; 304 where it has it already."""
        given = request.headers.get("if-none-match", "")
        if given.strip() == "*" or self.headers["etag"].removeprefix("W/") in given:
            return Response(status_code=304, headers={k: v for k, v in self.headers.items() if k not in OF_BODY})
        packed = bool(self.packed) and "gzip" in request.headers.get("accept-encoding", "")
        found = Response(self.packed if packed else self.body, headers=dict(self.headers))
        if packed:
            found.headers["Content-Encoding"] = "gzip"
        found.headers.add_vary_header("Accept-Encoding")
        return found


class Answers:
    """The answers of one server process."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Answer] = {}
        self._bytes = 0
        self._making = 0
        self._lock = threading.Lock()

    @contextmanager
    def making(self) -> Iterator[None]:
        """While an answer is being looked for or made."""
        with self._lock:
            self._making += 1
        try:
            yield
        finally:
            with self._lock:
                self._making -= 1

    def find(self, key: Hashable, version: str) -> Answer | None:
        """The answer for a state of the record, or while many ask, for one that was true `STALE_SECONDS` ago."""
        known = self._kept.get(key)
        if known is None or known.version == version:
            return known
        fresh = self._making >= MANY and time.monotonic() - known.made < STALE_SECONDS
        return known if fresh and judged(known.version) == judged(version) else None

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; the oldest go when there are too many."""
        size = len(answer.body) + len(answer.packed)
        if size > LARGEST:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = answer
            self._bytes += size
            while self._bytes > KEPT_BYTES:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        old = self._kept.pop(key, None)
        if old:
            self._bytes -= len(old.body) + len(old.packed)


def judged(version: str) -> str:
    """The part of a record's version that judgements change."""
    return version.rpartition(".")[2]
