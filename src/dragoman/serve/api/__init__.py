"""The record over HTTP for programs: `/api/v1`, described by `/api/v1/openapi.json` and docs/api.md.

Door: `install(app)`. Lists are read a part at a time with cursors that stay right while the record grows, or whole as
NDJSON; every answer has an ETag; every error is problem+json. Any search is a feed too (`/feed.atom`, `/feed.json`).
"""

from __future__ import annotations

from fastapi import FastAPI

from dragoman.serve.api import coding, feeds, routes, schema
from dragoman.serve.api.streaming import Streams

__all__ = ["install"]


def install(app: FastAPI) -> None:
    """Give `app`, which has its `state.site`, the addresses of the API and the document that describes them."""
    app.state.streams = Streams(app.state.site)
    app.state.coder = coding.Coder()
    app.include_router(routes.router)
    app.include_router(coding.router)
    app.include_router(feeds.router)
    app.openapi = lambda: schema.document(app)  # type: ignore[method-assign]
