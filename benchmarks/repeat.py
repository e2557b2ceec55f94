"""A record ten times as large: its own years again, four (and eight, …) years earlier and later.

Every row is copied with its own ids, digests, dates and index entries, as if the copies had been coded and merged; no
page is a copy of another one's. For measuring on a million mentions where building them takes too long.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from dragoman.record import Record, rollups
from dragoman.record.account import Account
from dragoman.record.families import content
from dragoman.record.linking import profile_number

_YEARS, _DAYS = 4, 1461  # a shift that keeps leap days
_FIELDS = list(Account.__dataclass_fields__)


def repeat(path: Path, shifts: Iterable[int]) -> None:
    """Add to the record at `path` its present content shifted by each of `shifts` times four years (none is 0)."""
    with Record(path) as record:
        db = record._db
        contents = {p.id: " ".join(content(record.article(p.id))) for p in record.pages()}
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.create_function("profile_of", 2, _profile, deterministic=True)
        db.execute("BEGIN")
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        last = {t: db.execute(f"SELECT max(id) FROM {t}").fetchone()[0] for t in ("pages", "mentions", "events")}
        for number, shift in enumerate(shifts, 1):
            _copy(db, last, number, shift)
            shifted = ((page + number * last["pages"], words) for page, words in contents.items())
            db.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", shifted)
        for _, sql in triggers:
            db.execute(sql)
        rollups.recount(db)
        db.execute("COMMIT")
        db.execute("ANALYZE")


def _profile(account: str, story: str) -> int:
    return profile_number(Account.loads(account, frozenset(json.loads(story))))


def _copy(db: sqlite3.Connection, last: dict[str, int], number: int, shift: int) -> None:
    page, mention, event = (number * last[t] for t in ("pages", "mentions", "events"))
    first, final, published = (f"$[{_FIELDS.index(n)}]" for n in ("first", "last", "published"))
    days = shift * _DAYS

    def when(column: str) -> str:
        year = f"printf('%04d', substr({column}, 1, 4) + {shift * _YEARS})"
        return f"CASE WHEN {column} = '' THEN '' ELSE {year} || substr({column}, 5) END"

    def turned(column: str, start: int = 1) -> str:
        """Another digest: its digits from `start` on, turned round."""
        head = f"substr({column}, 1, {start - 1}) || " if start > 1 else ""
        return f"{head}substr({column}, {start + number}) || substr({column}, {start}, {number})"

    key = turned("key")
    account = (
        f"json_set(account, '$[0]', {key}, '$[1]', (SELECT sha256 FROM pages p WHERE p.id = page + {page}), "
        + ", ".join(f"'{at}', json_extract(account, '{at}') + {days}" for at in (first, final, published))
        + ")"
    )
    ids = f"(SELECT json_group_array(value + {mention}) FROM json_each(mentions))"
    changes: dict[str, dict[str, str]] = {
        "pages": {"id": f"id + {page}", "sha256": turned("sha256"), "family": f"family + {page}",
                  "published": when("published"), "url": f"url || '-{number}'"},
        "shingles": {"hash": f"(hash + {number * 1_000_003}) & 9223372036854775807", "page": f"page + {page}"},
        "shingle_counts": {"page": f"page + {page}", "hashes": "x''"},
        "events": {"id": f"id + {event}", "uid": turned("uid", 2), "date": when("date"),
                   "day": when("day"), "last_day": when("last_day"), "lead": f"lead + {mention}"},
        "mentions": {"id": f"id + {mention}", "key": key, "page": f"page + {page}", "event": f"event + {event}",
                     "date": when("date"), "uid": turned("uid", 2), "account": account},
        "mention_actors": {"mention": f"mention + {mention}"},
        "quotes": {"id": f"id + {number * 10_000_000}", "page": f"page + {page}",
                   "published": when("published")},
        "blocks": {"first": f"first + {days}", "last": f"last + {days}", "mention": f"mention + {mention}"},
        "links": {"a": f"a + {mention}", "b": f"b + {mention}"},
        "event_actors": {"event": f"event + {event}"},
        "event_who": {"event": f"event + {event}", "day": when("day")},
        "event_dyads": {"event": f"event + {event}", "day": when("day")},
        "event_offices": {"event": f"event + {event}", "day": when("day")},
        "event_fields": {"event": f"event + {event}", "mentions": ids,
                         "value": f"CASE WHEN field = 'date' THEN {when('value')} ELSE value END"},
        "event_parts": {"whole": f"whole + {event}", "part": f"part + {event}"},
    }  # fmt: skip
    bounds = dict.fromkeys(changes, "event") | {
        "pages": "id", "events": "id", "mentions": "id", "shingles": "page", "shingle_counts": "page", "quotes": "page",
        "mention_actors": "mention", "blocks": "mention", "links": "a", "event_parts": "whole",
    }  # fmt: skip
    most = {"page": last["pages"], "mention": last["mentions"], "a": last["mentions"]}
    for table, changed in changes.items():
        names = [r[1] for r in db.execute(f"PRAGMA table_info({table})")]
        column = bounds[table]
        limit = last[table] if column == "id" else most.get(column, last["events"])
        values = ", ".join(changed.get(n, f'"{n}"') for n in names)
        quoted = ", ".join(f'"{n}"' for n in names)
        db.execute(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} WHERE {column} <= {limit}")
    db.execute(
        "UPDATE mentions SET profile = profile_of(account, (SELECT story FROM pages p WHERE p.id = page)) "
        f"WHERE id > {mention} AND id <= {mention + last['mentions']}"
    )
    db.execute(  # an event has the id that its first account gives
        "UPDATE events SET uid = (SELECT m.uid FROM mentions m JOIN pages p ON p.id = m.page WHERE m.event = events.id "
        f"ORDER BY coalesce(p.published, ''), m.uid LIMIT 1) WHERE id > {event} AND id <= {event + last['events']}"
    )
