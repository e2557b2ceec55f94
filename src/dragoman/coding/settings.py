"""What a user may set for coding."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one coding run; the defaults are what Dragoman is measured with.

    `codebook` and `actors` are folders whose files are read after ours and win. Events under `minimum_confidence` (0–1)
    are left out. `headlines` says whether titles and subheads may give events that the body does not. `proposals`: tell
    also acts that no frame knows, as the spotter sees them (English): more is found, and more of it is wrong.
    """

    codebook: Path | None = None
    actors: Path | None = None
    minimum_confidence: float = 0.3
    headlines: bool = True
    model: bool = True
    proposals: bool = False
