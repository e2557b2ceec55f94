"""Rows of event lists as HTML, kept: the same events stand on many pages, and a row is dearer to draw than to find."""

from __future__ import annotations

from markupsafe import Markup

from dragoman.record import Event

KEPT = 8_000  # rows, some 2 kB each at the most

_rows: dict[tuple[object, ...], Markup] = {}


def event_row(event: Event) -> Markup:
    """The row of an event in a list (templates/event_row.html); the same as long as all that it shows is the same."""
    shown = (
        event.id, event.event_type, event.mode, event.quad_class, event.sources, event.targets, event.symmetric,
        event.date, event.day, event.status, event.location, event.languages, event.quote, event.mention_count,
        event.page_count, event.independent_sources, event.disagreement_count,
    )  # fmt: skip
    known = _rows.get(shown)
    if known is None:
        from dragoman.serve.templating import environment

        known = Markup(environment().get_template("event_row.html").render(event=event))
        if len(_rows) >= KEPT:
            _rows.clear()
        _rows[shown] = known
    return known
