"""Running the server: one port, one process or several that share it, until it is told to stop."""

from __future__ import annotations

import gc
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Mapping
from multiprocessing import get_context, parent_process
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from dragoman.serve import templating
from dragoman.serve.app import create_app

IDLE_SECONDS = 15  # a connection without requests is closed
CONNECTIONS = 256  # more at the same time are told to come back
ENDING_SECONDS = 10  # for the other processes


def run(
    record: Path,
    *,
    host: str,
    port: int,
    token: str | None,
    read_only: bool,
    open_browser: bool,
    workers: int,
    say: Callable[[str], None],
) -> None:
    """Serve `record` on `host`:`port` with so many processes until interrupted; `say` gets the address to open.

    Raises ValueError for an address that needs a token, RecordError for a file that is no record, OSError where the
    port is taken.
    """
    settings: dict[str, Any] = {"record_path": record, "read_only": read_only, "token": token, "host": host}
    app = create_app(**settings, secret=(secret := secrets.token_bytes(32)))
    if workers > 1 and not hasattr(socket, "SO_REUSEPORT"):
        raise ValueError("this system cannot share a port between processes; leave --workers out.")
    with _listening(host, port, workers > 1) as listener:
        port = listener.getsockname()[1]
        address = _address(host, port, token)
        say(f"dragoman: {record} is served at {address} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)
        beside = [_process(settings | {"secret": secret}, port) for _ in range(workers - 1)]
        try:
            _serve(app, listener)
        finally:
            for process in beside:
                process.terminate()
            for process in beside:
                process.join(ENDING_SECONDS)


def _serve(app: FastAPI, listener: socket.socket) -> None:
    threading.Thread(target=_prepare, daemon=True).start()
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


def _prepare() -> None:
    """Load what every page needs, and spare it from being looked through by every full garbage collection, for which
    readers would wait a tenth of a second.
    """
    templating.prepare()
    gc.collect()
    gc.freeze()


def _process(settings: Mapping[str, Any], port: int) -> SpawnProcess:
    found = get_context("spawn").Process(target=_worker, args=(dict(settings), port), daemon=True)
    found.start()
    return found


def _worker(settings: Mapping[str, Any], port: int) -> None:
    """One more process at the same port, for as long as the first one lives."""
    threading.Thread(target=_outlive, daemon=True).start()
    with _listening(settings["host"], port, True) as listener:
        _serve(create_app(**settings), listener)


def _outlive() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        signal.raise_signal(signal.SIGTERM)


def _listening(host: str, port: int, shared: bool) -> socket.socket:
    """A socket that waits for readers; between those of one port that are `shared` the system deals them out."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host.strip("[]"), port))
        listener.listen()  # now, so that a browser opened before the server is ready waits instead of failing
    except OSError as error:
        listener.close()
        raise OSError(f"{host} port {port} cannot be used ({error.strerror}); choose another with --port.") from error
    return listener


def _address(host: str, port: int, token: str | None) -> str:
    name = f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")
