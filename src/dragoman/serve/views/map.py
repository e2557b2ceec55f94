"""Map: where things happened, from points with their precision to countries where nothing nearer is known."""

from __future__ import annotations

from dragoman.serve import figures, worldmap
from dragoman.serve.rendering import Ask, View, page
from dragoman.serve.views.events import narrowing

PLACES = 400  # drawn; a download has them all
ALL_PLACES = 100_000
COLUMNS = ("name", "country", "precision", "latitude", "longitude", "events", "cooperation", "conflict")


def world(ask: Ask) -> View:
    """The places of what happened in the dates chosen."""
    wanted = figures.happened(ask.state)
    limit = ALL_PLACES if ask.whole else PLACES
    found = ask.site.places(ask.record, wanted, limit)
    series = () if ask.query.get("part") == "places" else ask.site.months(ask.record, figures.of_all_times(wanted))
    state = ask.state.but(status=wanted.status)
    frame, spots = figures.spots(found.items, state)

    def rows() -> list[dict[str, object]]:
        return [p.to_dict() for p in found.items]

    return View(
        title="Map",
        value=lambda: {"places": rows(), "placed": found.placed, "series": [p.to_dict() for p in series]},
        columns=COLUMNS,
        rows=rows,
        features=lambda: figures.features(found.items),
        show={
            "narrowing": narrowing(ask.state.but(since=None, until=None), "/map"),
            "frame": worldmap.whole() if ask.query.get("view") == "world" else frame,
            "world": worldmap.whole(),
            "spots": spots,
            "places": found,
            "series": series,
            "contested": worldmap.contested(),
            "table": list(zip(found.items[:50], (figures.name(p) for p in found.items[:50]), strict=True)),
            "place_address": figures.place_address(state),
        },
    )


routes = page("/map", "map", world, places=True)
