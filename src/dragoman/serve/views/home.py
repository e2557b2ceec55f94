"""The first page: what the record holds, and what happened last."""

from __future__ import annotations

from dragoman.record.values import EVENT_COLUMNS
from dragoman.serve.rendering import Ask, View, page

LATEST = 12


def home(ask: Ask) -> View:
    """Counts of pages, outlets, languages, events, mentions and independent sources, and the latest events."""
    counts = ask.record.counts()
    latest = ask.record.events(limit=LATEST)
    return View(
        title=ask.site.path.name,
        value={"counts": counts, "latest": latest.to_dicts()},
        columns=EVENT_COLUMNS,
        rows=latest.to_rows(),
        show={"events": latest},
    )


routes = page("/", "home", home)
