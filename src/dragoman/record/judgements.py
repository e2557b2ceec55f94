"""What people decided about events. A judgement is never overwritten by the machine, only undone by a person.

Its subject is a span of a page (by the page's digest), not a row or an event id, so it survives recoding and merging:
it finds the mention that now stands there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.record.days import precision_of
from dragoman.record.errors import RecordError
from dragoman.record.fields import Summary, Value
from dragoman.record.parameters import marks

Verdict = Literal["same", "different", "unsure", "right", "wrong", "corrected"]
VERDICTS = frozenset({"same", "different", "unsure", "right", "wrong", "corrected"})
PAIRWISE = frozenset({"same", "different", "unsure"})
FEW = 400  # mentions whose pages are asked for by name
CORRECTABLE = frozenset({"date", "status", "country", "issue", "event_type", "mode"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Where a judged mention stands."""

    sha256: str
    start: int
    end: int
    event_type: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. `b` is the other mention of same / different / unsure; `field` and `value` are a correction."""

    id: int
    verdict: Verdict
    a: Subject
    b: Subject | None
    field: str | None
    value: str | None
    note: str
    by: str
    at: str
    undone: str | None


_COLUMNS = (
    "id, verdict, a_sha256, a_start, a_end, a_type, b_sha256, b_start, b_end, b_type, "
    "field, value, note, by, at, undone"
)


def _judgement(row: tuple[object, ...]) -> Judgement:
    i, verdict, *rest = row
    b = Subject(*rest[4:8]) if rest[4] is not None else None  # type: ignore[arg-type]
    return Judgement(i, verdict, Subject(*rest[:4]), b, *rest[8:])  # type: ignore[arg-type]


def subject(connection: sqlite3.Connection, mention: int) -> Subject:
    """Where the mention of row `mention` stands."""
    return Subject(
        *connection.execute(
            'SELECT p.sha256, m.start, m."end", m.event_type FROM mentions m JOIN pages p ON p.id = m.page WHERE '
            "m.id = ?",
            (mention,),
        ).fetchone()
    )


def find(connection: sqlite3.Connection, at: Subject) -> int | None:
    """The mention that now stands at `at`: most overlap, the same type before others; None where none overlaps."""
    rows = connection.execute(
        'SELECT m.id, min(m."end", ?) - max(m.start, ?) AS shared, m.event_type = ? AS typed FROM mentions m '
        "JOIN pages p ON p.id = m.page WHERE p.sha256 = ? AND shared > 0 "
        'ORDER BY typed DESC, shared DESC, m."end" - m.start, m.id LIMIT 1',
        (at.end, at.start, at.event_type, at.sha256),
    ).fetchone()
    return int(rows[0]) if rows else None


def write(
    connection: sqlite3.Connection,
    verdict: Verdict,
    a: Subject,
    b: Subject | None,
    by: str,
    now: str,
    field: str | None = None,
    value: str | None = None,
    note: str = "",
) -> int:
    """Keep a judgement; its number."""
    other = (b.sha256, b.start, b.end, b.event_type) if b else (None, None, None, None)
    cursor = connection.execute(
        "INSERT INTO judgements (verdict, a_sha256, a_start, a_end, a_type, b_sha256, b_start, b_end, b_type, "
        "field, value, "
        "note, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (verdict, a.sha256, a.start, a.end, a.event_type, *other, field, value, note, by, now),
    )
    return int(cursor.lastrowid or 0)


def listed(connection: sqlite3.Connection, undone: bool = False) -> list[Judgement]:
    """All judgements in order; undone ones too if asked for."""
    where = "" if undone else "WHERE undone IS NULL"
    return [_judgement(r) for r in connection.execute(f"SELECT {_COLUMNS} FROM judgements {where} ORDER BY id")]


def pairs(connection: sqlite3.Connection) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(same, different): pairs of mention rows. Of two judgements on one pair the later counts."""
    latest: dict[tuple[int, int], str] = {}
    for j in listed(connection):
        if j.b is None:
            continue
        a, b = find(connection, j.a), find(connection, j.b)
        if a is not None and b is not None and a != b:
            latest[min(a, b), max(a, b)] = j.verdict
    same = {p for p, v in latest.items() if v == "same"}
    return same, {p for p, v in latest.items() if v == "different"}


