"""The page templates: Jinja2, everything escaped, with the few filters that pages share."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from dragoman import __version__
from dragoman.actors.aliases import aliases
from dragoman.serve import figures, wording
from dragoman.serve.fragments import event_row

HERE = Path(__file__).parent
STATIC = HERE / "static"
THEMES = ("light", "dark")


@cache
def environment() -> Environment:
    """The Jinja2 environment; a name that a template misspells is an error, not an empty string."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters |= {
        "day": wording.day,
        "count": wording.count,
        "language": wording.language,
        "direction": wording.direction,
        "kind": wording.event_type,
        "country": wording.country,
        "party": wording.party,
        "segment": lambda value: quote(str(value), safe=""),
    }
    found.globals |= {
        "asset": asset,
        "version": __version__,
        "words": wording,
        "figures": figures,
        "event_row": event_row,
    }
    return found


def prepare() -> None:
    """Have templates and names ready before the first reader asks."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)
    wording.country("MAR")
    wording.definition("CONSULT")
    aliases("MAR")


@cache
def asset(name: str) -> str:
    """The address of a file in static/, with its digest, so that browsers may keep it for good."""
    digest = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"


def render(template: str, request: Request, **values: Any) -> str:
    """A template as text. `theme` comes from the reader's cookie; "" follows the system."""
    theme = request.cookies.get("dragoman_theme", "")
    chosen = theme if theme in THEMES else ""
    return (
        environment()
        .get_template(template)
        .render(theme=chosen, path=request.url.path, menu=request.app.state.menu, **values)
    )
