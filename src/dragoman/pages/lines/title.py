"""Which lines carry the headline: it stands before the body, shares its words, may be repeated, may be absent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.pages.lines.cues import Cue, fold, words
from dragoman.pages.lines.features import PROSE, ends_sentence
from dragoman.pages.lines.split import Line
from dragoman.pages.lines.when import find_date

_MENU = re.compile(r"\s{2,}|\s(?:\||·|•|>>?|»|::|//|\*)\s|^[•·*]\s|^[\w\s]+ / [\w\s]+$")
_SUFFIX = re.compile(r"\s+(?:[|–—·»-]|::)\s+[^|–—·»]{2,60}$")
_ENOUGH = 1.5  # score from which a candidate is believed
_FURTHEST = 60  # lines above the body that are looked at


def is_prose(line: Line) -> bool:
    """Whether a line looks like running text: long enough, and it ends like a sentence."""
    return len(line.text) >= PROSE and ends_sentence(line.text)


def _stems(text: str) -> list[str]:
    """The words of `text` cut so that inflected forms meet: five letters, Arabic words without article and proclitics."""
    stems = (re.sub(r"^(?:و|ف)?(?:بال|كال|لل|ال|ب|ل)?(?=\w{3})", "", w) for w in words(text) if len(w) >= 4)
    return [s[:5] for s in stems if not s.isdigit()]


def _candidate(line: Line, following: Line | None, cue: Cue | None) -> bool:
    text = line.text
    count = len(text.split())
    strong = cue is not None and cue.place != "any"
    if strong or not 12 <= len(text) <= 230 or not 2 <= count <= 36 or is_prose(line) or text[-1] in ".,;:،؛":
        return False
    if text[0].islower() or (following is not None and following.text[0].islower() and following.gap == 0):
        return False
    return not (find_date(text) and count <= 10)


def find_title(lines: Sequence[Line], cues: Sequence[Cue | None], content: Sequence[bool], start: int) -> list[int]:
    """The indexes of the lines that carry the headline, empty where the page shows none.

    `content` is the first guess of content lines, `start` the first line of the main run of content.
    """
    first_prose = next((i for i in range(start, len(lines)) if content[i] and is_prose(lines[i])), start)
    body = {s for i, line in enumerate(lines) if content[i] and i >= first_prose for s in _stems(line.text)}
    copies: dict[str, int] = {}
    for line in lines:
        copies[line.text] = copies.get(line.text, 0) + 1
    best, best_score = -1, _ENOUGH
    for i in range(max(0, start - _FURTHEST), min(first_prose, start + 8) + 1):
        line, following = lines[i], lines[i + 1] if i + 1 < len(lines) else None
        if not _candidate(line, following, cues[i]):
            continue
        stems = _stems(_SUFFIX.sub("", line.text)) or ["?"]
        shared = sum(s in body for s in stems)
        near_date = any(
            find_date(other.text) and len(other.text) < 160 for other in lines[max(0, i - 2) : i + 4] if other is not line
        )
        score = (
            1.5 * shared / len(stems)
            + 0.3 * min(shared, 6)
            + min(len(line.text.split()), 8) / 8
            + (0.8 if 2 <= copies[line.text] <= 3 else -2.0 if copies[line.text] > 3 else 0.0)
            + (0.5 if near_date else 0.0)
            - 0.1 * min(abs(start - i), 20)
            - (1.5 if _MENU.search(line.text) else 0.0)
        )
        if i >= start and shared < 2 and copies[line.text] == 1:
            score -= 1.0  # a line inside the run of content is a subhead unless the body takes it up
        if score > best_score:
            best, best_score = i, score
    return _copies(lines, best) if best >= 0 else []


def _copies(lines: Sequence[Line], at: int) -> list[int]:
    """`at` and every line that repeats it, alone or with the name of the site behind it."""
    full = fold(lines[at].text)
    short = fold(_SUFFIX.sub("", lines[at].text))
    kept = short if len(short) >= 0.5 * len(full) else full
    same = {full, kept}
    return [
        i
        for i, line in enumerate(lines)
        if i == at
        or (text := fold(line.text)) in same
        or (text.startswith(full) and len(text) <= len(full) + 60 and _SUFFIX.search(line.text))
    ]
