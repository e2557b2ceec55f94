"""Questions to the record, as SQL over its indexes. Every function reads; none writes."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dragoman.record import rollups, selection
from dragoman.record.days import months
from dragoman.record.filters import EventFilter, Order
from dragoman.record.selection import boundary, marks, tally_of
from dragoman.record.values import (
    Actor,
    Event,
    EventList,
    FieldValue,
    Location,
    Mention,
    OfficeSeen,
    PageInfo,
    Partner,
    Period,
    Quotation,
)

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
_ACTOR = "a.key, a.kind, a.code, a.country, a.sector, a.name, a.wikidata"
_STEP = 500


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


def chunks(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """`rows` in parts that one statement may name."""
    return (rows[i : i + _STEP] for i in range(0, len(rows), _STEP))


def event_rows(db: sqlite3.Connection, record: Any, where: str, values: Sequence[Any]) -> list[Event]:
    """Events by a condition on `events e`."""
    return _events(db, record, db.execute(f"SELECT {_EVENT} FROM events e WHERE {where}", values).fetchall())


def _events(db: sqlite3.Connection, record: Any, rows: Sequence[tuple[Any, ...]]) -> list[Event]:
    sides: dict[int, dict[str, list[Actor]]] = defaultdict(lambda: {"source": [], "target": []})
    for chunk in chunks([r[0] for r in rows]):
        for event, side, office, key, kind, code, country, sector, name, wikidata in db.execute(
            f"SELECT x.event, x.side, x.office, {_ACTOR} FROM event_actors x JOIN actors a ON a.id = x.actor "
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
            f'SELECT x.mention, x.side, x.start, x."end", x.reason, x.name, x.code, x.office, {_ACTOR} '
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


def _actor(columns: Sequence[Any]) -> Actor:
    key, kind, code, country, sector, name, wikidata = columns
    return Actor(key, kind, code, country, sector, name, wikidata)


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


def actor(db: sqlite3.Connection, key: str) -> Actor | None:
    """The actor known under `key`; a bare country or organisation counts even where only its officials act."""
    row = db.execute(f"SELECT {_ACTOR} FROM actors a WHERE a.key = ?", (key,)).fetchone()
    if row:
        return replace(_actor(row), events=tally_of(db, key))
    if tally_of(db, key):
        country, _, sector = key.partition(":")
        return Actor(
            key,
            "state" if len(country) == 3 else "organisation",
            key,
            country,
            sector or None,
            None,
            None,
            None,
            tally_of(db, key),
        )
    return None


def partners(db: sqlite3.Connection, key: str, country: str, limit: int) -> tuple[Partner, ...]:
    """Countries and organisations that `key` has (dated, for a country) events with, most first."""
    rows = db.execute(
        "SELECT partner, cooperation + conflict AS events, cooperation, conflict FROM partner_tally "
        "WHERE who = ? AND partner != ? AND (length(partner) = 3 OR partner LIKE 'IGO%') AND events > 0 "
        "ORDER BY events DESC, partner LIMIT ?",
        (key, country, limit),
    )
    return tuple(Partner(*r) for r in rows)


def activity(db: sqlite3.Connection, key: str) -> tuple[int, str | None, str | None, tuple[Period, ...]]:
    """(number of events, first day, last day, monthly counts) of an actor, months without events included."""
    total, first, last = db.execute(
        "SELECT (SELECT events FROM who_tally WHERE who = :who), "
        "(SELECT day FROM event_who WHERE who = :who AND day != '' ORDER BY day LIMIT 1), "
        "(SELECT day FROM event_who WHERE who = :who ORDER BY day DESC LIMIT 1)",
        {"who": key},
    ).fetchone()
    periods = party_months(db, EventFilter(actor=(key,), wrong=True), key)
    return total or 0, first, last or None, periods


def offices(db: sqlite3.Connection, key: str) -> tuple[OfficeSeen, ...]:
    """Offices under which mentions name an actor."""
    seen = "SELECT day FROM event_offices WHERE actor = t.actor AND office = t.office AND day > '' ORDER BY day"
    rows = db.execute(
        f"SELECT t.office, coalesce(({seen} LIMIT 1), ''), coalesce(({seen} DESC LIMIT 1), ''), t.mentions "
        "FROM office_tally t WHERE t.actor = (SELECT id FROM actors WHERE key = ?) AND t.mentions > 0 ORDER BY 2, 1",
        (key,),
    )
    return tuple(OfficeSeen(*r) for r in rows)


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


def dyad(
    db: sqlite3.Connection,
    a: str,
    b: str,
    since: str | None,
    until: str | None,
    statuses: Sequence[str],
    types: Sequence[str],
) -> tuple[Period, ...]:
    """Monthly counts between two countries or organisations, months without events included."""
    a, b = sorted((a, b))
    where, values = ["a = ? AND b = ? AND faced", f"status IN ({','.join('?' * len(statuses))})"], [a, b, *statuses]
    if types:
        where.append(f"event_type IN ({','.join('?' * len(types))})")
        values.extend(types)
    if since:
        where.append("day >= ?")
        values.append(boundary(since, 0))
    if until:
        where.append("day <= ?")
        values.append(boundary(until, 1))
    rows = db.execute(
        "SELECT substr(day, 1, 7), count(*), sum(quad_class = 1), sum(quad_class = 2), sum(quad_class = 3), "
        "sum(quad_class = 4), "
        f"avg(score), sum(families) FROM event_dyads WHERE {' AND '.join(where)} GROUP BY 1 ORDER BY 1",
        values,
    ).fetchall()
    found = {r[0]: Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows}
    if not found and not (since and until):
        return ()
    first = boundary(since, 0)[:7] if since else min(found)
    last = boundary(until, 1)[:7] if until else max(found)
    return tuple(found.get(m, Period(m, 0, (0, 0, 0, 0))) for m in months(first, last))


def tally(db: sqlite3.Connection, wanted: EventFilter) -> tuple[Period, ...]:
    """Monthly counts of a filter that asks for nothing but status, type, quad class and dates, from the kept tally;
    months without events included.
    """
    where, values = _several(wanted)
    told = " AND ".join(["month != ''", *where])
    counted = f"SELECT month, quad_class, events FROM month_tally WHERE {told}"
    judged = f"SELECT substr(day, 1, 7) AS month, quad_class, -1 FROM events WHERE verdict = 'wrong' AND {told}"
    rows = db.execute(
        f"SELECT month, sum(events), {_quads('events')} FROM ("
        + (counted if wanted.wrong else f"{counted} UNION ALL {judged}")
        + ") GROUP BY month HAVING sum(events) > 0",
        values if wanted.wrong else values * 2,
    )
    return _filled([Period(r[0], r[1], (r[2], r[3], r[4], r[5])) for r in rows], wanted.since, wanted.until)


def party_months(db: sqlite3.Connection, wanted: EventFilter, who: str) -> tuple[Period, ...]:
    """The same for one party (a key as `resolve` gives it) and whole months, with scores and sources."""
    where, values = _several(wanted)
    told = " AND ".join(["who = ?", *where])
    columns = "quad_class, events, score, families"
    judged = (
        "SELECT substr(day, 1, 7) AS month, quad_class, -1, -score, -families FROM event_who "
        f"WHERE {told} AND day != '' AND event IN (SELECT id FROM events WHERE verdict = 'wrong')"
    )
    counted = f"SELECT month, {columns} FROM party_tally WHERE {told} AND month > ''"
    rows = db.execute(
        f"SELECT month, sum(events), {_quads('events')}, sum(score) / sum(events), sum(families) FROM ("
        + (counted if wanted.wrong else f"{counted} UNION ALL {judged}")
        + ") GROUP BY month HAVING sum(events) > 0",
        [who, *values] * (1 if wanted.wrong else 2),
    )
    since = boundary(wanted.since, 0)[:7] if wanted.since else "0"
    until = boundary(wanted.until, 1)[:7] if wanted.until else "9999-12"
    periods = [Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows]
    return _filled([p for p in periods if since <= p.period <= until], wanted.since, wanted.until)


def _several(wanted: EventFilter) -> tuple[list[str], list[Any]]:
    """The conditions of a filter on status, type and quad class."""
    where: list[str] = []
    values: list[Any] = []
    for column, several in (
        ("status", wanted.status), ("event_type", wanted.type), ("quad_class", wanted.quad_class)
    ):  # fmt: skip
        if several:
            where.append(f"{column} IN ({marks(several)})")
            values += several
    return where, values


def _quads(number: str) -> str:
    return ", ".join(f"sum({number} * (quad_class = {quad}))" for quad in (1, 2, 3, 4))


WIDTHS = {"day": 10, "month": 7, "year": 4}  # characters of a day


def series(db: sqlite3.Connection, wanted: EventFilter, by: str) -> tuple[Period, ...]:
    """Counts of a filter's dated events by `day`, `month` or `year`; months without events are included."""
    asked = set(wanted.values()) - {"status", "type", "quad_class", "since", "until", "wrong"}
    if by == "month" and rollups.whole_months(wanted):
        if not asked:
            return tally(db, wanted)
        if asked == {"actor"} and len(keys := [k for a in wanted.actor for k in selection.resolve(db, a)]) == 1:
            return party_months(db, wanted, keys[0])
    chosen = selection.select(db, wanted, count=True)
    if chosen is None:
        return ()
    n = chosen.numbers
    quads = ", ".join(f"sum({n}.quad_class = {quad})" for quad in (1, 2, 3, 4))
    rows = db.execute(
        f"SELECT substr({chosen.day}, 1, {WIDTHS[by]}) AS period, count(*), {quads}, avg({n}.score), sum({n}.families) "
        f"{chosen.sql} AND {chosen.day} != '' GROUP BY period ORDER BY period",
        chosen.values,
    )
    periods = [Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows]
    return _filled(periods, wanted.since, wanted.until) if by == "month" else tuple(periods)


def _filled(periods: list[Period], since: str | None, until: str | None) -> tuple[Period, ...]:
    known = {p.period: p for p in periods}
    first = boundary(since, 0)[:7] if since else min(known, default=None)
    last = boundary(until, 1)[:7] if until else max(known, default=None)
    if first is None or last is None:
        return ()
    return tuple(known.get(m, Period(m, 0, (0, 0, 0, 0))) for m in months(first, last))


def page_infos(db: sqlite3.Connection, where: str, values: Sequence[Any]) -> list[PageInfo]:
    """Pages by a condition on `pages p`."""
    return [PageInfo(*r) for r in db.execute(f"SELECT {_PAGE} FROM pages p WHERE {where}", values)]
