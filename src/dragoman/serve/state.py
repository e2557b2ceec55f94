"""The URL is the whole state of a page: filter, order and place in the list, as one frozen value.

Two pages with the same query string show the same thing; a link to a narrower view is `state.but(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self, get_args
from urllib.parse import urlencode

from dragoman.record import EventFilter, FilterError
from dragoman.record.filters import FIELDS, MOST, ORDERS, Order

SIZE = 50
LARGEST = 500


@dataclass(frozen=True, slots=True)
class State:
    """What a list of events shows: which events, in which order, how many, from which cursor on."""

    filter: EventFilter = field(default_factory=EventFilter)
    order: Order = "newest"
    size: int = SIZE
    after: str = ""

    @classmethod
    def parse(cls, query: Iterable[tuple[str, str]]) -> Self:
        """The state in a query string's pairs; empty values and other names are left alone. Raises FilterError."""
        pairs = [(name, value) for name, value in query if value.strip()]
        own = {name: value.strip() for name, value in pairs if name in ("order", "size", "after")}
        order = own.get("order", "newest")
        if order not in ORDERS:
            raise FilterError("order", f"order: {order!r} is none; there are: {', '.join(get_args(Order))}.")
        return cls(
            EventFilter.from_pairs((n, v) for n, v in pairs if n in FIELDS),
            order,
            _size(own.get("size", str(SIZE))),
            own.get("after", "")[:200],
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As the pairs of a query string, defaults left out, always in the same order."""
        found = list(self.filter.parameters())
        if self.order != "newest":
            found.append(("order", self.order))
        if self.size != SIZE:
            found.append(("size", str(self.size)))
        if self.after:
            found.append(("after", self.after))
        return found

    def query(self) -> str:
        """As a query string with its question mark; "" where nothing is asked."""
        pairs = self.pairs()
        return "?" + urlencode(pairs) if pairs else ""

    def but(self, **changes: Any) -> Self:
        """The same state from the top of the list with some parts changed: fields of the filter, `order`, `size`,
        `after`.
        """
        own = {"after": ""} | {k: v for k, v in changes.items() if k in ("order", "size", "after")}
        asked = {k: v for k, v in changes.items() if k not in own}
        wanted = EventFilter.of({k: v for k, v in self.filter.values().items() if k not in asked}, asked)
        return replace(self, filter=wanted, **own)

    def toggled(self, name: str, value: Any) -> Self:
        """The same state with one value of a field added, or taken away where it is there."""
        values: tuple[Any, ...] = getattr(self.filter, name)
        return self.but(**{name: tuple(v for v in values if v != value) if value in values else (*values, value)})

    def toggles(self, name: str, values: Iterable[str]) -> list[str | None]:
        """What `toggled(name, value).query()` is for each of `values`, at a fraction of the cost; None for a value that
        no filter can name.
        """
        chosen: tuple[Any, ...] = getattr(self.filter, name)
        pairs, place = self.but().pairs(), FIELDS.index(name)
        before = [pair for pair in pairs if pair[0] in FIELDS[:place]]
        after = [pair for pair in pairs if pair[0] not in FIELDS[: place + 1]]
        found: list[str | None] = []
        for value in values:
            try:
                own = getattr(EventFilter.of({name: (value,)}), name)
            except FilterError:
                own = ()
            if not own or (own[0] not in chosen and len(chosen) >= MOST):
                found.append(None)
                continue
            left = [v for v in chosen if v != own[0]] if own[0] in chosen else [*chosen, own[0]]
            several = [*before, *((name, str(v)) for v in left), *after]
            found.append("?" + urlencode(several) if several else "")
        return found

    def to_dict(self) -> dict[str, Any]:
        """What is asked, as plain values; defaults left out."""
        found = {name: list(v) if isinstance(v, tuple) else v for name, v in self.filter.values().items()}
        return found | {"order": self.order, "size": self.size} | ({"after": self.after} if self.after else {})


def _size(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= LARGEST):
        raise FilterError("size", f"size: {value!r} is not possible; a page holds 1 to {LARGEST} rows.")
    return int(value)
