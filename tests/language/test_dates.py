"""Date expressions: one line of `dates/<language>.tsv` is a text with the expected words in brackets and their dates.

Columns: tense (`past`, `future`, `-`), dates in order (`-` for none), text. The publication date is Wednesday
16 September 2020; the date mentioned last is the one of the expression before in the line, or 10 September 2020.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import dates
from dragoman.language.dates import Anchor

LANGUAGES = ("en", "fr", "ar", "es")
FOLDER = Path(__file__).parent / "dates"


def cases() -> list[tuple[str, str, str, str]]:
    rows = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                tense, iso, text = line.split("\t")
                rows.append((path.stem, tense, iso, text))
    return rows


@pytest.mark.parametrize(("language", "tense", "expected", "marked"), cases())
def test_dates_of_a_text(language: str, tense: str, expected: str, marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    wanted, depth = [], 0
    for m in re.finditer(r"\[([^\]]*)\]", marked):
        wanted.append((m.start() - depth, m.start() - depth + len(m[1])))
        depth += 2
    found = dates.find(text, language)
    assert [text[e.start : e.end] for e in found] == [text[a:b] for a, b in wanted]
    assert [(e.start, e.end) for e in found] == wanted
    last, isos = "2020-09-10", []
    for e in found:
        anchor = Anchor(published="2020-09-16", last=last, tense=None if tense == "-" else tense)  # type: ignore[arg-type]
        resolved = dates.resolve(e, anchor)
        isos.append(resolved.iso or "?")
        last = resolved.iso or last
    assert isos == ([] if expected == "-" else expected.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_many_cases(language: str) -> None:
    count = sum(max(1, iso.count(" ") + 1) for lang, _, iso, _ in cases() if lang == language)
    assert count >= 150


def only(text: str, language: str = "en") -> dates.DateExpression:
    (found,) = dates.find(text, language)
    return found


def test_without_a_publication_date_a_weekday_is_unknown_but_a_full_date_is_not() -> None:
    assert dates.resolve(only("They met on Friday"), Anchor()).iso is None
    assert dates.resolve(only("They met on 3 May 2019"), Anchor()).iso == "2019-05-03"


def test_a_publication_date_known_to_the_month_gives_months_only() -> None:
    anchor = Anchor(published="2020-09")
    assert dates.resolve(only("last month"), anchor).iso == "2020-08"
    assert dates.resolve(only("yesterday"), anchor).iso is None
    assert dates.resolve(only("in October"), anchor).iso == "2019-10"


def test_the_year_of_a_told_episode_wins_over_the_publication_year() -> None:
    assert dates.resolve(only("on 5 April"), Anchor(published="2020-09-16", context="2012")).iso == "2012-04-05"


def test_a_deadline_is_marked_and_lies_ahead() -> None:
    deadline = only("ordered them to leave by November 15")
    assert deadline.deadline
    assert dates.resolve(deadline, Anchor(published="2020-09-16", tense="past")).iso == "2020-11-15"


@pytest.mark.parametrize(
    ("text", "relation"),
    [("since Monday", "since"), ("until 3 May", "until"), ("after March 3", "after"), ("before Friday", "before")],
)
def test_the_word_before_is_kept_as_a_relation(text: str, relation: str) -> None:
    assert only(text).relation == relation


def test_an_unknown_language_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match=r"calendar\.tsv for the language 'xx'"):
        dates.find("on Friday", "xx")


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_gives_ordered_spans_within_it(text: str, language: str) -> None:
    end = 0
    for e in dates.find(text, language):
        assert end <= e.start < e.end <= len(text)
        end = e.end


WORDS = {
    "en": "in on May 3 2015 March last week two days ago later Friday the 13th of next month since by and to - , 1990s",
    "fr": "en le 1er mai 3 2015 mars dernier semaine deux jours il y a plus tard vendredi prochain depuis fin au du ,",
    "ar": "في يوم مايو 3 2015 الماضي الأسبوع قبل يومين الجمعة المقبل منذ نهاية عام ١٢ شهر و ، هـ 1442 رمضان",
    "es": "en el 1 de mayo 3 2015 marzo pasado semana hace dos días después viernes próximo desde finales a la ,",
}


@given(st.sampled_from(LANGUAGES), st.data())
def test_any_date_words_resolve_to_edtf(language: str, data: st.DataObject) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(WORDS[language].split()), max_size=12)))
    for e in dates.find(text, language):
        for anchor in (Anchor(), Anchor("2020-09-16", "2020-03", "future"), Anchor("2020-02-29", "2019/2020", "past")):
            iso = dates.resolve(e, anchor).iso
            assert iso is None or all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", part) for part in iso.split("/"))
