"""Addresses: a store that speaks S3, on this machine, read as shards by the run that reads folders."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest
from test_shard import page, record

from dragoman.scale import manifest, remote
from dragoman.scale.run import ingest_folder
from dragoman.scale.shards import shards

fs = pytest.importorskip("pyarrow.fs", reason="pyarrow not installed")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes"),
    pytest.mark.skipif(not hasattr(fs, "S3FileSystem"), reason="this pyarrow cannot read S3"),
]
WHEN = "Thu, 04 Mar 2021 00:00:00 GMT"


class Store(BaseHTTPRequestHandler):
    """As much of S3 as a reader needs: HEAD, GET with ranges, and lists of keys."""

    objects: dict[str, bytes] = {}  # noqa: RUF012 - filled by the fixture

    def do_HEAD(self) -> None:
        self._object(body=False)

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if "list-type" in asked.query:
            self._keys(asked.path.strip("/"), parse_qs(asked.query).get("prefix", [""])[0])
        else:
            self._object(body=True)

    def _object(self, body: bool) -> None:
        data = self.objects.get(urlsplit(self.path).path.lstrip("/"))
        if data is None:
            self._answer(404, b"")
            return
        wanted = self.headers.get("Range")
        if wanted:
            first, _, last = wanted.removeprefix("bytes=").partition("-")
            total = len(data)
            data = data[int(first) : int(last or total) + 1]
            self._answer(206, data, body, {"Content-Range": f"bytes {first}-{int(first) + len(data) - 1}/{total}"})
        else:
            self._answer(200, data, body)

    def _keys(self, bucket: str, prefix: str) -> None:
        keys = [k.removeprefix(f"{bucket}/") for k in sorted(self.objects) if k.startswith(f"{bucket}/{prefix}")]
        entries = "".join(
            f"<Contents><Key>{escape(k)}</Key><Size>{len(self.objects[f'{bucket}/{k}'])}</Size>"
            f"<LastModified>2021-03-04T00:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag></Contents>"
            for k in keys
        )
        text = (
            '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(keys)}</KeyCount>"
            f"<IsTruncated>false</IsTruncated>{entries}</ListBucketResult>"
        )
        self._answer(200, text.encode())

    def _answer(self, code: int, data: bytes, body: bool = True, more: dict[str, str] | None = None) -> None:
        self.send_response(code)
        headers = {"Content-Length": str(len(data)), "Last-Modified": WHEN, "ETag": '"x"'} | (more or {})
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def warc(*states: str) -> bytes:
    return b"".join(gzip.compress(record(f"https://news.example/{s}", page(s)), mtime=0) for s in states)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """The objects of a store that this machine serves, by bucket and key."""
    objects = {
        "crawl/2021/03/a.warc.gz": warc("Egypt"),
        "crawl/2021/03/b.warc.gz": warc("Japan", "Peru"),
        "crawl/2021/04/c.warc.gz": warc("Kenya"),
        "crawl/2021/warc.paths.gz": gzip.compress(b"2021/03/a.warc.gz\n2021/04/c.warc.gz\n"),
    }
    monkeypatch.setattr(Store, "objects", objects)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}", "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    yield objects
    server.shutdown()
    server.server_close()


def test_a_folder_a_pattern_and_a_list_name_shards(store: dict[str, bytes]) -> None:
    def files(*paths: str, base: str | None = None) -> list[str]:
        found, problems = shards(paths, base)
        assert not problems
        return [f.removeprefix("s3://crawl/2021/") for s in found for f in s.files]

    assert files("s3://crawl/2021/03/") == ["03/a.warc.gz", "03/b.warc.gz"]
    assert files("s3://crawl/2021/*/[ac].warc.gz") == ["03/a.warc.gz", "04/c.warc.gz"]
    assert files("s3://crawl/2021/warc.paths.gz", base="s3://crawl") == ["03/a.warc.gz", "04/c.warc.gz"]


def test_remote_shards_are_coded_and_known_the_next_time(store: dict[str, bytes], tmp_path: Path) -> None:
    first = ingest_folder(["s3://crawl/2021/03/"], tmp_path / "out", jobs=1)
    assert (first.shards, first.pages, first.rows, first.errors.total()) == (2, 3, 3, 0)
    again = ingest_folder(["s3://crawl/2021/03/"], tmp_path / "out", jobs=1)
    assert (again.known, again.rows) == (2, 3)
    assert {m.source for m in manifest.all_of(tmp_path / "out")} == {
        "s3://crawl/2021/03/a.warc.gz", "s3://crawl/2021/03/b.warc.gz",
    }  # fmt: skip


def test_what_is_not_there_is_counted(store: dict[str, bytes], tmp_path: Path) -> None:
    report = ingest_folder(
        ["s3://crawl/2021/04/c.warc.gz", "s3://crawl/2022/", "s3://crawl/no.warc.gz"], tmp_path / "out", jobs=1
    )
    assert (report.pages, len(report.failed)) == (1, 2)
    assert {f.file for f in report.failed} == {"s3://crawl/2022/", "s3://crawl/no.warc.gz"}


def test_addresses_and_files_are_told_apart() -> None:
    assert remote.is_remote("s3://a/b") and remote.is_remote("gs://a/b")
    assert not remote.is_remote("C:/a") and not remote.is_remote("file:///a") and not remote.is_remote("a/b.warc.gz")
