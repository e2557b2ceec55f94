"""How readily one act is coded as another type."""

from __future__ import annotations

from functools import lru_cache

# Pairs that are absent are different acts.
_RELATED = {
    0.8: "AGREE-SUPPORT CONCEDE-RETREAT",
    0.7: "AGREE-AID AGREE-CONSULT AGREE-COOPERATE",
    0.6: "SANCTION-COERCE COERCE-ASSAULT COOPERATE-RETREAT AGREE-RETREAT AGREE-CONCEDE",
    0.5: "COOPERATE-SUPPORT COOPERATE-AID SUPPORT-CONSULT SANCTION-REJECT REJECT-CONSULT REJECT-ACCUSE PROTEST-ASSAULT "
    "ACCUSE-PROTEST MOBILIZE-COOPERATE MOBILIZE-THREATEN SUPPORT-RETREAT",
    0.4: "COOPERATE-CONSULT SUPPORT-AID SUPPORT-CONCEDE ACCUSE-THREATEN REJECT-THREATEN MOBILIZE-AID MOBILIZE-COERCE "
    "MOBILIZE-ASSAULT REQUEST-THREATEN REQUEST-ACCUSE REQUEST-CONSULT SANCTION-THREATEN COERCE-THREATEN "
    "SANCTION-ACCUSE REJECT-COOPERATE SANCTION-COOPERATE",
}
_AFFINITY = {tuple(pair.split("-")): value for value, pairs in _RELATED.items() for pair in pairs.split()}
_AFFINITY |= {(b, a): value for (a, b), value in _AFFINITY.items()}


def affinity(a: str, b: str) -> float:
    """1 for the same type, less for types that one act is often coded as, 0 for different acts."""
    return 1.0 if a == b else _AFFINITY.get((a, b), 0.0)


@lru_cache(maxsize=64)
def compatible_types(event_type: str) -> frozenset[str]:
    """The types that `affinity` does not rule out."""
    return frozenset({event_type}).union(b for a, b in _AFFINITY if a == event_type)
