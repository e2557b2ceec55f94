"""Why an event stands in the record as it does: the sentence, the parts with their words and reasons, the links,
the judgements.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from dragoman.record import judgements
from dragoman.record.account import Account
from dragoman.record.answers import Explanation, MentionExplanation
from dragoman.record.likeness import score
from dragoman.record.queries import field_values
from dragoman.record.values import Event, Mention

LINKS = 200  # of a much told event the strongest links are enough
LOOKED_AT = 1000  # mentions of one event whose links are ranked


def explain(db: sqlite3.Connection, event: Event, text: Callable[[int], str]) -> Explanation:
    """The explanation of `event`; `text(page)` gives a page's text."""
    found = tuple(_mention(m, text(m.page.id)) for m in event.mentions)
    keys = [r[0] for r in db.execute("SELECT id FROM mentions WHERE event = ?", (event.row,))]
    said = tuple(_judgement(j) for j in judgements.on(db, keys))
    return Explanation(event, found, links(db, event.row), field_values(db, event.row), said)


def links(
    db: sqlite3.Connection, event: int, limit: int = LINKS
) -> tuple[tuple[str, str, float, tuple[str, ...]], ...]:
    """Which mentions of an event (row) were found alike, how much and why, the strongest first; of an event that very
    many tell, among the first `LOOKED_AT` of its mentions.
    """
    rows = db.execute(
        "SELECT m.key, n.key, m.account, p.story, n.account, q.story FROM links l JOIN mentions m ON m.id = l.a "
        "JOIN mentions n ON n.id = l.b JOIN pages p ON p.id = m.page JOIN pages q ON q.id = n.page "
        "WHERE l.a IN (SELECT id FROM mentions WHERE event = ? LIMIT ?) AND n.event = ? "
        "ORDER BY l.score DESC, l.a, l.b LIMIT ?",
        (event, LOOKED_AT, event, limit),
    )
    return tuple((r[0], r[1], *score(_account(*r[2:4]), _account(*r[4:6]))) for r in rows)


def _account(account: str, story: str) -> Account:
    return Account.loads(account, frozenset(json.loads(story)))


def _mention(m: Mention, text: str) -> MentionExplanation:
    parts: list[tuple[str, str, int, int, str]] = [("event", m.quote, m.start, m.end, m.reason)]
    for side, start, end, reason in m.actor_spans:
        parts.append((side, text[start:end], start, end, reason))
    if m.date_span:
        parts.append(("date", text[slice(*m.date_span)], *m.date_span, m.date_reason))
    elif m.date_reason:
        parts.append(("date", "", m.start, m.start, m.date_reason))
    return MentionExplanation(m, text[m.sentence_start : m.sentence_end], tuple(parts))


def _judgement(j: judgements.Judgement) -> str:
    what = f"{j.field} is {j.value}" if j.field else j.verdict
    note = f": {j.note}" if j.note else ""
    return f"{j.by} on {j.at[:10]} judged: {what}{note} (judgement {j.id})"


def as_text(explanation: Explanation) -> str:
    """The explanation for a terminal."""
    e = explanation.event
    who = ", ".join(a.label for a in e.sources) or "unknown"
    whom = ", ".join(a.label for a in e.targets)
    head = [e.id, f"{e.event_type}{'/' + e.mode if e.mode else ''}", f"{who} -> {whom}" if whom else who]
    lines = [
        "  ".join([*head, e.date or "no date", e.status]),
        f"{e.mention_count} mentions on {e.page_count} pages, {e.independent_sources} independent",
    ]
    for m in explanation.mentions:
        page = m.mention.page
        lines += [
            "",
            f"{page.outlet or page.file or page.sha256[:12]}, {page.published or 'no date'}: {page.title or ''}",
        ]
        lines.append(f"  {' '.join(m.sentence.split())}")
        for part, said, start, end, reason in m.parts:
            lines.append(f"  {part:7} {' '.join(said.split())!r} [{start}:{end}] {reason}")
    if explanation.links:
        lines += ["", "merged because"]
        lines += [
            f"  {a[:8]} ~ {b[:8]} {score:.1f}: {'; '.join(reasons)}" for a, b, score, reasons in explanation.links
        ]
    if explanation.values:
        lines += ["", "where the mentions differ"]
        lines += [f"  {v.field:10} {v.value} {'*' if v.best else ' '} {v.reason}" for v in explanation.values]
    lines += [f"  {j}" for j in explanation.judgements]
    return "\n".join(lines)
