"""The tense of a clause, as far as it tells which way a day lies."""

from __future__ import annotations

from dragoman.coding.tree import VERBAL, Tree


def tense_of(
    tree: Tree, clause: int, future_words: frozenset[str], timetable: frozenset[str] = frozenset()
) -> str | None:
    """`past`, `future`, `present` (where that form also tells of what is planned) or None of a clause.

    `timetable` are the verbs whose present tense does so: "the talks begin on Monday".
    """
    token = tree.tokens[clause]
    auxiliaries = [tree.tokens[c] for c in tree.kids(clause, "aux", "cop")]
    if (
        any(a.lemma.lower() in future_words or "Tense=Fut" in a.morph for a in auxiliaries)
        or "Tense=Fut" in token.morph
    ):
        return "future"
    if any("Tense=Past" in t.morph for t in [token, *auxiliaries]) or any(
        a.lemma.lower() in ("have", "avoir") for a in auxiliaries
    ):
        return "past"
    if "Aspect=Imp|" in token.morph and "Tense=Pres" in token.morph and not under_past(tree, clause):
        return "present"  # an Arabic imperfect: with a day of the week it tells of what is to come
    if token.lemma.lower() in timetable and "Tense=Pres" in token.morph and "VerbForm=Fin" in token.morph:
        return "present"
    return None


def pluperfect(tree: Tree, clause: int) -> bool:
    """Whether a clause tells what had happened before: "had left", "avait quitté", "había salido"."""
    auxiliaries = [tree.tokens[c] for c in tree.kids(clause, "aux")]
    return any("Tense=Imp" in a.morph or ("Tense=Past" in a.morph and a.lemma.lower() == "have") for a in auxiliaries)


def under_past(tree: Tree, index: int) -> bool:
    """Whether a verb in the past governs a predicate: "decided on Monday to recall …"."""
    return any("Tense=Past" in tree.tokens[a].morph and tree.tokens[a].pos in VERBAL for a in tree.ancestors(index))
