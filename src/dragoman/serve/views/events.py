"""Search and events: the events of a filter, how they divide, in an order, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.record import Event, Record
from dragoman.record.facets import Count, Facets
from dragoman.record.values import EVENT_COLUMNS, EventList
from dragoman.serve import asked, wording
from dragoman.serve.rendering import Ask, Row, View, page
from dragoman.serve.state import State

SHOWN = 8  # values of a field before "more"
DOWNLOAD_STEP = 500  # rows asked for at a time when a whole list is taken home
FACETS = ("actor", "person", "type", "status", "country", "language", "outlet")
ORDERS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "sources": "Most sources",
    "disputed": "Most disputed",
    "added": "Last added",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to narrow the list by: what it says, how many events it leaves, where it leads."""

    name: str
    title: str
    events: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of the timeline above the list; `height` is in percent of the highest."""

    period: str
    events: int
    height: float
    address: str
    chosen: bool


def events(ask: Ask) -> View:
    """One page of the list with the counts that narrow it."""
    state = ask.state
    found = ask.record.events(state.filter, order=state.order, limit=state.size, after=state.after or None)
    counts = None if ask.whole else counted(ask)
    following = state.but(after=found.next_cursor) if found.next_cursor else None
    after = f"/events.json{following.query()}" if ask.whole and following else None
    return View(
        title=asked.title(ask.record, state),
        value=lambda: {"events": found.to_dicts(), "next": after},
        columns=EVENT_COLUMNS,
        rows=found.to_rows,
        after=found.next_cursor or "",
        more=lambda record, after: _more(record, state, after),
        features=lambda: features(_all(ask, found)),
        show={
            "events": found,
            "facets": [(asked.LABELS[n], n, _choices(ask.record, state, n, counts)) for n in FACETS] if counts else [],
            "counts": counts,
            "bars": bars(state, counts.times) if counts else [],
            "orders": [(label, state.but(order=o).query() or "?", o == state.order) for o, label in ORDERS.items()],
            "narrowing": asked.narrowing(ask.record, state),
            "hidden": [(n, v) for n, v in state.pairs() if n not in ("since", "until", "text", "after")],
            "following": "/events" + following.query() if following else None,
            "first": "/events" + (state.but().query()) if state.after else None,
            "shown": SHOWN,
        },
    )


def counted(ask: Ask) -> Facets:
    """The counts beside the list; the same question within some seconds is not counted again."""
    wanted, order = ask.state.filter, ask.state.order
    return ask.site.kept(f"facets {order}", ask.record, lambda r: r.facets(wanted, order=order), wanted)


def _all(ask: Ask, first: EventList) -> Iterator[Event]:
    """The events of the page and all that follow, as far as places are looked for."""
    yield from first
    left, after = ask.site.limits.features - len(first), first.next_cursor
    while after and left > 0:
        part = ask.record.events(ask.state.filter, order=ask.state.order, limit=min(left, DOWNLOAD_STEP), after=after)
        yield from part
        left, after = left - len(part), part.next_cursor


def _more(record: Record, state: State, after: str) -> tuple[Sequence[Row], str]:
    found = record.events(state.filter, order=state.order, limit=DOWNLOAD_STEP, after=after)
    return found.to_rows(), found.next_cursor or ""


def _choices(record: Record, state: State, name: str, counts: Facets) -> list[Choice]:
    """The values of a field: links that take a value in, or out where it is chosen (those first)."""
    field = "actor" if name == "person" else name
    chosen: tuple[str, ...] = getattr(state.filter, field)
    found = list(counts.fields[name])
    if name != "person":
        known = {c.value for n in (name, *(["person"] if name == "actor" else [])) for c in counts.fields[n]}
        found = [Count(v, asked.said(record, field, v), 0) for v in chosen if v not in known] + found
    choices = [
        Choice(_named(field, c), _explained(field, c), c.events, "/events" + query, c.value in chosen)
        for c, query in zip(found, state.toggles(field, (c.value for c in found)), strict=True)
        if query is not None
    ]
    return sorted(choices, key=lambda c: not c.chosen)


def _named(field: str, c: Count) -> str:
    said: dict[str, Callable[[str], str]] = {
        "actor": wording.country, "country": wording.country, "type": wording.event_type, "language": wording.language,
        "status": lambda value: wording.STATUSES.get(value, value),
    }  # fmt: skip
    return c.name or said.get(field, str)(c.value)


def _explained(field: str, c: Count) -> str:
    return wording.definition(c.value) if field == "type" else ""


def bars(state: State, times: Iterable[tuple[str, int]]) -> list[Bar]:
    """The timeline: every bar leads to its period; the one chosen leads back out of it."""
    times = list(times)
    highest = max((n for _, n in times), default=0)
    dates = (state.filter.since, state.filter.until)
    return [
        Bar(
            period,
            number,
            round(100 * number / highest, 1) if highest else 0,
            "/events" + state.but(**_period(period, dates == (period, period))).query(),
            dates == (period, period),
        )
        for period, number in times
    ]


def _period(period: str, chosen: bool) -> dict[str, str | None]:
    """The filter for a period; for the one chosen already, the next wider one."""
    wider = period[: max(0, len(period) - 3)] or None if len(period) > 4 else None
    return {"since": wider, "until": wider} if chosen else {"since": period, "until": period}


def features(found: Iterable[Event]) -> list[dict[str, Any]]:
    """The events that have a place on the map, as GeoJSON."""
    return [
        {
            "type": "Feature",
            "id": e.id,
            "geometry": {"type": "Point", "coordinates": [e.location.longitude, e.location.latitude]},
            "properties": e.to_row(),
        }
        for e in found
        if e.location and e.location.latitude is not None and e.location.longitude is not None
    ]


routes = page("/events", "events", events, places=True)
