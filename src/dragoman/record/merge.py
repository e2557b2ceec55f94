"""Many mentions become events: a pure function of the set of mentions, whatever their order.

Pairs that may be alike are found by the parties they share (`candidates`), weighed by `likeness`, and joined best
pair first, unless that would put two accounts that rule each other out into one event. Since the order of joining is
the order of scores and keys, the same mentions give the same events whether they came at once or one by one.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from dragoman.coding.reading import Reading
from dragoman.record.account import Account, accounts
from dragoman.record.likeness import (
    ASSUMED_SLACK,
    THRESHOLD,
    affinity,
    base_core,
    base_score,
    page_rule,
    particular_score,
    rule,
    rule_core,
)

Pair = tuple[str, str]
MAX_PARTIES = 8  # of a long list of countries the pairs of the first eight (in order of code) are enough to meet
LONG_DAYS = 70  # ranges longer than this are looked up apart from the short ones
PUBLISHED_REACH = (45, 60)  # an undated event is looked for this many days before and after its page


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts found alike; `a` < `b` are keys."""

    a: str
    b: str
    score: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The accounts of one event, sorted by publication and key. `id` is that of the first."""

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


def event_id(key: str, taken: Iterable[str] = ()) -> str:
    """The id of the event whose first account is `key`; unlike all ids in `taken`."""
    taken = set(taken)
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
    comparer = Comparer()
    links = [link for a, b in candidates(by_key.values()) if (link := comparer.compare(a, b))]
    return cluster(by_key, links, same, different, comparer)


class Comparer:
    """`likeness` with a memory: accounts of a big event differ in their words and little else, so the rest is
    weighed once.
    """

    def __init__(self) -> None:
        self._cores: dict[tuple[object, ...], int] = {}
        self._ids: dict[str, tuple[int, int]] = {}
        self._rules: dict[tuple[int, int], bool] = {}
        self._bases: dict[tuple[int, int], float] = {}

    def ids(self, a: Account) -> tuple[int, int]:
        """Numbers for the account's `rule_core` and `base_core`."""
        found = self._ids.get(a.key)
        if found is None:
            cores = (rule_core(a), base_core(a))
            rule_id, base_id = (self._cores.setdefault(core, len(self._cores)) for core in cores)
            found = self._ids[a.key] = (rule_id, base_id)
        return found

    def forget(self, key: str) -> None:
        """Drop what is known of an account whose features changed."""
        self._ids.pop(key, None)

    def ruled_out(self, a: Account, b: Account) -> bool:
        """True when the two cannot be one event, whatever their pages."""
        one, two = self.ids(a)[0], self.ids(b)[0]
        pair = (one, two) if one <= two else (two, one)
        found = self._rules.get(pair)
        if found is None:
            found = self._rules[pair] = rule(a, b) is not None
        return found

    def compare(self, a: Account, b: Account) -> Link | None:
        """The link between two accounts if they are alike enough and nothing rules it out."""
        if self.ruled_out(a, b) or page_rule(a, b):
            return None
        if a.key > b.key:
            a, b = b, a
        one, two = self.ids(a)[1], self.ids(b)[1]
        pair = (one, two) if one <= two else (two, one)
        base = self._bases.get(pair)
        if base is None:
            base = self._bases[pair] = base_score(a, b)
        value = base + particular_score(a, b)
        return Link(a.key, b.key, round(value, 3)) if value >= THRESHOLD else None


@dataclass(frozen=True, slots=True)
class Block:
    """Where an account can be met: by a pair of parties, or by one where it names only one.

    `reach` is 0 for an account of these parties with a short range of days, 1 with a long one; 2 and 3 likewise for
    the entries under single parties of an account that has a pair: only accounts with a single party look there.
    """

    a: str
    b: str
    reach: int
    first: int
    last: int


def window(account: Account) -> tuple[int, int]:
    """The days in which another account of the same event would be looked for."""
    if account.first is not None and account.last is not None:
        slack = ASSUMED_SLACK - 1 if account.assumed else 0
        return account.first - slack, account.last + slack
    if account.published is not None:
        return account.published - PUBLISHED_REACH[0], account.published + PUBLISHED_REACH[1]
    return 0, 4_000_000


def blocks(account: Account) -> list[Block]:
    """All entries under which `account` is found by others."""
    first, last = window(account)
    long = int(last - first > LONG_DAYS)
    parties = sorted(account.sources | account.targets)[:MAX_PARTIES]
    if len(parties) < 2:
        return [Block(parties[0] if parties else "", "", long, first, last)]
    pairs = [Block(a, b, long, first, last) for a, b in combinations(parties, 2)]
    return pairs + [Block(a, "", 2 + long, first, last) for a in parties]


def probes(account: Account) -> list[tuple[str, str, tuple[int, ...]]]:
    """Where `account` looks for others: (a, b, reaches)."""
    parties = sorted(account.sources | account.targets)[:MAX_PARTIES]
    if len(parties) < 2:
        return [(parties[0] if parties else "", "", (0, 1, 2, 3))]
    pairs: list[tuple[str, str, tuple[int, ...]]] = [(a, b, (0, 1)) for a, b in combinations(parties, 2)]
    return pairs + [(a, "", (0, 1)) for a in parties]


