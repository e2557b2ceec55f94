"""Does a short line say when the page was published? Only looks; reading the date is the date rules' work."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

from dragoman.pages.lines.cues import fold

_NUMERIC = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d\d)(?!\d)"
)
_DIGIT = re.compile(r"\d")
_AGO = re.compile(
    r"\b\d+\s?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago\b|\bil y a \d+\b|\bhace \d+\b|\bمنذ\b"
)


@cache
def _written() -> re.Pattern[str]:
    path = resources.files(__package__).joinpath("data", "months.tsv")
    with path.open(encoding="utf-8") as file:
        names = {fold(row["name"]) for row in csv.DictReader(file, delimiter="\t")}
    month = "(?:" + "|".join(sorted(names, key=lambda n: (-len(n), n))) + r")\.?"
    day, year = r"\d{1,2}(?:er|st|nd|rd|th)?", r"(?:19|20)\d\d(?!\d)"
    return re.compile(
        rf"(?<!\w){month}\s+(?:{day},?\s+)?{year}|(?<!\d){day},?\s+(?:(?:de|of)\s+)?{month},?\s+(?:del?\s+)?{year}"
    )


def find_date(text: str) -> tuple[int, int] | None:
    """Where a full date (or month and year) stands in the folded `text`; None where there is none."""
    if _DIGIT.search(text) is None:
        return None
    match = _NUMERIC.search(text) or _written().search(fold(text))
    return match.span() if match else None


def says_age(text: str) -> bool:
    """Whether `text` gives an age such as '3 hours ago', 'il y a 2 jours', 'منذ شهر واحد'."""
    return bool(_AGO.search(fold(text)))
