"""Which accounts are linked: a function of the set of accounts, whatever their order, at near linear cost.

Comparing every account of a much told event with every other would be quadratic, and an account with a vague date
would tie a whole month's events together. So:

- Accounts of one language that agree in all that can rule a pair out have one `profile`. The first of a profile (by
  key) leads, and so does every later one that is not `alike` to an earlier leader; the others are linked to their
  likest leader.
- Only leaders are compared across profiles.
- A leader that is `placed` (two parties, a date of a few days) is linked to every placed leader it is like. A vague one
  is linked to the one placed leader it is likest, and to the vague ones that both are more like than that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.record.account import Account
from dragoman.record.columns import NEVER, Columns, Flags, Floats, Ints, combined, each_class
from dragoman.record.likeness import THRESHOLD, alike
from dragoman.record.neighbourhood import Neighbourhood
from dragoman.record.ruling import rule_core
from dragoman.record.weighing import weigh

PLACED_DAYS = 10  # a date of so few days tells events of one pair of parties apart

Profile = tuple[object, ...]
Only = Callable[[Account, Account], bool]


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts found alike; `a` < `b` are keys."""

    a: str
    b: str
    score: float


def link(a: Account, b: Account, score: float) -> Link:
    """The link between two accounts, in order of key."""
    return Link(a.key, b.key, score) if a.key < b.key else Link(b.key, a.key, score)


def profile(account: Account) -> Profile:
    """What accounts have in common whose likeness is a matter of words, places and pages.

    The language is part of it: an undated copy is known by its words, and a leader in another language shares none.
    """
    return (*rule_core(account), account.language, account.published if account.first is None else None)


def profile_number(account: Account) -> int:
    """The account's profile as a number of 63 bits, the same in every process."""
    parts = [sorted(v) if isinstance(v, frozenset) else v for v in profile(account)]
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest(), "big") >> 1


def placed(account: Account) -> bool:
    """True when parties and date tell the event apart from others of the same parties."""
    if account.first is None or account.last is None or account.last - account.first > PLACED_DAYS:
        return False
    return len(account.parties) > 1


def likest(account: Account, others: Iterable[Account]) -> tuple[Account, float] | None:
    """The account most like `account` of those that are alike at all; of equals the one with the first key."""
    best: Account | None = None
    least = THRESHOLD
    for other in others:
        score = alike(account, other, least)
        if score is not None and (best is None or score > least or other.key < best.key):
            best, least = other, score
    return (best, least) if best else None


def liker(a: Account, b: Account, than: float) -> float | None:
    """The score of two accounts if they are alike, and more so than `than`."""
    score = alike(a, b, max(THRESHOLD, than))
    return score if score is not None and score > than else None


def lead(members: Sequence[Account], leaders: Sequence[Account] = ()) -> tuple[list[Account], list[Link]]:
    """The leaders among `members` of one profile (in order of key, after `leaders`), and the others' links to them."""
    found, links = list(leaders), []
    for member in members:
        if best := likest(member, found):
            links.append(link(member, *best))
        else:
            found.append(member)
    return found[len(leaders) :], links


@dataclass(frozen=True, slots=True)
class Found:
    """Links among accounts in columns: the two numbers and the score of each."""

    a: Ints
    b: Ints
    score: Floats

    @classmethod
    def all_of(cls, parts: Sequence[tuple[Ints, Ints, Floats]]) -> Found:
        """The links of all parts."""
        none = np.empty(0, dtype=np.int64)
        a, b, score = zip(*parts, strict=True) if parts else ([none], [none], [np.empty(0)])
        return cls(np.concatenate(a), np.concatenate(b), np.concatenate(score))

    @classmethod
    def of(cls, links: Iterable[Link], numbers: Mapping[str, int]) -> Found:
        """Links by key as links by number; those of accounts that have none are left out."""
        known = [(numbers[e.a], numbers[e.b], e.score) for e in links if e.a in numbers and e.b in numbers]
        ends = np.array([row[:2] for row in known], dtype=np.int64).reshape(-1, 2)
        return cls(ends[:, 0], ends[:, 1], np.array([row[2] for row in known], dtype=np.float64))

    def links(self, columns: Columns) -> list[Link]:
        """By the keys of the accounts."""
        accounts = columns.accounts
        rows = zip(self.a.tolist(), self.b.tolist(), self.score.tolist(), strict=True)
        return [link(accounts[a], accounts[b], score) for a, b, score in rows]


