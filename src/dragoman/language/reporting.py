"""Verbs and phrases that introduce what somebody said, read from `language/<xx>/reporting.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources


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


@cache
def reporting(language: str) -> Reporting:
    """The reporting words of `language`; none where there is no file.

    A line of `reporting.tsv` holds a lemma and, `|`-separated, the forms in which it introduces speech.
    """
    path = resources.files("dragoman.language") / language / "reporting.tsv"
    lemmas: set[str] = set()
    forms: set[str] = set()
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "lemma\t")):
                cells = line.split("\t")
                lemmas.add(cells[0])
                forms.update(cells[1].split("|"))
    ordered = "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True)) or "(?!x)x"
    return Reporting(language, frozenset(lemmas), re.compile(rf"(?<![\w’'])(?:{ordered})(?![\w])", re.I))
