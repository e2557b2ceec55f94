"""Who may ask, and how much: hosts, the token, posts from other sites, sizes, and what a browser may load.

The server fetches nothing by itself and renders no page's HTML, so what is left to guard is the record from other
web sites open in the same browser, and the machine from requests too large.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.serve.problems import refusal
from dragoman.serve.site import Limits

COOKIE = "dragoman_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """True when only this machine can reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask. `hosts`: names under which the server may be addressed, None for any (only with a token)."""

    token: str | None = None
    hosts: frozenset[str] | None = frozenset(LOOPBACK)

    @classmethod
    def of(cls, host: str, token: str | None) -> Access:
        """The access rules of a server bound to `host`. Raises ValueError where others could reach it unasked."""
        if is_loopback(host):
            return cls(token, frozenset((*LOOPBACK, host.strip("[]"))))
        if not token:
            raise ValueError(
                f"{host} can be reached from other machines; give a secret with --token, or stay on 127.0.0.1."
            )
        if len(token) < 16:
            raise ValueError("a token that guards the record from other machines has at least 16 characters.")
        return cls(token, None)


class Guard:
    """ASGI middleware that lets through what `Access` and `Limits` allow and sets the security headers."""

    def __init__(self, app: ASGIApp, access: Access, limits: Limits) -> None:
        self.app = app
        self.access = access
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        headers = Headers(scope=scope)
        refused = (
            self._host(headers) or self._size(scope, headers) or self._site(scope, headers)
        )  # fmt: skip
        if refused:
            await refusal(scope["path"], *refused)(scope, receive, secured)
            return
        entered = self._entering(scope, headers)
        if entered is not None:
            await _redirect(entered, self.access.token or "", secured)
            return
        if not self._known(headers):
            reason = "This record asks for its token: open the address that `dragoman serve` printed."
            await refusal(scope["path"], 401, "No token", reason)(scope, receive, secured)
            return
        await _Body(self.app, self.limits)(scope, receive, secured)

    def _host(self, headers: Headers) -> tuple[int, str, str] | None:
        name = _hostname(headers.get("host", ""))
        if self.access.hosts is not None and name not in self.access.hosts:
            return 421, "Unknown host", "This server answers only under the address it was started with."
        return None

    def _size(self, scope: Scope, headers: Headers) -> tuple[int, str, str] | None:
        if len(scope.get("query_string", b"")) > self.limits.query_bytes or len(scope.get("raw_path") or b"") > 2_000:
            return 414, "Address too long", f"An address may have {self.limits.query_bytes} bytes after its ?."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.limits.body_bytes:
            return 413, "Too large", f"A request may bring {self.limits.body_bytes:,} bytes."
        return None

    def _site(self, scope: Scope, headers: Headers) -> tuple[int, str, str] | None:
        """Refuses what another web site makes the reader's browser send. Programs send neither header."""
        if scope["method"] in SAFE:
            return None
        origin = headers.get("origin")
        foreign = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if foreign or (origin is not None and urlsplit(origin).netloc != headers.get("host", "")):
            return 403, "From another site", "Only this server's own pages may change the record."
        return None

    def _known(self, headers: Headers) -> bool:
        if self.access.token is None:
            return True
        given = headers.get("authorization", "").removeprefix("Bearer ").strip() or _cookie(headers)
        return hmac.compare_digest(given.encode(), self.access.token.encode())

    def _entering(self, scope: Scope, headers: Headers) -> str | None:
        """Where to go on for a reader who brings the right token in the address: there without it."""
        if self.access.token is None or scope["method"] != "GET" or b"token=" not in scope["query_string"]:
            return None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"))
        given = dict(pairs).get("token", "")
        if not hmac.compare_digest(given.encode(), self.access.token.encode()):
            return None
        rest = urlencode([(k, v) for k, v in pairs if k != "token"])
        path = "/" + str(scope["path"]).lstrip("/\\")
        return path + ("?" + rest if rest else "")


class _Body:
    """Counts the bytes of a request's body as they come, and gives them a time."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        total = 0
        started = ended = False
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.limits.body_seconds

        async def measured() -> Message:
            nonlocal total, ended
            if ended:
                return await receive()  # waiting for the reader to go away has no time limit
            message = await asyncio.wait_for(receive(), max(0.0, deadline - loop.time()))
            if message["type"] == "http.request":
                total += len(message.get("body", b""))
                ended = not message.get("more_body", False)
                if total > self.limits.body_bytes:
                    raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, measured, watched)
        except (_TooLarge, TimeoutError) as error:
            if started:
                raise
            status, what = (408, "Too slow") if isinstance(error, TimeoutError) else (413, "Too large")
            limits = f"{self.limits.body_bytes:,} bytes in {self.limits.body_seconds:g} seconds"
            await refusal(scope["path"], status, what, f"A request may bring {limits}.")(scope, receive, send)


class _TooLarge(Exception):  # noqa: N818 - never leaves this module
    pass


async def _redirect(to: str, token: str, send: Callable[[Message], Awaitable[None]]) -> None:
    cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"
    headers = [(b"location", to.encode("latin-1", "replace")), (b"set-cookie", cookie.encode("latin-1"))]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _hostname(host: str) -> str:
    try:
        return urlsplit("//" + host).hostname or ""
    except ValueError:
        return ""


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
