"""What was done with a shard: written after its file, so that a shard with a manifest is finished."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dragoman.scale.files import whole

FOLDER = "manifests"
MOST_FAILURES = 1000  # kept one by one in a manifest; all are counted


@dataclass(frozen=True, slots=True)
class Manifest:
    """One shard's account. `size` and `changed` (ns) tell without reading it whether the input is still the same.

    `errors` counts failures by kind, `failures` holds [place, message] of the first thousand, `skipped` counts pages
    left out by filter, `notes` pages that were coded though something was wrong with them, by kind. `rows`, `bytes` and
    `output` describe the file; `seconds` is the processor's time where known.
    """

    shard: str
    source: str
    size: int
    changed: int
    digest: str
    fingerprint: str
    output: str
    output_digest: str
    bytes: int
    pages: int
    rows: int
    events: int
    quotes: int
    skipped: dict[str, int] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    failures: list[list[str]] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    memory: int = 0
    coded: list[Any] = field(default_factory=list)  # what `record.ingesting.about` says of the settings

    def write(self, out: Path) -> None:
        """Keep it in the run's folder."""
        with whole(place(out, self.shard)) as aside:
            aside.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")

    @property
    def failed(self) -> int:
        """How many inputs failed."""
        return sum(self.errors.values())


def place(out: Path, shard: str) -> Path:
    """Where a shard's manifest is kept."""
    return out / FOLDER / f"{shard}.json"


def read(path: Path) -> Manifest | None:
    """The manifest in a file; None where there is none, or none of ours."""
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**values)
    except (OSError, ValueError, TypeError):
        return None


def all_of(out: Path) -> Iterator[Manifest]:
    """The manifests of a run's folder, by shard."""
    for path in sorted((out / FOLDER).glob("*.json")):
        if found := read(path):
            yield found
