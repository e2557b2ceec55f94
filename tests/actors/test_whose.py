"""English: whose soldiers, police, leaders and pronouns a text means. The stories are ours; each stands for a class."""

from __future__ import annotations

import pytest

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Mention
from dragoman.language import pipeline


def mentions(text: str, date: str) -> list[tuple[str, Mention]]:
    """The mentions of a text with the words of each."""
    unit = TextUnit(text, "en", tuple(pipeline("en").sentences(text)))
    return [(text[m.start : m.end], m) for m in Linker(registry(), date).link([unit])[0]]


def whose(text: str, words: str, date: str = "2003-06-01") -> set[str]:
    """The countries of the last mention made of these words; empty where they name nobody."""
    found = [m for said, m in mentions(text, date) if said == words]
    return {a.code.partition(":")[0] for a in found[-1].actors} if found else set()


@pytest.mark.parametrize(
    ("text", "words", "countries"),
    [
        # a definite group is the one spoken of before, not of whoever urges it
        (
            "Fijian generals seized power on Tuesday. Australia urged the generals to hold elections.",
            "generals",
            {"FJI"},
        ),
        (
            "European Union leaders met in Ghent. Kenya applauded. The leaders promised to act.",
            "leaders",
            {"IGOEUR"},
        ),
        # no organisation has tanks, police or judges by nearness alone
        (
            "Guinea's president was at the United Nations on Monday. Tanks rolled through the streets.",
            "Tanks",
            {"GIN"},
        ),
        # who acts at home is at home where the sentence before plays, or where whom they turn to is
        (
            "Thousands marched to the Turkish embassy in Sofia on Sunday. The police let them pass.",
            "police",
            {"BGR"},
        ),
        (
            "Nikol Pashinyan of Armenia signed a truce made by Russia. Opposition parties called on Pashinyan to go.",
            "Opposition parties",
            {"ARM"},
        ),
        # of a region, not of the state spoken of
        ("Liberia was quiet. West African peacekeepers patrolled the bridges.", "peacekeepers", {"---"}),
        # "it" and "its" are of the state that opens their clause
        ("Japan called on Laos to hold a vote, and Nepal told its citizens to stay away.", "its", {"NPL"}),
        ("The United States urged Togo to hold elections and said it was reviewing its aid.", "it", {"USA"}),
        # an epithet goes before the group of the same name
        ("The European Union met on Monday. Malta had asked the bloc for help.", "the bloc", {"IGOEUR"}),
        # the head of an organisation
        (
            "Kofi Annan was told of the vote in Mali. The secretary-general sent a team.",
            "secretary-general",
            {"IGOUNO"},
        ),
        # where a sentence plays tells whose police, court or lawmakers act there; whom they act on does not
        (
            "Thousands marched through Kampala on Tuesday. Police arrested a Russian near the parliament.",
            "Police",
            {"UGA"},
        ),
        ("Inside Turkey, anger is turning on builders: police have held dozens.", "police", {"TUR"}),
        ("NAIROBI (Reuters) - Police detained eleven Somalis on Monday.", "Police", {"KEN"}),
        ("Gambian protesters were out. One Pole was stabbed, and the police detained fifty.", "police", {"GMB"}),
        # whoever goes before the group as the subject, not what was done to somebody else
        ("Chad cut ties with Sudan on Friday, a day after soldiers beat back a column.", "soldiers", {"TCD"}),
        ("Angola was told on Monday that Lisbon jailed a journalist.", "journalist", {"PRT"}),
        # the same body again, and the group that a name stood for
        ("A Spanish court charged a Rwandan. Kigali protested. The court asked Britain for help.", "court", {"ESP"}),
        (
            "Angola sent envoys to Kigali. Rwanda insisted on talks with M23. The rebels took Goma.",
            "rebels",
            {"COD"},
        ),
        # an envoy is summoned to the ministry of the state that he is sent to
        (
            "BAMAKO - Mali's rulers expelled the French ambassador. Joël Meyer was summoned to the foreign ministry.",
            "foreign ministry",
            {"MLI"},
        ),
        # his own family is of the country of whoever was named right before it
        ("China put sanctions on Nancy Pelosi and her immediate family.", "family", {"USA"}),
    ],
)
def test_whose(text: str, words: str, countries: set[str]) -> None:
    assert whose(text, words) == countries


@pytest.mark.parametrize(
    "text",
    [
        "Moldova's president declared a state of emergency.",
        "Ghana could not support a change of government by force.",
        "Pro-Russian miners and Iran-backed rebels met in Minsk.",
    ],
)
def test_what_names_nobody(text: str) -> None:
    said = {words for words, _ in mentions(text, "2003-06-01")}
    assert said.isdisjoint({"state", "government", "force", "Russian", "Iran"})


@pytest.mark.parametrize(
    ("text", "words", "countries"),
    [
        (
            "Peru and Chile have quarrelled for years. Peru wants its waters back; Chile does not. Brazil urged both"
            " neighbours to talk.",
            "both neighbours",
            {"PER", "CHL"},
        ),
        (
            "India struck camps in Pakistan. Pakistan shot down a jet, India said. Norway and Oman congratulated the"
            " two neighbours on the truce.",
            "the two neighbours",
            {"IND", "PAK"},
        ),
        ("Benin and Niger said the two countries would reopen the border.", "the two countries", {"BEN", "NER"}),
        (
            "China met Bhutan's envoys in Thimphu. Bhutan thanked China. The two agreed to meet again.",
            "The two",
            {"CHN", "BTN"},
        ),
    ],
)
def test_which_two(text: str, words: str, countries: set[str]) -> None:
    assert whose(text, words) == countries


def test_both_presidents_are_two_people() -> None:
    text = "Barack Obama and Raúl Castro announced the thaw. Pope Francis had written to both presidents."
    (_, pair), *_ = [(w, m) for w, m in mentions(text, "2014-12-20") if w == "both presidents"]
    assert {a.name for a in pair.actors} == {"Barack Obama", "Raúl Castro"}
