"""Files into a record: what is already coded the same way is skipped, the rest is read, coded and added as it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.coding.reading import Reading
from dragoman.coding.settings import Settings
from dragoman.pages.article import Page
from dragoman.record.answers import AddReport

if TYPE_CHECKING:
    from dragoman.pages import Failure
    from dragoman.record.store import Record


@dataclass(slots=True)
class IngestReport:
    """What an ingest did: pages skipped because they were already coded so, failures, and what was added."""

    unchanged: int = 0
    failed: int = 0
    added: AddReport = field(default_factory=AddReport)
    events: int = 0

    def __str__(self) -> str:
        parts = [f"{self.added.added} pages added"]
        if self.added.recoded:
            parts.append(f"{self.added.recoded} coded again")
        if skipped := self.unchanged + self.added.unchanged:
            parts.append(f"{skipped} already known")
        if self.failed:
            parts.append(f"{self.failed} failed")
        return f"{', '.join(parts)}; {self.added.mentions} mentions; the record has {self.events} events."


def about(settings: Settings) -> tuple[str, str, dict[str, Any]]:
    """(version, codebook digest, settings) of a coding run: what a record's fingerprint is made of."""
    from dragoman import __version__, codebook

    values = {k: str(v) if isinstance(v, Path) else v for k, v in asdict(settings).items()}
    if settings.actors:
        values["actors_digest"] = _digest(settings.actors)
    return __version__, codebook.load(settings.codebook).digest, values


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.tsv")):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def ingest(
    record: Record,
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    jobs: int | None = None,
    again: bool = False,
    on_failure: Callable[[Failure], None] | None = None,
    on_page: Callable[[], None] | None = None,
) -> IngestReport:
    """Read, code and add the pages in `paths` (files, folders, globs, `-`); see `Record.ingest`."""
    from dragoman.pages import Failure, open_pages
    from dragoman.scale import code_pages

    settings = settings or Settings()
    record.describe(*about(settings))
    report = IngestReport()
    known = set() if again else record.known()

    def wanted(pages: Iterable[Page | Failure]) -> Iterator[Page | Failure]:
        for page in pages:
            if isinstance(page, Failure) or page.sha256 not in known:
                if isinstance(page, Page):
                    known.add(page.sha256)
                yield page
                continue
            report.unchanged += 1
            if on_page:
                on_page()

    def readings() -> Iterator[Reading]:
        for reading in code_pages(wanted(open_pages(paths)), settings, jobs):
            if on_page:
                on_page()
            if isinstance(reading, Failure):
                report.failed += 1
                record.fail(reading.file, str(reading))
                if on_failure:
                    on_failure(reading)
            else:
                yield reading

    report.added = record.add_many(readings(), again=again)
    report.events = record.counts()["events"]
    return report
