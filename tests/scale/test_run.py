"""A run from the command line: the same bytes from every engine, and after kill -9 as if nothing had been."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpus import write
from test_executors import alive, eventually, missing

from dragoman.scale.run import Progress, RunReport, progress

pytest.importorskip("pyarrow", reason="pyarrow not installed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@pytest.fixture(scope="module")
def warcs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twelve pages in three files."""
    return write(tmp_path_factory.mktemp("corpus"), 12, 3)


def start(warcs: list[Path], out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dragoman", "ingest", *map(str, warcs), "--out", str(out), *options]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)


def finish(run: subprocess.Popen[str]) -> str:
    """What a run said, once it has ended well."""
    said = run.communicate(timeout=500)[1]
    assert run.returncode == 0, said[-2000:]
    return said


def digests(out: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((out / "shards").glob("*.parquet"))}


@pytest.fixture(scope="module")
def calm(warcs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of an undisturbed run with one worker."""
    out = tmp_path_factory.mktemp("calm") / "out"
    said = finish(start(warcs, out, "--jobs", "1"))
    assert "3 shards, 12 pages" in said
    return digests(out)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["local", "daft", "ray"])
def test_every_engine_writes_the_same_bytes(
    engine: str, warcs: list[Path], calm: dict[str, str], tmp_path: Path
) -> None:
    if absent := missing(engine):
        pytest.skip(f"{' and '.join(absent)} not installed")
    finish(start(warcs, tmp_path / "out", "--engine", engine, "--jobs", "2"))
    assert digests(tmp_path / "out") == calm


@pytest.mark.slow
def test_after_kill_9_the_run_goes_on_and_nothing_shows(
    warcs: list[Path], calm: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run = start(warcs, out, "--jobs", "1")
    assert eventually(lambda: list((out / "manifests").glob("*.json")), 200), "no shard was done"
    below = [int(p.parent.name) for p in Path("/proc").glob("[0-9]*/stat") if f") S {run.pid} " in p.read_text()]
    run.send_signal(signal.SIGKILL)
    run.communicate()
    assert eventually(lambda: not any(map(alive, below)), 20)
    assert digests(out).items() <= calm.items()
    said = finish(start(warcs, out, "--jobs", "1"))
    assert "known)" in said
    assert digests(out) == calm
    assert not list(out.rglob("*.part"))


def test_either_a_record_or_a_folder(tmp_path: Path) -> None:
    for options in ([], ["--record", str(tmp_path / "r.db"), "--out", str(tmp_path / "o")]):
        run = subprocess.run(
            [sys.executable, "-m", "dragoman", "ingest", str(tmp_path), *options],
            capture_output=True, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=False,
        )  # fmt: skip
        assert run.returncode == 2
        assert "--record FILE, or --out FOLDER" in run.stderr


def test_progress_is_read_from_what_the_shards_leave(tmp_path: Path) -> None:
    (tmp_path / "progress").mkdir()
    (tmp_path / "progress" / "a").write_text("100 2 done")
    (tmp_path / "progress" / "b").write_text("20 0")
    (tmp_path / "progress" / "c").write_text("")
    found = progress(tmp_path, 4, 60.0)
    assert found == Progress(1, 4, 120, 2, 2.0, 60.0)
    assert str(found) == "120 pages, 2.0 a second, 2 failed, 1 min left"


def test_a_report_reads_as_a_sentence() -> None:
    report = RunReport(shards=2, known=1, pages=30, rows=25, events=40)
    report.skipped.update(gate=3, copy=1)
    report.errors.update(gzip=1)
    assert str(report) == (
        "2 shards (1 known), 30 pages, 25 coded, 40 events, 4 left out (gate 3, copy 1), 1 failed (gzip 1)."
    )
