"""When a page was published: the date it shows beside its title, what its head declares, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.pages.article import PublicationDate, Segment
from dragoman.pages.containers import declared_day
from dragoman.pages.date_strings import DateString, cue, find_dates, months_in, weekdays_in

_URL_DAY = re.compile(r"[/\-](20[0-3]\d|19[89]\d)[/\-]?(0[1-9]|1[0-2])[/\-]?(0[1-9]|[12]\d|3[01])(?=[/\-._]|$)")
_MERIDIEM = re.compile(r"\b\d{1,2}:\d\d\s?[ap]\.?m\.?\b|\b(?:EST|EDT|PST|PDT|CST|CDT|ET)\b", re.I)
_US_HOST = re.compile(r"https?://[^/]+\.(?:us|gov|mil)(?:/|$)", re.I)
_DAY_FIRST_HOST = re.compile(
    r"https?://[^/]+\.(?:uk|au|nz|in|ie|za|ng|ke|gh|fr|ma|dz|tn|es|it|de|be|ch|lb|eg|ae|qa|kw|jo|sa|iq|ly|sd|pk|sg|my|mx|ar)(?:/|$)",
    re.I,
)
_DAY_FIRST_LANGUAGES = frozenset({"fr", "es", "ar", "de", "it", "pt", "nl"})
_NEAR = 8  # segments between title and date
_EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Declared:
    """Dates from outside the visible text; `head` holds (where, value) pairs, `url` is the page's address."""

    head: tuple[tuple[str, str], ...] = ()
    modified: tuple[str, ...] = ()
    container: str | None = None
    url: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    found: DateString
    segment: Segment
    rank: int
    meaning: str | None


def publication_date(segments: Sequence[Segment], declared: Declared, title: str | None = None) -> PublicationDate:
    """Decide the publication date, or abstain with bounds and alternatives.

    A full date beside the title beats what the head declares; a date marked as an update or a page clock only bounds;
    day and month are told apart by weekday, declared dates, months named, language and host.
    """
    candidates = _candidates(segments)
    ceiling = _ceiling(candidates, declared)
    limit = ceiling + timedelta(days=1) if ceiling else date.max
    usable = [c for c in candidates if c.rank < 9 and any(_EARLIEST <= day <= limit for day in c.found.days)]
    stated = _stated(declared)
    for candidate in sorted(usable, key=lambda c: _order(c, stated)):
        start, end = candidate.segment.span(candidate.found.start, candidate.found.end)
        words = candidate.segment.text[candidate.found.start : candidate.found.end]
        place = _PLACES[candidate.rank]
        day = candidate.found.day
        if day is not None:
            updated = stated is not None and stated[1] < day and any(_day(value) == day for value in declared.modified)
            if (candidate.rank >= 3 or updated) and stated and stated[1] != day:
                break
            agrees = f"; {stated[0]} agrees" if stated and stated[1] == day else ""
            others = (stated[1].isoformat(),) if stated and stated[1] != day else ()
            return PublicationDate(day.isoformat(), f"“{words}” {place}{agrees}", start, end, others)
        chosen, why = _tell_apart(candidate, segments, declared, stated, ceiling)
        options = tuple(d.isoformat() for d in candidate.found.days)
        if chosen is not None:
            rest = tuple(o for o in options if o != chosen.isoformat())
            return PublicationDate(chosen.isoformat(), f"“{words}” {place}; {why}", start, end, rest)
        return PublicationDate(
            None,
            f"“{words}” {place} can be read day-first or month-first",
            start,
            end,
            options,
            min(options),
            max(options),
        )
    if stated is not None:
        where, day = stated
        return PublicationDate(day.isoformat(), f"{where} says so; no full date stands beside the title")
    bound = ceiling.isoformat() if ceiling else None
    alternatives = tuple(dict.fromkeys(d.isoformat() for c in candidates if c.rank >= 9 for d in c.found.days))
    reason = "the page shows no date of its own"
    if bound:
        reason += "; what it shows (page clock, update, crawl) is an upper bound only"
    options = () if bound else alternatives[:4]
    return PublicationDate(None, reason, alternatives=options, not_after=bound, updated=_update(candidates))


def _update(candidates: Sequence[_Candidate]) -> str | None:
    """The day of the only update that the page shows beside its text; no page clock."""
    days = {c.found.day for c in candidates if c.rank == 9 and c.meaning == "updated"}
    day = days.pop() if len(days) == 1 else None
    return day.isoformat() if day is not None else None


_PLACES = {
    0: "stands beside the title, marked as the publication date",
    1: "stands between title and text",
    2: "stands in the byline or date line",
    3: "opens the text",
    4: "stands just above the title",
    5: "is marked as the publication date",
}


def _candidates(segments: Sequence[Segment]) -> list[_Candidate]:
    """Full dates in short lines and at the start of the text, ranked; 9 only bounds, 10 says nothing."""
    bodies = [i for i, s in enumerate(segments) if s.role == "body"]
    first = bodies[0] if bodies else len(segments)
    last = bodies[-1] if bodies else -1
    titles = [i for i, s in enumerate(segments) if s.role == "title" and i <= first]
    found: list[_Candidate] = []
    for index, segment in enumerate(segments):
        if segment.role in {"related", "comments", "caption", "title", "subhead"}:
            continue
        body = segment.role == "body"
        if body and index != first:
            continue
        if not body and len(segment.text) > 400:
            continue
        text = segment.text[:60] if body else segment.text
        for date_string in find_dates(text):
            lead = text[: date_string.start]
            meaning = cue(lead[-40:])
            if meaning == "machine" or (meaning == "updated" and index <= last + 2):
                rank = 9
            elif meaning == "updated":
                rank = 10
            elif body:
                rank = 3 if date_string.start <= 40 and _opens(lead) else 10
            else:
                rank = _line_rank(index, segment, date_string, meaning, titles, first)
            found.append(_Candidate(date_string, segment, rank, meaning))
    return found


