"""`record.linking.linked` in steps that can run beside one another, with the same links.

1. Accounts of one profile come together (by the number of the profile); the leaders are found there.
2. Leaders come together by the parties that they share; those that are `placed` are linked to one another, and each
   vague one finds the likest in each bucket. The likest of all buckets is the one that `linked` finds.
3. Vague leaders are linked among themselves, again by shared parties, where they are liker than that.

Two accounts that share several pairs of parties meet in several buckets and are weighed in the first of these only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dragoman.record.account import Account
from dragoman.record.linking import (
    Link,
    Neighbourhood,
    Profile,
    blocks,
    lead,
    liker,
    likest,
    link,
    parties_of,
    placed,
    profile,
    profile_number,
)
from dragoman.scale.buckets import bucket_of


def profile_bucket(account: Account, buckets: int) -> int:
    """Where the accounts of its profile come together."""
    return profile_number(account) % buckets


def block_buckets(account: Account, buckets: int) -> set[int]:
    """Where the accounts that share its parties come together."""
    return {_bucket(b.a, b.b, buckets) for b in blocks(account)}


def _bucket(a: str, b: str, buckets: int) -> int:
    return bucket_of(f"{a}|{b}", buckets)


def leaders(accounts: Iterable[Account]) -> tuple[list[Account], list[Link]]:
    """Step 1, for one bucket: the leaders of its profiles, and the links of the others to them."""
    profiles: dict[Profile, list[Account]] = defaultdict(list)
    for account in sorted(accounts, key=lambda a: a.key):
        profiles[profile(account)].append(account)
    found: list[Account] = []
    links: list[Link] = []
    for members in profiles.values():
        first, own = lead(members) if len(members) > 1 else (members, [])
        found += first
        links += own
    return found, links


@dataclass(frozen=True, slots=True)
class Best:
    """The placed leader that the vague leader `key` is likest, with the score."""

    key: str
    other: str
    score: float

    def beats(self, rival: Best | None) -> bool:
        """As `likest` chooses: the higher score, of equals the first key."""
        return rival is None or (-self.score, self.other) < (-rival.score, rival.other)


def link_leaders(found: Iterable[Account], bucket: int, buckets: int) -> tuple[list[Link], list[Best]]:
    """Step 2, for one bucket: links among its placed leaders, and the likest of these for each vague one."""
    ordered = sorted(found, key=lambda a: a.key)
    firm = [a for a in ordered if placed(a)]
    known = Neighbourhood(firm)
    links = list(_links(firm, known, bucket, buckets))
    best = [
        Best(a.key, b.key, score)
        for a in ordered
        if not placed(a) and (pair := likest(a, known.near(a))) is not None
        for b, score in [pair]
    ]
    return links, best


def link_vague(found: Iterable[Account], best: Mapping[str, float], bucket: int, buckets: int) -> list[Link]:
    """Step 3, for one bucket: links among vague leaders, whose score with the likest placed one `best` gives."""
    ordered = sorted(found, key=lambda a: a.key)
    return list(_links(ordered, Neighbourhood(ordered), bucket, buckets, best))


def _links(
    ordered: list[Account], known: Neighbourhood, bucket: int, buckets: int, best: Mapping[str, float] | None = None
) -> Iterator[Link]:
    best = best or {}
    for i, account in enumerate(ordered):
        least = best.get(account.key, 0.0)
        for other in known.near(account, i):
            if _home(account, other, buckets) != bucket:
                continue
            if score := liker(account, other, max(least, best.get(other.key, 0.0))):
                yield link(account, other, score)


def _home(a: Account, b: Account, buckets: int) -> int:
    """The one bucket in which two accounts that can meet are weighed: that of the first two parties both have."""
    shared = sorted({*parties_of(a)} & {*parties_of(b)})
    if len(shared) > 1:
        return _bucket(shared[0], shared[1], buckets)
    return _bucket(shared[0] if shared else "", "", buckets)


def components(links: Iterable[Link]) -> dict[str, str]:
    """The name of the component of every linked account: the first key in it."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        found = parent.setdefault(key, key)
        while parent[found] != found:
            parent[found] = parent[parent[found]]
            found = parent[found]
        return found

    for one in links:
        a, b = sorted((root(one.a), root(one.b)))
        parent[b] = a
    return {key: root(key) for key in parent}
