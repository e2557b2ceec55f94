"""The addresses of the API that read the record."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.record import Record
from dragoman.record.listings import Part
from dragoman.record.values import Event
from dragoman.serve.api import answers, asking
from dragoman.serve.api.answering import many, one
from dragoman.serve.problems import NotHere

MENTIONS = 50  # of an event in its own answer

router = APIRouter(prefix=asking.PREFIX)

Id = Annotated[
    str,
    Path(min_length=1, max_length=asking.LONGEST, pattern=r"^[^\x00]+$", description="An id; for actors also a name."),
]


@router.get("/events", response_model=answers.Events, summary="Events")
def events(request: Request, query: Annotated[asking.EventsAsked, Query()]) -> Response:
    """Events by who, what, when, where and who says so."""
    wanted = query.filter()

    def ask(record: Record, limit: int, after: str | None) -> Part[Event]:
        found = record.events(wanted, order=query.order, limit=limit, after=after)
        return Part(found.items, found.next_cursor)

    return many(request, query, ask)


@router.get("/events/{id}", response_model=answers.EventAnswer, summary="An event and the evidence for it")
def event(request: Request, id: Id) -> Response:
    """One event with its mentions, the points its sources differ on, its parts and wholes.

    The id of an event that was merged into another leads to that one (307).
    """

    def find(record: Record) -> dict[str, Any] | Response:
        found = record.event(id)
        if found.id != id:
            return RedirectResponse(f"{asking.PREFIX}/events/{quote(found.id)}", 307)
        mentions = record.list_mentions(event=id, wrong=True, limit=MENTIONS)
        more = f"{asking.PREFIX}/mentions?{urlencode({'event': id, 'wrong': 'true'})}" if mentions.next_cursor else None
        return {
            "event": found.to_dict(),
            "mentions": [m.to_dict() for m in mentions.items],
            "more_mentions": more,
            "disagreements": [d.to_dict() for d in found.disagreements()],
            "parts": [e.to_dict() for e in record.parts(id)],
            "wholes": [e.to_dict() for e in record.wholes(id)],
        }

    return one(request, find)


@router.get("/mentions", response_model=answers.Mentions, summary="Mentions")
def mentions(request: Request, query: Annotated[asking.MentionsAsked, Query()]) -> Response:
    """Accounts of the events that match, each with its page and spans, in the order of the events."""
    wanted = query.filter()

    def ask(record: Record, limit: int, after: str | None) -> Part[Any]:
        page = record.find_page(query.page) if query.page else None
        if query.page and page is None:
            return Part(())
        return record.list_mentions(wanted, event=query.event, page=page.id if page else None, limit=limit, after=after)

    return many(request, query, ask)


@router.get("/actors", response_model=answers.Actors, summary="Actors")
def actors(request: Request, query: Annotated[asking.ActorsAsked, Query()]) -> Response:
    """Who takes part in the record's events, those with most events first."""
    country = query.country.upper() if query.country else None
    return many(
        request,
        query,
        lambda record, limit, after: record.list_actors(
            kind=query.kind, country=country, name=query.name, limit=limit, after=after
        ),
    )


@router.get("/actors/{id:path}", response_model=answers.ActorAnswer, summary="All about one actor")
def actor(request: Request, id: Id) -> Response:
    """Offices over time, partners, counts by month, latest events and words of an actor: an id, a code or a name."""

    def find(record: Record) -> dict[str, Any]:
        dossier = record.actor(id)
        if dossier is None:
            raise NotHere(f"Nobody called {id!r} takes part in this record's events.")
        return dossier.to_dict()

    return one(request, find)


@router.get("/pages", response_model=answers.Pages, summary="Pages")
def pages(request: Request, query: Annotated[asking.PagesAsked, Query()]) -> Response:
    """Stored pages by language, outlet, date and words, the latest added first."""
    wanted = query.filter(family=query.family)
    return many(request, query, lambda record, limit, after: record.list_pages(wanted, limit=limit, after=after))


@router.get("/pages/{sha256}", response_model=answers.PageAnswer, summary="A page and all that was coded on it")
def page(
    request: Request,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="Digest of the page's bytes.")],
    text: Annotated[bool, Query(description="Give the whole decoded page too.")] = False,
) -> Response:
    """One page: segments with their roles, mentions and quotations with their spans."""

    def find(record: Record) -> dict[str, Any]:
        info = record.find_page(sha256)
        if info is None:
            raise NotHere(f"This record has no page {sha256}.")
        segments = [
            {"role": s.role, "language": s.language, "start": s.start, "end": s.end, "text": s.text}
            for s in record.article(info.id).segments
        ]
        found = {
            "page": info.to_dict(),
            "segments": segments,
            "mentions": [m.to_dict() for m in record.mentions_on(info.id)],
            "quotations": [q.to_dict() for q in record.quotes_on(info.id)],
        }
        return found | ({"text": record.text(info.id)} if text else {})

    return one(request, find)


@router.get("/quotes", response_model=answers.Quotations, summary="Quotations")
def quotes(request: Request, query: Annotated[asking.QuotesAsked, Query()]) -> Response:
    """Who said what, in the words of the page, the latest added first."""
    wanted = query.filter()
    return many(
        request,
        query,
        lambda record, limit, after: record.list_quotations(
            wanted, speaker=query.speaker, direct=query.direct, limit=limit, after=after
        ),
    )


@router.get("/series", response_model=answers.SeriesAnswer, summary="Counts by day, month or year")
def series(request: Request, query: Annotated[asking.SeriesAsked, Query()]) -> Response:
    """How many of the events that match there were by period, by quad class."""
    wanted = query.filter()
    return one(
        request,
        lambda record: {"by": query.by, "data": [p.to_dict() for p in record.timeline(wanted, by=query.by)]},
    )


@router.get("/search", response_model=answers.SearchAnswer, summary="Search in the pages' words")
def search(request: Request, query: Annotated[asking.SearchAsked, Query()]) -> Response:
    """Pages that have all the words, in any of the languages, with a snippet of each and the events on it."""
    return one(request, lambda record: {"data": [h.to_dict() for h in record.search(query.q, limit=query.limit)]})
