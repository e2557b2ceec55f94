"""Light or dark: a form, so that it works without scripts, and a cookie that keeps it."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dragoman.serve.templating import THEMES

YEAR = 31_536_000  # seconds


async def choose(request: Request) -> Response:
    """Keep the theme chosen and go back to where it was chosen."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    theme, back = form.get("theme", [""])[0], form.get("back", ["/"])[0]
    response = RedirectResponse(local(back), status_code=303)
    if theme in THEMES:
        response.set_cookie("dragoman_theme", theme, max_age=YEAR, httponly=True, samesite="strict")
    return response


def local(address: str) -> str:
    """`address` if it is a path on this server, else the first page."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() else "/"


routes: list[BaseRoute] = [Route("/looks", choose, methods=["POST"])]
