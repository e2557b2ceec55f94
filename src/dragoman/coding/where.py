"""Where an event happened: the place its own clause names."""

from __future__ import annotations

from dragoman.actors.registry import NameMatch, Registry
from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import Place
from dragoman.coding.roles import Filler
from dragoman.coding.tree import Tree
from dragoman.language.grammar import Grammar

PLACE_KINDS = frozenset({"capital", "place", "seat", "state"})


def place_of(
    registry: Registry, tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler], language: str, words: Grammar
) -> Place | None:
    """The nearest place behind a locative preposition in the predicate's clause; a visit's own destination."""
    clause = tree.clause(candidate.index)
    best: tuple[float, Place] | None = None
    text = tree.sentence.text
    for match in [*registry.find(text, language), *registry.places(text, language)]:
        if match.kind not in PLACE_KINDS:
            continue
        token = next((i for i, t in enumerate(tree.tokens) if t.start <= match.start < t.end), None)
        if token is None:
            continue
        head = token
        while tree.tokens[head].dep in ("flat", "compound", "appos") and tree.tokens[head].head != head:
            head = tree.tokens[head].head
        preposition = tree.preposition(head)
        if candidate.frame.mode == "visit" and preposition in words["directional"] and match.kind != "seat":
            rank = 0.5
        elif preposition in words["locative"]:
            rank = 1.0
        else:
            continue
        if tree.is_under(head, candidate.index):
            rank += 1
        elif tree.clause(head) != clause:
            continue
        if match.kind == "state":
            rank -= 0.3
        place = _place(registry, match, text)
        if place is not None and (best is None or rank > best[0]):
            best = (rank, place)
    return best[1] if best else None


def _place(registry: Registry, match: NameMatch, text: str) -> Place | None:
    name = text[match.start : match.end]
    if match.kind == "place":
        place = registry.place(match.ids[0])
        if place is None:
            return None
        return Place(place.name, place.country, place.latitude, place.longitude, match.start, match.end)
    return Place(name, match.ids[0], None, None, match.start, match.end)
