"""A stripped page as trimmed lines, and a glued line as the pieces it was glued from. Offsets are code points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_SEAM = re.compile(
    r"[ \t\u00a0]{2,}|[ \t\u00a0]+[|·•][ \t\u00a0]+|[ \t\u00a0]+[-–—][ \t\u00a0]+"
    r"|(?<=[a-zà-ÿ])(?=[\u0600-\u06ff])|(?<=[\u0600-\u064a])(?=[A-Z])"  # script changes without a space
    r"|(?<=[a-zà-ÿ\u0621-\u064a]{3})(?=\d)|(?<=\d)(?=[A-Za-z\u0621-\u064a]{3})"  # 'Editor13', '2020Updated'
)


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line: `page[start:end] == text`, without outer white space; `gap` blank lines stand before it."""

    start: int
    end: int
    text: str
    gap: int


def split_lines(page: str) -> list[Line]:
    """The non-empty lines of `page`, in order. Only a line feed ends a line, so numbers agree with those of editors."""
    lines: list[Line] = []
    gap, previous = 0, 0
    for match in _LINE.finditer(page):
        raw = match.group()
        text = raw.strip("\ufeff \t\r\f\v\u00a0\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u3000")
        gap += page.count("\n", previous, match.start())
        previous = match.end()
        if not text:
            continue
        start = match.start() + raw.index(text)
        lines.append(Line(start, start + len(text), text, max(0, gap - 1)))
        gap = 0
    return lines


def split_glued(line: Line) -> list[Line]:
    """The pieces of a short line that a stripper glued together, e.g. 'one Editor13 سبتمبر 2020آخر تحديث'.

    Returns the line itself where no seam is found. Pieces keep their page offsets; separators are left out.
    """
    cuts = [(0, 0), *((m.start(), m.end()) for m in _SEAM.finditer(line.text)), (len(line.text), len(line.text))]
    pieces: list[Line] = []
    for (_, start), (end, _) in pairwise(cuts):
        raw = line.text[start:end]
        text = raw.strip(" \t\u00a0|·•-–—")
        if text:
            at = line.start + start + raw.index(text)
            pieces.append(Line(at, at + len(text), text, 0))
    return pieces or [line]
