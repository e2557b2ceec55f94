"""Accounts in columns: their features as numbers, so that very many pairs can be compared at once.

Equal numbers in a column mean equal values; a column of days holds them as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from dragoman.record.account import Account
from dragoman.record.blocks import window
from dragoman.record.likeness import STAYS_PUT

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_Number = TypeVar("_Number", bound=np.generic)

_ROOM = 1 << 62  # what a 64-bit number may hold
NEVER = -(10**7)  # where a day is unknown


@dataclass(frozen=True, slots=True)
class Sets:
    """A set of words for each account, and its size."""

    values: Sequence[frozenset[str]]
    sizes: Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """Accounts in order of key, so that of two the one with the lower number has the first key.

    `kind` is type and mode, `act` these with the CAMEO code; `parties` is both sides and symmetry, `sides` these with
    the sectors; `core` is for `ruling.rule_core`; `spot` is the place and its country. In `people` and `offices` 0 is
    for none. `begin` and `end` are the window of days in which others of the same event are looked for.
    """

    accounts: Sequence[Account]
    event_type: Ints
    kind: Ints
    act: Ints
    parties: Ints
    sides: Ints
    people: Ints
    core: Ints
    offices: Ints
    spot: Ints
    status: Ints
    language: Ints
    page: Ints
    first: Ints
    last: Ints
    published: Ints
    begin: Ints
    end: Ints
    assumed: Flags
    paired: Flags
    visit: Flags
    consult: Flags
    planned: Flags
    stays: Flags
    located: Flags
    figures: Flags
    issue: Flags
    agreements: Flags
    said: Flags
    story: Sets
    words: Sets
    context: Sets

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Columns:
        """The columns of some accounts."""
        sheet = _Sheet.of(accounts)
        event_type, status = sheet.numbers("event_type"), sheet.numbers("status")
        kind, parties = sheet.numbers("event_type", "mode"), sheet.numbers("symmetric", "sources", "targets")
        spot = sheet.numbers("place", "country")
        people, first, last = sheet.numbers("people", none=()), sheet.days("first"), sheet.days("last")
        assumed = sheet.has("assumed")
        begin, end = sheet.windows()
        return cls(
            accounts=sheet.accounts,
            event_type=event_type,
            kind=kind,
            act=combined(kind, sheet.numbers("cameo")),
            parties=parties,
            sides=combined(parties, sheet.numbers("sectors")),
            people=people,
            core=combined(kind, parties, people, first, last, assumed.astype(np.int64)),
            offices=sheet.numbers("offices", none=frozenset()),
            spot=spot,
            status=status,
            language=sheet.numbers("language"),
            page=sheet.numbers("page"),
            first=first,
            last=last,
            published=sheet.days("published"),
            begin=begin,
            end=end,
            assumed=assumed,
            paired=sheet.flags(lambda a: len(a.parties) > 1, parties),
            visit=sheet.flags(lambda a: a.mode == "visit", kind),
            consult=sheet.flags(lambda a: a.event_type == "CONSULT", event_type),
            planned=sheet.flags(lambda a: a.status == "planned", status),
            stays=sheet.flags(lambda a: a.event_type in STAYS_PUT, event_type),
            located=sheet.flags(lambda a: a.place or a.country, spot),
            figures=sheet.has("numbers"),
            issue=sheet.has("issue"),
            agreements=sheet.has("agreements"),
            said=sheet.has("said"),
            story=sheet.sets("story"),
            words=sheet.sets("words"),
            context=sheet.sets("context"),
        )

    def __len__(self) -> int:
        return len(self.accounts)

    def numbers(self) -> dict[str, int]:
        """The number of every account, by its key."""
        return {a.key: i for i, a in enumerate(self.accounts)}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Accounts from which columns are made: `given` as they came, which is mostly how they lie in memory and so the
    quickest way through them, and `accounts` in `order`.
    """

    given: Sequence[Account]
    order: Ints
    accounts: Sequence[Account]

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> _Sheet:
        given = list(accounts)
        order = sorted(range(len(given)), key=[a.key for a in given].__getitem__)
        return cls(given, np.array(order, dtype=np.int64), [given[i] for i in order])

    def numbers(self, *names: str, none: Hashable = None) -> Ints:
        """A number for each distinct value of these features, 0 for `none`."""
        known = numbering()
        if none is not None:
            known[none]
        return self._column(map(known.__getitem__, self._values(*names)), np.int64)

    def days(self, name: str) -> Ints:
        return self._column((NEVER if day is None else day for day in self._values(name)), np.int64)

    def has(self, name: str) -> Flags:
        return self._column(map(bool, self._values(name)), np.bool_)

    def sets(self, name: str) -> Sets:
        values = list(self._values(name))
        return Sets([values[i] for i in self.order.tolist()], self._column(map(len, values), np.int64))

    def windows(self) -> tuple[Ints, Ints]:
        """The first and the last day of every account's `window`."""
        days = np.fromiter(chain.from_iterable(map(window, self.given)), np.int64, 2 * len(self.given))
        return days[0::2][self.order], days[1::2][self.order]

    def flags(self, said: Callable[[Account], object], of: Ints) -> Flags:
        """What is said of an account, asked once for all with one number in the column `of`."""
        examples = np.unique(of, return_index=True)[1].tolist()
        table: Flags = np.fromiter((bool(said(self.accounts[i])) for i in examples), np.bool_, len(examples))
        return table[of]

    def _values(self, *names: str) -> Iterator[Any]:
        return map(attrgetter(*names), self.given)

    def _column(self, values: Iterable[Any], kind: type[_Number]) -> npt.NDArray[_Number]:
        return np.fromiter(values, kind, len(self.given))[self.order]


