"""The tallies that triggers keep for the map, the network and the data-quality page (migrations/0003_tallies.sql):
which questions they answer, and how they are counted anew.
"""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from datetime import date

from dragoman.record.days import bounds
from dragoman.record.filters import EventFilter

HAPPENED = ("occurred", "ongoing")

_PLACES = (
    "coalesce(country, '') AS country, coalesce(place, '') AS place, max(latitude) AS latitude, max(longitude) AS "
    "longitude, sum(quad_class < 3) AS cooperation, sum(quad_class > 2) AS conflict FROM events "
    "WHERE status IN ('occurred', 'ongoing') AND (place IS NOT NULL OR country IS NOT NULL)"
)
_PAIRS = (
    "a, b, sum(quad_class < 3) AS cooperation, sum(quad_class > 2) AS conflict FROM event_dyads "
    "WHERE status IN ('occurred', 'ongoing') AND a != b"
)
_COUNTED = {
    "place_tally": (
        ("period", "country", "place", "cooperation", "conflict"),
        f"SELECT '' AS period, {_PLACES} GROUP BY 1, 2, 3 UNION ALL "
        f"SELECT substr(day, 1, 7), {_PLACES} AND day != '' GROUP BY 1, 2, 3",
    ),
    "dyad_tally": (
        ("period", "a", "b", "cooperation", "conflict"),
        f"SELECT '' AS period, {_PAIRS} GROUP BY 1, 2, 3 UNION ALL SELECT substr(day, 1, 7), {_PAIRS} GROUP BY 1, 2, 3",
    ),
    "page_tally": (
        ("outlet", "language", "pages", "firsts", "dated", "errors"),
        "SELECT coalesce(outlet, '') AS outlet, language, count(*) AS pages, sum(family = id) AS firsts, "
        "count(published) AS dated, sum(errors != '[]') AS errors FROM pages GROUP BY 1, 2",
    ),
    "mention_tally": (
        ("outlet", "language", "event_type", "mentions", "dated", "placed"),
        "SELECT coalesce(p.outlet, '') AS outlet, m.language AS language, m.event_type AS event_type, count(*) AS "
        "mentions, count(m.date) AS dated, count(m.country) AS placed FROM mentions m JOIN pages p ON p.id = m.page "
        "GROUP BY 1, 2, 3",
    ),
}  # table: the columns that must agree, the rows that it should hold
_TEXTS = frozenset({"place", "b", "event_type"})
TABLES = tuple(_COUNTED)


def periods(wanted: EventFilter) -> tuple[str, list[str]] | None:
    """A condition on the column `period` of a tally and its values, where the tally answers `wanted`, else None.

    Tallies count what happened, at all times or in whole months, and know of no other filter.
    """
    asked = wanted.values()
    if set(asked) - {"since", "until", "status"} or set(wanted.status) != set(HAPPENED):
        return None
    first, last = bounds(wanted.since), bounds(wanted.until)
    if first is None and last is None:
        return "period = ''", []
    if not whole_months(wanted):
        return None
    since = first[0].isoformat()[:7] if first else "0"
    return "period BETWEEN ? AND ?", [since, last[1].isoformat()[:7] if last else "9999-12"]


def whole_months(wanted: EventFilter) -> bool:
    """True when the filter's dates, if any, begin and end with a month."""
    first, last = bounds(wanted.since), bounds(wanted.until)
    return not (first and first[0].day != 1) and not (last and not _ends_month(last[1]))


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def recount(db: sqlite3.Connection) -> None:
    """Count all tallies anew, in the caller's transaction."""
    for table, (_, sql) in _COUNTED.items():
        db.execute(f"DELETE FROM {table}")
        db.execute(f"INSERT INTO {table} {sql}")


def miscounted(table: str) -> str:
    """SQL for what a tally counts wrongly; no rows where it is sound. Rows of zeros may stand in it too."""
    columns, counted = _COUNTED[table]
    names = ", ".join(columns)
    should = f"SELECT {names} FROM ({counted})"
    kept = f"SELECT {names} FROM {table} WHERE {' OR '.join(f'{c} != 0' for c in columns[2:] if c not in _TEXTS)}"
    return (
        f"SELECT {' || char(32) || '.join(columns[:3])} FROM (SELECT * FROM ({kept} EXCEPT {should}) "
        f"UNION ALL SELECT * FROM ({should} EXCEPT {kept}))"
    )
