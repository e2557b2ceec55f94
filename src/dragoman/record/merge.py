"""Many mentions become events: a pure function of the set of mentions, whatever their order.

Accounts found alike (`linking`) are joined best link first, unless that would put two accounts that rule each other out
into one event. Since the links depend on nothing but the set, and the order of joining is that of scores and keys, the
same mentions give the same events whether they came at once or one by one.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from dragoman.coding.reading import Reading
from dragoman.record.account import Account, accounts
from dragoman.record.linking import Link, linked
from dragoman.record.ruling import page_rule, rule, rule_core

Pair = tuple[str, str]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python's collector of cycles still. Merging makes very many small things and hardly a cycle, and the
    collector would go through all of them again and again: a third of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Cluster:
    """The accounts of one event, sorted by publication and the id they give. `id` is that of the first."""

    id: str
    members: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The events of some readings."""

    clusters: tuple[Cluster, ...]
    events: Mapping[tuple[str, str], str]  # (page sha256, mention id) -> event id

    def event_of(self, sha256: str, mention_id: str) -> str:
        """The id of the event that a mention belongs to."""
        return self.events[sha256, mention_id]


def event_id(key: str, taken: Container[str] = ()) -> str:
    """The id of the event whose first account is `key`; unlike all ids in `taken`."""
    text = key
    while True:
        found = "e" + hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
        if found not in taken:
            return found
        text += "+"


def merge(readings: Iterable[Reading]) -> Merged:
    """The events that `readings` tell of, each once. Pure: nothing is stored."""
    found = accounts(readings)
    clusters = merge_accounts([a for a, _, _ in found])
    of_key = {key: cluster.id for cluster in clusters for key in cluster.members}
    return Merged(tuple(clusters), {(page.sha256, m.id): of_key[a.key] for a, page, m in found})


