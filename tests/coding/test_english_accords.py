"""English: accords as objects of the acts that make them, and hosting as a noun. The sentences are ours."""

from __future__ import annotations

import pytest
from test_coding_english import countries, only, read

Sides = tuple[set[str], set[str]]


@pytest.mark.parametrize(
    ("sentence", "kind", "sides", "iso"),
    [
        ("Norway mediated the 2002 ceasefire in Sri Lanka.", "CONSULT", ({"NOR"}, set()), "2002"),
        ("Oman mediated the Stockholm Agreement.", "CONSULT", ({"OMN"}, {"YEM"}), "2018-12-13"),
        ("Serbia signed the Dayton Agreement.", "SUPPORT", ({"SRB"}, {"BIH", "HRV"}), "1995-11-21"),
        ("Egypt signed the Camp David Accords with Israel.", "SUPPORT", ({"EGY"}, {"ISR"}), "1978-09-17"),
    ],
)  # fmt: skip
def test_an_accord_has_its_day_and_its_parties(sentence: str, kind: str, sides: Sides, iso: str) -> None:
    event = only(read(sentence), kind)
    assert countries(event) == sides
    assert event.date.iso == iso


def test_who_comments_on_an_accord_does_so_later() -> None:
    event = only(read("Moscow welcomed the Minsk agreements."), "SUPPORT")
    assert event.date.iso is None


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        ("Qatar's hosting of talks between the Taliban and the United States drew praise.", ({"QAT"}, {"AFG", "USA"})),
        ("Kuwait's hosting of the Yemeni parties ended in August.", ({"KWT"}, {"YEM"})),
        ("Oman hosted talks between delegates of the warring sides in Yemen.", ({"OMN"}, {"YEM"})),
    ],
)
def test_a_host_of_talks_is_a_third_party(sentence: str, sides: Sides) -> None:
    event = only(read(sentence), "CONSULT")
    assert event.mode == "third-party"
    assert countries(event) == sides


def test_what_is_told_by_its_year_is_not_what_the_page_goes_on_to_tell() -> None:
    reading = read(
        "Qatar's hosting of delegates of the rivals in Chad was praised on Monday.",
        "Qatar brokered the 2011 accord with Chad.",
    )
    talks = [e for e in reading.events if e.mode == "third-party"]
    assert [e.date.iso for e in talks if e.date.iso == "2011"] == ["2011"]
    assert len(talks) == 2
