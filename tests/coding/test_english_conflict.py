"""English: pressure and violence, as wire stories of all decades and regions tell of them. Every sentence is ours."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dragoman.coding.coder import code
from dragoman.coding.reading import EventMention
from dragoman.coding.settings import Settings
from dragoman.pages.article import Article, Page, PublicationDate, Segment

LINES = Path(__file__).with_name("data").joinpath("english_conflict.tsv").read_text("utf-8").splitlines()
STORIES = [line.split("\t") for line in LINES if not line.startswith(("#", "date\t"))]


def events(story: str, day: str = "2015-06-16") -> tuple[EventMention, ...]:
    """What frames alone read in a story of that day."""
    raw = story.encode()
    page = Page(story, raw, "utf-8", "text", hashlib.sha256(raw).hexdigest())
    body = (Segment("body", "en", 0, len(story), story),)
    article = Article(page, None, None, None, None, "en", PublicationDate(day, "test"), body)
    return code(article, Settings(model=False)).events


def told(event: EventMention) -> str:
    """Type and countries of an event: `SANCTION PER>CHL`."""
    sides = ["+".join(sorted({a.code.partition(":")[0] for a in side})) for side in (event.sources, event.targets)]
    return f"{event.event_type} {sides[0] or '-'}>{sides[1] or '-'}"


@pytest.mark.parametrize(("day", "story", "expected"), STORIES)
def test_every_event_of_a_story(day: str, story: str, expected: str) -> None:
    assert sorted(map(told, events(story, day))) == expected.split("; ")


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # words of blame
        ("Peru called the Chilean raid a stab in the back.", "ACCUSE PER>CHL"),
        ("Kenya likened the Ugandan blockade to piracy.", "ACCUSE KEN>UGA"),
        ("Peru is taking Chile to the World Trade Organization.", "ACCUSE PER>CHL"),
        ("Peru was incensed by the Chilean decision.", "ACCUSE PER>CHL"),
        # weapons that answer, and fire that is kept up
        ("Kenyan gunners kept up rocket fire on Ugandan positions.", "ASSAULT KEN>UGA"),
        ("Ugandan troops shot their way into the Kenyan embassy.", "ASSAULT UGA>KEN"),
        ("Ugandan rioters set the Kenyan embassy on fire.", "PROTEST UGA>KEN"),
        # power without violence
        ("Peru slapped a naval blockade on Chile.", "COERCE PER>CHL"),
        ("Estonia fenced off its border with Latvia.", "COERCE EST>LVA"),
        # a penalty whose author goes without saying
        ("Two Kenyan ministers were barred from the talks in Uganda.", "SANCTION ->KEN"),
        # defiance
        ("Peru vowed to ignore the Chilean ultimatum.", "REJECT PER>CHL"),
        # threats of what should happen to another
        ("Kenya said Uganda should be wiped off the map.", "THREATEN KEN>UGA"),
    ],
)
def test_one_act(story: str, expected: str) -> None:
    assert expected in map(told, events(story))
