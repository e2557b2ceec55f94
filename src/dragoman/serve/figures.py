"""What charts, map and network are drawn from, and their drawing on the server, which scripts make movable.

Figures show what happened (occurred or going on) unless the reader asks for another status: a visit called off is no
tie between two countries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, log2, pi, sin, sqrt
from typing import Any
from urllib.parse import quote_plus, urlencode

from dragoman.record import EventFilter, Record
from dragoman.record.answers import Period
from dragoman.record.days import months
from dragoman.record.geography import PlaceCount
from dragoman.record.network import Sign, Tie
from dragoman.record.rollups import HAPPENED
from dragoman.record.values import Event, EventList
from dragoman.serve import wording, worldmap
from dragoman.serve.state import State

MONTH_COLUMNS = (
    "period", "events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "score",
    "independent_sources",
)  # fmt: skip
LARGEST, SMALLEST = 17.0, 4.0  # radius of a place on the map, in pixels at 960 pixels' width
WIDTH = 960
LOOKED_THROUGH = 5  # parts of a list of events, when looking for agreements in it
SIGNED = "057"  # CAMEO: sign formal agreement
STRAY, FEW_STRAY = 0.05, 3  # the share of events, or their number, that may lie far from the others
MANY = 20  # events of which a few may be left out
FEWEST_BARS = 12  # a chart has room for a year, so that a single month is no wall
RING = 300  # radius of the circle that parties of a network stand on, of 400


@dataclass(frozen=True, slots=True)
class Bars:
    """The chart of months (or years) without scripts: `width` bars, and one SVG path for each quad class, on a height
    of 100.
    """

    first: str
    last: str
    width: int
    paths: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map."""

    x: float
    y: float
    radius: float
    pixels: float
    place: str
    label: str
    kind: Sign
    known: bool
    address: str


@dataclass(frozen=True, slots=True)
class Knot:
    """A party of the network drawn without scripts."""

    name: str
    x: float
    y: float
    radius: float
    anchor: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A tie of the network drawn without scripts."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    kind: Sign
    label: str
    address: str


def happened(state: State) -> EventFilter:
    """The filter of a figure: what the reader asks for, of what happened unless a status is asked for."""
    return state.filter if state.filter.status else state.but(status=HAPPENED).filter


def of_all_times(wanted: EventFilter) -> EventFilter:
    """The same filter without its dates, for the chart in which the dates are chosen."""
    return EventFilter.of(wanted, {"since": "", "until": ""})


def drawn(series: Sequence[Period]) -> Sequence[Period]:
    """The months worth drawing: a few dates of long ago or far ahead would squeeze all others into a corner. They are
    left out where the shortest run of months with nearly all events (all but `STRAY`, or of `MANY` all but
    `FEW_STRAY`) is much shorter than the whole.
    """
    events = sum(p.events for p in series)
    wanted = events - max(STRAY * events, FEW_STRAY if events >= MANY else 0)
    best = (0, len(series))
    start, inside = 0, 0
    for end, period in enumerate(series, 1):
        inside += period.events
        while inside - series[start].events >= wanted and start < end - 1:
            inside -= series[start].events
            start += 1
        if inside >= wanted and end - start < best[1] - best[0]:
            best = (start, end)
    return series[best[0] : best[1]] if best[1] - best[0] < len(series) * 2 / 3 else series


