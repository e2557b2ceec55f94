"""From a date expression to a calendar date (EDTF level 0), given what the article already says."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dragoman.language.dates.expressions import DateExpression
from dragoman.language.dates.hijri import to_gregorian

Precision = Literal["day", "month", "year", "interval"]
Tense = Literal["past", "future"]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_QUARTERS = {"q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "h1": (1, 6), "h2": (7, 12)}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is counted from.

    `published` and `last` (the last date mentioned) are EDTF dates of any precision, or None; `tense` is that of the
    clause; `context` is the year or month that the passage speaks about, where the caller knows one that is not the
    publication's.
    """

    published: str | None = None
    last: str | None = None
    tense: Tense | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The date, or iso None, and why."""

    iso: str | None
    precision: Precision | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Partial:
    """A date as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        return date(self.year, self.month, self.day) if self.month and self.day else None


def resolve(expression: DateExpression, anchor: Anchor) -> Resolved:
    """The date that `expression` means. Never guesses: what the anchor does not allow stays None."""
    published, last, context = _parse(anchor.published), _parse(anchor.last), _parse(anchor.context)
    e = expression
    if e.kind == "date":
        return _calendar_date(e, published, last, context, anchor.tense)
    if e.kind == "weekday":
        return _weekday(e, published, anchor.tense)
    if e.kind == "relative":
        if published is None:
            return _unknown("counted from a publication date that is not known")
        return _count(e, published, "the publication date", anchor.tense)
    if e.kind == "anaphoric":
        if e.part == "after" and anchor.tense == "future" and published is not None:
            return _count(e, published, "the publication date", anchor.tense)
        if last is None:
            return _unknown("counted from an earlier date, but none was mentioned")
        if e.weekday is not None:
            return _weekday(e, last, anchor.tense)
        counted = _count(e, last, "the last date mentioned", anchor.tense)
        if anchor.published and anchor.tense == "past" and counted.iso and counted.iso[:4] > anchor.published[:4]:
            return _unknown("counted from the last date mentioned it would lie after publication")
        return counted
    if e.kind == "interval":
        return _interval(e, published, context or last, anchor.tense)
    return _unknown("too vague for a date")


def _is_term(e: DateExpression, tense: Tense | None) -> bool:
    """A deadline lies ahead whatever the tense of its clause; 'until' and 'before' do unless the clause is past."""
    return e.relation == "by" or (e.relation in ("until", "before") and tense is None)


def _unknown(why: str) -> Resolved:
    return Resolved(None, None, why)


def _parse(iso: str | None) -> _Partial | None:
    """The end of an EDTF date or interval; time of day and anything after it are left out."""
    if not iso:
        return None
    parts = iso.rpartition("/")[2].partition("T")[0].split("-")
    try:
        numbers = [int(p) for p in parts[:3]]
    except ValueError:
        return None
    return _Partial(*numbers)


def _day(day: date, reason: str) -> Resolved:
    return Resolved(day.isoformat(), "day", reason)


