"""Keeping the events in step with the mentions: `merge` applied to what changed and what hangs together with it.

Links reach no further than their connected component, so clustering the components that changed gives what clustering
everything would. Event ids outlive the change: an event that grows keeps its id, of several that join the oldest
keeps its id and the others' ids redirect to it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations, product
from typing import Any

from dragoman.record import judgements, parts, rollups
from dragoman.record.account import UNKNOWN, Account
from dragoman.record.days import bounds
from dragoman.record.fields import Summary, Told, summarise
from dragoman.record.likeness import affinity
from dragoman.record.linking import Link, blocks, probes, window
from dragoman.record.merge import cluster, event_id
Comparer = object

_CACHE = 100_000
_STEP = 500  # variables in one statement


class Assembler:
    """Merges new mentions into the events of one open record. Every method runs in the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._accounts: dict[int, Account] = {}
        self._comparer = Comparer()

    def forget(self, mentions: Iterable[int] | None = None) -> None:
        """Drop cached accounts: of these mentions, or (after a rollback or another writer) all."""
        if mentions is None:
            self._accounts.clear()
            self._comparer = Comparer()
        else:
            for m in mentions:
                if known := self._accounts.pop(m, None):
                    self._comparer.forget(known.key)

    def assemble(self, fresh: Iterable[int], touched: Iterable[int], emptied: Iterable[int], now: str) -> None:
        """Bring links and events up to date.

        `fresh` mentions were written, `touched` ones lost a neighbour or were judged, `emptied` events lost a
        mention.
        """
        fresh = sorted(set(fresh))
        self.forget(fresh)
        self._load(fresh)
        for m in fresh:
            self._comparer.forget(self._accounts[m].key)
            self._db.executemany(
                "INSERT OR IGNORE INTO blocks VALUES (?, ?, ?, ?, ?, ?)",
                ((b.a, b.b, b.reach, b.first, m, b.last) for b in blocks(self._accounts[m])),
            )
        for m in fresh:
            self._link(m)
        same, different = judgements.pairs(self._db)
        component, links = self._component(set(fresh) | set(touched), same)
        if component:
            self._settle(component, links, same, different, set(fresh) | set(touched), now)
        self._drop_empty(emptied, now)
        if len(self._accounts) > _CACHE:
            self.forget()

    def rebuild(self, now: str) -> None:
        """Make everything that follows from the mentions anew: blocks, links, events and their tallies.

        Event ids stay.
        """
        for table in ("links", "blocks", "event_parts", "event_who", "event_dyads", "event_actors", "event_fields"):
            self._db.execute(f"DELETE FROM {table}")
        self.forget()
        mentions = [r[0] for r in self._db.execute("SELECT id FROM mentions ORDER BY id")]
        events = [r[0] for r in self._db.execute("SELECT id FROM events")]
        self.assemble(mentions, (), events, now)
        self._db.execute("DELETE FROM redirects WHERE uid IN (SELECT uid FROM events)")
        self._db.execute(
            "UPDATE redirects SET target = NULL, reason = 'lost' WHERE target NOT IN (SELECT uid FROM events)"
        )
        self._db.execute("DELETE FROM who_tally")
        self._db.execute("INSERT INTO who_tally SELECT who, count(*) FROM event_who GROUP BY who")
        self._db.execute("DELETE FROM month_tally")
        self._db.execute(
            "INSERT INTO month_tally SELECT substr(day, 1, 7), event_type, quad_class, status, count(*) FROM events "
            "GROUP BY 1, 2, 3, 4"
        )
        rollups.recount(self._db)

    def _load(self, mentions: Iterable[int]) -> None:
        missing = [m for m in mentions if m not in self._accounts]
        for i in range(0, len(missing), _STEP):
            chunk = missing[i : i + _STEP]
            for m, text in self._db.execute(
                f"SELECT id, account FROM mentions WHERE id IN ({','.join('?' * len(chunk))})", chunk
            ):
                self._accounts[m] = Account.loads(text)

    def _link(self, mention: int) -> None:
        """Find the mentions like `mention` and store the links."""
        own = self._accounts[mention]
        first, last = window(own)
        met: set[int] = set()
        for a, b, reaches in probes(own):
            for reach in reaches:
                low = -1 if reach % 2 else first - 1 - LONG_DAYS
                met.update(
                    row[0]
                    for row in self._db.execute(
                        "SELECT mention FROM blocks WHERE a = ? AND b = ? AND reach = ? AND first BETWEEN ? AND ? "
                        "AND last >= ?",
                        (a, b, reach, low, last + 1, first - 1),
                    )
                )
        met.discard(mention)
        self._load(met)
        for other in met:
            theirs = self._accounts[other]
            if not affinity(own.event_type, theirs.event_type):
                continue
            if found := self._comparer.compare(own, theirs):
                one, two = (mention, other) if own.key < theirs.key else (other, mention)
                self._db.execute(
                    "INSERT OR REPLACE INTO links VALUES (?, ?, ?)",
                    (one, two, found.score),
                )

    def _component(
        self, seeds: set[int], same: Iterable[tuple[int, int]]
    ) -> tuple[set[int], list[tuple[int, int, float]]]:
        """All mentions that hang together with `seeds` by links, judgements or a common event, and the links
        among them.
        """
        judged: dict[int, set[int]] = defaultdict(set)
        for a, b in same:
            judged[a].add(b)
            judged[b].add(a)
        found: set[int] = set()
        links: set[tuple[int, int, float]] = set()
        frontier = sorted(seeds & self._events_of(seeds).keys())
        while frontier:
            found.update(frontier)
            reached: set[int] = set()
            for i in range(0, len(frontier), _STEP):
                chunk = frontier[i : i + _STEP]
                marks = ",".join("?" * len(chunk))
                for a, b, score in self._db.execute(
                    f"SELECT a, b, score FROM links WHERE a IN ({marks}) "
                    f"UNION SELECT a, b, score FROM links WHERE b IN ({marks})",
                    chunk + chunk,
                ):
                    links.add((a, b, score))
                    reached |= {a, b}
                reached.update(
                    row[0]
                    for row in self._db.execute(
                        "SELECT id FROM mentions WHERE event IN "
                        f"(SELECT event FROM mentions WHERE id IN ({marks}) AND event IS NOT NULL)",
                        chunk,
                    )
                )
            for m in frontier:
                reached |= judged.get(m, set())
            frontier = sorted(reached - found)
        return found, sorted(links)

    def _settle(
        self,
        component: set[int],
        links: list[tuple[int, int, float]],
        same: set[tuple[int, int]],
        different: set[tuple[int, int]],
        changed: set[int],
        now: str,
    ) -> None:
        """Cluster one component and write its events."""
        self._load(component)
        key = {m: self._accounts[m].key for m in component}
        row = {k: m for m, k in key.items()}
        found = cluster(
            {k: self._accounts[m] for k, m in row.items()},
            [Link(key[a], key[b], s) for a, b, s in links],
            [(key[a], key[b]) for a, b in same if a in key and b in key],
            [(key[a], key[b]) for a, b in different if a in key and b in key],
            self._comparer,
        )
        before = self._events_of(component)
        members = [[row[k] for k in c.members] for c in found]
        claims = self._claims(members, before)
        written = []
        for group, event in zip(members, claims, strict=True):
            if (
                event is not None
                and not changed & set(group)
                and {m for m, e in before.items() if e == event} == set(group)
            ):
                continue
            written.append(self._write_event(event, group))
        for event in sorted({e for e in before.values() if e is not None} - {c for c in claims if c is not None}):
            self._redirect(event, before, members, now)
        for event in written:
            parts.renew(self._db, event)

    def _events_of(self, mentions: Iterable[int]) -> dict[int, int | None]:
        wanted = sorted(mentions)
        found: dict[int, int | None] = {}
        for i in range(0, len(wanted), _STEP):
            chunk = wanted[i : i + _STEP]
            found.update(
                self._db.execute(
                    f"SELECT id, event FROM mentions WHERE id IN ({','.join('?' * len(chunk))})", chunk
                ).fetchall()
            )
        return found

    @staticmethod
    def _claims(members: list[list[int]], before: Mapping[int, int | None]) -> list[int | None]:
        """The old event that each cluster goes on with: each old event goes to one cluster, each cluster takes
        its oldest.
        """
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for i, group in enumerate(members):
            for m in group:
                if (event := before.get(m)) is not None:
                    votes[event][i] += 1
        claims: list[int | None] = [None] * len(members)
        for event in sorted(votes):
            winner = min(votes[event], key=lambda i: (-votes[event][i], min(members[i])))
            if claims[winner] is None:
                claims[winner] = event
        return claims

    def _redirect(self, event: int, before: Mapping[int, int | None], members: list[list[int]], now: str) -> None:
        """An event that was taken in by another: leave its id as a signpost."""
        mine = {m for m, e in before.items() if e == event}
        heir = max((g for g in members if mine & set(g)), key=lambda g: (len(mine & set(g)), -min(g)))
        target = self._db.execute(
            "SELECT uid FROM events WHERE id = (SELECT event FROM mentions WHERE id = ?)", (heir[0],)
        ).fetchone()
        uid = self._db.execute("SELECT uid FROM events WHERE id = ?", (event,)).fetchone()[0]
        if (
            target
            and target[0] != uid
            and not self._db.execute("SELECT 1 FROM mentions WHERE event = ?", (event,)).fetchone()
        ):
            self._delete_event(event)
            self._signpost(uid, target[0], "merged", now)

    def _signpost(self, uid: str, target: str | None, reason: str, now: str) -> None:
        self._db.execute("UPDATE redirects SET target = ? WHERE target = ?", (target, uid))
        self._db.execute("INSERT OR REPLACE INTO redirects VALUES (?, ?, ?, ?)", (uid, target, reason, now))

    def _drop_empty(self, emptied: Iterable[int], now: str) -> None:
        """Events whose last mention went away when its page was coded again."""
        for event in sorted(set(emptied)):
            row = self._db.execute("SELECT uid FROM events WHERE id = ?", (event,)).fetchone()
            if row and not self._db.execute("SELECT 1 FROM mentions WHERE event = ?", (event,)).fetchone():
                self._delete_event(event)
                self._signpost(row[0], None, "no longer coded", now)

    def _delete_event(self, event: int) -> None:
        self._clear(event)
        self._db.execute("DELETE FROM event_parts WHERE whole = ? OR part = ?", (event, event))
        self._db.execute("DELETE FROM events WHERE id = ?", (event,))

    def _clear(self, event: int) -> None:
        for table in ("event_actors", "event_who", "event_dyads", "event_fields"):
            self._db.execute(f"DELETE FROM {table} WHERE event = ?", (event,))

    def _write_event(self, event: int | None, group: list[int]) -> int:
        """Write the event of the mentions `group` (first account first), as row `event` or a new one; its row."""
        told = tell(self._db, group, {m: self._accounts[m] for m in group})
        summary = judgements.corrected(self._db, group, summarise(told))
        values = _event_values(summary, len(group), judgements.verdict(self._db, group))
        if event is None:
            values["uid"] = self._new_uid(self._accounts[group[0]].key)
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            cursor = self._db.execute(f"INSERT INTO events ({names}) VALUES ({marks})", tuple(values.values()))
            event = int(cursor.lastrowid or 0)
        else:
            self._clear(event)
            sets = ", ".join(f"{name} = ?" for name in values)
            self._db.execute(f"UPDATE events SET {sets} WHERE id = ?", (*values.values(), event))
        self._db.executemany("UPDATE mentions SET event = ? WHERE id = ?", ((event, m) for m in group))
        self._write_actors(event, summary, values)
        self._db.executemany(
            "INSERT INTO event_fields VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((event, v.field, v.value, v.families, json.dumps(v.mentions), v.best, v.reason) for v in summary.values),
        )

        return event

    def _new_uid(self, key: str) -> str:
        taken: set[str] = set()
        while True:
            uid = event_id(key, taken)
            if not self._db.execute("SELECT 1 FROM events WHERE uid = ?", (uid,)).fetchone():
                self._db.execute("DELETE FROM redirects WHERE uid = ?", (uid,))  # told apart again: it lives once more
                return uid
            taken.add(uid)

    def _write_actors(self, event: int, summary: Summary, values: Mapping[str, object]) -> None:
        day = str(values["day"])
        sides: dict[str, set[str]] = defaultdict(set)
        countries: dict[str, set[str]] = {"source": set(), "target": set()}
        positions: Counter[str] = Counter()
        for side, actor, office in summary.actors:
            key, code, country = self._db.execute(
                "SELECT key, code, country FROM actors WHERE id = ?", (actor,)
            ).fetchone()
            self._db.execute(
                "INSERT INTO event_actors VALUES (?, ?, ?, ?, ?)", (event, side, positions[side], actor, office)
            )
            positions[side] += 1
            for who in {key, code, country} - {"", UNKNOWN}:
                sides[who].add(side)
            if country:
                countries[side].add(country)
        weight = (values["quad_class"], values["score"], values["families"])
        self._db.executemany(
            "INSERT INTO event_who VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((who, day, event, "both" if len(s) > 1 else next(iter(s)), *weight) for who, s in sorted(sides.items())),
        )
        if not day:
            return
        pairs = {(min(a, b), max(a, b)) for a, b in product(countries["source"], countries["target"])}
        if values["symmetric"]:
            pairs |= set(combinations(sorted(countries["source"] | countries["target"]), 2))
        self._db.executemany(
            "INSERT INTO event_dyads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    a,
                    b,
                    day,
                    event,
                    values["event_type"],
                    values["quad_class"],
                    values["status"],
                    values["score"],
                    values["families"],
                )
                for a, b in sorted(pairs)
            ),
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
    for i in range(0, len(mentions), _STEP):
        chunk = mentions[i : i + _STEP]
        marks = ",".join("?" * len(chunk))
        actors: dict[int, list[tuple[str, int, str, bool, str | None]]] = defaultdict(list)
        for m, side, actor, country, kind, office in connection.execute(
            "SELECT x.mention, x.side, x.actor, a.country, a.kind, x.office FROM mention_actors x "
            f"JOIN actors a ON a.id = x.actor WHERE x.mention IN ({marks}) ORDER BY x.mention, x.side, x.position",
            chunk,
        ):
            actors[m].append((side, actor, country, kind == "person", office))
        rows = connection.execute(
            "SELECT m.id, p.family, coalesce(p.published, ''), m.confidence, m.event_type, m.mode, m.contexts, "
            "m.cameo, m.quad_class, m.goldstein, m.score, m.symmetric, m.date, m.precision, m.status, m.place, "
            "m.country, m.latitude, m.longitude, m.issue, m.language, m.page, m.date_start FROM mentions m "
            f"JOIN pages p ON p.id = m.page WHERE m.id IN ({marks})",
            chunk,
        ).fetchall()
        found.extend(_told(r, tuple(actors[r[0]]), tuple(sorted(accounts[r[0]].numbers))) for r in rows)
    return found


def _told(
    row: tuple[Any, ...], actors: tuple[tuple[str, int, str, bool, str | None], ...], numbers: tuple[str, ...]
) -> Told:
    return Told(
        mention=row[0],
        family=row[1],
        published=row[2],
        confidence=row[3],
        event_type=row[4],
        mode=row[5],
        contexts=tuple(json.loads(row[6])),
        cameo=row[7],
        quad_class=row[8],
        goldstein=row[9],
        score=row[10],
        symmetric=bool(row[11]),
        date=row[12],
        precision=row[13],
        status=row[14],
        place=row[15],
        country=row[16],
        latitude=row[17],
        longitude=row[18],
        issue=row[19],
        language=row[20],
        page=row[21],
        actors=actors,
        numbers=numbers,
        day_named=row[22] is not None,
    )
