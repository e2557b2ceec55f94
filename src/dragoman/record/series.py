"""Counts over time: of two parties, of one, of any filter. Empty months are included."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from dragoman.record import rollups, selection
from dragoman.record.answers import Period
from dragoman.record.days import months
from dragoman.record.filters import EventFilter
from dragoman.record.parameters import marks
from dragoman.record.selection import boundary


def dyad(
    db: sqlite3.Connection,
    a: str,
    b: str,
    since: str | None,
    until: str | None,
    statuses: Sequence[str],
    types: Sequence[str],
) -> tuple[Period, ...]:
    """Monthly counts between two countries or organisations, months without events included."""
    a, b = sorted((a, b))
    where, values = ["a = ? AND b = ? AND faced", f"status IN ({marks(statuses)})"], [a, b, *statuses]
    if types:
        where.append(f"event_type IN ({marks(types)})")
        values.extend(types)
    if since:
        where.append("day >= ?")
        values.append(boundary(since, 0))
    if until:
        where.append("day <= ?")
        values.append(boundary(until, 1))
    rows = db.execute(
        "SELECT substr(day, 1, 7), count(*), sum(quad_class = 1), sum(quad_class = 2), sum(quad_class = 3), "
        "sum(quad_class = 4), "
        f"avg(score), sum(families) FROM event_dyads WHERE {' AND '.join(where)} GROUP BY 1 ORDER BY 1",
        values,
    ).fetchall()
    found = {r[0]: Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows}
    if not found and not (since and until):
        return ()
    first = boundary(since, 0)[:7] if since else min(found)
    last = boundary(until, 1)[:7] if until else max(found)
    return tuple(found.get(m, Period(m, 0, (0, 0, 0, 0))) for m in months(first, last))


def tally(db: sqlite3.Connection, wanted: EventFilter) -> tuple[Period, ...]:
    """Monthly counts of a filter that asks for nothing but status, type, quad class and dates, from the kept tally;
    months without events included.
    """
    where, values = _several(wanted)
    told = " AND ".join(["month != ''", *where])
    counted = f"SELECT month, quad_class, events FROM month_tally WHERE {told}"
    judged = f"SELECT substr(day, 1, 7) AS month, quad_class, -1 FROM events WHERE verdict = 'wrong' AND {told}"
    rows = db.execute(
        f"SELECT month, sum(events), {_quads('events')} FROM ("
        + (counted if wanted.wrong else f"{counted} UNION ALL {judged}")
        + ") GROUP BY month HAVING sum(events) > 0",
        values if wanted.wrong else values * 2,
    )
    return _filled([Period(r[0], r[1], (r[2], r[3], r[4], r[5])) for r in rows], wanted.since, wanted.until)


def party_months(db: sqlite3.Connection, wanted: EventFilter, who: str) -> tuple[Period, ...]:
    """The same for one party (a key as `resolve` gives it) and whole months, with scores and sources."""
    where, values = _several(wanted)
    told = " AND ".join(["who = ?", *where])
    columns = "quad_class, events, score, families"
    judged = (
        "SELECT substr(day, 1, 7) AS month, quad_class, -1, -score, -families FROM event_who "
        f"WHERE {told} AND day != '' AND event IN (SELECT id FROM events WHERE verdict = 'wrong')"
    )
    counted = f"SELECT month, {columns} FROM party_tally WHERE {told} AND month > ''"
    rows = db.execute(
        f"SELECT month, sum(events), {_quads('events')}, sum(score) / sum(events), sum(families) FROM ("
        + (counted if wanted.wrong else f"{counted} UNION ALL {judged}")
        + ") GROUP BY month HAVING sum(events) > 0",
        [who, *values] * (1 if wanted.wrong else 2),
    )
    since = boundary(wanted.since, 0)[:7] if wanted.since else "0"
    until = boundary(wanted.until, 1)[:7] if wanted.until else "9999-12"
    periods = [Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows]
    return _filled([p for p in periods if since <= p.period <= until], wanted.since, wanted.until)


def _several(wanted: EventFilter) -> tuple[list[str], list[Any]]:
    """The conditions of a filter on status, type and quad class."""
    where: list[str] = []
    values: list[Any] = []
    for column, several in (
        ("status", wanted.status), ("event_type", wanted.type), ("quad_class", wanted.quad_class)
    ):  # fmt: skip
        if several:
            where.append(f"{column} IN ({marks(several)})")
            values += several
    return where, values


def _quads(number: str) -> str:
    return ", ".join(f"sum({number} * (quad_class = {quad}))" for quad in (1, 2, 3, 4))


WIDTHS = {"day": 10, "month": 7, "year": 4}  # characters of a day


def series(db: sqlite3.Connection, wanted: EventFilter, by: str) -> tuple[Period, ...]:
    """Counts of a filter's dated events by `day`, `month` or `year`; months without events are included."""
    asked = set(wanted.values()) - {"status", "type", "quad_class", "since", "until", "wrong"}
    if by == "month" and rollups.whole_months(wanted):
        if not asked:
            return tally(db, wanted)
        if asked == {"actor"} and len(keys := [k for a in wanted.actor for k in selection.resolve(db, a)]) == 1:
            return party_months(db, wanted, keys[0])
    chosen = selection.select(db, wanted, count=True)
    if chosen is None:
        return ()
    n = chosen.numbers
    quads = ", ".join(f"sum({n}.quad_class = {quad})" for quad in (1, 2, 3, 4))
    rows = db.execute(
        f"SELECT substr({chosen.day}, 1, {WIDTHS[by]}) AS period, count(*), {quads}, avg({n}.score), sum({n}.families) "
        f"{chosen.sql} AND {chosen.day} != '' GROUP BY period ORDER BY period",
        chosen.values,
    )
    periods = [Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows]
    return _filled(periods, wanted.since, wanted.until) if by == "month" else tuple(periods)


def _filled(periods: list[Period], since: str | None, until: str | None) -> tuple[Period, ...]:
    known = {p.period: p for p in periods}
    first = boundary(since, 0)[:7] if since else min(known, default=None)
    last = boundary(until, 1)[:7] if until else max(known, default=None)
    if first is None or last is None:
        return ()
    return tuple(known.get(m, Period(m, 0, (0, 0, 0, 0))) for m in months(first, last))
