"""Questions to the record, as SQL over its indexes. Every function reads; none writes."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from dragoman.record import selection
from dragoman.record.answers import Quotation
from dragoman.record.filters import EventFilter, Order
from dragoman.record.parameters import chunks, marks
from dragoman.record.values import Actor, Event, EventList, FieldValue, Location, Mention, PageInfo

_EVENT = (
    "e.id, e.uid, e.event_type, e.mode, e.contexts, e.cameo, e.quad_class, e.goldstein, e.score, e.symmetric, "
    "e.date, e.precision, "
    "e.day, e.last_day, e.status, e.place, e.country, e.latitude, e.longitude, e.issue, e.confidence, e.mentions, "
    "e.pages, "
    "e.families, e.languages, e.disagreements, e.verdict, (SELECT quote FROM mentions WHERE id = e.lead)"
)
_PAGE = (
    "p.id, p.sha256, p.file, p.url, p.outlet, p.original_source, p.title, p.language, p.published, "
    "p.published_reason, p.family, p.added, p.length"
)
ACTOR = "a.key, a.kind, a.code, a.country, a.sector, a.name, a.wikidata"


def events(
    db: sqlite3.Connection, record: Any, wanted: EventFilter, *, order: Order, limit: int | None, after: str | None
) -> EventList:
    """Events of a filter in an order. See `Record.events`."""
    chosen = selection.select(db, wanted, order)
    if chosen is None:
        return EventList(())
    key, row, direction = chosen.order(order)
    where, values = list(chosen.where), list(chosen.values)
    if after:
        where.append(f"({key}, {row}) {'>' if direction == 'ASC' else '<'} (?, ?)")
        values.extend(selection.position(after, order))
    sql = f"SELECT {_EVENT}, {key} FROM {chosen.tables} WHERE {' AND '.join(where)} "
    sql += f"ORDER BY {key} {direction}, {row} {direction}"
    rows = db.execute(sql + (f" LIMIT {int(limit) + 1}" if limit is not None else ""), values).fetchall()
    more = limit is not None and len(rows) > limit
    found = _events(db, record, rows[:limit] if limit is not None else rows)
    last = rows[len(found) - 1] if more and found else None
    return EventList(tuple(found), selection.cursor(last[-1], last[0]) if last else None)


def event_rows(db: sqlite3.Connection, record: Any, where: str, values: Sequence[Any]) -> list[Event]:
    """Events by a condition on `events e`."""
    return _events(db, record, db.execute(f"SELECT {_EVENT} FROM events e WHERE {where}", values).fetchall())


def _events(db: sqlite3.Connection, record: Any, rows: Sequence[tuple[Any, ...]]) -> list[Event]:
    sides: dict[int, dict[str, list[Actor]]] = defaultdict(lambda: {"source": [], "target": []})
    for chunk in chunks([r[0] for r in rows]):
        for event, side, office, key, kind, code, country, sector, name, wikidata in db.execute(
            f"SELECT x.event, x.side, x.office, {ACTOR} FROM event_actors x JOIN actors a ON a.id = x.actor "
            f"WHERE x.event IN ({marks(chunk)}) ORDER BY x.event, x.side, x.position",
            chunk,
        ):
            sides[event][side].append(Actor(key, kind, code, country, sector, name, wikidata, office))
    found = []
    for row in rows:
        place, country, latitude, longitude = row[15:19]
        found.append(
            Event(
                id=row[1],
                event_type=row[2],
                mode=row[3],
                contexts=tuple(json.loads(row[4])),
                cameo=row[5],
                quad_class=row[6],
                goldstein=row[7],
                score=row[8],
                sources=tuple(sides[row[0]]["source"]),
                targets=tuple(sides[row[0]]["target"]),
                symmetric=bool(row[9]),
                date=row[10],
                precision=row[11],
                day=row[12],
                last_day=row[13],
                status=row[14],
                location=Location(place, country, latitude, longitude) if place or country else None,
                issue=row[19],
                confidence=row[20],
                mention_count=row[21],
                page_count=row[22],
                independent_sources=row[23],
                languages=tuple(json.loads(row[24])),
                disagreement_count=row[25],
                verdict=row[26],
                quote=row[27] or "",
                row=row[0],
                _record=record,
            )
        )
    return found


_MENTION = (
    "m.id, m.key, m.coded_id, m.event_type, m.mode, m.contexts, m.cameo, m.quad_class, m.goldstein, m.score, "
    "m.symmetric, m.date, m.precision, m.date_start, m.date_end, m.date_reason, m.status, m.place, m.country, "
    'm.latitude, m.longitude, m.issue, m.attribution, m.start, m."end", m.quote, m.sentence_start, m.sentence_end, '
    "m.language, m.reason, m.confidence, e.uid, m.sentence, m.in_lead, m.place_start, m.place_end, "
    "m.attribution_start, m.attribution_end"
)


def mentions(db: sqlite3.Connection, where: str, values: Sequence[Any]) -> tuple[Mention, ...]:
    """Mentions by a condition on `mentions m`, `pages p`, `events e`; the earliest page first."""
    rows = db.execute(
        f"SELECT {_MENTION}, {_PAGE} FROM mentions m JOIN pages p ON p.id = m.page JOIN events e ON e.id = m.event "
        f"WHERE {where} ORDER BY coalesce(p.published, '9'), m.id",
        values,
    ).fetchall()
    sides: dict[int, list[tuple[str, int, int, str, Actor]]] = defaultdict(list)
    for chunk in chunks([r[0] for r in rows]):
        for m, side, start, end, reason, name, code, office, key, kind, _, country, sector, _, wikidata in db.execute(
            f'SELECT x.mention, x.side, x.start, x."end", x.reason, x.name, x.code, x.office, {ACTOR} '
            f"FROM mention_actors x JOIN actors a ON a.id = x.actor WHERE x.mention IN ({marks(chunk)}) "
            "ORDER BY x.mention, x.side, x.position",
            chunk,
        ):
            told = Actor(key, kind, code, country, sector, name, wikidata, office)
            sides[m].append((side, start, end, reason, told))
    return tuple(_mention(row, sides[row[0]]) for row in rows)


def tellers(db: sqlite3.Connection, event: int, limit: int) -> list[tuple[int, str, PageInfo]]:
    """(mention row, mention key, page) of an event, the earliest page first: who tells it, without what they say.

    Of more than `limit` those on the pages that were added first.
    """
    rows = db.execute(
        f"SELECT m.id, m.key, {_PAGE} FROM (SELECT id, key, page FROM mentions WHERE event = ? ORDER BY page LIMIT ?) "
        "m JOIN pages p ON p.id = m.page ORDER BY coalesce(p.published, '9'), m.id",
        (event, limit),
    )
    return [(row, key, PageInfo(*page)) for row, key, *page in rows]


def mentions_by_row(db: sqlite3.Connection, rows: Sequence[int]) -> tuple[Mention, ...]:
    """The mentions of these rows, in this order."""
    keys: dict[int, str] = {}
    found: dict[str, Mention] = {}
    for chunk in chunks(rows):
        of_chunk = f"m.id IN ({marks(chunk)})"
        keys |= dict(db.execute(f"SELECT m.id, m.key FROM mentions m WHERE {of_chunk}", chunk).fetchall())
        found |= {m.key: m for m in mentions(db, of_chunk, chunk)}
    return tuple(found[keys[row]] for row in rows)


def _mention(row: tuple[Any, ...], own: list[tuple[str, int, int, str, Actor]]) -> Mention:
    place, country, latitude, longitude = row[17:21]
    return Mention(
        key=row[1],
        coded_id=row[2],
        page=PageInfo(*row[38:51]),
        event_type=row[3],
        mode=row[4],
        contexts=tuple(json.loads(row[5])),
        cameo=row[6],
        quad_class=row[7],
        goldstein=row[8],
        score=row[9],
        symmetric=bool(row[10]),
        sources=tuple(x[4] for x in own if x[0] == "source"),
        targets=tuple(x[4] for x in own if x[0] == "target"),
        actor_spans=tuple((x[0], x[1], x[2], x[3]) for x in own),
        date=row[11],
        precision=row[12],
        date_span=(row[13], row[14]) if row[13] is not None and row[14] is not None else None,
        date_reason=row[15],
        status=row[16],
        location=Location(place, country, latitude, longitude) if place or country else None,
        issue=row[21],
        attribution=row[22],
        start=row[23],
        end=row[24],
        quote=row[25],
        sentence_start=row[26],
        sentence_end=row[27],
        language=row[28],
        reason=row[29],
        confidence=row[30],
        event=row[31],
        sentence=row[32],
        in_lead=bool(row[33]),
        place_span=(row[34], row[35]) if row[34] is not None and row[35] is not None else None,
        attribution_span=(row[36], row[37]) if row[36] is not None and row[37] is not None else None,
    )


def last_added(db: sqlite3.Connection, rows: Sequence[int]) -> dict[str, str]:
    """{event id: when the last page that tells of it was added} of events by their rows."""
    found: dict[str, str] = {}
    for chunk in chunks(rows):
        found |= dict(
            db.execute(
                "SELECT e.uid, max(p.added) FROM events e JOIN mentions m ON m.event = e.id "
                f"JOIN pages p ON p.id = m.page WHERE e.id IN ({marks(chunk)}) GROUP BY e.id",
                chunk,
            ).fetchall()
        )
    return found


def field_values(db: sqlite3.Connection, event: int) -> tuple[FieldValue, ...]:
    """All values of the fields on which an event's mentions differ, by field, the best first."""
    keys = dict(db.execute("SELECT id, key FROM mentions WHERE event = ?", (event,)).fetchall())
    return tuple(
        FieldValue(name, value, families, tuple(keys[m] for m in json.loads(told) if m in keys), bool(best), reason)
        for name, value, families, told, best, reason in db.execute(
            "SELECT field, value, families, mentions, best, reason FROM event_fields WHERE event = ? "
            "ORDER BY field, best DESC, families DESC, value",
            (event,),
        )
    )


