"""Parts and wholes: the signing, the talks and the pledge that belong to a visit or a summit."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

WHOLE_MODES = ("visit", "multilateral")
PART_TYPES = ("AGREE", "SUPPORT", "COOPERATE", "AID", "CONSULT", "RETREAT", "CONCEDE")
VISIT_DAYS = 3  # a visit dated by one day may go on this long
_DONE = frozenset({"occurred", "ongoing"})


def renew(db: sqlite3.Connection, event: int) -> None:
    """Find again the wholes and parts of one event, in the caller's transaction.

    A part stands on a page with its whole, between the same two parties, in its days and, where known, its country.
    """
    db.execute("DELETE FROM event_parts WHERE whole = ? OR part = ?", (event, event))
    own = _facts(db, event)
    if own is None:
        return
    rows = db.execute(
        "SELECT DISTINCT n.event FROM mentions m JOIN mentions n ON n.page = m.page "
        "WHERE m.event = ? AND n.event != m.event",
        (event,),
    ).fetchall()
    for (other,) in rows:
        theirs = _facts(db, other)
        if theirs is None:
            continue
        for whole, part in ((own, theirs), (theirs, own)):
            if _holds(whole, part):
                db.execute(
                    "INSERT OR IGNORE INTO event_parts VALUES (?, ?, ?)",
                    (whole[0], part[0], "same pages, parties and days, during the " + str(whole[2])),
                )


_Facts = tuple[int, str, str | None, str, str, str, str | None, frozenset[str]]


def _facts(db: sqlite3.Connection, event: int) -> _Facts | None:
    """(row, type, mode, status, first day, last day, country, parties) of a dated event of two parties."""
    row = db.execute(
        "SELECT id, event_type, mode, status, day, last_day, country FROM events WHERE id = ? AND day != ''", (event,)
    ).fetchone()
    if row is None:
        return None
    parties = frozenset(
        r[0]
        for r in db.execute(
            "SELECT who FROM event_who WHERE event = ? AND (length(who) = 3 OR (who LIKE 'IGO%' AND length(who) = 6))",
            (event,),
        )
    )
    return (*row, parties) if len(parties) > 1 else None


def _holds(whole: _Facts, part: _Facts) -> bool:
    if whole[1] != "CONSULT" or whole[2] not in WHOLE_MODES or part[1] not in PART_TYPES or part[2] in WHOLE_MODES:
        return False
    if part[2] == "phone" or (whole[3] in _DONE) != (part[3] in _DONE) or len(whole[7] & part[7]) < 2:
        return False
    if whole[6] and part[6] and whole[6] != part[6]:
        return False
    last = max(whole[5], (date.fromisoformat(whole[4]) + timedelta(days=VISIT_DAYS)).isoformat())
    return whole[4] <= part[4] and part[5] <= last
