"""Actors: the list of them, and the dossier of one with offices, partners, agreements, words and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from dragoman.actors import registry
from dragoman.actors.aliases import Alias, aliases
from dragoman.record import Record
from dragoman.record.filters import EventFilter
from dragoman.record.rollups import HAPPENED
from dragoman.record.values import EVENT_COLUMNS, Actor
from dragoman.serve import figures, wording
from dragoman.serve.asked import narrowing
from dragoman.serve.problems import NotHere
from dragoman.serve.rendering import Ask, Row, View, page

LISTED = 100
DOWNLOAD_STEP = 1000
KINDS = {"state": "Countries and their parts", "organisation": "Organisations and groups", "person": "People"}
COLUMNS = ("key", "kind", "code", "name", "country", "wikidata", "events")
LATEST, AGREEMENTS, PEOPLE, WORDS = 40, 20, 16, 12
SCRIPTS = {"": "Latin letters", **wording.LANGUAGES}


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office as the registry knows it. Dates are YYYY[-MM[-DD]], "" where unknown; `until` is "" while it lasts."""

    title: str
    of: str
    since: str
    until: str
    as_of: str

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def actors(ask: Ask) -> View:
    """Actors by number of events, of one kind or country, or with a name."""
    kind, country, name = (ask.query.get(n, "").strip() or None for n in ("kind", "country", "name"))
    if kind not in (None, *KINDS):
        raise NotHere(f"There is no kind of actor {kind!r}.", [(f"/actors?kind={k}", v) for k, v in KINDS.items()])
    size = DOWNLOAD_STEP if ask.whole else LISTED
    after = ask.query.get("after") or None
    found = ask.record.list_actors(kind=kind, country=country, name=name, limit=size, after=after)
    asked = {k: v for k, v in (("kind", kind), ("country", country), ("name", name)) if v}

    def more(record: Record, after: str) -> tuple[Sequence[Row], str]:
        part = record.list_actors(kind=kind, country=country, name=name, limit=DOWNLOAD_STEP, after=after)
        return [row(a) for a in part.items], part.next_cursor or ""

    following = urlencode(asked | {"after": found.next_cursor}) if found.next_cursor else ""
    return View(
        title="Actors" if kind is None else KINDS[kind],
        value=lambda: {
            "actors": [row(a) for a in found.items],
            "next": f"/actors.json?{following}" if following else None,
        },
        columns=COLUMNS,
        rows=lambda: [row(a) for a in found.items],
        after=found.next_cursor or "",
        more=more,
        show={
            "actors": found.items,
            "asked": asked,
            "kinds": [(None, "All"), *KINDS.items()],
            "kind_address": lambda k: (
                "/actors"
                + (
                    "?" + urlencode(rest)
                    if (rest := {n: v for n, v in asked.items() if n != "kind"} | _kind(k))
                    else ""
                )
            ),
            "following": f"/actors?{following}" if following else None,
        },
    )


def _kind(kind: str | None) -> dict[str, str]:
    return {"kind": kind} if kind else {}


def row(actor: Actor) -> dict[str, Any]:
    """One line of the list."""
    return actor.to_dict() | {"country": actor.country, "name": wording.party(actor)}


def dossier(ask: Ask) -> View:
    """All about one actor."""
    key = ask.path["key"]
    found = ask.record.actor(key, latest=WORDS)
    if found is None:
        raise NotHere(f"The record has no events of {key!r}.", nearest(ask.record, key))
    actor = found.actor
    wanted = EventFilter.of(ask.state.filter, {"actor": (actor.key,)})
    done = EventFilter.of(wanted, {"status": wanted.status or HAPPENED})
    latest = ask.record.events(wanted, limit=LATEST)
    agreements = figures.agreements(ask.record, done, AGREEMENTS)
    people = ask.record.list_actors(kind="person", country=actor.country, limit=PEOPLE).items if _whole(actor) else ()
    dated = bool(wanted.since or wanted.until)
    series = ask.site.months(ask.record, figures.of_all_times(done))
    held = tenures(actor.key)
    names = called(actor.key)
    title = wording.party(actor)
    own = "/actors/" + quote(actor.key, safe="")
    return View(
        title=title,
        value=lambda: (
            found.to_dict()
            | {
                "name": title,
                "held": [t.to_dict() for t in held],
                "names": {language: [a.form for a in forms] for language, forms in names.items()},
                "agreements": agreements.to_dicts(),
                "latest": latest.to_dicts(),
                "series": [p.to_dict() for p in series],
                "events_drawn": [figures.dot(e) for e in latest],
            }
        ),
        columns=EVENT_COLUMNS,
        rows=latest.to_rows,
        after=latest.next_cursor or "",
        more=lambda record, after: _events(record, wanted, after),
        show={
            "actor": actor,
            "dossier": found,
            "held": held,
            "names": [(SCRIPTS[language], language, [a.form for a in forms]) for language, forms in names.items()],
            "people": people,
            "latest": latest,
            "agreements": agreements,
            "series": series,
            "chosen": ask.site.months(ask.record, done) if dated else series,
            "dated": dated,
            "all_events": "/events" + ask.state.but(actor=(actor.key,)).query(),
            "pairs": [(p, f"/pairs/{actor.country}/{p.country}") for p in found.partners if actor.country],
            "own": own,
            "narrowing": narrowing(ask.record, ask.state.but(since=None, until=None), own),
        },
    )


def _events(record: Record, wanted: EventFilter, after: str) -> tuple[Sequence[Row], str]:
    found = record.events(wanted, limit=DOWNLOAD_STEP, after=after)
    return found.to_rows(), found.next_cursor or ""


def _whole(actor: Actor) -> bool:
    """True for a country or organisation itself, not one of its parts or people."""
    return actor.key == actor.country


def nearest(record: Record, asked: str) -> list[tuple[str, str]]:
    """Actors that the reader may have meant: those whose names have one of the words asked for."""
    found: dict[str, str] = {}
    for word in [asked, *asked.replace("/", " ").split()][:5]:
        for actor in record.actors(name=word, limit=5):
            found[f"/actors/{quote(actor.key, safe='')}"] = wording.party(actor)
    return [*list(found.items())[:8], ("/actors", "All actors")]


def tenures(key: str) -> list[Tenure]:
    """The offices that a person held, the latest first, as the registry of the package knows them."""
    known = registry()
    return [
        Tenure(
            h.title or known.office_title(h.country, h.office) or h.office,
            wording.country(h.country),
            h.start,
            "" if h.end == ".." else h.end,
            h.as_of,
        )
        for h in sorted(known.offices_of(key), key=lambda h: h.start, reverse=True)
    ]


def called(key: str) -> dict[str, list[Alias]]:
    """The names of an actor by language, each form once; family names alone are left out where a full name has them."""
    found: dict[str, list[Alias]] = {}
    for alias in aliases(key.partition(":")[0] if len(key.partition(":")[0]) in (3, 6) else key):
        if alias.kind != "family":
            found.setdefault(alias.language, []).append(alias)
    return {language: found[language] for language in SCRIPTS if language in found}


routes = [
    *page("/actors", "actors", actors),
    *page("/actors/{key:path}", "actor", dossier),
]
