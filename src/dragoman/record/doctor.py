"""Is the record sound? SQLite's own checks, spans against quotes, orphans, and counts against what they count."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.record import rollups
from dragoman.record.database import migrations, schema_version
from dragoman.record.writing import unpack


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, where, and what to do."""

    check: str
    where: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} {self.remedy}"


_RECODE = "Code that page again (`dragoman ingest --again`)."
_RESTORE = "Restore a backup, save what can be read with `dragoman doctor --salvage NEW.db`, or ingest the pages anew."
_REBUILD = "Rebuild the derived tables with `Record.rebuild()`."

_ORPHANS = {
    "mentions without an event": "SELECT key FROM mentions WHERE event IS NULL",
    "events without a mention": (
        "SELECT uid FROM events e WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.event = e.id)"
    ),
    "mentions without an actor": (
        "SELECT key FROM mentions m WHERE NOT EXISTS (SELECT 1 FROM mention_actors x WHERE x.mention = m.id)"
    ),
    "events whose lead mention is elsewhere": (
        "SELECT uid FROM events e WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.id = e.lead AND m.event = e.id)"
    ),
    "redirects to nowhere": (
        "SELECT uid FROM redirects r WHERE target IS NOT NULL AND target NOT IN (SELECT uid FROM events)"
    ),
    "redirects from a living event": "SELECT uid FROM redirects WHERE uid IN (SELECT uid FROM events)",
    "mentions that cannot be met when merging": (
        "SELECT key FROM mentions m WHERE event IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM blocks b WHERE b.mention = m.id) AND (leads > 0 OR NOT EXISTS "
        "(SELECT 1 FROM links l WHERE l.a = m.id UNION ALL SELECT 1 FROM links l WHERE l.b = m.id))"
    ),
    "pages outside the word index": "SELECT sha256 FROM pages WHERE id NOT IN (SELECT rowid FROM search)",
    "families without their first page": "SELECT sha256 FROM pages WHERE family NOT IN (SELECT id FROM pages)",
}
_COUNTS = {
    "events.mentions": (
        "SELECT uid FROM events e WHERE e.mentions != (SELECT count(*) FROM mentions m WHERE m.event = e.id)"
    ),
    "events.families": (
        "SELECT uid FROM events e WHERE e.families != (SELECT count(DISTINCT p.family) FROM mentions m "
        "JOIN pages p ON p.id = m.page WHERE m.event = e.id)"
    ),
}
_COUNTS |= {table: rollups.miscounted(table) for table in rollups.TABLES}
_SHOWN = 20  # problems of one kind that are named one by one


def check(db: sqlite3.Connection) -> list[Problem]:
    """All problems found; none in a sound record. Reads everything once."""
    found = list(_sqlite(db))
    if any(p.check == "integrity" for p in found):
        return found
    for name, sql in _ORPHANS.items():
        found += _listed(db, "orphan", name, sql, _REBUILD)
    for name, sql in _COUNTS.items():
        found += _listed(db, "count", f"{name} does not match", sql, _REBUILD)
    found += _spans(db)
    return found


def _sqlite(db: sqlite3.Connection) -> Iterator[Problem]:
    damaged = False
    try:
        for (lines,) in db.execute("PRAGMA integrity_check").fetchall():
            if lines != "ok":
                damaged = True
                said = " ".join(lines.split())
                yield Problem("integrity", "file", f"SQLite reports damage: {said}.", _RESTORE)
    except sqlite3.DatabaseError as error:
        damaged = True
        yield Problem("integrity", "file", f"SQLite reports damage and reads no further: {error}.", _RESTORE)
    if damaged:
        return
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Problem("foreign key", f"{table} row {row}", f"refers to a missing row of {parent}.", _REBUILD)
    version, newest = schema_version(db), max(migrations())
    if version != newest:
        yield Problem(
            "schema", "file", f"schema {version}, this Dragoman's is {newest}.", "Open it writably once to migrate it."
        )


def _listed(db: sqlite3.Connection, check: str, name: str, sql: str, remedy: str) -> list[Problem]:
    rows = db.execute(f"{sql} LIMIT {_SHOWN}").fetchall()
    return [Problem(check, str(row[0]), f"{name}.", remedy) for row in rows]


def _spans(db: sqlite3.Connection) -> Iterator[Problem]:
    """Every quote must stand in its page where it says, and every other span must lie inside the page."""
    for page, sha256, file, packed, published_start, published_end in db.execute(
        "SELECT id, sha256, file, text, published_start, published_end FROM pages"
    ):
        where = file or sha256
        text = unpack(packed)
        spans = [("publication date", published_start, published_end)]
        for key, start, end, quote, s_start, s_end, d_start, d_end, p_start, p_end, a_start, a_end in db.execute(
            'SELECT key, start, "end", quote, sentence_start, sentence_end, date_start, date_end, place_start, '
            "place_end, "
            "attribution_start, attribution_end FROM mentions WHERE page = ?",
            (page,),
        ):
            if text[start:end] != quote:
                yield Problem("span", f"{where} at {start}:{end}", f"mention {key} quotes {quote[:60]!r}, the page has "
                              f"{text[start:end][:60]!r}.", _RECODE)  # fmt: skip
            spans += [("sentence", s_start, s_end), ("date", d_start, d_end), ("place", p_start, p_end),
                      ("attribution", a_start, a_end)]  # fmt: skip
        spans += [
            ("actor", s, e)
            for s, e in db.execute(
                'SELECT x.start, x."end" FROM mention_actors x JOIN mentions m ON m.id = x.mention WHERE m.page = ?',
                (page,),
            )
        ]
        spans += [("quotation", s, e) for s, e in db.execute('SELECT start, "end" FROM quotes WHERE page = ?', (page,))]
        for what, start, end in spans:
            if start is not None and end is not None and not 0 <= start <= end <= len(text):
                yield Problem("span", f"{where} at {start}:{end}", f"{what} lies outside the page.", _RECODE)
        try:
            segments = json.loads(unpack(db.execute("SELECT segments FROM pages WHERE id = ?", (page,)).fetchone()[0]))
        except ValueError:
            yield Problem("page", where, "its segments cannot be read.", _RECODE)
            continue
        for role, _, start, end, *_ in segments:
            if not 0 <= start <= end <= len(text):
                yield Problem("span", f"{where} at {start}:{end}", f"segment {role} lies outside the page.", _RECODE)