def _order(candidate: _Candidate, stated: tuple[str, date] | None) -> tuple[bool, int]:
    """Candidates beside the title first; of those, one that the head confirms."""
    confirmed = stated is not None and stated[1] in candidate.found.days and candidate.rank <= 4
    return not confirmed, candidate.rank


def _opens(lead: str) -> bool:
    """Whether what stands before a date at the start of a text is nothing or a place ('Rabat, ', 'RABAT (')."""
    lead = lead.strip()
    return not lead or (len(lead.split()) <= 3 and lead[-1] in ",،(–—-/|:" and not any(char in ".!?" for char in lead))


def _line_rank(
    index: int, segment: Segment, found: DateString, meaning: str | None, titles: list[int], first: int
) -> int:
    """How well the place of a short line speaks for its date; `titles` and `first` body are segment indices."""
    before = max((t for t in titles if t < index), default=None)
    after = min((t for t in titles if t > index), default=None)
    between = before is not None and segment.role != "navigation" and index <= max(first, before + 1)
    if before is not None and between and (index - before <= _NEAR or first - index <= _NEAR):
        return 0 if meaning == "published" else 1
    gap = after - index if after is not None else 0
    if segment.role in {"date", "byline"} and (gap <= 2 or (gap <= 4 and found.weekday is None)):
        return 2
    if index < first and 0 < gap <= 2 and segment.role not in {"navigation", "share"}:
        return 4
    if index < first and found.weekday is not None:
        return 9  # a page clock
    if not titles and index < first and len(segment.text) < 80:
        return 2
    return 5 if meaning == "published" and segment.role != "footer" else 10


def _ceiling(candidates: list[_Candidate], declared: Declared) -> date | None:
    """The earliest day by which the page surely existed: fetched, crawled, updated, the page clock."""
    days = [_day(declared.fetched)]
    days += [
        c.found.day for c in candidates if c.rank == 9 and (c.meaning != "machine" or c.found.named or c.found.day)
    ]
    days += [_day(value) for value in declared.modified]
    return min((day for day in days if day is not None and day >= _EARLIEST), default=None)


def _day(value: str | None) -> date | None:
    iso = declared_day(value)
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _stated(declared: Declared) -> tuple[str, date] | None:
    """The best declared day and where it is declared: head, container, address."""
    fetched = _day(declared.fetched)
    options = [*declared.head, ("the feed or archive row", declared.container or "")]
    for where, value in options:
        day = _day(value)
        if day is None:
            named = [d.day for d in find_dates(value[:80])]
            day = named[0] if len(named) == 1 else None
        if day is not None and day >= _EARLIEST and (fetched is None or day <= fetched):
            return where, day
    found = _URL_DAY.search(declared.url or "")
    day = _day("-".join(found.groups())) if found else None
    return ("the page's address", day) if day else None


def _tell_apart(
    candidate: _Candidate,
    segments: Sequence[Segment],
    declared: Declared,
    stated: tuple[str, date] | None,
    ceiling: date | None,
) -> tuple[date | None, str]:
    """Which of two readings of a numeric date is meant, and the evidence; None where nothing tells."""
    day_first, month_first = candidate.found.days
    if stated and stated[1] in candidate.found.days:
        return stated[1], f"{stated[0]} tells day from month"
    if ceiling and (day_first <= ceiling) != (month_first <= ceiling):
        return min(
            day_first, month_first
        ), f"the other reading is later than {ceiling.isoformat()}, when the page was fetched"
    body = [s.text for s in segments if s.role == "body"]
    lead = " ".join(body[:3])[:1500]
    named = weekdays_in(lead)
    if named:
        # News tells of today and yesterday: the weekday named first is the publication day's or the one before.
        gaps = [min((day.weekday() - named[0]) % 7, 7) for day in (day_first, month_first)]
        if min(gaps) <= 1 < max(gaps):
            return (
                day_first if gaps[0] < gaps[1] else month_first
            ), "the weekday that the text names fits only this reading"
    context = " ".join(s.text for s in segments if s.role in {"body", "caption", "subhead"})
    months = months_in(context)
    counts = months.count(day_first.month), months.count(month_first.month)
    if (counts[0] > 0) != (counts[1] > 0):
        return (day_first if counts[0] else month_first), "the months that the text names fit only this reading"
    languages = [s.language for s in segments if s.role not in {"body", "title"}] + [candidate.segment.language]
    languages += [s.language for s in segments if s.role == "body"][:2]
    if sum(code in _DAY_FIRST_LANGUAGES for code in languages) * 2 > len(languages):
        return day_first, "the page's language writes the day first"
    if _DAY_FIRST_HOST.search(declared.url or ""):
        return day_first, "the page's host is where the day is written first"
    if _US_HOST.search(declared.url or "") or _MERIDIEM.search(candidate.segment.text):
        return month_first, "a 12-hour clock or American host goes with month-first dates"
    return None, ""
