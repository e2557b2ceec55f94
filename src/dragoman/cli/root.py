"""What the commands share: the application, option types, opening inputs and records, printing events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman import __version__
from dragoman.cli.output import Format, fail, print_rows, progress, say

if TYPE_CHECKING:
    from dragoman.coding.reading import Reading
    from dragoman.coding.settings import Settings
    from dragoman.pages import Failure
    from dragoman.record import Record
    from dragoman.record.answers import Period as Counts
    from dragoman.record.values import Event

app = typer.Typer(
    help="Reads the news of diplomacy and keeps the record: who did what to whom, each with its exact words.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Status(StrEnum):
    """Whether an event happened."""

    occurred = "occurred"
    ongoing = "ongoing"
    planned = "planned"
    cancelled = "cancelled"
    hypothetical = "hypothetical"
    negated = "negated"


class Engine(StrEnum):
    """What runs the shards of a big job."""

    local = "local"
    daft = "daft"
    ray = "ray"


class Period(StrEnum):
    """What a timeline counts by."""

    day = "day"
    month = "month"
    year = "year"


def a_date(value: str | None) -> str | None:
    """A date option as it came; wrong usage where it is none."""
    from dragoman.record.days import bounds

    if value is not None and bounds(value) is None:
        raise typer.BadParameter(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return value


def an_event_type(value: str | None) -> str | None:
    """An event type in capitals; wrong usage where the codebook has none of this name."""
    from dragoman.codebook import load

    if value is not None and value.upper() not in load().types:
        raise typer.BadParameter(f"no event type {value!r}; there are: {', '.join(sorted(load().types))}")
    return value.upper() if value is not None else None


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files, folders, globs, or - for stdin.", show_default=False)
]
Output = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="table, jsonl or csv (default: table on a terminal, else jsonl)."),
]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes (default: one a processor).")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first bad input.")]
RecordFile = Annotated[Path, typer.Option("--record", "-r", help="The record: an SQLite file.", show_default=False)]
CodebookFolder = Annotated[
    Path | None, typer.Option("--codebook", help="A folder of your own codebook files; they win.")
]
ActorsFolder = Annotated[Path | None, typer.Option("--actors", help="A folder of your own actor files; they win.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many rows at the most.")]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


class Trouble:
    """Counts failed inputs, names each on stderr and decides the exit code."""

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.count = 0

    def __call__(self, failure: Failure) -> None:
        self.count += 1
        say(f"dragoman: {failure}")
        if self.strict:
            raise typer.Exit(1)

    def finish(self) -> None:
        """Exit with 1 if anything failed."""
        if self.count:
            say(f"dragoman: {self.count} input{'s' if self.count > 1 else ''} failed; the rest is done.")
            raise typer.Exit(1)


def settings_of(codebook: Path | None, actors: Path | None) -> Settings:
    from dragoman.coding.settings import Settings

    for folder in (codebook, actors):
        if folder is not None and not folder.is_dir():
            fail(f"{folder} is no folder")
    return Settings(codebook=codebook, actors=actors)


def readings_of(paths: list[str], settings: Settings, jobs: int | None, trouble: Trouble) -> Iterator[Reading]:
    import dragoman
    from dragoman.pages import Failure

    with progress("Coding") as advance:
        for reading in dragoman.code_pages(paths, settings, jobs):
            advance()
            if isinstance(reading, Failure):
                trouble(reading)
            else:
                yield reading


@contextmanager
def opened(path: Path, write: bool = False, upgrade: bool = False) -> Iterator[Record]:
    """A record opened for questions, or to `write` to it; errors become one sentence. With `upgrade` one of an older
    schema is brought up to date first.
    """
    from dragoman.record import FilterError, OlderRecord, Record, RecordError

    if not path.is_file():
        fail(f"there is no record {path}; make one with: dragoman ingest PATH… --record {path}")
    try:
        if upgrade:
            try:
                Record(path, readonly=True).close()
            except OlderRecord as error:
                Record(path).close()
                say(f"dragoman: {path} had schema {error.version}, now it has the newest; kept: {error.backup}.")
        with Record(path, readonly=not write) as store:
            yield store
    except FilterError as error:
        fail(str(error))
    except RecordError as error:
        fail(str(error), 1)


def print_events(found: Iterable[Event], kind: Format) -> None:
    from dragoman.cli.reports import EVENT_TABLE, event_row
    from dragoman.record.values import EVENT_COLUMNS

    if kind is Format.table:
        print_rows((event_row(e) for e in found), EVENT_TABLE, kind)
    else:
        print_rows((e.to_dict() if kind is Format.jsonl else e.to_row() for e in found), EVENT_COLUMNS, kind)


def print_periods(periods: Iterable[Counts], kind: Format) -> None:
    from dragoman.cli.reports import PERIOD_TABLE, period_row

    if kind is Format.table:
        print_rows((period_row(p) for p in periods), PERIOD_TABLE, kind)
    else:
        rows = [p.to_dict() for p in periods]
        print_rows(rows, tuple(rows[0]) if rows else ("period",), kind)
