"""Agreements, mediations, conferences and resolutions: the list of those that pages name, and the rounds of one."""

from __future__ import annotations

from dragoman.actors import registry
from dragoman.actors.agreements import agreements, forms
from dragoman.actors.tables import Agreement
from dragoman.record import Event
from dragoman.record.processes import ProcessCount, rounds
from dragoman.record.values import EVENT_COLUMNS
from dragoman.serve import figures, wording
from dragoman.serve.problems import NotHere
from dragoman.serve.rendering import Ask, View, page

EVENTS = 300
ALL_EVENTS = 20_000
COLUMNS = ("id", "name", "kind", "date", "events", "pages", "first", "last")


def processes(ask: Ask) -> View:
    """What the pages name, most events first."""
    found = [(known(p.id), p) for p in ask.record.processes()]
    rows = [row(agreement, counted) for agreement, counted in found]
    return View(
        title="Processes",
        value=lambda: {"processes": rows},
        columns=COLUMNS,
        rows=lambda: rows,
        show={"processes": [(a, p) for a, p in found if p.events]},
    )


def row(agreement: Agreement, counted: ProcessCount) -> dict[str, object]:
    """One line of the list."""
    return counted.to_dict() | {"name": agreement.name, "kind": agreement.kind, "date": agreement.date or None}


def known(id: str) -> Agreement:
    """A process as the registry knows it; by its id alone where it is of another version's registry."""
    return registry().agreement(id) or Agreement(id, "other", id, "", (), "")


def process(ask: Ask) -> View:
    """One process: what it is, and what happened in it, round by round."""
    id = ask.path["id"]
    found = ask.record.process_events(id, limit=ALL_EVENTS if ask.whole else EVENTS)
    agreement = registry().agreement(id)
    if not found:
        raise NotHere(_missing(id, agreement), [*_likely(ask, id), ("/processes", "All processes")])
    agreement = known(id)
    done = rounds(found)
    undated = [e for e in found if not any(e in r.events for r in done)]
    series = figures.series_of(found)
    return View(
        title=agreement.name,
        value=lambda: {
            "id": id,
            "kind": agreement.kind,
            "date": agreement.date or None,
            "participants": list(agreement.participants),
            "place": agreement.place or None,
            "names": {language: list(names) for language, names in forms(id).items()},
            "rounds": [r.to_dict() for r in done],
            "undated": [e.to_dict() for e in undated],
            "series": [p.to_dict() for p in series],
        },
        columns=EVENT_COLUMNS,
        rows=found.to_rows,
        show={
            "agreement": agreement,
            "participants": [(code, wording_of(code)) for code in agreement.participants],
            "names": [(wording.language(lang), lang, names) for lang, names in forms(id).items()],
            "rounds": [(r, places(r.events)) for r in done],
            "undated": undated,
            "series": series,
            "events": found,
            "full": len(found) == EVENTS,
        },
    )


def wording_of(id: str) -> str:
    """The name of a state or organisation by its registry id."""
    organisation = registry().organisation(id)
    return organisation.name if organisation else wording.country(id)


def places(events: tuple[Event, ...]) -> list[str]:
    """Where a round was held, each place once."""
    found = [wording.place(e.location) for e in events if e.location]
    return list(dict.fromkeys(found))


def _missing(id: str, agreement: Agreement | None) -> str:
    if agreement:
        return f"No page of this record names {agreement.name} beside an event."
    return f"There is no agreement or process {id!r}; ids are those of Dragoman's registry (AGR.ASTANA, UNSCR.2254)."


def _likely(ask: Ask, id: str) -> list[tuple[str, str]]:
    """Processes that this record has and that the reader may have meant."""
    word = id.rpartition(".")[2].casefold()
    named = {p.id for p in ask.record.processes()}
    return [
        (f"/processes/{i}", a.name)
        for i, a in agreements().items()
        if i in named and word and word in a.name.casefold()
    ][:8]


routes = [*page("/processes", "processes", processes), *page("/processes/{id}", "process", process)]
