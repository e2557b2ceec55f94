"""What the API answers with, as models: they make the OpenAPI document, and the tests hold every answer to them.

Answers are written from the record's own values, not through these models, which would cost more than the query.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dragoman.serve.api.asking import Status


class Answer(BaseModel):
    """Exactly these fields."""

    model_config = ConfigDict(extra="forbid")


class Actor(Answer):
    """Who takes part. `office` is the one held on the event's date."""

    key: str = Field(description="Id in this record and in addresses: Wikidata id, registry id or code.")
    kind: Literal["person", "organisation", "state", "unknown"]
    code: str = Field(description="ISO 3166-1 alpha-3 with an optional PLOVER sector, or IGO and three letters.")
    name: str | None = Field(description="Canonical name in Latin script.")
    office: str | None
    wikidata: str | None
    events: int | None = Field(None, description="How many events of the record it takes part in, where counted.")


class Location(Answer):
    """Where it happened, as far as known."""

    name: str | None
    country: str | None = Field(description="ISO 3166-1 alpha-3.")
    latitude: float | None
    longitude: float | None


class Coded(Answer):
    """What events and mentions have in common."""

    event_type: str = Field(description="PLOVER event type.")
    mode: str | None = Field(description="PLOVER mode.")
    contexts: list[str] = Field(description="PLOVER contexts.")
    cameo: str = Field(description="CAMEO code.")
    quad_class: int = Field(ge=1, le=4, description="1 verbal, 2 material cooperation; 3 verbal, 4 material conflict.")
    goldstein: float
    score: float = Field(description="PLOVER score, -10 to 10.")
    status: Status
    symmetric: bool = Field(description="True where both sides do the same (a meeting, an agreement).")
    sources: list[Actor] = Field(description="Who acts.")
    targets: list[Actor] = Field(description="Who is acted on.")
    date: str | None = Field(description="YYYY, YYYY-MM, YYYY-MM-DD, an interval A/B, or null where no page says.")
    precision: str | None = Field(description="day, month, year or interval.")
    location: Location | None
    issue: str | None = Field(description="What it is about.")
    quote: str = Field(description="The shortest words of a page that report it.")
    confidence: float


class Event(Coded):
    """One thing that happened, was announced or was called off, merged from all mentions of it."""

    id: str
    mentions: int = Field(description="How many accounts of it there are.")
    pages: int = Field(description="On how many pages.")
    independent_sources: int = Field(description="Copies and cuts of one text count once.")
    languages: list[str]
    disagreements: int = Field(description="On how many points its sources differ.")
    verdict: Literal["right", "wrong"] | str | None = Field(description="What a person judged.")


class Page(Answer):
    """A stored page. `family` is the same on copies and cuts of one text."""

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
    length: int = Field(description="Code points.")


class Mention(Coded):
    """One page's account of an event. Spans are code points of the page's text."""

    key: str
    coded_id: str
    event: str = Field(description="The event that it is merged into.")
    page: Page
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    sentence: int
    in_lead: bool
    date_span: list[int] | None
    date_reason: str
    place_span: list[int] | None
    attribution: str | None
    attribution_span: list[int] | None
    language: str
    reason: str = Field(description="Why it was coded so.")


class FieldValue(Answer):
    """One of several values that sources give for a field."""

    field: str
    value: str
    independent_sources: int
    mentions: list[str]
    best: bool
    reason: str


class Segment(Answer):
    """A run of a page with one role and language. Spans are code points of the page's text."""

    role: str
    language: str
    start: int
    end: int
    text: str


class Quotation(Answer):
    """Somebody's words on a page."""

    page: Page
    start: int
    end: int
    words: str
    speaker: str | None
    office: str | None
    cue: str
    direct: bool


class Hit(Answer):
    """A page found by its words. `marks` are where they stand in `snippet`, `start` where that begins in the page."""

    page: Page
    snippet: str
    marks: list[list[int]]
    start: int
    events: list[str]


