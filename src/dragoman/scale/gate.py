"""A cheap look at a page before the dear steps: can it hold an event at all?

A page's markup is stripped crudely; one of its sentence-like blocks must name two parties that the registry knows (an
event has two sides) and hold a word that a frame may fire on. Furniture counts too, so the gate errs towards coding.
What it saves and what it loses: `benchmarks/gate.py`, docs/scale.md.
"""

from __future__ import annotations

import html
import re

from dragoman.actors import registry
from dragoman.codebook import load
from dragoman.coding.settings import Settings
from dragoman.pages.article import Page
from dragoman.pages.languages import detect

LEAST = 40  # characters of a block that may be a sentence or a headline
LONGEST = 300_000  # characters of markup that are looked at; longer pages are coded
TASTED = 6  # blocks whose language is told
PARTIES = frozenset({"state", "adj", "people", "capital", "seat", "organisation", "person", "agreement"})
SIDES = 2
_SILENT = re.compile(r"<(script|style|noscript|svg|template|select|nav)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|em|font|i|mark|q|s|small|span|strong|sub|sup|time|u|wbr)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>|\n\s*\n")
_SPACE = re.compile(r"\s+")


class Gate:
    """Looks at pages with the registry and the frames of some settings; `languages` (all, where empty) are wanted."""

    def __init__(self, settings: Settings, languages: tuple[str, ...] = ()) -> None:
        self._registry = registry(settings.actors)
        self._codebook = load(settings.codebook)
        self._languages = frozenset(self._codebook.languages()) & frozenset(languages or self._codebook.languages())

    def skips(self, page: Page) -> str | None:
        """Why a page cannot hold an event: its `language`, or `gate`; None where it may hold one."""
        if len(page.text) > LONGEST:
            return None
        blocks = blocks_of(page)
        spoken = {detect(block)[0] for block in sorted(blocks, key=len)[-TASTED:]}
        languages = sorted(spoken & self._languages)
        if spoken and not languages:
            return "language"
        if any(self._may_tell(block, code) for code in languages for block in blocks):
            return None
        return "gate"

    def _may_tell(self, block: str, language: str) -> bool:
        """Whether a block has a word that a frame may fire on and names enough parties."""
        if not self._codebook.frames(language).surface_gate(block):
            return False
        return sum(match.kind in PARTIES for match in self._registry.find(block, language)) >= SIDES


def blocks_of(page: Page) -> list[str]:
    """The runs of a page's text that are long enough to be a sentence, tags and scripts left out."""
    if page.kind == "text":
        parts = page.text.split("\n")
    else:
        parts = html.unescape(_TAG.sub("\x00", _INLINE.sub("", _SILENT.sub("\x00", page.text)))).split("\x00")
    found = (_SPACE.sub(" ", part).strip() for part in parts)
    return [part for part in found if len(part) >= LEAST]
