"""The likeliest run of content and furniture through a page: a two-state Viterbi pass over the trees' scores."""

from __future__ import annotations

from collections.abc import Sequence


def best_path(scores: Sequence[float], switch: float) -> list[bool]:
    """For each line whether it is content, given `scores` (log-odds of content) and the cost of each change of state.

    Maximises the sum of the scores of content lines minus `switch` per change; ties go to furniture.
    """
    content, furniture = 0.0, 0.0
    came: list[tuple[bool, bool]] = []  # for each line: was the line before content, if this one is / is not
    for score in scores:
        stay, enter = content, furniture - switch
        leave, rest = content - switch, furniture
        came.append((stay >= enter, leave > rest))
        content, furniture = max(stay, enter) + score, max(leave, rest)
    state = content > furniture
    path: list[bool] = []
    for from_content, from_furniture in reversed(came):
        path.append(state)
        state = from_content if state else from_furniture
    return path[::-1]
