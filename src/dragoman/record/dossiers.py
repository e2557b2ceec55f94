"""What the record has of one actor: how much, when, with whom, in which offices."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from dragoman.record.answers import OfficeSeen, Partner, Period
from dragoman.record.filters import EventFilter
from dragoman.record.queries import ACTOR
from dragoman.record.selection import tally_of
from dragoman.record.series import party_months
from dragoman.record.values import Actor


def actor(db: sqlite3.Connection, key: str) -> Actor | None:
    """The actor known under `key`; a bare country or organisation counts even where only its officials act."""
    row = db.execute(f"SELECT {ACTOR} FROM actors a WHERE a.key = ?", (key,)).fetchone()
    if row:
        return replace(Actor(*row), events=tally_of(db, key))
    if tally_of(db, key):
        country, _, sector = key.partition(":")
        return Actor(
            key,
            "state" if len(country) == 3 else "organisation",
            key,
            country,
            sector or None,
            None,
            None,
            None,
            tally_of(db, key),
        )
    return None


def partners(db: sqlite3.Connection, key: str, country: str, limit: int) -> tuple[Partner, ...]:
    """Countries and organisations that `key` has (dated, for a country) events with, most first."""
    rows = db.execute(
        "SELECT partner, cooperation + conflict AS events, cooperation, conflict FROM partner_tally "
        "WHERE who = ? AND partner != ? AND (length(partner) = 3 OR partner LIKE 'IGO%') AND events > 0 "
        "ORDER BY events DESC, partner LIMIT ?",
        (key, country, limit),
    )
    return tuple(Partner(*r) for r in rows)


def activity(db: sqlite3.Connection, key: str) -> tuple[int, str | None, str | None, tuple[Period, ...]]:
    """(number of events, first day, last day, monthly counts) of an actor, months without events included."""
    total, first, last = db.execute(
        "SELECT (SELECT events FROM who_tally WHERE who = :who), "
        "(SELECT day FROM event_who WHERE who = :who AND day != '' ORDER BY day LIMIT 1), "
        "(SELECT day FROM event_who WHERE who = :who ORDER BY day DESC LIMIT 1)",
        {"who": key},
    ).fetchone()
    periods = party_months(db, EventFilter(actor=(key,), wrong=True), key)
    return total or 0, first, last or None, periods


def offices(db: sqlite3.Connection, key: str) -> tuple[OfficeSeen, ...]:
    """Offices under which mentions name an actor."""
    seen = "SELECT day FROM event_offices WHERE actor = t.actor AND office = t.office AND day > '' ORDER BY day"
    rows = db.execute(
        f"SELECT t.office, coalesce(({seen} LIMIT 1), ''), coalesce(({seen} DESC LIMIT 1), ''), t.mentions "
        "FROM office_tally t WHERE t.actor = (SELECT id FROM actors WHERE key = ?) AND t.mentions > 0 ORDER BY 2, 1",
        (key,),
    )
    return tuple(OfficeSeen(*r) for r in rows)
