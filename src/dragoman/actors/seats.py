"""Bodies of many states told by the city where they sit: "the tribunal in The Hague", "judges in Luxembourg".

Such a court is none of its host's. A court of the host's own that sits there has its country told beside it ("a Dutch
court in The Hague") or an indefinite article ("a court in The Hague").
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from dragoman.actors.tables import DATA, Role, read_rows

REACH = 40  # code points in which the name of the city ends


@dataclass(frozen=True, slots=True)
class Seat:
    """A row of seats.tsv: which organisation a role in a city means while it lasts (dates `YYYY[-MM]` or empty).

    `word` is a part of the title that tells it from the others of the city, empty for the usual one.
    """

    role: str
    word: str
    organisation: str
    start: str
    end: str

    def lasts(self, date: str | None) -> bool:
        """Whether the body sat there on a day; without a day, whether it still does."""
        if not date:
            return not self.end
        return (not self.start or self.start <= date) and (not self.end or date < self.end)


@cache
def _seats() -> dict[str, tuple[Seat, ...]]:
    """The seats by the name of their city."""
    found: dict[str, list[Seat]] = {}
    for cities, *row in read_rows(DATA / "seats.tsv", "seats"):
        for city in cities.split("|"):
            found.setdefault(city, []).append(Seat(*row))
    return {city: tuple(seats) for city, seats in found.items()}


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What names a city right behind a title and right before it."""
    cities = "|".join(map(re.escape, sorted(_seats(), key=len, reverse=True)))
    behind = rf"\s+(?:(?:in|at|of|à|de|en|في|ب)\s*)?(?P<city>{cities})(?!\w)"
    return re.compile(behind), re.compile(rf"(?<!\w)(?P<city>{cities})(?:-based)?\s+$")


def seated(
    text: str, start: int, end: int, role: Role, date: str | None, spoken: Collection[str], *, some: bool
) -> str | None:
    """The id of the organisation that a title at `text[start:end]` means by the city beside it; None if no city does.

    A body of the city that the text has `spoken` of goes before the usual one. `some` tells that the title has an
    indefinite article: such a court is meant by a word of its own only ("a tribunal in The Hague").
    """
    behind, before = _beside()
    found = behind.match(text, end) or before.search(text, max(0, start - REACH), start)
    if found is None:
        return None
    title = text[start:end].lower()
    here = [s for s in _seats()[found["city"]] if s.role == role.key and s.word in title and s.lasts(date)]
    if some:
        here = [seat for seat in here if seat.word]
    here.sort(key=lambda seat: (seat.organisation not in spoken, -len(seat.word)))
    return here[0].organisation if here else None
