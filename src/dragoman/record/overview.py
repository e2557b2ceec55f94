"""What a record holds, in a few numbers that are not the same thing: pages, independent texts, mentions, events."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Overview:
    """`texts`: families of pages, copies of one text counted once. `mentions`: accounts of events, one a page and
    event. `events`: what the mentions tell, merged. `first`, `last`: days of the first and last dated event.
    `languages`: pages by language; `parties`: the countries and organisations with most events.
    """

    pages: int
    texts: int
    outlets: int
    languages: tuple[tuple[str, int], ...]
    mentions: int
    events: int
    first: str | None
    last: str | None
    parties: tuple[tuple[str, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return found | {"languages": dict(self.languages), "parties": dict(self.parties)}


def overview(db: sqlite3.Connection, parties: int = 24) -> Overview:
    """The numbers of a record."""

    def one(sql: str) -> Any:
        return db.execute(sql).fetchone()[0]

    languages = db.execute(
        "SELECT language, sum(pages) FROM page_tally WHERE pages > 0 GROUP BY language ORDER BY 2 DESC, 1"
    )
    busiest = db.execute(
        "SELECT who, events FROM who_tally WHERE events > 0 AND "
        "(length(who) = 3 OR (length(who) = 6 AND who LIKE 'IGO%')) ORDER BY events DESC, who LIMIT ?",
        (parties,),
    )
    return Overview(
        pages=one("SELECT coalesce(sum(pages), 0) FROM page_tally"),
        texts=one("SELECT coalesce(sum(firsts), 0) FROM page_tally"),
        outlets=one("SELECT count(DISTINCT outlet) FROM page_tally WHERE pages > 0 AND outlet != ''"),
        languages=tuple(languages.fetchall()),
        mentions=one("SELECT coalesce(sum(mentions), 0) FROM mention_tally"),
        events=one("SELECT coalesce(sum(events), 0) FROM month_tally"),
        first=one("SELECT min(day) FROM events WHERE day > ''"),
        last=one("SELECT max(day) FROM events") or None,
        parties=tuple(busiest.fetchall()),
    )
