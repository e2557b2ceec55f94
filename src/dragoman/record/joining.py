"""Accounts found alike become events: joined best link first, unless that would put two of them into one event that
rule each other out.

What hangs together by links is joined by itself, component after component: no other component has a say in it, and
what is joined stays small and near in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from dragoman.record.account import Account
from dragoman.record.columns import NEVER, Columns, Ints
from dragoman.record.linking import Found
from dragoman.record.ruling import page_rule, rule

Pairs = Sequence[tuple[int, int]]


def events(columns: Columns, found: Found, same: Pairs, different: Pairs) -> Iterator[list[int]]:
    """The numbers of the accounts of each event, in no order: joined along `found`, and where a person judged so."""
    joining = Joining(columns, different)
    met: list[int] = []
    for links, judged in _components(columns, found, same):
        for members in joining.events(links, judged):
            met += members
            yield members
    yield from np.setdiff1d(np.arange(len(columns)), met).reshape(-1, 1).tolist()


def _components(columns: Columns, found: Found, same: Pairs) -> Iterator[tuple[Pairs, Pairs]]:
    """Of each component its links, the best first, and what of it is judged the same, in order of key."""
    judged = np.array(same, dtype=np.int64).reshape(-1, 2)
    a, b = np.concatenate((found.a, judged[:, 0])), np.concatenate((found.b, judged[:, 1]))
    weight = np.concatenate((-found.score, np.full(len(judged), np.inf)))
    ahead = columns.rank[a] < columns.rank[b]
    a, b = np.where(ahead, a, b), np.where(ahead, b, a)
    component = _labels(len(columns), a, b)[a]
    order = np.lexsort((columns.rank[b], columns.rank[a], weight, component))
    ends = list(zip(a[order].tolist(), b[order].tolist(), strict=True))
    bounds = np.append(np.flatnonzero(np.diff(component[order], prepend=-1)), len(ends))
    links = np.diff(np.append(0, np.cumsum(weight[order] < np.inf))[bounds])
    for (begin, end), count in zip(pairwise(bounds.tolist()), links.tolist(), strict=True):
        yield ends[begin : begin + count], ends[begin + count : end]


def _labels(count: int, a: Ints, b: Ints) -> Ints:
    """For each of `count` accounts the first that it hangs together with by the pairs `a`, `b`."""
    label = np.arange(count)
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        for end in (a, b):
            np.minimum.at(label, label[end], low)
            np.minimum.at(label, end, low)
        label = label[label]
        if np.array_equal(label, before):
            return label


@dataclass(slots=True, eq=False)
class _Group:
    """An event in the making: its accounts, an account for each of their cores (`Columns.core`), those of each page,
    the days that they name, and the groups that it can never be joined to.
    """

    members: list[int]
    cores: dict[int, Account]
    pages: dict[int, tuple[Account, ...]]
    days: set[int]
    foes: set[_Group] = field(default_factory=set)

    def take(self, other: _Group) -> None:
        """Take in the accounts of `other`."""
        self.members += other.members
        self.cores |= other.cores
        self.days |= other.days
        pages = self.pages
        for page, told in other.pages.items():
            pages[page] = pages[page] + told if page in pages else told
        for foe in other.foes:
            foe.foes.discard(other)
            foe.foes.add(self)
            self.foes.add(foe)


class Joining:
    """Joins accounts, given by their number in the columns; those of a pair in `different` were judged apart."""

    def __init__(self, columns: Columns, different: Pairs) -> None:
        self._groups: dict[int, _Group] = {}  # of accounts that something was joined to, or was not
        self._accounts = columns.accounts
        self._page: list[int] = columns.page.tolist()
        self._core: list[int] = columns.core.tolist()
        named = (columns.first == columns.last) & ~columns.assumed
        self._day: list[int] = np.where(named, columns.first, NEVER).tolist()
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def events(self, links: Pairs, judged: Pairs) -> list[list[int]]:
        """The accounts of each event of a component: first its links are followed, then what was judged the same."""
        self._groups = {}
        for a, b in links:
            self._join(a, b)
        for a, b in judged:
            self._judge(a, b)
        return [group.members for account, group in self._groups.items() if group.members[0] == account]

    def _join(self, a: int, b: int) -> None:
        """Join the groups of two accounts found alike unless something keeps them apart."""
        groups = self._groups
        one, two = groups.get(a), groups.get(b)
        if one is None:
            one, two, a, b = two, one, b, a
        if one is None:
            one = groups[a] = self._alone(a)
            if b not in self._apart.get(a, ()):  # whoever is alike is not ruled out
                self._add(one, b)
                return
        if two is None:
            if self._admits(one, b):
                self._add(one, b)
                return
            two = groups[b] = self._alone(b)
        elif one is two or two in one.foes:
            return
        elif not self._judged_apart(one, two) and not _ruled_out(one, two):
            # one outlet may be a day off; where two pages agree on each side, they mean what they say
            if len(one.pages) < 2 or len(two.pages) < 2 or _share_days(one, two):
                self._unite(one, two)
            return
        one.foes.add(two)
        two.foes.add(one)

    def _judge(self, a: int, b: int) -> None:
        """Join the events of `a` and `b`; where other members were judged different, only the two accounts."""
        if b in self._apart.get(a, ()):
            return
        one, two = self._group(a), self._group(b)
        if one is not two and self._judged_apart(one, two):
            rest = sorted(m for m in two.members if m != b)
            for member in two.members:
                self._groups[member] = self._alone(member)
            for member in rest[1:]:
                self._unite(self._group(rest[0]), self._group(member))
        self._unite(self._group(a), self._group(b))

    def _group(self, account: int) -> _Group:
        found = self._groups.get(account)
        if found is None:
            found = self._groups[account] = self._alone(account)
        return found

    def _alone(self, account: int) -> _Group:
        told, day = self._accounts[account], self._day[account]
        days = {day} if day != NEVER else set()
        return _Group([account], {self._core[account]: told}, {self._page[account]: (told,)}, days)

    def _admits(self, group: _Group, account: int) -> bool:
        """True when an account that is in no group may join one: `_ruled_out` and `_judged_apart` of one alone."""
        told = self._accounts[account]
        if self._core[account] not in group.cores:
            for other in group.cores.values():
                if rule(told, other):
                    return False
        for other in group.pages.get(self._page[account], ()):
            if page_rule(told, other):
                return False
        return not self._apart or self._apart.get(account, set()).isdisjoint(group.members)

    def _add(self, group: _Group, account: int) -> None:
        """Take in an account that is in no group."""
        self._groups[account] = group
        told, page, day = self._accounts[account], self._page[account], self._day[account]
        group.members.append(account)
        group.cores.setdefault(self._core[account], told)
        group.pages[page] = (*group.pages.get(page, ()), told)
        if day != NEVER:
            group.days.add(day)

    def _unite(self, one: _Group, two: _Group) -> None:
        if one is two:
            return
        if len(one.members) < len(two.members):
            one, two = two, one
        one.take(two)
        for member in two.members:
            self._groups[member] = one

    def _judged_apart(self, one: _Group, two: _Group) -> bool:
        apart = self._apart
        return bool(apart) and any(not apart[m].isdisjoint(two.members) for m in one.members if m in apart)


def _share_days(one: _Group, two: _Group) -> bool:
    """True unless both name days, and none that the other names."""
    return not one.days or not two.days or not one.days.isdisjoint(two.days)


def _ruled_out(one: _Group, two: _Group) -> bool:
    """True when an account of the one and one of the other cannot be of one event. What both have in common goes with
    the rest of each: within a group nothing is ruled out.
    """
    if len(one.cores) > len(two.cores):
        one, two = two, one
    mine, theirs = one.cores, two.cores
    others = theirs.values() if theirs.keys().isdisjoint(mine) else [a for i, a in theirs.items() if i not in mine]
    for core, a in mine.items():
        if core not in theirs and any(rule(a, b) for b in others):
            return True
    if one.pages.keys().isdisjoint(two.pages):
        return False
    shared = one.pages.keys() & two.pages.keys()
    return any(page_rule(a, b) for page in shared for a in one.pages[page] for b in two.pages[page])
