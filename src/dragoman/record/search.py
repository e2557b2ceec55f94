"""Pages by their words, in any of the languages: FTS5 over folded words, snippets cut from the page's own text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from dragoman.pages.article import CONTENT_ROLES, Article
from dragoman.record import words
from dragoman.record.queries import page_infos
from dragoman.record.selection import match
from dragoman.record.values import Hit

SNIPPET = 240  # characters
RANKED = 2000  # of words that very many pages have, the latest so many pages are ranked


def search(db: sqlite3.Connection, text: str, limit: int, article: Callable[[int], Article]) -> tuple[Hit, ...]:
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
    return tuple(_hit(db, int(r[0]), wanted, article(int(r[0]))) for r in rows)


def _hit(db: sqlite3.Connection, page: int, wanted: set[str], article: Article) -> Hit:
    info = page_infos(db, "p.id = ?", (page,))[0]
    snippet, marks, start = _snippet(article, wanted)
    events = db.execute(
        "SELECT DISTINCT e.uid FROM mentions m JOIN events e ON e.id = m.event WHERE m.page = ? ORDER BY m.start",
        (page,),
    )
    return Hit(info, snippet, marks, start, tuple(r[0] for r in events))


def _snippet(article: Article, wanted: set[str]) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The stretch of one segment with the most of the wanted words, and where they stand in it; body before title."""
    best: tuple[int, int, str, list[tuple[int, int]], int] | None = None
    for segment in article.segments:
        if segment.role not in CONTENT_ROLES:
            continue
        hits = [(w, s, e) for w, s, e in words.tokens(segment.text) if w in wanted]
        for _, first, _ in hits:
            inside = [(w, s, e) for w, s, e in hits if first <= s and e <= first + SNIPPET]
            rank = (len({w for w, _, _ in inside}), int(segment.role == "body"))
            if best is None or rank > best[:2]:
                best = (*rank, segment.text, [(s, e) for _, s, e in inside], segment.start)
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
