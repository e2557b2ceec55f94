"""Judging a record: what people decide, what to ask them next, how good the record is by what they said."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import Format, chosen, fail, print_rows, say
from dragoman.cli.root import Limit, Output, RecordFile, app, opened

By = Annotated[str, typer.Option("--by", envvar="USER", help="Who says so.")]
QUESTION_TABLE = ("value", "kind", "a", "b", "reason")
QUALITY_TABLE = ("name", "events", "disputed", "right", "wrong", "corrected", "precision", "low95", "high95")


class Grouping(StrEnum):
    """What the record's quality is told by."""

    type = "type"
    language = "language"
    outlet = "outlet"


@app.command()
def judge(
    event_id: Annotated[str, typer.Argument(help="An event's id, or a mention's key.")],
    verdict: Annotated[str, typer.Argument(help="right, wrong or corrected; with --with: same, different or unsure.")],
    record: RecordFile,
    by: By,
    other: Annotated[str | None, typer.Option("--with", help="The other event or mention.")] = None,
    field: Annotated[
        str | None, typer.Option(help="What is corrected: date, status, country, issue, type, mode.")
    ] = None,
    value: Annotated[str | None, typer.Option(help="What it should be.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Say that an event is right, wrong or to be corrected, or that two are the same or different.

    It wins over the machine.
    """
    if (verdict == "corrected") != (field is not None and value is not None):
        fail(
            "a correction names what is wrong and what is right: judge EVENT corrected --field date --value 2021-05-04"
        )
    with opened(record, write=True) as store:
        if other:
            number = store.judge_same(event_id, other, by=by, verdict=verdict, note=note)  # type: ignore[arg-type]
        elif field is not None and value is not None:
            number = store.correct(event_id, "event_type" if field == "type" else field, value, by=by, note=note)
        else:
            number = store.judge(event_id, verdict, by=by, note=note)  # type: ignore[arg-type]
    say(f"dragoman: judgement {number} kept; take it back with: dragoman undo {number} --record {record}")


@app.command()
def undo(number: Annotated[int, typer.Argument(help="The judgement's number.")], record: RecordFile, by: By) -> None:
    """Take a judgement back. It stays in the list as undone."""
    with opened(record, write=True) as store:
        store.undo(number, by=by)
    say(f"dragoman: judgement {number} is undone.")


@app.command()
def judgements(
    record: RecordFile,
    take: Annotated[Path | None, typer.Option("--import", help="Take in judgements, of annotation tools too.")] = None,
) -> None:
    """Print all judgements as JSON lines, or take in those of another record or an annotation tool."""
    from dragoman.export import import_judgements
    from dragoman.record.judgements import dump

    with opened(record, write=take is not None) as store:
        if take is None:
            typer.echo(dump(store.judgements()), nl=False)
            return
        try:
            say(f"dragoman: {import_judgements(store, take)} new judgements.")
        except (OSError, UnicodeDecodeError) as error:
            fail(str(error), 1)


@app.command()
def review(record: RecordFile, limit: Limit = 20, format: Output = None) -> None:
    """What to judge first: the questions whose answers would settle most."""
    with opened(record) as store:
        found = [q.to_dict() for q in store.questions(limit)]
    if chosen(format) is Format.table:
        found = [q | {"a": q["event_a"], "b": q["event_b"] or "", "value": round(q["value"], 2)} for q in found]
    print_rows(
        found, QUESTION_TABLE if chosen(format) is Format.table else tuple(found[0] if found else ()), chosen(format)
    )


@app.command()
def quality(
    record: RecordFile,
    by: Annotated[Grouping, typer.Option("--by", help="Tell it by type, language or outlet.")] = Grouping.type,
    format: Output = None,
) -> None:
    """How good the record is: what is known, what is disputed, precision as people judged it, with its interval."""
    with opened(record) as store:
        found = [m.to_dict() for m in store.quality(by.value)]
    shown = QUALITY_TABLE if chosen(format) is Format.table else tuple(found[0] if found else ())
    print_rows(found, shown, chosen(format))
