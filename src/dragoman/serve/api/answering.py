"""How the API answers: JSON with its version and ETag, lists that go on, whole results as NDJSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman import __version__
from dragoman.record import Record
from dragoman.record.listings import Part
from dragoman.serve import problems
from dragoman.serve.answers import Answer
from dragoman.serve.api import cursors
from dragoman.serve.api.asking import Listed
from dragoman.serve.api.streaming import STREAMS, Streamed, Streams
from dragoman.serve.site import Site

DEFAULT_ROWS = 50
STREAM_ROWS = 200  # read at a time for NDJSON
NDJSON = "application/x-ndjson"

Ask = Callable[[Record, int, str | None], Part[Any]]


def site_of(request: Request) -> Site:
    """What is being served."""
    site: Site = request.app.state.site
    return site


def one(
    request: Request, find: Callable[[Record], Mapping[str, Any] | Response], link: Callable[[], str | None] = str
) -> Response:
    """The answer to a question with one answer: what `find` gives, with the record's version; 304 where known. `link`
    tells afterwards where the answer goes on.
    """

    def found(record: Record) -> bytes | Response:
        value = find(record)
        return value if isinstance(value, Response) else dumped({**value, "version": record.version})

    return tagged(request, found, JSONResponse.media_type, link)


def tagged(
    request: Request, find: Callable[[Record], bytes | Response], media_type: str, link: Callable[[], str | None] = str
) -> Response:
    """What `find` gives of one state of the record, with its ETag; 304 where the asker has it already."""
    site = site_of(request)
    with site.answers.making(), site.reading() as record:
        version = record.version
        about = (str(request.url), _wants_lines(request), media_type)
        known = site.answers.find(about, version)
        if known:
            return known.response(request)
        headers = _headers(_tag(request, version), version)
        if _has(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        found = find(record)
        if isinstance(found, Response):
            return found
        if following := link():
            headers["Link"] = f'<{following}>; rel="next"'
        answer = Answer.of(Response(found, media_type=media_type, headers=headers), version)
        site.answers.keep(about, answer)
        return answer.response(request)


def many(request: Request, listed: Listed, ask: Ask) -> Response:
    """The answer to a question with many answers: a part of them and the address of the next, or all as NDJSON.

    `ask(record, limit, after)` gives a part of the list.
    """
    asked = cursors.question(request.query_params.multi_items())
    position = cursors.opened(listed.after, asked) if listed.after else None
    if _streamed(request, listed):
        return _stream(request, ask, position, listed.limit)
    limit = listed.limit or DEFAULT_ROWS

    following: str | None = None

    def find(record: Record) -> dict[str, Any]:
        nonlocal following
        part = ask(record, limit, position)
        following = _next(request, part.next_cursor, asked) if part.next_cursor is not None else None
        return {"data": [item.to_dict() for item in part.items], "next": following}

    return one(request, find, lambda: following)


def _next(request: Request, position: str, asked: list[tuple[str, str]]) -> str:
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != "after"]
    return f"{request.url.path}?{urlencode([*kept, ('after', cursors.sealed(position, asked))])}"


def _streamed(request: Request, listed: Listed) -> bool:
    return listed.format == "ndjson" or (
        listed.format is None and NDJSON in request.headers.get("accept", "").split(";")[0]
    )


def _stream(request: Request, ask: Ask, position: str | None, limit: int | None) -> Response:
    streams: Streams = request.app.state.streams
    if streams.crowded:
        detail = f"{STREAMS} long answers are under way; try again in a moment, or ask in parts."
        return problems.problem(503, "Too many long answers", detail, headers={"Retry-After": "5"})
    with streams.site.reading() as record:
        version = record.version
        tag = _tag(request, version)
        if _has(request, tag):
            return Response(status_code=304, headers=_headers(tag, version))

    def lines(record: Record) -> Iterator[bytes]:
        after, left = position, limit
        while left is None or left > 0:
            part = ask(record, STREAM_ROWS if left is None else min(left, STREAM_ROWS), after)
            yield b"".join(dumped(item.to_dict()) + b"\n" for item in part.items)
            left = None if left is None else left - len(part.items)
            after = part.next_cursor
            if after is None:
                return

    return Streamed(streams, lines, NDJSON, _headers(tag, version))


def _tag(request: Request, version: str) -> str:
    """A weak validator: it changes with the record, the software, the address and the kind of answer."""
    parts = (version, __version__, request.url.path, request.url.query, _wants_lines(request))
    return 'W/"' + hashlib.blake2b(repr(parts).encode(), digest_size=9).hexdigest() + '"'


def _wants_lines(request: Request) -> bool:
    return NDJSON in request.headers.get("accept", "")


def _has(request: Request, tag: str) -> bool:
    given = [t.strip() for t in request.headers.get("if-none-match", "").split(",")]
    return "*" in given or tag.removeprefix("W/") in (t.removeprefix("W/") for t in given)


def _headers(tag: str, version: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept", "X-Dragoman-Version": version}


def dumped(value: Any) -> bytes:
    """A value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
