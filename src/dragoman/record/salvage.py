"""What can be read of a damaged record, put into a new one.

SQLite stops at a damaged page of the file, but the rows on other pages are still there. They are read in ranges of
ids, which are halved around the damage; pages of news with their mentions and quotations are taken in as they were
coded, and everything that follows from them (families, links, events, tallies, the word index) is made anew. Events
keep their ids, judgements are kept.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.coding.reading import ActorMention, Attribution, EventDate, EventMention, Place, Quote, Reading
from dragoman.record.errors import RecordError
from dragoman.record.parameters import marks
from dragoman.record.writing import stored_article

if TYPE_CHECKING:
    from dragoman.record.store import Record

STEP = 500  # ids asked for at once
BATCH = 200  # pages written at once
_UNREADABLE = (sqlite3.DatabaseError, zlib.error, ValueError, KeyError, TypeError, UnicodeDecodeError)
_COPIED = ("runs", "judgements", "failures")  # tables that are taken over row by row
_MENTION = (
    "id, coded_id, event_type, mode, contexts, cameo, quad_class, goldstein, score, symmetric, date, precision, "
    "date_start, date_end, date_reason, status, place, country, latitude, longitude, place_start, place_end, issue, "
    'attribution, attribution_start, attribution_end, start, "end", quote, sentence_start, sentence_end, language, '
    "reason, confidence"
)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came over; `lost` are digests of pages that did not, `lost_mentions` those lost on pages that did."""

    pages: int
    mentions: int
    judgements: int
    lost: tuple[str, ...]
    lost_mentions: int

    def __str__(self) -> str:
        said = f"{self.pages} pages, {self.mentions} mentions and {self.judgements} judgements saved"
        if self.lost_mentions:
            said += f", {self.lost_mentions} mentions lost on them"
        if self.lost:
            said += f"; {len(self.lost)} pages lost, ingest them again (SHA-256 {', '.join(self.lost[:5])}"
            said += ", …)" if len(self.lost) > 5 else ")"
        return said + "."


def salvage(damaged: Record, path: Path) -> Salvaged:
    """Put what can be read of `damaged` into a new record at `path`. Raises RecordError where a file is there."""
    from dragoman.record.store import Record

    if path.exists():
        raise RecordError(f"{path} is there already; name a new file for what can be saved.")
    old = damaged._db
    told = _told(old)
    with Record(path) as new:
        for table in _COPIED:
            _copy(old, new._db, table)
        names: dict[str, str] = {}
        waiting: list[Reading] = []
        mentions, lost_mentions, saved = 0, 0, set()
        prints = "SELECT id, sha256, fingerprint FROM pages WHERE id BETWEEN ? AND ?"
        for page, sha256, fingerprint in _rows(old, prints, _last(old, "pages")):
            try:
                reading, uids = _reading(old, page, told[page])
            except _UNREADABLE:
                continue
            if waiting and (new.fingerprint != fingerprint or len(waiting) == BATCH):
                new._add(waiting, again=False, later=True)
                waiting = []
            new.fingerprint = fingerprint
            waiting.append(reading)
            names |= uids
            saved.add(sha256)
            mentions += len(reading.events)
            lost_mentions += len(told[page]) - len(reading.events)
        if waiting:
            new._add(waiting, again=False, later=True)
        _name(new, names)
        new.merge()
        return Salvaged(
            len(saved), mentions, new.counts()["judgements"], tuple(sorted(_digests(old) - saved)), lost_mentions
        )


def _told(db: sqlite3.Connection) -> dict[int, list[int]]:
    """{page: its mentions}, from their index, which also knows of those that are lost; else as far as they are read."""
    found: dict[int, list[int]] = defaultdict(list)
    try:
        rows = db.execute("SELECT id, page FROM mentions INDEXED BY mentions_page").fetchall()
    except sqlite3.DatabaseError:
        told = "SELECT id, page FROM mentions NOT INDEXED WHERE id BETWEEN ? AND ?"
        rows = list(_rows(db, told, _last(db, "mentions")))
    for mention, page in sorted(rows):
        found[page].append(mention)
    return found


