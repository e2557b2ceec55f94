"""Every state, organisation, office and place that the development pages and the seeds name is linked rightly.

Somebody has read each line of `what_is_what.tsv` beside its page. What the linker finds there beyond that list fails:
read the page, and add the line only where it is right.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from measures import SHARED
from test_who_is_who import PLACES, open_pages

import dragoman
from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Mention
from dragoman.language import pipeline

REVIEWED = Path(__file__).with_name("what_is_what.tsv")
GUESSED = "from context"  # the linker says itself that it took the country from the story
PAGES = [(name, page) for name, page in open_pages() if name.startswith(tuple(PLACES))]


def links(mention: Mention) -> list[tuple[str, str]]:
    """(kind, link) of a mention: a state or organisation by id, an office with its country where the text has both."""
    found: list[tuple[str, str]] = []
    for actor in mention.actors:
        if mention.kind in ("state", "organisation") and actor.id:
            found.append((mention.kind, actor.id))
        elif mention.kind == "role" and actor.office and actor.country and GUESSED not in actor.reason:
            found.append(("office", f"{actor.office}@{actor.country}"))
    return found


@cache
def linked(page: Path) -> frozenset[tuple[str, str]]:
    """All links of a page, with the places of its events."""
    article = dragoman.read(page)
    texts = [TextUnit(s.text, s.language, tuple(pipeline(s.language).sentences(s.text))) for s in article.content]
    found = Linker(registry(), article.published.iso or article.published.not_after).link(texts)
    told = dragoman.code(article).events
    places = {("place", f"{p.name}, {p.country or '?'}") for p in (e.location for e in told) if p is not None}
    return frozenset(link for unit in found for mention in unit for link in links(mention)) | places


@cache
def reviewed() -> dict[str, set[tuple[str, str]]]:
    """Page → links that somebody found right."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["page"]].add((row["kind"], row["link"]))
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there; it stands beside the repository")
@pytest.mark.parametrize(("name", "page"), PAGES)
def test_nothing_is_taken_for_something_else(name: str, page: Path) -> None:
    assert linked(page) - reviewed()[name] == set()


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there; it stands beside the repository")
def test_what_the_pages_name_is_found() -> None:
    named = {(page, *link) for page, links in reviewed().items() for link in links if link[0] != "place"}
    found = {(name, *link) for name, page in PAGES for link in linked(page)}
    assert len(named & found) >= 0.97 * len(named)
