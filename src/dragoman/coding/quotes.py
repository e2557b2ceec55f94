"""Quotations and who said them: direct speech by its marks, the speaker by the verb beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.actors.memory import OBLIQUE
from dragoman.actors.mention import Mention
from dragoman.language.reporting import Reporting

PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'), ("‘", "’"), ("''", "''"))
CLOSING = dict(PAIRS)
OPENING = re.compile("|".join(map(re.escape, CLOSING)))
LONGEST = 4000  # code points of one quotation
UNDER_PREPOSITION = 60  # what a name under a preposition ("told reporters in Paris") is put back by, in code points
REACH = 110  # code points on either side of a quotation in which its cue may stand
NEAR = 7  # code points between a quotation and the cue right behind it
EARLIER = 260  # code points back to a speaker who was named in the sentence before
SOMEBODY = re.compile(r"\s+(?:un|une|des|certains|plusieurs|a|an|some|several|una|unos|unas)\s", re.I)
SHORT = 3  # words; a shorter quotation without a cue is a term in scare quotes


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation in a segment's text; `speaker` is None where nobody is named."""

    start: int
    end: int
    speaker: Mention | None
    cue: str
    cue_start: int | None
    direct: bool = True
    carried: bool = False  # the speaker is that of the paragraph before, whose offsets `speaker` has


def quoted(text: str) -> list[tuple[int, int]]:
    """Offsets of what stands between quotation marks, without the marks; nested ones are left to the outer one."""
    found: list[tuple[int, int]] = []
    i = 0
    while (mark := OPENING.search(text, i)) is not None:
        i, opening = mark.start(), mark.group()
        closing = CLOSING[opening]
        if opening == "‘" and i > 0 and text[i - 1].isalnum():
            i += 1
            continue
        if opening == '"' and i > 0 and text[i - 1].isalnum() and not (i + 1 < len(text) and text[i + 1].isalnum()):
            i += 1
            continue
        j = _closing(text, i + len(opening), opening, closing)
        if j is None:
            i += len(opening)
            continue
        start, end = i + len(opening), j
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            found.append((start, end))
        i = j + len(closing)
    return found


def _closing(text: str, start: int, opening: str, closing: str) -> int | None:
    """Where the mark closes that was opened before `start`; None if it does not within LONGEST code points."""
    depth = 1
    for mark in re.finditer(f"{re.escape(closing)}|{re.escape(opening)}", text[start : start + LONGEST]):
        i = start + mark.start()
        if mark.group() == closing:
            if closing == "’" and i + 1 < len(text) and text[i + 1].isalnum():
                continue
            depth -= 1
            if depth == 0:
                return i
        elif opening != closing:
            depth += 1
    return None


def quotations(text: str, mentions: list[Mention], reporting: Reporting, earlier: Mention | None = None) -> list[Found]:
    """Direct quotations of one segment with their speakers; `earlier` is who spoke last in the segment before."""
    spans = quoted(text)
    found: list[Found] = []
    for n, (start, end) in enumerate(spans):
        before = max(spans[n - 1][1] + 1 if n else 0, start - REACH)
        behind = min(spans[n + 1][0] - 1 if n + 1 < len(spans) else len(text), end + REACH)
        hit = _cue_before(text, before, start, mentions, reporting) if _announced(text, start) else None
        if hit is None and not _closed(text, end):
            hit = _cue_behind(text, end, behind, mentions, reporting)
        if hit is None:
            hit = _cue_before(text, before, start, mentions, reporting)
        words = len(text[start:end].split())
        previous = found[-1] if found and not found[-1].carried else None
        if hit is None and previous is not None and words >= SHORT and previous.speaker is not None:
            between = text[previous.end : start]
            if len(between) < REACH and (
                previous.cue_start is None or previous.end < previous.cue_start < start or len(between) < 12
            ):
                hit = (previous.speaker, previous.cue, previous.cue_start)
        just_spoke = previous.speaker if previous is not None and start - previous.end < EARLIER else None
        again = hit is not None and hit[0] is not None and hit[0].form == "pronoun"  # "a-t-il ajouté"
        if hit is not None and again and just_spoke is not None and just_spoke.kind == "person":
            hit = (just_spoke, hit[1], hit[2])
        if hit is not None and hit[0] is None:  # "وقال: «…»", "ajoute le communiqué": who spoke last goes on
            unnamed = hit[2] is not None and SOMEBODY.match(text, hit[2] + len(hit[1]))
            named = None if unnamed else just_spoke or _named_before(start, mentions)
            if named is None and not unnamed and n == 0 and earlier is not None and hit[2] is not None:
                found.append(Found(start, end, earlier, hit[1], hit[2], carried=True))
                continue
            hit = (named, hit[1], hit[2])
        if hit is None:
            if words > 6:
                found.append(Found(start, end, None, "", None))
            continue
        close = hit[2] is not None and 0 < hit[2] - end < NEAR
        if (
            words < SHORT
            and not (close and words > 1)
            and not text[end - 1 : end + 1].strip('”»"').endswith((",", "!", "?", "."))
        ):
            continue
        found.append(Found(start, end, hit[0], hit[1], hit[2]))
    return found


