"""Very many pairs of accounts weighed at once, with the points that `likeness` gives each.

Each part of the score and of the rule looks at a few features only, and among many pairs few combinations of these
occur. So pairs are put into classes that a part cannot tell apart, the part is asked once for each class, and the
points are added up as `likeness.alike` adds them. Only what is left, with a score in reach, is compared in its words.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import and_

import numpy as np

from dragoman.record import likeness, ruling
from dragoman.record.account import Account
from dragoman.record.columns import NEVER, Columns, Flags, Floats, Ints, Sets, combined, each_class
from dragoman.record.likeness import THRESHOLD

RULED_OUT = -np.inf
_LONG = 32  # days, from which on a window's length makes no difference to `likeness.days` …
_FAR = 46  # … and from which on the distance of a page makes none
_DATED = 1 << 20  # more than there are classes of one kind


def weigh(c: Columns, a: Ints, b: Ints, least: float | Floats = THRESHOLD) -> tuple[Ints, Floats]:
    """Which of the pairs `a`, `b` are alike to `least`, and their scores.

    `likeness.alike` of every pair.
    """
    ahead = c.rank[a] < c.rank[b]
    a, b = np.where(ahead, a, b), np.where(ahead, b, a)  # `alike` too looks at the first key first
    which = np.arange(len(a))
    least = np.broadcast_to(least, len(a))
    total = np.zeros(len(a))
    for part in (_acts, _sides, _sectors, _days, _place, _people, _status, _page):
        total += part(c, a, b)
        kept = total > RULED_OUT
        if not kept.all():
            which, a, b, total = which[kept], a[kept], b[kept], total[kept]
    near = np.rint(1000 * (total + _most(c, a, b))) / 1000 >= least[which]
    which, a, b, total = which[near], a[near], b[near], total[near]
    total = np.rint(1000 * (total + (_story(c, a, b) + _facts(c, a, b) + _words(c, a, b)))) / 1000
    alike = total >= least[which]
    return which[alike], total[alike]


def _most(c: Columns, a: Ints, b: Ints) -> Floats:
    """What `likeness.particular` can give at most."""
    found: Floats = np.where(c.language[a] == c.language[b], likeness.MOST_IN_WORDS, likeness.MOST_IN_COGNATES)
    both = (c.story.sizes[a] > 0) & (c.story.sizes[b] > 0)
    found += likeness.MOST_OF_STORY * (both & (c.page[a] != c.page[b]))
    found += likeness.MOST_IN_FIGURES * (c.figures[a] & c.figures[b])
    found += likeness.MOST_OF_ISSUE * (c.issue[a] & c.issue[b])
    found += likeness.MOST_OF_AGREEMENTS * (c.agreements[a] & c.agreements[b])
    found += likeness.MOST_OF_QUOTATIONS * (c.said[a] & c.said[b])
    return found


# The parts below give the points of every pair, minus infinity where the rule of the same features parts it.


def _acts(c: Columns, a: Ints, b: Ints) -> Floats:
    return each_class(_both(c.act, a, b), a, b, c.accounts, _unless(ruling.acts_differ, likeness.acts))


def _sides(c: Columns, a: Ints, b: Ints) -> Floats:
    classes = 2 * _both(c.parties, a, b) + (c.visit[a] & c.visit[b])
    return each_class(classes, a, b, c.accounts, _unless(ruling.sides_differ, likeness.sides))


def _sectors(c: Columns, a: Ints, b: Ints) -> Floats:
    found = np.zeros(len(a))
    said = np.flatnonzero(~c.symmetric[a] & ~c.symmetric[b] & (c.sectors[a] > 0) & (c.sectors[b] > 0))
    a, b = a[said], b[said]
    found[said] = each_class(_both(c.sectors, a, b), a, b, c.accounts, likeness.sectors)
    return found


def _days(c: Columns, a: Ints, b: Ints) -> Floats:
    return each_class(_day_class(c, a, b), a, b, c.accounts, _unless(ruling.days_differ, likeness.days))


def _place(c: Columns, a: Ints, b: Ints) -> Floats:
    found = np.zeros(len(a))
    said = np.flatnonzero(c.located[a] & c.located[b])
    a, b = a[said], b[said]
    where = [2 * (column[a] == column[b]) + (column[a] > 0) * (column[b] > 0) for column in (c.place, c.country)]
    classes = _rows(*((one, 3) for one in where), (c.language[a] == c.language[b], 1), (c.stays[a] | c.stays[b], 1))
    found[said] = each_class(classes, a, b, c.accounts, likeness.place)
    return found


def _people(c: Columns, a: Ints, b: Ints) -> Floats:
    found = np.zeros(len(a))
    named = (c.people[a] > 0) & (c.people[b] > 0)
    said = np.flatnonzero(named)
    one, two = a[said], b[said]
    classes = 2 * _both(c.people, one, two) + (c.consult[one] | c.consult[two])
    found[said] = each_class(classes, one, two, c.accounts, _unless(ruling.people_differ, likeness.people))
    said = np.flatnonzero(~named & (c.offices[a] > 0) & (c.offices[b] > 0))
    one, two = a[said], b[said]
    found[said] = each_class(_both(c.offices, one, two), one, two, c.accounts, likeness.people)
    return found


def _status(c: Columns, a: Ints, b: Ints) -> Floats:
    return each_class(_both(c.status, a, b), a, b, c.accounts, likeness.status)


def _page(c: Columns, a: Ints, b: Ints) -> Floats:
    found = np.zeros(len(a))
    for at in np.flatnonzero(c.page[a] == c.page[b]).tolist():
        if ruling.page_rule(c.accounts[a[at]], c.accounts[b[at]]):
            found[at] = RULED_OUT
    return found


def _story(c: Columns, a: Ints, b: Ints) -> Floats:
    found = np.zeros(len(a))
    dated = (c.published[a] != NEVER) & (c.published[b] != NEVER)
    near = np.abs(c.published[a] - c.published[b]) <= likeness.STORY_DAYS
    said = np.flatnonzero(dated & near & (c.page[a] != c.page[b]))
    a, b = a[said], b[said]
    classes = 2 * _common(c.story, a, b) + (c.event_type[a] == c.event_type[b])
    found[said] = each_class(classes, a, b, c.accounts, likeness.story)
    return found


def _facts(c: Columns, a: Ints, b: Ints) -> Floats:
    found = np.zeros(len(a))
    both = (column[a] & column[b] for column in (c.figures, c.issue, c.agreements, c.said))
    for at in np.flatnonzero(np.logical_or.reduce(list(both))).tolist():
        found[at] = likeness.facts(c.accounts[a[at]], c.accounts[b[at]])
    return found


def _words(c: Columns, a: Ints, b: Ints) -> Floats:
    classes = combined(_common(c.words, a, b), _common(c.context, a, b))
    return each_class(2 * classes + (c.language[a] == c.language[b]), a, b, c.accounts, likeness.words)


def _common(sets: Sets, a: Ints, b: Ints) -> Ints:
    """A number for the size of the smaller set and that of what two sets have in common."""
    one, two = map(sets.values.__getitem__, a.tolist()), map(sets.values.__getitem__, b.tolist())
    shared = np.fromiter(map(len, map(and_, one, two)), np.int64, len(a))
    found: Ints = np.minimum(sets.sizes[a], sets.sizes[b]) * (int(shared.max(initial=0)) + 1) + shared
    return found


def _unless(
    differ: Callable[[Account, Account], str | None], points: Callable[[Account, Account], float]
) -> Callable[[Account, Account], float]:
    def part(a: Account, b: Account) -> float:
        return RULED_OUT if differ(a, b) else points(a, b)

    return part


def _both(column: Ints, a: Ints, b: Ints) -> Ints:
    """One number for the two values of a pair."""
    found: Ints = column[a] * (int(column.max(initial=0)) + 1) + column[b]
    return found


def _day_class(c: Columns, a: Ints, b: Ints) -> Ints:
    """A number for all that decides what is said of the days of two accounts."""
    one, two = c.first[a] != NEVER, c.first[b] != NEVER
    return np.where(one & two, _both_dated(c, a, b), np.where(one | two, _one_dated(c, a, b, one), _undated(c, a, b)))


def _both_dated(c: Columns, a: Ints, b: Ints) -> Ints:
    gap = np.maximum(c.first[a], c.first[b]) - np.minimum(c.last[a], c.last[b])
    lengths = c.last[a] - c.first[a], c.last[b] - c.first[b]
    longer = np.maximum(*lengths)
    past = (longer == 0) & (np.minimum(c.published[a], c.published[b]) - c.last[a] > likeness.LONG_PAST)
    assumed = c.assumed[a] | c.assumed[b]
    return _rows((gap, 5), (np.minimum(*lengths), _LONG), (longer, _LONG), (assumed, 1), (past, 1))


def _one_dated(c: Columns, a: Ints, b: Ints, first_is: Flags) -> Ints:
    known, unknown = np.where(first_is, a, b), np.where(first_is, b, a)
    first, last, page = c.first[known], c.last[known], c.published[unknown]
    inside = (first <= page) & (page <= last)
    near = np.where(inside, 0, np.minimum(np.abs(page - first), np.abs(page - last)))
    return _DATED + _rows((near, _FAR), (first > page, 1), (c.planned[unknown], 1), (page == NEVER, 1))


def _undated(c: Columns, a: Ints, b: Ints) -> Ints:
    one, two = c.published[a], c.published[b]
    return 2 * _DATED + _rows((np.abs(one - two), _FAR), ((one == NEVER) | (two == NEVER), 1))


def _rows(*columns: tuple[Ints | Flags, int]) -> Ints:
    """One number for each distinct row; what is below 0 or above a column's limit counts as the limit."""
    found = np.zeros(len(columns[0][0]), dtype=np.int64)
    for column, limit in columns:
        found = found * (limit + 1) + np.clip(column.astype(np.int64), 0, limit)
    return found
