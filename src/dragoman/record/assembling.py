"""Keeping the events in step with the mentions: `merge` applied to what changed and what hangs together with it.

Links reach no further than their connected component, so clustering the components that changed gives what clustering
everything would. An event has the id that its first account gives; every mention keeps the id it would give, so that
an id given once leads to the event which has that mention now, whatever joined or was told apart since.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.record import eventrows, judgements, parts, rollups
from dragoman.record.linker import CACHE, Linker
from dragoman.record.linking import Link
from dragoman.record.merge import cluster, event_id, uncollected
from dragoman.record.parameters import chunks, marks

ALL_AT_ONCE = 3000  # from so many new mentions on, if they are most of the record, links are made in memory

_Links = Sequence[tuple[int, int, float]]


class Assembler:
    """Merges new mentions into the events of one open record. Every method runs in the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._linker = Linker(connection)

    def forget(self) -> None:
        """Drop what is kept in memory, after a rollback or another writer."""
        self._linker.forget()

    def assemble(
        self,
        fresh: Iterable[int],
        touched: Iterable[int],
        emptied: Iterable[int],
        now: str,
        vacated: Iterable[int] = (),
    ) -> None:
        """Bring links and events up to date.

        `fresh` mentions were written, `touched` ones lost a neighbour or were judged, `emptied` events lost a
        mention, of the profiles `vacated` a leader went away.
        """
        new, stirred = set(fresh), set(touched)
        total = self._db.execute("SELECT count(*) FROM mentions").fetchone()[0] if len(new) >= ALL_AT_ONCE else 0
        if total and len(new) * 2 > total:
            self._assemble_all(now)
        else:
            stirred |= self._linker.relink(new, vacated, stirred)
            same, different = judgements.pairs(self._db)
            component, links = self._component(new | stirred, same)
            if component:
                self._settle(component, links, same, different, new | stirred, now)
        self._drop_empty(emptied, now)
        if len(self._linker.accounts) > CACHE:
            self.forget()

    def is_outdated(self) -> bool:
        """True when the record comes from before mentions knew the ids they give."""
        return self._db.execute("SELECT 1 FROM mentions WHERE uid = '' LIMIT 1").fetchone() is not None

    def adopt(self, now: str) -> None:
        """Name the mentions of a record from before they had names, and merge anew. Ids given before lead on."""
        taken: set[str] = set()
        for mention, key in self._db.execute("SELECT id, key FROM mentions ORDER BY key").fetchall():
            taken.add(name := event_id(key, taken))
            self._db.execute("UPDATE mentions SET uid = ? WHERE id = ?", (name, mention))
        self.rebuild(now)

    def _assemble_all(self, now: str) -> None:
        with uncollected():
            links = self._linker.link_all()
            same, different = judgements.pairs(self._db)
            rows = [(self._linker.row_of(e.a), self._linker.row_of(e.b), e.score) for e in links]
            everyone = set(self._linker.accounts)
            self._settle(everyone, rows, same, different, everyone, now)

    def rebuild(self, now: str) -> None:
        """Make everything that follows from the mentions anew: blocks, links, events and their tallies.

        Event ids stay.
        """
        self._db.execute("DELETE FROM event_parts")
        for table in eventrows.TABLES:
            self._db.execute(f"DELETE FROM {table}")
        self.forget()
        events = [r[0] for r in self._db.execute("SELECT id FROM events")]
        self._assemble_all(now)
        self._drop_empty(events, now)
        self._db.execute("DELETE FROM redirects WHERE uid IN (SELECT uid FROM events)")
        self._db.execute(
            "UPDATE redirects SET target = NULL, reason = 'lost' WHERE target NOT IN (SELECT uid FROM events)"
        )
        rollups.recount(self._db)

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
            for chunk in chunks(frontier):
                slots = marks(chunk)
                for a, b, score in self._db.execute(
                    f"SELECT a, b, score FROM links WHERE a IN ({slots}) "
                    f"UNION SELECT a, b, score FROM links WHERE b IN ({slots})",
                    [*chunk, *chunk],
                ):
                    links.add((a, b, score))
                    reached |= {a, b}
                reached.update(
                    row[0]
                    for row in self._db.execute(
                        "SELECT id FROM mentions WHERE event IN "
                        f"(SELECT event FROM mentions WHERE id IN ({slots}) AND event IS NOT NULL)",
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
        links: _Links,
        same: set[tuple[int, int]],
        different: set[tuple[int, int]],
        changed: set[int],
        now: str,
    ) -> None:
        """Cluster mentions that hang together with nothing else, and write their events."""
        self._linker.load(component)
        accounts = self._linker.accounts
        key = {m: accounts[m].key for m in component}
        row = {k: m for m, k in key.items()}
        uids = self._uids(component)
        found = cluster(
            {k: accounts[m] for k, m in row.items()},
            [Link(key[a], key[b], s) for a, b, s in links],
            [(key[a], key[b]) for a, b in same if a in key and b in key],
            [(key[a], key[b]) for a, b in different if a in key and b in key],
            {key[m]: uid for m, uid in uids.items()},
        )
        before = self._events_of(component)
        held: dict[int, set[int]] = defaultdict(set)
        for m, e in before.items():
            if e is not None:
                held[e].add(m)
        known = self._rows_of(held)
        written = []
        for one in found:
            group = [row[k] for k in one.members]
            event = known.pop(one.id, None)
            if event is not None and held[event] == set(group) and changed.isdisjoint(group):
                continue
            self._db.execute("DELETE FROM redirects WHERE uid = ?", (one.id,))
            written.append(eventrows.write(self._db, event, one.id, group, accounts))
        for uid, event in sorted(known.items()):
            self._redirect(uid, event, held[event], now)
        for event in written:
            parts.renew(self._db, event)

    def _uids(self, mentions: Iterable[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for chunk in chunks(sorted(mentions)):
            found.update(
                self._db.execute(f"SELECT id, uid FROM mentions WHERE id IN ({marks(chunk)})", chunk).fetchall()
            )
        return found

    def _events_of(self, mentions: Iterable[int]) -> dict[int, int | None]:
        found: dict[int, int | None] = {}
        for chunk in chunks(sorted(mentions)):
            found.update(
                self._db.execute(f"SELECT id, event FROM mentions WHERE id IN ({marks(chunk)})", chunk).fetchall()
            )
        return found

    def _rows_of(self, events: Mapping[int, object]) -> dict[str, int]:
        """{id: row} of events."""
        found: dict[str, int] = {}
        for chunk in chunks(sorted(events)):
            found.update(self._db.execute(f"SELECT uid, id FROM events WHERE id IN ({marks(chunk)})", chunk).fetchall())
        return found

    def _redirect(self, uid: str, event: int, held: set[int], now: str) -> None:
        """Delete an event whose mentions are now in others, and leave its id as a signpost."""
        heir = self._db.execute(
            "SELECT e.uid FROM mentions m JOIN events e ON e.id = m.event WHERE m.uid = ?", (uid,)
        ).fetchone()
        if heir is None:
            votes = Counter(e for e in self._events_of(held).values() if e is not None)
            most = min(votes, key=lambda e: (-votes[e], e))
            heir = self._db.execute("SELECT uid FROM events WHERE id = ?", (most,)).fetchone()
        eventrows.delete(self._db, event)
        self._signpost(uid, heir[0], "merged", now)

    def _signpost(self, uid: str, target: str | None, reason: str, now: str) -> None:
        self._db.execute("UPDATE redirects SET target = ? WHERE target = ?", (target, uid))
        self._db.execute("INSERT OR REPLACE INTO redirects VALUES (?, ?, ?, ?)", (uid, target, reason, now))

    def _drop_empty(self, emptied: Iterable[int], now: str) -> None:
        """Events whose last mention went away when its page was coded again."""
        for event in sorted(set(emptied)):
            row = self._db.execute("SELECT uid FROM events WHERE id = ?", (event,)).fetchone()
            if row and not self._db.execute("SELECT 1 FROM mentions WHERE event = ?", (event,)).fetchone():
                eventrows.delete(self._db, event)
                self._signpost(row[0], None, "no longer coded", now)
