"""English: a sentence in, the events expected. The sentences are ours; each stands for a construction."""

from __future__ import annotations

import hashlib

import pytest

from dragoman.coding.coder import code
from dragoman.coding.reading import EventMention, Reading
from dragoman.coding.settings import Settings
from dragoman.pages.article import Article, Page, PublicationDate, Segment

FRAMES_ONLY = Settings(model=False)


def read(*paragraphs: str, published: str | None = "2021-06-16", language: str = "en") -> Reading:
    """The reading of an article with these body paragraphs (16 June 2021 is a Wednesday)."""
    text = "\n".join(paragraphs)
    raw = text.encode()
    page = Page(text, raw, "utf-8", "text", hashlib.sha256(raw).hexdigest())
    segments, start = [], 0
    for paragraph in paragraphs:
        segments.append(Segment("body", language, start, start + len(paragraph), paragraph))
        start += len(paragraph) + 1
    article = Article(page, None, None, None, None, language, PublicationDate(published, "test"), tuple(segments))
    return code(article, FRAMES_ONLY)


def countries(event: EventMention) -> tuple[set[str], set[str]]:
    """The states and organisations on either side."""
    return (
        {a.code[:3] if a.code[:3] != "IGO" else a.code for a in event.sources},
        {a.code[:3] if a.code[:3] != "IGO" else a.code for a in event.targets},
    )


def only(reading: Reading, event_type: str) -> EventMention:
    """The one event of a type."""
    found = [e for e in reading.events if e.event_type == event_type]
    assert len(found) == 1, [(e.event_type, e.quote) for e in reading.events]
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "event_type", "source", "target"),
    [
        ("Kenya expelled two Ethiopian diplomats on Monday.", "SANCTION", "KEN", "ETH"),
        ("Two Ethiopian diplomats were expelled by Kenya on Monday.", "SANCTION", "KEN", "ETH"),
        ("Peru recalled its ambassador from Chile.", "SANCTION", "PER", "CHL"),
        ("Vietnam summoned the Chinese ambassador over the drilling.", "ACCUSE", "VNM", "CHN"),
        ("Ghana condemned the attack by Mali.", "ACCUSE", "GHA", "MLI"),
        ("Norway accused Iceland of breaking the fishing pact.", "ACCUSE", "NOR", "ISL"),
        ("Qatar pledged $40 million to Lebanon.", "AGREE", "QAT", "LBN"),
        ("Japan sent medical supplies to Nepal.", "AID", "JPN", "NPL"),
        ("Turkish jets bombed positions in Syria.", "ASSAULT", "TUR", "SYR"),
        ("Brazil urged Venezuela to release the prisoners.", "REQUEST", "BRA", "VEN"),
        ("Iran rejected the demand made by France.", "REJECT", "IRN", "FRA"),
        ("Egypt threatened to cut ties with Sudan.", "THREATEN", "EGY", "SDN"),
        ("The United States lifted sanctions on Burundi.", "CONCEDE", "USA", "BDI"),
        ("Uganda withdrew its troops from South Sudan.", "RETREAT", "UGA", "SSD"),
        ("Canada recognised Kosovo as an independent state.", "SUPPORT", "CAN", "XKX"),
        ("Poland congratulated Lithuania on the vote.", "SUPPORT", "POL", "LTU"),
    ],
)
def test_sides(sentence: str, event_type: str, source: str, target: str) -> None:
    event = only(read(sentence), event_type)
    sources, targets = countries(event)
    assert source in sources
    assert target in targets
    assert source not in targets


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks between Greece and Albania were held in Athens.",
        "Greece held talks with Albania in Athens.",
        "A meeting between the Greek and Albanian foreign ministers took place in Athens on Tuesday.",
    ],
)
def test_both_sides_of_a_meeting(sentence: str) -> None:
    event = next(e for e in read(sentence).events if e.event_type == "CONSULT")
    sources, targets = countries(event)
    assert sources | targets == {"GRC", "ALB"}


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Spain expelled a Russian diplomat.", "occurred"),
        ("Spain will expel a Russian diplomat next week.", "planned"),
        ("Spain did not expel a Russian diplomat.", "negated"),
        ("Spain might expel a Russian diplomat.", "hypothetical"),
        ("The German and Dutch ministers are due to meet in Bonn.", "planned"),
        ("India cancelled a meeting with Pakistan.", "cancelled"),
    ],
)
def test_status(sentence: str, status: str) -> None:
    events = read(sentence).events
    assert events
    assert {e.status for e in events} == {status}


