"""How good the record is, by outlet, language and event type: what is known, what is disputed, what people found
right.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

By = Literal["outlet", "language", "type"]
Z95 = 1.959964  # of the normal distribution, two-sided


@dataclass(frozen=True, slots=True)
class Measure:
    """One outlet, language or event type. What does not apply to it is None: pages have no type, events no outlet.

    `originals` are pages that are no copies of an earlier one. `judged` counts events that a person called right,
    wrong or corrected; the precision is the share of right ones.
    """

    name: str
    pages: int | None
    originals: int | None
    pages_dated: int | None
    page_errors: int | None
    mentions: int
    dated: int
    placed: int
    events: int | None
    disputed: int | None
    right: int
    wrong: int
    corrected: int

    @property
    def judged(self) -> int:
        """Events on which a person decided."""
        return self.right + self.wrong + self.corrected

    @property
    def precision(self) -> float | None:
        """The share of judged events that were right as coded; None where none was judged."""
        return self.right / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The precision's 95 % interval."""
        return wilson(self.right, self.judged) if self.judged else None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        found = {n: getattr(self, n) for n in self.__dataclass_fields__} | {"judged": self.judged}
        low, high = self.interval or (None, None)
        return found | {"precision": _rounded(self.precision), "low95": _rounded(low), "high95": _rounded(high)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which stays within 0 and 1 and holds for few tries."""
    share, z2 = hits / tries, Z95 * Z95
    middle = (share + z2 / (2 * tries)) / (1 + z2 / tries)
    half = Z95 * sqrt(share * (1 - share) / tries + z2 / (4 * tries * tries)) / (1 + z2 / tries)
    return max(0.0, middle - half), min(1.0, middle + half)


def measure(db: sqlite3.Connection, by: By) -> tuple[Measure, ...]:
    """One measure for each outlet, language or event type, most mentions first. An outlet "" is unknown."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    column = {"outlet": "outlet", "language": "language", "type": "event_type"}[by]
    _add(
        tallies,
        ("mentions", "dated", "placed"),
        db.execute(
            f"SELECT {column}, sum(mentions), sum(dated), sum(placed) FROM mention_tally GROUP BY 1 "
            "HAVING sum(mentions)"
        ),
    )
    if by == "type":
        _add(
            tallies,
            ("events", "disputed"),
            db.execute(
                "SELECT event_type, sum(events), 0 FROM month_tally GROUP BY 1 HAVING sum(events) UNION ALL "
                "SELECT event_type, 0, count(*) FROM events WHERE disagreements > 0 GROUP BY event_type"
            ),
        )
    else:
        _add(
            tallies,
            ("pages", "firsts", "pages_dated", "page_errors"),
            db.execute(
                f"SELECT {column}, sum(pages), sum(firsts), sum(dated), sum(errors) FROM page_tally GROUP BY 1 "
                "HAVING sum(pages)"
            ),
        )
    for name, verdict, number in _judged(db, by):
        tallies[name][verdict] += number
    found = [_measure(name, counts, by) for name, counts in tallies.items()]
    return tuple(sorted(found, key=lambda m: (-m.mentions, m.name)))


def _add(tallies: dict[str, Counter[str]], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    for group, *values in rows:
        for name, value in zip(names, values, strict=True):
            tallies[group][name] += value


def _judged(db: sqlite3.Connection, by: By) -> Iterable[tuple[str, str, int]]:
    """(name, verdict, events); an event counts for the outlet and language of its leading account."""
    column = {"outlet": "coalesce(p.outlet, '')", "language": "m.language", "type": "e.event_type"}[by]
    return db.execute(
        f"SELECT {column}, e.verdict, count(*) FROM events e INDEXED BY events_verdict "
        "JOIN mentions m ON m.id = e.lead JOIN pages p ON p.id = m.page WHERE e.verdict IS NOT NULL GROUP BY 1, 2"
    )


def _measure(name: str, n: Counter[str], by: By) -> Measure:
    of_pages = by != "type"
    return Measure(
        name=name,
        pages=n["pages"] if of_pages else None,
        originals=n["firsts"] if of_pages else None,
        pages_dated=n["pages_dated"] if of_pages else None,
        page_errors=n["page_errors"] if of_pages else None,
        mentions=n["mentions"],
        dated=n["dated"],
        placed=n["placed"],
        events=None if of_pages else n["events"],
        disputed=None if of_pages else n["disputed"],
        right=n["right"],
        wrong=n["wrong"],
        corrected=n["corrected"],
    )
