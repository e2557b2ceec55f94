"""From 'content or furniture' to roles: what a line's words, place and neighbours say it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from dragoman.pages.article import Role
from dragoman.pages.lines.cues import Cue, find_cue
from dragoman.pages.lines.features import ends_sentence
from dragoman.pages.lines.split import Line, split_glued
from dragoman.pages.lines.title import is_prose
from dragoman.pages.lines.when import find_date, says_age

_AGENCIES = (
    r"(?:AP|AFP|EPA|EFE|ANSA|MAP|Reuters|REUTERS|Getty|Xinhua|Anadolu|Photo|Ph\.?|Foto|[Ff]ile(?: photo)?|[Aa]rchives?"
    r"|[Aa]rchivo|رويترز|أ ?ف ?ب|الأناضول|صورة|أرشيفية|أرشيف)"
)
_CREDIT = re.compile(
    rf"[(\[]\s*{_AGENCIES}[^()]{{0,60}}[)\]]\s*$|\b(?:Photo|Foto|Image|Crédits?|Credit)\s*:|(?:©|/)\s?{_AGENCIES}(?!\w)"
    rf"|\s[-–—|/]\s{_AGENCIES}(?:\s\w+)?$"
)
_POSED = re.compile(
    r",\s(?:left|right|cent(?:re|er)|second from (?:left|right)|at left|at right)\s?,"
    r"|\((?:L|R|left|right|à gauche|à droite|g\.|d\.|izq\.|der\.|يمين|يسار)\)|, à (?:gauche|droite),"
)
_BULLET = re.compile(r"^[•◦▪●○■►▸‣∙·*]\s")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_TIME = re.compile(
    r"^\(?\d{1,2}\s?[:h.]\s?\d{2}(?::\d{2})?\)?(?:\s?(?:[ap]\.?m\.?|ص|م|صباحا|مساء|[A-Z]{2,4})\)?)*[+\d]*$", re.I
)
_RIGHTS = re.compile(r"©|\([cC]\)\s?\d{4}|\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\b")
_LISTING = re.compile(r"\s[|·•/]\s|\s{2,}|\s[-–]\s")
_NAME_WORDS = 5
STRONG = -8.0  # score of a line above the headline
_TAIL = 2  # sentences that may be added below content
_DOUBT = -1.5  # score above which a sentence below content may be content
PLAIN = -1.0  # score, at most, of a line whose words say plainly that it is furniture: the text may go on below it


def adjusted(
    scores: Sequence[float], lines: Sequence[Line], cues: Sequence[Cue | None], dated: Sequence[bool]
) -> tuple[list[float], list[bool]]:
    """The trees' scores, lowered where words say what a line is for, and which lines are furniture anyway."""
    ceilings = [_ceiling(*pair) for pair in zip(lines, cues, dated, strict=True)]
    return [min(s, c) for s, c in zip(scores, ceilings, strict=True)], [c == PLAIN for c in ceilings]


def meant(cue: Cue | None, line: Line) -> Cue | None:
    """`cue`, unless a sentence of the text merely begins with the word: 'By Friday the tone had changed.'"""
    if cue is not None and cue.kind in ("byline", "date"):
        limit = 90 if cue.kind == "byline" else 120
        return None if len(line.text) > limit or ends_sentence(line.text) else cue
    return cue


def _ceiling(line: Line, cue: Cue | None, dated: bool) -> float:
    """The highest score that the words of a line allow."""
    if dated and len(line.text) < 60:
        return PLAIN
    if cue is None:
        return 99.0
    size, ends = len(line.text), ends_sentence(line.text)
    if cue.kind == "caption":
        return 99.0 if cue.place == "any" else 0.0
    if cue.kind in ("byline", "date"):
        return PLAIN if meant(cue, line) is not None and not ends else 99.0
    if cue.place == "any":
        return 99.0 if size > 300 else 1.0 if ends else -0.5
    if cue.kind in ("comments", "related") or cue.place == "label":
        return PLAIN
    return PLAIN if not ends or size < 120 else -2.0


def is_date(text: str) -> bool:
    """Whether a short line is little more than a date: 'Tue 10 Nov 2020, 11:48 | Oslo', not 'Talks on 3 May 2020.'"""
    found = find_date(text) if len(text) <= 160 else None
    return found is not None and len(text) - (found[1] - found[0]) <= 40 and not ends_sentence(text[found[1] :])


