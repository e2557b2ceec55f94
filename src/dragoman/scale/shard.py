"""One shard, start to end: its pages are filtered, coded and written to one Parquet file that is there whole or not.

The same shard under the same fingerprint gives the same bytes, whatever engine runs it, beside whatever else.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from dragoman.coding.settings import Settings
from dragoman.pages import Failure, Limits, open_pages
from dragoman.pages.article import Page
from dragoman.record.ingesting import about
from dragoman.scale import manifest, schema
from dragoman.scale.files import digest, whole
from dragoman.scale.filters import Filters
from dragoman.scale.fingerprint import fingerprint
from dragoman.scale.guarded import Coded, Coder, PageLimits
from dragoman.scale.manifest import MOST_FAILURES, Manifest
from dragoman.scale.peer import cpu_seconds
from dragoman.scale.remote import fetch
from dragoman.scale.shards import Shard
from dragoman.scale.troubles import kind_of, kind_of_note

FOLDER = "shards"
PROGRESS = "progress"
ROWS, CHARACTERS = 1000, 16_000_000  # of a row group: whichever is reached first
_PROGRESS_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How shards are coded and where to. `mark` is the fingerprint; make a plan with `Plan.of`."""

    out: Path
    settings: Settings
    filters: Filters
    limits: Limits
    page_limits: PageLimits
    mark: str

    @classmethod
    def of(
        cls,
        out: Path,
        settings: Settings | None = None,
        filters: Filters | None = None,
        limits: Limits | None = None,
        page_limits: PageLimits | None = None,
    ) -> Plan:
        """A plan with its fingerprint."""
        settings, filters, limits = settings or Settings(), filters or Filters(), limits or Limits()
        page_limits = page_limits or PageLimits()
        mark = fingerprint(settings, {"filters": filters.to_dict(), "limits": [asdict(limits), asdict(page_limits)]})
        return cls(out, settings, filters, limits, page_limits, mark)


def finished(shard: Shard, plan: Plan) -> Manifest | None:
    """The manifest of a shard that needs no coding: same input, same fingerprint, and its file is there."""
    found = manifest.read(manifest.place(plan.out, shard.id))
    if found is None or found.fingerprint != plan.mark:
        return None
    output = plan.out / FOLDER / found.output
    if not output.is_file() or output.stat().st_size != found.bytes:
        return None
    try:
        return found if shard.state() == (found.size, found.changed) else None
    except OSError:
        return None


def process_shard(shard: Shard, plan: Plan) -> Manifest:
    """Code a shard into `plan.out`; its manifest. A finished shard is left alone.

    Raises OSError where the shard cannot be opened or the folder not written; whatever is wrong inside the shard is
    counted in the manifest.
    """
    if done := finished(shard, plan):
        return done
    coder = _coder(plan)
    with _local(shard) as files:
        size, changed = shard.state()
        work = _Work(shard, plan, coder, shard.digest(files))
        name = f"{shard.id}.{_short(plan.mark + work.digest)}.parquet"
        output = plan.out / FOLDER / name
        with whole(output) as aside:
            work.write(files, aside)
            output_digest, length = digest(aside), aside.stat().st_size
    seconds = {name: round(value, 3) for name, value in sorted(work.seconds.items())}
    account = Manifest(
        shard.id, shard.source, size, changed, work.digest, plan.mark, name, output_digest, length,
        **work.counts, skipped=dict(sorted(work.skipped.items())), errors=dict(sorted(work.errors.items())),
        failures=work.failures, notes=dict(sorted(work.notes.items())), seconds=seconds, memory=coder.peak,
        coded=list(about(plan.settings)),
    )  # fmt: skip
    account.write(plan.out)
    for old in output.parent.glob(f"{shard.id}.*.parquet"):
        if old.name != name:
            old.unlink(missing_ok=True)
    return account


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


_coders: dict[tuple[int, str], Coder] = {}  # one a process: models are loaded once, not once a shard


def _coder(plan: Plan) -> Coder:
    """This process's coder for a plan; another plan's is closed."""
    key = (os.getpid(), f"{plan.mark}{plan.page_limits}")
    if key not in _coders:
        close_coders()
        _coders[key] = Coder(plan.settings, plan.filters, plan.page_limits)
    return _coders[key]


def close_coders() -> None:
    """End this process's coder, if it has one."""
    for (pid, _), coder in list(_coders.items()):
        if pid == os.getpid():
            coder.close()
    _coders.clear()


