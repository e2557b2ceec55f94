"""The sample pages are what a newcomer meets first: they are read right, and what they tell is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import dragoman
from dragoman.record import Record
from dragoman.samples import sample_pages

PUBLISHED = {
    "ar-1-bikin.html": "2023-03-11",
    "ar-2-qatar.txt": "2017-06-07",
    "ar-3-hubub.html": "2022-07-24",
    "ar-4-qatiaa.txt": "2016-01-05",
    "ar-5-ribat.txt": "2020-10-03",
    "en-1-beijing-deal.html": "2023-03-11",
    "en-2-beijing-copy.txt": None,  # it shows a page clock only
    "en-3-havana.html": "2015-07-21",
    "en-4-singapore.txt": "2018-05-25",
    "en-5-grain.html": "2022-07-24",
    "en-6-riyadh-breaks.txt": "2016-01-05",
    "en-7-embassy-row.html": "2016-01-06",
    "en-8-submarines.txt": "2021-09-23",
    "en-9-rabat.html": "2020-10-03",
    "fr-1-pekin.html": "2023-03-11",
    "fr-2-bamako.txt": "2022-02-01",  # written 01/02/2022
    "fr-3-sous-marins.html": "2021-09-18",
    "fr-4-riyad.txt": "2016-01-05",
}


def test_there_are_pages_in_three_languages_half_of_them_stripped() -> None:
    pages = sample_pages()
    assert [p.name for p in pages] == sorted(PUBLISHED)
    assert Counter(p.name[:2] for p in pages) == {"en": 9, "fr": 4, "ar": 5}
    assert Counter(p.suffix for p in pages) == {".html": 9, ".txt": 9}


@pytest.mark.parametrize("path", sample_pages(), ids=lambda p: p.name)
def test_each_page_has_its_language_title_and_date(path: Path) -> None:
    article = dragoman.read(path)
    assert article.language == path.name[:2]
    assert article.title
    assert article.published.iso == PUBLISHED[path.name]


@pytest.mark.parametrize("path", sample_pages(), ids=lambda p: p.name)
def test_furniture_is_not_content(path: Path) -> None:
    content = "\n".join(s.text for s in dragoman.read(path).content).lower()
    furniture = (
        "cookies",
        "related stories",
        "most read",
        "à lire aussi",
        "a lire aussi",
        "advertisement",
        "بيلوسي",
        "wins a third term",
        "comments are closed",
        "charte",
        "التعليقات",
    )
    assert [word for word in furniture if word in content] == []


def test_the_copy_counts_once_and_the_break_is_one_event_in_three_languages(samples: Path) -> None:
    with Record(samples / "samples.db", readonly=True) as record:
        families = Counter(page.family for page in record.pages())
        assert sorted(families.values())[-2:] == [1, 2]
        deal = record.events(actor="SAU", other="IRN", since="2023-03-10", until="2023-03-10")
        assert any(e.page_count > e.independent_sources for e in deal)
        rupture = record.events(actor="SAU", other="IRN", type="SANCTION", since="2016-01", until="2016-01")
        assert any({"ar", "en", "fr"} <= set(e.languages) for e in rupture)


def test_a_cancelled_and_a_planned_event_are_told_apart(samples: Path) -> None:
    with Record(samples / "samples.db", readonly=True) as record:
        cancelled = record.events(actor="USA", other="PRK", status="cancelled")
        assert any(e.event_type == "CONSULT" for e in cancelled)
        planned = record.events(actor="USA", other="CUB", status="planned")
        assert any(e.date == "2015-08-14" for e in planned)


def test_every_span_is_its_quote(samples: Path) -> None:
    with Record(samples / "samples.db", readonly=True) as record:
        assert record.doctor() == []
