"""Merging by itself: the events that people read out of the development pages, merged as if coding had found them all.

What the whole coder links of them is in the gate (`links.found`); what is missing there, merging did not lose. What the
pages tell in three languages, the coder and the merging together must bring to one event.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from measures import SHARED

import dragoman
from dragoman.coding.reading import ActorMention, EventDate, EventMention, Place, Reading
from dragoman.evaluation.pages import coded_pages, pair_up
from dragoman.record import Merged, merge

PLACE = SHARED / "evaluation"
pytestmark = pytest.mark.skipif(not PLACE.exists(), reason="the development pages stand in shared/, not here")


def _actor(told: dict[str, Any], at: int) -> ActorMention:
    return ActorMention(told["code"], told["name"], told["office"], None, at, at)


def _event(told: dict[str, Any], text: str, language: str) -> EventMention:
    start, end = told["start"], told["end"]
    date, place = told["date"] or {}, told["location"]
    line = (text.rfind("\n", 0, start) + 1, (text + "\n").find("\n", end))
    return EventMention(
        told["id"], told["event_type"], told["mode"], (), told["cameo"] or "", 1, 0.0, 0.0,
        tuple(_actor(a, start) for a in told["sources"]), tuple(_actor(a, start) for a in told["targets"]),
        told["symmetric"], EventDate(date.get("iso"), date.get("precision"), date.get("expr_start")), told["status"],
        Place(place["name"], place["country"]) if place and place["name"] else None, told["issue"], None,
        start, end, text[start:end], *line, language, "read by a person", 1.0,
    )  # fmt: skip


def _readings(gold: dict[str, Any]) -> Iterator[Reading]:
    for page in gold["files"]:
        article = dragoman.read(PLACE / "pages" / page["file"])
        events = (_event(told, article.page.text, page["language"]) for told in page["events"])
        yield Reading(article, tuple(events), ())


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PLACE / "gold.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def event_of(gold: dict[str, Any]) -> dict[str, str]:
    merged: Merged = merge(_readings(gold))
    return {mention: event for (_, mention), event in merged.events.items()}


def test_nine_tenths_of_the_pairs_of_one_event_are_found(gold: dict[str, Any], event_of: dict[str, str]) -> None:
    groups = ([x for x in group if re.fullmatch(r"\d+-E\d+", x)] for group in gold["cross_file"]["same_event"])
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    apart = [(a, b) for a, b in pairs if event_of[a] != event_of[b]]
    assert len(apart) <= len(pairs) // 10, apart


def test_nothing_is_merged_that_must_not_be(gold: dict[str, Any], event_of: dict[str, str]) -> None:
    assert [(a, b) for a, b, *_ in gold["cross_file"]["must_not_merge"] if event_of[a] == event_of[b]] == []


def test_an_event_told_in_three_languages_is_one_event_of_three_sources(gold: dict[str, Any]) -> None:
    languages = {event["id"]: page["language"] for page in gold["files"] for event in page["events"]}
    groups = [[x for x in group if x in languages] for group in gold["cross_file"]["same_event"]]
    wide = [group for group in groups if len({languages[x] for x in group}) > 2]
    assert wide
    pages = [page for page in gold["files"] if any(e["id"] in group for e in page["events"] for group in wide)]
    rows = coded_pages({"files": pages}, PLACE / "gold.json", PLACE / "pages", jobs=1)
    merged: dict[str, str | None] = {}
    for page, row in zip(pages, rows, strict=True):
        coded = [dict(e, date=e["date"]["iso"]) for e in row["events"]]
        for told, found in pair_up(page["events"], coded)[0].items():
            merged[page["events"][told]["id"]] = coded[found]["event"]
    for group in wide:
        assert len({merged.get(x) for x in group}) == 1 and merged[group[0]], {x: merged.get(x) for x in group}
