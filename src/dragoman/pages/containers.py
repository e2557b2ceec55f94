"""Files that hold many pages: WARC/WET, JSON lines, RSS and Atom. A broken record costs that record only."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Literal

from dragoman.pages.article import Page
from dragoman.pages.decode import decode, scrub

_GZIP_MAGIC = b"\x1f\x8b\x08"
_WARC_MAGIC = b"WARC/1."
_ISO_DAY = re.compile(r"\s*((?:1[89]|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_COMPACT_DAY = re.compile(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T|Z|\d{6}|$)")
_HTML = re.compile(r"<(?:!doctype|html|body|p|div|article|h[1-6]|br|ul|table|figure)\b", re.I)
_HTML_KEYS = ("html", "raw_html", "content_html")
_TEXT_KEYS = ("text", "body", "content", "maintext", "article", "plain_text")
_TITLE_KEYS = ("title", "headline")
_DATE_KEYS = ("date", "published", "date_publish", "published_at", "publish_date", "pub_date", "datePublished")
_OUTLET_KEYS = ("outlet", "source", "source_name", "publisher", "sitename")
_URL_KEYS = ("url", "link", "uri")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input, or one record of it, that could not be read; `place` says where in the file."""

    file: str
    place: str | None
    message: str

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        return f"{self.file}{where}: {self.message}"


def make_page(
    raw: bytes,
    kind: Literal["html", "text"],
    *,
    file: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    fetched: str | None = None,
    declared_date: str | None = None,
    declared_title: str | None = None,
    declared_outlet: str | None = None,
) -> Page:
    """A Page of these bytes, decoded; `charset` is what a transport header declares."""
    decoded = decode(raw, charset)
    return Page(
        text=decoded.text,
        raw=raw,
        encoding=decoded.encoding,
        kind=kind,
        sha256=hashlib.sha256(raw).hexdigest(),
        file=file,
        url=url,
        fetched=fetched,
        declared_date=declared_date,
        declared_title=declared_title,
        declared_outlet=declared_outlet,
    )


def declared_day(value: object) -> str | None:
    """The ISO day that a container's date field declares, in the field's own time zone; None where it is not plain.

    ISO 8601 and RFC 2822 only: anything else may be ambiguous.
    """
    if not isinstance(value, str):
        return None
    found = _ISO_DAY.match(value) or _COMPACT_DAY.match(value)
    if found:
        return "-".join(found.groups())
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def json_pages(stream: BinaryIO, name: str, limit: int) -> Iterator[Page | Failure]:
    """Yield a page per JSON line (or per object of a JSON array); a bad line is a Failure."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        place = f"line {number}"
        if not line.strip():
            continue
        if len(line) > limit:
            yield Failure(name, place, "the line is longer than the limit and was left out")
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            if number == 1:
                rest = stream.read(limit + 1)
                whole = _whole_document(line + rest) if len(rest) <= limit else None
                if whole is not None:
                    yield from _rows(whole, name)
                    return
                yield Failure(name, place, f"not valid JSON: {error}")
                yield from _json_lines(rest, name, number)
                if len(rest) <= limit:
                    return
                number += rest.count(b"\n")
                continue
            yield Failure(name, place, f"not valid JSON: {error}")
            continue
        yield from _rows(value if isinstance(value, list) else [value], name, number)


def _json_lines(block: bytes, name: str, number: int) -> Iterator[Page | Failure]:
    for offset, line in enumerate(block.split(b"\n"), number + 1):
        if line.strip():
            try:
                yield from _rows([json.loads(line)], name, offset)
            except (ValueError, RecursionError) as error:
                yield Failure(name, f"line {offset}", f"not valid JSON: {error}")


def _whole_document(block: bytes) -> list[Any] | None:
    """The rows of a file that is one JSON document, None when it is not."""
    try:
        value = json.loads(block)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else [value]


def _rows(values: list[Any], name: str, line: int | None = None) -> Iterator[Page | Failure]:
    for index, row in enumerate(values, 1):
        place = f"line {line}" if line and len(values) == 1 else f"row {index}"
        if not isinstance(row, dict):
            yield Failure(name, place, "a row must be a JSON object with a text or html key")
            continue
        content, kind = _content(row)
        if content is None:
            yield Failure(name, place, "the row has none of the keys html, text, content, body with a string in it")
            continue
        outlet = _first(row, _OUTLET_KEYS)
        yield make_page(
            scrub(content).encode(),
            kind,
            file=name,
            url=_first(row, _URL_KEYS),
            fetched=declared_day(row.get("fetched") or row.get("crawled") or row.get("date_download")),
            declared_date=next(filter(None, (declared_day(row.get(key)) for key in _DATE_KEYS)), None),
            declared_title=_first(row, _TITLE_KEYS),
            declared_outlet=outlet if outlet and "://" not in outlet else None,
        )


def _content(row: Mapping[str, Any]) -> tuple[str | None, Literal["html", "text"]]:
    html = _first(row, _HTML_KEYS)
    if html:
        return html, "html"
    text = _first(row, _TEXT_KEYS)
    return text, "html" if text and len(_HTML.findall(text[:20_000])) >= 2 else "text"


def _first(row: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = row.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, str) and value.strip():
            return scrub(value)
    return None


def feed_pages(raw: bytes, name: str) -> Iterator[Page | Failure]:
    """Yield a page per feed item: its HTML content, with the title, day and outlet the feed declares.

    The day is the item's publication date, never its update, in the time zone the feed states.
    """
    import feedparser

    feed = feedparser.parse(raw, response_headers={"content-type": "application/xml"})
    if not feed.entries:
        reason = f": {feed.bozo_exception}" if feed.get("bozo") else ""
        yield Failure(name, None, f"the feed has no items{reason}")
        return
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        parts = [part.get("value") or "" for part in entry.get("content", ())] or [entry.get("summary") or ""]
        html = max(parts, key=len)
        title = entry.get("title")
        if not html.strip() and not title:
            yield Failure(name, f"item {number}", "the item has neither text nor title")
            continue
        source = entry.get("source") or {}
        yield make_page(
            scrub(html or f"<p>{title}</p>").encode(),
            "html",
            file=name,
            url=entry.get("link"),
            declared_date=declared_day(entry.get("published")),
            declared_title=scrub(title) if title else None,
            declared_outlet=source.get("title") or outlet or None,
        )


class _BrokenRecordError(ValueError):
    """A record that can be seen to be wrong; reading resumes after its first byte, `start`."""

    def __init__(self, start: int, message: str) -> None:
        super().__init__(message)
        self.start = start


def warc_pages(stream: BinaryIO, name: str, zipped: bool, limit: int) -> Iterator[Page | Failure]:
    """Yield a page per HTML response and per text conversion record of a WARC or WET file.

    After a broken record (a gzip member that does not inflate, a wrong length, no header) reading goes on with the next
    record that starts sanely.
    """
    position, number = 0, 0
    while True:
        last = position
        try:
            for start, item in _records(stream, name, position, limit):
                last = start
                number += 1
                yield from item
            cut = position if not number else next_record(stream, last + 1, zipped) if zipped else None
            if cut is not None:
                yield Failure(name, f"record at byte {cut}", "the file ends inside the record, which was left out")
            return
        except _BrokenRecordError as error:
            yield Failure(name, f"record at byte {error.start}", f"{error}; it was left out")
            following = next_record(stream, error.start + 1, zipped)
        except (OSError, ValueError, EOFError) as error:
            yield Failure(name, f"record after byte {last}", f"the record is broken and was left out: {error}")
            following = last + 1
            if zipped and number:
                # `last` is the last good record: the first magic number after it opens the broken one.
                broken = _find(stream, last + 1, _GZIP_MAGIC)
                following = broken + 1 if broken is not None else None
            following = None if following is None else next_record(stream, following, zipped)
        if following is None:
            return
        position, number = following, 0


def _encoded(headers: Any) -> bool:
    """Whether HTTP headers say that the body is compressed or chunked, so that its length differs from the record's."""
    return bool(headers) and any(headers.get(key) for key in ("Content-Encoding", "Transfer-Encoding"))