def main_run(lines: Sequence[Line], content: Sequence[bool]) -> int:
    """Where the page's main stretch of content begins: the run, short breaks aside, with the most text. -1: none."""
    best, best_size, start, size, gap = -1, 0, -1, 0, 0
    for i, line in enumerate(lines):
        if content[i]:
            if start < 0:
                start, size = i, 0
            size += len(line.text) if is_prose(line) else len(line.text) // 3
            gap = 0
            if size > best_size:
                best, best_size = start, size
        elif start >= 0:
            gap += 1
            if gap > 6:
                start = -1
    return best


def extended(
    lines: Sequence[Line],
    cues: Sequence[Cue | None],
    scores: Sequence[float],
    content: Sequence[bool],
    title: Sequence[int],
    start: int,
) -> list[bool]:
    """`content` with the standfirst under the headline and the whole sentences that follow, where scores leave doubt.

    The trees trust the last paragraphs of short articles least: up to `_TAIL` of them are added. A button or
    'Read also: …' between does no harm.
    """
    out, above, added = list(content), False, 0
    if title:  # a standfirst below the headline, above byline and date
        i = max(k for k in title if k == title[0] or k < start) + 1
        if i < start and cues[i] is None and _is_standfirst(lines[i].text, scores[i]):
            out[i] = True
    for i, (line, cue) in enumerate(zip(lines, cues, strict=True)):
        if content[i]:
            above, added = above or ends_sentence(line.text), 0
        elif cue is not None:
            above = above and cue.kind in ("related", "other", "share") and cue.place != "any" and i + 1 < len(lines)
        elif above and added < _TAIL and scores[i] > _DOUBT and (_is_sentence(line.text) or _goes_on(lines, out, i)):
            out[i] = True
            added += not _BULLET.match(line.text)
        else:
            above = False
    _fill(lines, cues, scores, out, max((k for k in title if k <= start), default=-1))
    return out


def _fill(
    lines: Sequence[Line], cues: Sequence[Cue | None], scores: Sequence[float], out: list[bool], head: int
) -> None:
    """Adds to `out` the sentences just above the first content below line `head`, and long lines between content."""
    inside = [i for i, c in enumerate(out) if c and i > head]
    if not inside:
        return
    i = inside[0] - 1
    while i > head >= 0 and cues[i] is None and scores[i] > -2 and _is_sentence(lines[i].text):
        out[i] = True
        i -= 1
    for low, high in pairwise(inside):
        between = range(low + 1, high)
        if 1 <= len(between) <= 3 and all(
            cues[k] is None and scores[k] > -1 and len(lines[k].text) >= 60 and not _LISTING.search(lines[k].text)
            for k in between
        ):
            for k in between:
                out[k] = True


def _is_standfirst(text: str, score: float) -> bool:
    if len(text) < 40 or _LISTING.search(text):
        return False
    return score > (-3 if _is_sentence(text) else -0.5) and text.count(" ") >= 5 and not find_date(text[:40])


def _goes_on(lines: Sequence[Line], content: Sequence[bool], i: int) -> bool:
    """Whether line `i` continues a list of the article: it has the bullet of the content line above."""
    text, above = lines[i].text, lines[i - 1].text
    return content[i - 1] and text[:2] == above[:2] and _BULLET.match(text) is not None


def _is_sentence(text: str) -> bool:
    return (
        25 <= len(text) <= 600
        and text.count(" ") >= 3
        and text[-1] in '.!?؟"”»'
        and ends_sentence(text)
        and not any(mark in text for mark in ("©", "@", "http", "www.", " | "))
        and not text[0].isdigit()
    )


def close(lines: Sequence[Line], cues: Sequence[Cue | None], content: list[bool], start: int) -> list[bool]:
    """`content` without what stands below the article: after its comment form or legal notice nothing is content.

    After its tags or a heading such as 'Must read', a lone paragraph is none either. A closing line counts once the
    article has been seen: 300 characters of content, and more before it than after.
    """
    sizes = [len(x.text) if c and i >= start else 0 for i, (x, c) in enumerate(zip(lines, content, strict=True))]
    total, seen = sum(sizes), 0
    for i, cue in enumerate(cues):
        seen += sizes[i]
        closing = cue is not None and cue.place != "any" and cue.kind in ("comments", "footer") and not content[i]
        if closing and seen >= 300 and seen > 0.5 * total:
            return [c and k < i for k, c in enumerate(content)]
        if _heads_list(lines[i], cue) and not content[i] and seen >= 300 and _little_follows(lines, content, i, seen):
            return [c and k < i for k, c in enumerate(content)]
    return content


