"""What the spotter sees becomes events only where the judge believes it, and says whose word they rest on."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder, code
from dragoman.coding.reading import Reading
from dragoman.coding.settings import Settings
from dragoman.coding.sighting import SPOTTER
from dragoman.pages import Page, read


def page(text: str) -> Page:
    return Page(text, text.encode(), "utf-8", "text", "0" * 64)


STORY = """Kuwait and Baghdad trade blows over a buoy

4 May 2011

The foreign ministers of Kuwait and Iraq met in Amman on Tuesday.
Kuwait accused Iraq of moving a buoy in the Khor Abdullah waterway and summoned the Iraqi ambassador.
{}
Iraq rejected the accusation on Wednesday.
"""


def told(line: str, settings: Settings | None = None) -> Reading:
    return code(read(page(STORY.format(line))), settings)


@pytest.fixture(scope="module")
def unknown() -> str:
    """A sentence whose act no frame knows."""
    return "Baghdad had the Kuwaiti consul bundled onto the night train to Basra and out of the country."


def test_an_act_that_no_frame_knows_can_be_told(unknown: str) -> None:
    considered = Coder(Settings(proposals=True)).considered(read(page(STORY.format(unknown))))
    seen = [draft for draft, _ in considered if draft.frame.file == SPOTTER]
    assert seen and all("seen as" in draft.reason for draft in seen)
    assert all(draft.doubtful for draft in seen)
    asked_for_none = Coder(Settings()).considered(read(page(STORY.format(unknown))))
    assert not [draft for draft, _ in asked_for_none if draft.frame.file == SPOTTER]


def test_without_learned_readers_only_frames_speak(unknown: str) -> None:
    events = told(unknown, Settings(model=False)).events
    assert events and not any(SPOTTER in event.reason or "seen as" in event.reason for event in events)


def test_what_is_seen_of_a_frame_s_reading_is_in_its_reason() -> None:
    (accusation,) = [e for e in told("").events if e.event_type == "ACCUSE"]
    assert "seen as ACCUSE" in accusation.reason and "judged" in accusation.reason


def test_a_reading_is_the_same_whatever_stands_around_it() -> None:
    alone = told("")
    among = told("The weather in the Gulf was fine, and the fishermen of Failaka island sold their catch at noon.")
    ours = {(e.quote, e.event_type, e.status) for e in alone.events}
    assert ours == {(e.quote, e.event_type, e.status) for e in among.events}
