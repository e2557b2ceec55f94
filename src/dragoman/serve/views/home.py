"""The first page: what the record holds, what happened last, and where to start."""

from __future__ import annotations

from dragoman.record.values import EVENT_COLUMNS
from dragoman.serve import wording
from dragoman.serve.rendering import Ask, View, page
from dragoman.serve.views.events import features

LATEST = 8
MOST_TOLD = 5


def home(ask: Ask) -> View:
    """Numbers of pages, texts, outlets, languages, mentions and events, each told apart; the latest events."""
    held = ask.site.kept("overview", ask.record, lambda record: record.overview())
    latest = ask.record.events(limit=LATEST)
    told = ask.record.events(order="sources", limit=MOST_TOLD)
    return View(
        title=ask.site.path.name,
        value=lambda: {"holds": held.to_dict(), "latest": latest.to_dicts(), "most_told": told.to_dicts()},
        columns=EVENT_COLUMNS,
        rows=latest.to_rows,
        features=lambda: features(latest),
        show={
            "held": held,
            "latest": latest,
            "told": told,
            "parties": sorted((wording.country(code), code, number) for code, number in held.parties),
        },
    )


routes = page("/", "home", home, places=True)
