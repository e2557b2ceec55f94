"""Schemathesis reads the OpenAPI document and asks thousands of odd questions: no fault, nothing undocumented."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

import dragoman
from dragoman.record import Record

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting, reading

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("schemathesis") is None, reason="schemathesis is not installed"),
]
HERE = Path(__file__).parent


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A record served as a process of its own."""
    with Record(tmp_path / "r.db") as record:
        record.add_many([meeting(day, f"Outlet {day % 3}") for day in range(1, 20)])
        words = "\u201cIt was time,\u201d"
        record.add(reading("Words", f"{words} Blinken said.", quotes=[(words, "USA:GOV Antony Blinken")]))
    environment = {**os.environ, "PYTHONPATH": str(Path(dragoman.__file__).parent.parent)}
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(tmp_path / "r.db"), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr is not None
        found = re.search(r"http://\S+:\d+/", server.stderr.readline())
        assert found
        yield found[0]
        server.terminate()


def test_schemathesis_finds_nothing(address: str, tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    with urlopen(address + "api/v1/openapi.json", timeout=120) as answer:
        document.write_bytes(answer.read())
    page = json.dumps({"text": "Rabat\n\nThe ministers met in Rabat."}).encode()
    first = Request(address + "api/v1/code", page, {"Content-Type": "application/json"})
    with urlopen(first, timeout=300) as answer:  # loads the models, which takes longer than an answer may
        assert answer.status == 200
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
        str(document), "--url", address, "--checks", "all", "--max-examples", "20", "--seed", "1", "--no-shrink",
        "--continue-on-failure",
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, timeout=1800, cwd=tmp_path, check=False)
    told = "\n".join(line[:300] for line in run.stdout.splitlines())
    assert run.returncode == 0, told
