"""The judge: an event is as likely as its signs say; a doubtful reading needs more than a frame's own."""

from dataclasses import replace
from importlib import resources

import pytest

from dragoman.coding.coder import Coder, code
from dragoman.coding.judging import ADMITTED, DISMISSED, Judge, judge, judged, log_odds
from dragoman.coding.merging import Draft
from dragoman.coding.settings import Settings
from dragoman.pages import Page, read

PAGE = """Kenya, Ghana and Togo expel Laotian diplomats

12 March 2019

Kenya, Ghana and Togo expelled Laotian diplomats on Monday, the Laotian foreign ministry said.
Laos called the expulsions unfriendly and recalled its ambassador from Nairobi on Tuesday.
"""


@pytest.fixture(scope="module")
def considered() -> list[tuple[Draft, dict[str, float]]]:
    article = read(Page(PAGE, PAGE.encode(), "utf-8", "text", "0" * 64))
    return [(draft, dict(features)) for draft, features in Coder(Settings()).considered(article)]


def test_an_english_judge_ships_and_every_weight_is_a_number() -> None:
    english = judge("en")
    assert english is not None and len(english.weights) > 50
    assert judge("xx") is None
    text = resources.files("dragoman.language").joinpath("en/judge.tsv").read_text(encoding="utf-8")
    assert "training/judge.py" in text.splitlines()[0]


def test_arabic_has_a_judge_that_weighs_what_its_own_model_votes() -> None:
    arabic = judge("ar")
    assert arabic is not None
    assert arabic.weights["vote for the type"] > max(0, arabic.weights["vote for no event"])
    assert arabic.admitted > arabic.dismissed > DISMISSED


ARABIC = """كينيا تطرد دبلوماسيين من لاوس

12 مارس 2019

طردت كينيا يوم الاثنين ثلاثة دبلوماسيين من لاوس، وقالت وزارة الخارجية الكينية إنهم تدخلوا في شؤونها الداخلية.
"""


def test_an_arabic_event_has_the_judges_confidence_and_reason() -> None:
    article = read(Page(ARABIC, ARABIC.encode(), "utf-8", "text", "0" * 64))
    told = [e for e in code(article).events if e.event_type == "SANCTION"]
    assert any("judged" in e.reason and "model agrees" in e.reason and e.confidence > 0.75 for e in told)
    alone = [e for e in code(article, Settings(model=False)).events if e.event_type == "SANCTION"]
    assert alone and all("judged" not in e.reason for e in alone)


def test_signs_add_up_to_a_probability_and_the_heaviest_are_named() -> None:
    bold = Judge(0.0, {"dated": 1.0, "weak": -3.0, "past": 0.5})
    assert bold.probability({}) == 0.5
    assert bold.probability({"dated": 1.0}) > 0.7 > bold.probability({"dated": 1.0, "weak": 1.0})
    assert bold.reason({"weak": 1.0, "dated": 1.0, "unheard of": 1.0}) == "judged 0.12 (− weak, + dated)"


def test_log_odds_are_bounded() -> None:
    assert log_odds(0.5) == 0
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0)) and log_odds(1.0) < 5


def test_a_reading_that_its_frame_does_not_allow_needs_more(considered: list[tuple[Draft, dict[str, float]]]) -> None:
    draft, features = next((d, f) for d, f in considered if d.frame.type == "SANCTION" and not d.headline)
    sure = judged(draft, features)
    assert sure is not None and sure.confidence > ADMITTED and "judged" in sure.reason
    english = judge("en")
    assert english is not None
    between = log_odds((english.dismissed + english.admitted) / 2)
    middling = {"seen as its type": (between - english.bias) / english.weights["seen as its type"]}
    assert judged(draft, middling) is not None
    assert judged(replace(draft, signs=draft.signs | {"doubt: no target"}), middling) is None


def test_without_a_model_the_frame_gives_the_confidence(considered: list[tuple[Draft, dict[str, float]]]) -> None:
    draft, _ = considered[0]
    assert judged(draft, {}) is draft
