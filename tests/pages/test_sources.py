"""Files, folders, globs and stdin give pages; whatever is broken costs itself only."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from dragoman.pages import Failure, Limits, Page, open_pages
from dragoman.pages.containers import declared_day
from dragoman.pages.sources import sniff

HTML = "<!doctype html><html><body><h1>Talks resume</h1><p>Rabat hosted talks.</p></body></html>"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Post</title>
<item><title>Envoys meet</title><link>https://example.org/1</link><pubDate>Fri, 02 Oct 2020 23:30:00 -0500</pubDate>
<description>&lt;p&gt;Two envoys met in Rabat.&lt;/p&gt;</description></item>
<item><title>Second</title><description>Only text.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Phare</title><entry><title>Accord</title>
<link href="https://example.org/2"/><published>2021-08-25T07:30:00+01:00</published><updated>2021-11-02T00:00:00Z</updated>
<content type="html">&lt;p&gt;Un accord.&lt;/p&gt;</content></entry></feed>"""


def record(number: int, body: bytes | None = None, kind: str = "response") -> bytes:
    payload = body if body is not None else f"<html><body><p>Page {number}</p></body></html>".encode()
    if kind == "response":
        payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + payload
    content_type = "application/http; msgtype=response" if kind == "response" else "text/plain"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2020-01-02T03:04:05Z\r\nContent-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def opened(path: Path, **limits: int) -> tuple[list[Page], list[Failure]]:
    items = list(open_pages([path], limits=Limits(**limits)))
    return [i for i in items if isinstance(i, Page)], [i for i in items if isinstance(i, Failure)]


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (HTML, "x.txt", "html"),
        ("<div><p>One</p><p>Two</p></div>", "x", "html"),
        ("Rabat - The two ministers met.\nThey said a < b.", "x.html.txt", "text"),
        ("Title\n\nA body that says <b>little</b> " + "and goes on. " * 60, "x.txt", "text"),
        ('{"text": "a", "url": "b"}\n{"text": "c"}', "x.txt", "jsonl"),
        ('[{"html": "<p>a</p>"}]', "x.json", "jsonl"),
        ("{ This is a sentence in braces }", "x.txt", "text"),
        ("WARC/1.0\r\nWARC-Type: warcinfo", "x", "warc"),
        (RSS, "x.html", "feed"),
        (ATOM, "x.xml", "feed"),
        ("%PDF-1.7 ...", "x.html", "binary"),
    ],
)
def test_content_tells_the_kind(head: str, name: str, kind: str) -> None:
    assert sniff(head.encode(), name) == kind


def test_a_folder_is_read_sorted_with_its_subfolders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write(tmp_path / "b", "2.html", HTML)
    write(tmp_path, "a.txt", "Some text of a page.")
    write(tmp_path, ".hidden", "no")
    pages, failures = opened(tmp_path)
    assert [(Path(p.file or "").name, p.kind) for p in pages] == [("a.txt", "text"), ("2.html", "html")]
    assert not failures
    assert [Path(p.file or "").name for p in opened(tmp_path / "**" / "*.html")[0]] == ["2.html"]


def test_stdin_and_gzip() -> None:
    (page,) = open_pages(["-"], stdin=io.BytesIO(gzip.compress(HTML.encode())))
    assert isinstance(page, Page)
    assert (page.text, page.kind, page.file) == (HTML, "html", "-")


def test_missing_empty_and_binary_files_are_failures(tmp_path: Path) -> None:
    paths = [
        tmp_path / "none",
        write(tmp_path, "empty", ""),
        write(tmp_path, "x.pdf", b"%PDF-1.4"),
        write(tmp_path, "y", HTML),
    ]
    items = list(open_pages(paths))
    assert [type(i) for i in items] == [Failure, Failure, Failure, Page]
    assert "PDF" in str(items[2])


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        json.dumps(
            {
                "text": "A text.",
                "url": "https://example.org/a",
                "date": "2020-10-02T10:00:00Z",
                "title": "T",
                "source": {"name": "S"},
            }
        ),
        "{broken",
        json.dumps({"content": "<p>One</p><p>Two</p>", "outlet": "O", "published": "Fri, 02 Oct 2020 23:30:00 -0500"}),
        json.dumps({"nothing": 1}),
        json.dumps({"body": "lone \ud83d surrogate"}),
    ]
    pages, failures = opened(write(tmp_path, "rows", "\n".join(rows)))
    assert [(p.kind, p.declared_date, p.declared_title, p.declared_outlet) for p in pages] == [
        ("text", "2020-10-02", "T", "S"),
        ("html", "2020-10-02", None, "O"),
        ("text", None, None, None),
    ]
    assert [f.place for f in failures] == ["line 2", "line 4"]


