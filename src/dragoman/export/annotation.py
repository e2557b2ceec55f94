"""What the annotation tools share: the text that they show of a page, and the way from their answers to judgements.

A tool shows what a reader of the page sees, without tags and furniture. Every mention carries `coded`, what Dragoman
said of it and where it stands in the page; so an answer finds its way back without the record, whatever the tool does
to ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman import codebook
from dragoman.pages.article import Article, Segment
from dragoman.record import Record
from dragoman.record.days import bounds
from dragoman.record.errors import RecordError
from dragoman.record.filters import STATUSES
from dragoman.record.judgements import Judgement, Subject
from dragoman.record.values import Event, Mention, PageInfo

FIELDS = ("event_type", "mode", "status", "date")  # what an annotator can correct
NONE = "none"  # written by an annotator for a mode or date that there is not
ROLES = frozenset({"title", "subhead", "body", "caption", "date"})
_PAGES = 500  # taken from the record at once


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as an annotator sees it: `text`, and where in it the segments begin."""

    text: str
    starts: tuple[tuple[int, Segment], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of `text` for those of the page."""
        touched = [(at, s) for at, s in self.starts if s.start < end and start < s.end]
        if not touched:
            raise ValueError(f"Characters {start} to {end} are not in what is shown of the page.")
        (first_at, first), (last_at, last) = touched[0], touched[-1]
        return first_at + first.index(start), last_at + last.index(end)


def shown(article: Article, mentions: Iterable[Mention]) -> Shown:
    """Title, text and captions of an article, and whatever else holds one of `mentions`; one segment a line."""
    spans = [(m.start, m.end) for m in mentions]
    parts: list[str] = []
    starts: list[tuple[int, Segment]] = []
    length = 0
    for segment in article.segments:
        if segment.role in ROLES or any(segment.start < end and start < segment.end for start, end in spans):
            starts.append((length, segment))
            parts.append("".join(" " if sign in "\r\n\t" else sign for sign in segment.text))
            length += len(segment.text) + 1
    return Shown("\n".join(parts), tuple(starts))


def each_page(record: Record, events: Iterator[Event]) -> Iterator[tuple[PageInfo, Shown, list[Mention]]]:
    """The pages that tell of `events`, as they are shown, with the mentions of these events in page order."""
    wanted = {e.id for e in events}
    after = 0
    while pages := record.pages(limit=_PAGES, after=after):
        for page in pages:
            if mentions := [m for m in record.mentions_on(page.id) if m.event in wanted]:
                yield page, shown(record.article(page.id), mentions), mentions
        after = pages[-1].id


def coded(mention: Mention) -> dict[str, Any]:
    """What was coded of a mention, and where: what its judgement needs."""
    return {
        "mention": mention.key, "event": mention.event, "sha256": mention.page.sha256, "start": mention.start,
        "end": mention.end, **{name: getattr(mention, name) for name in FIELDS},
    }  # fmt: skip


def parties(mention: Mention) -> str:
    """Who to whom, for people."""
    sides = [", ".join(a.label for a in side) for side in (mention.sources, mention.targets)]
    return " → ".join(side or "?" for side in sides)


def judged(
    coded: Mapping[str, Any], verdict: str, answers: Mapping[str, str], note: str, by: str, at: str, where: str
) -> Iterator[Judgement]:
    """The judgements in what a person answered about one mention.

    `verdict` is right, wrong or empty, `answers` the fields as they now stand; an empty one says nothing, `NONE` that
    there is none. A changed field is a correction, unless the mention is wrong as a whole. Raises RecordError, naming
    `where`, for what is no verdict, type, mode, status or date.
    """
    try:
        subject = Subject(coded["sha256"], int(coded["start"]), int(coded["end"]), coded["event_type"])
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(
            f"{where} does not say which mention it is about; was `coded` changed? ({error!r})"
        ) from error
    verdict = verdict.strip().lower()
    if verdict == "wrong":
        yield Judgement(0, "wrong", subject, None, None, None, note, by, at, None)
        return
    if verdict not in ("", "right", "corrected"):
        raise RecordError(f"{where}: {verdict!r} is no verdict; write right or wrong, or nothing.")
    changes = _changes(coded, {name: answers.get(name, "").strip() for name in FIELDS}, where)
    for name, value in changes.items():
        yield Judgement(0, "corrected", subject, None, name, value, note, by, at, None)
    if verdict == "right" and not changes:
        yield Judgement(0, "right", subject, None, None, None, note, by, at, None)


def _changes(coded: Mapping[str, Any], answers: Mapping[str, str], where: str) -> dict[str, str | None]:
    given = {name: None if answer == NONE else answer for name, answer in answers.items() if answer}
    changes = {name: value for name, value in given.items() if value != coded.get(name)}
    event_type = given.get("event_type") or coded["event_type"]
    for name, value in changes.items():
        _check(name, value, event_type, where)
    if "event_type" in changes and "mode" not in changes and not _is_mode(event_type, coded.get("mode")):
        changes["mode"] = None  # the old type's mode means nothing in the new one
    return changes


def _is_mode(event_type: str, mode: str | None) -> bool:
    return mode is None or (mode != "-" and (event_type, mode) in codebook.load().modes)


def _check(name: str, value: str | None, event_type: str, where: str) -> None:
    good: Mapping[str, Callable[[str | None], bool]] = {
        "event_type": lambda v: v in codebook.load().types,
        "mode": lambda v: _is_mode(event_type, v),
        "status": lambda v: v in STATUSES,
        "date": lambda v: v is None or bounds(v) is not None,
    }
    if not good[name](value):
        of = f" of {event_type}" if name == "mode" else ""
        raise RecordError(f"{where}: {value or NONE!r} is no {name.replace('_', ' ')}{of}; put it right in the tool.")


def unsaid(found: Iterable[Judgement], known: Iterable[Judgement]) -> list[Judgement]:
    """Those of `found` that do not repeat the last word of the same person on the same matter."""
    last = {(j.by, j.a, j.field): (j.verdict, j.value) for j in known if j.b is None}
    kept = []
    for j in found:
        if last.get((j.by, j.a, j.field)) != (j.verdict, j.value):
            kept.append(j)
            last[j.by, j.a, j.field] = j.verdict, j.value
    return kept
