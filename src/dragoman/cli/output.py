"""What commands print: data on stdout as a table, JSON lines or CSV; everything for people on stderr."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, NoReturn

import typer


class Format(StrEnum):
    """How data is printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def chosen(format: Format | None) -> Format:
    """The format asked for; else a table on a terminal and JSON lines in a pipe."""
    return format or (Format.table if sys.stdout.isatty() else Format.jsonl)


def say(message: str) -> None:
    """A line for people, on stderr."""
    typer.echo(message, err=True)


def fail(message: str, code: int = 2) -> NoReturn:
    """Say what is wrong and exit."""
    say(f"dragoman: {message}")
    raise typer.Exit(code)


def print_json(row: dict[str, Any]) -> None:
    """One JSON object on a line."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def print_rows(rows: Iterable[dict[str, Any]], columns: Sequence[str], format: Format, title: str | None = None) -> int:
    """Print flat rows in the chosen format and return how many there were. JSON lines keep every key."""
    count = 0
    if format is Format.jsonl:
        for row in rows:
            print_json(row)
            count += 1
        return count
    if format is Format.csv:
        writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: _cell(row.get(k)) for k in columns})
            count += 1
        return count
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False, expand=False)
    for n, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=n == 0)
    for row in rows:
        table.add_row(*[_cell(row.get(k)) for k in columns])
        count += 1
    Console().print(table)
    return count


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(str(v) for v in value)
    return str(value)


@contextmanager
def progress(description: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar on a terminal's stderr; yields a function to call once per finished item."""
    if not sys.stderr.isatty():
        yield lambda advance=1: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(description, total=total)
        yield lambda advance=1: bar.advance(task, advance)
