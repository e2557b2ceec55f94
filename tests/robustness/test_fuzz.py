"""Bad pages cost themselves and nothing else: no crash, spans that hold, bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from checking import problems
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangled import MANGLES, mangled

import dragoman

SECONDS = 5.0  # a small page may take, on a machine that does other things too
MEMORY = 1_000  # MB that a whole process may take
QUICK = ("bomb.gz", "nested-10000.html", "quotation-marks-100000.txt", "json-nested-100000.jsonl", "feed-entities.xml")
HERE = Path(__file__).parent


def check(folder: Path, name: str, raw: bytes) -> None:
    path = folder / name
    path.write_bytes(raw)
    started = time.process_time()
    items = list(dragoman.code_pages([path], jobs=1))
    spent = time.process_time() - started
    path.unlink()
    assert items, f"{name}: neither a reading nor a failure"
    found = [p for item in items for p in problems(item)]
    assert not found, f"{name}: {found}"
    assert spent < SECONDS * len(items), f"{name}: {spent:.1f} s"


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, after the models and tables have been loaded."""
    folder = tmp_path_factory.mktemp("mangled")
    path = folder / "first.txt"
    path.write_text("Iran met Russia in Rabat.\n\nفرنسا أدانت الهجوم.\n", encoding="utf-8")
    list(dragoman.code_pages([path], jobs=1))
    return folder


@pytest.mark.parametrize("kind", range(len(MANGLES)), ids=[m.__name__ for m in MANGLES])
def test_every_kind_of_bad_page(kind: int, warm: Path) -> None:
    for number, (name, raw) in enumerate(mangled(7, 3 * len(MANGLES))):
        if number % len(MANGLES) == kind:
            check(warm, name, raw)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=st.binary(max_size=400))
def test_any_bytes(raw: bytes, warm: Path) -> None:
    check(warm, "any", raw)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=400), markup=st.booleans())
def test_any_text(text: str, markup: bool, warm: Path) -> None:
    page = f"<html><body><p>{text}</p></body></html>" if markup else f"Iran met Russia in Rabat. {text}"
    check(warm, "any", page.encode("utf-8", "replace"))


def enormous(name: str) -> dict[str, float]:
    """Code one enormous page in a process of its own; its report: seconds, peak memory in MB, problems."""
    script = HERE.parents[1] / "benchmarks" / "fuzz.py"
    done = subprocess.run(
        [sys.executable, script, "--one", name], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, float] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("name", QUICK)
def test_enormous(name: str) -> None:
    report = enormous(name)
    assert not report["problems"], report
    assert report["mb"] < MEMORY, report
