"""How much of the main text of HTML pages `dragoman.read` finds, beside trafilatura alone on the same pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from dragoman.evaluation.lines import MarkedPage, marked_pages, word_overlap
from dragoman.pages import read
from dragoman.pages.containers import make_page

_BODY = frozenset({"body", "subhead"})


def body_text(markup: bytes) -> str:
    """Body and subheads of an HTML page as Dragoman labels them, a segment a line."""
    return "\n".join(s.text for s in read(make_page(markup, "html")).segments if s.role in _BODY)


def trafilatura_text(markup: bytes) -> str:
    """What trafilatura, with its own defaults but without comments, takes for the main text."""
    import trafilatura

    return trafilatura.extract(markup, include_comments=False) or ""


def evaluate_extraction(folder: Path, every: int = 1) -> dict[str, Any]:
    """Mean word precision, recall and F1 a page on a WCXB-format folder (see `evaluation.lines`), and trafilatura's.

    `every` takes every n-th page only. Raises FileNotFoundError where `folder` holds no `ground-truth`.
    """
    pages = list(marked_pages(folder))[::every]
    return {
        "pages": len(pages),
        "dragoman": _means(pages, body_text),
        "trafilatura": _means(pages, trafilatura_text),
    }


def _means(pages: Sequence[MarkedPage], extract: Callable[[bytes], str]) -> dict[str, float]:
    overlaps = [word_overlap(extract(page.html), page.content) for page in pages]
    return {
        name: round(fmean(getattr(o, name) for o in overlaps), 3) if overlaps else 0.0
        for name in ("precision", "recall", "f1")
    }
