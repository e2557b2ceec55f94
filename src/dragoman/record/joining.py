"""Accounts found alike become groups: joined best link first, unless that would put two of them into one event that
rule each other out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from dragoman.record.account import Account
from dragoman.record.columns import NEVER, Columns
from dragoman.record.ruling import page_rule, rule

Pairs = Iterable[tuple[int, int]]


@dataclass(slots=True, eq=False)
class Group:
    """An event in the making: its accounts, an account for each of their cores (`Columns.core`), its pages and named
    days, and the groups that it can never be joined to.
    """

    members: list[int]
    cores: dict[int, Account]
    pages: dict[int, list[Account]]
    days: set[int]
    foes: set[Group] = field(default_factory=set)

    def take(self, other: Group) -> None:
        """Take in the accounts of `other`."""
        self.members += other.members
        self.cores |= other.cores
        self.days |= other.days
        pages = self.pages
        for page, told in other.pages.items():
            if page in pages:
                pages[page] += told
            else:
                pages[page] = told
        for foe in other.foes:
            foe.foes.discard(other)
            foe.foes.add(self)
            self.foes.add(foe)


class Joining:
    """Groups being joined, of accounts given by their number in the columns. `groups` has None for an account that
    nothing was joined to.
    """

    def __init__(self, columns: Columns, different: Pairs) -> None:
        self.groups: list[Group | None] = [None] * len(columns)
        self._accounts = columns.accounts
        self._page: list[int] = columns.page.tolist()
        self._core: list[int] = columns.core.tolist()
        named = (columns.first == columns.last) & ~columns.assumed
        self._day: list[int] = np.where(named, columns.first, NEVER).tolist()
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def join(self, a: int, b: int) -> None:
        """Join the groups of two accounts found alike unless something keeps them apart."""
        groups = self.groups
        one, two = groups[a], groups[b]
        if one is two:
            if one is not None:
                return
            if not self._apart:  # whoever is alike is not ruled out
                one = groups[a] = groups[b] = self._alone(a)
                one.take(self._alone(b))
                return
        one, two = one or self._group(a), two or self._group(b)
        if two in one.foes:
            return
        if self._judged_apart(one, two) or _ruled_out(one, two):
            one.foes.add(two)
            two.foes.add(one)
            return
        # one outlet may be a day off; where two pages agree on each side, they mean what they say
        if len(one.pages) > 1 and len(two.pages) > 1 and one.days and two.days and one.days.isdisjoint(two.days):
            return
        self._unite(one, two)

    def judge(self, a: int, b: int) -> None:
        """Join the events of `a` and `b`; where other members were judged different, only the two accounts."""
        if b in self._apart.get(a, ()):
            return
        one, two = self._group(a), self._group(b)
        if one is not two and self._judged_apart(one, two):
            rest = sorted(m for m in two.members if m != b)
            for member in two.members:
                self.groups[member] = self._alone(member)
            for member in rest[1:]:
                self._unite(self._group(rest[0]), self._group(member))
        self._unite(self._group(a), self._group(b))

    def _group(self, account: int) -> Group:
        found = self.groups[account]
        if found is None:
            found = self.groups[account] = self._alone(account)
        return found

    def _alone(self, account: int) -> Group:
        told, day = self._accounts[account], self._day[account]
        days = {day} if day != NEVER else set()
        return Group([account], {self._core[account]: told}, {self._page[account]: [told]}, days)

    def _unite(self, one: Group, two: Group) -> None:
        if one is two:
            return
        if len(one.members) < len(two.members):
            one, two = two, one
        one.take(two)
        for member in two.members:
            self.groups[member] = one

    def _judged_apart(self, one: Group, two: Group) -> bool:
        apart = self._apart
        return bool(apart) and any(not apart[m].isdisjoint(two.members) for m in one.members if m in apart)


def _ruled_out(one: Group, two: Group) -> bool:
    """True when an account of the one and one of the other cannot be of one event. What both have in common goes with
    the rest of each: within a group nothing is ruled out.
    """
    if len(one.cores) > len(two.cores):
        one, two = two, one
    mine, theirs = one.cores, two.cores
    others = theirs.values() if theirs.keys().isdisjoint(mine) else [a for i, a in theirs.items() if i not in mine]
    for core, a in mine.items():
        if core not in theirs:
            for b in others:
                if rule(a, b):
                    return True
    for page in one.pages.keys() & two.pages.keys():
        for a in one.pages[page]:
            for b in two.pages[page]:
                if page_rule(a, b):
                    return True
    return False
