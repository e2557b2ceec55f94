"""POLECAT: the 40 tab-separated columns of the ngecEvents files, with their header; missing is "None", lists are
joined by "; ".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.export import rules
from dragoman.record.values import Actor, Event, Mention

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
    *("Language", "Version"),
)
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
NONE = "None"


def lines(events: Iterator[Event]) -> Iterator[str]:
    """The file, line by line. Statuses are carried by PLOVER's own rules (`rules.coded`)."""
    yield "\t".join(COLUMNS) + "\n"
    for event, codes, mentions in rules.each(events):
        first = mentions[0]
        place = event.location
        row = (
            event.id,
            rules.day_of(event, mentions),
            codes.event_type,
            codes.mode,
            f"{codes.score:.1f}",
            _QUADS[codes.quad_class],
            _joined(event.contexts),
            *_side(event.sources, "source", first),
            *_side(event.targets, "target", first),
            place.name if place else None,
            place.name if place else None,
            None,
            None,
            rules.country_name(place.country) if place and place.country else None,
            _coordinate(place.latitude if place else None),
            _coordinate(place.longitude if place else None),
            None,
            place.name if place else None,
            None,
            first.page.outlet,
            first.page.published,
            _joined(sorted({a.name for m in mentions for a in (*m.sources, *m.targets) if a.name})),
            _joined(
                sorted(
                    {
                        rules.actor_name(a)
                        for m in mentions
                        for a in (*m.sources, *m.targets)
                        if a.kind == "organisation"
                    }
                )
            ),
            _joined(sorted({m.location.name for m in mentions if m.location and m.location.name})),
            _joined(event.languages),
            rules.version(),
        )
        yield "\t".join(rules.shown(cell) or NONE for cell in row) + "\n"


def _side(actors: tuple[Actor, ...], side: str, first: Mention) -> tuple[str | None, ...]:
    known = [a for a in actors if a.code != "---"]
    sectors = list(dict.fromkeys(a.sector or ("IGO" if rules.is_igo(a) else "GOV") for a in known))
    written = [a for a in (first.sources if side == "source" else first.targets) if a.name]
    return (
        _joined(rules.actor_name(a) for a in known),
        _joined(dict.fromkeys(rules.country_name(a.country) for a in known)),
        _joined(dict.fromkeys(c for a in known if (c := rules.cow(a.country)))),
        sectors[0] if sectors else None,
        _joined(sectors),
        _joined(a.office for a in known if a.office),
        _joined(a.name for a in written) or _joined(rules.actor_name(a) for a in known),
        _joined(a.wikidata for a in known if a.wikidata),
    )


def _joined(parts: Iterable[str | None]) -> str | None:
    return "; ".join(p for p in parts if p) or None


def _coordinate(value: float | None) -> str | None:
    return None if value is None else f"{value:.5f}"
