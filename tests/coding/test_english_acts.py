"""English: which words tell of an act, and of which. Every sentence is ours and stands for a class of constructions."""

from __future__ import annotations

import hashlib

import pytest

from dragoman.coding.coder import code
from dragoman.coding.reading import EventMention
from dragoman.coding.settings import Settings
from dragoman.pages.article import Article, Page, PublicationDate, Segment


def events(sentence: str) -> tuple[EventMention, ...]:
    """What frames alone read in one sentence of an article of 16 June 2015."""
    raw = sentence.encode()
    page = Page(sentence, raw, "utf-8", "text", hashlib.sha256(raw).hexdigest())
    body = (Segment("body", "en", 0, len(sentence), sentence),)
    article = Article(page, None, None, None, None, "en", PublicationDate("2015-06-16", "test"), body)
    return code(article, Settings(model=False)).events


def told(event: EventMention) -> tuple[str, str, str]:
    """Type and countries of an event: `("SANCTION", "PER", "CHL")`."""
    sides = [sorted({a.code.partition(":")[0] for a in side}) for side in (event.sources, event.targets)]
    return event.event_type, "+".join(sides[0]), "+".join(sides[1])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # what somebody is accused of is no event of its own
        ("Peru accused Chile of arming the rebels.", ("ACCUSE", "PER", "CHL")),
        ("Kenya accused Somalia of ramming its patrol boats and of shelling a port.", ("ACCUSE", "KEN", "SOM")),
        ("Peru complained on Monday that Chile had broken the truce.", ("ACCUSE", "PER", "CHL")),
        # judgements behind their object
        ("The Peruvian foreign ministry described the Chilean move as provocative.", ("ACCUSE", "PER", "CHL")),
        # regret at another's act is blame, at one's own a concession
        ("Estonia voiced regret at the Latvian decision.", ("ACCUSE", "EST", "LVA")),
        ("Estonia expressed regret to Latvia.", ("CONCEDE", "EST", "LVA")),
        # passives that leave the state unsaid
        ("Ghana's ambassador to Togo was called home on Tuesday.", ("SANCTION", "GHA", "TGO")),
        ("Five Chilean diplomats were ordered out of Peru.", ("SANCTION", "PER", "CHL")),
        # the people of the place protest
        ("Thousands marched against Chile in Lima.", ("PROTEST", "PER", "CHL")),
        # a copula tells where somebody is, and what for
        ("The Kenyan president is in Uganda for talks.", ("CONSULT", "KEN", "UGA")),
        ("The Norwegian foreign minister, Ine Eriksen, is due in Riga on Tuesday.", ("CONSULT", "NOR", "LVA")),
        ("Sergei Lavrov was due in Tokyo next week for talks.", ("CONSULT", "RUS", "JPN")),
        ("04/05/2013 Lima – Peru recalled its ambassador to Chile.", ("SANCTION", "PER", "CHL")),
        # what a call shows is no second act
        (
            "A phone call between the Peruvian president and his Chilean counterpart underlined their common goals.",
            ("CONSULT", "PER", "CHL"),
        ),
        # whom violence befell, with no word of who did it
        ("Four Chilean soldiers died in an ambush.", ("ASSAULT", "", "CHL")),
        # peace
        ("Peru and Chile declared their state of war over on Monday.", ("AGREE", "CHL+PER", "")),
        # forces and help
        ("Peru moved missiles to the Chilean border.", ("MOBILIZE", "PER", "CHL")),
        ("Peru sent two frigates off Chile.", ("MOBILIZE", "PER", "CHL")),
        ("Peru pulled its staff out of Chile.", ("RETREAT", "PER", "CHL")),
        ("Telephone lines between Peru and Chile were switched on again.", ("COOPERATE", "PER", "CHL")),
        ("Peru allowed Chile to use its airfields.", ("COOPERATE", "PER", "CHL")),
    ],
)
def test_one_act(sentence: str, expected: tuple[str, str, str]) -> None:
    assert [told(e) for e in events(sentence)] == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya accused Somalia on Monday of arming rebels, which Mogadishu denies.",
        "Kenya has accused Somalia of arming rebels, a charge Mogadishu denies.",
        "Kenya accused Somalia of arming rebels, an allegation rejected by Mogadishu.",
        "Kenya accused Somalia of arming rebels, an accusation that Mogadishu has rejected.",
    ],
)
def test_a_charge_and_its_denial(sentence: str) -> None:
    assert {told(e) for e in events(sentence)} == {("ACCUSE", "KEN", "SOM"), ("REJECT", "SOM", "KEN")}


def test_their_cooperation_is_that_of_the_two_just_named() -> None:
    found = [told(e) for e in events("Peru signed a trade deal with Chile on Monday, hailing their cooperation.")]
    assert found == [("SUPPORT", "PER", "CHL")] * 2