def on(connection: sqlite3.Connection, mentions: Sequence[int]) -> list[Judgement]:
    """The judgements whose (first or second) subject is one of `mentions`, in order."""
    if not connection.execute("SELECT 1 FROM judgements WHERE undone IS NULL LIMIT 1").fetchone():
        return []
    wanted = set(mentions)
    given = _on_pages_of(connection, wanted) if len(wanted) <= FEW else listed(connection)
    return [
        j for j in given if find(connection, j.a) in wanted or (j.b is not None and find(connection, j.b) in wanted)
    ]


def _on_pages_of(connection: sqlite3.Connection, mentions: Collection[int]) -> list[Judgement]:
    """The judgements on the pages of some mentions, in order."""
    digests = f"SELECT p.sha256 FROM pages p JOIN mentions m ON m.page = p.id WHERE m.id IN ({marks(mentions)})"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM judgements WHERE undone IS NULL AND a_sha256 IN ({digests}) UNION "
        f"SELECT {_COLUMNS} FROM judgements WHERE undone IS NULL AND b_sha256 IN ({digests}) ORDER BY id",
        (*mentions, *mentions),
    )
    return [_judgement(row) for row in rows]


def verdict(connection: sqlite3.Connection, mentions: Sequence[int]) -> str | None:
    """right or wrong, if a person said so of one of the mentions; the last word counts. A correction implies right."""
    said = [j.verdict for j in on(connection, mentions) if j.b is None]
    if not said:
        return None
    return "wrong" if said[-1] == "wrong" else "right" if said[-1] == "right" else "corrected"


def corrected(connection: sqlite3.Connection, mentions: Sequence[int], summary: Summary) -> Summary:
    """`summary` with the fields that a person corrected."""
    for j in on(connection, mentions):
        if j.verdict == "corrected" and j.field:
            summary = _correct(summary, j)
    return summary


def _correct(summary: Summary, j: Judgement) -> Summary:
    kept = tuple(
        v if v.field != j.field else replace(v, best=False)
        for v in summary.values
        if (v.field, v.value) != (j.field, j.value)
    )
    value = Value(str(j.field), j.value or "", 0, (), True, f"corrected by {j.by} on {j.at[:10]}")
    summary = replace(summary, values=(*kept, value))
    if j.field == "event_type":
        return replace(summary, event_type=replace(summary.event_type, event_type=j.value or ""))
    if j.field == "mode":
        return replace(summary, event_type=replace(summary.event_type, mode=j.value))
    if j.field == "date":
        return replace(summary, date=j.value, precision=precision_of(j.value))
    if j.field == "status":
        return replace(summary, status=j.value or summary.status)
    if j.field == "country":
        return replace(summary, country=j.value)
    return replace(summary, issue=j.value)


def dump(found: Sequence[Judgement]) -> str:
    """Judgements as JSON lines, to carry them to another record."""
    return "".join(
        json.dumps(
            {
                "verdict": j.verdict,
                "a": [j.a.sha256, j.a.start, j.a.end, j.a.event_type],
                "b": [j.b.sha256, j.b.start, j.b.end, j.b.event_type] if j.b else None,
                "field": j.field,
                "value": j.value,
                "note": j.note,
                "by": j.by,
                "at": j.at,
            },
            ensure_ascii=False,
        )
        + "\n"
        for j in found
    )


def load(lines: Iterable[str]) -> list[Judgement]:
    """The judgements that `dump` wrote. Raises RecordError naming the line that is none."""
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            a, b = Subject(*value["a"]), Subject(*value["b"]) if value.get("b") else None
            verdict, by, at = value["verdict"], str(value["by"]), str(value["at"])
        except (ValueError, KeyError, TypeError) as error:
            raise RecordError(f"Line {number} is no judgement as `dragoman judgements` writes it ({error}).") from error
        if verdict not in VERDICTS or (verdict in PAIRWISE) != (b is not None):
            raise RecordError(f"Line {number}: {verdict!r} is no verdict on {'two mentions' if b else 'one mention'}.")
        field, changed, note = value.get("field"), value.get("value"), value.get("note") or ""
        found.append(Judgement(0, verdict, a, b, field, changed, note, by, at, None))
    return found


def has(connection: sqlite3.Connection, j: Judgement) -> bool:
    """True when the record holds this judgement already, undone or not."""
    return any(replace(known, id=0, undone=None) == j for known in listed(connection, undone=True))
