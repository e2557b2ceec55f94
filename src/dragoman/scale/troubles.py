"""Kinds of failures, so that a run over a million pages can say how many there were of each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dragoman.pages import Failure

# The first pattern that is found in the message decides; the messages are those of `pages` and `scale`.
KINDS = {
    "duplicate": r"given twice",
    "time": r"processor time|did not finish",
    "memory": r"of memory|MemoryError",
    "died": r"its process ended",
    "missing": r"no such file|cannot be (?:read|opened|fetched)|no such",
    "empty": r"file is empty|holds no (?:page|record)",
    "length": r"longer than the limit",
    "cut": r"ends inside|was cut|is cut|not as long as",
    "gzip": r"gzip data|incorrect header check|invalid (?:stored|block|code|distance)|inflat",
    "header": r"header",
    "json": r"JSON",
    "format": r"not a page|has none of the keys|feed has no",
    "read": r"could not be read",
    "code": r"could not be coded",
    "row": r"could not be kept",
    "record": r"record",
}
# What a reading says of a page that was coded though something was wrong with it.
NOTES = {
    "charset": r"could not be decoded",
    "length": r"only the first",
    "markup": r"trafilatura",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}
_NOTES = {kind: re.compile(pattern) for kind, pattern in NOTES.items()}


def kind_of(failure: Failure) -> str:
    """The kind of a failure: a key of `KINDS`, `other` where none fits."""
    return _first(_PATTERNS, failure.message)


def kind_of_note(note: str) -> str:
    """The kind of what an article or a reading says went wrong: a key of `NOTES`, `other` where none fits."""
    return _first(_NOTES, note)


def _first(patterns: Mapping[str, re.Pattern[str]], message: str) -> str:
    return next((kind for kind, pattern in patterns.items() if pattern.search(message)), "other")
