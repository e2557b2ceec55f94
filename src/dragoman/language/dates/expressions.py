"""Finding date expressions in text: exact offsets and what the words say, before any date is computed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from dragoman.language.dates.grammar import UNKNOWN, WORD, Grammar, Pattern, fold, grammar, word_key

Kind = Literal["date", "weekday", "relative", "anaphoric", "interval", "vague"]
Relation = Literal["by", "until", "since", "after", "before", "from", "between", "within"]
Unit = Literal["day", "week", "weekend", "month", "quarter", "year", "decade", "century"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that say when; `text[start:end]` are the words, without a preposition before them.

    `date`: a calendar date, full or partial (`year`, `month`, `day`, `weekday`, `part` of the month or year);
    `weekday`: a weekday alone; `relative`: counted from the publication date; `anaphoric`: counted from the last date
    mentioned; `interval`: from the date in the fields to the one in `until`; `vague`: no date can be computed.
    `relation` is what stands before it: `by` marks a deadline, not the date of an event.
    `step` is -1, 0, +1 for last, this, next; `amount` counts `unit`s, negative for the past.
    """

    start: int
    end: int
    kind: Kind
    relation: Relation | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    unit: Unit | None = None
    amount: int | None = None
    step: int | None = None
    until: tuple[int | None, int | None, int | None] | None = None
    until_weekday: int | None = None
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    approximate: bool = False
    swapped: bool = False  # day and month may also be meant the other way round (3/4/2020)

    @property
    def deadline(self) -> bool:
        """Whether the words set a term rather than date an event."""
        return self.relation in ("by", "within")


_MAYBE_NUMERIC = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![\d/]|[-.]\d)")
_NUMERIC = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12]\d|3[01])"
    r"|(?P<a>0?[1-9]|[12]\d|3[01])(?P<t>[-/.])(?P<b>0?[1-9]|[12]\d|3[01])(?P=t)(?P<z>(?:19|20)\d\d))"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find(text: str, language: str) -> list[DateExpression]:
    """All date expressions of `text`, in order, not overlapping.

    Raises ValueError where `language` has no calendar files.
    """
    rules = grammar(language)
    folded = fold(text, rules.folds)
    numeric = _numeric(folded, language)
    words = WORD.findall(folded)
    if rules.folds and "ـ" in folded:
        words = [word_key(w) for w in words]
    lookup = rules.codes.get
    codes = "".join([lookup(w, UNKNOWN) for w in words])
    found: list[DateExpression] = []
    spans = _Spans(folded)
    for run in rules.runs.finditer(codes):
        for best, pattern in _matches(language, run[0]):
            expression = _build(pattern, best, run.start(), rules, words, spans)
            if expression is not None:
                found.append(expression)
    if not numeric:
        return found
    taken = {i for n in numeric for i in range(n.start, n.end)}
    return sorted(numeric + [e for e in found if taken.isdisjoint(range(e.start, e.end))], key=lambda e: e.start)


class _Spans:
    """Offsets of the words of a text, worked out as far as they are asked for; to be asked in rising order."""

    def __init__(self, text: str) -> None:
        self._matches = WORD.finditer(text)
        self._done = -1
        self._span = (0, 0)

    def __getitem__(self, index: int) -> tuple[int, int]:
        if index > self._done:
            self._span = next(islice(self._matches, index - self._done - 1, None)).span()
            self._done = index
        return self._span


@lru_cache(maxsize=1 << 15)
def _matches(language: str, run: str) -> tuple[tuple[re.Match[str], Pattern], ...]:
    """The expressions in a run of known words; news repeats the same few thousand runs."""
    rules = grammar(language)
    found = []
    start = 0
    while start < len(run):
        here = _longest(rules, run, start)
        if not here:
            start += 1
            continue
        best, pattern = here[0]
        # context words come first: the expression itself may be part of a longer one
        for inner in range(start + 1, best.start("span") + 1):
            other = _longest(rules, run, inner)
            if other and other[0][0].end("span") > best.end("span"):
                best, pattern = other[0]
                break
        found.append((best, pattern))
        start = max(best.end("span"), start + 1)
    return tuple(found)


def _longest(rules: Grammar, codes: str, start: int) -> list[tuple[re.Match[str], Pattern]]:
    """The match at `start` that reaches farthest, the first pattern of the file winning a tie; empty if none."""
    found = [(m, p) for p in rules.patterns.get(codes[start], ()) if (m := p.regex.match(codes, start))]
    return [max(found, key=lambda mp: (mp[0].end("span"), mp[0].end()))] if found else []


def _numeric(text: str, language: str) -> list[DateExpression]:
    found = []
    for maybe in _MAYBE_NUMERIC.finditer(text):
        m = _NUMERIC.fullmatch(maybe[0])
        if m is None or text[max(0, maybe.start() - 1) : maybe.start()] in tuple("/.,-"):
            continue
        swapped = False
        if m["y"]:
            year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
        else:
            day, month, year = int(m["a"]), int(m["b"]), int(m["z"])
            if month > 12 or (language == "en" and m["t"] == "/" and day <= 12):
                swapped = month <= 12 and day != month
                day, month = month, day
        if month <= 12 and day <= _DAYS[month - 1]:
            found.append(DateExpression(*maybe.span(), "date", year=year, month=month, day=day, swapped=swapped))
    return found


