"""The sample record behind a server, for programs (`client`), for browsers (`address`, `browser`)."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dragoman.record import Record

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-unsafe-swiftshader"  # the last: WebGL without a GPU
).split()


@pytest.fixture(scope="module")
def demo(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the sample pages that a test may judge in."""
    copy = tmp_path_factory.mktemp("serve") / "demo.db"
    shutil.copy(samples / "samples.db", copy)
    return copy


@pytest.fixture
def record(demo: Path) -> Iterator[Record]:
    """The record behind `client` and `address`, for looking."""
    with Record(demo, readonly=True) as found:
        yield found


@pytest.fixture(scope="module")
def client(demo: Path) -> Iterator[TestClient]:
    """Asks the server as a program on this machine does."""
    from fastapi.testclient import TestClient

    from dragoman.serve import create_app

    with TestClient(create_app(demo), base_url="http://localhost", follow_redirects=False) as found:
        yield found


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """The server's address on this machine."""
    import uvicorn

    from dragoman.serve import create_app

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(demo), log_level="warning", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        assert server.started, "the server did not start within 30 seconds"
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium driven by Playwright; tests that need one are skipped where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install dragoman[dev]")
    path = next((p for p in CHROMIUM if Path(p).exists()), None)
    if path is None:
        pytest.skip("needs a Chromium: apt install chromium")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page in a context of its own (`width`, `scripts`, `dark`); any console error fails the test."""
    contexts = []
    errors: list[str] = []

    def opened(path: str, *, width: int = 1440, scripts: bool = True, dark: bool = False) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("request", lambda r: errors.append(r.url) if not r.url.startswith((address, "data:")) else None)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
