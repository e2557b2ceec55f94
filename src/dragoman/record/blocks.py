"""Where accounts of one event meet: under the parties they share, in windows of days that touch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from dragoman.record.account import Account
from dragoman.record.ruling import ASSUMED_SLACK

MAX_PARTIES = 8  # of a long list of countries the pairs of the first eight (in order of code) are enough to meet
SHORT_DAYS, MIDDLING_DAYS = 16, 80  # windows longer than this are looked up apart from the shorter ones
UNDATED_REACH = (31, 45)  # an undated event is looked for this many days before and after its page

Window = tuple[int, int]


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


def home(a: Account, b: Account) -> tuple[str, str]:
    """The one block in which two accounts that can meet are weighed: that of the first two parties both have."""
    shared = sorted({*parties_of(a)} & {*parties_of(b)})
    return (shared[0], shared[1]) if len(shared) > 1 else (shared[0] if shared else "", "")


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