def quotations(db: sqlite3.Connection, key: str, limit: int, text_of: Callable[[int], str]) -> tuple[Quotation, ...]:
    """An actor's words, the latest page first. `text_of(page)` gives a page's text."""
    rows = db.execute(
        "SELECT id FROM quotes WHERE actor = (SELECT id FROM actors WHERE key = ?) ORDER BY published DESC, id LIMIT ?",
        (key, limit),
    )
    return quotations_by_row(db, [r[0] for r in rows], text_of)


def quotations_by_row(
    db: sqlite3.Connection, rows: Sequence[int], text_of: Callable[[int], str]
) -> tuple[Quotation, ...]:
    """The quotations of these rows, in this order."""
    found: dict[int, Quotation] = {}
    for chunk in chunks(rows):
        for number, start, end, cue, direct, speaker, *page in db.execute(
            f'SELECT q.id, q.start, q."end", q.cue, q.direct, q.speaker, {_PAGE} FROM quotes q '
            f"JOIN pages p ON p.id = q.page WHERE q.id IN ({marks(chunk)})",
            chunk,
        ):
            info = PageInfo(*page)
            code, name, office, *_ = json.loads(speaker) if speaker else (None, None, None)
            words = text_of(info.id)[start:end]
            found[number] = Quotation(info, start, end, words, name or code, office, cue, bool(direct))
    return tuple(found[row] for row in rows)


def quotes_on(db: sqlite3.Connection, page: int, text: str) -> tuple[Quotation, ...]:
    """The quotations of a page, whose text is `text`, in page order."""
    rows = db.execute("SELECT id FROM quotes WHERE page = ? ORDER BY start, id", (page,))
    return quotations_by_row(db, [r[0] for r in rows], lambda _: text)


def page_infos(db: sqlite3.Connection, where: str, values: Sequence[Any]) -> list[PageInfo]:
    """Pages by a condition on `pages p`."""
    return [PageInfo(*r) for r in db.execute(f"SELECT {_PAGE} FROM pages p WHERE {where}", values)]
