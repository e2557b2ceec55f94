"""Readings and accounts made by hand, so that the record is tested without the coder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from dragoman.coding.reading import ActorMention, EventDate, EventMention, Place, Quote, Reading
from dragoman.pages.article import Article, Page, PublicationDate, Segment
from dragoman.record.account import Account, Person

DAY = 737_000  # the day on which accounts made by `told` tell that something happened
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
CAMEO = {
    "CONSULT": "040",
    "SANCTION": "160",
    "SUPPORT": "057",
    "AGREE": "030",
    "ACCUSE": "111",
    "AID": "070",
    "ASSAULT": "190",
}


def actor(spec: str, text: str, near: int = 0) -> ActorMention:
    """`CODE`, `CODE Name` or `CODE Name/Office`, found in `text` by the name's last word where that stands there."""
    code, _, rest = spec.partition(" ")
    name, _, office = rest.partition("/")
    last = name.split(" ")[-1] if name else ""
    start = text.find(last, near) if last else -1
    start = start if start >= 0 else near
    return ActorMention(code, name or None, office or None, None, start, start + len(last), "named", None)


def event(
    text: str, quote: str, event_type: str, sources: Sequence[str], targets: Sequence[str] = (), **more: Any
) -> EventMention:
    """An event whose words are `quote`, which must stand in `text`."""
    start = text.index(quote)
    sentence_start = text.rfind("\n", 0, start) + 1
    sentence_end = text.find("\n", start)
    sentence_end = len(text) if sentence_end < 0 else sentence_end
    date = more.pop("date", None)
    place = more.pop("place", None)
    precision = None if not date else "interval" if "/" in date else {4: "year", 7: "month", 10: "day"}[len(date)]
    mode = more.pop("mode", None)
    values: dict[str, Any] = {
        "id": more.pop("id", f"{event_type}-{start}"),
        "event_type": event_type,
        "mode": mode,
        "contexts": ("diplomatic",),
        "cameo": more.pop("cameo", CAMEO.get(event_type, "010")),
        "quad_class": QUAD[event_type],
        "goldstein": 1.0,
        "score": 2.5,
        "sources": tuple(actor(s, text, start) for s in sources),
        "targets": tuple(actor(s, text, start) for s in targets),
        "symmetric": False,
        "date": EventDate(date, precision, start, start + 1, "said so"),
        "status": "occurred",
        "location": Place(place[0], place[1], *place[2:]) if place else None,
        "issue": None,
        "attribution": None,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "sentence_start": sentence_start,
        "sentence_end": sentence_end,
        "language": "en",
        "reason": "frame",
        "confidence": 0.9,
    }
    return EventMention(**(values | more))


def reading(
    title: str,
    body: str,
    events: Sequence[tuple[str, str, Sequence[str], Sequence[str], dict[str, Any]]] = (),
    published: str | None = "2021-05-04",
    outlet: str | None = "The Example",
    language: str = "en",
    file: str | None = None,
    quotes: Sequence[tuple[str, str]] = (),
    source: str | None = None,
) -> Reading:
    """A plain-text page of a title and a body (one paragraph a line) with events and quotations (words, speaker)."""
    text = f"{title}\n{body}"
    data = text.encode()
    page = Page(text, data, "utf-8", "text", hashlib.sha256(data).hexdigest(), file=file)
    segments, start = [], 0
    for i, line in enumerate(text.split("\n")):
        if line:
            segments.append(Segment("title" if i == 0 else "body", language, start, start + len(line), line))
        start += len(line) + 1
    dated = PublicationDate(published, "dateline" if published else "none given")
    article = Article(page, title, outlet, source, None, language, dated, tuple(segments))
    found = tuple(event(text, q, t, s, r, **({"language": language} | more)) for q, t, s, r, more in events)
    said = tuple(
        Quote(text.index(words), text.index(words) + len(words), actor(who, text), "said", True)
        for words, who in quotes
    )
    return Reading(article, found, said)


def meeting(day: int = 3, outlet: str = "The Example", published: str | None = None, extra: str = "") -> Reading:
    """A page of its own wording about one meeting."""
    date = f"2021-05-{day:02d}"
    body = f"Foreign minister Bourita met Secretary Blinken in Rabat on {day} May 2021. {extra}"
    return reading(
        f"Blinken in Rabat ({outlet})",
        body,
        [
            (
                "Bourita met Secretary Blinken in Rabat",
                "CONSULT",
                ["MAR:GOV Nasser Bourita/Minister of Foreign Affairs"],
                ["USA:GOV Antony Blinken/Secretary of State"],
                {"date": date, "symmetric": True, "place": ("Rabat", "MAR", 34.02, -6.84)},
            )
        ],
        published=published or date,
        outlet=outlet,
    )


def told(key: str, **more: Any) -> Account:
    """A plain account: Morocco and the United States meet on one day."""
    values: dict[str, Any] = {
        "key": key,
        "page": f"page-{key}",
        "event_type": "CONSULT",
        "mode": None,
        "cameo": "040",
        "status": "occurred",
        "symmetric": False,
        "sources": frozenset({"MAR"}),
        "targets": frozenset({"USA"}),
        "sectors": frozenset(),
        "people": (),
        "offices": frozenset(),
        "first": DAY,
        "last": DAY,
        "precision": "day",
        "published": DAY + 1,
        "place": "",
        "country": "",
        "issue": frozenset(),
        "words": frozenset(),
        "context": frozenset(),
        "numbers": frozenset(),
        "language": "en",
        "story": frozenset(),
        "assumed": False,
    }
    return Account(**(values | more))


def person(name: str, country: str = "MAR", wikidata: str | None = None, side: str = "source") -> Person:
    return Person(side, country, wikidata, tuple(sorted(name.lower().split())))
