"""Everybody the development pages, the seeds and the open blind pages name is linked right or left provisional."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from measures import BLIND, SHARED

import dragoman
from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Actor
from dragoman.language import pipeline

REVIEWED = Path(__file__).with_name("who_is_who.tsv")
OPEN: dict[str, Callable[[int], bool]] = {  # the blind pages that may be read, by their numbers
    "en": lambda number: number <= 30 and number % 2 == 0,
    "fr": lambda number: number % 2 == 1,
    "ar": lambda number: number % 2 == 1,
    "es": lambda number: True,
}
PLACES = {"development": SHARED / "evaluation" / "pages", "seeds": SHARED / "seeds"}
LATIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d"})


def open_pages() -> Iterator[tuple[str, Path]]:
    """(name, file) of every page that may be read."""
    for name, folder in PLACES.items():
        yield from ((f"{name}/{p.name}", p) for p in sorted(folder.glob("*.*")) if p.suffix in (".txt", ".html"))
    for language, may_be_read in OPEN.items():
        for page in sorted((BLIND / language / "pages").iterdir()):
            if may_be_read(int(page.stem)):
                yield f"{language}/{page.name}", page


@cache
def linked(page: Path) -> tuple[Actor, ...]:
    """Every person that the linker finds in a page."""
    article = dragoman.read(page)
    texts = [TextUnit(s.text, s.language, tuple(pipeline(s.language).sentences(s.text))) for s in article.content]
    found = Linker(registry(), article.published.iso or article.published.not_after).link(texts)
    return tuple(a for unit in found for m in unit if m.kind == "person" for a in m.actors)


def words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.lower().translate(LATIN))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(w for w in re.split(r"[^a-z]+", kept) if len(w) > 1 and w not in ("al", "el", "bin", "ben"))


def known(actor: Actor) -> bool:
    return bool(actor.id) and registry().person(actor.id or "") is not None


def gold_people() -> Iterator[tuple[str, Path, dict[str, Any]]]:
    gold = SHARED / "evaluation" / "gold.json"
    if gold.is_file():
        for file in json.loads(gold.read_text("utf-8"))["files"]:
            for person in file["persons"]:
                yield file["file"], PLACES["development"] / file["file"], person


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there; it stands beside the repository")
def test_the_people_of_the_gold_are_right_or_provisional() -> None:
    wrong, right, missing = [], 0, []
    for file, page, person in gold_people():
        name, country = words(person["name"]), person["country_or_org"]
        alike = [a for a in linked(page) if a.name and len(words(a.name) & name) >= min(2, len(name))]
        homes = {a.code.partition(":")[0] for a in alike}
        if not alike:
            missing.append((file, person["name"]))
        elif country in homes or not country or any(not known(a) for a in alike):
            right += 1
        else:
            wrong.append((file, person["name"], country, sorted(homes)))
    print(f"{right} right, {len(wrong)} wrong, {len(missing)} not found: {missing}")
    assert not wrong
    assert len(missing) <= 0.1 * (right + len(missing))  # other spellings, and people the body does not name


def reviewed() -> dict[str, set[str]]:
    """Page → ids of the persons whom somebody read the page for and found rightly linked."""
    found: dict[str, set[str]] = defaultdict(set)
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["page"]].add(row["person"])
    return found


@pytest.mark.parametrize(("name", "page"), list(open_pages()))
def test_nobody_is_taken_for_somebody_else(name: str, page: Path) -> None:
    """A person of the registry found here that the list of read pages lacks: read the page; add the line if right."""
    unread = {(a.id, a.name) for a in linked(page) if known(a) and a.id not in reviewed()[name]}
    assert not unread
