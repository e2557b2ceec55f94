"""Coded shards into events, on any engine: the events that one machine would find, as Parquet by month.

Every step is a function over files that the executor runs; between two steps the driver holds numbers, keys and links,
never texts. The finished folder takes the place of an earlier one by a rename.
"""

from __future__ import annotations

import pickle
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.record.account import Account
from dragoman.record.families import Credit, Sketch
from dragoman.record.linking import Link, placed
from dragoman.record.merge import cluster
from dragoman.record.values import Actor
from dragoman.scale import copies, linking, manifest, schema, tables
from dragoman.scale.buckets import BucketWriter, bucket_of, read_bucket
from dragoman.scale.executor import Executor
from dragoman.scale.files import whole
from dragoman.scale.run import RunError, only_run
from dragoman.scale.shard import FOLDER
from dragoman.scale.tables import Directory, Member, PageFacts

MERGED, WORK = "merged", "merging"
BUCKETS = 16  # a worker holds one of them at a time …
MENTIONS = 10_000  # … with so many mentions in it, if the parties are spread evenly
_ROWS = 500  # of a shard read at a time
_SHIFT = 16  # a mention's number is its page's, shifted, and its place on the page
Kept = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge made."""

    pages: int
    copies: int
    families: int
    mentions: int
    events: int

    def __str__(self) -> str:
        return (
            f"{self.pages} pages in {self.families} families ({self.copies} pages were there twice), "
            f"{self.mentions} mentions, {self.events} events."
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A shard's file in a merge. `numbers` holds each row's page number, -1 where an earlier row has the same page."""

    path: Path
    numbers: Kept

    @property
    def name(self) -> str:
        return self.path.name


