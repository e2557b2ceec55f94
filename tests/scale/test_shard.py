"""A shard's file: nothing is lost in it, the same bytes wherever it is made, and it is there whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import dragoman
from dragoman.coding.reading import Reading
from dragoman.coding.settings import Settings
from dragoman.pages import Limits
from dragoman.scale import manifest
from dragoman.scale.filters import Filters
from dragoman.scale.guarded import Coder, PageLimits
from dragoman.scale.manifest import Manifest
from dragoman.scale.run import RunError, ingest_folder, only_run, prepare
from dragoman.scale.schema import reading, row, schema
from dragoman.scale.shard import FOLDER, Plan, close_coders, process_shard
from dragoman.scale.shards import shards

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow not installed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes")
SAMPLES = Path(dragoman.__file__).parent / "samples" / "pages"
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>The foreign minister of France met "
    "his counterpart from {state} in Geneva on 3 March 2021. They signed an agreement on fishing and spoke to "
    "reporters after the talks, which had lasted for two hours.</p></article></body></html>"
)


def record(url: str, html: bytes, header: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n") -> bytes:
    """A response record of a WARC file."""
    body = header + html
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"WARC-Date: 2021-03-04T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def page(state: str) -> bytes:
    return PAGE.format(state=state, title=f"France and {state} sign an agreement").encode()


def warc(path: Path, states: list[str]) -> Path:
    """A gzipped WARC file with a page for every state."""
    path.parent.mkdir(parents=True, exist_ok=True)
    members = [gzip.compress(record(f"https://news.example/{s.lower()}", page(s)), mtime=0) for s in states]
    path.write_bytes(b"".join(members))
    return path


def plan(out: Path, **more: object) -> Plan:
    made = Plan.of(out, **more)  # type: ignore[arg-type]
    prepare(out)
    return made


@pytest.fixture(scope="module", autouse=True)
def _no_coder_left() -> Iterator[None]:
    yield
    close_coders()


@pytest.fixture(scope="module")
def direct() -> list[Reading]:
    """The sample pages as the laptop codes them; without the bytes, which are not kept."""
    found = [r for r in dragoman.code_pages(sorted(SAMPLES.iterdir()), jobs=1) if isinstance(r, Reading)]
    return [replace(r, article=replace(r.article, page=replace(r.article.page, raw=b""))) for r in found]


def readings(out: Path, done: Manifest) -> list[Reading]:
    return [reading(r) for r in parquet.read_table(out / FOLDER / done.output).to_pylist()]


def test_a_row_holds_all_of_a_reading(direct: list[Reading]) -> None:
    import pyarrow

    table = pyarrow.Table.from_pylist([row(r) for r in direct], schema())
    assert [reading(r) for r in table.to_pylist()] == direct


def test_a_shard_is_what_the_laptop_codes(direct: list[Reading], tmp_path: Path) -> None:
    [shard], problems = shards([SAMPLES])
    done = process_shard(shard, plan(tmp_path))
    assert not problems
    assert readings(tmp_path, done) == direct
    assert (done.pages, done.rows, done.events) == (len(direct), len(direct), sum(len(r.events) for r in direct))
    carried = parquet.read_schema(tmp_path / FOLDER / done.output).metadata
    assert carried[b"dragoman.schema"] == b"1"
    assert carried[b"dragoman.fingerprint"].decode() == done.fingerprint


def test_finished_shards_are_left_alone_and_changed_ones_coded_again(tmp_path: Path) -> None:
    file = warc(tmp_path / "in" / "a.warc.gz", ["Egypt"])
    out = tmp_path / "out"
    [shard], _ = shards([file])
    first = process_shard(shard, plan(out))
    at = (out / FOLDER / first.output).stat().st_mtime_ns
    assert process_shard(shard, plan(out)) == first
    assert (out / FOLDER / first.output).stat().st_mtime_ns == at
    warc(file, ["Egypt", "Japan"])
    second = process_shard(shard, plan(out))
    assert second.rows == 2
    assert [p.name for p in (out / FOLDER).iterdir()] == [second.output]
    third = process_shard(shard, plan(out, settings=Settings(minimum_confidence=0.99)))
    assert third.fingerprint != second.fingerprint
    assert [p.name for p in (out / FOLDER).iterdir()] == [third.output]


def test_equal_names_in_two_folders_are_two_shards_and_a_file_given_twice_is_one(tmp_path: Path) -> None:
    one, two = (warc(tmp_path / name / "news.warc.gz", [state]) for name, state in (("a", "Egypt"), ("b", "Japan")))
    found, problems = shards([one, two, one])
    assert len({s.id for s in found}) == 2
    assert [(p.file, p.message) for p in problems] == [(str(one), "the file was given twice and is coded once")]


def test_a_list_of_paths_names_shards(tmp_path: Path) -> None:
    warc(tmp_path / "crawl" / "one.warc.gz", ["Egypt"])
    listed = tmp_path / "warc.paths.gz"
    listed.write_bytes(gzip.compress(b"crawl/one.warc.gz\ncrawl/two.warc.gz\n"))
    found, problems = shards([listed])
    assert [s.files[0] for s in found] == [str(tmp_path / "crawl/one.warc.gz"), "s3://commoncrawl/crawl/two.warc.gz"]
    assert [s.files[0] for s in shards([listed], "s3://mine")[0]][1] == "s3://mine/crawl/two.warc.gz"
    assert not problems


def test_filters_leave_out_pages_before_they_are_read(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", ["Egypt", "Japan", "Peru"])
    [shard], _ = shards([file])

    def rows(**asked: object) -> tuple[int, dict[str, int]]:
        done = process_shard(shard, plan(tmp_path / "out", filters=Filters(**asked)))  # type: ignore[arg-type]
        return done.rows, done.skipped

    assert rows(hosts=("news.example",)) == (3, {})
    assert rows(hosts=("other.example",)) == (0, {"host": 3})
    assert rows(since="2021-03-05") == (0, {"since": 3})
    assert rows(sample=0.0) == (0, {"sample": 3})


def test_a_copy_in_a_shard_is_coded_once(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", ["Egypt", "Egypt"])
    [shard], _ = shards([file])
    done = process_shard(shard, plan(tmp_path / "out"))
    assert (done.pages, done.rows, done.skipped) == (2, 1, {"copy": 1})


def test_a_page_that_costs_too_much_is_set_aside(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", ["Egypt"])
    [shard], _ = shards([file])
    slow = process_shard(shard, plan(tmp_path / "slow", page_limits=PageLimits(seconds=0.05)))
    assert (slow.rows, slow.errors) == (0, {"time": 1})
    assert "was set aside" in slow.failures[0][1]
    big = process_shard(shard, plan(tmp_path / "big", page_limits=PageLimits(memory=40 << 20)))
    assert (big.rows, big.errors) == (0, {"memory": 1})


def test_a_coder_killed_from_outside_costs_no_page() -> None:
    from dragoman.pages import open_pages

    [first, second, *_] = open_pages(sorted(SAMPLES.glob("en-*.txt")))
    with Coder(Settings(), Filters()) as coder:
        coder.code(first)  # type: ignore[arg-type]
        assert coder._peer is not None
        os.kill(coder._peer.pid, signal.SIGKILL)
        again = coder.code(second)  # type: ignore[arg-type]
    assert getattr(again, "row", None)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    from dragoman.scale.files import whole

    with pytest.raises(RuntimeError, match="stop"), whole(tmp_path / "a.parquet") as aside:
        aside.write_bytes(b"half")
        raise RuntimeError("stop")
    assert list(tmp_path.iterdir()) == []


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with only_run(tmp_path), pytest.raises(RunError, match="Another run"):
        ingest_folder([SAMPLES], tmp_path, jobs=1)


def test_manifests_tell_what_was_done(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", ["Egypt"])
    prepared = plan(tmp_path / "out", limits=Limits(page_bytes=100))
    [shard], _ = shards([file])
    done = process_shard(shard, prepared)
    assert list(manifest.all_of(tmp_path / "out")) == [done]
    assert done.errors == {"length": 1}
    values = json.loads(manifest.place(tmp_path / "out", shard.id).read_text())
    assert {"total", "supervise"} <= values["seconds"].keys()