def _records(stream: BinaryIO, name: str, position: int, limit: int) -> Iterator[tuple[int, list[Page | Failure]]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    stream.seek(position)
    wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    shift: int | None = None
    for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, auto_decode="all"):
        if shift is None:
            shift = position - record.stream_pos if record.stream_pos < position else 0
        start = record.stream_pos + shift
        if not record.record_type & wanted:
            yield start, []
            continue
        status = record.http_headers.status_code if record.http_headers else None
        content_type = (record.headers.get("Content-Type") or "").lower()
        if content_type.startswith("application/http") and record.record_type == WarcRecordType.response:
            if status is None:
                raise _BrokenRecordError(start, "the record's HTTP header is cut")
            content_type = (record.http_content_type or "").lower()  # a server that names none mostly sends HTML
        is_text = record.record_type == WarcRecordType.conversion or content_type.startswith("text/plain")
        if not is_text and content_type and "html" not in content_type and "text" not in content_type:
            yield start, []
            continue
        declared_length = record.content_length
        raw = record.reader.read(limit + 1)
        url = record.headers.get("WARC-Target-URI")
        if url is None:
            raise _BrokenRecordError(start, "the record has no address: its header is cut")
        swallowed = raw.find(b"\r\n\r\n" + _WARC_MAGIC)
        if swallowed >= 0 or (len(raw) < min(declared_length, limit) and not _encoded(record.http_headers)):
            raise _BrokenRecordError(start, f"the record of {url} is not as long as its header says")
        if status is not None and not 200 <= status < 300:
            yield start, []
            continue
        items: list[Page | Failure] = []
        if len(raw) > limit:
            raw = raw[:limit]
            items.append(Failure(name, url, "the page is longer than the limit and was cut"))
        items.append(
            make_page(
                raw,
                "text" if is_text else "html",
                file=name,
                url=url,
                charset=record.http_charset,
                fetched=declared_day(record.headers.get("WARC-Date")),
            )
        )
        yield start, items


def next_record(stream: BinaryIO, position: int, zipped: bool) -> int | None:
    """The byte where the next sane record starts at or after `position`, None at the end."""
    if not zipped:
        found = _find(stream, position, b"\n" + _WARC_MAGIC)
        return None if found is None else found + 1
    at = _find(stream, position, _GZIP_MAGIC)
    while at is not None:
        stream.seek(at)
        try:
            if zlib.decompressobj(31).decompress(stream.read(512), 16).startswith(_WARC_MAGIC):
                return at
        except zlib.error:
            pass
        at = _find(stream, at + 1, _GZIP_MAGIC)
    return None


def _find(stream: BinaryIO, position: int, needle: bytes) -> int | None:
    """The first byte at or after `position` where `needle` stands, reading a megabyte at a time."""
    stream.seek(position)
    base, window = position, b""
    while chunk := stream.read(1 << 20):
        window += chunk
        at = window.find(needle)
        if at >= 0:
            return base + at
        keep = len(needle) - 1
        base += max(0, len(window) - keep)
        window = window[-keep:]
    return None
