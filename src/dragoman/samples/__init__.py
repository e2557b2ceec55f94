"""Sample pages that ship with the package: written for it, about public events, in made-up outlets."""

from __future__ import annotations

from pathlib import Path


def sample_pages() -> list[Path]:
    """The bundled pages, in order."""
    return sorted((Path(__file__).parent / "pages").glob("*.*"))
