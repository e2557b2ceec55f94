"""Readings and articles as the plain dictionaries that `--format jsonl` prints (docs/output.md)."""

from __future__ import annotations

from typing import Any

from dragoman.coding.reading import ActorMention, EventMention, Quote, Reading
from dragoman.pages.article import Article, Segment


def article_dict(article: Article) -> dict[str, Any]:
    """An article as one JSON object."""
    page, published = article.page, article.published
    return {
        "file": page.file,
        "url": page.url,
        "sha256": page.sha256,
        "language": article.language,
        "title": article.title,
        "outlet": article.outlet,
        "original_source": article.original_source,
        "author": article.author,
        "published": published.iso,
        "published_reason": published.reason,
        "published_alternatives": list(published.alternatives),
        "published_not_before": published.not_before,
        "published_not_after": published.not_after,
        "body_lines": list(article.body_lines) if page.kind == "text" else None,
        "segments": [_segment(s) for s in article.segments],
        "errors": list(article.errors),
    }


def reading_dict(reading: Reading) -> dict[str, Any]:
    """A reading as one JSON object: the article's fields, its events and quotations."""
    shape = article_dict(reading.article)
    shape["events"] = [event_dict(e) for e in reading.events]
    shape["quotes"] = [_quote(q) for q in reading.quotes]
    shape["errors"] = [*shape["errors"], *reading.errors]
    return shape


def event_dict(event: EventMention) -> dict[str, Any]:
    """An event mention as one JSON object."""
    place, date = event.location, event.date
    return {
        "id": event.id,
        "event_type": event.event_type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "quad_class": event.quad_class,
        "goldstein": event.goldstein,
        "score": event.score,
        "sources": [_actor(a) for a in event.sources],
        "targets": [_actor(a) for a in event.targets],
        "symmetric": event.symmetric,
        "date": {
            "iso": date.iso,
            "precision": date.precision,
            "start": date.start,
            "end": date.end,
            "reason": date.reason,
        },
        "status": event.status,
        "location": None
        if place is None
        else {"name": place.name, "country": place.country, "latitude": place.latitude, "longitude": place.longitude},
        "issue": event.issue,
        "attribution": None
        if event.attribution is None
        else {"name": event.attribution.name, "start": event.attribution.start, "end": event.attribution.end},
        "start": event.start,
        "end": event.end,
        "quote": event.quote,
        "language": event.language,
        "reason": event.reason,
        "confidence": event.confidence,
    }


def event_row(reading: Reading, event: EventMention) -> dict[str, Any]:
    """An event as one flat row for tables and CSV."""
    return {
        "file": reading.article.page.file or reading.article.page.url,
        "date": event.date.iso,
        "source": [_label(a) for a in event.sources],
        "event": f"{event.event_type} {event.mode}" if event.mode else event.event_type,
        "target": [_label(a) for a in event.targets],
        "status": event.status,
        "place": event.location.name if event.location else None,
        "quote": " ".join(event.quote.split()),
        "confidence": event.confidence,
        "id": event.id,
    }


def _label(actor: ActorMention) -> str:
    return f"{actor.code} {actor.name}" if actor.name else actor.code


def _segment(segment: Segment) -> dict[str, Any]:
    return {"role": segment.role, "language": segment.language, "start": segment.start, "end": segment.end}


def _actor(actor: ActorMention) -> dict[str, Any]:
    return {
        "code": actor.code,
        "name": actor.name,
        "office": actor.office,
        "wikidata": actor.wikidata,
        "id": actor.id,
        "start": actor.start,
        "end": actor.end,
        "reason": actor.reason,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    speaker = quote.speaker
    return {
        "start": quote.start,
        "end": quote.end,
        "speaker": None if speaker is None else {"code": speaker.code, "name": speaker.name, "office": speaker.office},
        "cue": quote.cue,
        "direct": quote.direct,
    }