def merge_folder(
    out: str | Path,
    workers: Executor,
    *,
    buckets: int | None = None,
    on_step: Callable[[str], None] | None = None,
) -> MergeReport:
    """Merge the coded shards in `out` into `out/merged`: `events` and `mentions`, a folder for every month.

    `buckets` is in how many parts the work is cut (by default enough for its size); it does not change the result.
    Raises RunError where another run writes to the folder, where nothing is coded in it, or where a step failed.
    """
    out = Path(out)
    with only_run(out):
        work = out / WORK
        shutil.rmtree(work, ignore_errors=True)
        try:
            return _Merge(out, work, workers, buckets or _enough(out), on_step or (lambda step: None)).run()
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _enough(out: Path) -> int:
    """So many buckets that none is too large for a worker."""
    return max(BUCKETS, sum(m.events for m in manifest.all_of(out)) // MENTIONS)


def shard_files(out: Path) -> list[Path]:
    """The finished files of a run's folder in the order in which their pages count. Raises RunError without any."""
    found = [out / FOLDER / m.output for m in manifest.all_of(out)]
    if not found:
        raise RunError(f"Nothing is coded in {out}; run: dragoman ingest PATH… --out {out}")
    if missing := [p for p in found if not p.is_file()]:
        raise RunError(f"{missing[0]} is missing; run the same ingest again to make it anew.")
    return found


class _Merge:
    """One merge, step by step."""

    def __init__(self, out: Path, work: Path, workers: Executor, buckets: int, on_step: Callable[[str], None]) -> None:
        self.out, self.work, self.workers, self.buckets, self.say = out, work, workers, buckets, on_step

    def run(self) -> MergeReport:
        """See `merge_folder`."""
        for name in ("profiles", "copies", "leaders", "members", "tables"):
            (self.work / name).mkdir(parents=True)
        sources, twice = census(shard_files(self.out))
        self.say("sorting accounts and shingles")
        sorted_ = self._map(partial(_sort_shard, work=self.work, buckets=self.buckets), sources)
        sketches = {page: sketch for one in sorted_ for page, sketch in one.sketches}
        self.say("finding copies")
        family = copies.families(sketches, self._map(partial(_share, work=self.work), range(self.buckets)))
        directory = Directory.of(_first([a for one in sorted_ for a in one.actors]))
        self.say("linking accounts")
        links = self._links()
        component = linking.components(links)
        self.say("writing events")
        (self.work / "facts.pickle").write_bytes(pickle.dumps((component, family, directory)))
        parts: dict[int, list[Link]] = defaultdict(list)
        for one in links:
            parts[bucket_of(component[one.a], self.buckets)].append(one)
        for bucket in range(self.buckets):
            (self.work / f"links-{bucket}.pickle").write_bytes(pickle.dumps(parts.get(bucket, [])))
        self._map(partial(_gather, work=self.work, buckets=self.buckets), sources)
        counts = self._map(partial(_write_part, work=self.work), range(self.buckets))
        self._publish()
        pages = sum(int((s.numbers >= 0).sum()) for s in sources)
        return MergeReport(
            pages, twice, len(set(family.values())), sum(c[1] for c in counts), sum(c[0] for c in counts)
        )

    def _map(self, step: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        """The results of a step, in order of the items. Raises RunError where one failed."""
        results: dict[int, Any] = {}
        for outcome in self.workers.map(step, items):
            if outcome.error is not None:
                raise RunError(f"Merging stopped: {outcome.error}. What is coded is safe; run the merge again.")
            results[outcome.index] = outcome.value
        return [results[i] for i in range(len(items))]

    def _links(self) -> list[Link]:
        """All links, as `record.linking.linked` makes them."""
        every = range(self.buckets)
        links: set[Link] = set()
        for own in self._map(partial(_lead, work=self.work, buckets=self.buckets), every):
            links.update(own)
        best: dict[str, linking.Best] = {}
        for own, found in self._map(partial(_link_leaders, work=self.work, buckets=self.buckets), every):
            links.update(own)
            for one in found:
                if one.beats(best.get(one.key)):
                    best[one.key] = one
        links.update(Link(min(b.key, b.other), max(b.key, b.other), b.score) for b in best.values())
        kept = self.work / "best.pickle"
        kept.write_bytes(pickle.dumps({key: b.score for key, b in best.items()}))
        for own in self._map(partial(_link_vague, work=self.work, buckets=self.buckets), every):
            links.update(own)
        return sorted(links, key=lambda one: (one.a, one.b))

    def _publish(self) -> None:
        """Put the finished tables where readers look for them."""
        made, place, old = self.work / "tables", self.out / MERGED, self.out / f".{MERGED}.old"
        shutil.rmtree(old, ignore_errors=True)
        if place.exists():
            place.rename(old)
        made.rename(place)
        shutil.rmtree(old, ignore_errors=True)


def census(files: Sequence[Path]) -> tuple[list[Source], int]:
    """Every file with its pages numbered from 1, and how many pages an earlier file or row had already."""
    schema.arrow()
    from pyarrow import parquet

    digests = []
    for path in files:
        names = parquet.read_table(path, columns=["sha256"]).column(0).to_pylist()
        digests.append(np.array([int(name[:16], 16) for name in names], dtype=np.uint64))
    everyone = np.concatenate(digests) if digests else np.empty(0, dtype=np.uint64)
    first = np.zeros(len(everyone), dtype=bool)
    first[np.unique(everyone, return_index=True)[1]] = True
    numbers = np.where(first, np.cumsum(first), -1)
    bounds = np.cumsum([0, *map(len, digests)])
    sources = [Source(p, numbers[bounds[i] : bounds[i + 1]].astype(np.int64)) for i, p in enumerate(files)]
    return sources, int((~first).sum())


def _rows(source: Source, columns: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(page number, row) of the pages that count."""
    schema.arrow()
    from pyarrow import parquet

    at = 0
    with parquet.ParquetFile(source.path) as file:
        for batch in file.iter_batches(_ROWS, columns=columns):
            for row in batch.to_pylist():
                number = int(source.numbers[at])
                at += 1
                if number >= 0:
                    yield number, row


# -- the steps, each run by some worker --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sorted:
    sketches: list[tuple[int, Sketch]]
    actors: list[Actor]


def _sort_shard(source: Source, *, work: Path, buckets: int) -> _Sorted:
    """Accounts by profile, shingles by hash; the pages' sketches and the actors in the order they appear."""
    sketches: list[tuple[int, Sketch]] = []
    seen: dict[str, Actor] = {}
    columns = ["language", "outlet", "original_source", "shingles", "story", "accounts", "events"]
    with (
        BucketWriter(work / "profiles", source.name, buckets) as accounts,
        BucketWriter(work / "copies", source.name, buckets) as postings,
    ):
        for number, row in _rows(source, columns):
            hashes = np.array(row["shingles"], dtype=np.uint64)
            credit = Credit.of(row["outlet"], row["original_source"])
            sketches.append((number, Sketch.of(row["language"], hashes, credit)))
            for part in range(buckets):
                if len(own := hashes[hashes % np.uint64(buckets) == part]):
                    postings.add(part, (number, own.tolist()))
            about = frozenset(row["story"])
            for text in row["accounts"]:
                bucket = linking.profile_bucket(Account.loads(text, about), buckets)
                accounts.add(bucket, (text, row["story"]))
            for event in row["events"]:
                mention = schema.event_of(event)
                for actor in (*mention.sources, *mention.targets):
                    known = tables.first_seen(actor)
                    seen.setdefault(known.key, known)
    return _Sorted(sketches, list(seen.values()))


def _share(bucket: int, *, work: Path) -> copies.Shared:
    held = read_bucket(work / "copies", bucket)
    return copies.shared((shingle, number) for number, own in held for shingle in own)


def _loaded(values: Iterable[tuple[str, list[str]]]) -> Iterator[Account]:
    return (Account.loads(text, frozenset(story)) for text, story in values)


def _lead(bucket: int, *, work: Path, buckets: int) -> list[Link]:
    """Leaders of the bucket's profiles, passed on by parties."""
    found, links = linking.leaders(_loaded(read_bucket(work / "profiles", bucket)))
    with BucketWriter(work / "leaders", f"{bucket:05d}", buckets) as passed:
        for account in found:
            packed = (account.dumps(), sorted(account.story))
            for block in linking.block_buckets(account, buckets):
                passed.add(block, packed)
    return links


def _link_leaders(bucket: int, *, work: Path, buckets: int) -> tuple[list[Link], list[linking.Best]]:
    return linking.link_leaders(_loaded(read_bucket(work / "leaders", bucket)), bucket, buckets)


def _link_vague(bucket: int, *, work: Path, buckets: int) -> list[Link]:
    best: dict[str, float] = pickle.loads((work / "best.pickle").read_bytes())
    accounts = _loaded(read_bucket(work / "leaders", bucket))
    return linking.link_vague((a for a in accounts if not placed(a)), best, bucket, buckets)


def _gather(source: Source, *, work: Path, buckets: int) -> None:
    """A shard's mentions by the component that they are in; one that hangs together with nothing goes by its key."""
    component, family, _ = _facts(work)
    columns = ["sha256", "file", "url", "outlet", "title", "published", "events", "story", "accounts"]
    with BucketWriter(work / "members", source.name, buckets) as members:
        for number, row in _rows(source, columns):
            page = PageFacts(
                number, family[number], row["file"], row["url"], row["sha256"], row["outlet"], row["title"],
                row["published"]["iso"],
            )  # fmt: skip
            about = frozenset(row["story"])
            for i, (event, text) in enumerate(zip(row["events"], row["accounts"], strict=True)):
                account = Account.loads(text, about)
                member = Member(account, schema.event_of(event), page, (number << _SHIFT) + i)
                members.add(bucket_of(component.get(account.key, account.key), buckets), member)


def _write_part(bucket: int, *, work: Path) -> tuple[int, int]:
    """The events of one bucket's components as Parquet by month; how many events and mentions there are."""
    _, _, directory = _facts(work)
    links: list[Link] = pickle.loads((work / f"links-{bucket}.pickle").read_bytes())
    members = {m.account.key: m for m in read_bucket(work / "members", bucket)}
    events: dict[str, list[dict[str, Any]]] = defaultdict(list)
    mentions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in cluster({key: m.account for key, m in members.items()}, links):
        group = [members[key] for key in one.members]
        month, row = tables.event_row(one.id, group, directory)
        events[month].append(row)
        mentions[month].extend(tables.mention_row(one.id, m) for m in group)
    _write_months(work / "tables" / "events", bucket, events)
    _write_months(work / "tables" / "mentions", bucket, mentions)
    return sum(map(len, events.values())), len(members)


def _write_months(folder: Path, bucket: int, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    from dragoman.export.tables import write_parquet

    for month, found in rows.items():
        place = folder / f"month={month}"
        place.mkdir(parents=True, exist_ok=True)
        with whole(place / f"part-{bucket:05d}.parquet") as aside, aside.open("wb") as stream:
            write_parquet(iter(found), tuple(found[0]), stream)


_known: dict[Path, Any] = {}


def _facts(work: Path) -> tuple[dict[str, str], dict[int, int], Directory]:
    """What the driver found, read once a worker."""
    path = work / "facts.pickle"
    if path not in _known:
        _known.clear()
        _known[path] = pickle.loads(path.read_bytes())
    found: tuple[dict[str, str], dict[int, int], Directory] = _known[path]
    return found


def _first(actors: Iterable[Actor]) -> list[Actor]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(actor.key, actor)
    return list(seen.values())
