"""Merging shards gives what one machine gives: the same links, families, events and values."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from world import World

import dragoman
from dragoman.coding.reading import Reading
from dragoman.export.tables import event_rows, mention_rows
from dragoman.record import Record
from dragoman.record.account import Account, accounts
from dragoman.record.families import Credit, Sketch, content, shingles
from dragoman.record.linking import linked, placed
from dragoman.scale import copies, linking
from dragoman.scale.executor import Outcome, attempt
from dragoman.scale.files import whole
from dragoman.scale.load import load_folder
from dragoman.scale.manifest import Manifest
from dragoman.scale.merging import merge_folder, shard_files
from dragoman.scale.run import RunError, prepare
from dragoman.scale.schema import row, schema

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow not installed")
parquet = pytest.importorskip("pyarrow.parquet")

SAMPLES = Path(dragoman.__file__).parent / "samples" / "pages"


class Here:
    """The executor that is no other process, so that a test of merging is one of merging."""

    name, workers = "here", 1

    def map(self, work: Any, items: Sequence[Any]) -> Iterator[Outcome]:
        for index, item in enumerate(items):
            yield Outcome(index, *attempt(work, item))

    def close(self) -> None: ...
    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None: ...


def made_up(count: int, seed: int = 5) -> list[Reading]:
    """Readings of a made-up world, shuffled as crawls are."""
    found = list(World(seed).readings(count))
    random.Random(seed).shuffle(found)
    return found


def write_shards(out: Path, readings: Sequence[Reading], shards: int) -> list[Reading]:
    """Readings as the files of finished shards; the readings in the order in which they count."""
    prepare(out)
    ordered: list[Reading] = []
    for i in range(shards):
        part = readings[i::shards]
        name = f"s{i:03d}"
        with whole(out / "shards" / f"{name}.parquet") as aside:
            parquet.write_table(pyarrow.Table.from_pylist([row(r) for r in part], schema()), aside)
        events = sum(len(r.events) for r in part)
        Manifest(name, name, 0, 0, "", "", f"{name}.parquet", "", 0, len(part), len(part), events, 0).write(out)
        ordered += part
    return ordered


def rows_of(table: str, out: Path) -> list[dict[str, Any]]:
    """All rows of a merged table, without the column that names the month."""
    found = parquet.read_table(out / "merged" / table).to_pylist()
    return [{k: v for k, v in r.items() if k != "month"} for r in found]


@pytest.fixture(scope="module")
def sample_readings() -> list[Reading]:
    return [r for r in dragoman.code_pages(sorted(SAMPLES.iterdir()), jobs=1) if isinstance(r, Reading)]


@pytest.mark.parametrize("buckets", [1, 3, 16])
@pytest.mark.parametrize("seed", range(4))
def test_links_in_buckets_are_the_links(buckets: int, seed: int) -> None:
    found = [a for a, _, _ in accounts(made_up(400, seed))]
    assert set(_links_in_buckets(found, buckets)) == set(linked(found).links)


def _links_in_buckets(found: list[Account], buckets: int) -> Iterator[Any]:
    leaders: list[Account] = []
    for b in range(buckets):
        first, links = linking.leaders([a for a in found if linking.profile_bucket(a, buckets) == b])
        leaders += first
        yield from links
    best: dict[str, linking.Best] = {}
    for b in range(buckets):
        links, likest = linking.link_leaders([a for a in leaders if b in linking.block_buckets(a, buckets)], b, buckets)
        yield from links
        for one in likest:
            if one.beats(best.get(one.key)):
                best[one.key] = one
    for one in best.values():
        yield linking.Link(min(one.key, one.other), max(one.key, one.other), one.score)
    vague = [a for a in leaders if not placed(a)]
    scores = {key: b.score for key, b in best.items()}
    for b in range(buckets):
        own = [a for a in vague if b in linking.block_buckets(a, buckets)]
        yield from linking.link_vague(own, scores, b, buckets)


@pytest.mark.parametrize("parts", [1, 5])
def test_families_in_parts_are_the_families(parts: int, tmp_path: Path) -> None:
    readings = made_up(300, 9)
    sketches: dict[int, Sketch] = {}
    postings: list[list[copies.Posting]] = [[] for _ in range(parts)]
    for number, r in enumerate(readings, 1):
        hashes = shingles(content(r.article))
        credit = Credit.of(r.article.outlet, r.article.original_source)
        sketches[number] = Sketch.of(r.article.language, hashes, credit)
        for h in hashes.tolist():
            postings[h % parts].append((h, number))
    found = copies.families(sketches, [copies.shared(p) for p in postings])
    with Record(tmp_path / "r.db") as record:
        record.add_many(readings, later=True)
        assert {p.id: p.family for p in record.pages()} == found
    assert len(set(found.values())) < len(found), "nothing was a copy"


def test_a_shingle_of_very_many_pages_counts_as_it_does_one_by_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from dragoman.record import families

    for module in (families, copies):
        monkeypatch.setattr(module, "STANDING", 2)
    test_families_in_parts_are_the_families(2, tmp_path)


@pytest.mark.parametrize("source", ["samples", "made up"])
def test_merged_tables_are_those_of_a_record(source: str, sample_readings: list[Reading], tmp_path: Path) -> None:
    readings = sample_readings if source == "samples" else made_up(500, 3)
    ordered = write_shards(tmp_path, [*readings, readings[0]], 3)
    report = merge_folder(tmp_path, Here(), buckets=5)
    with Record(tmp_path / "r.db") as record:
        loaded = load_folder(record, tmp_path)
        events = {r["id"]: r for r in event_rows(record.iter_events())}
        mentions = {r["mention"]: r for r in mention_rows(record.iter_events())}
        assert record.doctor() == []
    assert loaded.added.added == report.pages == len(readings) == len(ordered) - 1
    assert loaded.added.mentions == report.mentions
    assert {r["id"]: r for r in rows_of("events", tmp_path)} == events
    assert {r["mention"]: r for r in rows_of("mentions", tmp_path)} == mentions
    assert (report.events, report.mentions, report.copies) == (len(events), len(mentions), 1)


def test_tables_lie_by_month_and_other_tools_read_them(sample_readings: list[Reading], tmp_path: Path) -> None:
    write_shards(tmp_path, sample_readings, 2)
    report = merge_folder(tmp_path, Here())
    for path in (tmp_path / "merged" / "events").glob("month=*/*.parquet"):
        month = path.parent.name.removeprefix("month=")
        for date in parquet.ParquetFile(path).read(columns=["date"]).column(0).to_pylist():
            assert (date or "undated").startswith(month[:4]) or month == "undated"
    pandas = pytest.importorskip("pandas")
    assert len(pandas.read_parquet(tmp_path / "merged" / "events")) == report.events
    duckdb = pytest.importorskip("duckdb")
    asked = f"SELECT count(*), count(DISTINCT month) FROM '{tmp_path}/merged/events/*/*.parquet'"
    assert duckdb.sql(asked).fetchall()[0][0] == report.events


def test_merging_again_replaces_the_tables_and_leaves_nothing_else(
    sample_readings: list[Reading], tmp_path: Path
) -> None:
    write_shards(tmp_path, sample_readings, 2)
    first = merge_folder(tmp_path, Here())
    assert merge_folder(tmp_path, Here()) == first
    assert {p.name for p in tmp_path.iterdir()} == {"shards", "manifests", "progress", "merged", ".running"}


def test_a_folder_with_nothing_coded_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="Nothing is coded"):
        merge_folder(tmp_path, Here())


def test_a_missing_file_is_named(sample_readings: list[Reading], tmp_path: Path) -> None:
    write_shards(tmp_path, sample_readings, 2)
    lost = shard_files(tmp_path)[1]
    lost.unlink()
    with pytest.raises(RunError, match=lost.name):
        merge_folder(tmp_path, Here())


def test_components_are_named_by_their_first_key() -> None:
    links = [linking.Link(a, b, 5.0) for a, b in ("bc", "de", "cd", "xy")]
    assert linking.components(links) == {**dict.fromkeys("bcde", "b"), **dict.fromkeys("xy", "x")}