def test_a_pronoun_is_not_the_state_that_its_verb_acts_on() -> None:
    story = "Qatar expelled the Kenyan ambassador on Monday. It condemned Doha for the step."
    assert [told(e) for e in events(story)] == [("SANCTION", "QAT", "KEN"), ("ACCUSE", "KEN", "QAT")]


def test_several_governments_are_no_single_one() -> None:
    found = [told(e) for e in events("Ten Russians were ordered out of Peru by more than 20 governments on Monday.")]
    assert all(target != "PER" and source != "RUS" for _, source, target in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru, which shares a long border with Chile, is a member of the bloc.",
        "Chilean troops should leave Peru.",
    ],
)
def test_no_act(sentence: str) -> None:
    assert not events(sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru and Chile ended 46 years of hostility on Monday.", ("AGREE", "CHL+PER", "")),
        ("Peru followed Chile in normalising ties with Israel.", ("AGREE", "PER", "ISR")),
        ("Peru and Chile mended fences at a summit in Quito.", ("AGREE", "CHL+PER", "")),
        ("Kenya and Uganda set aside their differences on Friday.", ("AGREE", "KEN+UGA", "")),
        ("Peru and Chile shook hands on a deal in Lima.", ("AGREE", "CHL+PER", "")),
        ("Peru sent an olive branch to Chile.", ("AGREE", "PER", "CHL")),
        ("Kenya and Uganda found common ground on Monday.", ("AGREE", "KEN+UGA", "")),
        ("The Peruvian president set foot in Chile on Monday.", ("CONSULT", "PER", "CHL")),
        ("Hungary, Poland and Latvia joined NATO.", ("SUPPORT", "HUN+LVA+POL", "IGONAT")),
        ("The Peruvian decision drew praise from Chile.", ("SUPPORT", "CHL", "PER")),
        ("Peru threw its clout behind Chile.", ("SUPPORT", "PER", "CHL")),
        ("The Kenyan president raised a glass to Uganda.", ("SUPPORT", "KEN", "UGA")),
        ("Peru shielded Chile from criticism.", ("SUPPORT", "PER", "CHL")),
        ("Kenya welcomed Uganda into the fold.", ("SUPPORT", "KEN", "UGA")),
        ("Peruvian and Chilean police smashed a drug ring.", ("COOPERATE", "CHL+PER", "")),
        ("Trains rolled across the border between Peru and Chile.", ("COOPERATE", "PER", "CHL")),
        ("Peruvian gas flows to Chile.", ("COOPERATE", "PER", "CHL")),
        ("Kenya helped Uganda track down the gunmen.", ("COOPERATE", "KEN", "UGA")),
        ("Kenya put a field hospital at the disposal of Uganda.", ("AID", "KEN", "UGA")),
        ("Kenya extended a swap line to Uganda.", ("AID", "KEN", "UGA")),
        ("Kenya threw Uganda a lifeline.", ("AID", "KEN", "UGA")),
        ("Kenya cancelled 300 million dollars of Ugandan debt.", ("AID", "KEN", "UGA")),
        ("Peru loosened its grip on Chile.", ("CONCEDE", "PER", "CHL")),
        ("Peru took Chile off its list of tax havens.", ("CONCEDE", "PER", "CHL")),
        ("Peru scrapped visas for Chileans.", ("CONCEDE", "PER", "CHL")),
        ("Peru retracted its remarks about Chile.", ("CONCEDE", "PER", "CHL")),
        ("Peruvian soldiers dismantled their watchtowers in Chile.", ("RETREAT", "PER", "CHL")),
        ("Peru cut back its exercises near Chile.", ("RETREAT", "PER", "CHL")),
        (
            "The Norwegian premier told parliament that Iceland had recalled its ambassador to Denmark.",
            ("SANCTION", "ISL", "DNK"),
        ),
        (
            "The Kenyan president told his Ugandan counterpart by telephone that trade would go on.",
            ("CONSULT", "KEN", "UGA"),
        ),
        ("Peru and Chile issued a joint declaration on Monday.", ("AGREE", "CHL+PER", "")),
        ("Peru and Chile plan joint patrols.", ("COOPERATE", "CHL+PER", "")),
        ("Peru imposed a tariff on Chilean wine and dropped it on Friday.", ("CONCEDE", "PER", "CHL")),
        ("Peru seized two Chilean pilots and released them on Sunday.", ("RETREAT", "PER", "CHL")),
        ("Kenya is to reopen its embassy in Uganda.", ("AGREE", "KEN", "UGA")),
        ("Kenya resumed its patrols with Uganda.", ("COOPERATE", "KEN", "UGA")),
        ("Peru and Chile agreed to reopen their border after talks in Quito.", ("AGREE", "CHL+PER", "")),
        ("Kenya foots the bill for Uganda.", ("AID", "KEN", "UGA")),
    ],
)
def test_acts_of_cooperation_told_otherwise_than_by_their_plainest_verb(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in [told(e) for e in events(text)]
