"""iCalendar (RFC 5545): one all-day entry for each dated event, its status as the calendar's own where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dragoman.record.values import Actor, Event

_STATUS = {"planned": "TENTATIVE", "hypothetical": "TENTATIVE", "cancelled": "CANCELLED"}
_LONGEST = 92  # days; a date vaguer than a season makes no entry
_OCTETS = 75  # of a line, its end not counted


def lines(events: Iterator[Event]) -> Iterator[str]:
    """The calendar. Events without a date, with one vaguer than three months, and those negated are left out."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from _folded("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dragoman//Record//EN", "CALSCALE:GREGORIAN")
    for event in events:
        if not event.day or event.status == "negated":
            continue
        first, last = date.fromisoformat(event.day), date.fromisoformat(event.last_day)
        if (last - first).days > _LONGEST:
            continue
        entry = [
            "BEGIN:VEVENT",
            f"UID:{event.id}@dragoman",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(_summary(event))}",
            f"DESCRIPTION:{_escaped(event.quote)}",
            f"CATEGORIES:{','.join(_escaped(c) for c in (event.event_type, *event.contexts))}",
            f"STATUS:{_STATUS.get(event.status, 'CONFIRMED')}",
            "TRANSP:TRANSPARENT",
        ]
        if place := event.location:
            if place.name or place.country:
                entry.append(f"LOCATION:{_escaped(', '.join(p for p in (place.name, place.country) if p))}")
            if place.latitude is not None and place.longitude is not None:
                entry.append(f"GEO:{place.latitude:.5f};{place.longitude:.5f}")
        yield from _folded(*entry, "END:VEVENT")
    yield from _folded("END:VCALENDAR")


def _summary(event: Event) -> str:
    what = event.event_type + (f"/{event.mode}" if event.mode else "")
    sides = [", ".join(_name(a) for a in side) for side in (event.sources, event.targets) if side]
    return f"{what}: {' – '.join(sides)}" if sides else what


def _name(actor: Actor) -> str:
    return f"{actor.name} ({actor.code})" if actor.name else actor.code


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def _folded(*content: str) -> Iterator[str]:
    """Content lines cut so that none is longer than 75 octets, never inside a character."""
    for line in content:
        part = ""
        for sign in line:
            if len((part + sign).encode()) > _OCTETS:
                yield part + "\r\n"
                part = " "
            part += sign
        yield part + "\r\n"
