"""An analyst at the terminal: what to judge, judging, taking back, and what the judgements say."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.record import Record

sys.path.insert(0, str(Path(__file__).parent))
from builder import meeting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Record(tmp_path / "r.db") as record:
        record.add_many([meeting(3, "A"), meeting(4, "B"), meeting(20, "C")])
    return tmp_path / "r.db"


def run(*words: object, exit_code: int = 0) -> list[dict[str, Any]]:
    """The lines that a command prints."""
    done = CliRunner().invoke(app, [str(w) for w in words])
    assert done.exit_code == exit_code, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_correction_wins_until_it_is_undone(path: Path) -> None:
    event = run("events", "--record", path)[0]
    correct = ("judge", event["id"], "corrected", "--record", path, "--by", "Amina", "--field", "date")
    run(*correct, "--value", "2021-05-21", "--note", "the page of the ministry")
    assert [e["date"] for e in run("events", "--record", path) if e["id"] == event["id"]] == ["2021-05-21"]
    [judged] = run("judgements", "--record", path)
    run("undo", 1, "--record", path, "--by", "Amina")
    assert judged["value"] == "2021-05-21"
    assert [e["date"] for e in run("events", "--record", path) if e["id"] == event["id"]] == [event["date"]]
    run("undo", 7, "--record", path, "--by", "Amina", exit_code=1)
    run(*correct, exit_code=2)


def test_what_to_judge_next_and_what_the_judgements_say(path: Path) -> None:
    questions = run("review", "--record", path, "--limit", 5)
    asked = next(q for q in questions if q["kind"] == "right")
    run("judge", asked["event_a"], "wrong", "--record", path, "--by", "Amina")
    assert asked["a"] not in {q["a"] for q in run("review", "--record", path) if q["kind"] == "right"}
    [measured] = run("quality", "--record", path, "--by", "type")
    assert (measured["name"], measured["wrong"], measured["precision"]) == ("CONSULT", 1, 0.0)
    assert 0 < measured["high95"] < 1
