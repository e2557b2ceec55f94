"""Cursors that say nothing to a reader and fit only the question they came from."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode

from dragoman.record import FilterError

_DIGEST = 6  # bytes that tie a cursor to its question


def sealed(position: str, question: Sequence[tuple[str, str]]) -> str:
    """A cursor for a position in the answer to a question, the pairs of its query."""
    return base64.urlsafe_b64encode(_digest(question) + position.encode()).decode().rstrip("=")


def opened(cursor: str, question: Sequence[tuple[str, str]]) -> str:
    """The position in a cursor. Raises FilterError where it is none, or belongs to another question."""
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        position = data[_DIGEST:].decode()
    except (binascii.Error, ValueError):  # UnicodeError is one
        data, position = b"", ""
    if not position:
        raise FilterError("after", "after: this is no cursor; take it from `next` of an earlier answer.")
    if data[:_DIGEST] != _digest(question):
        raise FilterError("after", "after: this cursor belongs to another question; keep the other parameters.")
    return position


def question(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of a query that decide which rows come in which order."""
    return sorted(pair for pair in pairs if pair[0] not in ("after", "limit", "format"))


def _digest(pairs: Sequence[tuple[str, str]]) -> bytes:
    return hashlib.blake2b(urlencode(pairs).encode(), digest_size=_DIGEST).digest()
