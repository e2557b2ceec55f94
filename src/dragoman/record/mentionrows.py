"""Event mentions and their actors as rows. Every function runs in the caller's transaction."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Set
from dataclasses import dataclass

from dragoman.coding.reading import ActorMention, EventMention, Reading
from dragoman.pages.article import Article
from dragoman.record import processes, words
from dragoman.record.account import UNKNOWN, Account, account, country_of, mention_key, story
from dragoman.record.linker import unlink
from dragoman.record.merge import event_id
from dragoman.record.parameters import marks


@dataclass(frozen=True, slots=True)
class _Old:
    """A mention that an earlier reading of the page left."""

    row: int
    event: int | None
    start: int
    end: int
    uid: str
    profile: int
    leads: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The mentions of a page that was written, mentions that lost a neighbour, events that lost a mention (row ids),
    and profiles that lost a leader.
    """

    mentions: tuple[int, ...]
    touched: frozenset[int]
    emptied: frozenset[int]
    vacated: frozenset[int]


def write(connection: sqlite3.Connection, page: int, reading: Reading) -> Changed:
    """Store the mentions of a page; those that an earlier reading left are replaced."""
    old = {
        key: _Old(*rest)
        for key, *rest in connection.execute(
            'SELECT key, id, event, start, "end", uid, profile, leads FROM mentions WHERE page = ?', (page,)
        )
    }
    wanted = _wanted(reading)
    gone = {key: row for key, row in old.items() if key not in wanted}
    emptied = frozenset(row.event for row in gone.values() if row.event is not None)
    vacated = frozenset(row.profile for row in old.values() if row.leads)
    removed = {row.row for row in gone.values()}
    touched = _remove(connection, removed)
    mentions = []
    for key, (m, told) in wanted.items():
        sentence, in_lead = _position(reading.article, m)
        values = _values(m, told) | {"page": page, "key": key, "sentence": sentence, "in_lead": in_lead}
        if key in old:
            mention = old[key].row
            touched |= unlink(connection, mention)
            _update(connection, mention, values)
        else:
            heir = _heir(m, gone)
            values["event"] = gone[heir].event if heir else None
            values["uid"] = gone.pop(heir).uid if heir else _new_uid(connection, key)
            mention = _insert(connection, values)
        _write_actors(connection, mention, m)
        titled = processes.by_title(reading.article.title, m.language, m.event_type, bool(in_lead))
        processes.write(connection, mention, {*told.agreements, *titled})
        mentions.append(mention)
    return Changed(tuple(mentions), frozenset(touched - removed), emptied, vacated)


def _wanted(reading: Reading) -> dict[str, tuple[EventMention, Account]]:
    """The mentions of a reading with their accounts, by key."""
    about = story(reading)
    found: dict[str, tuple[EventMention, Account]] = {}
    for m in reading.events:
        key = mention_key(reading.article.page.sha256, m, found)
        found[key] = (m, account(reading, m, key, about))
    return found


def _update(connection: sqlite3.Connection, mention: int, values: Mapping[str, object]) -> None:
    sets = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(f"UPDATE mentions SET {sets} WHERE id = ?", (*values.values(), mention))
    connection.execute("DELETE FROM mention_actors WHERE mention = ?", (mention,))


