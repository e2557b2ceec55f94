"""The application: one record, its pages and its API, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dragoman import __version__
from dragoman.record import Record, RecordError
from dragoman.serve import api, problems
from dragoman.serve.security import Access, Guard
from dragoman.serve.site import Limits, Site
from dragoman.serve.templating import STATIC

VIEWS = (  # modules of views/, each with `routes`
    *("home", "events", "event", "reader", "judging", "looks"),
    *("timeline", "map", "network", "actors", "pairs", "processes"),
    *("review", "quality"),
)
THREADS = 4  # pages made at the same time; each thread keeps one connection to the record
YEAR = 31_536_000  # seconds
MENU = {
    "/events": "Events",
    "/timeline": "Timeline",
    "/map": "Map",
    "/network": "Network",
    "/actors": "Actors",
    "/processes": "Processes",
    "/review": "Review",
    "/quality": "Data quality",
}


def create_app(
    record_path: str | Path,
    *,
    read_only: bool = False,
    token: str | None = None,
    host: str = "127.0.0.1",
    limits: Limits | None = None,
    secret: bytes | None = None,
) -> FastAPI:
    """The pages and the API of the record at `record_path`, for a server bound to `host`.

    `read_only` refuses judgements. `token` must come with every request (as `Authorization: Bearer`, or once as
    `?token=` in a browser); it is needed where `host` is more than this machine. Processes that serve one address
    together share a `secret`, so that a form from one is believed by the other. Raises ValueError where a token is
    needed, RecordError where the record cannot be opened.
    """
    access = Access.of(host, token)
    site = Site(record_path, read_only=read_only, limits=limits, secret=secret)
    with Record(site.path, readonly=read_only or not site.path.exists()):
        pass  # a file that is no record is refused now, not at the first page; an older one is brought up to date
    app = FastAPI(
        title="Dragoman",
        version=__version__,
        docs_url=None,  # FastAPI's own pages load their scripts from another host
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_lifespan,
    )
    app.state.site = site
    for name in VIEWS:
        routes: list[BaseRoute] = import_module(f"dragoman.serve.views.{name}").routes
        app.router.routes.extend(routes)
    known = {getattr(route, "path", "") for route in app.router.routes}
    app.state.menu = [(address, name) for address, name in MENU.items() if address in known]
    api.install(app)
    app.router.routes.append(Mount("/static", _Static(directory=STATIC), name="static"))
    app.add_exception_handler(RecordError, problems.on_record_error)
    app.add_exception_handler(problems.NotHere, problems.on_missing)
    app.add_exception_handler(404, problems.on_missing)
    app.add_exception_handler(HTTPException, problems.on_http_error)
    app.add_exception_handler(RequestValidationError, problems.on_invalid)
    app.add_exception_handler(Exception, problems.on_failure)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, access=access, limits=site.limits)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Few threads: SQLite gains nothing from more, and each holds a connection."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    app.state.coder.close()


class _Static(StaticFiles):
    """Files of static/; fonts and what has its digest in its address (`?v=`) may be kept for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        kept = (
            f"public, max-age={YEAR}, immutable"
            if b"v=" in scope["query_string"] or path.startswith("fonts/")
            else "no-cache"
        )
        response.headers["Cache-Control"] = kept
        return response
