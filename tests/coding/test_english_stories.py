"""English: what a clause leaves to the sentences before it. The stories are ours; each stands for a construction."""

from __future__ import annotations

import pytest
from test_coding_english import countries, only, read

from dragoman.coding.reading import EventMention
from dragoman.language.dates import Anchor, find, resolve

QUARREL = "Peru accused Chile of moving the border posts. Chilean troops crossed into Peru on Monday, Lima said."
ACCORD = (
    "Sudan and Ethiopia signed an agreement on the dam in Khartoum on Monday. The Sudanese prime minister was there."
)


def last(*paragraphs: str, kind: str) -> EventMention:
    """The last event of a type."""
    return [e for e in read(*paragraphs).events if e.event_type == kind][-1]


@pytest.mark.parametrize(
    ("story", "sentence", "kind", "source", "target"),
    [
        (QUARREL, "Brazil condemned the accusation.", "ACCUSE", {"BRA"}, {"PER"}),
        (ACCORD, "Egypt rejected the agreement.", "REJECT", {"EGY"}, {"SDN", "ETH"}),
        (
            "Norway granted asylum to a Syrian general on Friday. Norwegian and Syrian officials met on Thursday.",
            "Iran criticised the offer of asylum.",
            "ACCUSE",
            {"IRN"},
            {"NOR"},
        ),
        (
            "Mali's junta expelled the French ambassador on Monday. Mali and France had quarrelled for months.",
            "French officials accused the junta of lying.",
            "ACCUSE",
            {"FRA"},
            {"MLI"},
        ),
        (
            "Niger accused Benin of hosting foreign troops. Benin and Niger share a long border.",
            "Niger closed its airspace on Wednesday.",
            "SANCTION",
            {"NER"},
            {"BEN"},
        ),
        (ACCORD, "Uganda vowed to resist the agreement.", "THREATEN", {"UGA"}, {"SDN", "ETH"}),
        (
            "Laos accused Vietnam of shelling a village. Vietnam recalled its ambassador from Laos.",
            "Laos and Vietnam threw out each other's diplomats on Friday.",
            "SANCTION",
            {"LAO", "VNM"},
            {"LAO", "VNM"},
        ),
    ],
)
def test_whom_the_story_says(story: str, sentence: str, kind: str, source: set[str], target: set[str]) -> None:
    sources, targets = countries(last(story, sentence, kind=kind))
    assert sources == source
    assert targets == target


@pytest.mark.parametrize(
    ("sentence", "kind", "source", "target"),
    [
        ("Saudi Arabia broke off ties in 2016 after a crowd stormed its embassy in Tehran.", "PROTEST", "IRN", "SAU"),
        ("Denmark said protesters had burned a flag outside the Danish embassy in Jakarta.", "PROTEST", "IDN", "DNK"),
        ("Pakistan agreed to let the United Nations use two border crossings.", "AGREE", "PAK", "IGOUNO"),
        ("France condemned the government of Nicolas Maduro.", "ACCUSE", "FRA", "VEN"),
    ],
)
def test_whose_it_is(sentence: str, kind: str, source: str, target: str) -> None:
    sources, targets = countries(only(read(sentence, published="2019-06-16"), kind))
    assert source in sources
    assert target in targets


def test_a_clause_about_another_state_takes_nobody_from_the_story() -> None:
    event = last(QUARREL, "Peru rejected a plan that Brazil had drawn up with Colombia.", kind="REJECT")
    assert "CHL" not in countries(event)[1]


COUP = "Gabon's soldiers overthrew President Ali Bongo on Monday. Gabon shut its borders. Gabon's crowds danced."
BORDER = "Peru accused Chile of moving the border posts. Chile and Peru share a long border. Brazil offered to mediate."


@pytest.mark.parametrize(
    ("story", "sentence", "kind", "source", "target"),
    [
        (BORDER, "Chile sent two battalions to the frontier on Friday.", "MOBILIZE", {"CHL"}, {"PER"}),
        (COUP, "The soldiers seized the television station.", "COERCE", {"GAB"}, {"GAB"}),
        (COUP, "Thousands of the president's supporters marched on Friday.", "PROTEST", {"GAB"}, {"GAB"}),
    ],
)
def test_an_act_without_a_word_on_whom_it_hits(
    story: str, sentence: str, kind: str, source: set[str], target: set[str]
) -> None:
    assert countries(last(story, sentence, kind=kind)) == (source, target)


def test_two_named_in_one_breath_are_the_two() -> None:
    reading = read(
        "Peru and Ecuador exchanged fire on Thursday. Brazil offered to mediate. Both capitals accepted the offer."
    )
    sources, targets = countries(only(reading, "AGREE"))
    assert "BRA" not in sources
    assert {"PER", "ECU"} <= sources | targets


def test_a_word_for_a_body_belongs_to_its_name() -> None:
    reading = read("The West African bloc ECOWAS closed its borders with Mali on Monday.", published="2022-01-10")
    assert countries(only(reading, "SANCTION")) == ({"IGOWAS"}, {"MLI"})


