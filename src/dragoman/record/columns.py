"""Accounts in columns: their features as numbers, so that very many pairs can be compared at once.

Equal numbers in a column mean equal values; a column of days holds them as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.record.account import Account
from dragoman.record.blocks import window
from dragoman.record.likeness import STAYS_PUT

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NEVER = -(10**7)  # where a day is unknown


@dataclass(frozen=True, slots=True)
class Sets:
    """A set of words for each account, and its size."""

    values: Sequence[frozenset[str]]
    sizes: Ints

    @classmethod
    def of(cls, accounts: Sequence[Account], name: str) -> Sets:
        """The sets that accounts have under this name."""
        values = list(map(attrgetter(name), accounts))
        return cls(values, np.fromiter(map(len, values), np.int64, len(values)))


@dataclass(frozen=True, slots=True)
class Columns:
    """Accounts in order of key, so that of two the one with the lower number has the first key.

    `kind` is type and mode, `act` these with the CAMEO code; `parties` is both sides and symmetry, `sides` these with
    the sectors; `spot` is the place and its country. In `people` and `offices` 0 is for none. `begin` and `end` are
    the window of days in which others of the same event are looked for.
    """

    accounts: Sequence[Account]
    event_type: Ints
    kind: Ints
    act: Ints
    parties: Ints
    sides: Ints
    people: Ints
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
        found = sorted(accounts, key=attrgetter("key"))

        def numbers(*names: str, none: Hashable = None) -> Ints:
            return _numbered(map(attrgetter(*names), found), len(found), none)

        def days(name: str) -> Ints:
            return np.fromiter((NEVER if d is None else d for d in map(attrgetter(name), found)), np.int64, len(found))

        def flags(said: Callable[[Account], object], of: Ints) -> Flags:
            examples = np.unique(of, return_index=True)[1].tolist()
            table: Flags = np.fromiter((bool(said(found[i])) for i in examples), np.bool_, len(examples))
            return table[of]

        def has(name: str) -> Flags:
            return np.fromiter(map(bool, map(attrgetter(name), found)), np.bool_, len(found))

        windows = np.fromiter(chain.from_iterable(map(window, found)), np.int64, 2 * len(found))
        event_type, status = numbers("event_type"), numbers("status")
        kind, parties = numbers("event_type", "mode"), numbers("symmetric", "sources", "targets")
        spot = numbers("place", "country")
        return cls(
            accounts=found,
            event_type=event_type,
            kind=kind,
            act=combined(kind, numbers("cameo")),
            parties=parties,
            sides=combined(parties, numbers("sectors")),
            people=numbers("people", none=()),
            offices=numbers("offices", none=frozenset()),
            spot=spot,
            status=status,
            language=numbers("language"),
            page=numbers("page"),
            first=days("first"),
            last=days("last"),
            published=days("published"),
            begin=windows[0::2],
            end=windows[1::2],
            assumed=has("assumed"),
            visit=flags(lambda a: a.mode == "visit", kind),
            consult=flags(lambda a: a.event_type == "CONSULT", event_type),
            planned=flags(lambda a: a.status == "planned", status),
            stays=flags(lambda a: a.event_type in STAYS_PUT, event_type),
            located=flags(lambda a: a.place or a.country, spot),
            figures=has("numbers"),
            issue=has("issue"),
            agreements=has("agreements"),
            said=has("said"),
            story=Sets.of(found, "story"),
            words=Sets.of(found, "words"),
            context=Sets.of(found, "context"),
        )

    def __len__(self) -> int:
        return len(self.accounts)


def numbering() -> defaultdict[Any, int]:
    """A number for each distinct key, given when it is first asked for: 0, 1, 2, …"""
    known: defaultdict[Any, int] = defaultdict()
    known.default_factory = known.__len__
    return known


def _numbered(values: Iterable[Hashable], count: int, none: Hashable) -> Ints:
    """A number for each distinct value, 0 for `none`."""
    known = numbering()
    if none is not None:
        known[none]
    return np.fromiter(map(known.__getitem__, values), np.int64, count)


def combined(*columns: Ints) -> Ints:
    """One number for each distinct row of `columns`."""
    found = columns[0]
    for column in columns[1:]:
        low = int(column.min(initial=0))
        wide = int(column.max(initial=0)) - low + 1
        found = np.unique(found * wide + (column - low), return_inverse=True)[1]
    return found


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