def candidates(items: Iterable[Account]) -> Iterator[tuple[Account, Account]]:
    """Every pair of accounts that share parties, time and a compatible type, once."""
    everyone = sorted(items, key=lambda a: a.key)
    index: dict[tuple[str, str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for i, item in enumerate(everyone):
        for block in blocks(item):
            index[block.a, block.b, block.reach].append((block.first, block.last, i))
    for entries in index.values():
        entries.sort()
    for i, item in enumerate(everyone):
        first, last = window(item)
        met: set[int] = set()
        for a, b, reaches in probes(item):
            for reach in reaches:
                entries = index.get((a, b, reach), [])
                low = 0 if reach % 2 else bisect_left(entries, (first - 1 - LONG_DAYS,))
                for other_first, other_last, j in entries[low:]:
                    if other_first > last + 1:
                        break
                    if (other_last >= first - 1 and j > i) or (
                        other_last >= first - 1
                        and j < i
                        and len(item.sources | item.targets) < 2 <= len(everyone[j].sources | everyone[j].targets)
                    ):
                        met.add(j)
        for j in sorted(met):
            if affinity(item.event_type, everyone[j].event_type):
                yield item, everyone[j]


@dataclass(slots=True)
class _Group:
    """An event in the making: its accounts, one account for each distinct `rule_core`, its pages and named days."""

    keys: set[str]
    cores: dict[int, Account]
    pages: dict[str, list[Account]]
    days: set[int | None]

    def take(self, other: _Group) -> None:
        """Take in the accounts of `other`."""
        self.keys |= other.keys
        self.cores |= other.cores
        self.days |= other.days
        for page, told in other.pages.items():
            self.pages[page] = self.pages.get(page, []) + told


def _group(account: Account, comparer: Comparer) -> _Group:
    # None stands for any day but a named one
    day = account.first if account.first == account.last and not account.assumed else None
    return _Group({account.key}, {comparer.ids(account)[0]: account}, {account.page: [account]}, {day})


def cluster(
    by_key: Mapping[str, Account],
    links: Iterable[Link],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    comparer: Comparer | None = None,
) -> list[Cluster]:
    """Join along `links`, best first, never across a conflict; then whole events that a person judged the same."""
    comparer = comparer or Comparer()
    apart: dict[str, set[str]] = defaultdict(set)
    for a, b in different:
        apart[a].add(b)
        apart[b].add(a)
    group = {key: _group(account, comparer) for key, account in by_key.items()}
    used: list[Link] = []
    for link in sorted(set(links), key=lambda e: (-e.score, e.a, e.b)):
        if link.a not in group or link.b not in group:
            continue
        one, two = group[link.a], group[link.b]
        if one is two:
            used.append(link)
        elif _may_join(one, two, comparer, apart):
            _join(group, one, two)
            used.append(link)
    for a, b in sorted({(min(p), max(p)) for p in same}):
        if a in group and b in group and b not in apart.get(a, ()):
            _join_judged(group, by_key, a, b, comparer, apart)
    return _clusters(group, by_key, used)


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
    comparer: Comparer,
    apart: Mapping[str, set[str]],
) -> None:
    """Join the events of `a` and `b`; where other members were judged different, only the two accounts themselves."""
    two = group[b]
    if two is not group[a] and _judged_apart(group[a], two, apart):
        rest = sorted(two.keys - {b})
        for key in two.keys:
            group[key] = _group(by_key[key], comparer)
        for key in rest[1:]:
            _join(group, group[rest[0]], group[key])
    _join(group, group[a], group[b])


def _judged_apart(one: _Group, two: _Group, apart: Mapping[str, set[str]]) -> bool:
    return any(apart[key] & two.keys for key in one.keys & apart.keys())


def _may_join(one: _Group, two: _Group, comparer: Comparer, apart: Mapping[str, set[str]]) -> bool:
    if apart and _judged_apart(one, two, apart):
        return False
    if any(comparer.ruled_out(a, b) for a in one.cores.values() for b in two.cores.values()):
        return False
    for page in one.pages.keys() & two.pages.keys():
        if any(page_rule(a, b) for a in one.pages[page] for b in two.pages[page]):
            return False
    # one outlet may be a day off; where two pages agree on each side, they mean what they say
    return not (len(one.pages) > 1 and len(two.pages) > 1 and one.days.isdisjoint(two.days))


def _clusters(group: Mapping[str, _Group], by_key: Mapping[str, Account], used: Iterable[Link]) -> list[Cluster]:
    links: dict[int, list[Link]] = defaultdict(list)
    for link in used:
        links[id(group[link.a])].append(link)
    found: list[tuple[tuple[str, ...], tuple[Link, ...]]] = []
    taken: set[str] = set()
    for members in {id(g): g for g in group.values()}.values():
        ordered = tuple(sorted(members.keys, key=lambda k: (by_key[k].published or 0, k)))
        found.append((ordered, tuple(links.get(id(members), ()))))
    result = []
    for ordered, own in sorted(found, key=lambda f: f[0]):
        uid = event_id(ordered[0], taken)
        taken.add(uid)
        result.append(Cluster(uid, ordered, own))
    return sorted(result, key=lambda c: c.id)
