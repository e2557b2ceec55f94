"""The record as web pages and as an HTTP API, offline and on this machine.

Door: `create_app(record_path, ...) -> FastAPI`. `dragoman serve --record FILE` runs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.serve.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> object:
    if name == "create_app":  # FastAPI is loaded when somebody serves, not when somebody asks for --help
        from dragoman.serve.app import create_app

        return create_app
    raise AttributeError(name)
