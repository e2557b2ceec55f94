"""Running the server: one process, one socket, until it is told to stop."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from dragoman.serve.app import create_app

IDLE_SECONDS = 15  # a connection without requests is closed
CONNECTIONS = 256  # more at the same time are told to come back


def run(
    record: Path,
    *,
    host: str,
    port: int,
    token: str | None,
    read_only: bool,
    open_browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve `record` on `host`:`port` until interrupted; `say` gets the address to open.

    Raises ValueError for an address that needs a token, RecordError for a file that is no record, OSError where the
    port is taken.
    """
    app = create_app(record, read_only=read_only, token=token, host=host)
    with _listening(host, port) as listener:
        address = _address(host, listener.getsockname()[1], token)
        say(f"dragoman: {record} is served at {address} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=IDLE_SECONDS,
            limit_concurrency=CONNECTIONS,
            lifespan="on",
        )
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host.strip("[]"), port))
        listener.listen()  # now, so that a browser opened before the server is ready waits instead of failing
    except OSError as error:
        listener.close()
        raise OSError(f"{host} port {port} cannot be used ({error.strerror}); choose another with --port.") from error
    return listener


def _address(host: str, port: int, token: str | None) -> str:
    name = f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")
