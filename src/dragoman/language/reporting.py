"""Verbs and phrases that introduce what somebody said, read from `language/<xx>/reporting.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Reporting:
    """`forms` are the inflected forms as the press writes them; `lemmas` their verbs."""

    language: str
    lemmas: frozenset[str]
    nouns: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first reporting form in `text`."""
        return self.pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All reporting forms in `text`."""
        return self.pattern.finditer(text)
