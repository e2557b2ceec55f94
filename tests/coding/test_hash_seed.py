"""The same page gives the same reading in every process: nothing depends on the order in which Python keeps sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dragoman

SAMPLES = Path(dragoman.__file__).parent / "samples" / "pages"
SEVERAL = "Albania took in from Iraq at the request of the United States.\n"  # two that may be the target


def coded(folder: Path, seed: str) -> str:
    """What `dragoman code` prints of a folder in a process whose strings are hashed with `seed`."""
    command = [sys.executable, "-m", "dragoman", "code", str(folder), "--jobs", "1", "--format", "jsonl"]
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout


def test_the_seed_of_hashes_changes_nothing(tmp_path: Path) -> None:
    for sample in sorted(SAMPLES.iterdir())[:6]:
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    (tmp_path / "several.txt").write_text(SEVERAL * 3, encoding="utf-8")
    assert len({coded(tmp_path, seed) for seed in ("0", "1")}) == 1
