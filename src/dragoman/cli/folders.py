"""The commands on folders of Parquet files: coding into one, merging it, loading it into a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.cli.output import fail, live, say

if TYPE_CHECKING:
    from dragoman.coding.settings import Settings
    from dragoman.pages import Failure
    from dragoman.scale.filters import Filters


def ingest_folder(
    paths: Sequence[str],
    out: Path,
    settings: Settings,
    engine: str,
    jobs: int | None,
    filters: Filters,
    base: str | None,
    on_failure: Callable[[Failure], None],
) -> None:
    """Code `paths` into `out`; say what was done. Exits with 1 where something failed."""
    from dragoman.scale.run import ingest_folder as run

    with explained(), live("Coding") as show:
        report = run(
            paths, out, settings,
            engine=engine, jobs=jobs, filters=filters, base=base, on_failure=on_failure, on_progress=show,
        )  # fmt: skip
    say(f"dragoman: {report} Folder: {out}")
    if report.errors:
        say(f"dragoman: what failed is listed in {out / 'manifests'}; the rest is done.")
        raise typer.Exit(1)


@contextmanager
def explained() -> Iterator[None]:
    """Errors that a user can do something about, as one sentence."""
    from dragoman.scale.run import RunError

    try:
        yield
    except (RunError, ModuleNotFoundError, ValueError) as error:
        fail(str(error), 1)


def merge_folder(out: Path, engine: str, jobs: int | None) -> None:
    """Merge what is coded in `out`; say what it made."""
    from dragoman.scale import default_jobs
    from dragoman.scale.executor import executor
    from dragoman.scale.merging import MERGED
    from dragoman.scale.merging import merge_folder as merge

    with explained(), live("Merging") as show, executor(engine, default_jobs() if jobs is None else jobs) as workers:
        report = merge(out, workers, on_step=show)
    say(f"dragoman: {report} Tables: {out / MERGED}")


def load_folder(out: Path, record: Path) -> None:
    """Load what is coded in `out` into a record; say what was added."""
    from dragoman import open_record
    from dragoman.record import RecordError
    from dragoman.scale.load import load_folder as load

    with explained(), live("Loading"):
        try:
            with open_record(record) as store:
                report = load(store, out)
        except RecordError as error:
            fail(str(error), 1)
    say(f"dragoman: {report} Record: {record}")
