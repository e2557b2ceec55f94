"""The values that page reading yields: a Page as it came, and the Article found in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "title",
    "byline",
    "date",
    "body",
    "subhead",
    "caption",
    "navigation",
    "related",
    "share",
    "comments",
    "footer",
    "other",
]
CONTENT_ROLES: frozenset[str] = frozenset({"title", "body", "subhead", "caption"})


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched document as it came.

    `text` is `raw` decoded with `encoding`; every offset in Dragoman counts code points of `text`.
    `kind` tells how to read it: an HTML document, or text already stripped of its HTML.
    """

    text: str
    raw: bytes
    encoding: str
    kind: Literal["html", "text"]
    sha256: str
    file: str | None = None
    url: str | None = None
    fetched: str | None = None  # ISO date when the page was fetched, where the container says so: an upper bound only
    declared_date: str | None = None  # ISO date that the container (feed item, JSONL row) declares
    declared_title: str | None = None
    declared_outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the page with one role and one language.

    `text` is what a reader sees; `page.text[start:end]` is where it stands in the page. In plain text the two are
    equal. In HTML the slice may hold tags and entities, so `anchors` maps between them: each `(i, p, n, m)` says that
    `text[i:i+n]` stands at `page.text[p:p+m]` (m != n only for entities and collapsed white space, mapped as a whole).
    Empty `anchors` means the identity map from `start`.
    """

    role: Role
    language: str
    start: int
    end: int
    text: str
    anchors: tuple[tuple[int, int, int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Page offsets of `self.text[start:end]`."""
        if not self.anchors:
            return self.start + start, self.start + end
        return self._page_start(start), self._page_end(end)

    def index(self, offset: int) -> int:
        """Where an offset into the page stands in `text`; inside a tag or entity, where that begins."""
        if not self.anchors:
            return min(max(offset - self.start, 0), len(self.text))
        at = bisect_right(self.anchors, offset, key=lambda a: a[1]) - 1
        if at < 0:
            return 0
        i, p, n, m = self.anchors[at]
        if offset >= p + m:
            return i + n
        return i + (offset - p) if n == m else i

    def _page_start(self, index: int) -> int:
        anchor = self.anchors[max(0, bisect_right(self.anchors, index, key=lambda a: a[0]) - 1)]
        i, p, n, m = anchor
        if n == m:
            return p + min(index - i, n)
        return p

    def _page_end(self, index: int) -> int:
        if index == 0:
            return self._page_start(0)
        i, p, n, m = self.anchors[max(0, bisect_right(self.anchors, index - 1, key=lambda a: a[0]) - 1)]
        if n == m:
            return p + min(index - i, n)
        return p + m


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When the page says it was published; `iso` is None where it does not say.

    `not_before` / `not_after` bound an unknown date, `updated` is the day of the only update it shows; `alternatives`
    are other readings that the evidence allows.
    """

    iso: str | None
    reason: str
    start: int | None = None
    end: int | None = None
    alternatives: tuple[str, ...] = ()
    not_before: str | None = None
    not_after: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The page's own content, furniture labelled. Segments are in page order and do not overlap."""

    page: Page
    title: str | None
    outlet: str | None
    original_source: str | None
    author: str | None
    language: str
    published: PublicationDate
    segments: tuple[Segment, ...]
    errors: tuple[str, ...] = field(default=())

    @property
    def content(self) -> tuple[Segment, ...]:
        """The segments that may report events: title, subheads, body and captions."""
        return tuple(s for s in self.segments if s.role in CONTENT_ROLES)

    @property
    def body_lines(self) -> tuple[int, ...]:
        """1-based numbers of the page's lines that hold body segments."""
        text = self.page.text
        lines: list[int] = []
        line = position = 0
        for segment in self.segments:
            if segment.role == "body":
                line += text.count("\n", position, segment.start)
                position = segment.start
                lines.extend(range(line + 1, line + 2 + text.count("\n", segment.start, segment.end)))
        return tuple(dict.fromkeys(lines))
