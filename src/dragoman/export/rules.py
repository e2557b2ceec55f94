"""What every format needs: the future rule, dyads, country names and numbers, and days that must be filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from dragoman import codebook
from dragoman.actors import tables
from dragoman.record.values import Actor, Event, Mention

# PLOVER codes a future act of these types as the agreement to do it, a future retreat as a concession; a called-off
# meeting is a refusal to meet (PLOVER manual). CAMEO says the same with its "express intent" codes.
_AGREED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_INTENT = {"CONSULT": "036", "SUPPORT": "032", "COOPERATE": "031", "AID": "033", "RETREAT": "035", "CONCEDE": "035"}
_DONE = frozenset({"occurred", "ongoing"})


@dataclass(frozen=True, slots=True)
class Coded:
    """An event as formats without a status carry it: the codes that its status turns its own into."""

    event_type: str
    mode: str | None
    cameo: str
    quad_class: int
    score: float
    goldstein: float


def coded(event: Event) -> Coded | None:
    """The codes to write for `event`; None where a format without statuses must leave it out.

    What did not happen (negated, hypothetical, called off) and plans of conflict are left out, except as `_AGREED`,
    `_INTENT` say.
    """
    kind, mode, cameo = event.event_type, event.mode, event.cameo
    if event.status in _DONE:
        return Coded(kind, mode, cameo, event.quad_class, event.score, event.goldstein)
    if event.status == "planned":
        if kind in _AGREED:
            kind, mode, cameo = "AGREE", None, _INTENT[kind]
        elif kind == "RETREAT":
            kind, mode, cameo = "CONCEDE", None, _INTENT[kind]
        elif kind not in ("AGREE", "CONCEDE", "THREATEN"):
            return None
    elif event.status == "cancelled" and kind == "CONSULT":
        kind, mode, cameo = "REJECT", "meet", "125"
    else:
        return None
    book = _book()
    return Coded(kind, mode, cameo, book.quad(kind), book.score(kind, mode), book.goldstein(cameo))


@lru_cache(maxsize=1)
def _book() -> codebook.Codebook:
    return codebook.load()


def cameo_name(code: str) -> str:
    """What a CAMEO code means; the code of its root where it is not in the list."""
    book = _book()
    for length in (len(code), 3, 2):
        if found := book.cameo.get(code[:length]):
            return found.name
    return ""


def version() -> str:
    """The codebook's version, written where a format has room for it."""
    return _book().version


@lru_cache(maxsize=1)
def states() -> dict[str, tables.State]:
    """States by ISO code."""
    return {row[0]: tables.state(row) for row in tables.read_rows(tables.DATA / "states.tsv", "states")}


@lru_cache(maxsize=1)
def organisations() -> dict[str, str]:
    """Names of intergovernmental organisations by code."""
    rows = tables.read_rows(tables.DATA / "organisations.tsv", "organisations")
    found = (tables.organisation(row) for row in rows)
    return {o.code: o.name for o in found if o.id == o.code}


def country_name(code: str) -> str:
    """The English name of a country or organisation code; the code itself where unknown."""
    state = states().get(code)
    return state.name if state else organisations().get(code, code)


def cow(code: str) -> str:
    """The Correlates of War number of a country, or ""."""
    state = states().get(code)
    return state.cow if state else ""


def gw(code: str) -> str:
    """The Gleditsch-Ward number of a country, or ""."""
    state = states().get(code)
    return state.gw if state else ""


def fips(code: str) -> str:
    """The FIPS 10-4 code of a country, or ""."""
    state = states().get(code)
    return state.fips if state else ""


def is_igo(actor: Actor) -> bool:
    """True for an intergovernmental organisation."""
    return actor.code.startswith("IGO")


def actor_name(actor: Actor) -> str:
    """A person's name, else the country's or organisation's."""
    return actor.name or country_name(actor.country or actor.code)


def dyads(event: Event) -> list[tuple[Actor | None, Actor | None]]:
    """One (source, target) for each pair of parties, for formats with one of each; parties of one code are named
    once.

    Symmetric events without targets give every pair of sources; an event with one side only gives that side.
    """
    sources, targets = _distinct(event.sources), _distinct(event.targets)
    if event.symmetric and not targets and len(sources) > 1:
        return list(combinations(sources, 2))
    ours: list[Actor | None] = [*sources] or [None]
    theirs: list[Actor | None] = [*targets] or [None]
    return list(product(ours, theirs))


def _distinct(actors: tuple[Actor, ...]) -> list[Actor]:
    return list({a.code: a for a in reversed(actors) if a.code != "---"}.values())[::-1]


def number(*parts: str) -> int:
    """A stable positive integer below 2**53 from parts of an id."""
    return int.from_bytes(hashlib.blake2b("|".join(parts).encode(), digest_size=8).digest(), "big") >> 11


def day_of(event: Event, mentions: tuple[Mention, ...]) -> str | None:
    """The event's first possible day, else the first publication's (as GDELT and ICEWS do), else None."""
    return event.day or min(
        (m.page.published for m in mentions if m.page.published and len(m.page.published) == 10), default=None
    )


def each(events: Iterator[Event]) -> Iterator[tuple[Event, Coded, tuple[Mention, ...]]]:
    """The events that formats without statuses can carry, with their codes and mentions."""
    for event in events:
        codes = coded(event)
        if codes and (event.sources or event.targets):
            yield event, codes, event.mentions


def shown(text: str | None) -> str:
    """Text for one cell of a tab-separated file."""
    return " ".join((text or "").split())
