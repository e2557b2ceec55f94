"""How well clusters of mentions agree with gold ones: MUC, B³, entity-based CEAF and their mean, the CoNLL score.

As defined by Vilain et al. 1995, Bagga and Baldwin 1998 and Luo 2005, and averaged by Pradhan et al. 2012. Both sides
hold the same mentions (gold mentions), singletons included.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Chains = Mapping[Any, Hashable]  # mention -> cluster


def conll(gold: Chains, found: Chains) -> dict[str, float]:
    """Recall, precision and F1 of each measure, and `conll`, the mean of the three F1, as percentages.

    Raises ValueError where the two sides do not hold the same mentions.
    """
    if gold.keys() != found.keys():
        raise ValueError(f"the two sides differ in {len(gold.keys() ^ found.keys())} mentions")
    result: dict[str, float] = {}
    total = 0.0
    for name, (recall, precision) in {
        "muc": muc(gold, found),
        "b3": b_cubed(gold, found),
        "ceafe": ceaf(gold, found),
    }.items():
        f1 = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
        total += f1 / 3
        result |= {f"{name}_recall": _percent(recall), f"{name}_precision": _percent(precision), name: _percent(f1)}
    return result | {"conll": _percent(total)}


def _percent(value: float) -> float:
    return round(100 * value, 2)


def _members(chains: Chains) -> dict[Hashable, set[Hashable]]:
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, cluster in chains.items():
        found[cluster].add(mention)
    return found


def muc(gold: Chains, found: Chains) -> tuple[float, float]:
    """(recall, precision) over the links that make the clusters."""
    return _links(gold, found), _links(found, gold)


def _links(key: Chains, response: Chains) -> float:
    kept = wanted = 0
    for members in _members(key).values():
        wanted += len(members) - 1
        kept += len(members) - len({response[m] for m in members})
    return kept / wanted if wanted else 0.0


def b_cubed(gold: Chains, found: Chains) -> tuple[float, float]:
    """(recall, precision) averaged over mentions."""
    both = Counter((gold[m], found[m]) for m in gold)
    ours, theirs = Counter(found.values()), Counter(gold.values())
    recall = sum(n * n / theirs[g] for (g, _), n in both.items())
    precision = sum(n * n / ours[f] for (_, f), n in both.items())
    return recall / len(gold), precision / len(gold)


def ceaf(gold: Chains, found: Chains) -> tuple[float, float]:
    """(recall, precision) under the best one-to-one matching of clusters, likeness being their Dice overlap."""
    theirs, ours = _members(gold), _members(found)
    columns = {cluster: i for i, cluster in enumerate(ours)}
    likeness = np.zeros((len(theirs), len(ours)))
    for i, members in enumerate(theirs.values()):
        for cluster, shared in Counter(found[m] for m in members).items():
            likeness[i, columns[cluster]] = 2 * shared / (len(members) + len(ours[cluster]))
    total = best_matching(likeness)
    return total / len(theirs), total / len(ours)


def best_matching(likeness: npt.NDArray[np.float64]) -> float:
    """The greatest sum of cells of which no two share a row or column (Hungarian method, shortest paths)."""
    cost = -likeness if likeness.shape[0] <= likeness.shape[1] else -likeness.T
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    owner = np.zeros(columns + 1, dtype=int)  # the row (from 1) that has a column; column 0 is a stand-in
    for row in range(1, rows + 1):
        owner[0] = row
        at, shortest = 0, np.full(columns + 1, np.inf)
        before, done = np.zeros(columns + 1, dtype=int), np.zeros(columns + 1, dtype=bool)
        while owner[at]:
            done[at] = True
            reduced = cost[owner[at] - 1] - row_price[owner[at]] - column_price[1:]
            better = ~done[1:] & (reduced < shortest[1:])
            shortest[1:][better] = reduced[better]
            before[1:][better] = at
            nearest = 1 + int(np.argmin(np.where(done[1:], np.inf, shortest[1:])))
            step = shortest[nearest]
            row_price[owner[done]] += step
            column_price[done] -= step
            shortest[~done] -= step
            at = nearest
        while at:
            owner[at] = owner[before[at]]
            at = before[at]
    return float(-sum(cost[owner[c] - 1, c - 1] for c in range(1, columns + 1) if owner[c]))
