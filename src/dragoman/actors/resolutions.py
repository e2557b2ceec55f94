"""Numbered resolutions of the UN Security Council, found by pattern since a list would never be complete."""

from __future__ import annotations

import re

from dragoman.actors.tables import Agreement

_NUMBER = r"(?P<number>\d{3,4})\b(?:\s*\((?:19|20)\d\d\))?"
_PATTERNS = {
    "en": re.compile(rf"\bresolutions?\s+(?:no\.?\s*)?{_NUMBER}", re.IGNORECASE),
    "fr": re.compile(rf"\brésolutions?\s+(?:n[°o]\s*)?{_NUMBER}", re.IGNORECASE),
    "es": re.compile(rf"\bresoluci(?:ón|ones)\s+{_NUMBER}", re.IGNORECASE),
    "ar": re.compile(rf"(?:ال)?قرار(?:ات)?(?:\s+مجلس\s+الأمن)?(?:\s+(?:الدولي|الأممي))?(?:\s+رقم)?\s+{_NUMBER}"),
}
_DIGIT = re.compile(r"\d")
_PREFIX = "UNSCR."


def find_resolutions(text: str, language: str) -> list[tuple[int, int, str]]:
    """(start, end, id) of numbered resolutions in `text`; ids are `UNSCR.<number>`."""
    pattern = _PATTERNS.get(language)
    if pattern is None or _DIGIT.search(text) is None:
        return []
    return [(m.start(), m.end(), f"{_PREFIX}{int(m['number'])}") for m in pattern.finditer(text)]


def resolution(id: str) -> Agreement | None:
    """The resolution with an id that `find_resolutions` gave; None for other ids."""
    if not id.startswith(_PREFIX):
        return None
    return Agreement(id, "resolution", f"UN Security Council Resolution {id[len(_PREFIX) :]}", "", ("IGOUNO.UNSC",), "")