def _insert(connection: sqlite3.Connection, values: Mapping[str, object]) -> int:
    names = ", ".join(f'"{name}"' for name in values)
    cursor = connection.execute(f"INSERT INTO mentions ({names}) VALUES ({marks(values)})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


def _new_uid(connection: sqlite3.Connection, key: str) -> str:
    """The id that a new mention gives to an event it opens."""
    taken: set[str] = set()
    while connection.execute("SELECT 1 FROM mentions WHERE uid = ?", (uid := event_id(key, taken),)).fetchone():
        taken.add(uid)
    return uid


_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'»”’)]*\s")


def _position(article: Article, m: EventMention) -> tuple[int, bool]:
    """The place of a mention's sentence among those of the article (counted by their end marks), and if it is in
    the lead.
    """
    number, paragraphs = 1, 0
    for segment in article.content:
        if segment.start <= m.start < segment.end:
            before = article.page.text[segment.start : m.sentence_start]
            return number + len(_SENTENCE_END.findall(before)), segment.role == "title" or paragraphs == 0
        number += 1 + len(_SENTENCE_END.findall(segment.text.rstrip()))
        paragraphs += segment.role == "body"
    return number, False


def _heir(mention: EventMention, gone: Mapping[str, _Old]) -> str | None:
    """The key of the removed mention that stood in the same place, whose event goes on under its id."""
    best, found = 0, None
    for key, old in gone.items():
        shared = min(old.end, mention.end) - max(old.start, mention.start)
        if shared > best:
            best, found = shared, key
    return found


def _values(m: EventMention, told: Account) -> dict[str, object]:
    place, said = m.location, m.attribution
    return {
        "coded_id": m.id,
        "event_type": m.event_type,
        "mode": m.mode,
        "contexts": json.dumps(m.contexts),
        "cameo": m.cameo,
        "quad_class": m.quad_class,
        "goldstein": m.goldstein,
        "score": m.score,
        "symmetric": m.symmetric,
        "date": m.date.iso,
        "precision": m.date.precision,
        "date_start": m.date.start,
        "date_end": m.date.end,
        "date_reason": m.date.reason,
        "status": m.status,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_start": place.start if place else None,
        "place_end": place.end if place else None,
        "issue": m.issue,
        "attribution": said.name if said else None,
        "attribution_start": said.start if said else None,
        "attribution_end": said.end if said else None,
        "start": m.start,
        "end": m.end,
        "quote": m.quote,
        "sentence_start": m.sentence_start,
        "sentence_end": m.sentence_end,
        "language": m.language,
        "reason": m.reason,
        "confidence": m.confidence,
        "account": told.dumps(),
    }


def _write_actors(connection: sqlite3.Connection, mention: int, m: EventMention) -> None:
    connection.executemany(
        "INSERT INTO mention_actors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                mention, side, position, actor_row(connection, a),
                a.code, a.name, a.office, a.wikidata, a.id, a.start, a.end, a.reason,
            )
            for side, actors in (("source", m.sources), ("target", m.targets))
            for position, a in enumerate(actors)
        ],
    )  # fmt: skip


def actor_key(actor: ActorMention) -> tuple[str, str]:
    """(key, kind) under which the record knows an actor: a person's Wikidata id or name, else a registry id,
    else the code.
    """
    if actor.name:
        if actor.wikidata:
            return actor.wikidata, "person"
        if actor.id and actor.id[:2] in ("P-",):
            return actor.id, "person"
        name = " ".join(sorted(words.name_key(actor.name))) or actor.name
        return f"{country_of(actor.code)}/{name}", "person"
    if actor.id and "." in actor.id:
        return actor.id, "organisation"
    if not country_of(actor.code):
        return actor.code or UNKNOWN, "unknown"
    state = len(actor.code.partition(":")[0]) == 3
    return actor.code, "state" if state else "organisation"


def actor_row(connection: sqlite3.Connection, actor: ActorMention) -> int:
    """The row of an actor, made if need be. The first name and code seen are kept."""
    key, kind = actor_key(actor)
    row = connection.execute("SELECT id FROM actors WHERE key = ?", (key,)).fetchone()
    if row:
        return int(row[0])
    head, _, sector = actor.code.partition(":")
    cursor = connection.execute(
        "INSERT INTO actors (key, kind, code, country, sector, name, wikidata) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, kind, actor.code, country_of(head), sector or None, actor.name, actor.wikidata),
    )
    return int(cursor.lastrowid or 0)


def _remove(connection: sqlite3.Connection, mentions: Set[int]) -> set[int]:
    """Delete mentions; those that stood in an event with them, or were linked to them."""
    touched: set[int] = set()
    for m in sorted(mentions):
        touched |= unlink(connection, m)
        touched.update(
            int(r[0])
            for r in connection.execute(
                "SELECT id FROM mentions WHERE event = (SELECT event FROM mentions WHERE id = ?)", (m,)
            )
        )
        connection.execute("DELETE FROM mention_actors WHERE mention = ?", (m,))
        connection.execute("DELETE FROM mentions WHERE id = ?", (m,))
    return touched - mentions
