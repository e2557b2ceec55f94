"""What a record answers with beside events: counts, dossiers, words found, reasons, and what writing did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.record.values import Actor, Event, EventList, FieldValue, Mention, PageInfo


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody an actor has events with."""

    country: str
    events: int
    cooperative: int
    conflictual: int


@dataclass(frozen=True, slots=True)
class OfficeSeen:
    """An office under which pages name an actor, with the first and last day of events it is seen on."""

    office: str
    first: str
    last: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """All about one actor."""

    actor: Actor
    events: int
    first: str | None
    last: str | None
    offices: tuple[OfficeSeen, ...]
    partners: tuple[Partner, ...]
    timeline: tuple[Period, ...]
    latest: EventList
    quotations: tuple[Quotation, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "actor": self.actor.to_dict(),
            "events": self.events,
            "first": self.first,
            "last": self.last,
            "offices": [{n: getattr(o, n) for n in o.__dataclass_fields__} for o in self.offices],
            "partners": [{n: getattr(p, n) for n in p.__dataclass_fields__} for p in self.partners],
            "timeline": [p.to_dict() for p in self.timeline],
            "latest": self.latest.to_dicts(),
            "quotations": [q.to_dict() for q in self.quotations],
        }


@dataclass(frozen=True, slots=True)
class Period:
    """Counts of one month, day or year. `quads` counts by quad class 1 to 4; `score` is the mean PLOVER score,
    None without events.
    """

    period: str
    events: int
    quads: tuple[int, int, int, int]
    score: float | None = None
    independent_sources: int = 0

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        verbal, material, against, force = self.quads
        return {
            "period": self.period, "events": self.events, "verbal_cooperation": verbal,
            "material_cooperation": material, "verbal_conflict": against, "material_conflict": force,
            "score": self.score, "independent_sources": self.independent_sources,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words on a page."""

    page: PageInfo
    start: int
    end: int
    words: str
    speaker: str | None
    office: str | None
    cue: str
    direct: bool

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {n: getattr(self, n) for n in self.__dataclass_fields__ if n != "page"} | {"page": self.page.to_dict()}


@dataclass(frozen=True, slots=True)
class Hit:
    """A page found by its words.

    `snippet` is cut from the page's own text, `marks` are offsets in it of the words found.
    """

    page: PageInfo
    snippet: str
    marks: tuple[tuple[int, int], ...]
    start: int
    events: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "page": self.page.to_dict(), "snippet": self.snippet, "marks": [list(m) for m in self.marks],
            "start": self.start, "events": list(self.events),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding one reading did. `events` gives the merged event id of every mention id of the reading."""

    sha256: str
    outcome: str  # added, recoded, unchanged
    events: dict[str, str]


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding many readings did."""

    added: int = 0
    recoded: int = 0
    unchanged: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event was coded, dated, placed and merged so."""

    event: Event
    mentions: tuple[MentionExplanation, ...]
    links: tuple[tuple[str, str, float, tuple[str, ...]], ...]
    values: tuple[FieldValue, ...]
    judgements: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "event": self.event.to_dict(),
            "mentions": [m.to_dict() for m in self.mentions],
            "links": [{"a": a, "b": b, "score": s, "reasons": list(r)} for a, b, s, r in self.links],
            "values": [v.to_dict() for v in self.values],
            "judgements": list(self.judgements),
        }

    def __str__(self) -> str:
        from dragoman.record.explain import as_text

        return as_text(self)


@dataclass(frozen=True, slots=True)
class MentionExplanation:
    """One account with the characters that each of its parts rests on: `parts` are (what, words, start, end,
    reason).
    """

    mention: Mention
    sentence: str
    parts: tuple[tuple[str, str, int, int, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "mention": self.mention.to_dict(),
            "sentence": self.sentence,
            "parts": [dict(zip(("part", "words", "start", "end", "reason"), p, strict=True)) for p in self.parts],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """How one record's events differ from another's; `changed` names the fields: {event id: {field: (theirs,
    ours)}}.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    merged: dict[str, str]
    changed: dict[str, dict[str, tuple[Any, Any]]]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "merged": self.merged,
            "changed": {
                e: {f: {"old": o, "new": n} for f, (o, n) in fields.items()} for e, fields in self.changed.items()
            },
        }
