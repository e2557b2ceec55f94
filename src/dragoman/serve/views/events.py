"""Search and events: the events of a filter, how they divide, in an order, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.record import Event, FilterError, Record
from dragoman.record.facets import Count, Facets
from dragoman.record.values import EVENT_COLUMNS
from dragoman.serve import wording
from dragoman.serve.rendering import Ask, Row, View, page
from dragoman.serve.state import State

SHOWN = 8  # values of a field before "more"
DOWNLOAD_STEP = 500  # rows asked for at a time when a whole list is taken home
FACETS = (
    ("actor", "Parties"), ("person", "People"), ("type", "What"), ("status", "Did it happen"),
    ("country", "Where"), ("language", "Language"), ("outlet", "Outlet"),
)  # fmt: skip
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
        title=title(state),
        value=lambda: {"events": found.to_dicts(), "next": after},
        columns=EVENT_COLUMNS,
        rows=found.to_rows,
        after=found.next_cursor or "",
        more=lambda record, after: _more(record, state, after),
        features=lambda: features(found),
        show={
            "events": found,
            "facets": [(label, name, _choices(state, name, counts)) for name, label in FACETS] if counts else [],
            "counts": counts,
            "bars": bars(state, counts.times) if counts else [],
            "orders": [(label, state.but(order=o).query() or "?", o == state.order) for o, label in ORDERS.items()],
            "narrowing": narrowing(state),
            "hidden": [(n, v) for n, v in state.pairs() if n not in ("since", "until", "text", "after")],
            "following": "/events" + following.query() if following else None,
            "first": "/events" + (state.but().query()) if state.after else None,
            "shown": SHOWN,
        },
    )


def counted(ask: Ask) -> Facets:
    """The counts beside the list; the same question within some seconds is not counted again."""
    asked = ask.state
    return ask.site.kept(
        f"facets {asked.order}",
        ask.record,
        lambda record: record.facets(asked.filter, order=asked.order),
        asked.filter,
    )


def _more(record: Record, state: State, after: str) -> tuple[Sequence[Row], str]:
    found = record.events(state.filter, order=state.order, limit=DOWNLOAD_STEP, after=after)
    return found.to_rows(), found.next_cursor or ""


def title(state: State) -> str:
    """What a list shows, in words."""
    asked = state.filter
    sides = [*asked.actor, *(w for w in (asked.other, asked.source, asked.target) if w)]
    parts = []
    if asked.text:
        parts.append(f"“{asked.text}”")
    if sides:
        parts.append(" and ".join(wording.country(s) for s in sides))
    parts += [wording.event_type(t) for t in asked.type]
    if asked.since or asked.until:
        first, last = asked.since or "", asked.until or ""
        parts.append(wording.day(first) if first == last else f"{first or '…'} to {last or '…'}")
    return ", ".join(parts) or "All events"


def _choices(state: State, name: str, counts: Facets) -> list[Choice]:
    asked = "actor" if name == "person" else name
    chosen: tuple[str, ...] = getattr(state.filter, asked)
    found = [choice for c in counts.fields[name] if (choice := _choice(state, asked, c, c.value in chosen))]
    if name != "person":
        missing = [v for v in chosen if v not in {c.value for c in counts.fields[name]}]
        known = {c.value for c in counts.fields["person"]} if name == "actor" else set()
        away = [_choice(state, asked, Count(v, None, 0), True) for v in missing if v not in known]
        found = [choice for choice in away if choice] + found
    return sorted(found, key=lambda c: not c.chosen)


def _choice(state: State, name: str, c: Count, chosen: bool) -> Choice | None:
    """A link that takes a value in, or out where it is chosen; None for a value that no filter can name."""
    try:
        narrowed = state.toggled(name, c.value)
    except FilterError:
        return None
    said = {
        "actor": c.name or wording.country(c.value),
        "type": wording.event_type(c.value),
        "status": wording.STATUSES.get(c.value, c.value),
        "country": wording.country(c.value),
        "language": wording.language(c.value),
    }.get(name, c.value)
    told = wording.definition(c.value) if name == "type" else ""
    return Choice(said, told, c.events, "/events" + narrowed.query(), chosen)


def bars(state: State, times: Iterable[tuple[str, int]]) -> list[Bar]:
    """The timeline: every bar leads to its period; the one chosen leads back out of it."""
    times = list(times)
    highest = max((n for _, n in times), default=0)
    asked = (state.filter.since, state.filter.until)
    return [
        Bar(
            period,
            number,
            round(100 * number / highest, 1) if highest else 0,
            "/events" + state.but(**_period(period, asked == (period, period))).query(),
            asked == (period, period),
        )
        for period, number in times
    ]


def _period(period: str, chosen: bool) -> dict[str, str | None]:
    """The filter for a period; for the one chosen already, the next wider one."""
    wider = period[: max(0, len(period) - 3)] or None if len(period) > 4 else None
    return {"since": wider, "until": wider} if chosen else {"since": period, "until": period}


def narrowing(state: State, path: str = "/events") -> list[tuple[str, str, str]]:
    """What narrows the list at `path`: (field, value in words, address without it)."""
    labels = dict(FACETS) | {
        "other": "With", "source": "Acting", "target": "Acted on", "mode": "How", "quad_class": "Kind", "since": "From",
        "until": "Until", "place": "Place", "text": "Words", "min_sources": "Sources at least",
        "disputed": "Disputed", "wrong": "Judged wrong too",
    }  # fmt: skip
    found = []
    for name, value in state.filter.parameters():
        several = isinstance(getattr(state.filter, name), tuple)
        typed = int(value) if name == "quad_class" else value
        without = state.toggled(name, typed) if several else state.but(**{name: None})
        said = {"actor": wording.country, "country": wording.country, "language": wording.language}.get(name, str)(
            value
        )
        if name == "quad_class":
            said = wording.QUADS[int(value)]
        elif name == "type":
            said = wording.event_type(value)
        elif name == "status":
            said = wording.STATUSES.get(value, value)
        elif value == "1" and name in ("disputed", "wrong"):
            said = "yes"
        found.append((labels[name], said, path + without.query()))
    return found


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
