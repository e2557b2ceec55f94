"""The committed bundles belong to the sources beside them, and a page with its island stays light."""

from __future__ import annotations

import gzip
import hashlib
import json
from importlib import resources
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVE = resources.files("dragoman.serve")
MADE = json.loads(SERVE.joinpath("data/islands.json").read_text("utf-8"))


def sources() -> list[str]:
    """What `make islands` reads, as islands/build.mjs lists it."""
    named = ["build.mjs", "package.json", "package-lock.json", "tsconfig.json", "world.mjs"]
    scripts = [f"islands/src/{file.name}" for file in (ROOT / "islands/src").iterdir()]
    return sorted([*(f"islands/{name}" for name in named), *scripts, "src/dragoman/serve/data/contested.tsv"])


@pytest.mark.skipif(not (ROOT / "islands").is_dir(), reason="an installed package has no island sources")
def test_bundles_were_made_from_these_sources() -> None:
    digest = hashlib.sha256()
    for name in sources():
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    assert digest.hexdigest() == MADE["sources"], "islands/ changed; run `make islands` and commit what it makes"


@pytest.mark.parametrize("name", sorted(MADE["files"]))
def test_made_files_are_as_they_were_made(name: str) -> None:
    assert hashlib.sha256(SERVE.joinpath(name).read_bytes()).hexdigest() == MADE["files"][name]


@pytest.mark.parametrize("island", ["charts", "map", "network"])
def test_a_page_with_an_island_stays_below_400_kb(island: str) -> None:
    files = [f"static/islands/{island}.js", "static/islands/charts.js", "static/site.css", "static/htmx.min.js"]
    if island == "map":
        files.append("static/world.svg")
    total = sum(len(gzip.compress(SERVE.joinpath(name).read_bytes(), 5)) for name in dict.fromkeys(files))
    fonts = SERVE.joinpath("static/fonts")
    total += sum(len(f.read_bytes()) for f in fonts.iterdir() if f.name.endswith(".woff2"))
    assert total < 400_000


def test_bundles_hold_no_address_of_another_host_to_load_from() -> None:
    for island in ("charts", "map", "network"):
        text = SERVE.joinpath(f"static/islands/{island}.js").read_text("utf-8")
        assert "importScripts" not in text
        assert "new Function(" not in text
        assert "eval(" not in text
