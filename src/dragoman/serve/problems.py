"""What went wrong, as problem+json (RFC 9457) for programs and as a page for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from dragoman.record import FilterError, RecordBusy, RecordError, RecordTooSlow, UnknownEvent
from dragoman.serve import templating

_DATA = (".json", ".csv", ".geojson", ".zip", ".atom")
_MEDIA_TYPE = "application/problem+json"


class NotHere(LookupError):  # noqa: N818 - read as a sentence
    """There is no such page in the record; the message says what was looked for. `links` are (address, name) of what
    may have been meant.
    """

    def __init__(self, message: str, links: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.links = tuple(links)


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error as problem+json; `errors` name each part of a question that cannot be (`field`, `detail`)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    more = {"errors": list(errors)} if errors else {}
    return JSONResponse(body | more, status, media_type=_MEDIA_TYPE, headers=headers)


def refusal(path: str, status: int, title: str, detail: str) -> Response:
    """A refusal before any answer is made, with nothing of the request in it: problem+json or plain text."""
    if _of_data(path):
        return problem(status, title, detail)
    return Response(f"{title}. {detail}\n", status, media_type="text/plain")


def for_people(request: Request) -> bool:
    """True when a browser asks for a page, not a program for data."""
    return not _of_data(request.url.path)


def _of_data(path: str) -> bool:
    return path.startswith("/api/") or path.endswith(_DATA)


def answer(request: Request, status: int, title: str, detail: str, links: Sequence[tuple[str, str]] = ()) -> Response:
    """An error in the form that the asker reads; `links` (address, name) are ways on from here."""
    if not for_people(request):
        return problem(status, title, detail)
    body = templating.render("problem.html", request, status=status, title=title, detail=detail, links_on=links)
    return HTMLResponse(body, status)


def on_record_error(request: Request, error: Exception) -> Response:
    """The answer to a RecordError, by its kind."""
    if isinstance(error, UnknownEvent):
        return answer(request, 404, "No such event", _said(request, error))
    if isinstance(error, RecordTooSlow):
        return answer(request, 503, "Too much to ask at once", "The answer took too long; narrow the filters.")
    if isinstance(error, RecordBusy):
        return answer(request, 503, "The record is busy", "Pages are being added just now; try again in a moment.")
    if isinstance(error, FilterError) and not for_people(request):
        said = _said(request, error)
        return problem(422, "Cannot be asked", said, errors=[{"field": error.field, "detail": said}])
    assert isinstance(error, RecordError)
    return answer(request, 400, "Cannot be answered", _said(request, error))


def on_missing(request: Request, error: Exception) -> Response:
    """The answer to NotHere and to unknown addresses."""
    detail = str(error) if isinstance(error, NotHere) else "There is no such address; the pages are in the menu."
    return answer(request, 404, "Not found", detail, error.links if isinstance(error, NotHere) else ())


def on_invalid(request: Request, error: Exception) -> Response:
    """The answer to parameters or a body that are not what the address takes."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {"field": ".".join(str(part) for part in e["loc"][1:]) or str(e["loc"][0]), "detail": str(e["msg"])}
        for e in error.errors()
    ]
    return problem(422, "Cannot be asked", "; ".join(f"{e['field']}: {e['detail']}" for e in errors), errors=errors)


def on_http_error(request: Request, error: Exception) -> Response:
    """The answer to what the routing refuses, such as a wrong method (405)."""
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = str(error.detail) if error.detail != title else f"{request.method} cannot be done here."
    response = answer(request, error.status_code, title, detail)
    response.headers.update(error.headers or {})
    return response


def on_failure(request: Request, error: Exception) -> Response:
    """The answer when the software itself is at fault; what went wrong is on the server's stderr."""
    return answer(request, 500, "A fault in Dragoman", "The answer failed; the server's terminal says why.")


def _said(request: Request, error: Exception) -> str:
    """A record's sentence without where its file is on this machine."""
    path = request.app.state.site.path
    return str(error).replace(str(path), "this record").replace(str(path.resolve()), "this record")
