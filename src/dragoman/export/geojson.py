"""GeoJSON: a FeatureCollection of the events whose place has coordinates, with the precision of place and date."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.record.values import Event


def lines(events: Iterator[Event]) -> Iterator[str]:
    """The collection; `unlocated` says how many events have no coordinates and are left out."""
    yield '{"type": "FeatureCollection", "features": [\n'
    separator, unlocated = "", 0
    for event in events:
        place = event.location
        if place is None or place.latitude is None or place.longitude is None:
            unlocated += 1
            continue
        properties = event.to_row() | {"place_precision": "place" if place.name else "country"}
        feature = {
            "type": "Feature",
            "id": event.id,
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            "properties": {k: v for k, v in properties.items() if k not in ("id", "latitude", "longitude")},
        }
        yield separator + json.dumps(feature, ensure_ascii=False)
        separator = ",\n"
    yield f'\n], "unlocated": {unlocated}}}\n'
