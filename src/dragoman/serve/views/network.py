"""Network: who deals with whom, with cooperation and conflict told apart."""

from __future__ import annotations

from typing import Any

from dragoman.serve import figures, wording
from dragoman.serve.asked import narrowing
from dragoman.serve.rendering import Ask, View, page

TIES = 120  # drawn
ALL_TIES = 100_000
TABLE = 60
COLUMNS = ("a", "a_name", "b", "b_name", "events", "cooperation", "conflict", "balance", "sign")


def network(ask: Ask) -> View:
    """The pairs with most events in the dates chosen."""
    wanted = figures.happened(ask.state)
    part = ask.query.get("part")  # what the page's own scripts ask for: the months, or what is drawn
    ties = ask.site.ties(ask.record, wanted, ALL_TIES if ask.whole and not part else TIES)
    drawn = figures.graph(ties[:TIES], ask.state)
    series = ask.site.months(ask.record, figures.of_all_times(wanted))
    knots, lines = figures.ring(drawn)

    def rows() -> list[dict[str, object]]:
        return [t.to_dict() | {"a_name": wording.country(t.a), "b_name": wording.country(t.b)} for t in ties]

    def value() -> dict[str, Any]:
        months: dict[str, Any] = {"series": [p.to_dict() for p in series]}
        return months if part == "months" else {**drawn} if part == "drawn" else {**drawn, "ties": rows(), **months}

    return View(
        title="Network",
        value=value,
        columns=COLUMNS,
        rows=rows,
        show={
            "narrowing": narrowing(ask.record, ask.state.but(since=None, until=None), "/network"),
            "knots": knots,
            "lines": lines,
            "series": series,
            "table": [(t, figures.pair_address(t.a, t.b, ask.state)) for t in ties[:TABLE]],
            "shown": len(drawn["edges"]),
        },
    )


routes = page("/network", "network", network)
