"""A table in the columns of an ACLED export, for the events that ACLED's own types cover.

Only what is asked for by name is filled in: fatalities, regions and administrative units are not in the record and
stay empty. Acts that are no political violence, protest or strategic development have no place in it and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.export import rules
from dragoman.record.values import Actor, Event

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_VIOLENCE, _DEMONSTRATIONS, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_TYPES = {
    ("ASSAULT", "aerial"): (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "drone"): (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (_VIOLENCE, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("ASSAULT", "suicide-attack"): (_VIOLENCE, "Explosions/Remote violence", "Suicide bomb"),
    ("ASSAULT", "explosives"): (_VIOLENCE, "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("ASSAULT", "abduct"): (_VIOLENCE, "Violence against civilians", "Abduction/forced disappearance"),
    ("ASSAULT", "sexual"): (_VIOLENCE, "Violence against civilians", "Sexual violence"),
    ("ASSAULT", None): (_VIOLENCE, "Battles", "Armed clash"),
    ("PROTEST", "riot"): (_DEMONSTRATIONS, "Riots", "Violent demonstration"),
    ("PROTEST", None): (_DEMONSTRATIONS, "Protests", "Peaceful protest"),
    ("COERCE", "arrest"): (_STRATEGIC, "Strategic developments", "Arrests"),
    ("RETREAT", "ceasefire"): (_STRATEGIC, "Strategic developments", "Agreement"),
    ("AGREE", None): (_STRATEGIC, "Strategic developments", "Agreement"),
    ("SUPPORT", None): (_STRATEGIC, "Strategic developments", "Agreement"),
}  # (PLOVER type, mode or None for any): disorder, event and sub-event type of the ACLED codebook of 2023
_PRECISION = {"day": 1, "interval": 2, "month": 3}


def rows(events: Iterator[Event]) -> Iterator[dict[str, Any]]:
    """One row an event that happened, has a date of a month or better, and falls under one of ACLED's types."""
    for event, _, mentions in rules.each(events):
        kind = _TYPES.get((event.event_type, event.mode)) or _TYPES.get((event.event_type, None))
        if kind is None or (event.event_type == "SUPPORT" and event.cameo != "057"):
            continue
        if event.status not in ("occurred", "ongoing") or event.precision not in _PRECISION:
            continue
        place = event.location
        outlets = dict.fromkeys(m.page.outlet for m in mentions if m.page.outlet)
        yield dict.fromkeys(COLUMNS) | {
            "event_id_cnty": event.id,
            "event_date": event.day,
            "year": event.day[:4],
            "time_precision": _PRECISION[event.precision or ""],
            "disorder_type": kind[0],
            "event_type": kind[1],
            "sub_event_type": kind[2],
            "actor1": _names(event.sources),
            "actor2": _names(event.targets) or None,
            "country": place.country if place else None,
            "location": place.name if place else None,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "geo_precision": None if place is None else 1 if place.name else 3,
            "source": "; ".join(outlets) or None,
            "notes": event.quote,
            "timestamp": max(m.page.added for m in mentions),
        }


def _names(actors: tuple[Actor, ...]) -> str:
    return "; ".join(a.label for a in actors)
