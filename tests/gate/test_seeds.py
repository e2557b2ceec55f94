"""The five seed pages: dates, languages, lines, and who is in office; facts only, none of the pages' sentences."""

from __future__ import annotations

import json
from functools import cache

import pytest
from measures import SHARED

import dragoman
from dragoman.coding.reading import ActorMention, EventMention, Reading
from dragoman.pages import Failure
from dragoman.record import merge

SEEDS = SHARED / "seeds"
GOLD = SHARED / "evaluation" / "seeds_gold.json"
DATES = {"000": "2020-09-13", "001": None, "002": "2020-12-04", "003": None, "004": "2020-10-02"}
LANGUAGES = {"000": "en", "001": "en", "002": "en", "003": "fr", "004": "en"}
FURNITURE = {"navigation", "related", "share", "comments", "footer", "other", "date", "byline"}
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"{SEEDS} is not there; it stands beside the repository")


@cache
def readings() -> dict[str, Reading]:
    found = {}
    for reading in dragoman.code_pages([SEEDS], jobs=1):
        assert not isinstance(reading, Failure), reading
        assert reading.article.page.file
        found[reading.article.page.file.rpartition("/")[2][:3]] = reading
    return found


def sides(event: EventMention) -> tuple[ActorMention, ...]:
    return (*event.sources, *event.targets)


def countries(event: EventMention) -> set[str]:
    return {a.code.partition(":")[0] for a in sides(event)}


@pytest.mark.parametrize("seed", DATES)
def test_publication_date(seed: str) -> None:
    assert readings()[seed].article.published.iso == DATES[seed]


@pytest.mark.parametrize("seed", LANGUAGES)
def test_language(seed: str) -> None:
    assert readings()[seed].article.language == LANGUAGES[seed]


@pytest.mark.parametrize("seed", ["000", "002", "003"])
def test_body_lines(seed: str) -> None:
    gold = next(g for g in json.loads(GOLD.read_text(encoding="utf-8"))["files"] if g["file"].startswith(seed))
    found = set(readings()[seed].article.body_lines)
    assert set(gold["body_lines"]) <= found <= {*gold["body_lines"], *gold["subhead_lines"], *gold["title_lines"]}


@pytest.mark.parametrize("seed", DATES)
def test_no_event_from_furniture(seed: str) -> None:
    reading = readings()[seed]
    furniture = [s for s in reading.article.segments if s.role in FURNITURE]
    assert not [e.quote for e in reading.events for s in furniture if s.start < e.end and e.start < s.end]


def test_a_phone_call_on_the_thursday_before() -> None:
    calls = [
        e
        for e in readings()["002"].events
        if e.event_type == "CONSULT" and e.mode == "phone" and countries(e) == {"RUS", "MAR"}
    ]
    assert [e.date.iso for e in calls] == ["2020-12-03"]
    assert {a.name for a in sides(calls[0])} == {"Sergey Lavrov", "Nasser Bourita"}


def test_an_accord_signed_on_the_day_of_publication() -> None:
    dated = [e for e in readings()["004"].events if e.date.iso == "2020-10-02" and countries(e) == {"USA", "MAR"}]
    assert {e.event_type for e in dated} & {"SUPPORT", "AGREE"}


def test_an_exercise_called_off() -> None:
    assert any(e.event_type == "COOPERATE" and e.status == "cancelled" for e in readings()["004"].events)


@pytest.mark.parametrize("seed", DATES)
def test_every_minister_has_an_office(seed: str) -> None:
    ministers = [a for e in readings()[seed].events for a in sides(e) if a.name and a.code.endswith(":GOV")]
    assert ministers
    assert not {a.name for a in ministers if not a.office}


def event_with(seed: str, *words: str) -> str | None:
    """The merged event of the mention whose sentence has all of `words`; None where no such sentence was coded."""
    found = merge(readings().values())
    for e in readings()[seed].events:
        page = readings()[seed].article.page
        sentence = page.text[e.sentence_start : e.sentence_end].lower()
        if e.event_type in ("CONSULT", "AGREE") and all(word in sentence for word in words):
            return found.event_of(page.sha256, e.id)
    return None


def test_one_round_of_talks_is_not_the_next() -> None:
    september, october = event_with("004", "hosted", "last month"), event_with("004", "bouznika", "restart")
    assert september and october
    assert september != october


@pytest.mark.parametrize(
    ("first", "second"),
    [(("delegations", "council of state"), ("hosted", "last month")), (("skhirat",), ("hosted peace talks",))],
    ids=["Bouznika, September 2020", "Skhirat, 2015"],
)
def test_what_two_seeds_tell_is_one_event(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    one, two = event_with("000", *first), event_with("004", *second)
    assert one
    assert one == two
