"""Runs every `$ dragoman …` line of README.md and docs/*.md on the sample pages and writes the real output below it.

    python docs/refresh.py          rewrites the files
    python docs/refresh.py --check  only says which are out of date (tests/test_docs.py does the same)

A fence opens with ```console, `lines=N` after it keeps the first N lines. Commands see the sample pages as `pages/` and
a record of them as `samples.db`; an event id in a command stands for the event that most pages tell. `<!-- counts -->`
… `<!-- /counts -->` holds the table of the knowledge files.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 112  # characters of a line in a code block
BLOCK = re.compile(r"^```console(?P<options>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
COUNTS = re.compile(r"(<!-- counts -->\n).*?(<!-- /counts -->)", re.S)
EVENT = re.compile(r"\be[0-9a-f]{12}\b")

Runner = Callable[[list[str]], tuple[int, str]]


def documents() -> list[Path]:
    """README.md and the pages of docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(text: str) -> Iterator[str]:
    """The `$ …` lines of a document, continued lines joined."""
    for block in BLOCK.finditer(text):
        for line in block["body"].replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                yield line[2:]


def refreshed(text: str, run: Runner, event: str) -> str:
    """`text` with the output of every `$ dragoman …` line as `run` gives it. Blocks hold one command each."""

    def block(match: re.Match[str]) -> str:
        command = match["body"].splitlines()[0]
        if not command.startswith("$ dragoman "):
            return match[0]
        command = EVENT.sub(event, command)
        arguments = [event if EVENT.fullmatch(word) else word for word in shlex.split(command)[2:]]
        code, output = run(arguments)
        if code:
            raise RuntimeError(f"{command!r} ended with exit code {code}: {output}")
        limit = re.search(r"lines=(\d+)", match["options"])
        shown = [_cut(line) for line in output.splitlines()]
        if limit and len(shown) > int(limit[1]):
            shown = [*shown[: int(limit[1])], "…"]
        return "\n".join([f"```console{match['options']}", command, *shown, "```"])

    return COUNTS.sub(lambda m: m[1] + counts() + m[2], BLOCK.sub(block, text))


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def counts() -> str:
    """The knowledge files with their numbers of lines, as a Markdown table."""
    package = ROOT / "src" / "dragoman"
    rows = []
    for folder, pattern in (("actors/data", "**/*.tsv"), ("codebook/data", "*.tsv")):
        rows += [(str(p.relative_to(package)), _facts(p)) for p in sorted((package / folder).glob(pattern))]
    for language in sorted((package / "codebook/data/frames").iterdir()):
        frames = [p for p in language.glob("*.tsv") if not p.name.startswith("_")]
        rows.append((f"codebook/data/frames/{language.name}/", sum(map(_facts, frames))))
    lines = ["| file | facts, about |", "| --- | --: |"]
    lines += [f"| `{name}` | {_about(number):,} |" for name, number in rows if number]
    return "\n".join(lines) + "\n"


def _about(number: int) -> int:
    """Two significant digits, so that a handful of new facts leaves the table true."""
    return round(number, 2 - len(str(number)))


def _facts(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return sum(1 for line in lines if line.strip() and not line.startswith("#"))


@contextlib.contextmanager
def workplace(folder: Path) -> Iterator[Runner]:
    """Run commands in `folder`, which must hold `pages/` and `samples.db`; stdout alone is given back."""
    from typer.testing import CliRunner

    from dragoman.cli.app import app

    def run(arguments: list[str]) -> tuple[int, str]:
        result = CliRunner().invoke(app, arguments, prog_name="dragoman")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout if not result.exit_code else result.output

    before, columns = Path.cwd(), os.environ.get("COLUMNS")
    os.chdir(folder)
    os.environ["COLUMNS"] = str(WIDTH)
    try:
        yield run
    finally:
        os.chdir(before)
        os.environ.pop("COLUMNS") if columns is None else os.environ.update(COLUMNS=columns)


def prepare(folder: Path) -> str:
    """Put the sample pages and their record into `folder`; gives the id of the event that most pages tell."""
    import dragoman
    from dragoman.samples import sample_pages

    (folder / "pages").mkdir()
    for page in sample_pages():
        shutil.copy(page, folder / "pages")
    before = Path.cwd()
    os.chdir(folder)
    try:
        # One batch, however slow the machine: an event's id is that of the first account it was made of.
        with patch("dragoman.record.store.BATCH_SECONDS", math.inf), dragoman.open_record("samples.db") as record:
            record.ingest(["pages"], jobs=1)
    finally:
        os.chdir(before)
    return best_told(folder / "samples.db")


def best_told(path: Path) -> str:
    """The id of the event that most independent pages tell."""
    import dragoman

    with dragoman.open_record(path) as record:
        events = record.events(limit=1000)
        return max(events, key=lambda e: (e.independent_sources, len(e.languages), e.id)).id


def main() -> int:
    """Rewrite, or with --check compare; gives the exit code."""
    stale = []
    with tempfile.TemporaryDirectory() as name:
        event = prepare(Path(name))
        with workplace(Path(name)) as run:
            for path in documents():
                text = path.read_text(encoding="utf-8")
                new = refreshed(text, run, event)
                if new != text:
                    stale.append(path.name)
                    if "--check" not in sys.argv:
                        path.write_text(new, encoding="utf-8")
    print("out of date:" if "--check" in sys.argv else "rewritten:", ", ".join(stale) or "none")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
