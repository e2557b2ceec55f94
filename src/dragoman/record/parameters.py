"""Lists of values in SQL: their question marks, and parts short enough for one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from typing import TypeVar

T = TypeVar("T")
MOST = 500  # values that one statement names


def marks(values: Sized) -> str:
    """A question mark a value, for IN (…) and VALUES (…)."""
    return ",".join("?" * len(values))


def chunks(values: Sequence[T], most: int = MOST) -> Iterator[Sequence[T]]:
    """`values` in parts that one statement may name."""
    return (values[i : i + most] for i in range(0, len(values), most))
