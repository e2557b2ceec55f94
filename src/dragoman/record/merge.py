"""Many mentions become events: a pure function of the set of mentions, whatever their order.

Accounts found alike (`linking`) are joined best link first, unless that would put two accounts that rule each other out
into one event. Since the links depend on nothing but the set, and the order of joining is that of scores and keys, the
same mentions give the same events whether they came at once or one by one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from dragoman.coding.reading import Reading
from dragoman.record.account import Account, accounts
from dragoman.record.likeness import page_rule, rule, rule_core
from dragoman.record.linking import Link, linked

Pair = tuple[str, str]


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
    return cluster(by_key, linked(by_key.values()).links, same, different)


@dataclass(slots=True)
class _Group:
    """An event in the making: its accounts, one account for each distinct `rule_core` (by its number), its pages and
    named days.
    """

    keys: set[str]
    cores: dict[int, Account]
    pages: dict[str, list[Account]]
    days: set[int]

    def take(self, other: _Group) -> None:
        """Take in the accounts of `other`."""
        self.keys |= other.keys
        self.cores |= other.cores
        self.days |= other.days
        for page, told in other.pages.items():
            self.pages[page] = self.pages.get(page, []) + told


class _Rules:
    """What `rule` says of two groups. It looks at the core of accounts only, and the same cores meet very often."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}
        self._known: dict[tuple[int, int], bool] = {}

    def group(self, account: Account) -> _Group:
        """A group of one account."""
        core = self._numbers.setdefault(rule_core(account), len(self._numbers))
        named = account.first is not None and account.first == account.last and not account.assumed
        days = {account.first} if account.first is not None and named else set()
        return _Group({account.key}, {core: account}, {account.page: [account]}, days)

    def part(self, one: _Group, two: _Group) -> bool:
        """True when an account of the one and one of the other cannot be of one event."""
        known = self._known
        for i, a in one.cores.items():
            for j, b in two.cores.items():
                pair = (i, j) if i < j else (j, i)
                found = known.get(pair)
                if found is None:
                    found = known[pair] = rule(a, b) is not None
                if found:
                    return True
        return False


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
    apart: dict[str, set[str]] = defaultdict(set)
    for a, b in different:
        apart[a].add(b)
        apart[b].add(a)
    group: dict[str, _Group] = {}
    rules = _Rules()

    def group_of(key: str) -> _Group:
        found = group.get(key)
        if found is None:
            found = group[key] = rules.group(by_key[key])
        return found

    used: list[Link] = []
    for link in sorted(links, key=lambda e: (-e.score, e.a, e.b)):
        if link.a not in by_key or link.b not in by_key:
            continue
        one, two = group_of(link.a), group_of(link.b)
        if one is two:
            used.append(link)
        elif _may_join(one, two, apart, rules):
            _join(group, one, two)
            used.append(link)
    for a, b in sorted({(min(p), max(p)) for p in same}):
        if a in by_key and b in by_key and b not in apart.get(a, ()):
            group_of(a), group_of(b)
            _join_judged(group, by_key, a, b, apart, rules)
    return _clusters(group, by_key, used, names or _Names())


def _join(group: dict[str, _Group], one: _Group, two: _Group) -> None:
    if one is two:
        return
    if len(one.keys) < len(two.keys):
        one, two = two, one
    one.take(two)
    for key in two.keys:
        group[key] = one


def _join_judged(
    group: dict[str, _Group],
    by_key: Mapping[str, Account],
    a: str,
    b: str,
    apart: Mapping[str, set[str]],
    rules: _Rules,
) -> None:
    """Join the events of `a` and `b`; where other members were judged different, only the two accounts themselves."""
    two = group[b]
    if two is not group[a] and _judged_apart(group[a], two, apart):
        rest = sorted(two.keys - {b})
        for key in two.keys:
            group[key] = rules.group(by_key[key])
        for key in rest[1:]:
            _join(group, group[rest[0]], group[key])
    _join(group, group[a], group[b])


def _judged_apart(one: _Group, two: _Group, apart: Mapping[str, set[str]]) -> bool:
    return any(apart[key] & two.keys for key in one.keys & apart.keys())


def _may_join(one: _Group, two: _Group, apart: Mapping[str, set[str]], rules: _Rules) -> bool:
    if apart and _judged_apart(one, two, apart):
        return False
    if rules.part(one, two):
        return False
    for page in one.pages.keys() & two.pages.keys():
        if any(page_rule(a, b) for a in one.pages[page] for b in two.pages[page]):
            return False
    # one outlet may be a day off; where two pages agree on each side, they mean what they say
    named = one.days and two.days and len(one.pages) > 1 and len(two.pages) > 1
    return not (named and one.days.isdisjoint(two.days))


def _clusters(
    group: Mapping[str, _Group], by_key: Mapping[str, Account], used: Iterable[Link], names: Mapping[str, str]
) -> list[Cluster]:
    links: dict[int, list[Link]] = defaultdict(list)
    for link in used:
        links[id(group[link.a])].append(link)
    result = [Cluster(names[key], (key,), ()) for key in by_key if key not in group]
    for members in {id(g): g for g in group.values()}.values():
        ordered = tuple(sorted(members.keys, key=lambda k: (by_key[k].published or 0, names[k])))
        result.append(Cluster(names[ordered[0]], ordered, tuple(links.get(id(members), ()))))
    return sorted(result, key=lambda c: (c.id, c.members))


class _Names(dict[str, str]):
    """The ids that accounts give to the events they open, made when they are asked for."""

    def __missing__(self, key: str) -> str:
        found = self[key] = event_id(key)
        return found
