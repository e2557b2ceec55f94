"""The Record: one SQLite file that takes readings in and answers questions.

One process writes, any number read meanwhile. A batch is acknowledged when its transaction is committed and synced:
after a crash or kill everything acknowledged is there, nothing half-written is.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from dragoman.coding.reading import Reading
from dragoman.record import (
    database,
    doctor,
    processes,
)
from dragoman.record.answers import AddReport, AddResult, Difference
from dragoman.record.assembling import Assembler
from dragoman.record.diff import diff
from dragoman.record.errors import ReadOnlyRecord
from dragoman.record.ingesting import IngestReport, ingest
from dragoman.record.judgements import Subject
from dragoman.record.judging import Judging
from dragoman.record.salvage import Salvaged, salvage
from dragoman.record.writing import unpack, write_reading

if TYPE_CHECKING:
    from dragoman.coding.settings import Settings
    from dragoman.pages import Failure

BATCH = 200  # readings in one transaction
BATCH_SECONDS = 5.0  # … or as many as came in this time


def fingerprint(version: str, codebook: str, settings: Mapping[str, Any]) -> str:
    """A digest of everything that decides how a page is coded; pages with the same one need not be coded again."""
    text = json.dumps([version, codebook, settings], sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


class Record(Judging):
    """The database of pages, mentions, events and judgements at `path`, made if it isn't there.

    `version`, `codebook` (its version or digest) and `settings` describe how readings were coded; they are kept with
    the run and, as `record.fingerprint`, with every page. Raises RecordError (or one of its kinds) with a sentence
    saying what to do.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        readonly: bool = False,
        version: str = "",
        codebook: str = "",
        settings: Mapping[str, Any] | None = None,
        busy_seconds: float = database.BUSY_SECONDS,
        cache_mib: int = database.CACHE_MIB,
    ) -> None:
        self.path = Path(path)
        self.fingerprint = fingerprint(version, codebook, settings or {})
        self._about = (version, codebook, json.dumps(settings or {}, sort_keys=True, default=str))
        self._db = database.connect(self.path, readonly=readonly, busy_seconds=busy_seconds, cache_mib=cache_mib)
        self.readonly = bool(readonly or self._cannot_write())
        self._assembler = Assembler(self._db)
        self._run: int | None = None
        self._data_version = -1
        if not self.readonly and self._assembler.is_outdated():
            with self._writing() as now:
                self._assembler.adopt(now)

    def _cannot_write(self) -> bool:
        return str(self._db.execute("PRAGMA journal_mode").fetchone()[0]) != "wal" or not _writable(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the run and close the file."""
        self._end_run()
        self._db.close()

    def _end_run(self) -> None:
        if self._run is not None:
            with self._writing() as now:
                self._db.execute("UPDATE runs SET ended = ? WHERE id = ?", (now, self._run))
            self._run = None

    @contextmanager
    def _writing(self) -> Iterator[str]:
        """One transaction: all or nothing. Yields the time as ISO 8601."""
        if self.readonly:
            raise ReadOnlyRecord(
                f"{self.path} cannot be written; make the file and its folder writable, or copy it elsewhere."
            )
        with database.explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                seen = self._db.execute("PRAGMA data_version").fetchone()[0]
                if seen != self._data_version:
                    self._assembler.forget()
                    self._data_version = seen
                yield datetime.now(UTC).isoformat(timespec="seconds")
                self._db.execute("COMMIT")
            except BaseException:
                self._assembler.forget()
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # -- taking in ---------------------------------------------------------------------------------------------------

    def has(self, sha256: str, fingerprint: str | None = None) -> bool:
        """True when the page was already coded in the same way (`fingerprint`, by default this record's own)."""
        row = self._db.execute("SELECT fingerprint FROM pages WHERE sha256 = ?", (sha256,)).fetchone()
        return row is not None and row[0] == (self.fingerprint if fingerprint is None else fingerprint)

    def add(self, reading: Reading, *, again: bool = False) -> AddResult:
        """Take one reading in and merge its events; committed when this returns.

        A page already coded so is left alone.
        """
        return self._add([reading], again)[0]

    def add_many(
        self,
        readings: Iterable[Reading],
        *,
        batch: int = BATCH,
        again: bool = False,
        later: bool = False,
        acknowledged: Callable[[Sequence[AddResult]], None] | None = None,
    ) -> AddReport:
        """Take readings in, `batch` to a transaction; `acknowledged` is called after each commit with what is
        now safe.

        Ctrl-C or a crash loses the batch under way and nothing else; running it again goes on from there. With
        `later` the new mentions are merged at the end, all at once: quicker for very many, and until then in no event.
        """
        counts = {"added": 0, "recoded": 0, "unchanged": 0}
        mentions = 0
        waiting: list[Reading] = []
        since = time.monotonic()

        def flush() -> None:
            nonlocal mentions, waiting, since
            results = self._add(waiting, again, later) if waiting else []
            told = {r.article.page.sha256: len(r.events) for r in reversed(waiting)}  # of a page's two, the first
            for r in results:
                counts[r.outcome] += 1
                mentions += told[r.sha256] if r.outcome != "unchanged" else 0
            if results and acknowledged:
                acknowledged(results)
            waiting, since = [], time.monotonic()

        for reading in readings:
            waiting.append(reading)
            if len(waiting) >= batch or time.monotonic() - since > BATCH_SECONDS:
                flush()
        flush()
        if later:
            self.merge()
        return AddReport(**counts, mentions=mentions)

    def merge(self) -> None:
        """Merge mentions that are in no event yet, after `add_many(…, later=True)` was cut short."""
        if self._unmerged():
            with self._writing() as now:
                self._assembler.assemble(self._unmerged(), (), (), now)
                self._mark(now)

    def _unmerged(self) -> list[int]:
        return [r[0] for r in self._db.execute("SELECT id FROM mentions WHERE event IS NULL")]

    def _add(self, readings: Sequence[Reading], again: bool, later: bool = False) -> list[AddResult]:
        outcomes: dict[str, str] = {}
        with self._writing() as now:
            run = self._begin_run(now)
            fresh: list[int] = []
            touched: set[int] = set()
            emptied: set[int] = set()
            vacated: set[int] = set()
            for reading in readings:
                sha256 = reading.article.page.sha256
                if sha256 in outcomes or (not again and self.has(sha256)):
                    outcomes.setdefault(sha256, "unchanged")
                    continue
                families = self._family_members(sha256)
                written = write_reading(self._db, reading, self.fingerprint, run, now)
                fresh += written.changed.mentions
                touched |= written.changed.touched | families
                emptied |= written.changed.emptied
                vacated |= written.changed.vacated
                touched |= self._joined_families(written.page)
                outcomes[sha256] = "recoded" if written.recoded else "added"
            told = () if later else (*fresh, *self._unmerged())
            self._assembler.assemble(told, touched, emptied, now, vacated)
            self._db.execute(
                "UPDATE runs SET pages = pages + ?, mentions = mentions + ? WHERE id = ?",
                (sum(o != "unchanged" for o in outcomes.values()), len(fresh), run),
            )
        self._run = run
        return [AddResult(sha, outcome, self.event_ids(sha)) for sha, outcome in outcomes.items()]

    def _begin_run(self, now: str) -> int:
        if self._run is not None:
            return self._run
        cursor = self._db.execute(
            "INSERT INTO runs (version, codebook, settings, started) VALUES (?, ?, ?, ?)", (*self._about, now)
        )
        return int(cursor.lastrowid or 0)

    def _family_members(self, sha256: str) -> set[int]:
        """Mentions on the copies of a page about to be coded again: their events' counts of sources may change."""
        return {
            int(r[0])
            for r in self._db.execute(
                "SELECT m.id FROM mentions m JOIN pages p ON p.id = m.page WHERE p.family = (SELECT family FROM "
                "pages WHERE sha256 = ?)",
                (sha256,),
            )
        }

    def _joined_families(self, page: int) -> set[int]:
        """Mentions of the family of a page just written, where the page joined families that were apart."""
        return {
            int(r[0])
            for r in self._db.execute(
                "SELECT m.id FROM mentions m JOIN pages p ON p.id = m.page JOIN events e ON e.id = m.event "
                "WHERE p.family = (SELECT family FROM pages WHERE id = ?) AND e.pages > 1",
                (page,),
            )
        }

    def fail(self, file: str, message: str) -> None:
        """Keep that a page could not be read or coded, and why."""
        with self._writing() as now:
            self._run = self._begin_run(now)
            self._db.execute(
                "INSERT INTO failures (run, file, message, at) VALUES (?, ?, ?, ?)", (self._run, file, message, now)
            )
            self._db.execute("UPDATE runs SET failures = failures + 1 WHERE id = ?", (self._run,))

    def failures(self) -> list[dict[str, Any]]:
        """Pages that could not be read or coded, the latest last."""
        rows = self._db.execute("SELECT file, message, at, run FROM failures ORDER BY id")
        return [dict(zip(("file", "message", "at", "run"), r, strict=True)) for r in rows]

    def runs(self) -> list[dict[str, Any]]:
        """What was run on this record: version, codebook, settings, times, counts."""
        names = ("id", "version", "codebook", "settings", "started", "ended", "pages", "mentions", "failures")
        return [
            dict(zip(names, r, strict=True))
            for r in self._db.execute(f"SELECT {', '.join(names)} FROM runs ORDER BY id")
        ]

    def describe(self, version: str, codebook: str, settings: Mapping[str, Any]) -> None:
        """Say how the readings to come were coded; it is kept with the run and decides what `has` calls known."""
        described = (version, codebook, json.dumps(settings, sort_keys=True, default=str))
        if described != self._about:
            self._about = described
            self.fingerprint = fingerprint(version, codebook, settings)
            self._end_run()

    def known(self) -> set[str]:
        """Digests of the pages already coded in this record's way."""
        return {r[0] for r in self._db.execute("SELECT sha256 FROM pages WHERE fingerprint = ?", (self.fingerprint,))}

    def ingest(
        self,
        paths: Sequence[str | Path],
        settings: Settings | None = None,
        *,
        jobs: int | None = None,
        again: bool = False,
        on_failure: Callable[[Failure], None] | None = None,
        on_page: Callable[[], None] | None = None,
    ) -> IngestReport:
        """Read, code and add the pages in files, folders, globs and containers.

        Pages already coded in the same way (version, codebook, settings) are skipped unless `again`. What cannot be
        read or coded is kept in `failures()` and handed to `on_failure`; `on_page` is called for every page. Safe to
        interrupt and to run again.
        """
        return ingest(self, paths, settings, jobs=jobs, again=again, on_failure=on_failure, on_page=on_page)

    # -- asking ------------------------------------------------------------------------------------------------------

    def diff(self, other: Record) -> Difference:
        """What this record has that `other` (an earlier one) has not, and the other way round."""
        return diff(other, self)

    def doctor(self) -> list[doctor.Problem]:
        """What is wrong with the file; an empty list when it is sound."""
        with database.explained(self.path):
            return doctor.check(self._db)

    def salvage(self, path: str | Path) -> Salvaged:
        """Put what can be read of this record, where its file is damaged, into a new one at `path`.

        Raises RecordError where there is a file already.
        """
        return salvage(self, Path(path))

    def rebuild(self) -> None:
        """Make links, events and tallies anew from the mentions and judgements; ids stay. After `doctor` found
        derived data wrong, or when a new version merges better.
        """
        with self._writing() as now:
            self._assembler.rebuild(now)
            processes.refind(self._db, unpack)
            self._mark(now)

    def _mark(self, now: str) -> None:
        """Give the record a new version though no page was coded: answers may be other ones now."""
        self._db.execute(
            "INSERT INTO runs (version, codebook, settings, started, ended) VALUES (?, ?, ?, ?, ?)",
            (*self._about, now, now),
        )


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK)


__all__ = ["Record", "Subject", "fingerprint"]