def without_headlines(
    lines: Sequence[Line], cues: Sequence[Cue | None], content: Sequence[bool], title: Sequence[int]
) -> list[bool]:
    """`content` without other articles' headlines: those under a heading such as 'Recommended', and those that follow
    the last sentence; and without the site's words about itself below the article."""
    out = list(content)
    for i, (line, cue) in enumerate(zip(lines, cues, strict=True)):
        if cue is None or cue.kind != "related" or not _heads_list(line, cue):
            continue
        for k in range(i + 1, min(i + 13, len(lines))):
            if not _is_headline(lines[k].text) or k in title:
                break
            out[k] = False
    kept = [i for i, c in enumerate(out) if c]
    ended = sum(ends_sentence(lines[i].text) for i in kept)
    tail = 0
    while tail < len(kept) - 3 and _is_headline(lines[kept[-1 - tail]].text):
        tail += 1
    cut_off = tail == 1 and kept[-1] == len(lines) - 1  # the page ends within a sentence
    if ended >= 0.7 * len(kept) and not cut_off:
        for i in kept[len(kept) - tail :]:
            out[i] = False
        kept = kept[: len(kept) - tail]
    names = {line.text for line in lines[:3] if 2 <= len(line.text.split()) <= 5 and not ends_sentence(line.text)}
    names -= {lines[i].text for i in title}
    if kept and kept[-1] > kept[0] + 2 and any(lines[kept[-1]].text.startswith(name) for name in names):
        out[kept[-1]] = False
    return out


def _is_headline(text: str) -> bool:
    """Complete enough to name actors, but no sentence: what a list of other articles is made of."""
    if ends_sentence(text) and text[-1] not in "?؟!":
        return False
    return len(text) <= 110 and len(text.split()) <= 14 and not text[0].islower() and not _BULLET.match(text)


def _heads_list(line: Line, cue: Cue | None) -> bool:
    if cue is None or cue.place == "any":
        return False
    return cue.tags or (cue.kind == "related" and len(line.text) < 40 and not _LISTING.search(line.text))


def _little_follows(lines: Sequence[Line], content: Sequence[bool], at: int, seen: int) -> bool:
    below = [line for line, c in zip(lines[at + 1 :], content[at + 1 :], strict=True) if c]
    prose = [len(line.text) for line in below if is_prose(line)]
    if below and below[0] is lines[at + 1] and prose:
        return False  # the text goes on at once: a heading without its list
    return sum(prose) < 0.15 * seen or (len(prose) < 3 and sum(prose) < 0.45 * seen)


def roles(
    lines: Sequence[Line], cues: Sequence[Cue | None], content: Sequence[bool], title: Sequence[int]
) -> list[Role]:
    """One role per line. `content` says which lines are the article's own, `title` which carry the headline."""
    inside = [i for i, c in enumerate(content) if c]
    first = min([*inside, *title], default=len(lines))
    last = inside[-1] if inside else -1
    out: list[Role] = []
    section: Role | None = None
    for i, (line, cue) in enumerate(zip(lines, cues, strict=True)):
        if i in title:
            role: Role = "title"
            section = None
        elif content[i]:
            role = _content_role(lines, cues, content, title, i)
            section = None
        elif first < i < last and _is_lost_subhead(lines, cues, content, i):
            role = "subhead"
        else:
            role, section = _furniture_role(line, cue, section, i < first, i > last)
        out.append(role)
    return out


def _is_caption(line: Line, cue: Cue | None) -> bool:
    if len(line.text) > 350 or (len(line.text) < 120 and len(_LISTING.findall(line.text)) > 1):
        return False
    if (cue is not None and cue.kind == "caption" and cue.place != "any") or _CREDIT.search(line.text):
        return True
    return not ends_sentence(line.text) and _POSED.search(line.text) is not None


def _content_role(
    lines: Sequence[Line], cues: Sequence[Cue | None], content: Sequence[bool], title: Sequence[int], i: int
) -> Role:
    line = lines[i]
    if _is_caption(line, cues[i]):
        return "caption"
    return "subhead" if _is_heading(lines, i) and any(content[i + 1 :]) else "body"


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    """A short line that ends like no sentence, between a finished sentence above and running text below."""
    text = lines[i].text
    if len(text) > 90 or len(text.split()) > 14 or _BULLET.match(text) or text[0].islower():
        return False
    if (ends_sentence(text) and text[-1] not in "?؟!") or text[-1] in ",،;؛" or text[0] in '"“«':
        return False
    if _ARABIC.match(text) and (text[0] == "و" or len(text.split()) > 8):
        return False  # Arabic paragraphs often end without a full stop
    above, below = (lines[i - 1].text if i else "."), (lines[i + 1].text if i + 1 < len(lines) else "")
    broken = below[:1].islower() or (lines[i].gap == 0 and above[-1:] not in '.!?؟…:"”»)' and len(above) > 60)
    return not broken and (len(below) >= 50 or _BULLET.match(below) is not None)


