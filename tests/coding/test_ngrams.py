"""The linear type models of Arabic and French: what they say of marked sentences that they were not taught."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.coding.encoder import Encoder
from dragoman.coding.ngrams import ROOM, Ngrams, features, weighed
from dragoman.coding.typing import type_model
from dragoman.evaluation.plv import macro_f1
from dragoman.evaluation.sentences import NO_EVENT, read_marked

HELD = Path(__file__).parents[2] / "training" / "held"


def votes(language: str, *sentences: str) -> list[str]:
    model = type_model(language)
    assert model is not None
    return [vote.type for vote in model.votes(sentences)]


def test_every_language_has_the_model_made_for_it() -> None:
    assert isinstance(type_model("en"), Encoder)
    assert isinstance(type_model("ar"), Ngrams) and isinstance(type_model("fr"), Ngrams)
    assert type_model("xx") is None


@pytest.mark.parametrize(
    ("language", "marked", "kind"),
    [
        ("ar", "شجبت <s>مدغشقر</s> بشدة اعتداءات <t>جزر القمر</t> على صياديها.", "ACCUSE"),
        ("ar", "أرسلت <s>النرويج</s> أطناناً من الأغذية والأدوية إلى <t>منكوبي الزلزال في نيبال</t>.", "AID"),
        ("ar", "طردت <s>بيرو</s> <t>القنصل البوليفي</t> رداً على قطع العلاقات.", "SANCTION"),
        ("fr", "<s>Le Lesotho</s> a vivement condamné l'annexion décrétée par <t>la Zambie</t>.", "ACCUSE"),
        ("fr", "<s>L'Islande</s> a fait parvenir des vivres et des tentes aux <t>sinistrés haïtiens</t>.", "AID"),
    ],
)
def test_what_the_source_does_to_the_target(language: str, marked: str, kind: str) -> None:
    assert votes(language, marked) == [kind]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_it_reads_sentences_that_were_held_apart(language: str) -> None:
    model = type_model(language)
    assert model is not None
    rows = [row for row in read_marked(HELD / language) if row.type != NO_EVENT]
    assert macro_f1([row.type for row in rows], [v.type for v in model.votes([row.text for row in rows])]) > 45


def test_probabilities_of_each_head_add_up_to_one() -> None:
    model = type_model("ar")
    assert model is not None
    (vote,) = model.votes(["زار <s>وزير الخارجية</s> <t>عمّان</t>."])
    for head in (vote.types, vote.modes, vote.statuses):
        assert sum(head.values()) == pytest.approx(1, abs=1e-4)


def test_spelling_and_the_names_of_the_parties_do_not_matter() -> None:
    model = type_model("ar")
    assert model is not None
    plain, marked, other = model.votes(
        [
            "اتهمت <s>هانوي</s> <t>بكين</t> بانتهاك سيادتها.",
            "اتَّهَمَت <s>هانوي</s> <t>بكين</t> بانتهـاك سيادتها.",
            "اتهمت <s>الأوروغواي</s> <t>الحكومة الأرجنتينية</t> بانتهاك سيادتها.",
        ]
    )
    assert plain == marked == other


def test_both_bags_of_a_sentence_have_length_one() -> None:
    rarity = np.ones(2 * ROOM, np.float32)
    columns, values = weighed(*features("<s>Oslo</s> salue <t>Rome</t>"), rarity)
    for bag in (columns < ROOM, columns >= ROOM):
        assert np.linalg.norm(values[bag]) == pytest.approx(1, abs=1e-5)


def test_a_sentence_without_words_gets_a_vote_too() -> None:
    assert len(votes("fr", "", "<s>Oslo</s>")) == 2
