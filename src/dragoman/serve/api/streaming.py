"""Long answers, made while they are sent: one state of the record, a bounded memory, a bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dragoman.record import Record, RecordTooSlow
from dragoman.serve.site import CACHE_MIB, Site

STREAMS = 4  # at the same time; each holds a thread, a connection and one state of the record
SECONDS = 1800.0  # a stream may take; a reader slower than that asks for less at a time
_AHEAD = 1  # parts made before the reader has taken them

Lines = Callable[[Record], Iterator[bytes]]


class Streams:
    """The long answers under way from one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._limiter: anyio.CapacityLimiter | None = None

    @property
    def limiter(self) -> anyio.CapacityLimiter:
        """Holds a token for each; made in the server's event loop."""
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(STREAMS)
        return self._limiter

    @property
    def crowded(self) -> bool:
        """True when one more would have to wait."""
        return self._limiter is not None and self._limiter.available_tokens <= 0


class Streamed(Response):
    """An answer of what `lines(record)` yields, made in a thread of its own on one state of the record.

    Where the reader goes away the rest is not made. Where something fails, or takes longer than `SECONDS`, the
    connection breaks off, so that half a result is not taken for a whole one.
    """

    def __init__(self, streams: Streams, lines: Lines, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(None, media_type=media_type, headers=headers)
        del self.headers["content-length"]
        self._streams, self._lines = streams, lines
        self._failed: Exception | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts_in, parts_out = anyio.create_memory_object_stream[bytes](_AHEAD)
        async with anyio.create_task_group() as tasks, parts_out:
            tasks.start_soon(_gone, receive, tasks.cancel_scope)
            work = partial(self._produce, parts_in)
            tasks.start_soon(partial(anyio.to_thread.run_sync, work, limiter=self._streams.limiter))
            await self._send(parts_out, send)
            tasks.cancel_scope.cancel()
        if self._failed is not None:
            raise self._failed

    async def _send(self, parts: MemoryObjectReceiveStream[bytes], send: Send) -> None:
        started = False
        async for part in parts:
            if not started:  # what fails before the first row can still be answered as an error
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                started = True
            await send({"type": "http.response.body", "body": part, "more_body": True})
        if self._failed is None:
            if not started:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _produce(self, parts: MemoryObjectSendStream[bytes]) -> None:
        """Make the parts; runs in a thread."""
        deadline = time.monotonic() + SECONDS
        try:
            path = self._streams.site.path
            with Record(path, readonly=True, cache_mib=CACHE_MIB) as record, record.snapshot(SECONDS):
                for part in self._lines(record):
                    if time.monotonic() > deadline:
                        raise RecordTooSlow("The reader of a long answer took too long; ask for less at a time.")
                    anyio.from_thread.run(parts.send, part)
        except anyio.BrokenResourceError:
            pass  # the reader went away
        except Exception as error:  # raised again where the answer is sent, outside the group of tasks
            self._failed = error
        finally:
            anyio.from_thread.run_sync(parts.close)


async def _gone(receive: Receive, scope: anyio.CancelScope) -> None:
    """Cancel the answer when its reader has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
