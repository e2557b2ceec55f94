"""What went wrong, as problem+json (RFC 9457) for programs and as a page for people."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from dragoman.record import RecordBusy, RecordError, RecordTooSlow, UnknownEvent
from dragoman.serve import templating

_DATA = (".json", ".csv", ".geojson", ".zip")


class NotHere(LookupError):  # noqa: N818 - read as a sentence
    """There is no such page in the record; the message says what was looked for."""


def problem(status: int, title: str, detail: str) -> JSONResponse:
    """An error as problem+json."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


def refusal(status: int, title: str, detail: str) -> Response:
    """A refusal before any page is made: plain text, nothing of the request in it."""
    return Response(f"{title}. {detail}\n", status, media_type="text/plain")


def for_people(request: Request) -> bool:
    """True when a browser asks for a page, not a program for data."""
    path = request.url.path
    return not path.startswith("/api/") and not path.endswith(_DATA)


def answer(request: Request, status: int, title: str, detail: str) -> Response:
    """An error in the form that the asker reads."""
    if not for_people(request):
        return problem(status, title, detail)
    return HTMLResponse(templating.render("problem.html", request, status=status, title=title, detail=detail), status)


def on_record_error(request: Request, error: Exception) -> Response:
    """The answer to a RecordError, by its kind."""
    if isinstance(error, UnknownEvent):
        return answer(request, 404, "No such event", _said(request, error))
    if isinstance(error, RecordTooSlow):
        return answer(request, 503, "Too much to ask at once", "The answer took too long; narrow the filters.")
    if isinstance(error, RecordBusy):
        return answer(request, 503, "The record is busy", "Pages are being added just now; try again in a moment.")
    assert isinstance(error, RecordError)
    return answer(request, 400, "Cannot be answered", _said(request, error))


def on_missing(request: Request, error: Exception) -> Response:
    """The answer to NotHere and to unknown addresses."""
    detail = str(error) if isinstance(error, NotHere) else "There is no such address; the pages are in the menu."
    return answer(request, 404, "Not found", detail)


def _said(request: Request, error: Exception) -> str:
    """A record's sentence without where its file is on this machine."""
    path = request.app.state.site.path
    return str(error).replace(str(path), "this record").replace(str(path.resolve()), "this record")
