"""From inputs to a folder of coded shards, on any engine; what is done already is not done again."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dragoman.coding.settings import Settings
from dragoman.pages import Failure, Limits
from dragoman.scale import manifest
from dragoman.scale.executor import Executor, executor
from dragoman.scale.files import sweep
from dragoman.scale.filters import Filters
from dragoman.scale.guarded import PageLimits
from dragoman.scale.manifest import Manifest
from dragoman.scale.pool import default_jobs
from dragoman.scale.shard import FOLDER, PROGRESS, Plan, finished, process_shard
from dragoman.scale.shards import Shard, shards
from dragoman.scale.troubles import kind_of

LOCK = ".running"
_EVERY = 1.0  # seconds between two words of progress


@dataclass(slots=True)
class RunReport:
    """What a run did. `failed` are inputs that could not be taken at all; `errors` counts all failures by kind.

    `notes` counts pages that were coded though something was wrong with them, by kind.
    """

    shards: int = 0
    known: int = 0
    pages: int = 0
    rows: int = 0
    events: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0

    def add(self, done: Manifest, known: bool = False) -> None:
        """Count a shard's manifest."""
        self.shards += 1
        self.known += known
        self.pages += done.pages
        self.rows += done.rows
        self.events += done.events
        self.skipped.update(done.skipped)
        self.errors.update(done.errors)
        self.notes.update(done.notes)
        self.seconds += 0.0 if known else done.seconds.get("total", 0.0)
        self.memory = max(self.memory, done.memory)

    def __str__(self) -> str:
        parts = [f"{self.shards} shards" + (f" ({self.known} known)" if self.known else ""), f"{self.pages} pages"]
        parts += [f"{self.rows} coded", f"{self.events} events"]
        if self.skipped:
            parts.append(f"{self.skipped.total()} left out ({_listed(self.skipped)})")
        if self.errors:
            parts.append(f"{self.errors.total()} failed ({_listed(self.errors)})")
        if self.notes:
            parts.append(f"{self.notes.total()} coded with faults ({_listed(self.notes)})")
        return ", ".join(parts) + "."


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in counts.most_common())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: shards and pages done, pages a second since it began, seconds it may still take."""

    shards: int
    of: int
    pages: int
    errors: int
    rate: float
    left: float | None

    def __str__(self) -> str:
        parts = [f"{self.pages} pages", f"{self.rate:.1f} a second"]
        if self.errors:
            parts.append(f"{self.errors} failed")
        if self.left is not None:
            minutes = round(self.left / 60)
            parts.append(f"{minutes // 60} h {minutes % 60:02d} min left" if minutes >= 60 else f"{minutes} min left")
        return ", ".join(parts)


def code_into(
    paths: Sequence[str | Path],
    plan: Plan,
    workers: Executor,
    *,
    base: str | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> RunReport:
    """Code every page in `paths` into `plan.out`, a shard a task. Safe to interrupt, kill and run again.

    `on_failure` gets every input that could not be taken; `on_progress` is told once a second, from a thread of its
    own, how far the run is. Raises RunError where another run writes to the folder.
    """
    with only_run(plan.out):
        return _code_into(paths, plan, workers, base, on_failure, on_progress)


def _code_into(
    paths: Sequence[str | Path],
    plan: Plan,
    workers: Executor,
    base: str | None,
    on_failure: Callable[[Failure], None] | None,
    on_progress: Callable[[Progress], None] | None,
) -> RunReport:
    prepare(plan.out)
    wanted, failures = shards(paths, base)
    report = RunReport()

    def fail(failure: Failure, kind: str) -> None:
        report.failed.append(failure)
        report.errors[kind] += 1
        if on_failure:
            on_failure(failure)

    for failure in failures:
        fail(failure, kind_of(failure))
    todo: list[Shard] = []
    for shard in wanted:
        if done := finished(shard, plan):
            report.add(done, known=True)
        else:
            todo.append(shard)
    with _told(plan.out, len(todo), on_progress):
        for outcome in workers.map(partial(process_shard, plan=plan), todo):
            if outcome.error is None:
                report.add(outcome.value)
            else:
                fail(Failure(todo[outcome.index].source, None, f"the shard cannot be read: {outcome.error}"), "shard")
    sweep(plan.out)  # what killed workers left
    return report


def prepare(out: Path) -> None:
    """Make the folders of a run; take away what killed runs left half-written."""
    for name in (FOLDER, manifest.FOLDER, PROGRESS):
        (out / name).mkdir(parents=True, exist_ok=True)
    sweep(out)
    for left in (out / PROGRESS).iterdir():
        left.unlink(missing_ok=True)


@contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold the folder: a second run on it would sweep away what this one is writing. Raises RunError."""
    import fcntl

    out.mkdir(parents=True, exist_ok=True)
    with (out / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RunError(f"Another run writes to {out}; wait for it, stop it, or choose another folder.") from error
        yield


class RunError(RuntimeError):
    """A run that cannot go on, with a sentence saying what to do."""


@contextmanager
def _told(out: Path, of: int, on_progress: Callable[[Progress], None] | None) -> Iterator[None]:
    """Tell `on_progress` how far the shards are, once a second while the block runs."""
    if on_progress is None or not of:
        yield
        return
    over = threading.Event()
    started = time.monotonic()

    def tell() -> None:
        while not over.wait(_EVERY):
            on_progress(progress(out, of, time.monotonic() - started))

    thread = threading.Thread(target=tell, name="dragoman-progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def progress(out: Path, of: int, elapsed: float) -> Progress:
    """How far a run of `of` shards is after `elapsed` seconds, from what its shards left word of.

    The word is a small file a shard, so it reaches the driver from any engine that shares the folder.
    """
    begun = pages = errors = done = 0
    for path in (out / PROGRESS).glob("*"):
        try:
            one, two, *end = path.read_text(encoding="ascii").split()
        except (OSError, ValueError):  # just being written
            continue
        begun, pages, errors, done = begun + 1, pages + int(one), errors + int(two), done + bool(end)
    rate = pages / max(elapsed, 1e-9)
    finished_pages = pages / begun * of if begun else 0.0  # shards are taken to be alike
    sure = done > 0 and rate > 0  # before the first is done nobody knows how long a shard is
    return Progress(done, of, pages, errors, rate, max(0.0, finished_pages - pages) / rate if sure else None)


def ingest_folder(
    paths: Sequence[str | Path],
    out: str | Path,
    settings: Settings | None = None,
    *,
    engine: str = "local",
    jobs: int | None = None,
    filters: Filters | None = None,
    limits: Limits | None = None,
    page_limits: PageLimits | None = None,
    base: str | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> RunReport:
    """Code pages into a folder of Parquet files: what `dragoman ingest … --out FOLDER` does.

    `paths` are files, folders, globs, `warc.paths` lists and `s3://` addresses; `engine` is local, daft or ray, with
    `jobs` workers. A finished shard whose input, code and settings are the same is not coded again.
    """
    plan = Plan.of(Path(out), settings, filters, limits, page_limits)
    with executor(engine, default_jobs() if jobs is None else jobs) as workers:
        return code_into(paths, plan, workers, base=base, on_failure=on_failure, on_progress=on_progress)
