"""Drafts with what the judge weighs of them: their signs, what the spotter sees, and a voting model's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.drafting import Scene, draft_of
from dragoman.coding.merging import Draft
from dragoman.coding.opinion import Question, answers, features, opinion, voiced
from dragoman.coding.voting import TypeModel

Asked = tuple[Scene, Question]
Considered = tuple[Draft, dict[str, float]]


def signs_and_weights(draft: Draft) -> dict[str, float]:
    """What can be seen of a draft, without anybody's vote."""
    return dict.fromkeys(draft.signs, 1.0) | dict(draft.weights)


def voted(model: TypeModel, drafts: Sequence[Draft], asked: Sequence[Asked]) -> list[Considered]:
    """The drafts of one language with the model's votes on them, and the clauses that it codes by itself."""
    considered: list[Considered] = [(d, features(d, None)) for d in drafts if d.headline]
    told = [d for d in drafts if not d.headline]
    for draft, vote in zip(told, model.votes([d.marked for d in told]), strict=True):
        reason = f"{draft.reason}; {opinion(draft, vote)}"
        considered.append((replace(draft, reason=reason), features(draft, vote)))
    scenes = {id(question): scene for scene, question in asked}
    for question, vote in answers(model, [question for _, question in asked]):
        choice = (voiced(question, vote), list(question.sources), list(question.targets))
        draft = draft_of(scenes[id(question)], choice, frozenset({"no frame"}))
        considered.append((replace(draft, reason=f"no frame; {opinion(draft, vote)}"), features(draft, vote)))
    return considered
