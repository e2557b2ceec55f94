"""Accounts in columns: their features as numbers, so that very many pairs can be compared at once.

Equal numbers in a column mean equal values; a column of days holds them as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
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
_AT_ONCE = 1000  # accounts read at a time
_FEATURES = tuple(f.name for f in fields(Account) if f.name not in ("key", "precision", "parties"))


@dataclass(frozen=True, slots=True)
class Sets:
    """A set of words for each account, and its size."""

    values: Sequence[frozenset[str]]
    sizes: Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """Accounts in order of publication, in which they mostly lie in memory: those of one event are near one another.

    `rank` is the place of each in the order of keys, for where one of equals is chosen. `kind` is type and mode, `act`
    these with the CAMEO code; `parties` is both sides and symmetry; `core` is for `ruling.rule_core`. In `sectors`,
    `people`, `offices`, `place` and `country` 0 is for none. `begin` and `end` are the window of days in which others
    of the same event are looked for.
    """

    accounts: Sequence[Account]
    rank: Ints
    event_type: Ints
    kind: Ints
    act: Ints
    parties: Ints
    sectors: Ints
    people: Ints
    core: Ints
    offices: Ints
    place: Ints
    country: Ints
    status: Ints
    language: Ints
    page: Ints
    first: Ints
    last: Ints
    published: Ints
    begin: Ints
    end: Ints
    assumed: Flags
    symmetric: Flags
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
        sheet = _Sheet(accounts)
        event_type, status = sheet.numbers("event_type"), sheet.numbers("status")
        kind, parties = sheet.numbers("event_type", "mode"), sheet.numbers("symmetric", "sources", "targets")
        place, country = sheet.numbers("place", none=""), sheet.numbers("country", none="")
        people, first, last = sheet.numbers("people", none=()), sheet.days("first"), sheet.days("last")
        published, assumed = sheet.days("published"), sheet.has("assumed")
        begin, end = sheet.windows(combined(first, last, assumed, np.where(first == NEVER, published, NEVER)))
        return cls(
            accounts=sheet.accounts,
            rank=sheet.rank,
            event_type=event_type,
            kind=kind,
            act=combined(kind, sheet.numbers("cameo")),
            parties=parties,
            sectors=sheet.numbers("sectors", none=frozenset()),
            people=people,
            core=combined(kind, parties, people, first, last, assumed),
            offices=sheet.numbers("offices", none=frozenset()),
            place=place,
            country=country,
            status=status,
            language=sheet.numbers("language"),
            page=sheet.numbers("page"),
            first=first,
            last=last,
            published=published,
            begin=begin,
            end=end,
            assumed=assumed,
            symmetric=sheet.has("symmetric"),
            paired=sheet.flags(lambda a: len(a.parties) > 1, parties),
            visit=sheet.flags(lambda a: a.mode == "visit", kind),
            consult=sheet.flags(lambda a: a.event_type == "CONSULT", event_type),
            planned=sheet.flags(lambda a: a.status == "planned", status),
            stays=sheet.flags(lambda a: a.event_type in STAYS_PUT, event_type),
            located=(place > 0) | (country > 0),
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


class _Sheet:
    """Accounts from which columns are made, in their order, with all their features read in one go."""

    def __init__(self, given: Iterable[Account]) -> None:
        accounts = list(given)
        rank = np.empty(len(accounts), dtype=np.int64)
        rank[np.argsort(np.array([a.key for a in accounts], dtype=str), kind="stable")] = np.arange(len(accounts))
        order = np.lexsort((rank, _days(a.published for a in accounts)))
        self.rank = rank[order]
        self.accounts = [accounts[i] for i in order.tolist()]
        self._values: dict[str, list[Any]] = {name: [] for name in _FEATURES}
        read, columns = attrgetter(*_FEATURES), list(self._values.values())
        for start in range(0, len(accounts), _AT_ONCE):
            rows = map(read, self.accounts[start : start + _AT_ONCE])
            for column, values in zip(columns, zip(*rows, strict=True), strict=True):
                column += values

    def numbers(self, *names: str, none: Hashable = None) -> Ints:
        """A number for each distinct value of these features, 0 for `none`."""
        known = numbering()
        if none is not None:
            known[none]
        columns = [self._values[name] for name in names]
        values: Iterable[Any] = zip(*columns, strict=True) if len(columns) > 1 else columns[0]
        return self._column(map(known.__getitem__, values), np.int64)

    def days(self, name: str) -> Ints:
        return _days(self._values[name])

    def has(self, name: str) -> Flags:
        return self._column(map(bool, self._values[name]), np.bool_)

    def sets(self, name: str) -> Sets:
        values = self._values[name]
        return Sets(values, self._column(map(len, values), np.int64))

    def windows(self, of: Ints) -> tuple[Ints, Ints]:
        """The first and the last day of every account's `window`, asked once for all with one number in `of`."""
        examples, which = _examples(of)
        days = np.array([window(self.accounts[i]) for i in examples.tolist()], dtype=np.int64).reshape(-1, 2)
        return days[which, 0], days[which, 1]

    def flags(self, said: Callable[[Account], object], of: Ints) -> Flags:
        """What is said of an account, asked once for all with one number in the column `of`."""
        examples, which = _examples(of)
        table: Flags = np.fromiter((bool(said(self.accounts[i])) for i in examples.tolist()), np.bool_, len(examples))
        return table[which]

    def _column(self, values: Iterable[Any], kind: type[_Number]) -> npt.NDArray[_Number]:
        return np.fromiter(values, kind, len(self.accounts))


def _days(values: Iterable[int | None]) -> Ints:
    days: Ints = np.nan_to_num(np.array(list(values), dtype=np.float64), nan=NEVER).astype(np.int64)
    return days


def numbering() -> defaultdict[Any, int]:
    """A number for each distinct key, given when it is first asked for: 0, 1, 2, …"""
    known: defaultdict[Any, int] = defaultdict()
    known.default_factory = known.__len__
    return known


def combined(*given: Ints | Flags) -> Ints:
    """One number for each distinct row of the columns `given`: 0, 1, 2, …"""
    columns = [column.astype(np.int64, copy=False) for column in given]
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
