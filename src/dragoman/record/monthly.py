"""Cooperation and conflict of places or of pairs by month, in memory: any run of months is summed up in a millisecond.

Twenty years touch most rows of a tally, which SQL would sort anew for every question, and larger steps than months help
little where most places are told of once a month or less. Here they are read once, and a question is a slice and a sum.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dragoman.record.rollups import ALL_TIMES, Months

Numbers = npt.NDArray[np.int64]
Subject = tuple[str, str]
_WITHIN, _NEXT = "\x1f", "\x1e"  # between the two parts of a subject, between subjects


@dataclass(frozen=True, slots=True)
class Tally:
    """A table of rollups.py that counts cooperation and conflict by period: its name and the two columns that say of
    what. `wrong` selects what it counts of events judged wrong, as rows of the same columns with negative counts.
    """

    name: str
    subject: tuple[str, str]
    wrong: str


@dataclass(frozen=True, slots=True)
class Total:
    """What was counted of one subject."""

    subject: Subject
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True)
class Monthly:
    """A tally as arrays, an element for each of its rows, in order of `months` (as numbers, 202010; 0 for all times):
    `which` of the subjects it counts, its cooperation and its conflict.
    """

    subjects: Sequence[Subject]
    months: Numbers
    which: Numbers
    cooperation: Numbers
    conflict: Numbers

    @classmethod
    def load(
        cls,
        db: sqlite3.Connection,
        tally: Tally,
        only: Months | None = None,
        named: Callable[[str, str], Subject] = lambda one, other: (one, other),
    ) -> Monthly:
        """All of a tally, or the months `only`, without what was judged wrong. Subjects that `named` gives one name are
        counted as one.
        """
        between = only or (ALL_TIMES[0], "9")
        rows = [row for table in (tally.name, f"({tally.wrong})") for row in db.execute(_lists(tally, table), between)]
        told = [key for row in rows for key in row[2].split(_NEXT)]
        found = {key: named(*key.split(_WITHIN)) for key in set(told)}
        subjects = sorted(set(found.values()))
        places = {subject: i for i, subject in enumerate(subjects)}
        index = {key: places[subject] for key, subject in found.items()}
        months = np.repeat(_array([_month(row[0]) for row in rows]), _array([row[1] for row in rows]))
        order = np.argsort(months, kind="stable")
        which = _array([index[key] for key in told])
        return cls(subjects, months[order], which[order], *(_numbers(row[i] for row in rows)[order] for i in (3, 4)))

    def top(self, months: Months, limit: int) -> tuple[list[Total], int]:
        """The `limit` subjects with most events in these months, and how many events all have together."""
        low = np.searchsorted(self.months, _month(months[0]))
        high = np.searchsorted(self.months, _month(months[1]), "right")
        which, size = self.which[low:high], len(self.subjects)
        both = [np.bincount(which, counts[low:high], size) for counts in (self.cooperation, self.conflict)]
        events = both[0] + both[1]
        ranked = np.argsort(-events, kind="stable")[:limit]
        shown = [i for i in ranked.tolist() if events[i] > 0]
        return [Total(self.subjects[i], int(both[0][i]), int(both[1][i])) for i in shown], int(events.sum())


def _lists(tally: Tally, table: str) -> str:
    """A row a period: SQLite puts many numbers into one text faster than it hands over as many rows."""
    one, other = tally.subject
    return (
        f"SELECT period, count(*), group_concat({one} || char(31) || {other}, char(30)), group_concat(cooperation), "
        f"group_concat(conflict) FROM {table} WHERE period BETWEEN ? AND ? GROUP BY period"
    )


def _month(period: str) -> int:
    return int(period.replace("-", "") or 0)


def _array(numbers: Sequence[int]) -> Numbers:
    return np.array(numbers, np.int64)


def _numbers(lists: Iterable[str]) -> Numbers:
    """The numbers in texts like "3,0,1"."""
    text = ",".join(lists)
    return np.fromstring(text, np.int64, sep=",") if text else _array(())
