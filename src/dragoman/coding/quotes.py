"""Quotations and who said them: direct speech by its marks, the speaker by the verb beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.actors.mention import Mention
from dragoman.coding.speakers import EARLIER, Cue, antecedent, cue_before, cue_behind, leads_up, runs_on, took_over
from dragoman.language.reporting import Reporting

PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'), ("‘", "’"), ("''", "''"))
CLOSING = dict(PAIRS)
OPENING = re.compile("|".join(map(re.escape, CLOSING)))
LONGEST = 4000  # code points of one quotation
REACH = 110  # code points on either side of a quotation in which its cue may stand
NEAR = 7  # code points between a quotation and the cue right behind it
SOMEBODY = re.compile(r"\s+(?:un|une|des|certains|plusieurs|a|an|one of|some|several|una|unos|unas)\s", re.I)
PRONOUN = re.compile(r"[”\"»’']*[ ,]*(\w+)")
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
    outside = [m for m in mentions if not any(start < m.end and m.start < end for start, end in spans)]
    found: list[Found] = []
    for n, (start, end) in enumerate(spans):
        before = max(spans[n - 1][1] + 1 if n else 0, start - REACH)
        behind = min(spans[n + 1][0] - 1 if n + 1 < len(spans) else len(text), end + REACH)
        words = len(text[start:end].split())
        previous = found[-1] if found and not found[-1].carried else None
        cue = _cue(text, (before, start, end, behind), outside, reporting)
        if cue is None and previous is not None and words >= SHORT and _same_breath(text, previous, start):
            assert previous.speaker is not None
            cue = Cue(previous.speaker, previous.cue, previous.cue_start)
        if cue is None:
            if words > 6:
                found.append(Found(start, end, None, "", None))
            continue
        just_spoke = previous.speaker if previous is not None and start - previous.end < EARLIER else None
        speaker, carried = _named(text, start, end, cue, just_spoke, outside, reporting), False
        if (
            speaker is None
            and n == 0
            and cue.speaker is None
            and not _unnamed(text, end, cue)
            and cue.start is not None
        ):
            speaker, carried = earlier, earlier is not None
        close = cue.start is not None and 0 < cue.start - end < NEAR
        ended = text[end - 1 : end + 1].strip('”»"').endswith((",", "!", "?", "."))
        if words < SHORT and not (close and words > 1) and not ended and not carried:
            continue
        found.append(Found(start, end, speaker, cue.text, cue.start, carried=carried))
    return found


def _cue(text: str, places: tuple[int, int, int, int], mentions: Sequence[Mention], reporting: Reporting) -> Cue | None:
    """The verb of saying of a quotation: before it where a colon announces it or one leads up to it, else behind."""
    low, start, end, high = places
    before = cue_before(text, low, start, mentions, reporting)
    if before is not None and (_announced(text, start) or leads_up(text, before, start, end)):
        return before
    within = runs_on(text, start)
    closed = _closed(text, end) or (within and text[end - 1] in ".!?")
    behind = None if closed else cue_behind(text, end, high, mentions, reporting)
    if within and behind is not None and behind.speaker is None and before is not None and before.speaker is not None:
        return before  # "Cuba lamented the “loss of life” in a statement"
    return behind or before


def _same_breath(text: str, previous: Found, start: int) -> bool:
    """Whether a quotation goes on from the one before it: nobody else has begun to speak between the two."""
    if previous.speaker is None or start - previous.end >= REACH:
        return False
    cue = previous.cue_start
    return cue is None or previous.end < cue < start or start - previous.end < 12


def _named(
    text: str,
    start: int,
    end: int,
    cue: Cue,
    just_spoke: Mention | None,
    mentions: Sequence[Mention],
    reporting: Reporting,
) -> Mention | None:
    """Who spoke: the cue's own subject; behind a pronoun or a bare verb ("he added", "ajoute le communiqué") whoever
    spoke last, or who acted in the sentence before."""
    speaker = cue.speaker
    if speaker is not None and speaker.form != "pronoun":
        return speaker
    if _unnamed(text, end, cue):
        return None
    pronoun = PRONOUN.match(text, end)
    word = pronoun.group(1) if pronoun is not None else ""
    if speaker is not None:
        word = text[speaker.start : speaker.end]
    if just_spoke is not None and (just_spoke.kind == "person" or speaker is None):
        return took_over(text, just_spoke, start, mentions, reporting) or just_spoke
    return antecedent(text, start, word, mentions, reporting) or speaker


def _unnamed(text: str, end: int, cue: Cue) -> bool:
    """Whether the verb's subject is somebody without a name: "a diplomat said", "soupire un pêcheur"."""
    if cue.start is None:
        return False
    inverted = cue.speaker is None and SOMEBODY.match(text, cue.start + len(cue.text)) is not None
    return inverted or (
        end < cue.start and SOMEBODY.search(" " + text[end : cue.start].strip('”"»’ ,') + " ") is not None
    )


def _announced(text: str, start: int) -> bool:
    """Whether a colon stands before a quotation: who speaks has been said."""
    return text[max(0, start - 4) : start].rstrip("“\"«‘' ").endswith(":")


def _closed(text: str, end: int) -> bool:
    """Whether a full stop stands right behind the closing mark: the next sentence is another's."""
    return re.match(r"[”\"»’]\s*\.\s", text[end : end + 5]) is not None