def test_a_crowd_known_by_nearness_alone_turns_against_no_other_state() -> None:
    reading = read(BORDER, "Thousands of demonstrators marched on Friday.")
    targets = [countries(e)[1] for e in reading.events if e.event_type == "PROTEST"]
    sources = [countries(e)[0] for e in reading.events if e.event_type == "PROTEST"]
    assert targets in ([], sources, [set()])


def test_whom_a_clause_names_goes_before_the_story() -> None:
    event = last(QUARREL, "Peru asked to be taken off the Brazilian list of unsafe places.", kind="REQUEST")
    assert countries(event)[1] == {"BRA"}


def test_an_ambassador_called_home_is_called_by_his_own_state() -> None:
    reading = read("Ghana recalled its envoy from Togo. Its ambassador to Benin was called home hours later.")
    assert ({"GHA"}, {"BEN"}) in [countries(e) for e in reading.events if e.event_type == "SANCTION"]


def test_an_envoy_is_who_the_page_says_he_is() -> None:
    reading = read(
        "Saudi Arabia threw out Canada's ambassador on Sunday over a message on activists. Dennis Horak, the"
        " envoy, was on leave when the order was given.",
        published="2018-08-06",
    )
    assert {a.name for e in reading.events for a in e.targets} == {"Dennis Horak"}


def test_who_is_blamed_for_an_act_did_it() -> None:
    reading = read("South Korea blamed Japan for expelling two Korean diplomats.", published="2019-08-23")
    assert countries(only(reading, "SANCTION")) == ({"JPN"}, {"KOR"})


def test_who_says_goes_on_to_warn() -> None:
    reading = read("Eritrea said Ethiopia had fired first and warned that it would strike Ethiopia again.")
    assert all(countries(e)[0] != {"ETH"} for e in reading.events if e.event_type == "THREATEN")


@pytest.mark.parametrize(
    ("sentence", "kind", "iso"),
    [
        ("Mali gave the French ambassador three days to leave the country on Monday.", "SANCTION", "2021-06-14"),
        ("Kenya expelled two Ethiopian diplomats over the weekend.", "SANCTION", "2021-06-12/2021-06-13"),
        ("A court that Ghana set up in 2018 said Togo had expelled two Ghanaian diplomats.", "SANCTION", None),
    ],
)
def test_the_day_of_a_clause(sentence: str, kind: str, iso: str | None) -> None:
    assert only(read(sentence), kind).date.iso == iso


def test_verbs_of_one_subject_share_their_day() -> None:
    reading = read("On Monday Kenya expelled two Ethiopian diplomats and recalled its ambassador from Ethiopia.")
    assert {e.date.iso for e in reading.events if e.event_type == "SANCTION"} == {"2021-06-14"}


def test_the_evening_before_is_counted_from_the_day_named_last() -> None:
    (expression,) = find("the evening before", "en")
    assert resolve(expression, Anchor("2021-06-16", "2021-06-14", "past")).iso == "2021-06-13"


def test_a_date_is_no_place() -> None:
    reading = read("On March 14 a million people demonstrated against Syria in Beirut.", published="2005-04-27")
    places = {e.location.country for e in reading.events if e.location is not None}
    assert places <= {"LBN"}


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("The Swedish foreign minister visited Jordan on Tuesday.", "JOR"),
        ("The French president arrived in Lebanon on Monday.", "LBN"),
        ("The Spanish king met the president of Peru in Mexico on Friday.", "MEX"),
        ("The Chinese foreign minister arrived in Mali on Sunday.", "MLI"),
        ("The Russian foreign minister visited Armenia on Thursday.", "ARM"),
    ],
)
def test_a_country_is_no_town_of_that_name_elsewhere(sentence: str, country: str) -> None:
    places = {e.location.country for e in read(sentence, published="2019-05-20").events if e.location is not None}
    assert places == {country}


@pytest.mark.parametrize("name", ["Bright Star", "African Lion", "Iron Wolf", "Red Flag", "Noble Partner"])
def test_what_an_exercise_is_called_is_nobody(name: str) -> None:
    reading = read(f"Egypt will host the {name} exercise with the United States in September.", published="2019-05-20")
    assert name not in {a.name for e in reading.events for a in (*e.sources, *e.targets)}


def test_who_was_announced_with_a_colon_speaks() -> None:
    reading = read(
        'Not so, said the Kremlin spokesman, Dmitry Peskov: "there was no mediation". Paris thanked the Emirates.'
    )
    assert reading.quotes[0].speaker is not None
    assert reading.quotes[0].speaker.name == "Dmitry Peskov"


def test_he_is_no_state() -> None:
    reading = read(
        "Abiy Ahmed flew to Asmara on Sunday.",
        "“There is no border between Eritrea and Ethiopia because a bridge has destroyed it,” he said.",
        published="2018-07-10",
    )
    assert reading.quotes[0].speaker is not None
    assert reading.quotes[0].speaker.name == "Abiy Ahmed"
