"""A Reading becomes rows, and rows become the Article's text again. Every function runs in the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass

from dragoman.coding.reading import Reading
from dragoman.pages.article import Article, Page, PublicationDate, Segment
from dragoman.record import families, mentionrows
from dragoman.record.account import story
from dragoman.record.mentionrows import Changed
from dragoman.record.parameters import marks


@dataclass(frozen=True, slots=True)
class Written:
    """What writing one reading changed; `recoded` when the page was there before."""

    page: int
    changed: Changed
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
    changed = mentionrows.write(connection, page_id, reading)
    connection.execute("DELETE FROM quotes WHERE page = ?", (page_id,))
    for q in reading.quotes:
        speaker = q.speaker
        connection.execute(
            'INSERT INTO quotes (page, actor, start, "end", cue, direct, speaker, published) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page_id,
                mentionrows.actor_row(connection, speaker) if speaker else None,
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
    return Written(page_id, changed, bool(row))


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
