"""Keeping a record: names, comparing, citing, checking, exporting."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import Format, chosen, fail, print_json, print_rows, say
from dragoman.cli.root import Output, RecordFile, app, opened


@app.command()
def name(
    id: Annotated[str, typer.Argument(help="The id that `dragoman actors` shows: P-jane-doe-mar.")],
    called: Annotated[str, typer.Argument(metavar="NAME", help="What to call them from now on.")],
    record: RecordFile,
    wikidata: Annotated[str, typer.Option(help="Their Wikidata id, where you know it.")] = "",
) -> None:
    """Name somebody whom the registry does not know, once for the whole record."""
    with opened(record, write=True) as store:
        store.name_actor(id, called, wikidata=wikidata)
    say(f"dragoman: {id} is called {called} from now on.")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier record.")],
    new: Annotated[Path, typer.Argument(help="The later record.")],
) -> None:
    """How the events of two records differ, as JSON: added, removed, merged, changed."""
    with opened(old) as before, opened(new) as after:
        print_json(after.diff(before).to_dict())


@app.command()
def cite(
    record: RecordFile,
    style: Annotated[str, typer.Option(help="text, bibtex or csl-json.")] = "text",
    title: Annotated[str | None, typer.Option(help="The record's title (default: the file's name).")] = None,
    author: Annotated[list[str] | None, typer.Option(help="Family, Given; as often as you like.")] = None,
) -> None:
    """How to cite the record in its present state."""
    with opened(record) as store:
        typer.echo(store.cite(title, author or ()).format(style), nl=False)


@app.command()
def doctor(
    record: RecordFile,
    format: Output = None,
    salvage: Annotated[Path | None, typer.Option(help="Put what a damaged file still tells into this new one.")] = None,
) -> None:
    """Integrity: SQLite check, every span equals its quote, no orphan. Exits with 1 if something is wrong."""
    with opened(record, upgrade=True) as store:
        if salvage is not None:
            say(f"dragoman: {salvage}: {store.salvage(salvage)}")
            return
        problems = store.doctor()
        counts = store.counts() if not problems else {}
    if problems and chosen(format) is not Format.table:
        print_rows([asdict(p) for p in problems], ("check", "where", "message", "remedy"), chosen(format))
    for problem in problems:
        say(f"dragoman: {problem}")
    if problems:
        raise typer.Exit(1)
    say(f"dragoman: {record} is sound: " + ", ".join(f"{n} {name}" for name, n in counts.items()) + ".")


@app.command()
def export(
    format: Annotated[
        str,
        typer.Argument(help="polecat, icews, gdelt, phoenix, acled, ftm, gexf, geojson, ical, csv, parquet, jsonl, …"),
    ],
    record: RecordFile,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A file (or folder); default: stdout for text formats.")
    ] = None,
) -> None:
    """The record in a format that other tools read."""
    from dragoman.export import FORMATS, write

    if format not in FORMATS:
        fail(f"no format {format!r}; there are: {', '.join(FORMATS)}")
    with opened(record) as store:
        try:
            write(store, format, out if out is not None else sys.stdout)
        except BrokenPipeError:
            raise
        except (OSError, ValueError, ImportError) as error:
            fail(str(error), 1)
        if out is not None:
            say(f"dragoman: {store.counts()['events']} events as {format} in {out}.")
