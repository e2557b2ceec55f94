"""The commands. Each parses its options, calls one function of the API and prints what comes back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman import __version__
from dragoman.cli.output import Format, chosen, fail, print_json, print_rows, progress, say

if TYPE_CHECKING:
    from dragoman.coding.reading import Reading
    from dragoman.coding.settings import Settings
    from dragoman.pages import Failure
    from dragoman.record import Record
    from dragoman.record.values import Event
    from dragoman.record.values import Period as Counts

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


def _date(value: str | None) -> str | None:
    """A date option as it came; wrong usage where it is none."""
    from dragoman.record.days import bounds

    if value is not None and bounds(value) is None:
        raise typer.BadParameter(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return value


def _event_type(value: str | None) -> str | None:
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
    merge: Annotated[
        bool, typer.Option("--merge", help="Also merge the pages given; each event carries its merged id.")
    ] = False,
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
    for reading in _readings(paths, _settings(codebook, actors), jobs, trouble):
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
    since: Annotated[str | None, typer.Option(callback=_date, help="With --out: no page older than this.")] = None,
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

    trouble = Trouble(strict)
    settings = _settings(codebook, actors)
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


@contextmanager
def _record(path: Path, write: bool = False) -> Iterator[Record]:
    """A record opened for questions, or to `write` to it; errors become one sentence."""
    from dragoman.record import FilterError, Record, RecordError

    if not path.is_file():
        fail(f"there is no record {path}; make one with: dragoman ingest PATH… --record {path}")
    try:
        with Record(path, readonly=not write) as store:
            yield store
    except FilterError as error:
        fail(str(error))
    except RecordError as error:
        fail(str(error), 1)


def _print_events(found: Iterable[Event], kind: Format) -> None:
    from dragoman.cli.reports import EVENT_TABLE, event_row
    from dragoman.record.values import EVENT_COLUMNS

    if kind is Format.table:
        print_rows((event_row(e) for e in found), EVENT_TABLE, kind)
    else:
        print_rows((e.to_dict() if kind is Format.jsonl else e.to_row() for e in found), EVENT_COLUMNS, kind)


def _print_periods(periods: Iterable[Counts], kind: Format) -> None:
    from dragoman.cli.reports import PERIOD_TABLE, period_row

    if kind is Format.table:
        print_rows((period_row(p) for p in periods), PERIOD_TABLE, kind)
    else:
        rows = [p.to_dict() for p in periods]
        print_rows(rows, tuple(rows[0]) if rows else ("period",), kind)


@app.command()
def events(
    record: RecordFile,
    actor: Annotated[str | None, typer.Option(help="One side: a code (MAR, IGOUNO) or a name.")] = None,
    other: Annotated[str | None, typer.Option(help="The other side, in either direction.")] = None,
    type: Annotated[str | None, typer.Option(callback=_event_type, help="PLOVER event type.")] = None,
    mode: Annotated[str | None, typer.Option(help="PLOVER mode.")] = None,
    status: Annotated[Status | None, typer.Option(help="Whether it happened.")] = None,
    since: Annotated[str | None, typer.Option(callback=_date, help="First date, YYYY[-MM[-DD]].")] = None,
    until: Annotated[str | None, typer.Option(callback=_date, help="Last date, YYYY[-MM[-DD]].")] = None,
    place: Annotated[str | None, typer.Option(help="Country (ISO3) or name of the place.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of a page that reports it.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of a page that reports it.")] = None,
    text: Annotated[str | None, typer.Option(help="Words in the sentence.")] = None,
    limit: Limit = 50,
    format: Output = None,
) -> None:
    """Events of a record, by actor, pair, type, date, place, text."""
    from dragoman.record import EventFilter

    wanted = {
        "actor": actor,
        "other": other,
        "type": type,
        "mode": mode,
        "status": status.value if status else None,
        "since": since,
        "until": until,
        "place": place,
        "language": language,
        "outlet": outlet,
        "text": text,
    }
    kind = chosen(format)
    with _record(record) as store:
        _print_events(store.events(EventFilter.of(wanted), limit=limit), kind)


@app.command()
def actors(
    record: RecordFile,
    kind: Annotated[str | None, typer.Option(help="person, organisation or state.")] = None,
    name: Annotated[str | None, typer.Option(help="Part of a name, or a code.")] = None,
    limit: Limit = 50,
    format: Output = None,
) -> None:
    """Actors of a record by number of events."""
    with _record(record) as store:
        rows = [a.to_dict() for a in store.actors(kind=kind, name=name, limit=limit)]
    print_rows(rows, tuple(rows[0]) if rows else ("id",), chosen(format))


@app.command()
def actor(
    who: Annotated[str, typer.Argument(help="A code, an id or a name.")], record: RecordFile, format: Output = None
) -> None:
    """All about one actor: offices, partners, timeline, latest events, quotations."""
    with _record(record) as store:
        dossier = store.actor(who)
        if dossier is None:
            fail(f"nobody called {who!r} is in {record}; see: dragoman actors --record {record}", 1)
        if chosen(format) is Format.table:
            from dragoman.cli.reports import dossier_report

            typer.echo(dossier_report(dossier))
        else:
            print_json(dossier.to_dict())


@app.command()
def dyad(
    a: Annotated[str, typer.Argument(help="A country or organisation.")],
    b: Annotated[str, typer.Argument(help="The other one.")],
    record: RecordFile,
    since: Annotated[str | None, typer.Option(callback=_date, help="First month, YYYY-MM.")] = None,
    until: Annotated[str | None, typer.Option(callback=_date, help="Last month, YYYY-MM.")] = None,
    format: Output = None,
) -> None:
    """Monthly counts between two sides, empty months included."""
    with _record(record) as store:
        _print_periods(store.dyad(a, b, since=since, until=until), chosen(format))


@app.command()
def timeline(
    record: RecordFile,
    by: Annotated[Period, typer.Option(help="What to count by.")] = Period.month,
    actor: Annotated[str | None, typer.Option(help="Only events with this side.")] = None,
    since: Annotated[str | None, typer.Option(callback=_date, help="First date.")] = None,
    until: Annotated[str | None, typer.Option(callback=_date, help="Last date.")] = None,
    format: Output = None,
) -> None:
    """Counts by day, month or year, by quad class."""
    with _record(record) as store:
        _print_periods(store.timeline(by=by.value, since=since, until=until, actor=actor), chosen(format))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words in any language; a part in double quotes is a phrase.")],
    record: RecordFile,
    limit: Limit = 20,
    format: Output = None,
) -> None:
    """Full text of the pages, with snippets cut from the original."""
    from dragoman.cli.reports import HIT_TABLE, hit_row

    with _record(record) as store:
        hits = store.search(" ".join(words), limit=limit)
    kind = chosen(format)
    print_rows((h.to_dict() if kind is Format.jsonl else hit_row(h) for h in hits), HIT_TABLE, kind)


@app.command()
def explain(
    event_id: Annotated[str, typer.Argument(help="An event's id.")], record: RecordFile, format: Output = None
) -> None:
    """Why an event was coded, dated, placed and merged so."""
    with _record(record) as store:
        explanation = store.explain(event_id)
        if chosen(format) is Format.table:
            typer.echo(str(explanation))
        else:
            print_json(explanation.to_dict())


@app.command()
def disagreements(record: RecordFile, limit: Limit = 50, format: Output = None) -> None:
    """Events on whose date, place, status, parties or figures sources differ."""
    kind = chosen(format)
    with _record(record) as store:
        _print_events(store.disagreements(limit), kind)


@app.command()
def judge(
    event_id: Annotated[str, typer.Argument(help="An event's id, or a mention's key.")],
    verdict: Annotated[str, typer.Argument(help="right or wrong; with --with: same, different or unsure.")],
    record: RecordFile,
    by: Annotated[str, typer.Option("--by", envvar="USER", help="Who says so.")],
    other: Annotated[str | None, typer.Option("--with", help="The other event or mention.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Say that an event is right or wrong, or that two are the same or different. It wins over the machine."""
    with _record(record, write=True) as store:
        if other:
            number = store.judge_same(event_id, other, by=by, verdict=verdict, note=note)  # type: ignore[arg-type]
        else:
            number = store.judge(event_id, verdict, by=by, note=note)  # type: ignore[arg-type]
    say(f"dragoman: judgement {number} kept.")


