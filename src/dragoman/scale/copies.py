"""Families over shards: the families that `record.families.place` finds when it is given the same pages one by one.

The inverted index of shingles is cut by hash. Each part counts how many of its shingles two pages share; a shingle that
several pages have is handed on whole, since whether it counts depends on the families of those indexed before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.record.families import NOTHING_NEW, STANDING, Sketch

Posting = tuple[int, int]  # (shingle, page)


@dataclass(frozen=True, slots=True)
class Shared:
    """Of one part of the index: shingles shared by two pages (the later first), and the common shingles' pages."""

    pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    common: dict[int, tuple[int, ...]] = field(default_factory=dict)


def shared(postings: Iterable[Posting]) -> Shared:
    """What the pages of one part of the index have in common."""
    pages: dict[int, list[int]] = defaultdict(list)
    for shingle, page in postings:
        pages[shingle].append(page)
    pairs: Counter[tuple[int, int]] = Counter()
    common: dict[int, tuple[int, ...]] = {}
    for shingle, held in pages.items():
        held.sort()
        if len(held) > STANDING:
            common[shingle] = tuple(held)
            continue
        for i in range(1, len(held)):
            for j in range(i):
                pairs[held[i], held[j]] += 1
    return Shared(dict(pairs), common)


def families(sketches: Mapping[int, Sketch], parts: Sequence[Shared]) -> dict[int, int]:
    """The family (the number of its first page) of every page; pages are numbered in the order of adding."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    common: dict[int, list[int]] = defaultdict(list)
    for part in parts:
        for (later, earlier), count in part.pairs.items():
            counts[later][earlier] += count
        for shingle, pages in part.common.items():
            for page in pages:
                common[page].append(shingle)
    indexed: set[int] = set()
    holders: dict[int, list[int]] = defaultdict(list)  # pages indexed so far, by common shingle
    family = _Families()
    for page in sorted(sketches):
        standing = {s for s in common.get(page, ()) if len({family.first(h) for h in holders[s]}) >= STANDING}
        own = sketches[page].without(standing)
        met = Counter({other: count for other, count in counts.pop(page, Counter()).items() if other in indexed})
        for shingle in common.get(page, ()):
            if shingle not in standing:
                met.update(holders[shingle])
        novel = True
        for other, count in met.items():
            share = own.contained(count, sketches[other])
            if share is not None:
                family.join(page, other)
                novel = novel and share < NOTHING_NEW
        if novel:
            indexed.add(page)
            for shingle in common.get(page, ()):
                if shingle not in standing:
                    holders[shingle].append(page)
    return {page: family.first(page) for page in sketches}


class _Families:
    """Pages in families, each called by its first page."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def first(self, page: int) -> int:
        found = self._parent.setdefault(page, page)
        while self._parent[found] != found:
            self._parent[found] = self._parent[self._parent[found]]
            found = self._parent[found]
        return found

    def join(self, a: int, b: int) -> None:
        one, two = sorted((self.first(a), self.first(b)))
        self._parent[two] = one
