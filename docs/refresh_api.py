"""Writes what the API says about itself, from the record of the sample pages: docs/openapi.json and its examples.

    python docs/refresh_api.py

docs/api.md is written by hand; tests/serve/test_api_docs.py asks every address in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
SHORT = 3  # items of a list that an example shows
TEXT = 300  # characters of a segment that an example shows


def examples(client: Any) -> dict[str, Any]:
    """Real answers by path of the OpenAPI document."""

    def get(address: str) -> Any:
        return client.get("/api/v1" + address).raise_for_status().json()

    event = get("/events?actor=SAU&actor=IRN&order=sources&limit=1")["data"][0]["id"]
    person = get("/actors?kind=person&limit=1")["data"][0]["key"]
    page = get(f"/events/{event}")["mentions"][0]["page"]["sha256"]
    asked = {
        "/events": "/events?actor=SAU&actor=IRN&limit=2",
        "/events/{id}": f"/events/{event}",
        "/mentions": f"/mentions?event={event}&limit=2",
        "/actors": "/actors?limit=3",
        "/actors/{id}": f"/actors/{quote(person)}",
        "/pages": "/pages?language=ar&limit=2",
        "/pages/{sha256}": f"/pages/{page}",
        "/quotes": "/quotes?direct=true&limit=2",
        "/series": "/series?actor=SAU&actor=IRN&by=year",
        "/search": "/search?q=embassy&limit=2",
    }
    return {f"/api/v1{path}": _shortened(get(address)) for path, address in asked.items()}


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shortened(v) for name, v in value.items()}
    if isinstance(value, list):
        return [_shortened(v) for v in value[:SHORT]]
    return value if not isinstance(value, str) or len(value) <= TEXT else value[:TEXT] + "…"


def main() -> None:
    """Write both files."""
    from fastapi.testclient import TestClient

    sys.path.insert(0, str(ROOT / "docs"))
    from refresh import prepare

    from dragoman.serve import create_app

    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        record = Path(folder) / "samples.db"
        with TestClient(create_app(record), base_url="http://localhost") as client:
            _write(ROOT / "src" / "dragoman" / "serve" / "api" / "examples.json", examples(client))
        with TestClient(create_app(record), base_url="http://localhost") as client:
            _write(ROOT / "docs" / "openapi.json", client.get("/api/v1/openapi.json").json())


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
