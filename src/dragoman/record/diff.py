"""How the events of two records differ, by event id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.record.answers import Difference

if TYPE_CHECKING:
    from dragoman.record.store import Record

_FIELDS = (
    "date",
    "event_type",
    "mode",
    "status",
    "source_codes",
    "target_codes",
    "place",
    "country",
    "issue",
    "verdict",
)


def diff(old: Record, new: Record) -> Difference:
    """Events added, removed, merged into others and changed on the way from `old` to `new`."""
    before = {e.id: e.to_row() for e in old.iter_events(wrong=True)}
    after = {e.id: e.to_row() for e in new.iter_events(wrong=True)}
    gone = sorted(before.keys() - after.keys())
    heirs = new.redirects()
    merged = {i: heirs[i] for i in gone if heirs.get(i)}
    changed: dict[str, dict[str, tuple[Any, Any]]] = {}
    for i in sorted(before.keys() & after.keys()):
        fields = {f: (before[i][f], after[i][f]) for f in _FIELDS if before[i][f] != after[i][f]}
        if fields:
            changed[i] = fields
    return Difference(
        tuple(sorted(after.keys() - before.keys())), tuple(i for i in gone if i not in merged), merged, changed
    )
