"""What the registry costs, in processor time of this machine: a hundred thousand words counted are the unit."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.registry import Registry
from dragoman.actors.tables import DATA
from dragoman.language import pipeline

SENTENCES = Path(__file__).parents[2] / "training/sentences"
MARKS = re.compile(r"</?[a-z]+>")
WORD = re.compile(r"\w+")
COUNTED = " ".join(f"word{i % 977}" for i in range(100_000))


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _count() -> None:
    counts: dict[str, int] = {}
    for word in WORD.findall(COUNTED):
        counts[word] = counts.get(word, 0) + 1


def units(work: Callable[[], object]) -> float:
    """How many times as long as counting the words a piece of work takes that can be done once only."""
    before = min(_seconds(_count) for _ in range(3))
    spent = _seconds(work)
    return spent / min(before, *(_seconds(_count) for _ in range(3)))


def sentences(language: str, kilobytes: int) -> list[str]:
    """Example sentences of a language, from which names stand three times as close as in a newspaper."""
    found: list[str] = []
    for file in sorted((SENTENCES / language).glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as rows:
            told = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
            found.extend(MARKS.sub("", row["sentence"]) for row in told)
    size = 0
    for i, sentence in enumerate(found):
        size += len(sentence.encode())
        if size > kilobytes * 1000:
            return found[:i]
    return found


def test_the_whole_registry_opens_quickly() -> None:
    known = Registry((DATA,))

    def open_everything() -> None:
        for language in known.languages:
            known.find("Paris باريس", language)
            known.places("Paris باريس", language)
        known.holders("FRA", "foreign_minister", "2010-06-01")

    assert units(open_everything) < 70


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_names_are_found_quickly_in_text_never_seen_before(language: str) -> None:
    known = Registry((DATA,))
    known.find("Paris باريس", language)
    text = sentences(language, 150)
    assert units(lambda: [known.find(paragraph, language) for paragraph in text]) < 40


@pytest.mark.parametrize("language", ["en", "fr"])
def test_mentions_are_linked_quickly(language: str) -> None:
    known = Registry((DATA,))
    split = pipeline(language).sentences
    text = [TextUnit(paragraph, language, tuple(split(paragraph))) for paragraph in sentences(language, 40)]
    pages = [text[i : i + 12] for i in range(0, len(text), 12)]
    for page in pages:
        Linker(known, "2015-06-15").link(page)
    assert units(lambda: [Linker(known, "2015-06-15").link(page) for page in pages]) < 40
