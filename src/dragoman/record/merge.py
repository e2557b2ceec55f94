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
from dragoman.record.likeness import ASSUMED_SLACK, THRESHOLD, affinity, conflict, score

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
    reasons: tuple[str, ...]


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
    links = [link for a, b in candidates(by_key.values()) if (link := compare(a, b))]
    return cluster(by_key, links, same, different)


def compare(a: Account, b: Account) -> Link | None:
    """The link between two accounts if they are alike enough and nothing rules it out."""
    if conflict(a, b):
        return None
    value, reasons = score(a, b)
    if value < THRESHOLD:
        return None
    return Link(min(a.key, b.key), max(a.key, b.key), value, reasons)


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


def cluster(
    by_key: Mapping[str, Account],
    links: Iterable[Link],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> list[Cluster]:
    """Join along `links`, best first, never across a conflict; then whole events that a person judged the same."""
    apart = {(min(p), max(p)) for p in different}
    group: dict[str, set[str]] = {key: {key} for key in by_key}
    used: list[Link] = []
    for link in sorted(set(links), key=lambda e: (-e.score, e.a, e.b)):
        if link.a not in group or link.b not in group:
            continue
        one, two = group[link.a], group[link.b]
        if one is two:
            used.append(link)
        elif _may_join(one, two, by_key, apart):
            _join(group, link.a, link.b)
            used.append(link)
    for a, b in sorted({(min(p), max(p)) for p in same} - apart):
        if a in group and b in group:
            _join_judged(group, a, b, apart)
    return _clusters(group, by_key, used)


def _join_judged(group: dict[str, set[str]], a: str, b: str, apart: set[Pair]) -> None:
    """Join the events of `a` and `b`; where other members were judged different, only the two accounts themselves."""
    one, two = group[a], group[b]
    if any((min(x, y), max(x, y)) in apart for x in one for y in two):
        two.discard(b)
        group[b] = {b}
    _join(group, a, b)


def _join(group: dict[str, set[str]], a: str, b: str) -> None:
    one, two = group[a], group[b]
    if one is two:
        return
    if len(one) < len(two):
        one, two = two, one
    one |= two
    for key in two:
        group[key] = one


def _may_join(one: set[str], two: set[str], by_key: Mapping[str, Account], apart: set[Pair]) -> bool:
    for a in one:
        for b in two:
            if (min(a, b), max(a, b)) in apart or conflict(by_key[a], by_key[b]):
                return False
    return not (
        _settled(one, by_key) and _settled(two, by_key) and _days_of(one, by_key).isdisjoint(_days_of(two, by_key))
    )


def _settled(group: set[str], by_key: Mapping[str, Account]) -> bool:
    """True when two pages agree on the event. One outlet may be a day off; two that agree mean what they say."""
    return len({by_key[k].page for k in group}) > 1


def _days_of(group: set[str], by_key: Mapping[str, Account]) -> set[int | None]:
    """The days named by the accounts that name one day; None stands for any of the others."""
    return {a.first if a.first == a.last and not a.assumed else None for a in (by_key[k] for k in group)}


def _clusters(group: Mapping[str, set[str]], by_key: Mapping[str, Account], used: Iterable[Link]) -> list[Cluster]:
    links: dict[int, list[Link]] = defaultdict(list)
    for link in used:
        links[id(group[link.a])].append(link)
    found: list[tuple[tuple[str, ...], tuple[Link, ...]]] = []
    taken: set[str] = set()
    for members in {id(g): g for g in group.values()}.values():
        ordered = tuple(sorted(members, key=lambda k: (by_key[k].published or 0, k)))
        found.append((ordered, tuple(links.get(id(members), ()))))
    result = []
    for ordered, own in sorted(found):
        uid = event_id(ordered[0], taken)
        taken.add(uid)
        result.append(Cluster(uid, ordered, own))
    return sorted(result, key=lambda c: c.id)
