"""Timeline: how much cooperation and conflict there was month by month, and what happened in the months chosen."""

from __future__ import annotations

from dragoman.record import EventFilter
from dragoman.serve import figures
from dragoman.serve.asked import narrowing
from dragoman.serve.rendering import Ask, View, page

EVENTS = 100  # drawn as dots and listed; more are a page further
EARLIEST = "0001"  # a year before all events


def timeline(ask: Ask) -> View:
    """The months of all times, and the latest events of those chosen."""
    wanted = figures.happened(ask.state)
    series = ask.site.months(ask.record, figures.of_all_times(wanted))
    chosen = series if not (wanted.since or wanted.until) else ask.site.months(ask.record, wanted)
    dated = EventFilter.of(wanted, {"since": wanted.since or EARLIEST})  # a timeline has no place for the others
    found = ask.record.events(dated, limit=EVENTS)
    return View(
        title="Timeline",
        value=lambda: {
            "series": [p.to_dict() for p in series],
            "events": [figures.dot(e) for e in found],
        },
        columns=figures.MONTH_COLUMNS,
        rows=lambda: [p.to_dict() for p in chosen],
        show={
            "narrowing": narrowing(ask.record, ask.state.but(since=None, until=None), "/timeline"),
            "series": series,
            "chosen": chosen,
            "events": found,
            "all_events": "/events" + ask.state.but(status=wanted.status).query(),
        },
    )


routes = page("/timeline", "timeline", timeline)
