"""From pages to readings and records: read, code, second-read, ingest, merge, load."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.output import Format, chosen, fail, print_json, print_rows, progress, say
from dragoman.cli.root import (
    ActorsFolder,
    CodebookFolder,
    Engine,
    Jobs,
    Output,
    Paths,
    RecordFile,
    Strict,
    Trouble,
    a_date,
    app,
    readings_of,
    settings_of,
)
from dragoman.garbage import collect_rarely

if TYPE_CHECKING:
    from dragoman.coding.reading import Reading


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
    merge: Annotated[
        bool, typer.Option("--merge", help="Also merge the pages given; each event carries its merged id.")
    ] = False,
    codebook: CodebookFolder = None,
    actors: ActorsFolder = None,
) -> None:
    """Pages → readings: events and quotations, each with the words it rests on."""
    from dragoman.shapes import event_row, reading_dict

    collect_rarely()
    trouble = Trouble(strict)
    kind = chosen(format)
    readings: Iterator[Reading] | list[Reading] = readings_of(paths, settings_of(codebook, actors), jobs, trouble)
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
        rows = (event_row(r, e) for r in readings for e in r.events)
        if kind is Format.table:
            rows = (row | {"file": Path(row["file"] or "-").name} for row in rows)
            print_rows(rows, EVENT_COLUMNS, kind)
        else:
            print_rows(rows, (*EVENT_COLUMNS, "confidence", "id"), kind)
    trouble.finish()


@app.command("second-read")
def second_read(
    paths: Paths,
    url: Annotated[str, typer.Option(help="An OpenAI-compatible address, up to /v1.", show_default=False)],
    model: Annotated[str, typer.Option(help="The model to ask.", show_default=False)],
    key: Annotated[
        str | None, typer.Option(envvar="DRAGOMAN_READER_KEY", help="A secret, where the address asks for one.")
    ] = None,
    cache: Annotated[Path | None, typer.Option(help="A folder that keeps answers; none is asked twice.")] = None,
    jobs: Jobs = None,
    strict: Strict = False,
    codebook: CodebookFolder = None,
    actors: ActorsFolder = None,
) -> None:
    """Let a language model of yours read the pages too, and show how far it and the coder agree."""
    from dragoman.codebook import load
    from dragoman.pages import Failure
    from dragoman.second_reader import Reader, ReaderError, read_again
    from dragoman.shapes import reading_dict

    trouble = Trouble(strict)
    reader = Reader(url, model, key, cache)
    for reading in readings_of(paths, settings_of(codebook, actors), jobs, trouble):
        row = reading_dict(reading)
        try:
            second = read_again(reading, reader, load(codebook)).to_dict()
        except ReaderError as error:
            trouble(Failure(row["file"] or row["url"] or "-", None, str(error)))
            continue
        print_json({"file": row["file"], "sha256": row["sha256"], "coder": row["events"], "second": second})
    trouble.finish()


@app.command()
def ingest(
    paths: Paths,
    record: Annotated[Path | None, typer.Option("--record", "-r", help="The record: an SQLite file.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Instead of a record, a folder of Parquet files.")] = None,
    jobs: Jobs = None,
    strict: Strict = False,
    again: Annotated[bool, typer.Option("--again", help="Code pages again that the record holds already.")] = False,
    codebook: CodebookFolder = None,
    actors: ActorsFolder = None,
    engine: Annotated[Engine, typer.Option(help="With --out: where the work is done.")] = Engine.local,
    sample: Annotated[float, typer.Option(min=0.0, max=1.0, help="With --out: the share of pages to code.")] = 1.0,
    since: Annotated[str | None, typer.Option(callback=a_date, help="With --out: no page older than this.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="With --out: only pages in this language; repeat.")] = None,
    host: Annotated[list[str] | None, typer.Option(help="With --out: only pages of this domain; repeat.")] = None,
    base: Annotated[str | None, typer.Option(help="With --out: stands before the lines of a warc.paths list.")] = None,
    gate: Annotated[bool, typer.Option(help="With --out: leave out pages that cannot hold an event.")] = True,
) -> None:
    """Code pages and merge them into a record. Unchanged pages are skipped; safe to interrupt and run again.

    With --out the pages are coded shard by shard into a folder, on any engine; see `merge` and `load`.
    """
    from dragoman import open_record
    from dragoman.record import RecordError

    collect_rarely()
    trouble = Trouble(strict)
    settings = settings_of(codebook, actors)
    if (record is None) == (out is None):
        fail("give --record FILE, or --out FOLDER for a folder of Parquet files")
    if out is not None:
        from dragoman.cli.folders import ingest_folder
        from dragoman.scale.filters import Filters

        filters = Filters(sample, since, tuple(language or ()), tuple(host or ()), gate)
        ingest_folder(paths, out, settings, engine.value, jobs, filters, base, trouble)
        trouble.finish()
        return
    assert record is not None
    try:
        with open_record(record) as store, progress("Ingesting") as advance:
            report = store.ingest(paths, settings, jobs=jobs, again=again, on_failure=trouble, on_page=advance)
    except RecordError as error:
        fail(str(error), 1)
    say(f"dragoman: {report} Record: {record}")
    trouble.finish()


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="What `ingest --out` wrote.", show_default=False)]


@app.command()
def merge(
    folder: Folder,
    engine: Annotated[Engine, typer.Option(help="Where the work is done.")] = Engine.local,
    jobs: Jobs = None,
) -> None:
    """Merge a folder of coded pages into events and mentions: Parquet files by month, in FOLDER/merged."""
    from dragoman.cli.folders import merge_folder

    merge_folder(folder, engine.value, jobs)


@app.command()
def load(folder: Folder, record: RecordFile) -> None:
    """Load a folder of coded pages into a record. Safe to interrupt and run again."""
    from dragoman.cli.folders import load_folder

    load_folder(folder, record)
