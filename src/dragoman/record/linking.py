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
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.record.account import Account
from dragoman.record.likeness import ASSUMED_SLACK, THRESHOLD, alike, compatible_types, rule_core

MAX_PARTIES = 8  # of a long list of countries the pairs of the first eight (in order of code) are enough to meet
SHORT_DAYS, MIDDLING_DAYS = 16, 80  # windows longer than this are looked up apart from the shorter ones
PLACED_DAYS = 10  # a date of so few days tells events of one pair of parties apart
UNDATED_REACH = (31, 45)  # an undated event is looked for this many days before and after its page

Profile = tuple[object, ...]
Window = tuple[int, int]


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
class Block:
    """Where an account can be met: by a pair of parties, or by one where it names only one.

    `reach` is 0, 1 or 2 for an account of these parties with a short, middling or long window of days; 3 to 5 likewise
    for the entries under single parties of an account that has a pair: only accounts with a single party look there.
    """

    a: str
    b: str
    reach: int
    first: int
    last: int


def window(account: Account) -> Window:
    """The days in which another account of the same event would be looked for."""
    if account.first is not None and account.last is not None:
        slack = ASSUMED_SLACK - 1 if account.assumed else 0
        return account.first - slack, account.last + slack
    if account.published is not None:
        return account.published - UNDATED_REACH[0], account.published + UNDATED_REACH[1]
    return 0, 4_000_000


def reach_of(days: Window) -> int:
    """0, 1 or 2 for a short, middling or long window."""
    length = days[1] - days[0]
    return 0 if length <= SHORT_DAYS else 1 if length <= MIDDLING_DAYS else 2


def lowest(reach: int, first: int) -> int:
    """The first day of the earliest window of this reach that may touch one that begins on day `first`."""
    return first - 1 - (SHORT_DAYS, MIDDLING_DAYS, 5_000_000)[reach % 3]


def parties_of(account: Account) -> list[str]:
    """The countries and organisations of both sides, in order of code."""
    return sorted(account.parties)[:MAX_PARTIES]


def blocks(account: Account) -> list[Block]:
    """All entries under which `account` is found by others."""
    first, last = days = window(account)
    reach, parties = reach_of(days), parties_of(account)
    if len(parties) < 2:
        return [Block(parties[0] if parties else "", "", reach, first, last)]
    pairs = [Block(a, b, reach, first, last) for a, b in combinations(parties, 2)]
    return pairs + [Block(a, "", 3 + reach, first, last) for a in parties]


def probes(account: Account) -> list[tuple[str, str, tuple[int, ...]]]:
    """Where `account` looks for others: (a, b, reaches)."""
    parties = parties_of(account)
    if len(parties) < 2:
        return [(parties[0] if parties else "", "", (0, 1, 2, 3, 4, 5))]
    pairs: list[tuple[str, str, tuple[int, ...]]] = [(a, b, (0, 1, 2)) for a, b in combinations(parties, 2)]
    return pairs + [(a, "", (0, 1, 2)) for a in parties]


class Neighbourhood:
    """Accounts held in memory by their blocks. Symmetric: who finds another is found by it."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._accounts = accounts
        self._types = [account.event_type for account in accounts]
        self._index: dict[tuple[str, str, int], list[tuple[int, int, int]]] = defaultdict(list)
        for i, account in enumerate(accounts):
            first, last = days = window(account)
            reach, parties = reach_of(days), parties_of(account)
            if len(parties) < 2:
                self._index[parties[0] if parties else "", "", reach].append((first, last, i))
                continue
            for pair in combinations(parties, 2):
                self._index[(*pair, reach)].append((first, last, i))
            for party in parties:
                self._index[party, "", 3 + reach].append((first, last, i))
        for entries in self._index.values():
            entries.sort()

    def near(self, account: Account, after: int = -1) -> list[Account]:
        """Accounts (numbered above `after`) that share parties and days with `account` and are of a like type."""
        first, last = window(account)
        begin, end = first - 1, last + 1
        kinds = compatible_types(account.event_type)
        met: set[int] = set()
        everyone, types = self._accounts, self._types
        found: list[Account] = []
        for a, b, reaches in probes(account):
            for reach in reaches:
                entries = self._index.get((a, b, reach))
                if entries is None:
                    continue
                low = bisect_left(entries, (lowest(reach, first),))
                for _, other_last, j in entries[low : bisect_left(entries, (end + 1,), low)]:
                    if j > after and other_last >= begin and types[j] in kinds and j not in met:
                        met.add(j)
                        found.append(everyone[j])
        return found


@dataclass(frozen=True, slots=True)
class Linked:
    """The links among some accounts, each once, and the leaders of their profiles."""

    links: list[Link]
    leaders: list[Account]


def linked(accounts: Iterable[Account]) -> Linked:
    """All links among `accounts`. Pure, whatever their order."""
    profiles: dict[Profile, list[Account]] = defaultdict(list)
    for account in sorted(accounts, key=lambda a: a.key):
        profiles[profile(account)].append(account)
    links: list[Link] = []
    firm: list[Account] = []
    vague: list[Account] = []
    for members in profiles.values():
        leaders = members
        if len(members) > 1:
            leaders, own = lead(members)
            links += own
        (firm if placed(members[0]) else vague).extend(leaders)
    known = Neighbourhood(firm)
    for i, account in enumerate(firm):
        links += [link(account, other, s) for other in known.near(account, i) if (s := alike(account, other))]
    likest_score: dict[str, float] = {}
    for account in vague:
        if best := likest(account, known.near(account)):
            links.append(link(account, *best))
            likest_score[account.key] = best[1]
    rest = Neighbourhood(vague)
    for i, account in enumerate(vague):
        least = likest_score.get(account.key, 0.0)
        for other in rest.near(account, i):
            if score := liker(account, other, max(least, likest_score.get(other.key, 0.0))):
                links.append(link(account, other, score))
    return Linked(links, firm + vague)
