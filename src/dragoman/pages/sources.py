"""Opens what a user points at: files, folders, globs and stdin, told apart by content, one page at a time."""

from __future__ import annotations

import glob
import gzip
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast

from dragoman.pages.article import Page
from dragoman.pages.containers import Failure, feed_pages, json_pages, make_page, next_record, warc_pages

Kind = Literal["html", "text", "jsonl", "warc", "feed", "binary"]

_HEAD = 65_536
_SPOOL = 64_000_000
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>/]", re.I)
_TAGS = re.compile(
    rb"</?(?:a|article|b|br|div|em|figure|footer|h[1-6]|header|i|img|li|link|main|meta|nav|ol|p|section|script|span|strong"
    rb"|style|table|td|title|tr|ul)(?:\s[^<>]*)?/?>",
    re.I,
)
_JSON = re.compile(rb'^\s*(?:\[\s*)?\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\})')
_BINARY = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}
_BINARY |= {b"GIF8": "an image", b"7z\xbc\xaf": "a 7z archive", b"\x28\xb5\x2f\xfd": "a Zstandard archive"}
_BINARY |= {b"SQLite format 3": "an SQLite database", b"BZh": "a bzip2 archive", b"\xfd7zXZ": "an xz archive"}
_BINARY |= {b"PAR1": "a Parquet file", b"\x7fELF": "a program", b"\x00\x00\x00": "a media file", b"wOF": "a font"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost. Longer pages are cut, and a Failure says so; `feed_bytes` bounds a whole feed."""

    page_bytes: int = 20_000_000
    feed_bytes: int = 50_000_000


def open_pages(
    paths: Sequence[str | Path], *, stdin: BinaryIO | None = None, limits: Limits | None = None
) -> Iterator[Page | Failure]:
    """Yield every page that `paths` hold, lazily; whatever cannot be read is a Failure and the rest goes on.

    A path is a file, a folder (read with its subfolders, sorted by name), a glob, or `-` for `stdin`. HTML, text,
    JSONL, WARC/WET and RSS/Atom, each also gzipped, are recognised by their first bytes.
    """
    limits = limits or Limits()
    for path in paths:
        if str(path) == "-":
            yield from _open_stream(stdin or sys.stdin.buffer, "-", limits)
            continue
        files = list(_files(str(path)))
        if not files:
            yield Failure(str(path), None, "no such file, folder or glob")
        for file in files:
            try:
                with file.open("rb") as stream:
                    yield from _open_stream(stream, str(file), limits)
            except OSError as error:
                yield Failure(str(file), None, f"cannot be read: {error.strerror or error}")


def sniff(head: bytes, name: str = "") -> Kind:
    """Tell from the first bytes (and, in doubt, the name) what a file holds."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WARC/"):
        return "warc"
    if any(head.startswith(magic) for magic in _BINARY):
        return "binary"
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:2000].count(0) > 0.3 * len(head[:2000])
    if wide:
        start = head.replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
    elif head.count(0) > 0.05 * len(head):
        return "binary"
    if _JSON.match(start):
        return "jsonl"
    root = _ROOT.search(start)
    if start.startswith(b"<"):
        feed = _FEED.search(start[:4096])
        if feed and (root is None or feed.start() < root.start()):
            return "feed"
    if root and (start.startswith(b"<") or root.start() < 2000):
        return "html"
    tags = len(_TAGS.findall(start))
    if tags >= 3 and (start.startswith(b"<") or tags * 250 > len(start)):
        return "html"
    return "html" if tags and name.lower().removesuffix(".gz").endswith((".html", ".htm", ".xhtml")) else "text"


def _files(path: str) -> Iterator[Path]:
    """The files that `path` stands for, sorted; hidden files inside folders are left out."""
    found = Path(path)
    if found.is_dir():
        for inner in sorted(found.rglob("*")):
            if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(found).parts):
                yield inner
    elif found.exists():
        yield found
    else:
        for match in sorted(glob.glob(path, recursive=True)):  # noqa: PTH207 - pathlib cannot glob absolute patterns
            if Path(match).is_dir():
                yield from _files(match)
            else:
                yield Path(match)


def _open_stream(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Page | Failure]:
    """Yield the pages of one open file, whatever it holds."""
    source = stream if stream.seekable() and stream is not sys.stdin.buffer else _spooled(stream)
    head = source.read(_HEAD)
    source.seek(0)
    if not head:
        yield Failure(name, None, "the file is empty")
        return
    zipped = head.startswith(b"\x1f\x8b")
    if zipped:
        try:
            head = zlib.decompressobj(31).decompress(head, _HEAD)
        except zlib.error as error:
            if next_record(source, 1, zipped) is None:
                yield Failure(name, "byte 0", f"the gzip data is broken: {error}")
                return
            head = b"WARC/"
    kind = sniff(head, name)
    if kind == "warc":
        yield from warc_pages(source, name, zipped, limits.page_bytes)
        return
    if kind == "binary":
        what = next((w for magic, w in _BINARY.items() if head.startswith(magic)), "binary data")
        yield Failure(name, None, f"this is {what}, not a page; convert it to HTML or text first")
        return
    plain: BinaryIO = gzip.GzipFile(fileobj=source) if zipped else source  # type: ignore[assignment]
    try:
        if kind == "jsonl":
            yield from json_pages(plain, name, limits.page_bytes)
        elif kind == "feed":
            yield from feed_pages(_bounded(plain, limits.feed_bytes), name)
        else:
            raw = _bounded(plain, limits.page_bytes + 1)
            if len(raw) > limits.page_bytes:
                raw = raw[: limits.page_bytes]
                yield Failure(name, f"byte {limits.page_bytes}", "the page is longer than the limit and was cut here")
            yield make_page(raw, kind, file=name)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Failure(name, None, f"the gzip data is broken: {error}")


def _spooled(stream: BinaryIO) -> BinaryIO:
    """A stream that cannot be rewound, copied to where it can: memory while small, a temporary file when large."""
    spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - lives as long as the pages that are read from it
    shutil.copyfileobj(stream, spool, 1 << 20)
    spool.seek(0)
    return cast(BinaryIO, spool)


def _bounded(stream: BinaryIO, limit: int) -> bytes:
    """At most `limit` bytes; of a broken gzip file, what could be read before the break."""
    parts: list[bytes] = []
    size = 0
    while size < limit:
        try:
            part = stream.read(min(1 << 20, limit - size))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            if not parts:
                raise
            break
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


__all__ = ["Failure", "Limits", "open_pages", "sniff"]