@contextmanager
def _local(shard: Shard) -> Iterator[list[Path]]:
    """The shard's files on this machine; a remote one is fetched, and taken away afterwards."""
    if not shard.remote:
        yield [Path(f) for f in shard.files]
        return
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        found = []
        for i, file in enumerate(shard.files):
            found.append(Path(folder) / f"{i}-{file.rpartition('/')[2]}")
            fetch(file, found[-1])
        yield found


@dataclass(slots=True)
class _Work:
    """A shard being coded."""

    shard: Shard
    plan: Plan
    coder: Coder
    digest: str
    counts: dict[str, int] = field(default_factory=lambda: {"pages": 0, "rows": 0, "events": 0, "quotes": 0})
    skipped: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    failures: list[list[str]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    told: float = 0.0

    def write(self, files: list[Path], to: Path) -> None:
        """Code the pages of `files` and write their rows."""
        pa = schema.arrow()
        from pyarrow import parquet

        carried = {
            "schema": str(schema.VERSION), "fingerprint": self.plan.mark, "shard": self.shard.id, "input": self.digest,
        }  # fmt: skip
        described = schema.schema().with_metadata({schema.PREFIX + k: v for k, v in carried.items()})
        before, spent = cpu_seconds() or time.process_time(), self.coder.spent
        with parquet.ParquetWriter(to, described, compression="zstd", compression_level=3) as writer:
            for rows in self._groups(files):
                writer.write_table(pa.Table.from_pylist(rows, described), row_group_size=ROWS)
        self.seconds["supervise"] = (cpu_seconds() or time.process_time()) - before
        self.seconds["total"] = self.seconds["supervise"] + self.coder.spent - spent
        self._tell(done=True)

    def _groups(self, files: list[Path]) -> Iterator[list[dict[str, Any]]]:
        rows: list[dict[str, Any]] = []
        characters = 0
        for row in self._rows(files):
            rows.append(row)
            characters += len(row["text"])
            if len(rows) >= ROWS or characters >= CHARACTERS:
                yield rows
                rows, characters = [], 0
        if rows:
            yield rows

    def _rows(self, files: list[Path]) -> Iterator[dict[str, Any]]:
        seen: set[bytes] = set()
        for page in self._pages(files):
            self.counts["pages"] += 1
            self._tell()
            mark = bytes.fromhex(page.sha256)
            why = "copy" if mark in seen else self.plan.filters.skips(page)
            seen.add(mark)
            if why:
                self.skipped[why] += 1
                continue
            coded = self.coder.code(page)
            if isinstance(coded, Failure):
                self._failed(coded)
                continue
            self._count(coded)
            if coded.row is not None:
                yield coded.row

    def _count(self, coded: Coded) -> None:
        for step, seconds in coded.seconds.items():
            self.seconds[step] += seconds
        if coded.row is None:
            self.skipped[coded.skipped or "?"] += 1
            return
        self.counts["rows"] += 1
        self.counts["events"] += len(coded.row["events"])
        self.counts["quotes"] += len(coded.row["quotes"])
        self.notes.update({kind_of_note(note) for note in (*coded.row["article_errors"], *coded.row["errors"])})

    def _pages(self, files: list[Path]) -> Iterator[Page]:
        """The pages of the files under the names they were given by; what cannot be read is counted."""
        for name, path in zip(self.shard.files, files, strict=True):
            try:
                for item in open_pages([path], limits=self.plan.limits):
                    if isinstance(item, Failure):
                        self._failed(replace(item, file=name))
                    else:
                        yield item if item.file == name else replace(item, file=name)
            except Exception as error:  # a file must never take the others down
                self._failed(Failure(name, None, f"could not be read further: {type(error).__name__}: {error}"))

    def _failed(self, failure: Failure) -> None:
        self.errors[kind_of(failure)] += 1
        if len(self.failures) < MOST_FAILURES:
            many = len(self.shard.files) > 1
            where = ": ".join(filter(None, (failure.file if many else None, failure.place)))
            self.failures.append([where, failure.message])

    def _tell(self, done: bool = False) -> None:
        """Leave word of how far the shard is, for whoever shows progress."""
        now = time.monotonic()
        if done or now - self.told > _PROGRESS_SECONDS:
            self.told = now
            place = self.plan.out / PROGRESS / self.shard.id
            place.write_text(f"{self.counts['pages']} {sum(self.errors.values())}{' done' * done}", encoding="ascii")