def bars(series: Sequence[Period], most: int = 240) -> Bars | None:
    """The chart's months, or its years where there would be more than `most` bars; None without any."""
    months = series if len(series) <= most else by_year(series)
    up = max((p.quads[0] + p.quads[1] for p in months), default=0)
    down = max((p.quads[2] + p.quads[3] for p in months), default=0)
    if not up + down:
        return None
    unit, zero = 100 / (up + down), 100 * up / (up + down)
    drawn: dict[int, list[str]] = {2: [], 1: [], 4: [], 3: []}
    width = max(len(months), FEWEST_BARS)
    for i, p in enumerate(months, (width - len(months)) // 2):
        verbal, material, against, force = (n * unit for n in p.quads)
        boxes = (
            (2, zero - material, material), (1, zero - material - verbal, verbal),
            (4, zero, force), (3, zero + force, against),
        )  # fmt: skip
        for quad, top, height in boxes:
            if height:
                drawn[quad].append(f"M{i + 0.1:g} {top:.2f}h.8v{height:.2f}h-.8z")
    return Bars(months[0].period, months[-1].period, width, tuple((q, "".join(d)) for q, d in drawn.items() if d))


def by_year(series: Iterable[Period]) -> list[Period]:
    """Months summed up by year."""
    years: dict[str, list[Period]] = {}
    for p in series:
        years.setdefault(p.period[:4], []).append(p)
    return [_sum(year, months) for year, months in years.items()]


def _sum(year: str, months: Sequence[Period]) -> Period:
    events = sum(p.events for p in months)
    scores = sum((p.score or 0) * p.events for p in months)
    quads = tuple(sum(p.quads[i] for p in months) for i in range(4))
    return Period(
        year,
        events,
        (quads[0], quads[1], quads[2], quads[3]),
        round(scores / events, 3) if events and any(p.score is not None for p in months) else None,
        sum(p.independent_sources for p in months),
    )


def series_of(events: Iterable[Event]) -> list[Period]:
    """The months of events in hand that happened on a known date, months without events included."""
    counted: dict[str, list[int]] = {}
    for event in events:
        if event.day and event.status in HAPPENED:
            counted.setdefault(event.day[:7], [0, 0, 0, 0])[event.quad_class - 1] += 1
    if not counted:
        return []
    quads = {month: counted.get(month, [0, 0, 0, 0]) for month in months(min(counted), max(counted))}
    return [Period(month, sum(q), (q[0], q[1], q[2], q[3])) for month, q in quads.items()]


def total(series: Sequence[Period]) -> Period:
    """All of a series in one."""
    return _sum("", series)


def table(series: Sequence[Period], most: int = 60) -> list[Period]:
    """The rows of the table beside a chart: the months in which something happened, or the years where those are
    many.
    """
    months = [p for p in series if p.events]
    return months if len(months) <= most else [p for p in by_year(series) if p.events]


def position(place: PlaceCount) -> tuple[float, float] | None:
    """(latitude, longitude) at which a place is drawn: its own, else the middle of its country."""
    if place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    return worldmap.middle(place.country)


def name(place: PlaceCount) -> str:
    """ "Rabat, Morocco"; "somewhere in Morocco"."""
    if not place.name:
        return f"somewhere in {wording.country(place.country)}"
    return f"{place.name}, {wording.country(place.country)}" if place.country else place.name


def place_address(state: State) -> Callable[[PlaceCount], str]:
    """Gives the address of the events at a place, within the filters in use."""
    rest = urlencode(state.but(place=(), country=()).pairs())
    start = f"/events?{rest}&" if rest else "/events?"

    def address(place: PlaceCount) -> str:
        named = f"place={quote_plus(place.name)}" if place.name else ""
        return (
            start
            + named
            + ("&" if named and place.country else "")
            + (f"country={quote_plus(place.country)}" if place.country else "")
        )

    return address


def spots(places: Sequence[PlaceCount], state: State) -> tuple[worldmap.Frame, list[Spot]]:
    """The part of the map to show and the places on it, the busiest first so that small ones lie on top."""
    drawn = [(p, worldmap.project(*at)) for p in places if (at := position(p))]
    frame = worldmap.frame(at for _, at in drawn)
    most = max((p.events for p, _ in drawn), default=1)
    unit = frame.width / WIDTH
    address = place_address(state)
    found = []
    for place, (x, y) in drawn:
        pixels = max(SMALLEST, LARGEST * sqrt(place.events / most))
        said = (
            f"{wording.count(place.events, 'event')}: {place.cooperation} of cooperation, {place.conflict} of conflict"
        )
        found.append(
            Spot(
                round(x, 1),
                round(y, 1),
                round(pixels * unit, 1),
                round(pixels, 1),
                name(place),
                said,
                sign(place.cooperation, place.conflict),
                bool(place.name),
                address(place),
            )
        )
    return frame, found


def sign(cooperation: int, conflict: int) -> Sign:
    """What events mostly are, by the same rule as a pair's."""
    return Tie("", "", cooperation, conflict).sign


def features(places: Iterable[PlaceCount]) -> list[dict[str, Any]]:
    """Places as GeoJSON. Where only the country is known, the point is its middle and `precision` says so."""
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [at[1], at[0]]},
            "properties": place.to_dict(),
        }
        for place in places
        if (at := position(place))
    ]


