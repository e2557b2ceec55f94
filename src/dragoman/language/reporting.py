"""Verbs and phrases that introduce what somebody said, read from `language/<xx>/reporting.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reporting:
    """`lemmas` are the verbs; `pattern` finds their forms, and fixed phrases, as the press writes them."""

    language: str
    lemmas: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first reporting form in `text`."""
        return self.pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All reporting forms in `text`."""
        return self.pattern.finditer(text)
