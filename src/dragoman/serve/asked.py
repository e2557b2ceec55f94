"""What a filter asks, in words: the heading of a list, and what narrows it, each with the way back."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.record import Record
from dragoman.serve import wording
from dragoman.serve.state import State

LABELS = {
    "actor": "Parties", "person": "People", "type": "What", "status": "Did it happen", "country": "Where",
    "language": "Language", "outlet": "Outlet", "other": "With", "source": "Acting", "target": "Acted on",
    "mode": "How", "quad_class": "Kind", "since": "From", "until": "Until", "place": "Place", "text": "Words",
    "min_sources": "Sources at least", "disputed": "Disputed", "wrong": "Judged wrong too",
}  # fmt: skip


def party(record: Record, key: str) -> str:
    """The name of a country, an organisation or a person by its key."""
    return record.name_of(key) or wording.country(key)


def said(record: Record, name: str, value: str) -> str:
    """One value of a filter's field."""
    if name in ("actor", "other", "source", "target"):
        return party(record, value)
    if name in ("since", "until"):
        return wording.day(value)
    if name == "quad_class":
        return wording.QUADS[int(value)]
    if name in ("disputed", "wrong"):
        return "yes"
    words: dict[str, Callable[[str], str]] = {
        "country": wording.country, "language": wording.language, "type": wording.event_type,
        "status": lambda status: wording.STATUSES.get(status, status),
    }  # fmt: skip
    return words.get(name, str)(value)


def title(record: Record, state: State) -> str:
    """What a list shows."""
    asked = state.filter
    sides = [*asked.actor, *(w for w in (asked.other, asked.source, asked.target) if w)]
    parts = []
    if asked.text:
        parts.append(f"“{asked.text}”")
    if sides:
        parts.append(" and ".join(party(record, s) for s in sides))
    parts += [wording.event_type(t) for t in asked.type]
    if asked.since or asked.until:
        parts.append(between(asked.since, asked.until))
    return ", ".join(parts) or "All events"


def between(since: str | None, until: str | None) -> str:
    """ "October 2020", "October 2020 to 2022", "from 2019", "until 3 May 2021"."""
    if since and until:
        return wording.day(since) if since == until else f"{wording.day(since)} to {wording.day(until)}"
    return f"from {wording.day(since)}" if since else f"until {wording.day(until)}"


def narrowing(record: Record, state: State, path: str = "/events") -> list[tuple[str, str, str]]:
    """What narrows the list at `path`: (field, value in words, address without it)."""
    found = []
    for name, value in state.filter.parameters():
        several = isinstance(getattr(state.filter, name), tuple)
        typed = int(value) if name == "quad_class" else value
        without = state.toggled(name, typed) if several else state.but(**{name: None})
        found.append((LABELS[name], said(record, name, value), path + without.query()))
    return found
