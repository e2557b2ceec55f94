"""Pages into a record: code what is new or changed, merge it in, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.coding.reading import Reading
from dragoman.coding.settings import Settings
from dragoman.pages import Failure, open_pages
from dragoman.pages.article import Page
from dragoman.scale import code_pages

if TYPE_CHECKING:
    from dragoman.record import Record


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did; counts are of pages, `mentions` of event mentions."""

    added: int
    recoded: int
    unchanged: int
    failed: int
    mentions: int

    def __str__(self) -> str:
        parts = [f"{self.added} pages added", f"{self.mentions} mentions"]
        parts += [
            f"{n} {word}"
            for n, word in ((self.recoded, "recoded"), (self.unchanged, "unchanged"), (self.failed, "failed"))
            if n
        ]
        return ", ".join(parts) + "."


def ingest(
    record: Record,
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    jobs: int | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    on_page: Callable[[], object] | None = None,
) -> IngestReport:
    """Code pages and merge them into `record`, in batches that are safe once written.

    Pages that the record holds already, coded in the same way, are skipped before they are coded. Failures are kept in the
    record and given to `on_failure`. Interrupting loses the batch under way; running it again goes on from there.
    """
    unchanged = failed = 0

    def fresh() -> Iterator[Page | Failure]:
        nonlocal unchanged
        for page in open_pages(paths):
            if isinstance(page, Page) and record.has(page.sha256):
                unchanged += 1
                if on_page:
                    on_page()
            else:
                yield page

    def readings() -> Iterator[Reading]:
        nonlocal failed
        for reading in code_pages(fresh(), settings, jobs):
            if on_page:
                on_page()
            if isinstance(reading, Failure):
                failed += 1
                record.fail(reading.file, reading.message)
                if on_failure:
                    on_failure(reading)
            else:
                yield reading

    report = record.add_many(readings())
    return IngestReport(report.added, report.recoded, unchanged + report.unchanged, failed, report.mentions)


def open_for(path: str | Path, settings: Settings | None = None, *, readonly: bool = False) -> Record:
    """A record whose fingerprint says how pages are coded with `settings`, so that a change of knowledge recodes them."""
    from dragoman import __version__
    from dragoman.codebook import load
    from dragoman.record import Record

    settings = settings or Settings()
    codebook = load(settings.codebook)
    shown = {
        "actors": str(settings.actors or ""),
        "model": settings.model,
        "minimum_confidence": settings.minimum_confidence,
    }
    return Record(
        path, readonly=readonly, version=__version__, codebook=f"{codebook.version}+{codebook.digest}", settings=shown
    )
