"""EDTF level 0 dates as ranges of days."""

from __future__ import annotations

import calendar
import re
from datetime import date

_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def bounds(iso: str | None) -> tuple[date, date] | None:
    """First and last day that `iso` (YYYY, YYYY-MM, YYYY-MM-DD or A/B) may mean; None where it says nothing usable."""
    if not iso:
        return None
    first, _, last = iso.replace("..", "/").partition("/")
    low, high = _range(first), _range(last or first)
    if low is None or high is None:
        return None
    return (low[0], high[1]) if low[0] <= high[1] else (high[0], low[1])


def _range(part: str) -> tuple[date, date] | None:
    match = _PART.fullmatch(part[:10])
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def ordinals(iso: str | None) -> tuple[int, int] | None:
    """`bounds` as day numbers."""
    found = bounds(iso)
    return (found[0].toordinal(), found[1].toordinal()) if found else None


def precision_of(iso: str | None) -> str | None:
    """day, month, year or interval, read off the form of `iso`."""
    if not iso:
        return None
    if "/" in iso or ".." in iso:
        return "interval"
    return {4: "year", 7: "month", 10: "day"}.get(len(iso))


def months(since: str, until: str) -> list[str]:
    """Every month `YYYY-MM` from `since` to `until`, both included."""
    year, month = int(since[:4]), int(since[5:7] or 1)
    last = (int(until[:4]), int(until[5:7] or 12))
    found = []
    while (year, month) <= last:
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found
