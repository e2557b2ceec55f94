"""The command line: every command on the sample pages, its formats, exit codes and messages."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import dragoman
from dragoman import __version__
from dragoman.cli.app import app
from dragoman.cli.output import plain, rendered

RECORD = "samples.db"
SOURCE = str(Path(dragoman.__file__).parent.parent)
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([SOURCE, os.environ.get("PYTHONPATH", "")])}


class Result:
    """What a command left behind."""

    def __init__(self, *arguments: str, stdin: bytes | None = None) -> None:
        result = CliRunner().invoke(app, list(arguments), input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code, self.out, self.err = result.exit_code, result.stdout, result.stderr

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(autouse=True)
def _in_the_samples(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(samples)
    monkeypatch.setenv("COLUMNS", "120")


def test_it_starts_without_loading_models() -> None:
    code = "import sys, dragoman.cli.app; print(sorted({'spacy', 'torch', 'onnxruntime', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert done.stdout.strip() == "[]"


def test_version_and_help() -> None:
    assert Result("--version").out == f"dragoman {__version__}\n"
    assert "ingest" in Result("--help").out


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in app.registered_commands])  # type: ignore[union-attr]
def test_every_command_has_help(command: str) -> None:
    assert Result(command, "-h").code == 0


def test_read_prints_one_line_a_page() -> None:
    rows = Result("read", "pages/*.html").rows
    assert [Path(row["file"]).name for row in rows] == sorted(p.name for p in Path("pages").glob("*.html"))
    assert all(row["title"] and row["segments"] for row in rows)


def test_read_as_csv_counts_segments() -> None:
    (row,) = csv.DictReader(io.StringIO(Result("read", "pages/en-1-beijing-deal.html", "-f", "csv").out))
    assert row["published"] == "2023-03-11" and int(row["segments"]) > 5


def test_a_page_from_stdin_is_coded_like_the_file(samples: Path) -> None:
    path = samples / "pages" / "en-7-embassy-row.html"
    (piped,) = Result("code", "-", "-j", "1", stdin=path.read_bytes()).rows
    (named,) = Result("code", str(path), "-j", "1").rows
    assert piped["events"] == named["events"] and piped["sha256"] == named["sha256"]
    text = path.read_bytes().decode()
    assert piped["events"]
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in piped["events"])


def test_code_prints_tables_and_csv() -> None:
    table = Result("code", "pages/en-3-havana.html", "-j", "1", "-f", "table").out
    assert "Mr. Kerry will travel to Havana" in table and "&" not in table
    rows = list(csv.DictReader(io.StringIO(Result("code", "pages/en-3-havana.html", "-j", "1", "-f", "csv").out)))
    assert {"date", "source", "event", "target", "quote", "confidence"} <= set(rows[0])


def test_merge_gives_copies_the_same_event() -> None:
    rows = Result("code", "--merge", "-j", "1", "pages/en-1-beijing-deal.html", "pages/en-2-beijing-copy.txt").rows
    first, second = ({e["event"] for e in row["events"]} for row in rows)
    assert None not in first | second
    assert len(first & second) >= 3


def test_ingesting_again_changes_nothing(tmp_path: Path) -> None:
    arguments = (
        "ingest",
        "pages/en-7-embassy-row.html",
        "pages/fr-4-riyad.txt",
        "-j",
        "1",
        "-r",
        str(tmp_path / "r.db"),
    )
    first, second, third = Result(*arguments), Result(*arguments), Result(*arguments, "--again")
    assert (first.code, second.code, third.code) == (0, 0, 0)
    assert "2 pages added" in first.err
    assert "2 already known" in second.err
    assert "2 already known" not in third.err
    assert Result("doctor", "-r", str(tmp_path / "r.db")).code == 0


def test_one_bad_input_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    result = Result("read", "missing.html", "pages/en-3-havana.html")
    assert result.code == 1
    assert len(result.rows) == 1
    assert "missing.html" in result.err and "Traceback" not in result.err


def test_strict_stops_at_the_first_bad_input(tmp_path: Path) -> None:
    result = Result("code", "--strict", "-j", "1", "missing.html", "pages/en-3-havana.html")
    assert result.code == 1 and result.out == ""
    result = Result(
        "ingest", "--strict", "-j", "1", "missing.html", "pages/fr-4-riyad.txt", "-r", str(tmp_path / "r.db")
    )
    assert result.code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("events", "--actor", "SAU"),
        ("events", "--actor", "SAU", "--other", "IRN", "--type", "sanction", "--since", "2016", "--until", "2016-02"),
        ("events", "--status", "cancelled"),
        ("events", "--language", "ar"),
        ("actors", "--kind", "person"),
        ("dyad", "SAU", "IRN", "--since", "2015-12", "--until", "2016-02"),
        ("timeline", "--by", "year", "--actor", "IRN"),
        ("search", "ambassador"),
        ("search", "السعودية"),
        ("disagreements",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("format", ["table", "jsonl", "csv"])
def test_questions_to_a_record(arguments: tuple[str, ...], format: str) -> None:
    result = Result(*arguments, "--record", RECORD, "--format", format)
    assert result.code == 0
    if arguments != ("disagreements",):
        assert result.out
    if format == "jsonl":
        assert all(isinstance(row, dict) for row in result.rows)
    if format == "csv":
        widths = {len(row) for row in csv.reader(io.StringIO(result.out))}
        assert len(widths) == 1
    if format == "table":
        assert max(map(len, result.out.splitlines()), default=0) <= 124
        assert "{'" not in result.out


def test_explain_shows_words_and_rule() -> None:
    event = Result("events", "--actor", "SAU", "--other", "IRN", "--type", "SANCTION", "-r", RECORD).rows[0]
    text = Result("explain", event["id"], "-r", RECORD, "-f", "table").out
    assert event["id"] in text and "SANCTION.tsv" in text
    assert Result("explain", event["id"], "-r", RECORD, "-f", "jsonl").rows[0]["event"]["id"] == event["id"]


def test_an_actor_has_a_dossier() -> None:
    text = Result("actor", "IRN", "-r", RECORD, "-f", "table").out
    assert "Partners" in text and "Latest events" in text
    assert Result("actor", "IRN", "-r", RECORD, "-f", "jsonl").rows[0]["actor"]["code"] == "IRN"


@pytest.mark.parametrize("format", ["polecat", "icews", "gdelt", "phoenix", "ftm", "gexf", "geojson", "csv", "jsonl"])
def test_exports(format: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = Result("export", format, "-r", RECORD, "--out", str(out))
    assert result.code == 0 and out.stat().st_size > 0
    assert str(out) in result.err


def test_demo_shows_events_and_next_steps() -> None:
    result = Result("demo", "--record", RECORD, "-j", "1")
    assert result.code == 0
    assert "dragoman explain e" in result.out and "cancelled" in result.out


def test_codebook_and_offices() -> None:
    assert len(Result("codebook", "list").rows) > 50
    assert Result("codebook", "show", "recall", "-f", "csv").code == 0
    check = Result("codebook", "check")
    assert check.code == bool(check.out)
    (row,) = Result("offices", "SAU", "--on", "2016-01-03", "--office", "foreign_minister").rows
    assert row["name"] == "Adel al-Jubeir"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("frobnicate",), 2, "frobnicate"),
        (("read",), 2, "PATH"),
        (("read", "pages", "--format", "xml"), 2, "xml"),
        (("code", "pages", "--codebook", "nowhere"), 2, "nowhere"),
        (("code", "pages", "--jobs", "0"), 2, "--jobs"),
        (("events",), 2, "--record"),
        (("events", "-r", "missing.db"), 2, "dragoman ingest"),
        (("events", "-r", "pages/fr-4-riyad.txt"), 1, "fr-4-riyad.txt"),
        (("events", "-r", RECORD, "--since", "yesterday"), 2, "YYYY"),
        (("events", "-r", RECORD, "--type", "KISS"), 2, "ACCUSE"),
        (("events", "-r", RECORD, "--status", "maybe"), 2, "occurred"),
        (("timeline", "-r", RECORD, "--by", "week"), 2, "month"),
        (("dyad", "SAU", "IRN", "-r", RECORD, "--since", "soon"), 2, "soon"),
        (("explain", "e0", "-r", RECORD), 1, "e0"),
        (("actor", "Nobody", "-r", RECORD), 1, "Nobody"),
        (("export", "word", "-r", RECORD), 2, "polecat"),
        (("export", "csv", "-r", RECORD, "--out", "no/such/folder.csv"), 1, "no/such"),
        (("ingest", "pages", "-r", "no/such/r.db", "-j", "1"), 1, "no/such"),
        (("demo", "-r", "no/such/r.db"), 1, "no/such"),
        (("evaluate", "luck", "pages"), 2, "luck"),
        (("evaluate", "pages", "missing.json", "--dir", "pages"), 2, "missing.json"),
        (("codebook", "check", "nowhere"), 2, "nowhere"),
        (("codebook", "show", "xyzzy"), 1, "xyzzy"),
        (("offices", "ZZZ"), 1, "ZZZ"),
        (("offices", "MAR", "--on", "soon"), 2, "soon"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else None,
)
def test_errors_are_sentences_with_the_right_code(arguments: tuple[str, ...], code: int, said: str) -> None:
    result = Result(*arguments)
    assert result.code == code
    assert said in result.err and "Traceback" not in result.err
    assert result.out == ""


def test_evidence_in_tables_is_plain_and_on_one_line() -> None:
    assert plain("Rodr&iacute;guez <b>raised</b>\n the \u200fflag") == "Rodríguez raised the flag"
    text = rendered([{"date": "2016-01-03", "quote": "قطعت " * 60}], ("date", "quote"))
    assert len(text.splitlines()) == 2 and text.endswith("…")


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m dragoman export jsonl -r {RECORD} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert (done.returncode, len(done.stdout), done.stderr) == (0, 10, "")
