"""Measuring and showing: evaluate, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import fail, progress
from dragoman.cli.root import Jobs, Trouble, app


@app.command()
def evaluate(
    measure: Annotated[
        str, typer.Argument(metavar="SET", help="pages, plv, extraction, lines, parse, coreference, sentences.")
    ],
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
