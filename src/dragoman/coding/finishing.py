"""From drafts to what a reading holds: page offsets, codes, scores, offices."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from dragoman.actors.mention import Actor
from dragoman.actors.persons import MANY
from dragoman.actors.registry import Registry
from dragoman.codebook import Codebook
from dragoman.coding.merging import Draft
from dragoman.coding.reading import ActorMention, Attribution, EventDate, EventMention, Place
from dragoman.coding.roles import Filler
from dragoman.pages.article import Article, Segment

SIGNS = ".,;:!?\"“”«»()’'"


def event_mention(article: Article, draft: Draft, codebook: Codebook, registry: Registry) -> EventMention:
    """The event mention of a draft; its id is made of the page, the span and the type."""
    frame = draft.frame
    start, end = draft.segment.span(draft.start, draft.end)
    lemmas = draft.segment.text[draft.sentence[0] : draft.sentence[1]].split()
    contexts = codebook.contexts_of([w.strip(SIGNS).lower() for w in lemmas], draft.language)
    cameo = codebook.cameo_for(frame.type, frame.mode, frame.cameo, contexts)
    sentence = draft.segment.span(*draft.sentence)
    digest = hashlib.sha256(f"{article.page.sha256}:{start}:{end}:{frame.type}".encode()).hexdigest()[:16]
    return EventMention(
        id=digest,
        event_type=frame.type,
        mode=frame.mode,
        contexts=contexts,
        cameo=cameo,
        quad_class=codebook.quad(frame.type),
        goldstein=codebook.goldstein(cameo),
        score=codebook.score(frame.type, frame.mode),
        sources=tuple(_actor(draft, f, article, registry) for f in draft.sources),
        targets=tuple(_actor(draft, f, article, registry) for f in draft.targets),
        symmetric="symmetric" in frame.flags,
        date=_page_date(draft.date, draft.segment),
        status=draft.status,
        location=_page_place(draft.place, draft.segment, registry),
        issue=draft.issue,
        attribution=_page_attribution(draft.attribution, draft.segment),
        start=start,
        end=end,
        quote=article.page.text[start:end],
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        language=draft.language,
        reason=draft.reason,
        confidence=round(draft.confidence, 2),
    )


def actor_mention(actor: Actor, start: int, end: int, registry: Registry) -> ActorMention:
    """An actor as events and quotations carry it, named at `start:end` of the page."""
    office = None
    if actor.office and actor.country:
        office = registry.office_title(actor.country, actor.office)
    wikidata = actor.id if actor.id and actor.id[0] == "Q" and actor.id[1:].isdigit() else None
    name = actor.name if actor.kind == "person" else None
    return ActorMention(actor.code, name, office, wikidata, start, end, actor.reason, actor.id)


def _actor(draft: Draft, filler: Filler, article: Article, registry: Registry) -> ActorMention:
    start, end = filler.elsewhere or draft.segment.span(filler.mention.name_start, filler.mention.name_end)
    actor = _holder_then(filler, draft.date.iso, article, registry) if filler.mention.form == "title" else None
    return actor_mention(actor or filler.actor, start, end, registry)


def _holder_then(filler: Filler, day: str | None, article: Article, registry: Registry) -> Actor | None:
    """Who held the office on the day of a past event, where a title alone gave somebody who did not yet.

    None where the day is not known to the month, where the tables do not say, or where they name the same person.
    """
    actor, page = filler.actor, article.published.iso or article.published.not_after
    place = actor.id if actor.kind != "person" else actor.country
    if not day or len(day) not in (7, 10) or not page or day >= page[: len(day)]:
        return None
    if not place or not actor.office or actor.former or actor.office in MANY:
        return None
    held = {h.person for h in registry.holders(place, actor.office, day)}
    if len(held) != 1 or actor.id in held:
        return None
    (identifier,) = held
    person = registry.person(identifier)
    if person is None:
        return None
    return replace(actor, id=identifier, name=person.name, kind="person", reason=f"{actor.office} of {place} on {day}")


def _page_attribution(attribution: Attribution | None, segment: Segment) -> Attribution | None:
    if attribution is None:
        return None
    start, end = segment.span(attribution.start, attribution.end)
    return replace(attribution, start=start, end=end)


def _page_date(date: EventDate, segment: Segment) -> EventDate:
    if date.start is None or date.end is None:
        return date
    start, end = segment.span(date.start, date.end)
    return replace(date, start=start, end=end)


def _page_place(place: Place | None, segment: Segment, registry: Registry) -> Place | None:
    if place is None:
        return None
    if place.start is None or place.end is None:  # worked out, not named: the country of who acts there
        state = registry.state(place.country or "")
        return replace(place, name=state.name) if state is not None and place.name == place.country else place
    start, end = segment.span(place.start, place.end)
    return replace(place, start=start, end=end)
