"""Questions to the record, as SQL over its indexes. Every function reads; none writes."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dragoman.record import words
from dragoman.record.days import bounds, months
from dragoman.record.errors import RecordError
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
    db: sqlite3.Connection,
    record: Any,
    *,
    actor: str | None = None,
    other: str | None = None,
    type: str | Sequence[str] | None = None,
    mode: str | None = None,
    status: str | Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    place: str | None = None,
    text: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    wrong: bool = False,
    limit: int | None = 100,
    after: str | None = None,
) -> EventList:
    """Events, newest first, undated ones last. See `Record.events`."""
    tables = "events e"
    where: list[str] = []
    values: list[Any] = []
    order_day, order_id = "e.day", "e.id"
    sides = [resolve(db, who) for who in (actor, other) if who]
    if any(not s for s in sides):
        return EventList(())
    sides.sort(key=lambda keys: sum(tally_of(db, k) for k in keys))
    if sides and len(sides[0]) == 1:
        tables = "event_who w JOIN events e ON e.id = w.event"
        where.append("w.who = ?")
        values.append(sides[0][0])
        order_day, order_id = "w.day", "w.event"
        sides = sides[1:]
    for keys in sides:
        marks = ",".join("?" * len(keys))
        where.append(f"EXISTS (SELECT 1 FROM event_who o WHERE o.event = e.id AND o.who IN ({marks}))")
        values.extend(keys)
    for column, wanted in (("e.event_type", type), ("e.status", status)):
        if wanted:
            several = [wanted] if isinstance(wanted, str) else list(wanted)
            where.append(f"{column} IN ({','.join('?' * len(several))})")
            values.extend(several)
    if mode:
        where.append("e.mode = ?")
        values.append(mode)
    if since:
        where.append(f"{order_day} >= ?")
        values.append(_day(since, 0))
    if until:
        where.append(f"{order_day} BETWEEN '0' AND ?")
        values.append(_day(until, 1))
    if place:
        if len(place) == 3 and place.isupper():
            where.append("e.country = ?")
            values.append(place)
        else:
            where.append("e.place = ? COLLATE NOCASE")
            values.append(place)
    if text:
        query = match(text)
        if not query:
            return EventList(())
        where.append("e.id IN (SELECT m.event FROM search s JOIN mentions m ON m.page = s.rowid WHERE search MATCH ?)")
        values.append(query)
    if language:
        where.append("EXISTS (SELECT 1 FROM mentions m WHERE m.event = e.id AND m.language = ?)")
        values.append(language)
    if outlet:
        where.append(
            "EXISTS (SELECT 1 FROM mentions m JOIN pages p ON p.id = m.page WHERE m.event = e.id AND p.outlet = ? "
            "COLLATE NOCASE)"
        )
        values.append(outlet)
    if not wrong:
        where.append("(e.verdict IS NULL OR e.verdict != 'wrong')")
    if after:
        day, row = _cursor(after)
        where.append(f"({order_day}, {order_id}) < (?, ?)")
        values.extend((day, row))
    sql = f"SELECT {_EVENT} FROM {tables} WHERE {' AND '.join(where) or '1'} ORDER BY {order_day} DESC, {order_id} DESC"
    rows = db.execute(sql + (f" LIMIT {int(limit) + 1}" if limit is not None else ""), values).fetchall()
    more = limit is not None and len(rows) > limit
    found = _events(db, record, rows[:limit] if limit is not None else rows)
    last = found[-1] if more and found else None
    return EventList(tuple(found), f"{last.day or '-'}.{last.row}" if last else None)


def _day(value: str, end: int) -> str:
    found = bounds(value)
    if not found:
        raise RecordError(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    return found[end].isoformat()


def _cursor(after: str) -> tuple[str, int]:
    day, _, row = after.rpartition(".")
    if not row.isdigit():
        raise RecordError(f"{after!r} is no cursor; give the next_cursor of an earlier answer.")
    return ("" if day == "-" else day), int(row)


def tally_of(db: sqlite3.Connection, who: str) -> int:
    row = db.execute("SELECT events FROM who_tally WHERE who = ?", (who,)).fetchone()
    return int(row[0]) if row else 0


def resolve(db: sqlite3.Connection, who: str) -> list[str]:
    """The keys under which events know `who`: a country or full code, a Wikidata or registry id, or (part of) a
    name.
    """
    if db.execute("SELECT 1 FROM who_tally WHERE who = ?", (who,)).fetchone():
        return [who]
    if db.execute("SELECT 1 FROM who_tally WHERE who = ?", (who.upper(),)).fetchone():
        return [who.upper()]
    rows = db.execute("SELECT key FROM actors WHERE wikidata = ? OR name = ? COLLATE NOCASE", (who, who)).fetchall()
    if rows:
        return [r[0] for r in rows]
    wanted = words.name_key(who)
    if not wanted:
        return []
    return [
        key
        for key, name in db.execute("SELECT key, name FROM actors WHERE name IS NOT NULL")
        if wanted <= words.name_key(name)
    ]


def match(text: str) -> str:
    """An FTS5 query for all words of `text`, folded as the index is; a part in double quotes is a phrase."""
    parts = []
    for i, piece in enumerate(text.split('"')):
        found = [w for w, _, _ in words.tokens(piece)]
        if found and i % 2:
            parts.append('"' + " ".join(found) + '"')
        else:
            parts.extend(f'"{w}"' for w in found)
    return " ".join(parts)


def event_rows(db: sqlite3.Connection, record: Any, where: str, values: Sequence[Any]) -> list[Event]:
    """Events by a condition on `events e`."""
    return _events(db, record, db.execute(f"SELECT {_EVENT} FROM events e WHERE {where}", values).fetchall())


def _events(db: sqlite3.Connection, record: Any, rows: Sequence[tuple[Any, ...]]) -> list[Event]:
    sides: dict[int, dict[str, list[Actor]]] = defaultdict(lambda: {"source": [], "target": []})
    for i in range(0, len(rows), _STEP):
        chunk = [r[0] for r in rows[i : i + _STEP]]
        for event, side, office, *actor in db.execute(
            f"SELECT x.event, x.side, x.office, {_ACTOR} FROM event_actors x JOIN actors a ON a.id = x.actor "
            f"WHERE x.event IN ({','.join('?' * len(chunk))}) ORDER BY x.event, x.side, x.position",
            chunk,
        ):
            sides[event][side].append(replace(_actor(actor), office=office))
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
    "m.language, m.reason, m.confidence, e.uid, m.sentence, m.in_lead"
)


def mentions(db: sqlite3.Connection, where: str, values: Sequence[Any]) -> tuple[Mention, ...]:
    """Mentions by a condition on `mentions m`, `pages p`, `events e`; the earliest page first."""
    rows = db.execute(
        f"SELECT {_MENTION}, {_PAGE} FROM mentions m JOIN pages p ON p.id = m.page JOIN events e ON e.id = m.event "
        f"WHERE {where} ORDER BY coalesce(p.published, '9'), m.id",
        values,
    ).fetchall()
    sides: dict[int, list[tuple[str, int, int, str, Actor]]] = defaultdict(list)
    for i in range(0, len(rows), _STEP):
        chunk = [r[0] for r in rows[i : i + _STEP]]
        for m, side, start, end, reason, name, code, office, *actor in db.execute(
            f'SELECT x.mention, x.side, x.start, x."end", x.reason, x.name, x.code, x.office, {_ACTOR} '
            f"FROM mention_actors x JOIN actors a ON a.id = x.actor WHERE x.mention IN ({','.join('?' * len(chunk))}) "
            "ORDER BY x.mention, x.side, x.position",
            chunk,
        ):
            told = replace(_actor(actor), code=code, name=name, office=office)
            sides[m].append((side, start, end, reason, told))
    return tuple(_mention(row, sides[row[0]]) for row in rows)


def _mention(row: tuple[Any, ...], own: list[tuple[str, int, int, str, Actor]]) -> Mention:
    place, country, latitude, longitude = row[17:21]
    return Mention(
        key=row[1],
        coded_id=row[2],
        page=PageInfo(*row[34:47]),
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
    )


def _actor(columns: Sequence[Any]) -> Actor:
    key, kind, code, country, sector, name, wikidata = columns
    return Actor(key, kind, code, country, sector, name, wikidata)


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


def actors(db: sqlite3.Connection, kind: str | None, like: str | None, limit: int | None) -> list[Actor]:
    """Actors with the number of their events, most first."""
    where = ["t.events > 0"]
    values: list[str] = []
    if kind:
        where.append("a.kind = ?")
        values.append(kind)
    sql = (
        f"SELECT {_ACTOR}, NULL, t.events FROM who_tally t JOIN actors a ON a.key = t.who WHERE {' AND '.join(where)} "
        "ORDER BY t.events DESC, a.key"
    )
    if like:
        wanted = words.name_key(like) or {like.lower()}
        found = [Actor(*r) for r in db.execute(sql, values)]
        found = [a for a in found if a.code.lower() == like.lower() or (a.name and wanted <= words.name_key(a.name))]
        return found[:limit] if limit is not None else found
    return [Actor(*r) for r in db.execute(sql + (f" LIMIT {int(limit)}" if limit is not None else ""), values)]


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
    if key == country:
        columns = "count(*), sum(quad_class < 3), sum(quad_class > 2)"
        rows = db.execute(
            f"SELECT b, {columns} FROM event_dyads WHERE a = ? AND b != a GROUP BY b "
            f"UNION ALL SELECT a, {columns} FROM event_dyads WHERE b = ? AND a != b GROUP BY a ORDER BY 2 DESC, 1 "
            "LIMIT ?",
            (key, key, limit),
        )
    else:
        rows = db.execute(
            "SELECT o.who, count(*), sum(w.quad_class < 3), sum(w.quad_class > 2) FROM event_who w "
            "JOIN event_who o ON o.event = w.event WHERE w.who = ? AND o.who NOT IN (?, ?) AND "
            "(length(o.who) = 3 OR o.who LIKE 'IGO%') GROUP BY o.who ORDER BY 2 DESC, 1 LIMIT ?",
            (key, key, country, limit),
        )
    return tuple(Partner(*r) for r in rows)


def activity(db: sqlite3.Connection, key: str) -> tuple[int, str | None, str | None, tuple[Period, ...]]:
    """(number of events, first day, last day, monthly counts) of an actor, months without events included."""
    total, first, last = db.execute(
        "SELECT count(*), min(nullif(day, '')), max(day) FROM event_who WHERE who = ?", (key,)
    ).fetchone()
    rows = db.execute(
        "SELECT substr(day, 1, 7), count(*), sum(quad_class = 1), sum(quad_class = 2), sum(quad_class = 3), "
        "sum(quad_class = 4), avg(score), sum(families) FROM event_who WHERE who = ? AND day != '' GROUP BY 1",
        (key,),
    )
    periods = [Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows]
    return total, first, last or None, _filled(periods, None, None)


def offices(db: sqlite3.Connection, key: str) -> tuple[OfficeSeen, ...]:
    """Offices under which mentions name an actor."""
    rows = db.execute(
        "SELECT x.office, coalesce(min(nullif(e.day, '')), ''), coalesce(max(nullif(e.day, '')), ''), count(*) "
        "FROM mention_actors x JOIN actors a ON a.id = x.actor JOIN mentions m ON m.id = x.mention "
        "JOIN events e ON e.id = m.event WHERE a.key = ? AND x.office IS NOT NULL GROUP BY x.office ORDER BY 2, 1",
        (key,),
    )
    return tuple(OfficeSeen(*r) for r in rows)


def quotations(db: sqlite3.Connection, key: str, limit: int, texts: Any) -> tuple[Quotation, ...]:
    """An actor's words, the latest page first. `texts(page)` gives a page's text."""
    rows = db.execute(
        f'SELECT {_PAGE}, q.start, q."end", q.cue, q.direct, q.speaker FROM quotes q JOIN actors a ON a.id = q.actor '
        "JOIN pages p ON p.id = q.page WHERE a.key = ? ORDER BY coalesce(p.published, '') DESC, q.id LIMIT ?",
        (key, limit),
    ).fetchall()
    found = []
    for row in rows:
        page = PageInfo(*row[:13])
        start, end, cue, direct, speaker = row[13:]
        who = json.loads(speaker) if speaker else [None, None, None]
        found.append(
            Quotation(page, start, end, texts(page.id)[start:end], who[1] or who[0], who[2], cue, bool(direct))
        )
    return tuple(found)


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
    where, values = ["a = ? AND b = ?", f"status IN ({','.join('?' * len(statuses))})"], [a, b, *statuses]
    if types:
        where.append(f"event_type IN ({','.join('?' * len(types))})")
        values.extend(types)
    if since:
        where.append("day >= ?")
        values.append(_day(since, 0))
    if until:
        where.append("day <= ?")
        values.append(_day(until, 1))
    rows = db.execute(
        "SELECT substr(day, 1, 7), count(*), sum(quad_class = 1), sum(quad_class = 2), sum(quad_class = 3), "
        "sum(quad_class = 4), "
        f"avg(score), sum(families) FROM event_dyads WHERE {' AND '.join(where)} GROUP BY 1 ORDER BY 1",
        values,
    ).fetchall()
    found = {r[0]: Period(r[0], r[1], (r[2], r[3], r[4], r[5]), round(r[6], 3), r[7]) for r in rows}
    if not found and not (since and until):
        return ()
    first = _day(since, 0)[:7] if since else min(found)
    last = _day(until, 1)[:7] if until else max(found)
    return tuple(found.get(m, Period(m, 0, (0, 0, 0, 0))) for m in months(first, last))


def tally(
    db: sqlite3.Connection, since: str | None, until: str | None, statuses: Sequence[str] | None
) -> tuple[Period, ...]:
    """Monthly counts over everything, from the kept tally; months without events included."""
    where = ["month != ''", "events > 0"]
    values: list[str] = []
    if statuses:
        where.append(f"status IN ({','.join('?' * len(statuses))})")
        values.extend(statuses)
    rows = db.execute(
        "SELECT month, sum(events), sum(events * (quad_class = 1)), sum(events * (quad_class = 2)), sum(events * "
        "(quad_class = 3)), "
        f"sum(events * (quad_class = 4)) FROM month_tally WHERE {' AND '.join(where)} GROUP BY month",
        values,
    )
    return _filled([Period(r[0], r[1], (r[2], r[3], r[4], r[5])) for r in rows], since, until)


def count_periods(
    found: Iterable[tuple[str, int, float, int]], width: int, since: str | None, until: str | None
) -> tuple[Period, ...]:
    """Periods from (day, quad class, score, independent sources); `width` characters of the day are the period."""
    quads: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    scores: dict[str, float] = defaultdict(float)
    families: dict[str, int] = defaultdict(int)
    for day, quad, score, sources in found:
        period = day[:width]
        if period:
            quads[period][quad - 1] += 1
            scores[period] += score
            families[period] += sources
    periods = [
        Period(p, sum(q), (q[0], q[1], q[2], q[3]), round(scores[p] / sum(q), 3), families[p])
        for p, q in sorted(quads.items())
    ]
    return _filled(periods, since, until) if width == 7 else tuple(periods)


def _filled(periods: list[Period], since: str | None, until: str | None) -> tuple[Period, ...]:
    known = {p.period: p for p in periods}
    first = _day(since, 0)[:7] if since else min(known, default=None)
    last = _day(until, 1)[:7] if until else max(known, default=None)
    if first is None or last is None:
        return ()
    return tuple(known.get(m, Period(m, 0, (0, 0, 0, 0))) for m in months(first, last))


def page_infos(db: sqlite3.Connection, where: str, values: Sequence[Any]) -> list[PageInfo]:
    """Pages by a condition on `pages p`."""
    return [PageInfo(*r) for r in db.execute(f"SELECT {_PAGE} FROM pages p WHERE {where}", values)]
