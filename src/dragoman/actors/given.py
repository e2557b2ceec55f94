"""Given names: whether those written could be a person's."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from dragoman.actors.folding import fold


def given_fits(given: str, name: str) -> bool:
    """Whether given names as written could be those of a canonical name: an initial, a variant, a short form."""
    written = [fold(w.strip(".")) for w in given.split() if not w.islower()]  # no particle: "Angelo de la"
    known = [fold(w) for w in re.split(r"[\s-]+", name)]
    return any(
        k == w
        or (len(w) <= 2 and k.startswith(w[:1]))
        or (w[:1] == k[:1] and SequenceMatcher(None, w, k).ratio() >= 0.78)
        for w in written
        if w
        for k in known
        if k
    )
