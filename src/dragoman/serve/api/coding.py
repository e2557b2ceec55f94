"""Coding one posted page, in a process of its own that is kept warm and killed when a page costs too much.

Nothing is fetched: an address that comes with a page is kept as its name and no more.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import anyio
import anyio.to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dragoman.scale.peer import Channel, Peer, PeerDiedError
from dragoman.serve import problems
from dragoman.serve.api.answering import dumped
from dragoman.serve.api.answers import Posted, Reading
from dragoman.serve.api.asking import PREFIX

CHARACTERS = 300_000  # of a page
SECONDS = 30.0  # for one page
START_SECONDS = 120.0  # for loading the models, once
MEMORY = 3_000_000_000  # bytes; a process that holds more after a page is replaced
ATTEMPTS = 2  # a process killed from outside is no fault of the page
WAITING = 4  # pages waiting for the one being coded; more are told to come back

router = APIRouter(prefix=PREFIX)


class CodingError(Exception):
    """A page was not coded: `status` and `title` for the asker, the message for both."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.title = status, title


@dataclass(frozen=True, slots=True)
class Limits:
    """What one posted page may cost."""

    seconds: float = SECONDS
    characters: int = CHARACTERS


class Coder:
    """One process that codes pages one after the other, started with the first of them."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._peer: Peer | None = None
        self._one = threading.Lock()
        self._places = threading.Semaphore(1 + WAITING)

    def code(self, posted: Mapping[str, Any]) -> dict[str, Any]:
        """The reading of a page as `dragoman code --format jsonl` prints it. Raises CodingError."""
        if len(posted.get("text") or posted.get("html") or "") > self.limits.characters:
            raise CodingError(413, "Too large", f"A page to code may have {self.limits.characters:,} characters.")
        with self._place(), self._one:
            answer = self._answer(dict(posted))
        if isinstance(answer, str):
            raise CodingError(422, "Cannot be coded", answer)
        reading: dict[str, Any] = answer
        return reading

    def _answer(self, posted: dict[str, Any]) -> Any:
        """What the process says of a page; a process that was killed while it waited is replaced."""
        for _ in range(ATTEMPTS):
            peer = self._started()
            try:
                peer.send(posted)
                answer = peer.receive(self.limits.seconds)
            except TimeoutError as error:
                self._end()
                detail = f"Coding took more than {self.limits.seconds:g} s and was given up; send a shorter page."
                raise CodingError(504, "Took too long", detail) from error
            except PeerDiedError:
                self._end()
                continue
            if (peer.memory() or 0) > MEMORY:
                self._end()
            return answer
        detail = "The process that codes ended over this page (out of memory?); send a shorter page."
        raise CodingError(503, "Could not be coded", detail)

    def close(self) -> None:
        """End the process."""
        with self._one:
            self._end()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            detail = f"{WAITING + 1} pages are waiting to be coded; try again in a moment, or use `dragoman code`."
            raise CodingError(503, "Too many pages", detail)
        try:
            yield
        finally:
            self._places.release()

    def _started(self) -> Peer:
        if self._peer is None:
            self._peer = Peer(serve)
            try:
                self._peer.receive(START_SECONDS)
            except (TimeoutError, PeerDiedError) as error:
                self._end()
                raise CodingError(503, "Not ready", "The process that codes did not start; try again.") from error
        return self._peer

    def _end(self) -> None:
        if self._peer is not None:
            self._peer.kill()
            self._peer = None


def serve(channel: Channel) -> None:
    """What the coding process does: a reading, or a sentence saying why not, for every page."""
    import dragoman
    from dragoman.pages.containers import make_page
    from dragoman.shapes import reading_dict

    dragoman.code(make_page(b"Ready\n\nThe ministers met in Rabat.", "text"))  # loads what a page needs
    channel.send("ready")
    while True:
        posted = channel.receive()
        kind: Literal["html", "text"] = "html" if posted.get("html") else "text"
        try:
            page = make_page(
                posted[kind].encode(),
                kind,
                url=posted.get("url"),
                charset="utf-8",
                declared_date=posted.get("published"),
            )
            channel.send(reading_dict(dragoman.code(page)))
        except Exception as error:  # a page must never take the process down
            channel.send(f"The page could not be coded: {type(error).__name__}: {error}")


@router.post("/code", response_model=Reading, summary="Code a page")
async def code(request: Request, posted: Posted) -> Response:
    """Events and quotations of one posted page, each with the words it rests on. Nothing is kept, nothing fetched."""
    coder: Coder = request.app.state.coder
    given = posted.model_dump(exclude_unset=True)
    own = anyio.CapacityLimiter(1)  # a thread that waits here is not one of those that read the record
    try:
        found = await anyio.to_thread.run_sync(coder.code, given, limiter=own)
    except CodingError as error:
        headers = {"Retry-After": "10"} if error.status == 503 else None
        return problems.problem(error.status, error.title, str(error), headers=headers)
    return Response(dumped(found), media_type="application/json")
