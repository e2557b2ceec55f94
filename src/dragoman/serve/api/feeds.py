"""Any search as a feed: Atom (RFC 4287) and JSON Feed 1.1, the latest added first."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman import __version__
from dragoman.record import EventFilter, Record
from dragoman.record.values import Actor, Event
from dragoman.serve.api.answering import dumped, tagged
from dragoman.serve.api.asking import FeedAsked

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_NEVER = "1970-01-01T00:00:00+00:00"  # an empty record was never changed

router = APIRouter(tags=["feeds"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in a feed. `updated`: when the last page that tells of it was added, RFC 3339."""

    event: Event
    updated: str
    address: str

    @property
    def title(self) -> str:
        """Who, what, whom, when, and whether it happened."""
        event = self.event
        what = event.event_type + (f" ({event.mode})" if event.mode else "")
        told = [_names(event.sources), what, _names(event.targets)]
        when = f", {event.date}" if event.date else ""
        return " ".join(part for part in told if part) + when + f" [{event.status}]"

    @property
    def summary(self) -> str:
        """The words that report it, and how many say so."""
        event = self.event
        sources = f"{event.independent_sources} independent source{'s' if event.independent_sources != 1 else ''}"
        return f"“{event.quote}” ({sources}; {', '.join(event.languages)})"


@dataclass(frozen=True, slots=True)
class Feed:
    """A search as a feed. `self_` is the feed's own address, `page` that of the search for people."""

    title: str
    self_: str
    page: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        """When its last entry changed."""
        return max((e.updated for e in self.entries), default=_NEVER)


@router.get(
    "/feed.atom",
    response_class=Response,
    responses={200: {"content": {"application/atom+xml": {"schema": {"type": "string"}}}}},
    summary="A search as an Atom feed",
)
def atom(request: Request, query: Annotated[FeedAsked, Query()]) -> Response:
    """The events that match, the latest added first, for a feed reader. Parameters as for /api/v1/events."""
    return _answer(request, query, as_atom, "application/atom+xml; charset=utf-8")


@router.get(
    "/feed.json",
    response_class=Response,
    responses={200: {"content": {"application/feed+json": {"schema": {"type": "object"}}}}},
    summary="A search as a JSON feed",
)
def json_feed(request: Request, query: Annotated[FeedAsked, Query()]) -> Response:
    """The events that match, the latest added first, for a feed reader. Parameters as for /api/v1/events."""
    return _answer(request, query, as_json, "application/feed+json")


def _answer(request: Request, query: FeedAsked, write: Callable[[Feed], bytes], media_type: str) -> Response:
    wanted = query.filter()
    home = str(request.base_url)
    asked = f"?{urlencode(list(wanted.parameters()))}" if wanted else ""

    def find(record: Record) -> bytes:
        name = record.path.name
        title = f"{name}: {', '.join(v for _, v in wanted.parameters())}" if wanted else name
        address = f"{home}{request.url.path.lstrip('/')}" + (f"?{request.url.query}" if request.url.query else "")
        return write(Feed(title, address, f"{home}events{asked}", entries(record, wanted, query.limit, home)))

    return tagged(request, find, media_type)


def entries(record: Record, wanted: EventFilter, limit: int, home: str) -> list[Entry]:
    """The latest events of a filter; `home` is the address of the pages."""
    found = record.events(wanted, order="added", limit=limit)
    added = record.last_added(found.items)
    return [Entry(e, added.get(e.id, _NEVER), f"{home}events/{quote(e.id)}") for e in found]


def as_atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    ET.register_namespace("", ATOM)
    root = ET.Element(_atom("feed"))
    _put(root, "id", feed.self_)
    _put(root, "title", feed.title)
    _put(root, "updated", feed.updated)
    _put(root, "generator", "Dragoman", version=__version__)
    _put(ET.SubElement(root, _atom("author")), "name", "Dragoman")
    _put(root, "link", None, rel="self", type="application/atom+xml", href=feed.self_)
    _put(root, "link", None, rel="alternate", type="text/html", href=feed.page)
    for item in feed.entries:
        entry = ET.SubElement(root, _atom("entry"))
        _put(entry, "id", _urn(item.event))
        _put(entry, "title", item.title)
        _put(entry, "updated", item.updated)
        _put(entry, "link", None, rel="alternate", type="text/html", href=item.address)
        _put(entry, "category", None, term=item.event.event_type)
        _put(entry, "summary", item.summary, type="text")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode()


def as_json(feed: Feed) -> bytes:
    """The feed as JSON Feed; each item carries its event as the extension `_event`."""
    items: list[dict[str, Any]] = [
        {
            "id": _urn(e.event),
            "url": e.address,
            "title": e.title,
            "content_text": e.summary,
            "date_published": e.updated,
            "tags": [e.event.event_type, e.event.status],
            "_event": e.event.to_dict(),
        }
        for e in feed.entries
    ]
    about = {"version": JSON_FEED, "title": feed.title, "home_page_url": feed.page, "feed_url": feed.self_}
    return dumped(about | {"items": items})


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(actor.label for actor in actors)


def _urn(event: Event) -> str:
    """An id that is the same wherever the record is served (RFC 4151)."""
    return f"tag:dragoman,2026:event/{event.id}"


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _put(parent: ET.Element, name: str, text: str | None, **attributes: str) -> None:
    """A child element; characters that XML has no way to write are left out."""
    element = ET.SubElement(parent, _atom(name), {k: _plain(v) for k, v in attributes.items()})
    element.text = _plain(text) if text is not None else None


def _plain(text: str) -> str:
    return "".join(
        c for c in text if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
    )
