"""Full calendar dates (day, month and year) in page furniture: English, French, Spanish, Arabic, ISO and numeric."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

# Arabic-Indic and Persian digits, one for one, so that offsets stay.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DIGIT = re.compile(r"\d")
_YEARS = range(1900, 2100)

Cue = Literal["updated", "published", "machine"]


@dataclass(frozen=True, slots=True)
class DateString:
    """A full date at `text[start:end]`. Two `days` mean that day and month can be swapped; the first is day-first.

    `weekday` (0 = Monday) is the one named beside it, `named` whether the month is a word.
    """

    start: int
    end: int
    days: tuple[date, ...]
    weekday: int | None
    named: bool

    @property
    def day(self) -> date | None:
        """The date, None where day and month can be swapped."""
        return self.days[0] if len(self.days) == 1 else None


def find_dates(text: str) -> list[DateString]:
    """All full dates of `text`, in order. A weekday beside an ambiguous date decides it; a wrong weekday is ignored."""
    if not _DIGIT.search(text):
        return []
    plain = text.translate(_DIGITS)
    found: list[DateString] = []
    taken = -1
    for match in _dates().finditer(plain):
        days = _days(match)
        if not days or match.start() < taken:
            continue
        start, end = match.start(), match.end()
        weekday, start = _weekday_beside(plain, start, end)
        if weekday is not None and any(day.weekday() == weekday for day in days):
            days = tuple(day for day in days if day.weekday() == weekday)
        elif weekday is not None and len(days) > 1:
            weekday = None
        found.append(DateString(max(start, taken, 0), end, days, weekday, match.lastgroup in {"y_dmy", "y_mdy"}))
        taken = end
    return found


def weekdays_in(text: str) -> list[int]:
    """The weekdays (0 = Monday) that `text` names in full, in order."""
    return [_weekday_table()[match[0].lower()] for match in _full_weekdays().finditer(text)]


def months_in(text: str) -> list[int]:
    """The months (1 to 12) that `text` names beside a day or a year, in order."""
    plain = text.translate(_DIGITS)
    return [_month_table()[_clean(match["m1"] or match["m2"])] for match in _month_mentions().finditer(plain)]


def cue(text: str) -> Cue | None:
    """What the last cue words of `text` (what stands before a date) say about the date that follows."""
    best: tuple[int, int, Cue] | None = None
    lower = text.lower()
    for phrase, meaning in _cues():
        at = lower.rfind(phrase)
        if at < 0:
            continue
        before, after = lower[at - 1 : at], lower[at + len(phrase) : at + len(phrase) + 1]
        if phrase[0].isalpha() and (
            (before and before.isalpha()) or (after and after.isalpha() and phrase[-1].isalpha())
        ):
            continue
        if best is None or (at + len(phrase), len(phrase)) > best[:2]:
            best = (at + len(phrase), len(phrase), meaning)
    return best[2] if best else None


def _days(match: re.Match[str]) -> tuple[date, ...]:
    kind = match.lastgroup
    if kind == "y_iso":
        return _real((int(match["y_iso_"]), int(match["m_iso"]), int(match["d_iso"])))
    if kind == "y_dmy":
        return _real((int(match["y_dmy"]), _month_table()[_clean(match["m_dmy"])], int(match["d_dmy"])))
    if kind == "y_mdy":
        return _real((int(match["y_mdy"]), _month_table()[_clean(match["m_mdy"])], int(match["d_mdy"])))
    year = int(match["y_num"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    a, b = int(match["a_num"]), int(match["b_num"])
    dotted = "." in match["sep2"]  # month-first dates are never written with dots
    both = _real((year, b, a)) if dotted else _real((year, b, a), (year, a, b))
    return both[:1] if len(both) == 2 and both[0] == both[1] else both


def _real(*parts: tuple[int, int, int]) -> tuple[date, ...]:
    days: list[date] = []
    for year, month, day in parts:
        if year not in _YEARS:
            continue
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(days)


def _weekday_beside(plain: str, start: int, end: int) -> tuple[int | None, int]:
    """The weekday named just before or after a date, and where the expression then starts."""
    before = _weekday_before().search(plain, max(0, start - 24), start)
    if before:
        return _weekday_table()[before["w"].lower()], before.start("w")
    after = _weekday_after().match(plain, end)
    return (_weekday_table()[after["w"].lower()] if after else None), start


def _clean(name: str) -> str:
    return " ".join(name.lower().replace("\u0640", "").split())


def _table(name: str) -> list[list[str]]:
    lines = files("dragoman.pages").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line]


@cache
def _month_table() -> dict[str, int]:
    return {row[0]: int(row[1]) for row in _table("months.tsv")}


@cache
def _weekday_table() -> dict[str, int]:
    return {row[0]: int(row[1]) for row in _table("weekdays.tsv")}


@cache
def _cues() -> tuple[tuple[str, Cue], ...]:
    return tuple((row[0], row[1]) for row in _table("date_cues.tsv"))  # type: ignore[misc]


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(name).replace("\\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


@cache
def _dates() -> re.Pattern[str]:
    month = _alternatives(list(_month_table()))
    second = rf"(?:\s*[/(\-–]\s*(?:{month})\s*\)?)?"  # Arabic double names: كانون الثاني/يناير
    return re.compile(
        rf"(?<!\d)(?:(?P<y_iso_>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m_iso>\d{{1,2}})(?P=sep)(?P<d_iso>\d{{1,2}})(?!\d)(?P<y_iso>)"
        rf"|(?P<d_dmy>\d{{1,2}})(?:\s?(?:st|nd|rd|th|er|º|ª|°))?[\s.\-,]*(?:of\s+|de\s+)?(?P<m_dmy>{month})(?![^\W\d_])"
        rf"{second}[\s.,،\-]*(?:de\s+|del\s+|سنة\s+|عام\s+)?(?P<y_dmy>(?:19|20)\d\d)(?!\d)"
        rf"|(?P<a_num>\d{{1,2}})(?P<sep2>\s?[/.\-]\s?)(?P<b_num>\d{{1,2}})(?P=sep2)(?P<y_num>(?:19|20)\d\d|\d\d)(?![\d.:]\d|\d))"
        rf"|(?<![^\W\d_])(?P<m_mdy>{month}){second}[\s.]*(?P<d_mdy>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?[\s,،]+(?:de\s+)?"
        rf"(?P<y_mdy>(?:19|20)\d\d)(?!\d)",
        re.I,
    )


@cache
def _month_mentions() -> re.Pattern[str]:
    month = _alternatives([name for name in _month_table() if len(name) > 2])
    return re.compile(
        rf"(?<!\d)\d{{1,4}}(?:st|nd|rd|th|er)?\s+(?:de\s+)?(?P<m1>{month})(?![^\W\d_])|(?<![^\W\d_])(?P<m2>{month})\.?\s+\d",
        re.I,
    )


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W\d_])(?P<w>{_alternatives(list(_weekday_table()))})[\s.,،:\-–|]*(?:le\s+|the\s+)?$", re.I
    )


@cache
def _weekday_after() -> re.Pattern[str]:
    return re.compile(rf"[\s,،.(\-–|]{{1,3}}(?P<w>{_alternatives(list(_weekday_table()))})(?![^\W\d_])", re.I)


@cache
def _full_weekdays() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W\d_])(?:{_alternatives([n for n in _weekday_table() if len(n) > 4])})(?![^\W\d_])", re.I
    )
