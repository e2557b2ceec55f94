"""`record.linking.linked` in steps that can run beside one another, with the same links.

1. Accounts of one profile come together (by the number of the profile); the leaders are found there.
2. Leaders come together by the parties that they share; those that are `placed` are linked to one another, and each
   vague one finds the likest in each bucket. The likest of all buckets is the one that `linked` finds.
3. Vague leaders are linked among themselves, again by shared parties, where they are liker than that.

Two accounts that share several pairs of parties meet in several buckets and are weighed in the first of these only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from dragoman.record.account import Account
from dragoman.record.blocks import blocks, home
from dragoman.record.columns import Columns
from dragoman.record.linking import (
    Link,
    Only,
    among,
    are_placed,
    leading,
    likest_placed,
    profile_number,
)
from dragoman.record.neighbourhood import Neighbourhood
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
    columns = Columns.of(accounts)
    first, following = leading(columns)
    return [columns.accounts[i] for i in first.tolist()], following.links(columns)


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
    around = Neighbourhood(Columns.of(found))
    accounts = around.columns.accounts
    firm = are_placed(around.columns)
    links = among(around, np.flatnonzero(firm), only=_at_home(bucket, buckets)).links(around.columns)
    one, other, score = likest_placed(around, np.flatnonzero(~firm), np.flatnonzero(firm))
    rows = zip(one.tolist(), other.tolist(), score.tolist(), strict=True)
    return links, [Best(accounts[a].key, accounts[b].key, s) for a, b, s in rows]


def link_vague(found: Iterable[Account], best: Mapping[str, float], bucket: int, buckets: int) -> list[Link]:
    """Step 3, for one bucket: links among vague leaders, whose score with the likest placed one `best` gives."""
    around = Neighbourhood(columns := Columns.of(found))
    than = np.array([best.get(a.key, 0.0) for a in columns.accounts])
    return among(around, np.arange(len(columns)), than, _at_home(bucket, buckets)).links(columns)


def _at_home(bucket: int, buckets: int) -> Only:
    """Whether two accounts are weighed in this bucket: accounts that share several parties meet in several."""
    return lambda a, b: _bucket(*home(a, b), buckets) == bucket


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
