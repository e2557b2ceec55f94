"""Many mentions become events: a pure function of the set of mentions, whatever their order.

Accounts found alike (`linking`) are joined best link first, unless that would put two accounts that rule each other out
into one event. Since the links depend on nothing but the set, and the order of joining is that of scores and keys, the
same mentions give the same events whether they came at once or one by one.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from dragoman.coding.reading import Reading
from dragoman.record.account import Account, accounts
from dragoman.record.columns import Columns
from dragoman.record.joining import events
from dragoman.record.linking import Found, Link, linked

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
    """The accounts of one event by key, sorted by publication and the id they give. `id` is that of the first."""

    id: str
    members: tuple[str, ...]


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
    with uncollected():
        given = linked({a.key: a for a in items}.values())
        return _clusters(given.columns, given.found, same, different, _Names())


def cluster(
    by_key: Mapping[str, Account],
    links: Iterable[Link],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    names: Mapping[str, str] | None = None,
) -> list[Cluster]:
    """Cluster accounts along `links` that are known.

    `names` gives the id of the event that an account opens, by its key; by default it is made from the key.
    """
    columns = Columns.of(by_key.values())
    return _clusters(columns, Found.of(links, columns.numbers()), same, different, names or _Names())


def _clusters(
    columns: Columns, found: Found, same: Iterable[Pair], different: Iterable[Pair], names: Mapping[str, str]
) -> list[Cluster]:
    keys = [a.key for a in columns.accounts]
    published = np.maximum(columns.published, 0).tolist()

    def order_of(account: int) -> tuple[int, str]:
        return published[account], names[keys[account]]

    result = []
    for members in events(columns, found, _numbered(same, columns), _numbered(different, columns)):
        told = tuple(keys[m] for m in (sorted(members, key=order_of) if len(members) > 1 else members))
        result.append(Cluster(names[told[0]], told))
    return sorted(result, key=attrgetter("id", "members"))


def _numbered(pairs: Iterable[Pair], columns: Columns) -> list[tuple[int, int]]:
    """The distinct pairs of which both have a number."""
    given = set(pairs)
    numbers = columns.numbers() if given else {}
    found = ((numbers.get(a), numbers.get(b)) for a, b in given)
    return sorted({(min(a, b), max(a, b)) for a, b in found if a is not None and b is not None})


class _Names(dict[str, str]):
    """The ids that accounts give to the events they open, made when they are asked for."""

    def __missing__(self, key: str) -> str:
        found = self[key] = event_id(key)
        return found
