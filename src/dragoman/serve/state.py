"""The URL is the whole state of a page: filters, order and place in the list, as one frozen value.

Two pages with the same query string show the same thing; a link to a narrower view is `state.but(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from dragoman.record import RecordError
from dragoman.record.days import bounds

SORTS = ("date", "-date", "sources", "disputed")
SIZES = (25, 50, 100, 200, 500)
STATUSES = ("occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated")


@dataclass(frozen=True, slots=True)
class State:
    """What a list of events shows. Empty fields do not narrow; of several values of one field any will do."""

    text: str = ""
    actor: tuple[str, ...] = ()  # all of them must take part
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    wrong: bool = False
    sort: str = "date"
    size: int = 50
    after: str = ""

    @classmethod
    def parse(cls, query: Iterable[tuple[str, str]]) -> Self:
        """The state in a query string's pairs; names that are not fields are left alone. Raises RecordError."""
        found: dict[str, Any] = {}
        names = {f.name: f.type for f in fields(cls)}
        for name, raw in query:
            value = raw.strip()[:500]
            if name not in names or not value:
                continue
            if names[name] == "tuple[str, ...]":
                values = found.setdefault(name, ())
                if value not in values:
                    found[name] = (*values, value)
            elif name == "size":
                found[name] = _size(value)
            elif name == "wrong":
                found[name] = value not in ("0", "false", "no")
            else:
                found[name] = value
        for name in ("since", "until"):
            if found.get(name) and bounds(found[name]) is None:
                raise RecordError(f"{name}={found[name]} is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
        if found.get("sort", "date") not in SORTS:
            raise RecordError(f"sort={found['sort']} is unknown; there are: {', '.join(SORTS)}.")
        return cls(**found)

    def pairs(self) -> list[tuple[str, str]]:
        """As the pairs of a query string, defaults left out, always in the same order."""
        found: list[tuple[str, str]] = []
        for f in fields(self):
            value = getattr(self, f.name)
            if value == f.default:
                continue
            values = value if isinstance(value, tuple) else (value,)
            found.extend((f.name, "1" if v is True else str(v)) for v in values)
        return found

    def query(self) -> str:
        """As a query string with its question mark; "" where nothing is asked."""
        pairs = self.pairs()
        return "?" + urlencode(pairs) if pairs else ""

    def but(self, **changes: Any) -> Self:
        """The same state with some fields changed, from the top of the list again."""
        return replace(self, **({"after": ""} | changes))

    def toggled(self, name: str, value: str) -> Self:
        """The same state with one value of a field added, or taken away where it is there."""
        values: tuple[str, ...] = getattr(self, name)
        return self.but(**{name: tuple(v for v in values if v != value) if value in values else (*values, value)})

    def to_dict(self) -> dict[str, Any]:
        """What is asked, as plain values; defaults left out."""
        asked: Mapping[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        default = type(self)()
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asked.items()
            if value != getattr(default, name)
        }

    @property
    def narrowed(self) -> bool:
        """True when any filter is set."""
        return self.but(sort="date", size=50) != type(self)()


def _size(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= SIZES[-1]:
        raise RecordError(f"size={value} is not possible; a page holds 1 to {SIZES[-1]} rows.")
    return int(value)