def test_a_pretty_printed_array_is_rows_too(tmp_path: Path) -> None:
    pages, failures = opened(write(tmp_path, "rows.json", json.dumps([{"text": "a"}, {"text": "b"}], indent=1)))
    assert [p.text for p in pages] == ["a", "b"]
    assert not failures


def test_feeds(tmp_path: Path) -> None:
    pages, _ = opened(write(tmp_path, "rss", RSS))
    assert [(p.declared_title, p.declared_date, p.declared_outlet, p.url) for p in pages] == [
        ("Envoys meet", "2020-10-02", "The Harbour Post", "https://example.org/1"),
        ("Second", None, "The Harbour Post", None),
    ]
    assert pages[0].text == "<p>Two envoys met in Rabat.</p>"
    (page,), _ = opened(write(tmp_path, "atom", ATOM))
    assert (page.declared_date, page.kind) == ("2021-08-25", "html")


def test_warc_and_wet(tmp_path: Path) -> None:
    archive = record(1) + record(2, b"Plain text of a page.", "conversion") + record(3, b"x", "request")
    for content in (archive, gzip.compress(archive)):
        pages, failures = opened(write(tmp_path, "a", content))
        assert [(p.kind, p.url, p.fetched) for p in pages] == [
            ("html", "https://example.org/1", "2020-01-02"),
            ("text", "https://example.org/2", "2020-01-02"),
        ]
        assert not failures


def _flip(member: bytes) -> bytes:
    middle = len(member) // 2
    return member[:middle] + bytes([member[middle] ^ 0xFF, member[middle + 1] ^ 0xFF]) + member[middle + 2 :]


@pytest.mark.parametrize("spoil", [_flip, lambda m: m[:-6] + bytes([m[-6] ^ 0xFF]) + m[-5:], lambda m: m[:80]])
def test_a_broken_gzip_member_costs_one_record(tmp_path: Path, spoil: object) -> None:
    members = [gzip.compress(record(n)) for n in range(5)]
    for broken in range(5):
        spoilt = [spoil(m) if n == broken else m for n, m in enumerate(members)]  # type: ignore[operator]
        pages, failures = opened(write(tmp_path, "a.warc.gz", b"".join(spoilt)))
        assert [p.url for p in pages] == [f"https://example.org/{n}" for n in range(5) if n != broken]
        assert len(failures) == 1


def test_a_wrong_length_costs_one_record(tmp_path: Path) -> None:
    wrong = record(1).replace(b"Content-Length: ", b"Content-Length: 9")
    pages, failures = opened(write(tmp_path, "a.warc", record(0) + wrong + record(2) + b"rubbish\r\n" + record(3)))
    assert [p.url for p in pages] == ["https://example.org/0", "https://example.org/2", "https://example.org/3"]
    assert len(failures) == 2


@pytest.mark.parametrize("length", [30, 330, -20])
def test_a_file_that_ends_inside_its_only_record_says_so(tmp_path: Path, length: int) -> None:
    for name, content in (("a.warc", record(0)), ("a.warc.gz", gzip.compress(record(0), mtime=0))):
        pages, failures = opened(
            write(tmp_path, name, content[: length if length < 0 else min(length, len(content) - 20)])
        )
        assert not pages
        assert len(failures) == 1


def test_a_page_whose_server_named_no_type_is_read(tmp_path: Path) -> None:
    bare = record(0).replace(b"Content-Type: text/html; charset=utf-8\r\n", b"X-Nothing: 1234567890123456789012345\r\n")
    pages, failures = opened(write(tmp_path, "a.warc", bare))
    assert [p.url for p in pages] == ["https://example.org/0"]
    assert not failures


def test_long_pages_are_cut_and_bombs_do_not_go_off(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<html><body><p>" + b"a" * 30_000_000)
    pages, failures = opened(write(tmp_path, "bomb.gz", bomb), page_bytes=100_000)
    assert len(pages[0].raw) == 100_000
    assert "longer than the limit" in failures[0].message
    line = json.dumps({"text": "b" * 200_000})
    pages, failures = opened(write(tmp_path, "rows", line + '\n{"text": "c"}'), page_bytes=100_000)
    assert [p.text for p in pages] == ["c"]
    assert failures[0].place == "line 1"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-09-13T23:30:00-05:00", "2020-09-13"),
        ("20200913", "2020-09-13"),
        ("20200913T101112", "2020-09-13"),
        ("Sun, 13 Sep 2020 23:30:00 -0500", "2020-09-13"),
        ("02/10/2020", None),
        ("yesterday", None),
        (None, None),
        (20200913, None),
    ],
)
def test_declared_days(value: object, day: str | None) -> None:
    assert declared_day(value) == day
