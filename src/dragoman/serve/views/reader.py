"""A page as it came: its own text with furniture dimmed, every event and quotation marked where it stands.

Every mark has an address: `/pages/7#c120-180` is the characters 120 to 180 of the decoded page. `?at=120-180` marks
any other stretch so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dragoman.pages.article import CONTENT_ROLES, Article
from dragoman.record import RecordError
from dragoman.record.answers import Quotation
from dragoman.record.values import Mention, PageInfo
from dragoman.serve import wording
from dragoman.serve.marking import Span, marked, of_mention
from dragoman.serve.problems import NotHere
from dragoman.serve.rendering import Ask, Row, View, page
from dragoman.serve.views.events import features

COLUMNS = (
    "kind", "start", "end", "words", "event", "event_type", "mode", "status", "date", "sources", "targets", "speaker",
    "direct",
)  # fmt: skip
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")
_TAGS = {"subhead": "h2"}


@dataclass(frozen=True, slots=True)
class Block:
    """One segment of the page as it is shown."""

    role: str
    tag: str
    language: str
    content: bool
    text: Markup
    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]


def reader(ask: Ask) -> View:
    """The page of this number (its SHA-256 digest will do too)."""
    info = find(ask, ask.path["page"])
    article = ask.record.article(info.id)
    mentions = ask.record.mentions_on(info.id)
    quotations = ask.record.quotes_on(info.id)
    at = span_of(ask.query.get("at", ""), len(article.page.text))
    copies = [p for p in ask.record.pages(family=info.family) if p.id != info.id]
    events = {m.event: ask.record.event(m.event) for m in mentions} if ask.whole else {}
    return View(
        title=info.title or wording.outlet(info),
        value=lambda: {
            "page": info.to_dict(),
            "segments": [
                {"role": s.role, "language": s.language, "start": s.start, "end": s.end, "text": s.text}
                for s in article.segments
            ],
            "mentions": [m.to_dict() for m in mentions],
            "quotations": [q.to_dict() for q in quotations],
            "copies": [p.to_dict() for p in copies],
        },
        columns=COLUMNS,
        rows=lambda: rows(mentions, quotations),
        features=lambda: features(events.values()),
        show={
            "info": info,
            "article": article,
            "blocks": blocks(article, mentions, quotations, at),
            "mentions": mentions,
            "quotations": quotations,
            "copies": copies,
            "at": at,
        },
    )


def find(ask: Ask, name: str) -> PageInfo:
    """The page by number or digest. Raises NotHere."""
    found: PageInfo | None = None
    if name.isascii() and name.isdigit() and len(name) < 19:
        try:
            found = ask.record.page(int(name))
        except RecordError:
            found = None
    elif re.fullmatch(r"[0-9a-f]{64}", name):
        found = ask.record.find_page(name)
    if found is None:
        raise NotHere("There is no such page in this record.")
    return found


def span_of(text: str, length: int) -> tuple[int, int] | None:
    """The offsets in "120-180"; None where there are none on the page."""
    match = _AT.fullmatch(text)
    if not match:
        return None
    start, end = int(match[1]), min(int(match[2]), length)
    return (start, end) if start < end else None


def blocks(
    article: Article, mentions: Sequence[Mention], quotations: Sequence[Quotation], at: tuple[int, int] | None
) -> list[Block]:
    """Every segment with its marks; menus and footers without."""
    spans = [s for m in mentions for s in of_mention(m)]
    spans += [Span(q.start, q.end, "quotation", spoken(q)) for q in quotations]
    if at:
        spans.append(Span(*at, "at"))
    found = []
    for segment in article.segments:
        if not segment.text.strip():
            continue
        content = segment.role in CONTENT_ROLES
        here = [s for s in spans if s.start < segment.end and segment.start < s.end]
        found.append(
            Block(
                segment.role,
                _TAGS.get(segment.role, "p"),
                segment.language,
                content,
                marked(segment, here, linkable=True),
                tuple(m for m in mentions if segment.start <= m.start < segment.end),
                tuple(q for q in quotations if segment.start <= q.start < segment.end),
            )
        )
    return found


def spoken(q: Quotation) -> str:
    """Who said it."""
    who = wording.country(q.speaker) if q.speaker else "somebody"
    return f"said by {who}" + (f", {q.office}" if q.office else "")


def rows(mentions: Sequence[Mention], quotations: Sequence[Quotation]) -> list[Row]:
    """Events and quotations of the page in one table, in page order."""
    found: list[dict[str, Any]] = [
        {
            "kind": "event",
            "start": m.start,
            "end": m.end,
            "words": m.quote,
            "event": m.event,
            "event_type": m.event_type,
            "mode": m.mode,
            "status": m.status,
            "date": m.date,
            "sources": "; ".join(a.label for a in m.sources),
            "targets": "; ".join(a.label for a in m.targets),
        }
        for m in mentions
    ]
    found += [
        {
            "kind": "quotation",
            "start": q.start,
            "end": q.end,
            "words": q.words,
            "speaker": q.speaker,
            "direct": int(q.direct),
        }
        for q in quotations
    ]
    return sorted(found, key=lambda row: (row["start"], row["end"]))


routes = page("/pages/{page}", "page", reader, places=True)