def pair_address(a: str, b: str, state: State | None = None) -> str:
    """The address of the page of two parties, with the dates in use."""
    dates = State(EventFilter(since=state.filter.since, until=state.filter.until)).query() if state else ""
    return f"/pairs/{a}/{b}{dates}"


def graph(ties: Sequence[Tie], state: State) -> dict[str, list[dict[str, Any]]]:
    """Ties as nodes and edges with names and addresses."""
    weights: dict[str, int] = {}
    for tie in ties:
        for code in (tie.a, tie.b):
            weights[code] = weights.get(code, 0) + tie.events
    return {
        "nodes": [
            {"id": code, "label": wording.country(code), "events": n, "href": f"/actors/{code}"}
            for code, n in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        ],
        "edges": [tie.to_dict() | {"href": pair_address(tie.a, tie.b, state)} for tie in ties],
    }


def ring(drawn: Mapping[str, Sequence[Mapping[str, Any]]], most: int = 40) -> tuple[list[Knot], list[Line]]:
    """The network with its busiest parties on a circle, for readers without scripts."""
    shown = list(drawn["nodes"][:most])
    heaviest = max((n["events"] for n in shown), default=1)
    knots: dict[str, Knot] = {}
    for i, node in enumerate(shown):
        angle = 2 * pi * i / len(shown) - pi / 2
        x, y = RING * cos(angle), RING * sin(angle)
        anchor = "middle" if abs(x) < RING / 8 else "start" if x > 0 else "end"
        radius = 4 + 8 * sqrt(node["events"] / heaviest)
        knots[node["id"]] = Knot(node["label"], round(x, 1), round(y, 1), round(radius, 1), anchor, node["href"])
    lines = []
    for edge in drawn["edges"]:
        if edge["a"] in knots and edge["b"] in knots:
            one, two = knots[edge["a"]], knots[edge["b"]]
            label = f"{one.name} and {two.name}: {edge['cooperation']} of cooperation, {edge['conflict']} of conflict"
            width = round(1 + log2(1 + edge["events"]) / 2, 2)
            lines.append(Line(one.x, one.y, two.x, two.y, width, edge["sign"], label, edge["href"]))
    return list(knots.values()), lines


def agreements(record: Record, wanted: EventFilter, limit: int) -> EventList:
    """The latest agreements of a filter: those agreed on (AGREE) and those signed, which PLOVER counts under other
    types but CAMEO names (057).
    """
    asked = EventFilter.of(wanted, {"type": ("AGREE", "SUPPORT", "COOPERATE")})
    agreed: list[Event] = []
    after = None
    for _ in range(LOOKED_THROUGH):
        found = record.events(asked, limit=2 * limit, after=after)
        agreed += [e for e in found if e.event_type == "AGREE" or e.cameo == SIGNED]
        after = found.next_cursor
        if len(agreed) >= limit or after is None:
            break
    return EventList(tuple(agreed[:limit]))


def dot(event: Event) -> dict[str, Any]:
    """An event as a dot in time: what the chart needs to place it, name it and lead to it."""
    return {
        "id": event.id, "date": event.date, "day": event.day, "event_type": event.event_type,
        "quad_class": event.quad_class, "status": event.status,
        "summary": f"{wording.parties(event.sources, 'unknown')} – {wording.parties(event.targets, 'nobody named')}",
    }  # fmt: skip
