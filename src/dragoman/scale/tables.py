"""Events and mentions as flat rows, as `dragoman export parquet` gives them, made without a record.

`record.fields.summarise` decides what an event is; the rows have the same columns and, for the same pages in the same
order, the same values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.coding.reading import ActorMention, EventMention
from dragoman.export.tables import MENTION_COLUMNS, event_rows
from dragoman.record.account import Account, country_of
from dragoman.record.days import bounds
from dragoman.record.fields import Summary, Told, summarise
from dragoman.record.mentionrows import actor_key
from dragoman.record.values import Actor, Event, Location

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a mention's rows need of its page. `number` counts pages in the order of shards; so does `family`."""

    number: int
    family: int
    file: str | None
    url: str | None
    sha256: str
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """One mention on its way into an event; `number` is its place among all mentions."""

    account: Account
    mention: EventMention
    page: PageFacts
    number: int


@dataclass(frozen=True, slots=True)
class Directory:
    """All actors as they were first seen, in the order of their first appearance, and the number of each by its key."""

    actors: Sequence[Actor]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, actors: Sequence[Actor]) -> Directory:
        """The directory of `actors`, each given once."""
        return cls(actors, {actor.key: number for number, actor in enumerate(actors)})


def first_seen(actor: ActorMention) -> Actor:
    """An actor as the record keeps it, from the first mention of it."""
    key, kind = actor_key(actor)
    head, _, sector = actor.code.partition(":")
    return Actor(
        key=key, kind=kind, code=actor.code, country=country_of(head), sector=sector or None, name=actor.name,
        wikidata=actor.wikidata,
    )  # fmt: skip


def told(member: Member, directory: Directory) -> Told:
    """What `summarise` wants to know of a mention."""
    m, page = member.mention, member.page
    place = m.location
    actors = []
    for side, named in (("source", m.sources), ("target", m.targets)):
        for a in named:
            number = directory.numbers[actor_key(a)[0]]
            known = directory.actors[number]
            actors.append((side, number, known.country, known.kind == "person", a.office))
    return Told(
        mention=member.number, key=member.account.key, family=page.family, published=page.published or "",
        confidence=m.confidence, event_type=m.event_type, mode=m.mode, contexts=m.contexts, cameo=m.cameo,
        quad_class=m.quad_class, goldstein=m.goldstein, score=m.score, symmetric=m.symmetric, date=m.date.iso,
        precision=m.date.precision, status=m.status, place=place.name if place else None,
        country=place.country if place else None, latitude=place.latitude if place else None,
        longitude=place.longitude if place else None, issue=m.issue, language=m.language, page=page.number,
        actors=tuple(actors), numbers=tuple(sorted(member.account.numbers)), day_named=m.date.start is not None,
    )  # fmt: skip


def event_row(uid: str, members: Sequence[Member], directory: Directory) -> tuple[str, dict[str, Any]]:
    """(month, row) of the event `uid` of these mentions."""
    summary = summarise([told(m, directory) for m in members])
    event = _event(uid, members, summary, directory)
    [row] = event_rows(iter([event]))
    return (event.day[:7] or UNDATED), row


def _event(uid: str, members: Sequence[Member], summary: Summary, directory: Directory) -> Event:
    typed, at = summary.event_type, summary.place
    days = bounds(summary.date)
    place = at.place if at else None
    lead = next(m for m in members if m.number == summary.lead.mention)
    sides: dict[str, list[Actor]] = {"source": [], "target": []}
    for side, number, office in summary.actors:
        sides[side].append(replace(directory.actors[number], office=office))
    return Event(
        id=uid, event_type=typed.event_type, mode=typed.mode, contexts=typed.contexts, cameo=typed.cameo,
        quad_class=typed.quad_class, goldstein=typed.goldstein, score=typed.score, sources=tuple(sides["source"]),
        targets=tuple(sides["target"]), symmetric=any((typed.symmetric, summary.lead.symmetric)), date=summary.date,
        precision=summary.precision, day=days[0].isoformat() if days else "",
        last_day=days[1].isoformat() if days else "", status=summary.status,
        location=Location(place, summary.country, at.latitude if at else None, at.longitude if at else None)
        if place or summary.country else None,
        issue=summary.issue, confidence=summary.confidence, mention_count=len(members), page_count=summary.pages,
        independent_sources=summary.families, languages=summary.languages,
        disagreement_count=summary.disagreements, verdict=None, quote=lead.mention.quote, row=0, _record=_NOBODY,
    )  # fmt: skip


def mention_row(uid: str, member: Member) -> dict[str, Any]:
    """The row of one mention, with the id of its event."""
    m, page = member.mention, member.page
    place = m.location
    row: dict[str, Any] = {
        "mention": member.account.key, "event": uid, "file": page.file, "url": page.url, "sha256": page.sha256,
        "outlet": page.outlet, "title": page.title, "published": page.published, "family": page.family,
        "language": m.language, "event_type": m.event_type, "mode": m.mode, "cameo": m.cameo, "status": m.status,
        "date": m.date.iso, "precision": m.date.precision, "place": place.name if place else None,
        "country": place.country if place else None, "attribution": m.attribution.name if m.attribution else None,
        "start": m.start, "end": m.end, "quote": m.quote, "reason": m.reason, "confidence": m.confidence,
    }  # fmt: skip
    for side, actors in (("source", m.sources), ("target", m.targets)):
        row[f"{side}_codes"] = "; ".join(a.code for a in actors)
        row[f"{side}_names"] = "; ".join(a.name or "" for a in actors) if any(a.name for a in actors) else None
        row[f"{side}_offices"] = "; ".join(a.office or "" for a in actors) if any(a.office for a in actors) else None
    return {name: row[name] for name in MENTION_COLUMNS}


class _Nobody:
    """An event here stands by itself: its mentions are in the other table."""

    def mentions_of(self, event_id: str) -> tuple[Any, ...]:
        return ()

    def disagreements_of(self, event_id: str) -> tuple[Any, ...]:
        return ()


_NOBODY = _Nobody()
