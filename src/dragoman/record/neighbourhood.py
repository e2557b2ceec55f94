"""Which accounts in columns meet: those that share parties, touch in days, and are of a like type.

The same pairs as the stored blocks give (`blocks`, `Linker.near`). Windows under one party or pair of parties are laid
out in order of their first day, so what is looked at is what touches, however long the record goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from dragoman.record.account import Account
from dragoman.record.affinity import affinity
from dragoman.record.blocks import home, parties_of
from dragoman.record.columns import Columns, Flags, Ints, each_class, numbering

AT_ONCE = 400_000  # pairs held in memory
_DAYS = 1 << 24  # more than any window reaches
_SHIFT = 1 << 10  # so that no day is below zero

Pairs = tuple[Ints, Ints]


class Neighbourhood:
    """Where the accounts of some columns meet."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._numbers = numbers = numbering()
        _, examples = np.unique(columns.parties, return_index=True)
        parties = [parties_of(columns.accounts[i]) for i in examples.tolist()]
        self._lone = np.array([len(p) < 2 for p in parties], dtype=np.bool_)
        self._many = np.array([len(p) > 2 for p in parties], dtype=np.bool_)
        self._pairs = _Lists([[numbers[pair] for pair in combinations(p, 2)] for p in parties])
        self._singles = _Lists([[numbers[one, ""] for one in p or [""]] for p in parties])
        types = [columns.accounts[i].event_type for i in np.unique(columns.event_type, return_index=True)[1].tolist()]
        self._like = np.array([[affinity(a, b) > 0 for b in types] for a in types], dtype=np.bool_)

    def within(self, members: Ints) -> Iterator[Pairs]:
        """The pairs that meet among `members`, each once."""
        lone = self._is_lone(members)
        paired = self._pairs.entries(members[~lone], self.columns.parties)
        single = self._singles.entries(members[lone], self.columns.parties)
        under = self._singles.entries(members[~lone], self.columns.parties)
        yield from self._among(paired)
        yield from self._among(single)
        yield from self._across(single, under)

    def between(self, ones: Ints, others: Ints) -> Iterator[Pairs]:
        """The pairs of one of `ones` and one of `others` (which have none in common) that meet, each once."""
        lone, lone_others = self._is_lone(ones), self._is_lone(others)
        sides = self.columns.parties
        single = self._singles.entries(others[lone_others], sides)
        yield from self._across(self._pairs.entries(ones[~lone], sides), self._pairs.entries(others, sides))
        yield from self._across(self._singles.entries(ones, sides), single)
        under = self._singles.entries(others[~lone_others], sides)
        yield from self._across(self._singles.entries(ones[lone], sides), under)

    def _is_lone(self, members: Ints) -> Flags:
        found: Flags = self._lone[self.columns.parties[members]]
        return found

    def _among(self, entries: Pairs) -> Iterator[Pairs]:
        """Pairs of entries of one block that touch: the second begins after the first has and before it is over."""
        block, member = self._in_order(entries)
        start, end = self._bounds(block, member)
        after = np.arange(1, len(start) + 1)
        for i, j in self._spread(member, after, np.searchsorted(start, end, side="right") - after):
            yield self._chosen(block[i], member[i], member[j])

    def _across(self, ones: Pairs, others: Pairs) -> Iterator[Pairs]:
        """Pairs of an entry of the one and of the other kind, of one block, that touch."""
        one_block, one = self._in_order(ones)
        other_block, other = self._in_order(others)
        one_start, one_end = self._bounds(one_block, one)
        other_start, other_end = self._bounds(other_block, other)
        low = np.searchsorted(other_start, one_start)
        for i, j in self._spread(one, low, np.searchsorted(other_start, one_end, side="right") - low):
            yield self._chosen(one_block[i], one[i], other[j])
        low = np.searchsorted(one_start, other_start, side="right")
        for j, i in self._spread(other, low, np.searchsorted(one_start, other_end, side="right") - low):
            yield self._chosen(one_block[i], one[i], other[j])

    def _in_order(self, entries: Pairs) -> Pairs:
        block, member = entries
        order = np.lexsort((self.columns.begin[member], block))
        return block[order], member[order]

    def _bounds(self, block: Ints, member: Ints) -> Pairs:
        """When each window begins and the last day on which one that touches it may begin, in days that go on from
        block to block.
        """
        base = block * _DAYS + _SHIFT
        return base + self.columns.begin[member], base + self.columns.end[member] + 1

    def _spread(self, member: Ints, starts: Ints, sizes: Ints) -> Iterator[Pairs]:
        """`_expanded` in parts of some `AT_ONCE` pairs, those of members with the earliest windows first: what is
        compared within a part then lies together in memory, whichever block it is of.
        """
        turn = np.argsort(self.columns.begin[member], kind="stable")
        starts, sizes = starts[turn], sizes[turn]
        total = np.cumsum(sizes)
        low = 0
        while low < len(sizes):
            done = int(total[low - 1]) if low else 0
            high = max(low + 1, int(np.searchsorted(total, done + AT_ONCE, side="right")))
            at, place = _expanded(starts[low:high], sizes[low:high])
            if len(at):
                yield turn[at + low], place
            low = high

    def _chosen(self, block: Ints, a: Ints, b: Ints) -> Pairs:
        """The pairs of like types; those that meet in several blocks in one of them."""
        types, sides = self.columns.event_type, self.columns.parties
        kept = self._like[types[a], types[b]]
        several = np.flatnonzero(kept & self._many[sides[a]] & self._many[sides[b]])
        if len(several):
            one, two = a[several], b[several]
            classes = sides[one] * len(self._many) + sides[two]
            kept[several] = block[several] == each_class(classes, one, two, self.columns.accounts, self._home)
        return a[kept], b[kept]

    def _home(self, a: Account, b: Account) -> float:
        return self._numbers[home(a, b)]


class _Lists:
    """A list of blocks for each number of `Columns.parties`."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self._sizes = np.array([len(one) for one in lists], dtype=np.int64)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._values = np.array([value for one in lists for value in one], dtype=np.int64)

    def entries(self, members: Ints, sides: Ints) -> Pairs:
        """(block, member) for all blocks of `members`."""
        own = sides[members]
        sizes = self._sizes[own]
        at, place = _expanded(self._starts[own], sizes)
        return self._values[place], members[at]


def _expanded(starts: Ints, sizes: Ints) -> Pairs:
    """(i, starts[i]), (i, starts[i] + 1), … as many as sizes[i] says, for every i."""
    at = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return at, np.arange(len(at)) + (starts - before)[at]
