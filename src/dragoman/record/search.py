"""Pages by their words, in any of the languages: FTS5 over folded words, snippets cut from the page's own text."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from dragoman.pages.article import CONTENT_ROLES
from dragoman.record import words
from dragoman.record.answers import Hit
from dragoman.record.parameters import marks
from dragoman.record.queries import page_infos
from dragoman.record.selection import match
from dragoman.record.writing import unpack

SNIPPET = 240  # characters
RANKED = 1000  # of words that very many pages have, the latest so many pages are ranked

_Segment = tuple[str, str, int]  # role, text, start


def search(db: sqlite3.Connection, text: str, limit: int) -> tuple[Hit, ...]:
    """The pages that have all the words of `text`, best first; of more than RANKED pages the best of the latest."""
    query = match(text)
    if not query:
        return ()
    rows = db.execute(
        "SELECT rowid FROM (SELECT rowid, rank AS best FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?) "
        "ORDER BY best LIMIT ?",
        (query, RANKED, limit),
    ).fetchall()
    wanted = {w for w, _, _ in words.tokens(text)}
    return tuple(_hits(db, [int(r[0]) for r in rows], wanted))


def _hits(db: sqlite3.Connection, pages: list[int], wanted: set[str]) -> Iterator[Hit]:
    among = f"IN ({marks(pages)})"
    infos = {info.id: info for info in page_infos(db, f"p.id {among}", pages)}
    told: dict[int, list[str]] = defaultdict(list)
    for page, uid in db.execute(
        f"SELECT m.page, e.uid FROM mentions m JOIN events e ON e.id = m.event WHERE m.page {among} ORDER BY m.start",
        pages,
    ):
        told[page].append(uid)
    texts = {page: rest for page, *rest in db.execute(f"SELECT id, text, segments FROM pages WHERE id {among}", pages)}
    for page in pages:
        snippet, spans, start = _snippet(_content(*texts[page]), wanted)
        yield Hit(infos[page], snippet, spans, start, tuple(dict.fromkeys(told[page])))


def _content(text: bytes, segments: bytes) -> Iterator[_Segment]:
    """The segments of a kept page that are its own."""
    whole = unpack(text)
    for role, _, start, end, *rest in json.loads(unpack(segments)):
        if role in CONTENT_ROLES:
            yield role, rest[1] if rest else whole[start:end], start


def _snippet(segments: Iterator[_Segment], wanted: set[str]) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The stretch of one segment with the most of the wanted words, and where they stand in it; body before title."""
    best: tuple[int, int, str, list[tuple[int, int]], int] | None = None
    for role, text, start in segments:
        # where the words stand costs more to find than how many there are, and most segments cannot be better
        promise = (len(wanted.intersection(words.folded_words(text))), int(role == "body"))
        if not promise[0] or (best is not None and promise <= best[:2]):
            continue
        hits = [(w, s, e) for w, s, e in words.tokens(text) if w in wanted]
        for _, first, _ in hits:
            inside = [(w, s, e) for w, s, e in hits if first <= s and e <= first + SNIPPET]
            rank = (len({w for w, _, _ in inside}), int(role == "body"))
            if best is None or rank > best[:2]:
                best = (*rank, text, [(s, e) for _, s, e in inside], start)
        if best is not None and best[:2] == (len(wanted), 1):
            break
    if best is None:
        return "", (), 0
    _, _, text, spans, offset = best
    low = max(0, spans[0][0] - 60)
    low = text.find(" ", low) + 1 if low and text.find(" ", low) < spans[0][0] else low
    high = min(len(text), low + SNIPPET + 60)
    if high < len(text):
        cut = text.rfind(" ", spans[-1][1], high)
        high = cut if cut > 0 else high
    return text[low:high], tuple((s - low, e - low) for s, e in spans), offset + low
