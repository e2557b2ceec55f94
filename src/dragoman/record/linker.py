"""The links of a stored record, kept as `linking.linked` would make them from all mentions at once.

What a new mention changes is small: its own profile's leaders, the placed leaders it is like, and the vague leaders
that now have a likelier one. Every method runs in the caller's transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from dragoman.record.account import Account
from dragoman.record.affinity import compatible_types
from dragoman.record.blocks import blocks, lowest, probes, window
from dragoman.record.likeness import alike
from dragoman.record.linking import Link, lead, liker, likest, link, linked, placed, profile_number
from dragoman.record.parameters import chunks, marks

CACHE = 200_000  # accounts kept in memory between two batches
_SMALL = 40  # a profile of so few members is always led anew
FOLLOWS, PLACED, VAGUE = 0, 1, 2  # mentions.leads


class Linker:
    """Accounts and links of one open record."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.accounts: dict[int, Account] = {}
        self._rows: dict[str, int] = {}

    def forget(self, mentions: Iterable[int] | None = None) -> None:
        """Drop accounts from memory: of these mentions, or (after a rollback or another writer) all."""
        if mentions is None:
            self.accounts.clear()
            self._rows.clear()
            return
        for m in mentions:
            if known := self.accounts.pop(m, None):
                self._rows.pop(known.key, None)

    def load(self, mentions: Iterable[int]) -> None:
        """Have the accounts of `mentions` in memory."""
        missing = [m for m in mentions if m not in self.accounts]
        stories: dict[str, frozenset[str]] = {}
        for chunk in chunks(missing):
            for m, text, story in self._db.execute(
                "SELECT m.id, m.account, p.story FROM mentions m JOIN pages p ON p.id = m.page "
                f"WHERE m.id IN ({marks(chunk)})",
                chunk,
            ):
                if story not in stories:
                    stories[story] = frozenset(json.loads(story))
                self._keep(m, Account.loads(text, stories[story]))

    def load_all(self) -> None:
        """Have all accounts in memory."""
        self.load([r[0] for r in self._db.execute("SELECT id FROM mentions")])

    def _keep(self, mention: int, account: Account) -> None:
        self.accounts[mention] = account
        self._rows[account.key] = mention

    def row(self, account: Account) -> int:
        """The mention of a loaded account."""
        return self._rows[account.key]

    def row_of(self, key: str) -> int:
        """The mention of a loaded account, by its key."""
        return self._rows[key]

    def relink(self, fresh: Iterable[int], vacated: Iterable[int], touched: set[int]) -> set[int]:
        """Link what was written and what lost a neighbour; the mentions whose links changed.

        `fresh` mentions have no links yet; of the profiles `vacated` a leader went away; `touched` mentions lost a
        neighbour.
        """
        fresh = sorted(fresh)
        self.forget(fresh)
        self.load(fresh)
        profiles: dict[int, list[int]] = {p: [] for p in vacated}
        numbers = []
        for m in fresh:
            number = profile_number(self.accounts[m])
            numbers.append((number, m))
            profiles.setdefault(number, []).append(m)
        self._db.executemany("UPDATE mentions SET profile = ?, leads = 0 WHERE id = ?", numbers)
        changed: set[int] = set()
        promoted: set[int] = set()
        for number, own in sorted(profiles.items()):
            promoted |= self._lead(number, own, not own, changed)
        lost = {m for m in touched | changed - promoted if self._leads(m) == VAGUE}
        return changed | self._across(promoted, lost)

    def _leads(self, mention: int) -> int:
        row = self._db.execute("SELECT leads FROM mentions WHERE id = ?", (mention,)).fetchone()
        return int(row[0]) if row else FOLLOWS

    # -- within a profile --------------------------------------------------------------------------------------------

    def _lead(self, number: int, fresh: Sequence[int], anew: bool, changed: set[int]) -> set[int]:
        """Find the leaders of a profile again; the new ones. Adds to `changed` whose links changed."""
        members = self._db.execute(
            "SELECT id, leads FROM mentions WHERE profile = ? ORDER BY key", (number,)
        ).fetchall()
        if not anew and len(members) > _SMALL and (links := self._follow(members, set(fresh))) is not None:
            self._write(links, changed)
            return set()
        self.load(m for m, _ in members)
        leaders, links = lead([self.accounts[m] for m, _ in members])
        now = {self.row(a) for a in leaders}
        before = {m for m, leads in members if leads}
        inside = {m for m, _ in members}
        for m in sorted(before - now):
            changed.add(m)
            changed |= self.unlink(m)
        self._db.executemany("UPDATE mentions SET leads = 0 WHERE id = ?", [(m,) for m in sorted(before - now)])
        wanted = {self._ends(one): one.score for one in links}
        for pair in self._inside(inside) - wanted.keys():
            self._db.execute("DELETE FROM links WHERE a = ? AND b = ?", pair)
            changed |= set(pair)
        self._write(links, changed)
        for m in sorted(now - before):
            self._db.execute(
                "UPDATE mentions SET leads = ? WHERE id = ?", (PLACED if placed(self.accounts[m]) else VAGUE, m)
            )
        return now - before

    def _follow(self, members: Sequence[tuple[int, int]], fresh: set[int]) -> list[Link] | None:
        """The links of the `fresh` members of a big profile to its leaders; None if one of them would lead."""
        leaders: list[Account] = []
        links = []
        for m, leads in members:  # in order of key
            if leads:
                self.load([m])
                leaders.append(self.accounts[m])
            elif m in fresh:
                best = likest(self.accounts[m], leaders)
                if best is None:
                    return None
                links.append(link(self.accounts[m], *best))
        return links

    def _inside(self, members: set[int]) -> set[tuple[int, int]]:
        """The links among `members`."""
        found: set[tuple[int, int]] = set()
        for chunk in chunks(sorted(members)):
            for a, b in self._db.execute(f"SELECT a, b FROM links WHERE a IN ({marks(chunk)})", chunk):
                if b in members:
                    found.add((a, b))
        return found

    # -- across profiles ---------------------------------------------------------------------------------------------

    def _across(self, promoted: set[int], lost: set[int]) -> set[int]:
        """Link new leaders, and vague leaders that lost a link, to other leaders; the mentions whose links changed."""
        changed: set[int] = set()
        for m in sorted(promoted):
            self._db.executemany(
                "INSERT OR IGNORE INTO blocks VALUES (?, ?, ?, ?, ?, ?)",
                ((b.a, b.b, b.reach, b.first, m, b.last) for b in blocks(self.accounts[m])),
            )
        self.load(lost)
        choosing = lost | {m for m in promoted if not placed(self.accounts[m])}
        for m in sorted(promoted - choosing):
            own = self.accounts[m]
            for other in self.near(m):
                row = self.row(other)
                if row in choosing or (row in promoted and row < m):
                    continue
                if (score := alike(own, other)) is None:
                    continue
                if placed(other) or self._is_likelier(row, own, score, changed):
                    self._write([link(own, other, score)], changed)
        for m in sorted(choosing):
            changed |= self._cut(m)
            if best := likest(self.accounts[m], (a for a in self.near(m) if placed(a))):
                self._write([link(self.accounts[m], *best)], changed)
        for m in sorted(choosing):
            least = self._placed_score(m)
            for other in self.near(m):
                row = self.row(other)
                if placed(other) or (row in choosing and row < m):
                    continue
                if score := liker(self.accounts[m], other, max(least, self._placed_score(row))):
                    self._write([link(self.accounts[m], other, score)], changed)
        return changed

    def _is_likelier(self, vague: int, account: Account, score: float, changed: set[int]) -> bool:
        """True when a vague leader has no placed leader likelier than `account`; it then loses its weaker links."""
        if (known := self._placed_link(vague)) is not None:
            other, best = known
            self.load([other])
            if (best, account.key) > (score, self.accounts[other].key):
                return False
        changed |= self._cut(vague, score)
        return True

    def _placed_score(self, vague: int) -> float:
        """How like a vague leader is to the placed one it is linked to; 0 without one."""
        known = self._placed_link(vague)
        return known[1] if known else 0.0

    def _placed_link(self, vague: int) -> tuple[int, float] | None:
        """The placed leader that a vague one is linked to, with the score."""
        row = self._db.execute(
            "SELECT m.id, l.score FROM links l JOIN mentions m ON m.id = l.b WHERE l.a = ? AND m.leads = 1 "
            "UNION ALL SELECT m.id, l.score FROM links l JOIN mentions m ON m.id = l.a WHERE l.b = ? AND m.leads = 1",
            (vague, vague),
        ).fetchone()
        return (int(row[0]), float(row[1])) if row else None

    def _cut(self, leader: int, most: float = 1e9) -> set[int]:
        """Take a leader's links of up to `most` to other leaders away; the mentions whose links changed."""
        rows = self._db.execute(
            "SELECT l.a, l.b FROM links l JOIN mentions m ON m.id = l.b WHERE l.a = ?1 AND m.leads > 0 "
            "AND l.score <= ?2 UNION ALL SELECT l.a, l.b FROM links l JOIN mentions m ON m.id = l.a WHERE l.b = ?1 "
            "AND m.leads > 0 AND l.score <= ?2",
            (leader, most),
        ).fetchall()
        self._db.executemany("DELETE FROM links WHERE a = ? AND b = ?", rows)
        return {m for pair in rows for m in pair}

    def unlink(self, mention: int) -> set[int]:
        """Take a mention out of the blocks and links; its former neighbours."""
        return unlink(self._db, mention)

    def near(self, mention: int) -> Iterator[Account]:
        """Leaders that share parties and days with a leader and are of a like type."""
        own = self.accounts[mention]
        first, last = window(own)
        kinds = compatible_types(own.event_type)
        met: set[int] = set()
        for a, b, reaches in probes(own):
            for reach in reaches:
                met.update(
                    row[0]
                    for row in self._db.execute(
                        "SELECT mention FROM blocks WHERE a = ? AND b = ? AND reach = ? AND first BETWEEN ? AND ? "
                        "AND last >= ?",
                        (a, b, reach, lowest(reach, first), last + 1, first - 1),
                    )
                )
        met.discard(mention)
        self.load(met)
        return (self.accounts[m] for m in sorted(met) if self.accounts[m].event_type in kinds)

    # -- all at once -------------------------------------------------------------------------------------------------

    def link_all(self) -> list[Link]:
        """Make all links anew from all mentions, in memory; the links."""
        self.load_all()
        self._db.execute("DELETE FROM links")
        self._db.execute("DELETE FROM blocks")
        found = linked(self.accounts.values())
        leaders = {a.key: a for a in found.leaders}
        self._db.executemany(
            "UPDATE mentions SET profile = ?, leads = ? WHERE id = ?",
            (
                (profile_number(a), (PLACED if placed(a) else VAGUE) if a.key in leaders else FOLLOWS, m)
                for m, a in self.accounts.items()
            ),
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO blocks VALUES (?, ?, ?, ?, ?, ?)",
            sorted((b.a, b.b, b.reach, b.first, self.row(a), b.last) for a in found.leaders for b in blocks(a)),
        )
        self._db.executemany(
            "INSERT INTO links VALUES (?, ?, ?)", sorted((*self._ends(one), one.score) for one in found.links)
        )
        return found.links

    def _ends(self, one: Link) -> tuple[int, int]:
        return self._rows[one.a], self._rows[one.b]

    def _write(self, links: Iterable[Link], changed: set[int]) -> None:
        for one in links:
            a, b = self._ends(one)
            known = self._db.execute("SELECT score FROM links WHERE a = ? AND b = ?", (a, b)).fetchone()
            if known is None or known[0] != one.score:
                self._db.execute("INSERT OR REPLACE INTO links VALUES (?, ?, ?)", (a, b, one.score))
                changed |= {a, b}


def unlink(connection: sqlite3.Connection, mention: int) -> set[int]:
    """Take a mention out of the blocks and links; its former neighbours."""
    rows = connection.execute(
        "SELECT b FROM links WHERE a = ? UNION SELECT a FROM links WHERE b = ?", (mention, mention)
    ).fetchall()
    connection.execute("DELETE FROM links WHERE a = ?", (mention,))
    connection.execute("DELETE FROM links WHERE b = ?", (mention,))
    connection.execute("DELETE FROM blocks WHERE mention = ?", (mention,))
    return {int(r[0]) for r in rows}