def merge_accounts(
    items: Iterable[Account],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> list[Cluster]:
    """Cluster accounts. `same` and `different` are pairs of keys that a person judged; they always win."""
    by_key = {a.key: a for a in items}
    with uncollected():
        return cluster(by_key, linked(by_key.values()).links, same, different)


def cluster(
    by_key: Mapping[str, Account],
    links: Iterable[Link],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    names: Mapping[str, str] | None = None,
) -> list[Cluster]:
    """Join along `links`, best first, never across a conflict; then whole events that a person judged the same.

    `names` gives the id of the event that an account opens, by its key; by default it is made from the key.
    """
    joining = _Joining(by_key, different)
    known = (one for one in links if one.a in by_key and one.b in by_key)
    used = [one for one in sorted(known, key=lambda e: (-e.score, e.a, e.b)) if joining.join(one.a, one.b)]
    for a, b in sorted({(min(p), max(p)) for p in same}):
        if a in by_key and b in by_key:
            joining.judge(a, b)
    return _clusters(by_key, joining.groups, used, names or _Names())


@dataclass(slots=True, eq=False)
class _Group:
    """An event in the making: its accounts, one account for each distinct `rule_core` (by its number), its pages and
    named days, and the groups that it can never be joined to.
    """

    keys: list[str]
    cores: dict[int, Account]
    pages: dict[str, list[Account]]
    days: set[int]
    foes: set[_Group] = field(default_factory=set)

    def take(self, other: _Group) -> None:
        """Take in the accounts of `other`."""
        self.keys += other.keys
        self.cores |= other.cores
        self.days |= other.days
        for page, told in other.pages.items():
            self.pages[page] = self.pages.get(page, []) + told
        for foe in other.foes:
            foe.foes.discard(other)
            foe.foes.add(self)
        self.foes |= other.foes


class _Joining:
    """Groups being joined. An account is in `groups` from the first time that it is looked at."""

    def __init__(self, by_key: Mapping[str, Account], different: Iterable[Pair]) -> None:
        self.groups: dict[str, _Group] = {}
        self._by_key = by_key
        self._numbers: dict[tuple[object, ...], int] = {}
        self._part: dict[tuple[int, int], bool] = {}  # `rule` of two cores: the same ones meet very often
        self._apart: dict[str, set[str]] = defaultdict(set)
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def join(self, a: str, b: str) -> bool:
        """Join the groups of two accounts found alike unless something keeps them apart; whether they are one now."""
        groups = self.groups
        one, two = groups.get(a), groups.get(b)
        if one is None and two is None and not self._apart:  # whoever is alike is not ruled out
            one, two = self._alone(a), self._alone(b)
            one.take(two)
            groups[a] = groups[b] = one
            return True
        one, two = one or self._group(a), two or self._group(b)
        if one is two:
            return True
        if two in one.foes:
            return False
        if self._judged_apart(one, two) or self._ruled_out(one, two):
            one.foes.add(two)
            two.foes.add(one)
            return False
        # one outlet may be a day off; where two pages agree on each side, they mean what they say
        if len(one.pages) > 1 and len(two.pages) > 1 and one.days and two.days and one.days.isdisjoint(two.days):
            return False
        self._unite(one, two)
        return True

    def judge(self, a: str, b: str) -> None:
        """Join the events of `a` and `b`; where other members were judged different, only the two accounts."""
        if b in self._apart.get(a, ()):
            return
        one, two = self._group(a), self._group(b)
        if one is not two and self._judged_apart(one, two):
            rest = sorted(k for k in two.keys if k != b)
            for key in two.keys:
                self.groups[key] = self._alone(key)
            for key in rest[1:]:
                self._unite(self.groups[rest[0]], self.groups[key])
        self._unite(self.groups[a], self.groups[b])

    def _group(self, key: str) -> _Group:
        found = self.groups.get(key)
        if found is None:
            found = self.groups[key] = self._alone(key)
        return found

    def _alone(self, key: str) -> _Group:
        account = self._by_key[key]
        core = self._numbers.setdefault(rule_core(account), len(self._numbers))
        named = account.first is not None and account.first == account.last and not account.assumed
        days = {account.first} if account.first is not None and named else set()
        return _Group([key], {core: account}, {account.page: [account]}, days)

    def _unite(self, one: _Group, two: _Group) -> None:
        if one is two:
            return
        if len(one.keys) < len(two.keys):
            one, two = two, one
        one.take(two)
        for key in two.keys:
            self.groups[key] = one

    def _judged_apart(self, one: _Group, two: _Group) -> bool:
        apart = self._apart
        return bool(apart) and any(not apart[k].isdisjoint(two.keys) for k in one.keys if k in apart)

    def _ruled_out(self, one: _Group, two: _Group) -> bool:
        """True when an account of the one and one of the other cannot be of one event."""
        known = self._part
        for i, a in one.cores.items():
            for j, b in two.cores.items():
                pair = (i, j) if i < j else (j, i)
                found = known.get(pair)
                if found is None:
                    found = known[pair] = rule(a, b) is not None
                if found:
                    return True
        for page in one.pages.keys() & two.pages.keys():
            if any(page_rule(a, b) for a in one.pages[page] for b in two.pages[page]):
                return True
        return False


def _clusters(
    by_key: Mapping[str, Account], groups: Mapping[str, _Group], used: Iterable[Link], names: Mapping[str, str]
) -> list[Cluster]:
    links: dict[int, list[Link]] = defaultdict(list)
    for link in used:
        links[id(groups[link.a])].append(link)
    result = [Cluster(names[key], (key,), ()) for key in by_key if key not in groups]
    for members in {id(g): g for g in groups.values()}.values():
        ordered = tuple(sorted(members.keys, key=lambda k: (by_key[k].published or 0, names[k])))
        result.append(Cluster(names[ordered[0]], ordered, tuple(links.get(id(members), ()))))
    return sorted(result, key=lambda c: (c.id, c.members))


class _Names(dict[str, str]):
    """The ids that accounts give to the events they open, made when they are asked for."""

    def __missing__(self, key: str) -> str:
        found = self[key] = event_id(key)
        return found