def _announced(text: str, start: int) -> bool:
    """Whether a colon stands before a quotation: who speaks has been said."""
    return text[max(0, start - 4) : start].rstrip("“\"«‘' ").endswith(":")


def _closed(text: str, end: int) -> bool:
    """Whether a full stop stands right behind the closing mark: the next sentence is another's."""
    return re.match(r"[”\"»’]\s*\.\s", text[end : end + 5]) is not None


def _named_before(at: int, mentions: list[Mention]) -> Mention | None:
    """The first person of the nearest text before an offset, where a verb of saying has no subject of its own."""
    near = [m for m in mentions if m.kind == "person" and at - EARLIER < m.end <= at]
    return near[-1] if near else None


Hit = tuple[Mention | None, str, int | None]


def _cue_behind(text: str, start: int, stop: int, mentions: list[Mention], reporting: Reporting) -> Hit | None:
    """ "…", said Lavrov / Lavrov said."""
    window = text[start:stop]
    ending = re.search(r"[.!?؟](?:\s|$)|[\n]", window[2:])
    if ending and not re.search(r"\b(?:Mr|Mrs|Ms|Dr|M|Mme|Sr|St|Gen|Col|Lt)$", window[: ending.start() + 2]):
        window = window[: ending.start() + 2]
    cue = reporting.search(window)
    if cue is None:
        return None
    speaker = _speaker(text, start + cue.start(), start + cue.end(), start, start + len(window), mentions)
    if speaker is None and cue.start() > 40:
        return None
    return speaker, cue.group(0), start + cue.start()


def _cue_before(text: str, start: int, stop: int, mentions: list[Mention], reporting: Reporting) -> Hit | None:
    """Lavrov said: "…" """
    window = text[start:stop]
    cut = max(
        (b.end() for b in re.finditer(r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bM)[.!?؟]\s+|\n", window)), default=0
    )
    if cut < len(window):
        start, window = start + cut, window[cut:]
    last = None
    for match in reporting.finditer(window):
        last = match
    if last is None:
        return None
    speaker = _speaker(text, start + last.start(), start + last.end(), start, stop, mentions, before_only=True)
    if speaker is None:
        speaker = _speaker(text, start + last.start(), start + last.end(), start, stop, mentions)
    return speaker, last.group(0), start + last.start()


def _speaker(
    text: str, cue_start: int, cue_end: int, low: int, high: int, mentions: list[Mention], before_only: bool = False
) -> Mention | None:
    """The actor nearest to the cue inside the window; people go before states."""
    best: tuple[float, Mention] | None = None
    for mention in mentions:
        if mention.start < low or mention.end > high or mention.form in ("adj", "suffix"):
            continue
        if mention.end <= cue_start:
            distance = float(cue_start - mention.end)
        elif mention.start >= cue_end and not before_only:
            distance = mention.start - cue_end + (0 if mention.start - cue_end <= 2 else 15)
        else:
            continue
        if mention.kind not in ("person", "pronoun"):
            distance += 12
        if OBLIQUE.search(text[max(low, mention.start - 14) : mention.start]):
            distance += UNDER_PREPOSITION
        if best is None or distance < best[0]:
            best = (distance, mention)
    return best[1] if best else None
