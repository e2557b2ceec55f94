"""English: when it happened, and whether it did. The sentences are ours; 16 June 2021 is a Wednesday."""
# ruff: noqa: E501 (a case is a line)

from __future__ import annotations

import pytest
from test_coding_english import read

from dragoman.coding.reading import EventMention


def event(text: str, words: str, published: str = "2021-06-16") -> EventMention:
    """The event whose span holds `words`, the shortest if several do."""
    reading = read(text, published=published)
    found = [e for e in reading.events if words in e.quote]
    assert found, [e.quote for e in reading.events]
    return min(found, key=lambda e: len(e.quote))


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("March 1992 - The Security Council imposed an embargo on Libya.", "embargo", "1992-03"),
        ("August 2014 – Ukraine expelled two Russian diplomats.", "expelled", "2014-08"),
        ("Peru demanded an apology from Chile, and on 9 June the Chilean army arrested two Peruvians.", "arrested", "2021-06-09"),
        ("The African Union holds a summit with Kenya on 25 June.", "summit", "2021-06-25"),
        ("The president of Chad meets Emmanuel Macron in Paris on Friday.", "meets", "2021-06-18"),
        ("Mali shut its border with Niger and froze its assets on 9 January.", "shut", "2021-01-09"),
        ("Emmanuel Macron met the president of Chad in Paris on Friday.", "met", "2021-06-11"),
    ],
)  # fmt: skip
def test_the_date_is_that_of_its_own_clause(text: str, words: str, date: str) -> None:
    assert event(text, words).date.iso == date


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("Chad recalled its envoy on Monday, when Sudan arrested two officers of Chad.", "arrested", "2021-06-14"),
        ("Greece and Turkey met in Vienna in May, where they signed a truce with Albania.", "signed", "2021-05"),
        ("Morocco and Spain have not spoken since 2002, when Morocco attacked Spain.", "attacked", "2002"),
        ("Ghana wrote a letter to Togo on Thursday in which it threatened Togo with sanctions.", "threatened", "2021-06-10"),
        ("Sudan's generals closed the border on 3 June, the day their troops attacked Eritrea.", "attacked", "2021-06-03"),
        ("Peru expelled two Chilean envoys on Tuesday, a day after Chile recalled its ambassador and closed its consulate in Lima.", "closed", "2021-06-14"),
        ("Iran fired missiles at Iraq on Tuesday, five days after the United States bombed Iran.", "bombed", "2021-06-10"),
        ("Turkey closed its airspace to Syria and Iran shut its border with Iraq on Sunday.", "shut", "2021-06-13"),
        ("On Monday Iran attacked Iraq and Turkey expelled the Iranian ambassador.", "expelled", "2021-06-14"),
        ("India had suspended its treaty with Pakistan and expelled Pakistani officers in April.", "suspended", "2021-04"),
        ("Iran hit a base in Iraq on Sunday in reprisal for the bombing by Iraq of an Iranian port on 3 May.", "bombing", "2021-05-03"),
        ("In January 2016 Oman recalled its envoy from Iran after Iran attacked Oman.", "attacked", "2016-01"),
    ],
)  # fmt: skip
def test_what_was_done_at_the_same_time_has_the_same_date(text: str, words: str, date: str) -> None:
    assert event(text, words).date.iso == date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan blamed South Korea on Thursday for attacking Japan.", "attacking"),
        ("Norway recalled its envoy to Chile on Monday after Chile attacked Norway.", "attacked"),
        ("Turkey sent aid to Syria after the earthquake of 3 May.", "sent"),
        ("Nepal expects Chinese guests next week and has signed an agreement with China.", "signed"),
        ("Cuba and the United States are to meet again, a spokeswoman for Cuba said on Friday.", "meet"),
        ("Oman and Iran agreed to meet in October.", "agreed"),
        ("Malta gave Libya 60 days from today to apologise and expelled its envoy.", "expelled"),
        ("A week before the trip Chile warned Peru.", "warned"),
    ],
)
def test_the_day_of_something_else_is_no_date(text: str, words: str) -> None:
    assert event(text, words).date.iso is None


def test_a_demand_before_the_conjunction_keeps_no_later_day() -> None:
    text = "Peru demanded an apology from Chile, and on 9 June the Chilean army arrested two Peruvians."
    assert event(text, "demanded").date.iso is None


def test_what_was_called_off_lay_near_the_page() -> None:
    text = "Rwanda called off a visit to Uganda planned for 15 December."
    assert event(text, "visit", "2025-01-29").date.iso == "2024-12-15"
    assert event(text, "visit", "2024-12-01").date.iso == "2024-12-15"
    due = "China's foreign minister postponed a trip to Seoul that had been due on Friday."
    assert event(due, "trip").date.iso == "2021-06-18"


@pytest.mark.parametrize(
    ("text", "words", "kind", "status"),
    [
        ("Hungary sent no troops to Mali.", "troops", "MOBILIZE", "negated"),
        ("No sanctions have been imposed on Georgia by the United States.", "sanctions", "SANCTION", "negated"),
        ("Félix Tshisekedi will not meet Paul Kagame.", "meet", "REJECT", "occurred"),
        ("Serbia said that it would not recognise Kosovo.", "recognise", "REJECT", "occurred"),
        ("The Arab League holds a summit with Kuwait on Friday.", "summit", "CONSULT", "planned"),
        ("Paul Biya said that Vladimir Putin would visit Cameroon next month.", "would visit", "CONSULT", "planned"),
        (
            "Paul Biya said that Vladimir Putin would visit Cameroon if he could.",
            "would visit",
            "CONSULT",
            "hypothetical",
        ),
        (
            "China refused to help Pakistan when Nawaz Sharif visited Beijing last week.",
            "visited",
            "CONSULT",
            "occurred",
        ),
        ("Serbia has not recognised Kosovo.", "recognised", "SUPPORT", "negated"),
    ],
)
def test_whether_it_happened(text: str, words: str, kind: str, status: str) -> None:
    found = event(text, words)
    assert (found.event_type, found.status) == (kind, status)
