"""Two parties: cooperation and conflict between them month by month, who met whom, and what happened."""

from __future__ import annotations

from dragoman.actors import registry
from dragoman.record import Record
from dragoman.record.filters import EventFilter
from dragoman.record.rollups import HAPPENED
from dragoman.record.values import EventList
from dragoman.serve import figures, wording
from dragoman.serve.problems import NotHere
from dragoman.serve.rendering import Ask, View, page

EVENTS, AGREEMENTS, MEETINGS = 60, 20, 30


def pair(ask: Ask) -> View:
    """The page of two countries or organisations, named in either order."""
    a, b = (party(ask.record, ask.path[side]) for side in ("a", "b"))
    names = wording.country(a), wording.country(b)
    if a == b:
        raise NotHere(f"A pair has two parties; {names[0]} is one.", [(f"/actors/{a}", names[0])])
    asked = ask.state.filter
    statuses = asked.status or HAPPENED
    series = ask.record.dyad(a, b, status=statuses, type=asked.type)
    dated = bool(asked.since or asked.until)
    chosen = (
        ask.record.dyad(a, b, status=statuses, type=asked.type, since=asked.since, until=asked.until)
        if dated
        else series
    )
    wanted = EventFilter.of(asked, {"actor": (a, b)})
    found = ask.record.events(wanted, limit=EVENTS)
    if not series and not found:
        links = [(f"/actors/{code}", name) for code, name in zip((a, b), names, strict=True) if known(ask.record, code)]
        raise NotHere(f"The record has no events between {names[0]} and {names[1]}.", [*links, ("/network", "Network")])
    agreed = EventFilter.of(wanted, {"status": statuses})
    agreements = figures.agreements(ask.record, agreed, AGREEMENTS) if not asked.type else EventList(())
    met = ask.site.kept("meetings", ask.record, lambda record: record.meetings(a, b, asked, limit=MEETINGS), wanted)
    return View(
        title=f"{names[0]} and {names[1]}",
        value=lambda: {
            "a": {"code": a, "name": names[0]},
            "b": {"code": b, "name": names[1]},
            "series": [p.to_dict() for p in series],
            "chosen": [p.to_dict() for p in chosen] if dated else None,
            "meetings": [m.to_dict() for m in met],
            "agreements": [e.to_dict() for e in agreements],
            "events": [figures.dot(e) for e in found],
        },
        columns=figures.MONTH_COLUMNS,
        rows=lambda: [p.to_dict() for p in chosen],
        show={
            "a": a,
            "b": b,
            "names": names,
            "series": series,
            "chosen": chosen,
            "dated": dated,
            "counted": figures.total(chosen),
            "met": met if a < b else [m.turned() for m in met],
            "agreements": agreements,
            "events": found,
            "own": f"/pairs/{a}/{b}",
            "all_events": "/events" + ask.state.but(actor=(a, b)).query(),
        },
    )


def party(record: Record, asked: str) -> str:
    """The code of a country or organisation, by code or name. Raises NotHere."""
    code = asked.upper()
    if code in _codes() or known(record, code):
        return code
    wanted = asked.casefold()
    for code, name in _codes().items():
        if name.casefold() == wanted:
            return code
    raise NotHere(
        f"{asked!r} is no country or organisation: give its code (MAR, IGOUNO) or its name in English.",
        [("/actors?kind=state", "Countries"), ("/actors?kind=organisation", "Organisations")],
    )


def known(record: Record, code: str) -> bool:
    """True where the record has events of this code."""
    return any(a.key == code for a in record.actors(name=code, limit=3))


def _codes() -> dict[str, str]:
    found = {o.code: o.name for o in registry().organisations if o.code == o.id}
    return found | {s.id: s.name for s in registry().states}


routes = page("/pairs/{a}/{b}", "pair", pair)