@app.command()
def judgements(
    record: RecordFile,
    take: Annotated[Path | None, typer.Option("--import", help="Take in judgements, of annotation tools too.")] = None,
) -> None:
    """Print all judgements as JSON lines, or take in those of another record or an annotation tool."""
    from dragoman.export import import_judgements
    from dragoman.record.judgements import dump

    with _record(record, write=take is not None) as store:
        if take is None:
            typer.echo(dump(store.judgements()), nl=False)
            return
        try:
            say(f"dragoman: {import_judgements(store, take)} new judgements.")
        except (OSError, UnicodeDecodeError) as error:
            fail(str(error), 1)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier record.")],
    new: Annotated[Path, typer.Argument(help="The later record.")],
) -> None:
    """How the events of two records differ, as JSON: added, removed, merged, changed."""
    with _record(old) as before, _record(new) as after:
        print_json(after.diff(before).to_dict())


@app.command()
def cite(
    record: RecordFile,
    style: Annotated[str, typer.Option(help="text, bibtex or csl-json.")] = "text",
    title: Annotated[str | None, typer.Option(help="The record's title (default: the file's name).")] = None,
    author: Annotated[list[str] | None, typer.Option(help="Family, Given; as often as you like.")] = None,
) -> None:
    """How to cite the record in its present state."""
    with _record(record) as store:
        typer.echo(store.cite(title, author or ()).format(style), nl=False)


