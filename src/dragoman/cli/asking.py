"""Questions to a record: events, actors, pairs, timelines, words, reasons, disagreements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import Format, chosen, fail, print_json, print_rows, say
from dragoman.cli.root import (
    Limit,
    Output,
    Period,
    RecordFile,
    Status,
    a_date,
    an_event_type,
    app,
    opened,
    print_events,
    print_periods,
)


@app.command()
def events(
    record: RecordFile,
    actor: Annotated[str | None, typer.Option(help="One side: a code (MAR, IGOUNO) or a name.")] = None,
    other: Annotated[str | None, typer.Option(help="The other side, in either direction.")] = None,
    type: Annotated[str | None, typer.Option(callback=an_event_type, help="PLOVER event type.")] = None,
    mode: Annotated[str | None, typer.Option(help="PLOVER mode.")] = None,
    status: Annotated[Status | None, typer.Option(help="Whether it happened.")] = None,
    since: Annotated[str | None, typer.Option(callback=a_date, help="First date, YYYY[-MM[-DD]].")] = None,
    until: Annotated[str | None, typer.Option(callback=a_date, help="Last date, YYYY[-MM[-DD]].")] = None,
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
    with opened(record) as store:
        print_events(store.events(EventFilter.of(wanted), limit=limit), kind)


actors_app = typer.Typer(help="Actors of a record by number of events, or a check of the actor files.")
app.add_typer(actors_app, name="actors")


@actors_app.callback(invoke_without_command=True)
def actors(
    context: typer.Context,
    record: Annotated[Path | None, typer.Option("--record", "-r", help="The record: an SQLite file.")] = None,
    kind: Annotated[str | None, typer.Option(help="person, organisation or state.")] = None,
    name: Annotated[str | None, typer.Option(help="Part of a name, or a code.")] = None,
    limit: Limit = 50,
    format: Output = None,
) -> None:
    """Actors of a record by number of events; `dragoman actors check` checks the actor files instead."""
    if context.invoked_subcommand is not None:
        return
    if record is None:
        fail("say which record: dragoman actors --record FILE (or check the actor files: dragoman actors check)", 2)
    with opened(record) as store:
        rows = [a.to_dict() for a in store.actors(kind=kind, name=name, limit=limit)]
    print_rows(rows, tuple(rows[0]) if rows else ("id",), chosen(format))


@actors_app.command("check")
def actors_check(
    folder: Annotated[Path | None, typer.Argument(help="Your own actor files; default: ours.")] = None,
    overlaps: Annotated[bool, typer.Option("--overlaps", help="Also list holders whose terms overlap.")] = False,
) -> None:
    """Check actor files: dangling ids, names that collide, impossible terms, order. Exits with 1 on findings."""
    from dragoman.actors import check as checking
    from dragoman.actors.tables import DATA

    if folder is not None and not folder.is_dir():
        fail(f"{folder} is no folder of actor files", 2)
    findings = checking.check(folder or DATA)
    for finding in [*findings, *(checking.overlaps(folder or DATA) if overlaps else ())]:
        typer.echo(finding)
    if findings:
        raise typer.Exit(1)
    say("dragoman: the actor files are sound.")


@app.command()
def actor(
    who: Annotated[str, typer.Argument(help="A code, an id or a name.")], record: RecordFile, format: Output = None
) -> None:
    """All about one actor: offices, partners, timeline, latest events, quotations."""
    with opened(record) as store:
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
    since: Annotated[str | None, typer.Option(callback=a_date, help="First month, YYYY-MM.")] = None,
    until: Annotated[str | None, typer.Option(callback=a_date, help="Last month, YYYY-MM.")] = None,
    format: Output = None,
) -> None:
    """Monthly counts between two sides, empty months included."""
    with opened(record) as store:
        print_periods(store.dyad(a, b, since=since, until=until), chosen(format))


@app.command()
def timeline(
    record: RecordFile,
    by: Annotated[Period, typer.Option(help="What to count by.")] = Period.month,
    actor: Annotated[str | None, typer.Option(help="Only events with this side.")] = None,
    since: Annotated[str | None, typer.Option(callback=a_date, help="First date.")] = None,
    until: Annotated[str | None, typer.Option(callback=a_date, help="Last date.")] = None,
    format: Output = None,
) -> None:
    """Counts by day, month or year, by quad class."""
    with opened(record) as store:
        print_periods(store.timeline(by=by.value, since=since, until=until, actor=actor), chosen(format))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words in any language; a part in double quotes is a phrase.")],
    record: RecordFile,
    limit: Limit = 20,
    format: Output = None,
) -> None:
    """Full text of the pages, with snippets cut from the original."""
    from dragoman.cli.reports import HIT_TABLE, hit_row

    with opened(record) as store:
        hits = store.search(" ".join(words), limit=limit)
    kind = chosen(format)
    print_rows((h.to_dict() if kind is Format.jsonl else hit_row(h) for h in hits), HIT_TABLE, kind)


@app.command()
def explain(
    event_id: Annotated[str, typer.Argument(help="An event's id.")], record: RecordFile, format: Output = None
) -> None:
    """Why an event was coded, dated, placed and merged so."""
    with opened(record) as store:
        explanation = store.explain(event_id)
        if chosen(format) is Format.table:
            typer.echo(str(explanation))
        else:
            print_json(explanation.to_dict())


@app.command()
def disagreements(record: RecordFile, limit: Limit = 50, format: Output = None) -> None:
    """Events on whose date, place, status, parties or figures sources differ."""
    kind = chosen(format)
    with opened(record) as store:
        print_events(store.disagreements(limit), kind)
