"""Map: where things happened, from points with their precision to countries where nothing nearer is known."""

from __future__ import annotations

from dragoman.serve import figures, worldmap
from dragoman.serve.asked import narrowing
from dragoman.serve.rendering import Ask, View, page

PLACES = 300  # drawn; a download has them all
ALL_PLACES = 100_000
COLUMNS = ("name", "country", "precision", "latitude", "longitude", "events", "cooperation", "conflict")


def world(ask: Ask) -> View:
    """The places of what happened in the dates chosen."""
    wanted = figures.happened(ask.state)
    series = ask.site.months(ask.record, figures.of_all_times(wanted))
    part = ask.query.get("part")  # what the page's own script asks for: the months, without the places
    found = ask.site.places(ask.record, wanted, ALL_PLACES if ask.whole and not part else PLACES)
    state = ask.state.but(status=wanted.status)
    frame, spots = figures.spots(found.items, state)

    def rows() -> list[dict[str, object]]:
        return [p.to_dict() for p in found.items]

    return View(
        title="Map",
        value=lambda: (
            ({} if part == "months" else {"places": rows(), "placed": found.placed})
            | {"series": [p.to_dict() for p in series]}
        ),
        columns=COLUMNS,
        rows=rows,
        features=lambda: figures.features(found.items),
        show={
            "narrowing": narrowing(ask.record, ask.state.but(since=None, until=None), "/map"),
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