@app.command()
def doctor(record: RecordFile, format: Output = None) -> None:
    """Integrity: SQLite check, every span equals its quote, no orphan. Exits with 1 if something is wrong."""
    with _record(record) as store:
        problems = store.doctor()
        counts = store.counts()
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
    with _record(record) as store:
        try:
            write(store, format, out if out is not None else sys.stdout)
        except BrokenPipeError:
            raise
        except (OSError, ValueError, ImportError) as error:
            fail(str(error), 1)
        if out is not None:
            say(f"dragoman: {store.counts()['events']} events as {format} in {out}.")


@app.command()
def evaluate(
    measure: Annotated[str, typer.Argument(metavar="SET", help="pages, plv, extraction, lines, parse, coreference.")],
    path: Annotated[Path, typer.Argument(help="The gold file or benchmark folder.")],
    folder: Annotated[Path | None, typer.Option("--dir", help="The folder of the pages (for `pages`).")] = None,
    train: Annotated[Path | None, typer.Option(help="Fit on this file first (for `plv`, supervised track).")] = None,
    jobs: Jobs = None,
) -> None:
    """Score against a benchmark or gold set and print JSON."""
    import json

    from dragoman.evaluation import evaluate as run

    try:
        result = run(measure, path, folder=folder, train=train, jobs=jobs)
    except (FileNotFoundError, ValueError) as error:
        fail(str(error))
    typer.echo(json.dumps(result, indent=1, ensure_ascii=False))


@app.command()
def demo(
    record: Annotated[Path, typer.Option("--record", "-r", help="Where to keep the demo's record.")] = Path("demo.db"),
    jobs: Jobs = None,
) -> None:
    """Code the bundled sample pages into a record, show what was found, say what to try next."""
    from dragoman import open_record
    from dragoman.cli.reports import demo_report
    from dragoman.record import RecordError
    from dragoman.samples import sample_pages

    trouble = Trouble(strict=False)
    try:
        with open_record(record) as store:
            with progress("Coding the sample pages") as advance:
                store.ingest(sample_pages(), jobs=jobs, on_failure=trouble, on_page=advance)
            typer.echo(demo_report(store, record))
    except RecordError as error:
        fail(str(error), 1)
    trouble.finish()


