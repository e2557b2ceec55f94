"""Longer answers for people: the demo's summary, an actor's dossier, and rows that fit a screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.cli.output import plain, rendered

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.answers import Dossier, Hit, Period
    from dragoman.record.values import Actor, Event

EVENT_TABLE = ("date", "source", "event", "target", "status", "told_by", "id", "quote")
PERIOD_TABLE = ("period", "events", "score", "cooperation", "material", "conflict", "use of force or penalties")
HIT_TABLE = ("published", "outlet", "title", "events", "snippet")
SHOWN = 20  # events that the demo shows
QUOTE = 90  # characters of the evidence in running text


def event_row(event: Event) -> dict[str, Any]:
    """A merged event as a row for the screen."""
    return {
        "date": event.date or "?",
        "source": _side(event.sources),
        "event": f"{event.event_type} {event.mode or ''}".strip(),
        "target": _side(event.targets),
        "status": event.status,
        "told_by": _told(event),
        "id": event.id,
        "quote": event.quote,
    }


def hit_row(hit: Hit) -> dict[str, Any]:
    """A page found by its words as a row for the screen."""
    page = hit.page
    return {
        "published": page.published or "?",
        "outlet": page.outlet,
        "title": page.title,
        "events": len(hit.events),
        "snippet": hit.snippet,
    }


def period_row(period: Period) -> dict[str, Any]:
    """Counts of a period as a row for the screen."""
    return {
        "period": period.period,
        "events": period.events,
        "score": period.score,
        **dict(zip(PERIOD_TABLE[3:], period.quads, strict=True)),
    }


def demo_report(record: Record, path: Path) -> str:
    """The best attested events of a demo record, where the sources differ, and where to go next."""
    counts = record.counts()
    every = list(record.events(limit=1000))
    best = sorted(every, key=lambda e: (-e.independent_sources, e.date is None, -e.confidence, e.id))[:SHOWN]
    best += [e for e in every if e.status in ("cancelled", "planned") and e.date and e not in best]
    shown = sorted(best, key=lambda e: (e.day or "9999", e.id))
    lines = [
        rendered([event_row(e) for e in shown], [c for c in EVENT_TABLE if c != "id"]),
        "",
        f"{counts['pages']} pages in {_languages(every)}: {counts['mentions']} accounts of {counts['events']} events; "
        f"the {len(shown)} above are those told by most pages, planned or called off.",
        "told by: pages; in brackets the independent texts among them, where some are copies.",
        *_differences(record),
        "",
        "Next:",
    ]
    best_told = max(shown, key=lambda e: (e.independent_sources, len(e.languages)), default=None)
    first = best_told.id if best_told else "EVENT_ID"
    steps = (
        (f"dragoman serve --record {path} --open", "the record in your browser"),
        (f"dragoman explain {first} --record {path}", "why it was coded, dated and merged so"),
        (f"dragoman events --actor SAU --other IRN --record {path}", "one pair, either direction"),
        (f"dragoman search ambassador --record {path}", "the pages' own words, in any language"),
        (f"dragoman export csv --record {path} --out events.csv", "take the table home"),
        ("dragoman code YOUR_PAGES/", "your own pages"),
    )
    longest = max(len(command) for command, _ in steps)
    lines += [f"  {command:<{longest}}  {what}" for command, what in steps]
    return "\n".join(lines)


def dossier_report(dossier: Dossier) -> str:
    """An actor's dossier as text."""
    head = dossier.actor
    lines = [
        f"{head.name}  {head.code}" if head.name else head.code,
        f"{dossier.events} events, {dossier.first or '?'} to {dossier.last or '?'}",
    ]
    if dossier.offices:
        lines.append("\nOffices seen")
        lines += [f"  {o.office}  ({o.first or '?'} to {o.last or '?'})" for o in dossier.offices]
    if dossier.partners:
        lines.append("\nPartners")
        lines += [
            f"  {p.country:<8} {p.events:>4} events, {p.cooperative} cooperative, {p.conflictual} conflictual"
            for p in dossier.partners
        ]
    if dossier.latest:
        lines.append("\nLatest events")
        lines += [f"  {_line(e)}" for e in dossier.latest]
    if dossier.quotations:
        lines.append("\nQuotations")
        lines += [f"  {q.page.published or '?':<12}{_cut(q.words)}" for q in dossier.quotations]
    return "\n".join(lines)


def _differences(record: Record) -> list[str]:
    """One paragraph for each event whose sources differ, at most three."""
    lines: list[str] = []
    for event in record.disagreements(3):
        lines += ["", f"Sources differ on: {_line(event)}"]
        for value in event.disagreements():
            mark = "*" if value.best else " "
            lines.append(f"  {mark} {value.field} {value.value}: {value.reason}")
    return lines


def _line(event: Event) -> str:
    what = f"{event.event_type} {event.mode}" if event.mode else event.event_type
    parties = f"{_side(event.sources)} → {what} → {_side(event.targets) or '?'}"
    return f"{event.date or '?':<12}{parties}: {_cut(event.quote)}"


def _side(actors: tuple[Actor, ...]) -> str:
    return "; ".join(f"{a.code} {a.name}" if a.name else a.code for a in actors)


def _told(event: Event) -> str:
    told = str(event.page_count)
    if event.page_count != event.independent_sources:
        told += f" ({event.independent_sources})"
    return f"{told} {' '.join(event.languages)}"


def _languages(events: list[Event]) -> str:
    return ", ".join(sorted({language for e in events for language in e.languages}))


def _cut(text: str) -> str:
    flat = plain(text)
    return flat if len(flat) <= QUOTE else flat[: QUOTE - 1] + "…"
