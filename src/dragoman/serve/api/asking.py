"""What can be asked of the API: query parameters as models, so that they are checked and documented in one place."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dragoman.record.filters import LONGEST, MOST, STATUSES, EventFilter, Order
from dragoman.record.listings import PageFilter

PREFIX = "/api/v1"
DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
MOST_ROWS = 500  # of one answer; the whole result comes as NDJSON

Text = Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
Date = Annotated[str, Field(pattern=DATE)]
Country = Annotated[str, Field(pattern=r"^[A-Za-z]{3}([A-Za-z]{3})?$")]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}$")]
Word = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=LONGEST)]
Status = Literal["occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated"]
assert Status.__args__ == STATUSES  # type: ignore[attr-defined]


class Asked(BaseModel):
    """Parameters of one address; what is not among them is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Listed(Asked):
    """How a list is read."""

    limit: int | None = Field(
        None,
        ge=1,
        le=MOST_ROWS,
        description="Rows at the most: 50 where not given, all of them in NDJSON.",
        examples=[2],
    )
    after: str | None = Field(
        None,
        max_length=1000,
        pattern="^[A-Za-z0-9_-]+$",
        description="Where to go on: take it, with the whole address, from `next` of the answer before.",
    )
    format: Literal["json", "ndjson"] | None = Field(
        None,
        description="`ndjson` streams the whole result, one object a line; so does `Accept: application/x-ndjson`.",
    )


class Narrowed(Asked):
    """Which events: the fields of `EventFilter` (docs/api.md)."""

    actor: list[Text] = Field(
        [],
        max_length=MOST,
        description="Who takes part, on either side: a country (`MAR`), a code (`MAR:GOV`, `IGOUNO`), a Wikidata id or "
        "a name. All that are given must take part.",
        examples=[["SAU", "IRN"]],
    )
    other: Text | None = Field(None, description="One more who takes part.", examples=["IRN"])
    source: Text | None = Field(None, description="Who acts.", examples=["USA"])
    target: Text | None = Field(None, description="Who is acted on.", examples=["CUB"])
    type: list[Word] = Field([], max_length=MOST, description="PLOVER event type.", examples=[["AGREE", "CONSULT"]])
    mode: list[Word] = Field([], max_length=MOST, description="PLOVER mode.", examples=[["visit"]])
    status: list[Status] = Field([], max_length=MOST, description="Whether it happened.", examples=[["occurred"]])
    quad_class: list[Annotated[int, Field(ge=1, le=4)]] = Field(
        [],
        max_length=MOST,
        description="1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        examples=[[1, 2]],
    )
    since: Date | None = Field(None, description="First date: YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2016-01"])
    until: Date | None = Field(None, description="Last date, itself included.", examples=["2023-12-31"])
    place: list[Text] = Field([], max_length=MOST, description="Country (ISO3) or name of a place.", examples=[["CHN"]])
    country: list[Country] = Field([], max_length=MOST, description="Country where it happened.", examples=[["CHN"]])
    text: Text | None = Field(
        None,
        description="Words that a page of it must have; a part in double quotes is a phrase.",
        examples=["embassy"],
    )
    language: list[Language] = Field([], max_length=MOST, description="Of a page that reports it.", examples=[["ar"]])
    outlet: list[Text] = Field([], max_length=MOST, description="Of a page that reports it.")
    min_sources: int = Field(0, ge=0, le=999_999_999, description="At least so many independent sources.", examples=[2])
    disputed: bool = Field(False, description="Only events on which sources differ.")
    wrong: bool = Field(False, description="Also events that a person judged wrong.")

    def filter(self) -> EventFilter:
        """The filter. Raises FilterError for what a pattern cannot say (30 February, an end before its beginning)."""
        return EventFilter.of({name: getattr(self, name) for name in Narrowed.model_fields})


class EventsAsked(Narrowed, Listed):
    """Parameters of /events."""

    order: Order = Field(
        "newest",
        description="By date, `newest` or `oldest` first; by independent `sources`; by points in dispute; as `added`.",
    )


class MentionsAsked(Narrowed, Listed):
    """Parameters of /mentions."""

    event: Word | None = Field(None, description="Only mentions of this event.")
    page: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = Field(
        None, description="Only mentions on the page with this SHA-256 digest."
    )


class SeriesAsked(Narrowed):
    """Parameters of /series."""

    by: Literal["day", "month", "year"] = Field("month", description="What to count by.")


class OfPages(Asked):
    """Which pages."""

    language: list[Language] = Field([], max_length=MOST, description="Language of the page.", examples=[["fr"]])
    outlet: list[Text] = Field([], max_length=MOST, description="Who published it.")
    since: Date | None = Field(None, description="First day of publication.", examples=["2014"])
    until: Date | None = Field(None, description="Last day of publication.", examples=["2023-12"])
    text: Text | None = Field(None, description="Words that the page must have.", examples=['"prisoner swap"'])

    def filter(self, **more: Any) -> PageFilter:
        """The filter. Raises FilterError as `EventFilter` does."""
        checked = EventFilter.of({n: getattr(self, n) for n in ("language", "outlet", "since", "until", "text")})
        return PageFilter(
            language=checked.language, outlet=checked.outlet, since=checked.since, until=checked.until,
            text=checked.text, **more,
        )  # fmt: skip


class PagesAsked(OfPages, Listed):
    """Parameters of /pages."""

    family: int | None = Field(
        None, ge=0, le=2**53, description="Only copies and cuts of one text: `family` of one of them."
    )


class QuotesAsked(OfPages, Listed):
    """Parameters of /quotes."""

    speaker: Text | None = Field(None, description="Who speaks, as an `actor` of events.", examples=["Barack Obama"])
    direct: bool | None = Field(None, description="Only words in quotation marks (true), only reported ones (false).")


class ActorsAsked(Listed):
    """Parameters of /actors."""

    kind: Literal["person", "organisation", "state", "unknown"] | None = Field(None, description="What it is.")
    country: Annotated[str, Field(pattern="^[A-Za-z]{3,6}$")] | None = Field(
        None, description="ISO3 country or organisation that it belongs to.", examples=["SAU"]
    )
    name: Text | None = Field(None, description="Part of a name in any script, or a code.", examples=["Obama"])


class SearchAsked(Asked):
    """Parameters of /search."""

    q: Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*$")] = Field(
        description="Words in any language; a part in double quotes is a phrase.", examples=["embassy Tehran"]
    )
    limit: int = Field(20, ge=1, le=100, description="Pages at the most, the best first.", examples=[2])


class FeedAsked(Narrowed):
    """Parameters of the feeds."""

    limit: int = Field(50, ge=1, le=200, description="Entries at the most.", examples=[2])
