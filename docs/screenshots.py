"""Pictures of the web pages for the documentation, from the bundled sample pages only.

    python docs/screenshots.py            # writes docs/screenshots/*.webp

Every page at 1440 and 360 pixels, in light and dark, and the three clicks of docs/web.md. Needs playwright and a
Chromium (apt install chromium).
"""

from __future__ import annotations

import base64
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright

import dragoman
from dragoman.samples import sample_pages
from dragoman.serve import create_app

OUT = Path(__file__).parent / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SIZES = {1440: 900, 360: 740}
QUALITY = 72


def main() -> None:
    """Make every picture."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "demo.db") as (address, record):
        places = pages(record)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for width, height in SIZES.items():
                for theme in ("light", "dark"):
                    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                    page = context.new_page()
                    for name, path in places.items():
                        response = page.goto(address + path)
                        if response is not None and response.ok:
                            page.evaluate("document.fonts.ready.then(() => true)")
                            keep(page, f"{name}-{width}-{theme}")
                    context.close()
            clicks(browser.new_page(viewport={"width": 1100, "height": 620}), address)
            browser.close()


def pages(record: dragoman.record.Record) -> dict[str, str]:
    """Every kind of page by name."""
    told = record.events(order="sources", limit=1)[0].id
    arabic = next(p for p in record.pages() if p.file and p.file.endswith("ar-5-ribat.txt"))
    english = next(p for p in record.pages() if p.file and p.file.endswith("en-9-rabat.html"))
    return {
        "home": "/",
        "events": "/events?actor=SAU",
        "event": f"/events/{told}",
        "page-arabic": f"/pages/{arabic.id}",
        "page-english": f"/pages/{english.id}",
        "timeline": "/timeline",
        "map": "/map",
        "network": "/network",
        "actor": "/actors/SAU",
        "pair": "/pairs/IRN/SAU",
        "processes": "/processes",
        "review": "/review",
        "quality": "/quality",
    }


def clicks(page: Page, address: str) -> None:
    """What did Morocco and the United States sign in October 2020, and who says so?"""
    page.goto(address)
    keep(page, "click-1")
    page.locator(".parties").get_by_role("link", name="Morocco").click()
    page.wait_for_url("**/events?actor=MAR")
    keep(page, "click-2")
    page.locator(".facets").get_by_role("link", name="United States").click()
    page.wait_for_url("**actor=USA*")
    page.locator("h1", has_text="Morocco and United States").wait_for()
    keep(page, "click-3")
    page.get_by_role("link", name="Morocco, United States, 2 October 2020").click()
    page.wait_for_url("**/events/e*")
    page.set_viewport_size({"width": 1100, "height": 860})
    keep(page, "click-answer")


def keep(page: Page, name: str) -> None:
    """Write what the page shows as a small WebP picture."""
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    picture = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    (OUT / f"{name}.webp").write_bytes(base64.b64decode(picture["data"]))
    session.detach()


@contextmanager
def serving(path: Path) -> Iterator[tuple[str, Any]]:
    """The sample pages' record and the address at which it is served."""
    with dragoman.open_record(path) as record:
        record.ingest(sample_pages())
    with socket.socket() as listener, dragoman.open_record(path) as record:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(path), log_level="warning", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", record
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
