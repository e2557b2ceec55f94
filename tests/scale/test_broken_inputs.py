"""Whatever is wrong with an input is a counted error; the rest is done."""

from __future__ import annotations

import gzip
import io
import resource
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_shard import page, record

from dragoman.pages import Failure
from dragoman.scale import manifest
from dragoman.scale.filters import Filters
from dragoman.scale.run import RunReport, ingest_folder
from dragoman.scale.troubles import kind_of

pytest.importorskip("pyarrow", reason="pyarrow not installed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes")
GIGABYTE = 1 << 30


def zipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def good(state: str) -> bytes:
    return zipped(record(f"https://news.example/{state.lower()}", page(state)))


def gigabyte() -> bytes:
    """A record of 1 GiB in about a megabyte of gzip."""
    head = record("https://news.example/huge", b"")
    length = str(len(head.split(b"\r\n\r\n", 1)[1]) - 4 + GIGABYTE).encode()
    before, _, after = head.partition(b"Content-Length: ")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = io.BytesIO()
    out.write(packer.compress(before + b"Content-Length: " + length + after[after.index(b"\r\n") : -4]))
    block = b"<p>spam and eggs</p>" * 52_429
    left = GIGABYTE
    while left:
        out.write(packer.compress(block[: min(left, len(block))]))
        left -= min(left, len(block))
    out.write(packer.compress(b"\r\n\r\n") + packer.flush())
    return out.getvalue()


def wrong_charset() -> bytes:
    """A page in Windows-1256 that says it is UTF-8, and one in two encodings at once."""
    header = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    arabic = "<html><body><p>التقى وزير الخارجية المصري نظيره الفرنسي في باريس يوم الثلاثاء.</p></body></html>"
    mixed = arabic.encode() + page("Malta").replace(b"fishing", b"fish\xe9ing")
    return zipped(record("https://news.example/arabic", arabic.encode("cp1256"), header)) + zipped(
        record("https://news.example/mixed", mixed, header)
    )


BROKEN = {
    "truncated.warc.gz": (good("Egypt") + good("Japan")[:-200], {"cut"}),
    "broken-member.warc.gz": (good("Egypt") + b"\x1f\x8b\x08" + b"\x00" * 300 + good("Japan"), {"gzip", "record"}),
    "not-gzip.warc.gz": (b"\x1f\x8b\x08\x00 this is no gzip data at all", {"gzip"}),
    "endless-line.warc.gz": (
        good("Egypt") + zipped(record("https://news.example/line", b"<p>" + b"word " * 3_000_000)), set()
    ),
    "bad-header.warc.gz": (
        good("Egypt") + zipped(record("https://news.example/bad", page("Peru"), b"HTTP/9 what\x00\r\n\xff: :\r\n\r\n")),
        None,
    ),
    "charset.warc.gz": (good("Egypt") + wrong_charset(), set()),
    "empty.warc.gz": (b"", {"empty"}),
    "same/name.warc.gz": (good("Chile"), set()),
    "other/name.warc.gz": (good("Kenya"), set()),
    "huge.warc.gz": (gigabyte() + good("Ghana"), {"length"}),
}  # fmt: skip
WHOLE = ("Egypt", "Japan", "Chile", "Kenya", "Ghana")  # states of pages that are good wherever they stand


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunReport, Path, int]]:
    """All broken files in one run: its report, its folder, and how much memory the children took at most."""
    base = tmp_path_factory.mktemp("broken")
    for name, (data, _) in BROKEN.items():
        path = base / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    inputs = [base / "in", base / "in" / "same" / "name.warc.gz", base / "in" / "no-such.warc.gz"]
    report = ingest_folder(inputs, base / "out", jobs=1, filters=Filters(gate=False))
    yield report, base / "out", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10


def account(out: Path, name: str) -> manifest.Manifest:
    [found] = [m for m in manifest.all_of(out) if m.source.endswith(name)]
    return found


@pytest.mark.parametrize("name", BROKEN)
def test_each_is_counted_by_its_kind(run: tuple[RunReport, Path, int], name: str) -> None:
    _, out, _ = run
    expected = BROKEN[name][1]
    done = account(out, name)
    if expected is not None:
        assert set(done.errors) <= (expected or set())
        assert bool(done.errors) == bool(expected), done
    assert done.failed == len(done.failures)
    assert done.pages <= done.rows + done.failed + sum(done.skipped.values())


def test_the_good_pages_are_all_there(run: tuple[RunReport, Path, int]) -> None:
    from pyarrow import parquet

    _, out, _ = run
    files = [out / "shards" / m.output for m in manifest.all_of(out)]
    titles = " ".join(t or "" for f in files for t in parquet.read_table(f).column("title").to_pylist())
    assert all(state in titles for state in WHOLE)
    assert len(files) == len(BROKEN)


def test_a_file_given_twice_and_one_that_is_not_there_are_counted(run: tuple[RunReport, Path, int]) -> None:
    report, _, _ = run
    assert (report.errors["duplicate"], report.errors["missing"]) == (1, 1)
    assert {Path(f.file).name for f in report.failed} == {"name.warc.gz", "no-such.warc.gz"}


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("endless-line.warc.gz", {"markup"}), ("charset.warc.gz", {"charset"}), ("same/name.warc.gz", set())],
)
def test_what_is_coded_though_something_was_wrong_is_counted(
    run: tuple[RunReport, Path, int], name: str, kinds: set[str]
) -> None:
    report, out, _ = run
    assert set(account(out, name).notes) == kinds
    assert not kinds or "coded with faults" in str(report)


def test_a_gigabyte_does_not_fill_the_memory(run: tuple[RunReport, Path, int]) -> None:
    _, _, most = run
    assert most < 3 * GIGABYTE // 2, f"{most >> 20} MB"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("the gzip data is broken: Error -3 while decompressing", "gzip"),
        ("the file is empty", "empty"),
        ("took more than 120 s of processor time and was set aside", "time"),
        ("took more than 2384 MB of memory and was set aside", "memory"),
        ("its process ended with signal 9, 3 times; it was set aside", "died"),
        ("the page is longer than the limit and was cut", "length"),
        ("something nobody thought of", "other"),
    ],
)
def test_kinds(message: str, kind: str) -> None:
    assert kind_of(Failure("f", None, message)) == kind