class Period(Answer):
    """Counts of one month, day or year."""

    period: str
    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    score: float | None = Field(description="Mean PLOVER score.")
    independent_sources: int


class Office(Answer):
    """An office under which pages name an actor, and the first and last day of events it is seen on."""

    office: str
    first: str
    last: str
    mentions: int


class Partner(Answer):
    """Somebody an actor has events with."""

    country: str
    events: int
    cooperative: int
    conflictual: int


class Versioned(Answer):
    """`version` changes with whatever changes an answer; it is also in the header X-Dragoman-Version."""

    version: str


class Listing(Versioned):
    """A part of a list. `next` is the address of the part that follows, null at the end."""

    next: str | None


class Events(Listing):
    """Events in order."""

    data: list[Event]


class Mentions(Listing):
    """Mentions in the order of their events."""

    data: list[Mention]


class Actors(Listing):
    """Actors, those with most events first."""

    data: list[Actor]


class Pages(Listing):
    """Pages, the latest added first."""

    data: list[Page]


class Quotations(Listing):
    """Quotations, the latest added first."""

    data: list[Quotation]


class EventAnswer(Versioned):
    """An event with the evidence for it."""

    event: Event
    mentions: list[Mention] = Field(
        description="The accounts of it; the rest where there are many is at more_mentions."
    )
    more_mentions: str | None
    disagreements: list[FieldValue]
    parts: list[Event] = Field(description="Events that are part of it.")
    wholes: list[Event] = Field(description="Events that it is part of.")


class ActorAnswer(Versioned):
    """All about one actor."""

    actor: Actor
    events: int
    first: str | None = Field(description="The first day of its dated events.")
    last: str | None
    offices: list[Office]
    partners: list[Partner]
    timeline: list[Period] = Field(description="By month, months without events included.")
    latest: list[Event]
    quotations: list[Quotation]


class PageAnswer(Versioned):
    """A page with its segments and all that was coded on it."""

    page: Page
    segments: list[Segment]
    mentions: list[Mention]
    quotations: list[Quotation]
    text: str | None = Field(None, description="The whole decoded page, where asked for.")


class SeriesAnswer(Versioned):
    """Counts by period. Months without events are included."""

    by: Literal["day", "month", "year"]
    data: list[Period]


class SearchAnswer(Versioned):
    """Pages that have all the words, the best first."""

    data: list[Hit]


class Invalid(Answer):
    """A part of a question that cannot be."""

    field: str
    detail: str


class Problem(Answer):
    """What went wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Invalid] | None = Field(None, description="Each part of the question that cannot be.")


class Posted(BaseModel):
    """A page to code: exactly one of `text` and `html`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "oneOf": [{"required": ["text"]}, {"required": ["html"]}],
            "example": {
                "text": "Two foreign ministers in Rabat\n\nSpain's foreign minister Arancha González Laya met her "
                "Moroccan counterpart Nasser Bourita in Rabat on Monday.",
                "published": "2021-05-04",
            },
        },
    )

    text: str = Field("", min_length=1, description="A plain page, one paragraph a line.")
    html: str = Field("", min_length=1, description="A page as it came.")
    url: str = Field(
        "", max_length=2000, pattern=r"^[^\x00]*$", description="Where it came from; kept as a name, never fetched."
    )
    published: str = Field(
        "", pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", description="Publication date, if known."
    )

    @model_validator(mode="after")
    def _one_page(self) -> Posted:
        if len(self.model_fields_set & {"text", "html"}) != 1:
            raise ValueError("give exactly one of text and html")
        return self


class Reading(BaseModel):
    """All that was coded from one page, as `dragoman code --format jsonl` prints it (docs/output.md)."""

    model_config = ConfigDict(extra="allow")

    language: str
    title: str | None
    published: str | None
    segments: list[dict[str, Any]]
    events: list[dict[str, Any]]
    quotes: list[dict[str, Any]]
    errors: list[str]
