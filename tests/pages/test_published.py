"""The publication date: right where the page says it, absent where it does not."""

from __future__ import annotations

import pytest

from dragoman.pages import PublicationDate, Segment
from dragoman.pages.article import Role
from dragoman.pages.date_strings import cue, find_dates
from dragoman.pages.published import Declared, publication_date

BODY = "The ministers met and agreed to reopen the border, officials said after the talks."


def lines(*items: tuple[Role, str] | tuple[Role, str, str]) -> list[Segment]:
    segments, at = [], 0
    for item in items:
        role, text = item[0], item[1]
        segments.append(Segment(role, item[2] if len(item) == 3 else "en", at, at + len(text), text))
        at += len(text) + 1
    return segments


def published(*items: tuple[Role, str] | tuple[Role, str, str], **declared: object) -> PublicationDate:
    return publication_date(lines(*items), Declared(**declared))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday 14 August 2020", "2020-08-14"),
        ("March 1st, 2019", "2019-03-01"),
        ("Sept. 3, 2021", "2021-09-03"),
        ("1er mars 2021", "2021-03-01"),
        ("Dim. 22 janv. 2017", "2017-01-22"),
        ("Martes 22 de septiembre de 2015", "2015-09-22"),
        ("الثلاثاء ٥ كانون الثاني/يناير ٢٠٢١", "2021-01-05"),
        ("الاثنين ١٦ تموز (يوليو) ٢٠١٨", "2018-07-16"),
        ("25 أوت 2021", "2021-08-25"),
        ("7 دجنبر 2020", "2020-12-07"),
        ("Editor13 سبتمبر 2020آخر تحديث", "2020-09-13"),
        ("2018-03-27T18:05", "2018-03-27"),
        ("27/03/2018", "2018-03-27"),
        ("12.04.2019", "2019-04-12"),
        ("Sábado, 11/06/2022", "2022-06-11"),
    ],
)
def test_date_strings(text: str, day: str) -> None:
    (found,) = find_dates(text)
    assert found.day is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "in March", "31 February 2020", "call 12-34-56 78", "192.168.10.20", "10:20:30", "2020", "12/13"]
)
def test_what_is_no_full_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("lead", "meaning"),
    [
        ("Updated: ", "updated"),
        ("Mis à jour le ", "updated"),
        ("آخر تحديث: ", "updated"),
        ("Published on ", "published"),
        ("Last updated 3 May; published ", "published"),
        ("Page generated ", "machine"),
        ("The republished ", None),
    ],
)
def test_cues(lead: str, meaning: str | None) -> None:
    assert cue(lead) == meaning


def test_a_line_beside_the_title_beats_everything() -> None:
    found = published(
        ("navigation", "Monday, June 23, 2025"),
        ("navigation", "Home"),
        ("navigation", "World"),
        ("navigation", "Sport"),
        ("title", "Ministers discuss Libya"),
        ("date", "December 4, 2020"),
        ("body", BODY),
        ("footer", "© 2024 The Post"),
        head=(("JSON-LD datePublished", "2020-12-05T01:00:00Z"),),
    )
    assert found.iso == "2020-12-04"
    assert found.alternatives == ("2020-12-05",)


def test_a_page_clock_is_only_an_upper_bound() -> None:
    found = published(
        ("navigation", "Monday, June 23, 2025"),
        ("navigation", "Home"),
        ("navigation", "World"),
        ("navigation", "Sport"),
        ("title", "Ministers discuss Libya"),
        ("body", BODY),
    )
    assert (found.iso, found.not_after) == (None, "2025-06-23")


@pytest.mark.parametrize(
    "line",
    ["Updated: March 5, 2019", "© 2019", "Last updated a month ago", "Page generated 03/11/2025", "منذ شهر واحد"],
)
def test_updates_copyright_and_ages_give_no_date(line: str) -> None:
    assert published(("title", "T"), ("other", line), ("body", BODY)).iso is None


def test_the_head_speaks_where_the_page_is_silent() -> None:
    found = published(("title", "T"), ("body", BODY), head=(("JSON-LD datePublished", "2018-07-10T05:00:00+03:00"),))
    assert (found.iso, found.start) == ("2018-07-10", None)


def test_an_update_line_without_its_word_does_not_beat_the_head() -> None:
    found = published(
        ("title", "T"),
        ("other", "July 16, 2025"),
        ("body", BODY),
        head=(("JSON-LD datePublished", "2022-02-08"),),
        modified=("2025-07-16T00:00:00Z",),
    )
    assert found.iso == "2022-02-08"


def test_other_articles_and_readers_give_no_date() -> None:
    assert (
        published(("title", "T"), ("body", BODY), ("related", "March 5, 2019"), ("comments", "6 March 2019")).iso
        is None
    )


def test_later_than_the_fetch_is_impossible() -> None:
    assert published(("title", "T"), ("date", "5 March 2019"), ("body", BODY), fetched="2019-01-01").iso is None


AMBIGUOUS: tuple[Role, str] = ("date", "02/10/2020")


@pytest.mark.parametrize(
    ("body", "declared", "day"),
    [
        ("The secretary signed a military deal Friday with Rabat.", {}, "2020-10-02"),
        ("The minister signed a deal on Monday in Rabat.", {}, "2020-02-10"),
        ("The minister left after talks that began on October 1.", {}, "2020-10-02"),
        ("The minister left.", {"container": "2020-02-10"}, "2020-02-10"),
        ("The minister left.", {"fetched": "2020-05-01"}, "2020-02-10"),
        ("The minister left.", {"url": "https://www.example.co.uk/a"}, "2020-10-02"),
        ("The minister left.", {"url": "https://www.example.us/a"}, "2020-02-10"),
        ("The minister left.", {"url": "https://example.org/2020/10/02/a"}, "2020-10-02"),
    ],
)
def test_day_and_month_are_told_apart(body: str, declared: dict[str, object], day: str) -> None:
    assert published(("title", "T"), AMBIGUOUS, ("body", body), **declared).iso == day


def test_the_language_of_the_page_tells_day_from_month() -> None:
    assert (
        published(("title", "T", "fr"), ("date", "06/08/22", "fr"), ("body", "Le ministre est parti.", "fr")).iso
        == "2022-08-06"
    )


def test_where_nothing_tells_both_readings_are_kept() -> None:
    found = published(("title", "T"), AMBIGUOUS, ("body", "The minister left."))
    assert found.iso is None
    assert set(found.alternatives) == {"2020-10-02", "2020-02-10"}
    assert (found.not_before, found.not_after) == ("2020-02-10", "2020-10-02")


def test_the_evidence_is_quoted_by_offset() -> None:
    segments = lines(("title", "T"), ("date", "By A. Ruiz, 5 March 2019 | Politics"), ("body", BODY))
    text = "\n".join(s.text for s in segments)
    found = publication_date(segments, Declared())
    assert text[slice(found.start, found.end)] == "5 March 2019"


def test_a_date_that_opens_the_text() -> None:
    assert published(("title", "T"), ("body", "13/02/2020 Rabat – The ministers met.")).iso == "2020-02-13"
    assert published(("title", "T"), ("body", "The accord of 13 February 2020 was broken, ministers said.")).iso is None
