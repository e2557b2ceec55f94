"""What commands print: data on stdout as a table, JSON lines or CSV; everything for people on stderr."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from io import StringIO
from typing import Any, NoReturn

import typer

NARROWEST, WIDEST, UNKNOWN = 100, 160, 130  # characters a table may take; UNKNOWN where stdout is no terminal
# The first of these that a table has is its long column: one line, cut.
LONG = ("quote", "snippet", "definition", "title")
WHOLE = frozenset({"id", "period", "key", "status"})  # never folded
FOLDED, DATE = 26, 16  # the widest a column and a date may be before they fold
EVIDENCE, GAP = 36, 2  # the least width of the long column, the space between columns
_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


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


def print_rows(rows: Iterable[dict[str, Any]], columns: Sequence[str], format: Format) -> int:
    """Print flat rows in the chosen format and return how many there were. JSON lines keep every key."""
    count = 0
    if format is Format.jsonl:
        for row in rows:
            print_json(row)
            count += 1
        return count
    if format is Format.csv:
        writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: _cell(row.get(k)) for k in columns})
            count += 1
        return count
    listed = list(rows)
    sys.stdout.write(rendered(listed, columns) + "\n")
    return len(listed)


def rendered(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> str:
    """A table as text, as wide as the terminal.

    The long column goes last and is cut, so that Arabic beside Latin text stays in its line; the others fold.
    """
    from rich.cells import cell_len, set_cell_size
    from rich.console import Console
    from rich.table import Table

    long = next((c for c in LONG if c in columns), None)
    short = [c for c in columns if c != long]
    cells = {c: [_brief(_cell(row.get(c))) if c == "date" else _cell(row.get(c)) for row in rows] for c in short}
    widest = {c: max([cell_len(_header(c)), *map(cell_len, cells[c])]) for c in short}
    left, widths = 0, widest
    for most in range(FOLDED, 9, -2):
        widths = {c: w if c in WHOLE else min(w, DATE if c == "date" else most) for c, w in widest.items()}
        left = width() - sum(widths.values()) - GAP * len(short)
        if left >= (EVIDENCE if long else 0):
            break
    table = Table(box=None, header_style="bold", pad_edge=False, show_edge=False, padding=(0, GAP, 0, 0))
    for column in short:
        table.add_column(_header(column), overflow="fold", width=widths[column])
    if long:
        table.add_column(_header(long), no_wrap=True)
    for n, row in enumerate(rows):
        line = [cells[c][n] for c in short]
        if long:
            text = plain(_cell(row.get(long)))
            line.append(text if cell_len(text) <= left else set_cell_size(text, max(left, EVIDENCE) - 1).rstrip() + "…")
        table.add_row(*line)
    out = StringIO()
    Console(file=out, width=1000, force_terminal=sys.stdout.isatty(), highlight=False, markup=False, emoji=False).print(
        table
    )
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _header(column: str) -> str:
    return column.replace("_", " ")


def width() -> int:
    """Characters a table may take: the terminal's, within bounds."""
    columns = shutil.get_terminal_size((UNKNOWN, 40)).columns
    return max(NARROWEST, min(WIDEST, columns))


def plain(text: str) -> str:
    """Evidence as a reader sees it, on one line: tags, entities and direction marks of the page left out."""
    return " ".join(_HIDDEN.sub("", html.unescape(_TAG.sub(" ", text))).split())


def _brief(date: str) -> str:
    """An interval without what its end repeats of its start, as ISO 8601 allows: `2021-09-20/26`, `2021-03/05`."""
    start, slash, end = date.partition("/")
    first, last = start.split("-"), end.split("-")
    while slash and len(first) == len(last) > 1 and first[0] == last[0]:
        first, last = first[1:], last[1:]
    return f"{start}/{'-'.join(last)}" if slash else date


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(_cell(v) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
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


@contextmanager
def live(description: str) -> Iterator[Any]:
    """A line on a terminal's stderr that is kept up to date; yields a function that shows a value's words.

    None where there is no terminal, so that nobody works out what nobody sees.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(description) as status:
        yield lambda value: status.update(f"{description}: {value}")
