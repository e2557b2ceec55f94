"""How values are said to people: days, counts, languages, event types, countries, parties."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape
from pathlib import PurePath
from typing import TYPE_CHECKING

from dragoman.record.account import UNKNOWN
from dragoman.record.geography import known_as

if TYPE_CHECKING:
    from dragoman.record.values import Actor, Location, PageInfo

_ISO = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?(?:/\d{4}-\d{2}(?:-\d{2})?)?\b")
_TAG = re.compile(r"<[^<>]*>")
MONTHS = "January February March April May June July August September October November December".split()
LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French"}
RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ur"})
STATUSES = {
    "occurred": "happened",
    "ongoing": "going on",
    "planned": "planned",
    "cancelled": "called off",
    "hypothetical": "only supposed",
    "negated": "said not to have happened",
}
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
FIELDS = {
    "date": "When", "status": "Status", "place": "Where", "country": "Country", "sources": "Who", "targets": "To whom",
    "event_type": "What", "mode": "How", "issue": "About", "numbers": "Figures",
}  # fmt: skip
SECTORS = {
    "GOV": "government", "MIL": "armed forces", "LEG": "parliament", "JUD": "courts", "OPP": "opposition",
    "REB": "rebels", "COP": "police", "SPY": "intelligence", "MED": "media", "BUS": "business", "CVL": "civilians",
    "REL": "religious", "ELI": "former officials", "PTY": "party", "LAB": "labour", "EDU": "education",
    "CRM": "criminals", "REF": "refugees", "SOC": "civil society", "UAF": "armed group", "JRN": "journalists",
    "PRM": "paramilitary", "AGR": "farming",
}  # fmt: skip


def day(iso: str | None) -> str:
    """A date as people write it: "3 October 2020", "October 2020", "2020", "1 to 3 October 2020"; "date unknown"."""
    if not iso:
        return "date unknown"
    first, _, last = iso.replace("..", "/").partition("/")
    if not last:
        return _one(first)
    if first[:7] == last[:7] and len(first) == 10:
        return f"{int(first[8:])} to {_one(last)}"
    return f"{_one(first)} to {_one(last)}"


def with_days(text: str) -> str:
    """A sentence with its ISO dates as people write them."""
    return _ISO.sub(lambda found: day(found[0]), text)


def _one(iso: str) -> str:
    year, *rest = iso[:10].split("-")
    if not rest or not rest[0].isdecimal() or not 1 <= int(rest[0]) <= 12:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 and rest[1].isdecimal() else month


def count(number: int, one: str, several: str | None = None) -> str:
    """ "1 page", "1,204 pages"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def language(code: str | None) -> str:
    """A language's name in English."""
    return LANGUAGES.get(code or "", code or "unknown language")


def direction(code: str | None) -> str:
    """rtl or ltr, by language; auto where unknown."""
    return "auto" if not code else "rtl" if code in RTL_LANGUAGES else "ltr"


def direction_of(text: str) -> str:
    """rtl or ltr, by the first strong character, as the Unicode algorithm has it."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def event_type(code: str, mode: str | None = None) -> str:
    """ "Consult", "Sanction: withdraw"."""
    return f"{code.capitalize()}: {mode}" if mode else code.capitalize()


def definition(code: str, mode: str | None = None) -> str:
    """What the codebook says that a type (and mode) is; "" where it has none."""
    from dragoman.codebook import load

    book = load()
    if mode and (code, mode) in book.modes:
        return book.modes[code, mode].definition
    return book.types[code].definition if code in book.types else ""


def cameo(code: str) -> str:
    """What a CAMEO code stands for; "" where the codebook has none such."""
    from dragoman.codebook import load

    found = load().cameo.get(code)
    return found.name[:1].upper() + found.name[1:] if found else ""


@cache
def _names() -> dict[str, str]:
    from dragoman.actors import registry

    known = registry()
    return {o.id: o.name for o in known.organisations} | {s.id: s.name for s in known.states}


def countries(codes: str) -> str:
    """The names of codes that stand in one text: "MAR; USA" is "Morocco; United States"."""
    return "; ".join(country(code) for code in codes.split("; "))


def country(code: str | None) -> str:
    """The name of a country or organisation code; the code itself where it has none. `MAR:GOV` names the sector."""
    if not code:
        return ""
    head, _, sector = code.partition(":")
    known, part = _names().get(head, head), SECTORS.get(sector, sector)
    if head == UNKNOWN:
        return part or "unknown"
    return f"{known}, {part}" if part else known


def party(actor: Actor) -> str:
    """An actor in a list: the person's or body's name, else the country's."""
    return actor.name or _names().get(actor.key) or country(actor.code)


def place(location: Location, *, whole: bool = False) -> str:
    """Where something happened: "Rabat", with its country where `whole`; the country where no place in it is known."""
    code, name = known_as(location.country or "", location.name or "")
    return ", ".join(part for part in (name, country(code) if whole or not name else "") if part)


def parties(actors: tuple[Actor, ...], empty: str = "") -> str:
    """Several actors in one line."""
    return ", ".join(dict.fromkeys(party(a) for a in actors)) or empty


def outlet(page: PageInfo) -> str:
    """Who printed a page, as far as it says; else the name of its file."""
    return page.outlet or (PurePath(page.file).name if page.file else "") or page.sha256[:12]


def clean(text: str) -> str:
    """Words of a page in one line, without tags, with entities read."""
    return " ".join(unescape(_TAG.sub("", text)).split()) if "<" in text or "&" in text else " ".join(text.split())
