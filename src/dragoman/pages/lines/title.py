"""Which lines carry the headline: it stands before the body, shares its words, may be repeated, may be absent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dragoman.pages.lines.cues import Cue, fold, words
from dragoman.pages.lines.features import PROSE, ends_sentence
from dragoman.pages.lines.split import Line
from dragoman.pages.lines.when import find_date

_MENU = re.compile(
    r"\s{2,}|\s(?:\||·|•|>>?|»|::|//|\*)\s|^[•·*]\s"
    r"|^[\w’' ]+(?: / [\w’' ]+)+$|^[\w’' ]{2,24}(?: [.+~] [\w’' ]{2,24}){2,}$"
)
_PROCLITICS = re.compile(r"^[وف]?(?:بال|كال|لل|ال|ب|ل)?(?=\w{3})")
_SUFFIX = re.compile(r"\s+(?:[|–—·»-]|::)\s+[^|–—·»]{2,60}$")
_ENOUGH = 1.5  # score from which a candidate is believed
_COMPARED = 40  # body lines whose words are compared with the headline's
_LONGEST = 15  # words up to which a line is a headline without repetition, byline or date to show it
_FURTHEST = 60  # lines above the body that are looked at


def is_prose(line: Line) -> bool:
    """Whether a line looks like running text: long enough, and it ends like a sentence."""
    return len(line.text) >= PROSE and ends_sentence(line.text)


def _stems(text: str) -> list[str]:
    """The words of `text` cut so that inflected forms meet: five letters, Arabic without article and proclitics."""
    return [
        (_PROCLITICS.sub("", word) if word[0] >= "\u0621" else word)[:5]
        for word in words(text)
        if len(word) >= 4 and not word.isdigit()
    ]


def _candidate(line: Line, following: Line | None, cue: Cue | None) -> bool:
    text = line.text
    count = len(text.split())
    strong = cue is not None and cue.place != "any"
    if strong or not 12 <= len(text) <= 230 or not 2 <= count <= 36 or is_prose(line) or text[-1] in ".,;:،؛":
        return False
    if text[0].islower() or (following is not None and following.text[0].islower() and following.gap == 0):
        return False
    return not (count <= 10 and find_date(text))


def find_title(
    lines: Sequence[Line], cues: Sequence[Cue | None], dated: Sequence[bool], content: Sequence[bool], start: int
) -> list[int]:
    """The indexes of the lines that carry the headline, empty where the page shows none.

    `dated` says which lines are little more than a date, `content` is the first guess of content lines, `start` the
    first line of the main run of content.
    """
    first_prose = next((i for i in range(start, len(lines)) if content[i] and is_prose(lines[i])), start)
    prose = [i for i in range(start, len(lines)) if content[i]][:_COMPARED]
    own = {i: set(_stems(lines[i].text[:600])) for i in prose}
    body = Counter(s for stems in own.values() for s in stems)
    low, high = max(0, start - _FURTHEST), min(first_prose, start + 8)
    top = [line.text for line in lines[: high + 1] if 12 <= len(line.text) <= 320]
    best, best_score, block = -1, _ENOUGH, -9
    for i in range(low, high + 1):
        line, following = lines[i], lines[i + 1] if i + 1 < len(lines) else None
        if not _candidate(line, following, cues[i]):
            continue
        stems = _stems(_SUFFIX.sub("", line.text)) or ["?"]
        shared = sum(body[s] > (s in own.get(i, ())) for s in stems)
        signed = [dated[k] or _signs(cues[k], lines[k]) for k in range(max(0, i - 2), min(len(lines), i + 4))]
        above = i - max(0, i - 2)
        copies = sum(line.text in text and len(text) < len(line.text) + 90 for text in top)
        score = (
            1.5 * shared / len(stems)
            + 0.3 * min(shared, 5)
            + min(len(line.text.split()), 8) / 8
            + (0.8 if 2 <= copies <= 4 else -2.0 if copies > 4 else 0.0)
            + (0.8 if any(signed[above + 1 :]) else 0.0)
            + (0.2 if any(signed[:above]) else 0.0)
            - 0.07 * min(abs(start - i), 20)
            - (1.5 if _MENU.search(line.text) else 0.0)
            - (0.0 if i - block > 2 else 1.0 if len(lines[block].text) < len(line.text) else 0.5)  # a standfirst
        )
        if len(line.text.split()) > _LONGEST and copies < 2 and not any(signed[above + 1 :]):
            score -= 1.5  # a first paragraph without a full stop
        if i > start and (shared < 2 or any(is_prose(x) for x in lines[start:i])):
            score -= 1.0  # inside the run of content a line is rather a subhead
        if shared and len(line.text.split()) >= 4 and not _MENU.search(line.text):
            block = i
        if score > best_score:
            best, best_score = i, score
    return _copies(lines, best) if best >= 0 else []


def _signs(cue: Cue | None, line: Line) -> bool:
    """Whether a line is a byline or says when the page was published, perhaps with buttons glued to it."""
    if len(line.text) > 120 or ends_sentence(line.text):
        return False
    if cue is not None and cue.place != "any" and cue.kind in ("byline", "date"):
        return True
    return find_date(line.text[:40]) is not None


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