def leading(columns: Columns) -> tuple[Ints, Found]:
    """`lead` in all profiles at once: the leaders, and the others' links to them.

    Round after round the first of each profile that is like no leader yet leads, and those after it are compared
    with it.
    """
    profile_of, rank = _profiles(columns), columns.rank
    member = np.lexsort((rank, profile_of))
    leads = np.zeros(len(columns), dtype=np.bool_)
    likest = np.full(len(columns), -1)
    best = np.full(len(columns), -np.inf)
    while len(member):
        group = profile_of[member]
        unlike = np.flatnonzero((likest[member] < 0) & ~leads[member])
        groups, first = np.unique(group[unlike], return_index=True)
        heads = member[unlike[first]]
        leads[heads] = True
        open_ = np.isin(group, groups)
        member, group = member[open_], group[open_]
        head = heads[np.searchsorted(groups, group)]
        later = ~leads[member] & (rank[member] > rank[head])
        one, two = head[later], member[later]
        near = np.argsort(two)  # in order of publication, as they lie in memory
        one, two = one[near], two[near]
        kept, score = weigh(columns, one, two)
        one, two = one[kept], two[kept]
        better = score > best[two]
        likest[two[better]], best[two[better]] = one[better], score[better]
    followers = np.flatnonzero(~leads)
    return np.flatnonzero(leads), Found(likest[followers], followers, best[followers])


def _profiles(c: Columns) -> Ints:
    """A number for each `profile`."""
    return combined(c.core, c.language, np.where(c.first == NEVER, c.published, NEVER))


def among(around: Neighbourhood, members: Ints, than: Floats | None = None, only: Only | None = None) -> Found:
    """The links among leaders. `than` holds for every account of the columns what a score must be above; `only` says,
    by their parties, whether two accounts are to be weighed.
    """
    columns = around.columns
    parts = []
    for a, b in around.within(members):
        a, b = _chosen(columns, a, b, only)
        least = np.maximum(than[a], than[b]) if than is not None else np.zeros(len(a))
        kept, score = weigh(columns, a, b, np.maximum(THRESHOLD, least))
        likelier = score > least[kept]
        parts.append((a[kept[likelier]], b[kept[likelier]], score[likelier]))
    return Found.all_of(parts)


def _chosen(columns: Columns, a: Ints, b: Ints, only: Only | None) -> tuple[Ints, Ints]:
    if only is None:
        return a, b
    classes = columns.parties[a] * len(columns) + columns.parties[b]
    kept = each_class(classes, a, b, columns.accounts, only) > 0
    return a[kept], b[kept]


def likest_placed(around: Neighbourhood, vague: Ints, firm: Ints) -> tuple[Ints, Ints, Floats]:
    """(vague leader, placed leader it is likest, score), as `likest` chooses."""
    parts = []
    for one, other in around.between(vague, firm):
        kept, score = weigh(around.columns, one, other)
        parts.append((one[kept], other[kept], score))
    found = Found.all_of(parts)
    order = np.lexsort((around.columns.rank[found.b], -found.score, found.a))
    first = order[np.unique(found.a[order], return_index=True)[1]]
    return found.a[first], found.b[first], found.score[first]


def are_placed(columns: Columns) -> Flags:
    """`placed` of every account."""
    found: Flags = (columns.first != NEVER) & (columns.last - columns.first <= PLACED_DAYS) & columns.paired
    return found


@dataclass(frozen=True, slots=True)
class Linked:
    """Accounts in columns, the links among them, each once, and the leaders of their profiles."""

    columns: Columns
    found: Found
    leading: Ints

    @property
    def links(self) -> list[Link]:
        """The links by the keys of the accounts."""
        return self.found.links(self.columns)

    @property
    def leaders(self) -> list[Account]:
        """The leaders' accounts."""
        return [self.columns.accounts[i] for i in self.leading.tolist()]


def linked(accounts: Iterable[Account]) -> Linked:
    """All links among `accounts`. Pure, whatever their order."""
    columns = Columns.of(accounts)
    around = Neighbourhood(columns)
    leaders, following = leading(columns)
    firm = are_placed(columns)[leaders]
    one, other, score = likest_placed(around, leaders[~firm], leaders[firm])
    than = np.zeros(len(columns))
    than[one] = score
    parts = (
        following,
        among(around, leaders[firm]),
        Found(one, other, score),
        among(around, leaders[~firm], than),
    )
    return Linked(columns, Found.all_of([(p.a, p.b, p.score) for p in parts]), leaders)
