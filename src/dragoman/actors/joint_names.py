"""States named by half: "**North** and South Korea", where the first of two shares the second's noun."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dragoman.actors.registry import NameMatch

SHARING = frozenset({"state", "adj", "people"})
REACH = len("North and ")
_HALF = re.compile(r"(?<!\w)(?P<half>North|South|East|West) and $", re.I)


def joint_names(
    text: str, matches: Sequence[NameMatch], find: Callable[[str], Sequence[NameMatch]]
) -> Iterator[NameMatch]:
    """The names that `text` gives by their first word alone, of the kind of the `matches` that complete them.

    `find` gives the names in a text: "North Korea" where the text has "North and South Korea".
    """
    for match in matches:
        half = _HALF.search(text, max(0, match.start - REACH), match.start) if match.kind in SHARING else None
        if half is None:
            continue
        direction, _, noun = text[match.start : match.end].partition(" ")
        if not noun or direction.lower() == half["half"].lower():
            continue
        whole = f"{half['half']} {noun}"
        named = next((m for m in find(whole) if m.kind == match.kind and (m.start, m.end) == (0, len(whole))), None)
        if named is not None:
            yield NameMatch(half.start("half"), half.end("half"), named.kind, named.ids, named.note)
