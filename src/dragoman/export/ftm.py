"""FollowTheMoney: JSON lines of Event, Person, PublicBody / Organization, Article and Mention entities."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from dragoman.export import rules
from dragoman.record.values import Actor, Event, PageInfo


def lines(events: Iterator[Event]) -> Iterator[str]:
    """Every entity once, actors and pages before the events that refer to them."""
    told: set[str] = set()
    for event in events:
        for actor in (*event.sources, *event.targets):
            entity = _actor(actor)
            if entity["id"] not in told and actor.code != "---":
                told.add(entity["id"])
                yield _line(entity)
        mentions = event.mentions
        for page in {m.page.id: m.page for m in mentions}.values():
            entity = _page(page)
            if entity["id"] not in told:
                told.add(entity["id"])
                yield _line(entity)
        yield _line(_event(event))
        for m in mentions:
            for actor in (*m.sources, *m.targets):
                if actor.name:
                    mention = _mention(m.page, actor)
                    if mention["id"] not in told:
                        told.add(mention["id"])
                        yield _line(mention)


def _line(entity: dict[str, Any]) -> str:
    entity["properties"] = {k: [v for v in values if v] for k, values in entity["properties"].items() if any(values)}
    return json.dumps(entity, ensure_ascii=False) + "\n"


def _id(*parts: str) -> str:
    return "dragoman-" + hashlib.sha1("|".join(parts).encode(), usedforsecurity=False).hexdigest()


def _iso2(country: str) -> str:
    state = rules.states().get(country)
    return state.iso2.lower() if state else ""


def _actor(actor: Actor) -> dict[str, Any]:
    if actor.kind == "person":
        schema = "Person"
    elif rules.is_igo(actor) or actor.kind == "state":
        schema = "PublicBody"
    else:
        schema = "Organization"
    name = rules.actor_name(actor)
    if actor.kind == "state" and actor.sector:
        name = f"{name} ({actor.sector})"
    properties: dict[str, list[str | None]] = {
        "name": [name],
        "country": [_iso2(actor.country)],
        "wikidataId": [actor.wikidata],
    }
    if schema == "Person":
        properties["position"] = [actor.office]
    return {"id": actor.wikidata or _id("actor", actor.key), "schema": schema, "properties": properties}


def _page(page: PageInfo) -> dict[str, Any]:
    return {
        "id": _id("page", page.sha256),
        "schema": "Article",
        "properties": {
            "title": [page.title or page.file or page.sha256],
            "publisher": [page.outlet],
            "publishedAt": [page.published],
            "language": [_language(page.language)],
            "sourceUrl": [page.url],
            "fileName": [page.file],
        },
    }


def _event(event: Event) -> dict[str, Any]:
    place = event.location
    who = ", ".join(rules.actor_name(a) for a in event.sources)
    whom = ", ".join(rules.actor_name(a) for a in event.targets)
    first, _, last = (event.date or "").partition("/")
    dates = {"startDate": [first], "endDate": [last]} if last else {"date": [first]}
    return {
        "id": _id("event", event.id),
        "schema": "Event",
        "properties": {
            "name": [
                f"{event.event_type}{' ' + event.mode if event.mode else ''}: {who}{' – ' + whom if whom else ''}"
            ],
            "recordId": [event.id],
            "summary": [event.quote],
            **dates,
            "location": [place.name if place else None],
            "country": [_iso2(place.country) if place and place.country else None],
            "keywords": [event.status, event.cameo, *event.contexts],
            "involved": [e for a in (*event.sources, *event.targets) if a.code != "---" and (e := _actor(a)["id"])],
            "proof": list({_id("page", m.page.sha256): None for m in event.mentions}),
        },
    }


def _mention(page: PageInfo, actor: Actor) -> dict[str, Any]:
    return {
        "id": _id("mention", page.sha256, actor.key),
        "schema": "Mention",
        "properties": {
            "document": [_id("page", page.sha256)],
            "resolved": [_actor(actor)["id"]],
            "name": [actor.name],
            "detectedSchema": ["Person"],
            "contextCountry": [_iso2(actor.country)],
        },
    }


def _language(code: str) -> str:
    return {"en": "eng", "fr": "fra", "ar": "ara", "es": "spa"}.get(code, code)
