"""What to ask a person about first: the questions whose answers would settle most.

Two kinds of question: are two accounts that are alike of one event (asked where the likeness only just reaches, or
where something else kept them apart), and did an event happen as coded (asked where the confidence is low or the
sources differ). A question's `value` is how unsure the record is, 0 to 1, times the number of independent sources whose
events the answer would change. Nothing that a person has answered is asked again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Literal

from dragoman.record import judgements
from dragoman.record.likeness import THRESHOLD

CLOSE = 3.0  # a likeness so far above the threshold is no longer in doubt
LOOKED_AT = 400  # candidates of each kind


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. `a` and `b` are keys of mentions, `event_a` and `event_b` ids of their events; of a question
    about one event `b` is None. `together`: the two accounts stand in one event now. `reason` says why it is asked.
    """

    kind: Literal["same", "right"]
    value: float
    a: str
    b: str | None
    event_a: str
    event_b: str | None
    together: bool
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {n: getattr(self, n) for n in self.__dataclass_fields__}


def questions(db: sqlite3.Connection, limit: int) -> tuple[Question, ...]:
    """The `limit` questions of most value."""
    found = [*_pairs(db), *_events(db)]
    found.sort(key=lambda q: (-q.value, q.a, q.b or ""))
    once: dict[tuple[str, str | None], Question] = {}
    for q in found:  # of many doubtful links between two events one is enough
        once.setdefault((q.event_a, q.event_b) if q.kind == "same" and not q.together else (q.a, q.b), q)
    return tuple(once.values())[:limit]


def _pairs(db: sqlite3.Connection) -> Iterable[Question]:
    answered = _answered(db)
    rows = db.execute(
        "SELECT l.a, l.b, l.score, m.key, n.key, e.uid, f.uid, e.families, f.families FROM "
        f"(SELECT a, b, score FROM links WHERE score < ? ORDER BY score LIMIT {LOOKED_AT}) l "
        "JOIN mentions m ON m.id = l.a JOIN mentions n ON n.id = l.b "
        "JOIN events e ON e.id = m.event JOIN events f ON f.id = n.event "
        "WHERE e.verdict IS NOT 'wrong' AND f.verdict IS NOT 'wrong'",
        (THRESHOLD + CLOSE,),
    )
    for a, b, score, key_a, key_b, event_a, event_b, families_a, families_b in rows:
        if (min(a, b), max(a, b)) in answered:
            continue
        together = event_a == event_b
        doubt = 1 - max(0.0, score - THRESHOLD) / CLOSE
        told = families_a if together else families_a + families_b
        reason = (
            f"taken for one event, with a likeness of {score:.1f}; {THRESHOLD} is needed"
            if together
            else f"alike ({score:.1f}, where {THRESHOLD} is enough), but kept apart by other accounts"
        )
        first, second = ((key_a, event_a), (key_b, event_b)) if key_a < key_b else ((key_b, event_b), (key_a, event_a))
        yield Question(
            "same", round(doubt * log2(1 + told), 3), first[0], second[0], first[1], second[1], together, reason
        )


def _answered(db: sqlite3.Connection) -> set[tuple[int, int]]:
    """Pairs of mention rows on which a person decided, unsure included."""
    found = set()
    for j in judgements.listed(db):
        if j.b is not None:
            a, b = judgements.find(db, j.a), judgements.find(db, j.b)
            if a is not None and b is not None:
                found.add((min(a, b), max(a, b)))
    return found


def _events(db: sqlite3.Connection) -> Iterable[Question]:
    columns = "e.uid, m.key, e.confidence, e.families, e.disagreements"
    unsure = db.execute(
        f"SELECT {columns} FROM events e INDEXED BY events_unsure JOIN mentions m ON m.id = e.lead "
        f"WHERE e.verdict IS NULL ORDER BY e.confidence LIMIT {LOOKED_AT}"
    ).fetchall()
    disputed = db.execute(
        f"SELECT {columns} FROM events e INDEXED BY events_disputed JOIN mentions m ON m.id = e.lead "
        f"WHERE e.disagreements > 0 AND e.verdict IS NULL ORDER BY e.families DESC, e.id LIMIT {LOOKED_AT}"
    ).fetchall()
    for uid, key, confidence, families, differences in dict.fromkeys(map(tuple, [*unsure, *disputed])):
        doubt = max(1 - confidence, min(0.5, 0.2 * differences))
        reasons: Sequence[str] = [
            *([f"coded with a confidence of {confidence:.2f}"] if 1 - confidence >= 0.3 else []),
            *([f"its sources differ in {differences} point{'s' if differences > 1 else ''}"] if differences else []),
        ]
        reason = " and ".join(reasons) or f"coded with a confidence of {confidence:.2f}"
        yield Question("right", round(doubt * log2(1 + families), 3), key, None, uid, None, True, reason)