def numbering() -> defaultdict[Any, int]:
    """A number for each distinct key, given when it is first asked for: 0, 1, 2, …"""
    known: defaultdict[Any, int] = defaultdict()
    known.default_factory = known.__len__
    return known


def combined(*columns: Ints) -> Ints:
    """One number for each distinct row of `columns`: 0, 1, 2, …"""
    found, most = columns[0] - columns[0].min(initial=0), int(np.ptp(columns[0])) if len(columns[0]) else 0
    for column in columns[1:]:
        low = int(column.min(initial=0))
        wide = int(column.max(initial=0)) - low + 1
        if (most + 1) * wide > _ROOM:
            found = np.unique(found, return_inverse=True)[1]
            most = len(found)
        found = found * wide + (column - low)
        most = (most + 1) * wide
    return np.unique(found, return_inverse=True)[1]


def each_class(
    classes: Ints, a: Ints, b: Ints, accounts: Sequence[Account], part: Callable[[Account, Account], float]
) -> Floats:
    """`part` of every pair of accounts, asked once for all pairs of one class."""
    chosen, class_of = _examples(classes)
    asked = zip(a[chosen].tolist(), b[chosen].tolist(), strict=True)
    values = np.fromiter((part(accounts[i], accounts[j]) for i, j in asked), np.float64, len(chosen))
    found: Floats = values[class_of]
    return found


def _examples(classes: Ints) -> tuple[Ints, Ints]:
    """Where an example of each class stands, and which of the examples each member has."""
    low = int(classes.min(initial=0))
    wide = int(classes.max(initial=0)) - low + 1
    if wide > 8 * len(classes) + 1000:  # too few of the numbers are used for a table of them
        _, chosen, class_of = np.unique(classes, return_index=True, return_inverse=True)
        return chosen, class_of
    table = np.full(wide, -1)
    table[classes - low] = np.arange(len(classes))
    used = np.flatnonzero(table >= 0)
    chosen = table[used]
    table[used] = np.arange(len(used))
    return chosen, table[classes - low]
