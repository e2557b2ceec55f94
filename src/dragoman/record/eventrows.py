"""The rows of one event: what its mentions tell together, and the tables that questions are asked of."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations, product
from typing import Any

from dragoman.record import judgements
from dragoman.record.account import UNKNOWN, Account
from dragoman.record.days import bounds
from dragoman.record.fields import Summary, Told, summarise
from dragoman.record.parameters import chunks, marks

TABLES = ("event_actors", "event_who", "event_dyads", "event_offices", "event_fields")  # what follows from an event


def clear(db: sqlite3.Connection, event: int) -> None:
    """Take an event out of the tables that follow from it."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table} WHERE event = ?", (event,))


def delete(db: sqlite3.Connection, event: int) -> None:
    """Delete an event that has no mentions any more."""
    clear(db, event)
    db.execute("DELETE FROM event_parts WHERE whole = ? OR part = ?", (event, event))
    db.execute("DELETE FROM events WHERE id = ?", (event,))


def write(
    db: sqlite3.Connection, event: int | None, uid: str, group: list[int], accounts: Mapping[int, Account]
) -> int:
    """Write the event `uid` of the mentions `group` (first account first), as row `event` or a new one; its row."""
    told = tell(db, group, accounts)
    summary = judgements.corrected(db, group, summarise(told))
    values = _event_values(summary, len(group), judgements.verdict(db, group))
    if event is None:
        values["uid"] = uid
        names = ", ".join(values)
        cursor = db.execute(f"INSERT INTO events ({names}) VALUES ({marks(values)})", tuple(values.values()))
        event = int(cursor.lastrowid or 0)
    else:
        clear(db, event)
        sets = ", ".join(f"{name} = ?" for name in values)
        db.execute(f"UPDATE events SET {sets} WHERE id = ?", (*values.values(), event))
    db.executemany("UPDATE mentions SET event = ? WHERE id = ?", ((event, m) for m in group))
    _write_actors(db, event, summary, values)
    offices = Counter((actor, office) for t in told for _, actor, _, _, office in t.actors if office is not None)
    db.executemany(
        "INSERT INTO event_offices VALUES (?, ?, ?, ?, ?)",
        ((actor, office, values["day"], event, n) for (actor, office), n in offices.items()),
    )
    db.executemany(
        "INSERT INTO event_fields VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((event, v.field, v.value, v.families, json.dumps(v.mentions), v.best, v.reason) for v in summary.values),
    )
    return event


def _write_actors(db: sqlite3.Connection, event: int, summary: Summary, values: Mapping[str, object]) -> None:
    day = str(values["day"])
    sides: dict[str, set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = {"source": set(), "target": set()}
    positions: Counter[str] = Counter()
    for side, actor, office in summary.actors:
        key, code, country = db.execute("SELECT key, code, country FROM actors WHERE id = ?", (actor,)).fetchone()
        db.execute("INSERT INTO event_actors VALUES (?, ?, ?, ?, ?)", (event, side, positions[side], actor, office))
        positions[side] += 1
        for who in {key, code, country} - {"", UNKNOWN}:
            sides[who].add(side)
        if country:
            countries[side].add(country)
    about = tuple(values[n] for n in ("event_type", "quad_class", "status", "score", "families"))
    db.executemany(
        "INSERT INTO event_who (who, day, event, side, event_type, quad_class, status, score, families) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((who, day, event, "both" if len(s) > 1 else next(iter(s)), *about) for who, s in sorted(sides.items())),
    )
    together = set(combinations(sorted(countries["source"] | countries["target"]), 2))
    faced = {(min(a, b), max(a, b)) for a, b in product(countries["source"], countries["target"])} if day else set()
    if values["symmetric"] and day:
        faced |= together
    db.executemany(
        "INSERT INTO event_dyads (a, b, day, event, event_type, quad_class, status, score, families, faced) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((a, b, day, event, *about, (a, b) in faced) for a, b in sorted(together | faced)),
    )


def _event_values(summary: Summary, mentions: int, verdict: str | None) -> dict[str, object]:
    typed, at = summary.event_type, summary.place
    days = bounds(summary.date)
    return {
        "event_type": typed.event_type,
        "mode": typed.mode,
        "contexts": json.dumps(typed.contexts),
        "cameo": typed.cameo,
        "quad_class": typed.quad_class,
        "goldstein": typed.goldstein,
        "score": typed.score,
        "symmetric": any((typed.symmetric, summary.lead.symmetric)),
        "date": summary.date,
        "precision": summary.precision,
        "day": days[0].isoformat() if days else "",
        "last_day": days[1].isoformat() if days else "",
        "status": summary.status,
        "place": at.place if at else None,
        "country": summary.country,
        "latitude": at.latitude if at else None,
        "longitude": at.longitude if at else None,
        "issue": summary.issue,
        "confidence": summary.confidence,
        "mentions": mentions,
        "pages": summary.pages,
        "families": summary.families,
        "languages": json.dumps(summary.languages),
        "disagreements": summary.disagreements,
        "verdict": verdict,
        "lead": summary.lead.mention,
    }


def tell(connection: sqlite3.Connection, mentions: list[int], accounts: Mapping[int, Account]) -> list[Told]:
    """What the stored `mentions` tell, for `fields.summarise`."""
    found: list[Told] = []
    for chunk in chunks(mentions):
        among = f"IN ({marks(chunk)})"
        actors: dict[int, list[tuple[str, int, str, bool, str | None]]] = defaultdict(list)
        for m, side, actor, country, kind, office in connection.execute(
            "SELECT x.mention, x.side, x.actor, a.country, a.kind, x.office FROM mention_actors x "
            f"JOIN actors a ON a.id = x.actor WHERE x.mention {among} ORDER BY x.mention, x.side, x.position",
            chunk,
        ):
            actors[m].append((side, actor, country, kind == "person", office))
        rows = connection.execute(
            "SELECT m.id, m.key, p.family, coalesce(p.published, ''), m.confidence, m.event_type, m.mode, m.contexts, "
            "m.cameo, m.quad_class, m.goldstein, m.score, m.symmetric, m.date, m.precision, m.status, m.place, "
            "m.country, m.latitude, m.longitude, m.issue, m.language, m.page, m.date_start FROM mentions m "
            f"JOIN pages p ON p.id = m.page WHERE m.id {among}",
            chunk,
        ).fetchall()
        found.extend(_told(r, tuple(actors[r[0]]), tuple(sorted(accounts[r[0]].numbers))) for r in rows)
    return found


def _told(
    row: tuple[Any, ...], actors: tuple[tuple[str, int, str, bool, str | None], ...], numbers: tuple[str, ...]
) -> Told:
    return Told(
        mention=row[0],
        key=row[1],
        family=row[2],
        published=row[3],
        confidence=row[4],
        event_type=row[5],
        mode=row[6],
        contexts=tuple(json.loads(row[7])),
        cameo=row[8],
        quad_class=row[9],
        goldstein=row[10],
        score=row[11],
        symmetric=bool(row[12]),
        date=row[13],
        precision=row[14],
        status=row[15],
        place=row[16],
        country=row[17],
        latitude=row[18],
        longitude=row[19],
        issue=row[20],
        language=row[21],
        page=row[22],
        actors=actors,
        numbers=numbers,
        day_named=row[23] is not None,
    )
