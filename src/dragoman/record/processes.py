"""Agreements, mediations and conferences: which events belong to one, since their sentences name it.

A process has no events of its own: it is what the accounts call it ("the Astana talks", «حوار بوزنيقة», "resolution
2254"), in the sentence, or in the title of the page for what its first paragraph tells and for talks and agreements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.actors.agreements import find_agreements
from dragoman.record.values import Event
from dragoman.record.words import plain

ROUNDS = ("CONSULT", "AGREE")  # types whose events a page's title names
APART = 4  # days without an event that part one round from the next


@dataclass(frozen=True, slots=True)
class ProcessCount:
    """How much the record has of a process. `first` and `last` are days, None where none of its events has one."""

    id: str
    events: int
    pages: int
    first: str | None
    last: str | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {n: getattr(self, n) for n in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Round:
    """Events of a process that lie close together in time; `first` and `last` are days."""

    first: str
    last: str
    events: tuple[Event, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"first": self.first, "last": self.last, "events": [e.to_dict() for e in self.events]}


def write(db: sqlite3.Connection, mention: int, named: Collection[str]) -> None:
    """Keep which processes a mention is about."""
    db.execute("DELETE FROM mention_processes WHERE mention = ?", (mention,))
    db.executemany("INSERT INTO mention_processes VALUES (?, ?)", ((id, mention) for id in sorted(named)))


def by_title(title: str | None, language: str, event_type: str, in_lead: bool) -> tuple[str, ...]:
    """The processes that a mention is about since its page's title names them."""
    return find_agreements(title, language) if title and (in_lead or event_type in ROUNDS) else ()


def refind(db: sqlite3.Connection, unpacked: Callable[[bytes], str]) -> None:
    """Look for processes on all pages anew, in the caller's transaction. `unpacked` turns a kept text into its
    words.
    """
    told = "SELECT id, sentence_start, sentence_end, language, in_lead, event_type FROM mentions WHERE page = ?"
    for (page,) in db.execute("SELECT id FROM pages ORDER BY id").fetchall():
        packed, title = db.execute("SELECT text, coalesce(title, '') FROM pages WHERE id = ?", (page,)).fetchone()
        text = unpacked(packed)
        for mention, start, end, language, in_lead, event_type in db.execute(told, (page,)).fetchall():
            told_in = find_agreements(plain(text[start:end]), language)
            write(db, mention, {*told_in, *by_title(title, language, event_type, bool(in_lead))})


def counts(db: sqlite3.Connection) -> tuple[ProcessCount, ...]:
    """All processes that the record names, most events first."""
    rows = db.execute(
        "SELECT x.process, count(DISTINCT m.event), count(DISTINCT m.page), min(nullif(e.day, '')), "
        "max(nullif(e.day, '')) FROM mention_processes x JOIN mentions m ON m.id = x.mention "
        "JOIN events e ON e.id = m.event WHERE e.verdict IS NOT 'wrong' GROUP BY x.process ORDER BY 2 DESC, 1"
    )
    return tuple(ProcessCount(*row) for row in rows)


def condition(limit: int) -> str:
    """The condition on `events e` for the latest events of a process, given as the parameter."""
    return (
        "e.id IN (SELECT m.event FROM mention_processes x JOIN mentions m ON m.id = x.mention WHERE x.process = ?) "
        f"AND e.verdict IS NOT 'wrong' ORDER BY e.day DESC, e.id DESC LIMIT {int(limit)}"
    )


def rounds(events: Sequence[Event]) -> tuple[Round, ...]:
    """The events that have a day, parted into rounds, the earliest first."""
    dated = sorted((e for e in events if e.day and e.precision in ("day", "interval")), key=lambda e: (e.day, e.row))
    found: list[list[Event]] = []
    last = ""
    for event in dated:
        if not found or (date.fromisoformat(event.day) - date.fromisoformat(last)).days > APART:
            found.append([])
            last = event.last_day
        found[-1].append(event)
        last = max(last, event.last_day)
    return tuple(Round(group[0].day, max(e.last_day for e in group), tuple(group)) for group in found)