def _is_lost_subhead(lines: Sequence[Line], cues: Sequence[Cue | None], content: Sequence[bool], i: int) -> bool:
    alone = content[i - 1] and i + 1 < len(lines) and content[i + 1]
    return alone and cues[i] is None and not is_date(lines[i].text) and _is_heading(lines, i) and is_prose(lines[i - 1])


def _furniture_role(
    line: Line, cue: Cue | None, section: Role | None, above: bool, below: bool
) -> tuple[Role, Role | None]:
    """The role of a furniture line, and the section it opens or stands in ('MUST READ' opens a related one)."""
    text = line.text
    if cue is not None and (cue.place != "any" or cue.kind in ("footer", "comments")):
        kind = cast(Role, cue.kind)
        if kind == "caption" and not _is_caption(line, cue):
            kind = "navigation" if above else "other"
        opens = kind in ("related", "comments", "navigation") and len(text) < 60
        if section == "comments" and kind in ("byline", "date", "other", "share"):
            return "comments", section
        return kind, kind if opens else section if section == "comments" else None
    if is_date(text) and len(text) < 60:
        return ("comments", section) if section == "comments" else ("date", section)
    if _RIGHTS.search(text) and len(text) < 200 and below:
        return "footer", None
    if _is_caption(line, cue):
        return "caption", section
    if section in ("comments", "related"):
        return section, section
    if _BULLET.match(text) or (_LISTING.search(text) and len(text) < 160 and above):
        return "navigation", section
    if section is not None:
        return section, section
    if above:
        return ("navigation" if len(text) < 60 else "other"), None
    headline = below and 25 <= len(text) <= 160 and len(text.split()) >= 4 and not ends_sentence(text)
    return ("related" if headline else "other"), None


def pieces(line: Line, role: Role, near_title: bool) -> list[tuple[Line, Role]]:
    """`line` with its role, or its pieces with theirs where a stripper glued byline, date and the like together."""
    if role in ("title", "body", "subhead", "caption", "related", "comments") or len(line.text) > 220:
        return [(line, role)]
    if not near_title:
        return [(line, role)]
    parts = split_glued(line)
    if len(parts) == 1 and role in ("navigation", "other") and not find_date(line.text):
        return [(line, "byline" if role == "other" and _is_name(line.text) else role)]
    named = [(part, _piece_role(part)) for part in parts]
    if not any(r in ("date", "byline") for _, r in named):
        return [(line, "date" if role in ("other", "navigation") and find_date(line.text) else role)]
    for k, (part, r) in enumerate(named):
        if r == "other" and _is_name(part.text) and any(n == "date" for _, n in named[max(0, k - 1) : k + 2]):
            named[k] = (part, "byline")
    return _merged(line, named)


def _piece_role(part: Line) -> Role:
    if is_date(part.text) or _TIME.match(part.text):
        return "date"
    cue = find_cue(part.text)
    if cue is not None:
        return "other" if cue.kind == "date" and says_age(part.text) else cast(Role, cue.kind)
    return "byline" if part.text.lower().startswith("via ") else "other"


def _is_name(text: str) -> bool:
    """Could be the name of a writer or desk: a few words of letters only, not all in lower case."""
    found = text.split()
    return (
        1 < len(found) <= _NAME_WORDS
        and len(text) <= 45
        and all(c.isalpha() or c in " .'’-" for c in text)
        and any(not w[0].islower() for w in found)
    )


def _merged(line: Line, named: Sequence[tuple[Line, Role]]) -> list[tuple[Line, Role]]:
    """Neighbouring pieces of one role joined, separators between them included."""
    out: list[tuple[Line, Role]] = []
    for part, role in named:
        if out and out[-1][1] == role:
            before = out[-1][0]
            text = line.text[before.start - line.start : part.end - line.start]
            out[-1] = (Line(before.start, part.end, text, 0), role)
        else:
            out.append((part, role))
    return out
