"""The tabular Islamic calendar (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty).

Real months begin with the sighting of the moon, so a date is right to about one day.
Method: Reingold and Dershowitz, Calendrical Calculations, chapter 7.
"""

from __future__ import annotations

from datetime import date

_EPOCH = 227015  # fixed day number of 16 July 622 Julian


def to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Hijri one. Raises ValueError for a month outside 1..12 or a day outside 1..30."""
    if not 1 <= month <= 12 or not 1 <= day <= 30:
        raise ValueError(f"There is no day {day} of month {month} in the Islamic calendar.")
    fixed = day + 29 * (month - 1) + (6 * month - 1) // 11 + (year - 1) * 354 + (3 + 11 * year) // 30 + _EPOCH - 1
    return date.fromordinal(fixed)
