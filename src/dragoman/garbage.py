"""How often a process that codes page after page looks for garbage."""

from __future__ import annotations

import gc

AFTER = 50_000  # containers made, instead of Python's 700: a page makes some hundred thousand, hardly any in cycles


def collect_rarely() -> None:
    """Let Python look for cycles less often: with the knowledge of all languages loaded each look is dear.

    For processes of our own (the command, a worker); a library does not change this in somebody else's.
    """
    gc.set_threshold(AFTER, 20, 50)
