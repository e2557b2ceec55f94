"""A page's words as HTML with spans marked. Only text leaves here: tags of the page are dropped, the rest is escaped.

Spans count code points of the decoded page, tags and entities included; a segment knows where its text stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from dragoman.pages.article import Article, Segment
from dragoman.record.values import Mention


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a page to mark. `kind` becomes the class (event, source, target, date, place, quotation, at);
    `owner` names what the mark belongs to (a mention's key), `title` says it in words.
    """

    start: int
    end: int
    kind: str
    title: str = ""
    owner: str = ""


def of_mention(mention: Mention) -> list[Span]:
    """What a mention rests on: its words, who, to whom, when and where."""
    actors = {"source": list(mention.sources), "target": list(mention.targets)}
    found = [Span(mention.start, mention.end, "event", mention.reason, mention.key)]
    for side, start, end, reason in mention.actor_spans:
        actor = actors[side].pop(0)
        said = f"{actor.label}: {reason}" if reason else actor.label
        found.append(Span(start, end, side, said, mention.key))
    if mention.date_span:
        found.append(Span(*mention.date_span, "date", mention.date_reason, mention.key))
    if mention.place_span:
        found.append(Span(*mention.place_span, "place", "where", mention.key))
    if mention.attribution_span:
        found.append(Span(*mention.attribution_span, "teller", "who says so", mention.key))
    return found


def passage(article: Article, start: int, end: int, spans: Iterable[Span]) -> Markup:
    """The words between two offsets of the page, whatever segments they stand in."""
    spans = list(spans)
    inside = [s for s in article.segments if s.start < end and start < s.end]
    parts = [marked(s, spans, s.index(start), s.index(end)) for s in inside]
    return Markup(" ").join(part for part in parts if part)


def marked(
    segment: Segment, spans: Iterable[Span], low: int = 0, high: int | None = None, *, linkable: bool = False
) -> Markup:
    """The text of a segment (or a part of it) with its spans marked; where they overlap, a mark has both classes.

    `linkable` gives the first piece of every span an id, "c120-180" from its offsets, for links into the page.
    """
    high = len(segment.text) if high is None else high
    placed = []
    for span in spans:
        if span.start < segment.end and segment.start < span.end:
            first, last = max(segment.index(span.start), low), min(segment.index(span.end), high)
            if first < last:
                placed.append((first, last, span))
    cuts = sorted({low, high, *(p for first, last, _ in placed for p in (first, last))})
    pieces = []
    named: set[str] = set()
    for first, last in pairwise(cuts):
        over = [span for a, b, span in placed if a <= first and last <= b]
        text = escape(segment.text[first:last])
        pieces.append(_piece(text, over, named if linkable else None) if over else text)
    return Markup("").join(pieces)


def _piece(text: Markup, over: Sequence[Span], named: set[str] | None) -> Markup:
    kinds = " ".join(dict.fromkeys(s.kind for s in over))
    owners = " ".join(dict.fromkeys(s.owner for s in over if s.owner))
    narrow = min(over, key=lambda s: s.end - s.start)
    title = narrow.title if narrow.kind != "event" else ""
    anchors = Markup("")
    if named is not None:
        for span in over:
            name = f"c{span.start}-{span.end}"
            if name not in named:
                named.add(name)
                anchors += Markup('<a class="spot" id="{}"></a>').format(name)
    attributes = Markup(' title="{}"').format(title) if title else Markup("")
    if owners:
        attributes += Markup(' data-of="{}"').format(owners)
    return anchors + Markup('<mark class="{}"{}>{}</mark>').format(kinds, attributes, text)
