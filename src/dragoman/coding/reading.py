"""The values that coding yields: event mentions and quotations with the characters they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.pages.article import Article

Status = Literal["occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Who stands on one side of an event. `code` is ISO3[:SECTOR] or IGO…, `---` where unknown.

    `name` is the canonical Latin-script name of a person, else None; `office` is the one held on the event's date.
    """

    code: str
    name: str | None
    office: str | None
    wikidata: str | None
    start: int
    end: int
    reason: str = ""
    id: str | None = None  # registry id, or a stable provisional one


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it happened: EDTF level 0, with the words that say so (page offsets), or iso None where nothing does."""

    iso: str | None
    precision: Literal["day", "month", "year", "interval"] | None
    start: int | None = None
    end: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened."""

    name: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose word the report rests on."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventMention:
    """One article's account of one event; `page.text[start:end]` is `quote`."""

    id: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    quad_class: int
    goldstein: float
    score: float
    sources: tuple[ActorMention, ...]
    targets: tuple[ActorMention, ...]
    symmetric: bool
    date: EventDate
    status: Status
    location: Place | None
    issue: str | None
    attribution: Attribution | None
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    language: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, direct or reported, with the speaker and the verb or phrase that introduces them."""

    start: int
    end: int
    speaker: ActorMention | None
    cue: str
    direct: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was coded from one article."""

    article: Article
    events: tuple[EventMention, ...]
    quotes: tuple[Quote, ...]
    errors: tuple[str, ...] = ()
