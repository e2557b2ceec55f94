"""Longer answers for people: the demo's summary and an actor's dossier."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from dragoman.record.ingesting import IngestReport
    from dragoman.record import Record
    from dragoman.record.values import Actor, Dossier, Event

QUOTE = 70  # characters of the evidence that a table shows


def demo_report(record: Record, report: IngestReport, path: Path) -> str:
    """The events of a demo record as a table, then where to go next."""
    counts = record.counts()
    found = sorted(record.events(limit=500), key=lambda e: (e.day or "9999", e.id))
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("date", "source", "event", "target", "status", "told by", "the words it rests on"):
        table.add_column(column, overflow="fold")
    for event in found:
        table.add_row(
            event.date or "?",
            _side(event.sources),
            f"{event.event_type} {event.mode or ''}".strip(),
            _side(event.targets),
            event.status,
            _told(event),
            _cut(event.quote),
        )
    lines = [
        _render(table),
        f"{counts['pages']} pages, {counts['mentions']} event mentions, {counts['events']} events. Told by: pages (independent texts).",
        "",
        "Next:",
        f"  dragoman explain {found[0].id if found else 'EVENT_ID'} --record {path}      why it was coded, dated and merged so",
        f"  dragoman events --actor MAR --other USA --record {path}     one pair, either direction",
        f"  dragoman search Libya --record {path}                      the pages' own words, in any language",
        f"  dragoman export csv --record {path} --out events.csv       take the table home",
        "  dragoman code YOUR_PAGES/                                   your own pages",
    ]
    return "\n".join(lines)


def dossier_report(dossier: Dossier) -> str:
    """An actor's dossier as text."""
    head = dossier.actor
    lines = [
        f"{head.name or head.code}  {head.code}",
        f"{dossier.events} events, {dossier.first or '?'} to {dossier.last or '?'}",
    ]
    if dossier.offices:
        lines.append("\nOffices seen")
        lines += [f"  {o.office}  ({o.first or '?'} – {o.last or '?'})" for o in dossier.offices]
    if dossier.partners:
        lines.append("\nPartners")
        lines += [f"  {p.name or p.code}  {p.events} events" for p in dossier.partners]
    lines.append("\nLatest events")
    lines += [
        f"  {e.date or '?':<12} {_side(e.sources)} → {e.event_type} → {_side(e.targets)}  {_cut(e.quote)}"
        for e in dossier.latest
    ]
    return "\n".join(lines)


def _side(actors: tuple[Actor, ...]) -> str:
    return "; ".join(f"{a.code} {a.name}" if a.name else a.code for a in actors)


def _told(event: Event) -> str:
    return (
        f"{event.page_count} ({event.independent_sources})"
        if event.page_count != event.independent_sources
        else str(event.page_count)
    )


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE else flat[: QUOTE - 1] + "…"


def _render(table: Table) -> str:
    out = StringIO()
    Console(file=out, width=None).print(table)
    return out.getvalue().rstrip()