@app.command()
def serve(
    record: RecordFile,
    host: Annotated[str, typer.Option(help="Address to answer on; one seen from outside needs --token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8001,
    token: Annotated[str | None, typer.Option(envvar="DRAGOMAN_TOKEN", help="A secret that readers bring.")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Take no judgements.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
) -> None:
    """The record as web pages and HTTP API, on this machine, until Ctrl-C."""
    from dragoman.record import RecordError
    from dragoman.serve.running import run

    if not record.is_file():
        fail(f"there is no record {record}; make one with: dragoman ingest PATH… --record {record}")
    try:
        run(record, host=host, port=port, token=token, read_only=read_only, open_browser=open_browser, say=say)
    except ValueError as error:
        fail(str(error))
    except (RecordError, OSError) as error:
        fail(str(error), 1)


@app.command()
def mcp(record: RecordFile) -> None:
    """The record for language models: an MCP server with read-only tools over stdin and stdout."""
    from dragoman.record import RecordError

    if not record.is_file():
        fail(f"there is no record {record}; make one with: dragoman ingest PATH… --record {record}")
    try:
        from dragoman.serve.mcp import run
    except ModuleNotFoundError as error:
        fail(f"an MCP server needs the package {error.name!r}; install it with: pip install 'dragoman[mcp]'", 1)
    try:
        run(record)
    except RecordError as error:
        fail(str(error), 1)


codebook_app = typer.Typer(help="The event types, modes, CAMEO codes and frames.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")


@codebook_app.command("check")
def codebook_check(folder: Annotated[Path | None, typer.Argument(help="Your own codebook folder.")] = None) -> None:
    """Check every file: unknown types, modes, codes, places, flags; duplicates. Exits with 1 if something is wrong."""
    from dragoman.codebook import load
    from dragoman.codebook.check import check

    try:
        problems = check(load(folder))
    except FileNotFoundError as error:
        fail(str(error))
    except ValueError as error:
        fail(str(error), 1)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(1)
    say("dragoman: the codebook is sound.")


@codebook_app.command("list")
def codebook_list(format: Output = None) -> None:
    """Event types and modes with quad class, score and CAMEO code."""
    from dragoman.codebook import load

    book = load()
    rows = [
        {
            "type": m.type,
            "mode": None if m.name == "-" else m.name,
            "quad_class": book.quad(m.type),
            "score": m.score,
            "cameo": m.cameo,
            "goldstein": book.goldstein(m.cameo),
            "definition": m.definition,
        }
        for m in book.modes.values()
    ]
    print_rows(rows, ("type", "mode", "quad_class", "score", "cameo", "goldstein", "definition"), chosen(format))


@codebook_app.command("show")
def codebook_show(
    word: Annotated[str, typer.Argument(help="An event type (SANCTION) or a predicate (recall).")],
    language: Annotated[str, typer.Option(help="Language of the frames.")] = "en",
    format: Output = None,
) -> None:
    """The frames of a type or a predicate."""
    from dragoman.codebook import load

    frames = [f for f in load().frames(language) if word == f.type or word in f.predicate]
    rows = [
        {
            "predicate": "_".join(f.predicate) + "." + f.pos,
            "type": f.type,
            "mode": f.mode,
            "source": ",".join(f.sources),
            "target": ",".join(f.targets),
            "flags": ";".join(sorted(f.flags)),
            "file": f"{f.file}:{f.line}",
        }
        for f in sorted(frames, key=lambda f: (f.type, f.predicate))
    ]
    if not rows:
        fail(f"no {language} frame has the type or predicate {word!r}", 1)
    print_rows(rows, tuple(rows[0]), chosen(format))


@app.command()
def offices(
    country: Annotated[str, typer.Argument(help="ISO3 code or organisation id.")],
    on: Annotated[
        str | None, typer.Option("--on", callback=_date, help="A date, YYYY[-MM[-DD]]; default: all.")
    ] = None,
    office: Annotated[str | None, typer.Option(help="Only this office.")] = None,
    format: Output = None,
) -> None:
    """Who held which office of a country, on a date."""
    from dragoman.actors import registry
    from dragoman.actors.tables import DATA, read_rows

    known = registry()
    rows: list[dict[str, Any]] = []
    for key, *_ in sorted(read_rows(DATA / "offices.tsv", "offices"), key=lambda r: (int(r[3] or 9), r[0])):
        if office and key != office:
            continue
        for holding in known.holders(country, key, on):
            person = known.person(holding.person)
            rows.append(
                {
                    "office": key,
                    "name": person.name if person else holding.person,
                    "title": holding.title or known.office_title(country, key),
                    "start": holding.start,
                    "end": holding.end,
                    "source": holding.source,
                    "confidence": holding.confidence,
                }
            )
    if not rows:
        fail(f"nothing is known of offices of {country!r}" + (f" on {on}" if on else ""), 1)
    print_rows(rows, tuple(rows[0]), chosen(format))