@pytest.mark.parametrize(
    ("sentence", "iso"),
    [
        ("Kenya expelled two Ethiopian diplomats on Monday.", "2021-06-14"),
        ("Kenya expelled two Ethiopian diplomats in March.", "2021-03"),
        ("Kenya expelled two Ethiopian diplomats in 2018.", "2018"),
        ("Kenya expelled two Ethiopian diplomats on 3 May 2020.", "2020-05-03"),
        ("Kenya expelled two Ethiopian diplomats.", None),
    ],
)
def test_dates(sentence: str, iso: str | None) -> None:
    assert only(read(sentence), "SANCTION").date.iso == iso


def test_no_date_without_a_publication_date() -> None:
    assert only(read("Kenya expelled two Ethiopian diplomats on Monday.", published=None), "SANCTION").date.iso is None


def test_days_are_counted_from_the_last_one_named() -> None:
    reading = read(
        "Kenya expelled two Ethiopian diplomats on 3 May 2020.",
        "Two days later Ethiopia recalled its ambassador from Kenya.",
    )
    assert [e.date.iso for e in reading.events] == ["2020-05-03", "2020-05-05"]


def test_a_person_keeps_name_and_office() -> None:
    event = only(read("Russian Foreign Minister Sergey Lavrov met Angela Merkel in Berlin on Tuesday."), "CONSULT")
    names = {a.name for a in (*event.sources, *event.targets)}
    assert names == {"Sergey Lavrov", "Angela Merkel"}
    assert any(a.office == "Minister of Foreign Affairs" for a in event.sources)


def test_a_counterpart_is_the_holder_on_that_day() -> None:
    event = only(read("Emmanuel Macron telephoned his Russian counterpart on Monday."), "CONSULT")
    assert {a.name for a in event.targets} == {"Vladimir Putin"}
    assert event.mode == "phone"


def test_what_is_asked_for_did_not_happen() -> None:
    reading = read("Sweden urged Hungary to withdraw its troops from the border.")
    assert [e.event_type for e in reading.events] == ["REQUEST"]


def test_an_announced_hostile_act_is_a_threat() -> None:
    reading = read("Turkey said on Friday that it might expel the Dutch ambassador.")
    assert [e.event_type for e in reading.events] == ["THREATEN"]
    assert reading.events[0].status == "occurred"


def test_a_cancelled_exercise_is_an_exercise() -> None:
    reading = read("Thailand hosts a joint military exercise with the United States, but this was cancelled in 2020.")
    event = next(e for e in reading.events if e.status == "cancelled")
    assert event.event_type == "COOPERATE"


def test_every_event_quotes_its_page() -> None:
    reading = read(
        "“We will not yield,” said Kenya's president, Uhuru Kenyatta, before his visit to Sudan.",
        "The EU imposed sanctions on Belarus; Minsk recalled its envoy from Brussels.",
    )
    text = reading.article.page.text
    assert reading.events
    for event in reading.events:
        assert text[event.start : event.end] == event.quote
        for actor in (*event.sources, *event.targets):
            assert text[actor.start : actor.end].strip()


def test_a_quotation_has_its_speaker() -> None:
    reading = read("“We will not yield to pressure,” said Kenya's president, Uhuru Kenyatta.")
    assert [q.speaker.name for q in reading.quotes if q.speaker] == ["Uhuru Kenyatta"]


@pytest.mark.parametrize(
    "sentence",
    [
        "France beat Germany in the final on Sunday.",
        "The film was shot in Morocco.",
        "Ghana has 30 million inhabitants.",
        "The bank met its target in Spain.",
    ],
)
def test_no_event(sentence: str) -> None:
    assert read(sentence).events == ()


def test_two_acts_of_one_kind_in_one_sentence_are_two_events() -> None:
    events = read("On Sunday Ecuador suspended trade with Colombia and expelled its ambassador.").events
    assert [e.mode for e in events] == ["discontinue", "expel"]
    assert [e.quote for e in events][1] == "expelled its ambassador"


def test_a_meeting_told_by_two_verbs_is_one_event() -> None:
    events = read(
        "The Ghanaian president met his Togolese counterpart in Lome and discussed the border with him."
    ).events
    assert [e.event_type for e in events] == ["CONSULT"]
