"""A folder of coded shards into a record: the same record as if its pages had been ingested one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.coding.reading import Reading
from dragoman.record.ingesting import IngestReport
from dragoman.scale import manifest, schema
from dragoman.scale.merging import shard_files

if TYPE_CHECKING:
    from dragoman.record import Record

_ROWS = 200  # read at a time


def load_folder(record: Record, out: str | Path) -> IngestReport:
    """Add every reading in `out` to `record`, in the order of the shards, and keep what failed.

    Pages that the record already has from the same code and settings are skipped, so an interrupted load can be run
    again. Raises RunError where nothing is coded in the folder.
    """
    out = Path(out)
    files = shard_files(out)
    report = IngestReport()
    for done in manifest.all_of(out):
        if done.coded:
            record.describe(*done.coded)
        for place, message in done.failures:
            record.fail(done.source, f"{place}: {message}" if place else message)
        report.failed += done.failed
    report.added = record.add_many(_all(files), later=True)
    report.events = record.counts()["events"]
    return report


def _all(files: list[Path]) -> Iterator[Reading]:
    for path in files:
        yield from readings(path)


def readings(path: str | Path) -> Iterator[Reading]:
    """The readings in one shard's file, a few at a time in memory."""
    schema.arrow()
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS):
            for row in batch.to_pylist():
                yield schema.reading(row)
