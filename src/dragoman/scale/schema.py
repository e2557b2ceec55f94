"""What a coded page is in Parquet: one row, with all that a record needs, and back again without loss.

The columns are a promise to readers of the files. A change of meaning raises `VERSION`, which every file carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from dragoman.coding.reading import ActorMention, Attribution, EventDate, EventMention, Place, Quote, Reading
from dragoman.pages.article import Article, Page, PublicationDate, Segment
from dragoman.record.account import account, mention_key, story
from dragoman.record.families import content, shingles

VERSION = 1
PREFIX = "dragoman."  # of the keys in a file's metadata


@cache
def schema() -> Any:
    """The Arrow schema of a shard's file. Raises ModuleNotFoundError, saying what to install, without pyarrow."""
    pa = arrow()
    text, integer, number, flag = pa.string(), pa.int32(), pa.float64(), pa.bool_()
    span = [("start", integer), ("end", integer)]
    actor = pa.struct(
        [("code", text), ("name", text), ("office", text), ("wikidata", text), *span, ("reason", text), ("id", text)]
    )
    event = pa.struct(
        [
            ("id", text), ("event_type", text), ("mode", text), ("contexts", pa.list_(text)), ("cameo", text),
            ("quad_class", integer), ("goldstein", number), ("score", number),
            ("sources", pa.list_(actor)), ("targets", pa.list_(actor)), ("symmetric", flag),
            ("date", pa.struct([("iso", text), ("precision", text), *span, ("reason", text)])),
            ("status", text),
            ("location", pa.struct(
                [("name", text), ("country", text), ("latitude", number), ("longitude", number), *span]
            )),
            ("issue", text), ("attribution", pa.struct([("name", text), *span])), *span, ("quote", text),
            ("sentence_start", integer), ("sentence_end", integer), ("language", text), ("reason", text),
            ("confidence", number),
        ]
    )  # fmt: skip
    segment = pa.struct([("role", text), ("language", text), *span, ("text", text), ("anchors", pa.list_(integer))])
    published = pa.struct(
        [("iso", text), ("reason", text), *span, ("alternatives", pa.list_(text)), ("not_before", text),
         ("not_after", text)]
    )  # fmt: skip
    quote = pa.struct([*span, ("speaker", actor), ("cue", text), ("direct", flag)])
    return pa.schema(
        [
            ("sha256", text), ("file", text), ("url", text), ("kind", text), ("encoding", text), ("fetched", text),
            ("title", text), ("outlet", text), ("original_source", text), ("author", text), ("language", text),
            ("published", published), ("events", pa.list_(event)), ("quotes", pa.list_(quote)),
            ("segments", pa.list_(segment)), ("article_errors", pa.list_(text)), ("errors", pa.list_(text)),
            ("shingles", pa.list_(pa.int64())), ("story", pa.list_(text)), ("accounts", pa.list_(text)), ("text", text),
        ]
    )  # fmt: skip


def arrow() -> Any:
    """pyarrow, or a sentence saying how to get it."""
    try:
        import pyarrow
    except ImportError as error:
        raise ModuleNotFoundError("Coding into a folder needs pyarrow: pip install 'dragoman[scale]'.") from error
    return pyarrow


def row(reading: Reading) -> dict[str, Any]:
    """A reading as one row of `schema`. The page's bytes are not kept: its text is, and offsets count that."""
    article, page = reading.article, reading.article.page
    published, about = article.published, story(reading)
    return {
        "sha256": page.sha256,
        "file": page.file,
        "url": page.url,
        "kind": page.kind,
        "encoding": page.encoding,
        "fetched": page.fetched,
        "title": article.title,
        "outlet": article.outlet,
        "original_source": article.original_source,
        "author": article.author,
        "language": article.language,
        "published": _fields(published) | {"alternatives": list(published.alternatives)},
        "events": [_event(e) for e in reading.events],
        "quotes": [_fields(q) | {"speaker": _fields(q.speaker) if q.speaker else None} for q in reading.quotes],
        "segments": [_segment(s, page.text) for s in article.segments],
        "article_errors": list(article.errors),
        "errors": list(reading.errors),
        "shingles": shingles(content(article)).astype("int64").tolist(),
        "story": sorted(about),
        "accounts": _accounts(reading, about),
        "text": page.text,
    }


def reading(values: Mapping[str, Any]) -> Reading:
    """The reading that `row` made a row of; its page has no bytes any more, as in a record."""
    text = values["text"]
    page = Page(
        text, b"", values["encoding"], values["kind"], values["sha256"], values["file"], values["url"],
        values["fetched"],
    )  # fmt: skip
    published = values["published"]
    article = Article(
        page=page,
        title=values["title"],
        outlet=values["outlet"],
        original_source=values["original_source"],
        author=values["author"],
        language=values["language"],
        published=PublicationDate(**(published | {"alternatives": tuple(published["alternatives"])})),
        segments=tuple(_segment_of(s, text) for s in values["segments"]),
        errors=tuple(values["article_errors"]),
    )
    quotes = tuple(
        Quote(**(q | {"speaker": ActorMention(**q["speaker"]) if q["speaker"] else None})) for q in values["quotes"]
    )
    return Reading(article, tuple(event_of(e) for e in values["events"]), quotes, tuple(values["errors"]))


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a dataclass whose values are plain."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _accounts(reading: Reading, about: frozenset[str]) -> list[str]:
    taken: dict[str, str] = {}
    for mention in reading.events:
        key = mention_key(reading.article.page.sha256, mention, taken)
        taken[key] = account(reading, mention, key, about).dumps()
    return list(taken.values())


def _event(event: EventMention) -> dict[str, Any]:
    return _fields(event) | {
        "contexts": list(event.contexts),
        "sources": [_fields(a) for a in event.sources],
        "targets": [_fields(a) for a in event.targets],
        "date": _fields(event.date),
        "location": _fields(event.location) if event.location else None,
        "attribution": _fields(event.attribution) if event.attribution else None,
    }


def event_of(values: Mapping[str, Any]) -> EventMention:
    """The event mention of one struct of the column `events`."""
    place, said = values["location"], values["attribution"]
    parts = {
        "contexts": tuple(values["contexts"]),
        "sources": _actors(values["sources"]),
        "targets": _actors(values["targets"]),
        "date": EventDate(**values["date"]),
        "location": Place(**place) if place else None,
        "attribution": Attribution(**said) if said else None,
    }
    return EventMention(**({**values} | parts))


def _actors(values: Iterable[Mapping[str, Any]]) -> tuple[ActorMention, ...]:
    return tuple(ActorMention(**a) for a in values)


def _segment(segment: Segment, text: str) -> dict[str, Any]:
    """A segment whose text is the page's own between its offsets keeps no second copy of it."""
    same = text[segment.start : segment.end] == segment.text
    flat = [n for anchor in segment.anchors for n in anchor]
    return {
        "role": segment.role,
        "language": segment.language,
        "start": segment.start,
        "end": segment.end,
        "text": None if same else segment.text,
        "anchors": flat,
    }


def _segment_of(values: Mapping[str, Any], text: str) -> Segment:
    start, end, flat = values["start"], values["end"], values["anchors"]
    own = values["text"]
    anchors = tuple((flat[i], flat[i + 1], flat[i + 2], flat[i + 3]) for i in range(0, len(flat), 4))
    return Segment(values["role"], values["language"], start, end, text[start:end] if own is None else own, anchors)
