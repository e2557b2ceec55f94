"""A Reading becomes rows, and rows become the Article's text again. Every function runs in the caller's transaction."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.coding.reading import ActorMention, EventMention, Reading
from dragoman.pages.article import Article, Page, PublicationDate, Segment
from dragoman.record import families, processes, words
from dragoman.record.account import UNKNOWN, Account, account, country_of, mention_key, story
from dragoman.record.linker import unlink
from dragoman.record.merge import event_id
from dragoman.record.parameters import marks


@dataclass(frozen=True, slots=True)
class Written:
    """What writing one reading changed: its mentions, mentions that lost a neighbour, events that lost a mention
    (row ids), and profiles that lost a leader.
    """

    page: int
    mentions: tuple[int, ...]
    touched: tuple[int, ...]
    emptied: tuple[int, ...]
    vacated: tuple[int, ...]
    recoded: bool


def pack(text: str) -> bytes:
    """Text as it is kept: UTF-8 (lone surrogates allowed), deflated."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack(data: bytes) -> str:
    """The text that `pack` kept."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def write_reading(connection: sqlite3.Connection, reading: Reading, fingerprint: str, run: int, now: str) -> Written:
    """Store `reading`; what an earlier reading of the same page left is replaced, mention by mention."""
    page = reading.article.page
    row = connection.execute("SELECT id FROM pages WHERE sha256 = ?", (page.sha256,)).fetchone()
    if row:
        page_id = int(row[0])
        _forget_words(connection, page_id)
        _update_page(connection, page_id, reading, fingerprint, run)
    else:
        page_id = _insert_page(connection, reading, fingerprint, run, now)
    content = families.content(reading.article)
    family = families.place(connection, page_id, reading.article.language, content)
    connection.execute("UPDATE pages SET family = ? WHERE id = ?", (family, page_id))
    connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (page_id, " ".join(content)))
    mentions, touched, emptied, vacated = _write_mentions(connection, page_id, reading)
    connection.execute("DELETE FROM quotes WHERE page = ?", (page_id,))
    for q in reading.quotes:
        speaker = q.speaker
        connection.execute(
            'INSERT INTO quotes (page, actor, start, "end", cue, direct, speaker, published) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page_id,
                actor_row(connection, speaker) if speaker else None,
                q.start,
                q.end,
                q.cue,
                q.direct,
                json.dumps([speaker.code, speaker.name, speaker.office, speaker.start, speaker.end], ensure_ascii=False)
                if speaker
                else None,
                reading.article.published.iso or "",
            ),
        )
    return Written(page_id, mentions, touched, emptied, vacated, bool(row))


def _page_values(reading: Reading) -> dict[str, object]:
    article, page = reading.article, reading.article.page
    published = article.published
    segments = [
        [s.role, s.language, s.start, s.end, *((s.anchors, s.text) if s.anchors else ())] for s in article.segments
    ]
    return {
        "kind": page.kind,
        "encoding": page.encoding,
        "file": page.file,
        "url": page.url,
        "outlet": article.outlet,
        "original_source": article.original_source,
        "author": article.author,
        "title": article.title,
        "language": article.language,
        "published": published.iso,
        "published_reason": published.reason,
        "published_start": published.start,
        "published_end": published.end,
        "published_alternatives": json.dumps(published.alternatives),
        "not_before": published.not_before,
        "not_after": published.not_after,
        "errors": json.dumps([*article.errors, *reading.errors], ensure_ascii=False),
        "segments": pack(json.dumps(segments, ensure_ascii=False)),
        "story": json.dumps(sorted(story(reading)), ensure_ascii=False),
    }


def _insert_page(connection: sqlite3.Connection, reading: Reading, fingerprint: str, run: int, now: str) -> int:
    page = reading.article.page
    values = _page_values(reading) | {
        "sha256": page.sha256,
        "fingerprint": fingerprint,
        "run": run,
        "family": 0,
        "text": pack(page.text),
        "length": len(page.text),
        "added": now,
    }
    names = ", ".join(values)
    cursor = connection.execute(f"INSERT INTO pages ({names}) VALUES ({marks(values)})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


def _update_page(connection: sqlite3.Connection, page: int, reading: Reading, fingerprint: str, run: int) -> None:
    values = _page_values(reading) | {
        "fingerprint": fingerprint, "run": run, "text": pack(reading.article.page.text)
    }  # fmt: skip
    sets = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE pages SET {sets} WHERE id = ?", (*values.values(), page))


def _forget_words(connection: sqlite3.Connection, page: int) -> None:
    """Take the page out of the word index and the copy index, as it was."""
    old = stored_article(connection, page)
    connection.execute(
        "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", (page, " ".join(families.content(old)))
    )
    families.forget(connection, page)


@dataclass(frozen=True, slots=True)
class _Old:
    """A mention that an earlier reading of the page left."""

    row: int
    event: int | None
    start: int
    end: int
    uid: str
    profile: int
    leads: int


def _write_mentions(
    connection: sqlite3.Connection, page: int, reading: Reading
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    sha256 = reading.article.page.sha256
    old = {
        key: _Old(*rest)
        for key, *rest in connection.execute(
            'SELECT key, id, event, start, "end", uid, profile, leads FROM mentions WHERE page = ?', (page,)
        )
    }
    about = story(reading)
    wanted: dict[str, tuple[EventMention, Account]] = {}
    for m in reading.events:
        key = mention_key(sha256, m, wanted)
        wanted[key] = (m, account(reading, m, key, about))
    gone = {key: row for key, row in old.items() if key not in wanted}
    emptied = {row.event for row in gone.values() if row.event is not None}
    vacated = {row.profile for row in old.values() if row.leads}
    touched = _remove_mentions(connection, [row.row for row in gone.values()])
    removed = {row.row for row in gone.values()}
    mentions = []
    for key, (m, told) in wanted.items():
        sentence, in_lead = _position(reading.article, m)
        values = _mention_values(m, told) | {"page": page, "key": key, "sentence": sentence, "in_lead": in_lead}
        if key in old:
            mention = old[key].row
            touched |= unlink(connection, mention)
            sets = ", ".join(f'"{name}" = ?' for name in values)
            connection.execute(f"UPDATE mentions SET {sets} WHERE id = ?", (*values.values(), mention))
            connection.execute("DELETE FROM mention_actors WHERE mention = ?", (mention,))
        else:
            heir = _heir(m, gone)
            values["event"] = gone[heir].event if heir else None
            values["uid"] = gone.pop(heir).uid if heir else _new_uid(connection, key)
            names = ", ".join(f'"{name}"' for name in values)
            told_as = tuple(values.values())
            cursor = connection.execute(f"INSERT INTO mentions ({names}) VALUES ({marks(values)})", told_as)
            mention = int(cursor.lastrowid or 0)
        _write_actors(connection, mention, m)
        titled = processes.by_title(reading.article.title, m.language, m.event_type, bool(in_lead))
        processes.write(connection, mention, {*told.agreements, *titled})
        mentions.append(mention)
    return tuple(mentions), tuple(sorted(touched - removed)), tuple(sorted(emptied)), tuple(sorted(vacated))


def _new_uid(connection: sqlite3.Connection, key: str) -> str:
    """The id that a new mention gives to an event it opens."""
    taken: set[str] = set()
    while connection.execute("SELECT 1 FROM mentions WHERE uid = ?", (uid := event_id(key, taken),)).fetchone():
        taken.add(uid)
    return uid


_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'»”’)]*\s")


def _position(article: Article, m: EventMention) -> tuple[int, bool]:
    """The place of a mention's sentence among those of the article (counted by their end marks), and if it is in
    the lead.
    """
    number, paragraphs = 1, 0
    for segment in article.content:
        if segment.start <= m.start < segment.end:
            before = article.page.text[segment.start : m.sentence_start]
            return number + len(_SENTENCE_END.findall(before)), segment.role == "title" or paragraphs == 0
        number += 1 + len(_SENTENCE_END.findall(segment.text.rstrip()))
        paragraphs += segment.role == "body"
    return number, False


def _heir(mention: EventMention, gone: Mapping[str, _Old]) -> str | None:
    """The key of the removed mention that stood in the same place, whose event goes on under its id."""
    best, found = 0, None
    for key, old in gone.items():
        shared = min(old.end, mention.end) - max(old.start, mention.start)
        if shared > best:
            best, found = shared, key
    return found


def _mention_values(m: EventMention, told: Account) -> dict[str, object]:
    place, said = m.location, m.attribution
    return {
        "coded_id": m.id,
        "event_type": m.event_type,
        "mode": m.mode,
        "contexts": json.dumps(m.contexts),
        "cameo": m.cameo,
        "quad_class": m.quad_class,
        "goldstein": m.goldstein,
        "score": m.score,
        "symmetric": m.symmetric,
        "date": m.date.iso,
        "precision": m.date.precision,
        "date_start": m.date.start,
        "date_end": m.date.end,
        "date_reason": m.date.reason,
        "status": m.status,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_start": place.start if place else None,
        "place_end": place.end if place else None,
        "issue": m.issue,
        "attribution": said.name if said else None,
        "attribution_start": said.start if said else None,
        "attribution_end": said.end if said else None,
        "start": m.start,
        "end": m.end,
        "quote": m.quote,
        "sentence_start": m.sentence_start,
        "sentence_end": m.sentence_end,
        "language": m.language,
        "reason": m.reason,
        "confidence": m.confidence,
        "account": told.dumps(),
    }


def _write_actors(connection: sqlite3.Connection, mention: int, m: EventMention) -> None:
    connection.executemany(
        "INSERT INTO mention_actors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                mention, side, position, actor_row(connection, a),
                a.code, a.name, a.office, a.wikidata, a.id, a.start, a.end, a.reason,
            )
            for side, actors in (("source", m.sources), ("target", m.targets))
            for position, a in enumerate(actors)
        ],
    )  # fmt: skip


def actor_key(actor: ActorMention) -> tuple[str, str]:
    """(key, kind) under which the record knows an actor: a person's Wikidata id or name, else a registry id,
    else the code.
    """
    if actor.name:
        if actor.wikidata:
            return actor.wikidata, "person"
        if actor.id and actor.id[:2] in ("P-",):
            return actor.id, "person"
        name = " ".join(sorted(words.name_key(actor.name))) or actor.name
        return f"{country_of(actor.code)}/{name}", "person"
    if actor.id and "." in actor.id:
        return actor.id, "organisation"
    if not country_of(actor.code):
        return actor.code or UNKNOWN, "unknown"
    state = len(actor.code.partition(":")[0]) == 3
    return actor.code, "state" if state else "organisation"


def actor_row(connection: sqlite3.Connection, actor: ActorMention) -> int:
    """The row of an actor, made if need be. The first name and code seen are kept."""
    key, kind = actor_key(actor)
    row = connection.execute("SELECT id FROM actors WHERE key = ?", (key,)).fetchone()
    if row:
        return int(row[0])
    head, _, sector = actor.code.partition(":")
    cursor = connection.execute(
        "INSERT INTO actors (key, kind, code, country, sector, name, wikidata) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, kind, actor.code, country_of(head), sector or None, actor.name, actor.wikidata),
    )
    return int(cursor.lastrowid or 0)


def _remove_mentions(connection: sqlite3.Connection, mentions: list[int]) -> set[int]:
    """Delete mentions; those that stood in an event with them, or were linked to them."""
    touched: set[int] = set()
    for m in mentions:
        touched |= unlink(connection, m)
        touched.update(
            int(r[0])
            for r in connection.execute(
                "SELECT id FROM mentions WHERE event = (SELECT event FROM mentions WHERE id = ?)", (m,)
            )
        )
        connection.execute("DELETE FROM mention_actors WHERE mention = ?", (m,))
        connection.execute("DELETE FROM mentions WHERE id = ?", (m,))
    return touched - set(mentions)


def stored_article(connection: sqlite3.Connection, page: int) -> Article:
    """The article of a stored page, segments with their offsets included."""
    columns = (
        "text, kind, encoding, sha256, file, url, title, outlet, original_source, author, language, published, "
        "published_reason, published_start, published_end, published_alternatives, not_before, not_after, segments, "
        "errors"
    )
    row = connection.execute(f"SELECT {columns} FROM pages WHERE id = ?", (page,)).fetchone()
    if row is None:
        raise KeyError(f"there is no page {page}")
    text = unpack(row[0])
    segments = []
    for role, language, start, end, *rest in json.loads(unpack(row[18])):
        anchors = tuple(tuple(a) for a in rest[0]) if rest else ()
        segments.append(Segment(role, language, start, end, rest[1] if rest else text[start:end], anchors))
    return Article(
        page=Page(text, b"", row[2], row[1], row[3], file=row[4], url=row[5]),
        title=row[6],
        outlet=row[7],
        original_source=row[8],
        author=row[9],
        language=row[10],
        published=PublicationDate(row[11], row[12], row[13], row[14], tuple(json.loads(row[15])), row[16], row[17]),
        segments=tuple(segments),
        errors=tuple(json.loads(row[19])),
    )
