"""What the cheap look at pages before coding (`dragoman.scale.gate`) saves and what it loses.

    python benchmarks/gate.py FOLDER... --count 300

FOLDER holds pages of any kind, or .html.gz in the format of WCXB (FOLDER/html). Every page is coded; what the gate
would have left out is counted. One JSON line a folder; seconds are of the processor, loading aside.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.coding.coder import code
from dragoman.coding.settings import Settings
from dragoman.pages import Failure, open_pages, read
from dragoman.pages.article import Page
from dragoman.scale.gate import Gate


def pages_of(folder: Path, count: int) -> Iterator[Page]:
    """At most `count` pages, evenly spread over the folder."""
    files = sorted((folder / "html" if (folder / "html").is_dir() else folder).iterdir())
    step = max(1, len(files) // count)
    for item in open_pages(files[::step][:count]):
        if not isinstance(item, Failure):
            yield item


def measured(folder: Path, count: int) -> dict[str, Any]:
    """Time of gate, reading and coding; what the gate leaves out and what that held."""
    gate = Gate(Settings())
    spent: Counter[str] = Counter()
    out: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for number, page in enumerate(pages_of(folder, count)):
        if number < 3:  # everything is loaded with the first pages
            gate.skips(page), code(read(page))
        marks = [time.process_time_ns()]
        why = gate.skips(page)
        marks.append(time.process_time_ns())
        article = read(page)
        marks.append(time.process_time_ns())
        reading = code(article)
        marks.append(time.process_time_ns())
        for i, step in enumerate(("gate", "read", "code")):
            spent[step] += marks[i + 1] - marks[i]
        held = {"events": len(reading.events), "quotations": len(reading.quotes)}
        total.update(held)
        total["pages"] += 1
        total["pages without events"] += not reading.events
        if why:
            out[why] += 1
            spent["saved"] += marks[3] - marks[1]
            lost.update(held)
    dear = spent["read"] + spent["code"]
    return {
        "folder": folder.name, **total, "left out": dict(out), "lost": dict(lost),
        "saved": round(spent["saved"] / dear, 3), "cost": round(spent["gate"] / dear, 3),
        "ms_a_page": {k: round(v / 1e6 / total["pages"], 1) for k, v in spent.items() if k != "saved"},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=300)
    options = parser.parse_args()
    for folder in options.folders:
        print(json.dumps(measured(folder, options.count), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