def _build(
    pattern: Pattern, match: re.Match[str], offset: int, rules: Grammar, words: list[str], spans: _Spans
) -> DateExpression | None:
    """The expression that `match` stands for, or None for what is no date (durations, ages)."""
    if pattern.kind == "duration":
        return None
    first, last = (offset + i for i in match.span("span"))
    while last > first and words[last - 1] in ".,":
        last -= 1
    if first == last:
        return None
    start = spans[first][0] + rules.shifts.get(words[first], 0)
    end = spans[last - 1][1]
    slot: dict[str, str] = {}
    for name, classes in pattern.slots.items():
        a, b = match.span(name)
        if a >= 0:
            value = rules.value(classes, " ".join(words[offset + a : offset + b]))
            if value is not None:
                slot[name.partition("__")[0]] = value

    def number(name: str) -> int | None:
        return int(slot[name]) if name in slot else None

    kind, _, detail = pattern.kind.partition(".")
    relation = _relation(rules, words, first)
    if detail in ("by", "until", "since", "after", "before", "from", "between", "within"):
        relation = detail  # type: ignore[assignment]
    month, day, year = number("month"), number("day"), number("year")
    part = next((slot[s] for s in ("season", "fall", "half", "part") if s in slot), None)
    if "decade" in slot:
        part = "decade"
    if kind == "later" and detail == "or":
        part = "after"
    approximate = "approx" in slot
    if "holiday" in slot:
        holiday = slot["holiday"]
        approximate = approximate or holiday.startswith("~")
        month, day = (int(x) for x in holiday.lstrip("~").split("-"))
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    if "hijri_day" in slot:
        month, day = (int(x) for x in slot["hijri_day"].split("-"))
        kind, calendar, approximate = "date", "hijri", True
    if kind == "date" and year is not None and year < 1500:
        calendar = "hijri"
    if "hijri_month" in slot:
        calendar, month, approximate = "hijri", number("hijri_month"), True
    if "decade" in slot:
        year = (number("decade") or 0) // 10 * 10
    if day is not None and month is not None and calendar == "gregorian" and day > _DAYS[month - 1]:
        return None
    amount = number("n")
    unit = slot.get("unit")
    if "dual" in slot:
        unit, amount = slot["dual"], 2
    elif amount is None and unit is not None and kind in ("ago", "earlier", "later", "ahead"):
        amount = 1
    if unit in ("hour", "minute"):
        unit, amount = "day", amount // 24 if amount and unit == "hour" else 0
    if unit == "fortnight":
        unit, amount = "week", 2 * (1 if amount is None else amount)
    if kind in ("ago", "earlier", "past") and amount is not None:
        amount = -amount
    until = None
    if kind == "interval":
        until = (number("year2") or year, number("month2") or month, number("day2"))
        if year is None:
            year = until[0]
        if "short" in slot and year is not None:
            until = (year // 100 * 100 + int(slot["short"]), month, None)
    step = next((int(slot[s]) for s in ("step", "before", "after") if s in slot), None)
    if kind == "same":
        unit, amount = unit or "day", 0
    elif kind == "following":
        unit = unit or "day"  # "the previous evening"
    elif kind == "step0":
        step = 0
    if kind == "overnight":
        unit, amount, part = "day", -1, "window"
    if kind == "fixed":
        unit, amount, step = detail, None, number("amount")
    if "dayrel" in slot:
        unit, amount = "day", number("dayrel")
    names: dict[str, Kind] = {
        "ago": "relative", "ahead": "relative", "past": "relative", "step": "relative", "earlier": "anaphoric",
        "later": "anaphoric", "same": "anaphoric", "following": "anaphoric", "step0": "relative",
        "overnight": "relative", "fixed": "anaphoric",
    }  # fmt: skip
    if kind in ("past", "ahead") and detail in ("window", "within"):
        part = "window"
        amount = amount if amount is not None else -1 if kind == "past" else 1
    elif kind == "ahead" and detail == "in":
        part = "ahead"
    return DateExpression(
        start, end, names.get(kind, kind),  # type: ignore[arg-type]
        relation=relation, year=year, month=month, day=day, weekday=number("weekday"), part=part,
        unit=unit, amount=amount, step=step, until=until,  # type: ignore[arg-type]
        until_weekday=number("weekday2"), calendar=calendar, approximate=approximate,
    )  # fmt: skip


def _relation(rules: Grammar, words: list[str], first: int) -> Relation | None:
    """The relation word before the expression, looking over an article or 'the end of'."""
    i = first
    for _ in range(4):
        for length in (3, 2, 1):
            if i - length >= 0:
                value = rules.values.get(("rel", " ".join(words[i - length : i])))
                if value is not None:
                    return value  # type: ignore[return-value]
        i -= 1
        if i < 0 or ("skip", words[i]) not in rules.values:
            return None
    return None