def _rows(db: sqlite3.Connection, sql: str, last: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a question about a range of ids, as far as they can be read."""
    ranges = [(low, min(low + STEP - 1, last)) for low in range(1, last + 1, STEP)][::-1]
    while ranges:
        low, high = ranges.pop()
        try:
            found = db.execute(sql, (low, high)).fetchall()
        except sqlite3.DatabaseError:
            middle = (low + high) // 2
            if low < high:
                ranges += [(middle + 1, high), (low, middle)]
            continue
        yield from found


def _last(db: sqlite3.Connection, table: str) -> int:
    """The highest id of a table; where that cannot be read, more than the file has room for."""
    try:
        return int(db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])
    except sqlite3.DatabaseError:
        size, count = (int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count"))
        return size * count // 100


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> None:
    for row in _rows(old, f"SELECT * FROM {table} WHERE id BETWEEN ? AND ?", _last(old, table)):
        new.execute(f"INSERT INTO {table} VALUES ({marks(row)})", row)


def _digests(db: sqlite3.Connection) -> set[str]:
    """The digests of all pages, from their index alone; none where that is damaged too."""
    try:
        return {r[0] for r in db.execute("SELECT sha256 FROM pages INDEXED BY sqlite_autoindex_pages_1")}
    except sqlite3.DatabaseError:
        return set()


def _name(new: Record, names: dict[str, str]) -> None:
    """Let mentions give the ids to events that they gave before."""
    with new._writing():
        new._db.executemany(
            "UPDATE OR IGNORE mentions SET uid = ? WHERE key = ?", ((uid, key) for key, uid in names.items())
        )


def _reading(db: sqlite3.Connection, page: int, mentions: list[int]) -> tuple[Reading, dict[str, str]]:
    """A page as it was coded, and {mention key: id it gives}. Raises what `_UNREADABLE` lists."""
    article = stored_article(db, page)
    text = article.page.text
    events, names = [], {}
    for mention in mentions:
        try:
            found = _mention(db, mention)
            key, uid = db.execute("SELECT key, uid FROM mentions WHERE id = ?", (mention,)).fetchone()
        except _UNREADABLE:
            continue
        if text[found.start : found.end] == found.quote:
            events.append(found)
            names[key] = uid
    events.sort(key=lambda e: (e.start, e.end))
    return Reading(article, tuple(events), tuple(_quotes(db, page))), names


def _mention(db: sqlite3.Connection, mention: int) -> EventMention:
    row = db.execute(f"SELECT {_MENTION} FROM mentions WHERE id = ?", (mention,)).fetchone()
    m = dict(zip(_MENTION.replace('"', "").split(", "), row, strict=True))
    sides: dict[str, list[ActorMention]] = {"source": [], "target": []}
    for side, *actor in db.execute(
        'SELECT side, code, name, office, wikidata, start, "end", reason, registry FROM mention_actors '
        "WHERE mention = ? ORDER BY side, position",
        (mention,),
    ):
        sides[side].append(ActorMention(*actor))
    if not (sides["source"] or sides["target"]):
        raise ValueError(f"mention {mention} has no actors any more")
    placed = m["place"] is not None or m["country"] is not None
    return EventMention(
        id=m["coded_id"],
        contexts=tuple(json.loads(m["contexts"])),
        sources=tuple(sides["source"]),
        targets=tuple(sides["target"]),
        symmetric=bool(m["symmetric"]),
        date=EventDate(m["date"], m["precision"], m["date_start"], m["date_end"], m["date_reason"]),
        location=Place(m["place"] or "", m["country"], m["latitude"], m["longitude"], m["place_start"], m["place_end"])
        if placed
        else None,
        attribution=Attribution(m["attribution"], m["attribution_start"], m["attribution_end"])
        if m["attribution"] is not None
        else None,
        **{name: m[name] for name in _PLAIN},
    )


_PLAIN = (
    "event_type", "mode", "cameo", "quad_class", "goldstein", "score", "status", "issue", "start", "end", "quote",
    "sentence_start", "sentence_end", "language", "reason", "confidence",
)  # fmt: skip


def _quotes(db: sqlite3.Connection, page: int) -> Iterator[Quote]:
    """The quotations of a page, with what is kept of their speakers; none where they cannot be read."""
    try:
        rows = db.execute(
            'SELECT q.start, q."end", q.cue, q.direct, q.speaker, a.wikidata, a.key FROM quotes q '
            "LEFT JOIN actors a ON a.id = q.actor WHERE q.page = ? ORDER BY q.start, q.id",
            (page,),
        ).fetchall()
    except sqlite3.DatabaseError:
        return
    for start, end, cue, direct, speaker, wikidata, key in rows:
        said = None
        if speaker:
            code, name, office, first, last = json.loads(speaker)
            said = ActorMention(code, name, office, wikidata, first, last, "", key)
        yield Quote(start, end, said, cue, bool(direct))
