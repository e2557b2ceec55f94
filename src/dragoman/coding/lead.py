"""The day that a page opens with: "X broke off ties **on Tuesday**. Its minister accused …" tells of one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding import when
from dragoman.coding.choosing import Choice
from dragoman.coding.drafting import Scene
from dragoman.coding.merging import Draft
from dragoman.coding.reading import EventDate
from dragoman.coding.tenses import pluperfect, tense_of
from dragoman.pages.article import Segment

REASON = "not named here; the day that the first paragraph tells of"


class Lead:
    """The first paragraph that tells of an event, and the day of that event. One per article, filled in order."""

    def __init__(self) -> None:
        self._paragraph: Segment | None = None
        self._day: str | None = None
        self._parties: frozenset[str] = frozenset()  # of what was done on that day

    def carry(self, drafts: Sequence[Draft], scene: Scene, choices: Sequence[Choice]) -> list[Draft]:
        """The drafts of a sentence; one of the first paragraph that names no time is dated as that paragraph began.

        Only what the same parties did, and only while no other day has been named: others may answer days later.
        """
        if scene.segment.role != "body" or not drafts:
            return list(drafts)
        if self._paragraph is None:
            self._paragraph = scene.segment
            first = next((d for d in drafts if _happened(d) and not when.ahead(d.date, scene.clock)), None)
            if first is not None:
                self._day, self._parties = first.date.iso, first.parties[0] | first.parties[1]
            return list(drafts)
        if self._day != scene.clock.last or scene.segment is not self._paragraph or scene.moments:
            return list(drafts)
        day = EventDate(self._day, "day", reason=REASON)
        return [
            replace(draft, date=day)
            if draft.date.iso is None and draft.parties[0] & self._parties and _goes_on(draft, scene, choice)
            else draft
            for draft, choice in zip(drafts, choices, strict=True)
        ]


def _happened(draft: Draft) -> bool:
    return draft.status == "occurred" and draft.date.precision == "day"


def _goes_on(draft: Draft, scene: Scene, choice: Choice) -> bool:
    """Whether a draft tells what was done next, and not what had been done before or is yet to come."""
    clause = scene.tree.clause(choice[0].index)
    if draft.status != "occurred" or draft.nominal or pluperfect(scene.tree, clause):
        return False
    return tense_of(scene.tree, clause, scene.words["future"]) == "past" or scene.words.language == "ar"
