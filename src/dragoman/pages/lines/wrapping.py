"""Lines that a page broke at a fixed width, put back together: a sentence that runs over a line end is one again.

A line goes on in the next one where no blank line parts them, the sentence has not ended, and the next line begins with
a small letter. On a page where that happens often (old agencies, mail, plain-text archives) lines that begin with a
name or a figure, or end with a sentence, go on too if they are full: the next word would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from dragoman.pages.article import Role

_ENDED = re.compile(r"[.!?…؟۔]['\"”’»)\]]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,2})\.$")  # "the U.S." / "Gen." before the rest of a sentence
_WRAPPED = 0.3  # share of the line ends inside paragraphs that a sentence runs over, on a page broken at a width
_FEW = 3  # such line ends, below which a page is not taken for one
_FULL = 0.9  # of the width, for a line without case ("تتمة") that goes on
_WIDEST = 140  # characters; longer lines are paragraphs
_RUNNING: frozenset[Role] = frozenset({"body", "subhead"})


class LabelledLine(Protocol):
    """A line of a text page with its role (what `dragoman.pages.text.label_lines` yields)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def role(self) -> Role: ...


def unwrapped(parts: Sequence[LabelledLine], text: str) -> list[tuple[int, int, Role]]:
    """The parts of a page (`text`) as (start, end, role), those that were one paragraph's lines joined."""
    pairs = [(a, b) for a, b in pairwise(parts) if _adjacent(a, b, text)]
    running = [_goes_on(text[a.start : a.end], text[b.start : b.end]) for a, b in pairs]
    wide = max((a.end - a.start for a, _ in pairs), default=0)
    wrapped = wide <= _WIDEST and sum(running) >= max(_FEW, _WRAPPED * len(pairs))
    even = wide <= _WIDEST and _even([text[a.start : a.end] for a, _ in pairs], wide)
    joined = {
        b.start
        for (a, b), runs in zip(pairs, running, strict=True)
        if runs or ((wrapped or even) and _full(text[a.start : a.end], text[b.start : b.end], wide))
    }
    found: list[tuple[int, int, Role]] = []
    for part in parts:
        if part.start in joined:
            start, _, role = found.pop()
            found.append((start, part.end, "body" if part.role == "body" else role))
        else:
            found.append((part.start, part.end, part.role))
    return found


def _adjacent(a: LabelledLine, b: LabelledLine, text: str) -> bool:
    """Whether two parts of running text stand on lines that follow each other without a blank one."""
    between = text[a.end : b.start]
    return a.role in _RUNNING and b.role in _RUNNING and not between.strip() and between.count("\n") == 1


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence plainly runs over the end of a line."""
    unfinished = _ENDED.search(line) is None or _ABBREVIATED.search(line) is not None
    return unfinished and following[:1].islower()


def _full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted behind a line of the page's width.

    An unfinished sentence needs no more than a line of which most is filled: pages are broken unevenly.
    """
    if len(line) + 1 + len(following.split(None, 1)[0]) > width:
        return True
    return _ENDED.search(line) is None and not line.endswith(":") and len(line) >= 0.6 * width


def _even(lines: Sequence[str], width: int) -> bool:
    """Whether the lines, of a script without small letters, are nearly all of one width and end in mid-sentence."""
    caseless = [line for line in lines if not any(c.islower() or c.isupper() for c in line)]
    cut = [line for line in caseless if _ENDED.search(line) is None and len(line) >= _FULL * width]
    return len(caseless) > 2 * _FEW and len(cut) >= 0.6 * len(lines)
