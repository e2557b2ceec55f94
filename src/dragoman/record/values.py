"""Events, mentions, actors and pages as a record gives them. Frozen values; an Event can ask its record for more."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, overload

if TYPE_CHECKING:
    import pandas


class _Source(Protocol):
    def mentions_of(self, event_id: str) -> tuple[Mention, ...]: ...
    def disagreements_of(self, event_id: str) -> tuple[FieldValue, ...]: ...


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as the record knows it. `key` is a Wikidata id, a registry id, `country/name` or a code; `office`
    is on the event's date.
    """

    key: str
    kind: str
    code: str
    country: str
    sector: str | None
    name: str | None
    wikidata: str | None
    office: str | None = None
    events: int | None = None

    @property
    def label(self) -> str:
        """The name where there is one, else the code."""
        return self.name or self.code

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "key": self.key, "kind": self.kind, "code": self.code, "name": self.name, "office": self.office,
            "wikidata": self.wikidata,
        } | ({"events": self.events} if self.events is not None else {})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Location:
    """Where an event happened, as far as known."""

    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"name": self.name, "country": self.country, "latitude": self.latitude, "longitude": self.longitude}


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One of several values that an event's mentions give for a field."""

    field: str
    value: str
    independent_sources: int
    mentions: tuple[str, ...]
    best: bool
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "field": self.field, "value": self.value, "independent_sources": self.independent_sources,
            "mentions": list(self.mentions), "best": self.best, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A stored page without its text. `family` numbers copies of one text alike."""

    id: int
    sha256: str
    file: str | None
    url: str | None
    outlet: str | None
    original_source: str | None
    title: str | None
    language: str
    published: str | None
    published_reason: str
    family: int
    added: str
    length: int

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Mention:
    """One page's account of an event. Spans are code points of the page's text."""

    key: str
    coded_id: str
    page: PageInfo
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    quad_class: int
    goldstein: float
    score: float
    symmetric: bool
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    actor_spans: tuple[tuple[str, int, int, str], ...]
    date: str | None
    precision: str | None
    date_span: tuple[int, int] | None
    date_reason: str
    status: str
    location: Location | None
    issue: str | None
    attribution: str | None
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    language: str
    reason: str
    confidence: float
    event: str
    sentence: int
    in_lead: bool
    place_span: tuple[int, int] | None = None
    attribution_span: tuple[int, int] | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        skip = {"page", "sources", "targets", "location", "actor_spans"}
        found = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in skip}
        return found | {
            "contexts": list(self.contexts),
            "sources": [a.to_dict() for a in self.sources],
            "targets": [a.to_dict() for a in self.targets],
            "location": self.location.to_dict() if self.location else None,
            "page": self.page.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, was announced or was called off, merged from its mentions.

    `independent_sources` counts families of pages: forty copies of one text are one. `day` is the first day the date
    allows, "" where unknown.
    """

    id: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    quad_class: int
    goldstein: float
    score: float
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    symmetric: bool
    date: str | None
    precision: str | None
    day: str
    last_day: str
    status: str
    location: Location | None
    issue: str | None
    confidence: float
    mention_count: int
    page_count: int
    independent_sources: int
    languages: tuple[str, ...]
    disagreement_count: int
    verdict: str | None
    quote: str
    row: int = field(repr=False)
    _record: _Source = field(repr=False, compare=False)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every page's account, the earliest page first."""
        return self._record.mentions_of(self.id)

    @property
    def pages(self) -> tuple[PageInfo, ...]:
        """The pages that report it, each once."""
        return tuple({m.page.id: m.page for m in self.mentions}.values())

    def disagreements(self) -> tuple[FieldValue, ...]:
        """All values of the fields on which the mentions differ, the best marked."""
        return self._record.disagreements_of(self.id)

    def to_dict(self) -> dict[str, Any]:
        """As plain values: one row for a table, one line of JSON."""
        place = self.location
        return {
            "id": self.id,
            "date": self.date,
            "precision": self.precision,
            "event_type": self.event_type,
            "mode": self.mode,
            "contexts": list(self.contexts),
            "cameo": self.cameo,
            "quad_class": self.quad_class,
            "goldstein": self.goldstein,
            "score": self.score,
            "status": self.status,
            "symmetric": self.symmetric,
            "sources": [a.to_dict() for a in self.sources],
            "targets": [a.to_dict() for a in self.targets],
            "location": place.to_dict() if place else None,
            "issue": self.issue,
            "quote": self.quote,
            "confidence": self.confidence,
            "mentions": self.mention_count,
            "pages": self.page_count,
            "independent_sources": self.independent_sources,
            "languages": list(self.languages),
            "disagreements": self.disagreement_count,
            "verdict": self.verdict,
        }

    def to_row(self) -> dict[str, Any]:
        """One flat row: lists joined with "; "."""
        place = self.location
        row = {k: v for k, v in self.to_dict().items() if k not in ("sources", "targets", "location")}
        row["contexts"], row["languages"] = "; ".join(self.contexts), "; ".join(self.languages)
        for side, actors in (("source", self.sources), ("target", self.targets)):
            row[f"{side}_codes"] = "; ".join(a.code for a in actors)
            row[f"{side}_names"] = "; ".join(a.name or "" for a in actors) if any(a.name for a in actors) else None
            row[f"{side}_offices"] = (
                "; ".join(a.office or "" for a in actors) if any(a.office for a in actors) else None
            )
            row[f"{side}_wikidata"] = (
                "; ".join(a.wikidata or "" for a in actors) if any(a.wikidata for a in actors) else None
            )
        row["place"], row["country"] = (place.name, place.country) if place else (None, None)
        row["latitude"], row["longitude"] = (place.latitude, place.longitude) if place else (None, None)
        return {name: row[name] for name in EVENT_COLUMNS}


EVENT_COLUMNS = (
    "id", "date", "precision", "event_type", "mode", "contexts", "cameo", "quad_class", "goldstein", "score", "status",
    "symmetric", "source_codes", "source_names", "source_offices", "source_wikidata", "target_codes", "target_names",
    "target_offices", "target_wikidata", "place", "country", "latitude", "longitude", "issue", "quote", "confidence",
    "mentions", "pages", "independent_sources", "languages", "disagreements", "verdict",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventList(Sequence[Event]):
    """Events in order. `next_cursor` continues the query (`after=`), None at the end."""

    items: tuple[Event, ...]
    next_cursor: str | None = None

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        return self.items[index]

    def __iter__(self) -> Iterator[Event]:
        return iter(self.items)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One nested dictionary an event."""
        return [e.to_dict() for e in self.items]

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat dictionary an event."""
        return [e.to_row() for e in self.items]

    def to_pandas(self) -> pandas.DataFrame:
        """A table with one flat row an event. Needs pandas (`pip install dragoman[pandas]`)."""
        import pandas

        return pandas.DataFrame(self.to_rows(), columns=list(EVENT_COLUMNS))

    def _repr_html_(self) -> str:
        """For notebooks; text of either direction."""
        columns = (
            "date",
            "event_type",
            "mode",
            "status",
            "source_codes",
            "target_codes",
            "place",
            "quote",
            "independent_sources",
        )
        head = "".join(f"<th>{c}</th>" for c in columns)
        rows = "".join(
            "<tr>"
            + "".join(f'<td dir="auto">{html.escape(str(r[c] if r[c] is not None else ""))}</td>' for c in columns)
            + "</tr>"
            for r in self.to_rows()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
