"""The commands. Each parses its options, calls one function of the API and prints what comes back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman import __version__
from dragoman.cli.output import Format, chosen, fail, print_json, print_rows, progress, say

if TYPE_CHECKING:
    from dragoman.coding.reading import Reading
    from dragoman.coding.settings import Settings
    from dragoman.pages import Failure
    from dragoman.pages.article import Page

app = typer.Typer(
    help="Reads the news of diplomacy and keeps the record: who did what to whom, when, where – each with its exact words.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, globs, or - for stdin.", show_default=False)]
Output = Annotated[Format | None, typer.Option("--format", "-f", help="table, jsonl or csv (default: table on a terminal, else jsonl).")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes (default: one a processor).")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first bad input.")]
RecordFile = Annotated[Path, typer.Option("--record", "-r", help="The record: an SQLite file.", show_default=False)]
CodebookFolder = Annotated[Path | None, typer.Option("--codebook", help="A folder of your own codebook files; they win.")]
ActorsFolder = Annotated[Path | None, typer.Option("--actors", help="A folder of your own actor files; they win.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many rows at the most.")]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _root(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
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


def _settings(codebook: Path | None, actors: Path | None) -> Settings:
    from dragoman.coding.settings import Settings

    for folder in (codebook, actors):
        if folder is not None and not folder.is_dir():
            fail(f"{folder} is no folder")
    return Settings(codebook=codebook, actors=actors)


def _readings(paths: list[str], settings: Settings, jobs: int | None, trouble: Trouble) -> Iterator[Reading]:
    import dragoman
    from dragoman.pages import Failure

    with progress("Coding") as advance:
        for reading in dragoman.code_pages(paths, settings, jobs):
            advance()
            if isinstance(reading, Failure):
                trouble(reading)
            else:
                yield reading


@app.command()
def read(paths: Paths, format: Output = None, strict: Strict = False) -> None:
    """Pages → articles: title, outlet, date, language, labelled segments."""
    from dragoman.pages import Failure, open_pages
    from dragoman.scale import read_pages
    from dragoman.shapes import article_dict

    trouble = Trouble(strict)
    kind = chosen(format)

    def rows() -> Iterator[dict[str, Any]]:
        with progress("Reading") as advance:
            for article in read_pages(open_pages(paths)):
                advance()
                if isinstance(article, Failure):
                    trouble(article)
                    continue
                row = article_dict(article)
                if kind is not Format.jsonl:
                    row["segments"] = len(row["segments"])
                yield row

    print_rows(rows(), ("file", "language", "published", "outlet", "title", "segments"), kind)
    trouble.finish()


EVENT_COLUMNS = ("file", "date", "source", "event", "target", "status", "place", "quote")


@app.command()
def code(
    paths: Paths,
    format: Output = None,
    jobs: Jobs = None,
    strict: Strict = False,
    merge: Annotated[bool, typer.Option("--merge", help="Also merge the pages given; each event carries its merged id.")] = False,
    codebook: CodebookFolder = None,
    actors: ActorsFolder = None,
) -> None:
    """Pages → readings: events and quotations, each with the words it rests on."""
    from dragoman.shapes import event_row, reading_dict

    trouble = Trouble(strict)
    kind = chosen(format)
    readings: Iterator[Reading] | list[Reading] = _readings(paths, _settings(codebook, actors), jobs, trouble)
    event_of = None
    if merge:
        from dragoman.record import merge as merge_readings

        readings = list(readings)
        event_of = merge_readings(readings).event_of
    if kind is Format.jsonl:
        for reading in readings:
            row = reading_dict(reading)
            if event_of is not None:
                for event in row["events"]:
                    event["event"] = event_of(row["sha256"], event["id"])
            print_json(row)
    else:
        print_rows((event_row(r, e) for r in readings for e in r.events), EVENT_COLUMNS, kind)
    trouble.finish()


@app.command()
def ingest(
    paths: Paths,
    record: RecordFile,
    jobs: Jobs = None,
    strict: Strict = False,
    codebook: CodebookFolder = None,
    actors: ActorsFolder = None,
) -> None:
    """Code pages and merge them into a record. Unchanged pages are skipped; safe to interrupt and run again."""
    from dragoman import open_record
    from dragoman.record import RecordError

    trouble = Trouble(strict)
    try:
        with open_record(record) as store, progress("Ingesting") as advance:
            summary = store.ingest(paths, _settings(codebook, actors), jobs=jobs, on_failure=trouble, on_page=advance)
    except RecordError as error:
        fail(str(error), 1)
    say(str(summary))
    trouble.finish()


def main() -> None:
    """Entry point for tests."""
    app(prog_name="dragoman", args=sys.argv[1:])
