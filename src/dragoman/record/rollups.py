"""The tallies that triggers keep (migrations/0003_tallies.sql and 0010_tallies.sql): which questions they answer, and
how they are counted anew.
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
    "WHERE faced AND status IN ('occurred', 'ongoing') AND a != b"
)
_COUNTRIES = "(SELECT country FROM actors WHERE country != '')"
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
    "who_tally": (("who", "events"), "SELECT who, count(*) AS events FROM event_who GROUP BY who"),
    "month_tally": (
        ("month", "event_type", "quad_class", "status", "events"),
        "SELECT substr(day, 1, 7) AS month, event_type, quad_class, status, count(*) AS events FROM events "
        "GROUP BY 1, 2, 3, 4",
    ),
    "party_tally": (
        ("who", "month", "event_type", "quad_class", "status", "events", "families"),
        "SELECT who, substr(day, 1, 7) AS month, event_type, quad_class, status, count(*) AS events, sum(score), "
        "sum(families) AS families FROM event_who GROUP BY 1, 2, 3, 4, 5",
    ),
    "partner_tally": (
        ("who", "partner", "cooperation", "conflict"),
        "SELECT w.who AS who, o.who AS partner, sum(w.quad_class < 3) AS cooperation, sum(w.quad_class > 2) AS "
        f"conflict FROM event_who o JOIN event_who w ON w.event = o.event WHERE o.who IN {_COUNTRIES} "
        f"AND w.who NOT IN {_COUNTRIES} GROUP BY 1, 2 UNION ALL "
        + " UNION ALL ".join(
            f"SELECT {pair}, sum(quad_class < 3), sum(quad_class > 2) FROM event_dyads WHERE faced AND a != b "
            "GROUP BY 1, 2"
            for pair in ("a, b", "b, a")
        ),
    ),
    "office_tally": (
        ("actor", "office", "mentions"),
        "SELECT actor, office, sum(mentions) AS mentions FROM event_offices GROUP BY 1, 2",
    ),
}  # table: the columns that must agree, the rows that it should hold
_KEYS = frozenset(
    (
        "period",
        "month",
        "country",
        "place",
        "a",
        "b",
        "outlet",
        "language",
        "who",
        "partner",
        "actor",
        "office",
        "event_type",
        "quad_class",
        "status",
    )
)  # columns that say what is counted
TABLES = tuple(_COUNTED)


Months = tuple[str, str]  # first and last, YYYY-MM
ALL_TIMES: Months = ("", "")  # undated events included
ALWAYS, MONTH = "''", "substr(e.day, 1, 7)"  # of an event `e`: the periods that it counts for, in SQL


def tallied(wanted: EventFilter) -> Months | None:
    """The months for which a tally by period answers `wanted`, `ALL_TIMES` where it names no dates, None where no tally
    does: they count what happened, at all times or in whole months, and know of no other filter.
    """
    asked = wanted.values()
    if set(asked) - {"since", "until", "status"} or set(wanted.status) != set(HAPPENED):
        return None
    first, last = bounds(wanted.since), bounds(wanted.until)
    if first is None and last is None:
        return ALL_TIMES
    if not whole_months(wanted):
        return None
    since = first[0].isoformat()[:7] if first else "0000-01"
    return since, last[1].isoformat()[:7] if last else "9999-12"


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
    kept = f"SELECT {names} FROM {table} WHERE {' OR '.join(f'{c} != 0' for c in columns if c not in _KEYS)}"
    return (
        f"SELECT {' || char(32) || '.join(columns[:2])} FROM (SELECT * FROM ({kept} EXCEPT {should}) "
        f"UNION ALL SELECT * FROM ({should} EXCEPT {kept}))"
    )
