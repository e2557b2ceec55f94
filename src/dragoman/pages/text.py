"""The lines of a page that was already stripped of its HTML, each with its role.

Boosted trees over language-blind features say how much each line looks like content, a Viterbi pass draws the
likeliest runs, and rules over wording, place and structure give the finer roles (method and measurements: docs of
`dragoman_models/lines`).
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.pages.article import Role
from dragoman.pages.lines import roles as rules
from dragoman.pages.lines.features import features
from dragoman.pages.lines.path import best_path
from dragoman.pages.lines.split import Line, split_lines
from dragoman.pages.lines.title import find_title
from dragoman.pages.lines.trees import shipped

_LITTLE = 200  # characters of content below which a page is read again with raised scores
_SHARE = 0.06  # likewise as a share of all its text
_RAISED = (0.0, 0.75, 1.5, 3.0)
_SWITCH = 0.5  # cost of passing from content to furniture or back, in log-odds


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line of the page, or a piece of a glued one: `page[start:end]`, white space trimmed, plays `role`."""

    start: int
    end: int
    role: Role


def _path(scores: list[float], plain: list[bool], lines: list[Line]) -> list[bool]:
    """Which lines are content; where hardly any text would be, the scores are raised until some is."""
    content: list[bool] = []
    enough = max(_LITTLE, _SHARE * sum(len(line.text) for line in lines))
    for raised in _RAISED:
        content = [c and not p for c, p in zip(best_path([s + raised for s in scores], _SWITCH), plain, strict=True)]
        if sum(len(line.text) for line, c in zip(lines, content, strict=True) if c) >= enough:
            break
    return content


def label_lines(text: str) -> list[LabelledLine]:
    """The non-empty lines of a stripped page, in order, with their roles.

    Offsets count code points of `text`. A line that glues byline, date and buttons yields several pieces.
    """
    lines = split_lines(text)
    if not lines:
        return []
    rows, cues = features(lines)
    dated = [rules.is_date(line.text) for line in lines]
    cues = [rules.meant(cue, line) for cue, line in zip(cues, lines, strict=True)]
    scores, plain = rules.adjusted(shipped().scores(rows).tolist(), lines, cues, dated)
    content = _path(scores, plain, lines)
    start = rules.main_run(lines, content)
    title = find_title(lines, cues, dated, content, start) if start >= 0 else []
    if title:
        head = min((i for i in title if i <= start), default=min(title))
        content = _path([s if i >= head else rules.STRONG for i, s in enumerate(scores)], plain, lines)
    content = rules.extended(lines, cues, scores, content, title, start)
    content = rules.without_headlines(lines, cues, content, title)
    content = rules.close(lines, cues, content, max(start, 0))
    named = rules.roles(lines, cues, content, title)
    head = title[0] if title else start
    return [
        LabelledLine(part.start, part.end, role)
        for i, line in enumerate(lines)
        for part, role in rules.pieces(line, named[i], near_title=head >= 0 and abs(i - head) <= 6)
    ]
