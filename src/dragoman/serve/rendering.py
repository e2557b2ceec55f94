"""One value, four renderings: every page is also its JSON, its table as CSV and, where there is a place, its GeoJSON.

A view function computes one `View` from an `Ask`; `page` gives it its addresses: `/events`, `/events.json`,
`/events.csv`, `/events.geojson`, and `/events.zip`, the table with its query, version and citation.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dragoman import __version__
from dragoman.record import Record
from dragoman.serve import downloads, templating
from dragoman.serve.answers import Answer
from dragoman.serve.site import Citation, Site
from dragoman.serve.state import State

Row = Mapping[str, Any]
More = Callable[[Record, str], tuple[Sequence[Row], str]]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, as a view sees it: the record to read, the state in the URL, the parts of the path."""

    record: Record
    state: State
    path: Mapping[str, str]
    query: QueryParams
    site: Site
    whole: bool = False  # asked as a file to take home, not as a page to look at


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one page shows.

    `value`: all of it as plain values, which is the JSON. `rows` (mappings with `columns`): its table, which is the
    CSV; `more(record, after)` gives the rows that follow from cursor `after` on, and the next cursor. `features`:
    GeoJSON features, none where the page has no places. These three are made when they are asked for, while the record
    is still being read. `show`: what only the template needs.
    """

    title: str
    value: Callable[[], Mapping[str, Any]]
    columns: Sequence[str] = ()
    rows: Callable[[], Sequence[Row]] = tuple
    after: str = ""
    more: More | None = None
    features: Callable[[], Sequence[Mapping[str, Any]]] = tuple
    show: Mapping[str, Any] = field(default_factory=dict)


def page(path: str, template: str, view: Callable[[Ask], View | Response], *, places: bool = False) -> list[Route]:
    """The routes of one page at `path` (for instance "/actors/{key}"), shown with `template`.html.

    The formats come first, since "/actors/{key}" would take "/actors/MAR.json" too. `places` adds `.geojson`.
    """
    formats = ["json", "csv", "zip", *(["geojson"] if places else [])]
    routes = [_route("/index" if path == "/" else path, f".{kind}", view, template, formats) for kind in formats]
    return [*routes, _route(path, "", view, template, formats)]


def _route(
    path: str, ending: str, view: Callable[[Ask], View | Response], template: str, formats: Sequence[str]
) -> Route:
    def endpoint(request: Request) -> Response:
        site: Site = request.app.state.site
        started = time.perf_counter()
        with site.answers.making(), site.reading() as record:
            version, about = record.version, _about(request)
            known = site.answers.find(about, version)
            if known:
                return known.response(request)
            tag = _tag(version, about)
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers={"ETag": tag})
            state = State.parse(request.query_params.multi_items())
            ask = Ask(record, state, request.path_params, request.query_params, site, bool(ending))
            found = view(ask)
            if isinstance(found, Response):
                return found
            response = _render(found, ask, request, ending, template, formats)
            response.headers["ETag"] = tag
            response.headers.setdefault("Cache-Control", "private, no-cache")
            if not isinstance(response, StreamingResponse):
                answer = Answer.of(response, version)
                site.answers.keep(about, answer)
                response = answer.response(request)
        response.headers["Server-Timing"] = f"page;dur={1000 * (time.perf_counter() - started):.1f}"
        return response

    return Route(path + ending, endpoint, methods=["GET", "HEAD"], name=template + ending)


def _about(request: Request) -> tuple[object, ...]:
    """What an answer depends on beside the record: the address and the looks."""
    cookies = tuple(sorted((k, v) for k, v in request.cookies.items() if k != "dragoman_token"))
    headers = tuple(request.headers.get(name, "") for name in ("hx-request", "hx-boosted"))
    return str(request.url), headers, cookies


def _tag(version: str, about: tuple[object, ...]) -> str:
    """Changes with the record, the address, the looks and the software."""
    return '"' + hashlib.blake2b(repr((version, __version__, about)).encode(), digest_size=9).hexdigest() + '"'


def _render(view: View, ask: Ask, request: Request, ending: str, template: str, formats: Sequence[str]) -> Response:
    path = request.url.path.removesuffix(ending) if ending else request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    citation = Citation(ask.site.path.name, ask.record.version, path + query)
    if ending == ".json":
        about = {"title": view.title, "query": ask.state.to_dict(), "citation": citation.to_dict()}
        return JSONResponse(about | dict(view.value()), headers=_headers(path, "json", citation))
    if ending == ".geojson":
        collection = {"type": "FeatureCollection", "citation": citation.to_dict(), "features": view.features()}
        return JSONResponse(collection, media_type="application/geo+json", headers=_headers(path, "geojson", citation))
    if ending == ".csv":
        lines = downloads.csv_lines(view.columns, _all_rows(view, view.rows(), ask.site))
        return StreamingResponse(
            lines, media_type="text/csv; charset=utf-8", headers=_headers(path, "csv", citation, attach=True)
        )
    if ending == ".zip":
        about = {"title": view.title, "query": ask.state.to_dict(), "citation": citation.to_dict()}
        name = _name(path)
        table = downloads.csv_lines(view.columns, _all_rows(view, view.rows(), ask.site))
        return StreamingResponse(
            downloads.archive(name, table, about, str(citation)),
            media_type="application/zip",
            headers=_headers(path, "zip", citation, attach=True),
        )
    stem = "/index" if path == "/" else quote(path)
    links = {kind: f"{stem}.{kind}{query}" for kind in formats}
    partial = request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"
    body = templating.render(
        f"{template}.html", request, view=view, state=ask.state, links=links, citation=citation,
        site=ask.site, partial=partial, here=path + query, **view.show,
    )  # fmt: skip
    return HTMLResponse(body, headers={"Vary": "HX-Request, Cookie"})


def _all_rows(view: View, first: Sequence[Row], site: Site) -> Iterator[Row]:
    """The first rows of a view and all that follow them, as far as a download goes. Runs in any thread."""
    left = site.limits.download_rows
    yield from first[:left]
    left -= len(first)
    after = view.after
    while view.more and after and left > 0:
        with site.reading() as record:
            rows, after = view.more(record, after)
        yield from rows[:left]
        left -= len(rows)


def _name(path: str) -> str:
    kept = "".join(c if c.isalnum() and c.isascii() else "-" for c in path.strip("/"))
    return "dragoman-" + (kept or "record")


def _headers(path: str, kind: str, citation: Citation, attach: bool = False) -> dict[str, str]:
    found = {
        "X-Dragoman-Version": citation.version,
        "Link": f'<{quote(citation.query, safe="/?&=%+")}>; rel="canonical"',
    }
    if attach:
        found["Content-Disposition"] = f'attachment; filename="{_name(path)}.{kind}"'
    return found


def routes(groups: Iterable[Sequence[Route]]) -> list[Route]:
    """Routes of several pages in one list."""
    return [route for group in groups for route in group]


def as_json(value: Any) -> str:
    """A value as JSON for a data attribute or a `<script type="application/json">`, safe inside HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
