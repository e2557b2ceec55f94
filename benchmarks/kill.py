"""Kills `dragoman ingest` with signal 9 at random moments; says if any acknowledged page was lost.

    python benchmarks/kill.py --times 20 --pages 400

Exits with 1 if a page was lost, `doctor` found something, or the last run did not complete the record.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "robustness"))

from killing import Nursery, acknowledged, doctor, kill_once, write_pages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    lost, problems, moments = 0, list[str](), list[int]()
    with tempfile.TemporaryDirectory() as name:
        pages, record = Path(name) / "pages", Path(name) / "record.db"
        digests = write_pages(pages, options.pages)
        with Nursery(pages, Path(name) / "said.txt") as nursery:
            for _ in range(options.times):
                if len(acknowledged(record)) >= options.pages * 0.8:  # afresh, before nothing is left to do
                    for file in record.parent.glob("record.db*"):
                        file.unlink()
                kill = kill_once(nursery, record, rng, options.pages)
                lost += len(kill.lost)
                problems += kill.problems
                moments.append(len(kill.after))
            nursery.ingest(record)
            code = nursery.exit_code()
            said = nursery.said.read_text()[-1000:]
        complete = acknowledged(record) == set(digests)
        problems += doctor(record)
    report = {
        "kills": options.times,
        "pages_in_record_after_each": moments,
        "acknowledged_pages_lost": lost,
        "doctor": problems,
        "rerun_exit": code,
        "rerun_complete": complete,
        "rerun_said": said.strip(),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0 if not lost and not problems and complete and code == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