def _month(year: int, month: int, reason: str) -> Resolved:
    """A month; `month` may run past December or before January."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Resolved(f"{year:04d}-{month:02d}", "month", reason)


def _year(year: int, reason: str) -> Resolved:
    return Resolved(f"{year:04d}", "year", reason)


def _between(start: str, end: str, reason: str) -> Resolved:
    if start == end:
        return Resolved(start, ("year", "month", "day")[start.count("-")], reason)
    if start > end:
        return _unknown(f"{reason}, but the end would lie before the start")
    return Resolved(f"{start}/{end}", "interval", reason)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _calendar_date(
    e: DateExpression, published: _Partial | None, last: _Partial | None, context: _Partial | None, tense: Tense | None
) -> Resolved:
    if e.calendar == "hijri":
        return _hijri(e, published)
    if e.year is not None:
        return _with_year(e, e.year, published)
    if e.unit == "year" and e.step is not None:
        if published is None:
            return _unknown("the year is counted from a publication date that is not known")
        return _with_year(e, published.year + e.step, published, f" in {published.year + e.step}")
    if e.unit == "month" and e.step is not None and e.day is not None:
        if published is None or published.month is None:
            return _unknown("the month is counted from a publication date that is not known")
        index = published.year * 12 + published.month - 1 + e.step
        e = replace(e, year=index // 12, month=index % 12 + 1)
        return _with_year(e, index // 12, published)
    if e.month is not None:
        if context is not None:
            return _with_year(e, context.year, published, f" in {context.year}, the year spoken about")
        if e.step is None and last is not None and e.day is None and last.month == e.month:
            return _with_year(e, last.year, published, f" in {last.year}, the year mentioned last")
        return _without_year(e, published, tense)
    if e.day is not None:
        return _day_of_month(e, published, context or last, tense)
    if e.part in _SEASONS or e.part in _QUARTERS:
        base = context or published
        if base is None:
            return _unknown(f"{e.part} of an unknown year")
        year = base.year + (e.step or 0)
        if e.step is None and context is None and base.month is not None:
            first = (_SEASONS | _QUARTERS)[e.part][0]
            if tense == "future" and first < base.month and (_SEASONS | _QUARTERS)[e.part][1] < base.month:
                year += 1
            elif tense != "future" and first > base.month:
                year -= 1
        elif e.step == -1 and base.month is not None and e.part in _SEASONS:
            low, high = _SEASONS[e.part]
            year = base.year if high < base.month and low < high else base.year - 1
        return _part_of_year(e.part, year)
    return _unknown("no part of a date is named")


def _with_year(e: DateExpression, year: int, published: _Partial | None, why: str = "") -> Resolved:
    if e.month is not None and e.day is not None:
        if e.swapped and e.day <= 12:
            return _swapped(e, year, published)
        if not _exists(year, e.month, e.day):
            return _unknown(f"{e.day}/{e.month}/{year} is not in the calendar")
        return _day(date(year, e.month, e.day), f"the words name the day{why}")
    if e.month is not None:
        return _month(year, e.month, f"the words name the month{why}")
    if e.part in _SEASONS or e.part in _QUARTERS:
        return _part_of_year(e.part or "", year)
    if e.part == "decade":
        return _between(str(year), str(year + 9), "the words name the decade")
    return _year(year, f"the words name the year{why}")


def _swapped(e: DateExpression, year: int, published: _Partial | None) -> Resolved:
    """12/09/2020 in English: the reading nearest to the publication date and not after it, if that decides."""
    assert e.month is not None and e.day is not None
    readings = {date(year, e.month, e.day), date(year, e.day, e.month)}
    if published is not None and published.date is not None:
        earlier = [d for d in readings if d <= published.date]
        near = [d for d in readings if abs((d - published.date).days) <= 45]
        for chosen in (near, earlier):
            if len(chosen) == 1:
                return _day(chosen[0], "of its two readings the one that fits the publication date")
    return _year(year, "day and month can be read both ways")


def _part_of_year(part: str, year: int) -> Resolved:
    low, high = (_SEASONS | _QUARTERS)[part]
    end = year + 1 if high < low else year
    return _between(f"{year:04d}-{low:02d}", f"{end:04d}-{high:02d}", f"{part} {year}")


def _without_year(e: DateExpression, published: _Partial | None, tense: Tense | None) -> Resolved:
    """A month, or a day of a month, in the year that publication date, tense, 'last' and the weekday point to."""
    assert e.month is not None
    if published is None:
        return _unknown("the year is not named and the publication date is not known")
    if published.month is None:
        return _unknown("the year is not named and the publication date is known to the year only")
    if e.weekday is not None and e.day is not None and published.date is not None:
        fits = [
            d
            for y in range(published.year - 3, published.year + 4)
            if _exists(y, e.month, e.day) and (d := date(y, e.month, e.day)).weekday() == e.weekday
        ]
        if fits:
            nearest = min(fits, key=lambda d: abs((d - published.date).days))  # type: ignore[operator]
            if abs((nearest - published.date).days) <= 370:
                return _day(nearest, f"the {WEEKDAYS[e.weekday]} with this date nearest to publication")
    known = (e.month, e.day) if e.day and published.day else (e.month,)
    now = (published.month, published.day) if e.day and published.day else (published.month,)
    future = tense == "future" or e.step == 1
    if _is_term(e, tense) and e.step is None:
        future = True
    year = published.year
    if e.step == 0:
        why = "of the publication year"
    elif future:
        year += 1 if known < now or (e.step == 1 and known == now) else 0
        why = "the next one after publication"
    else:
        year -= 1 if known > now or (e.step == -1 and known == now) else 0
        why = "the latest one before publication"
    if e.day is not None:
        if not _exists(year, e.month, e.day):
            return _unknown(f"{e.day}/{e.month}/{year} is not in the calendar")
        return _day(date(year, e.month, e.day), why)
    return _month(year, e.month, why)


def _day_of_month(
    e: DateExpression, published: _Partial | None, near: _Partial | None, tense: Tense | None
) -> Resolved:
    """'the 13th', 'mardi 4': in the month spoken about, else the one that tense and weekday point to."""
    assert e.day is not None
    if e.weekday is not None and published is not None and published.date is not None:
        days = [published.date + timedelta(n) for n in range(-62, 63)]
        fits = [d for d in days if d.day == e.day and d.weekday() == e.weekday]
        if fits:
            nearest = min(fits, key=lambda d: abs((d - published.date).days))  # type: ignore[operator]
            return _day(nearest, f"the {WEEKDAYS[e.weekday]} with this date nearest to publication")
    if near is not None and near.month is not None and e.weekday is None and _exists(near.year, near.month, e.day):
        return _day(date(near.year, near.month, e.day), "in the month mentioned last")
    if published is None or published.month is None:
        return _unknown("the month is not named and the publication date is not known")
    year, month = published.year, published.month
    if published.day is not None:
        if tense == "future":
            month += e.day < published.day
        else:
            month -= e.day > published.day
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not _exists(year, month, e.day):
        return _unknown(f"there is no day {e.day} in {year}-{month:02d}")
    return _day(date(year, month, e.day), "in the month nearest to publication")


def _weekday(e: DateExpression, published: _Partial | None, tense: Tense | None) -> Resolved:
    assert e.weekday is not None
    name = WEEKDAYS[e.weekday]
    if published is None or published.date is None:
        return _unknown(f"{name} of an unknown week: the day of publication is not known")
    today = published.date
    if e.unit == "week" and e.step is not None:
        monday = today - timedelta(today.weekday()) + timedelta(7 * e.step)
        return _day(monday + timedelta(e.weekday), f"{name} of the week {e.step:+d} from publication")
    back, ahead = (today.weekday() - e.weekday) % 7, (e.weekday - today.weekday()) % 7
    if e.step == -1:
        return _day(today - timedelta(back or 7), f"the last {name} before publication")
    if e.step == 1:
        return _day(today + timedelta(ahead or 7), f"the next {name} after publication")
    if _is_term(e, tense):
        tense = "future"
    if tense is None and e.step == 0:
        tense = "past" if back <= ahead else "future"
    if tense == "future":
        return _day(today + timedelta(ahead), f"the {name} on or after publication, the tense being future")
    return _day(today - timedelta(back), f"the {name} on or before publication")


def _count(e: DateExpression, base: _Partial, from_: str, tense: Tense | None) -> Resolved:
    """`amount` units or a step (last, this, next) from `base`."""
    amount = e.amount if e.amount is not None else e.step
    if amount is None or e.unit is None:
        return _unknown("too vague for a date")
    day = base.date
    if e.part == "ahead" and tense != "future":
        return _unknown("a length of time, or a term if the tense were future")
    if e.part == "window":
        return _window(e, base, amount, from_)
    why = f"the {e.unit} of {from_}"
    if amount:
        why = f"{amount:+d} {e.unit}{'s' if abs(amount) != 1 else ''} from {from_}"
    if e.unit in ("year", "decade", "century"):
        return _year(base.year + amount * {"year": 1, "decade": 10, "century": 100}[e.unit], why)
    if base.month is None:
        return _year(base.year, why) if not amount else _unknown(f"{from_} is known to the year only")
    if e.unit == "quarter":
        index = base.year * 4 + (base.month - 1) // 3 + amount
        return _part_of_year(f"q{index % 4 + 1}", index // 4)
    if e.unit == "month":
        return _month(base.year, base.month + amount, why)
    if day is None:
        return _month(base.year, base.month, why) if not amount else _unknown(f"{from_} is known to the month only")
    if e.unit == "day":
        return _day(day + timedelta(amount), why)
    if e.unit == "weekend":
        saturday = day - timedelta(day.weekday()) + timedelta(5)
        over = tense == "past" if e.step == 0 else e.step is None and tense != "future"
        if over and day.weekday() < 5:
            saturday -= timedelta(7)
        if e.step == -1 or (e.step == 1 and day.weekday() >= 5):
            saturday += timedelta(7 * e.step)
        return _between(saturday.isoformat(), (saturday + timedelta(1)).isoformat(), why)
    if e.amount is not None and e.step is None:
        return _day(day + timedelta(7 * amount), why)
    monday = day - timedelta(day.weekday()) + timedelta(7 * amount)
    sunday = monday + timedelta(6)
    if amount == 0 and e.part == "earlier":
        sunday = day
    if amount == 0 and e.part == "later":
        monday = day
    return _between(monday.isoformat(), sunday.isoformat(), why)


def _window(e: DateExpression, base: _Partial, amount: int, from_: str) -> Resolved:
    """'over the past two weeks', 'within three days': from the base date as far as the words reach."""
    why = f"within {abs(amount)} {e.unit}{'s' if abs(amount) != 1 else ''} of {from_}"
    if e.unit in ("year", "decade", "century"):
        years = amount * {"year": 1, "decade": 10, "century": 100}[e.unit]
        a, b = sorted((base.year, base.year + years))
        return _between(str(a), str(b), why)
    if e.unit in ("month", "quarter") and base.month is not None:
        months = amount * (1 if e.unit == "month" else 3)
        a, b = sorted((base.year * 12 + base.month - 1 + n) for n in (0, months))
        return _between(f"{a // 12:04d}-{a % 12 + 1:02d}", f"{b // 12:04d}-{b % 12 + 1:02d}", why)
    if base.date is None:
        return _unknown(f"{from_} is not known to the day")
    other = base.date + timedelta(amount * (7 if e.unit in ("week", "weekend") else 1))
    a_day, b_day = sorted((base.date, other))
    return _between(a_day.isoformat(), b_day.isoformat(), why)


def _interval(e: DateExpression, published: _Partial | None, context: _Partial | None, tense: Tense | None) -> Resolved:
    if e.weekday is not None and e.until_weekday is not None:
        first = _weekday(e, published, tense)
        if first.iso is None:
            return first
        end = date.fromisoformat(first.iso) + timedelta((e.until_weekday - e.weekday) % 7)
        today = published.date if published is not None else None
        if tense != "future" and today is not None and e.step is None:
            back = timedelta(7) if (end - today).days > 1 else timedelta(0)
            return _between((date.fromisoformat(first.iso) - back).isoformat(), (end - back).isoformat(), first.reason)
        return _between(first.iso, end.isoformat(), first.reason)
    if e.until is None:
        return _unknown("the end of the interval is not named")
    year2, month2, day2 = e.until
    year = e.year
    if year is None:
        if month2 is None:
            return _unknown("the interval names no month")
        tail = DateExpression(e.start, e.end, "date", relation=e.relation, month=month2, day=day2)
        resolved = _calendar_date(tail, published, None, context if context and context.month is None else None, tense)
        if resolved.iso is None:
            return resolved
        year2 = int(resolved.iso[:4])
        year = year2
    month = e.month if e.month is not None else month2
    if e.month is not None and month2 is not None and (e.month, e.day or 0) > (month2, day2 or 99) and year == year2:
        year -= 1
    try:
        return _between(_edtf(year, month, e.day), _edtf(year2 or year, month2, day2), "the words name both ends")
    except ValueError:
        return _unknown("one end of the interval is not in the calendar")


def _edtf(year: int, month: int | None, day: int | None) -> str:
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    return date(year, month, day).isoformat()


def _hijri(e: DateExpression, published: _Partial | None) -> Resolved:
    """Islamic dates by the tabular calendar: right to about a day, which the reason says."""
    if e.year is not None:
        if e.month is None:
            first, final = to_gregorian(e.year, 1, 1), to_gregorian(e.year + 1, 1, 1) - timedelta(1)
            return _between(f"{first:%Y-%m}", f"{final:%Y-%m}", "Hijri year by the tabular calendar, approximate")
        if e.day is not None:
            return _day(to_gregorian(e.year, e.month, e.day), "Hijri date by the tabular calendar, give or take a day")
        year = e.year
    else:
        if published is None or published.date is None or e.month is None:
            return _unknown("the Hijri year is not named and the day of publication is not known")
        year = round((published.year - 622) * 33 / 32) + 1
        starts = [y for y in range(year - 2, year + 3) if to_gregorian(y, e.month, e.day or 1) <= published.date]
        if not starts:
            return _unknown("no Hijri year fits the publication date")
        year = starts[-1]
        if e.day is not None:
            return _day(to_gregorian(year, e.month, e.day), "the latest such Hijri date, give or take a day")
    assert e.month is not None
    first = to_gregorian(year, e.month, 1)
    after = (year, e.month + 1) if e.month < 12 else (year + 1, 1)
    final = to_gregorian(*after, 1) - timedelta(1)
    return _between(first.isoformat(), final.isoformat(), "Hijri month by the tabular calendar, give or take a day")
