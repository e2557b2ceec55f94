"""Sentences with a marked pair, read by frames alone, and the parts of ours that are kept for testing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.evaluation import evaluate
from dragoman.evaluation.sentences import MARK, frame_type, read_marked, unmarked

TRAINING = Path(__file__).parents[2] / "training"


@pytest.mark.parametrize(
    ("language", "marked", "kind"),
    [
        ("ar", "أدانت <s>فرقة الباليه</s> موقف <t>المسرح</t>.", "ACCUSE"),
        ("fr", "<s>Le syndicat des bateliers</s> a condamné <t>la compagnie</t>.", "ACCUSE"),
        ("fr", "<t>La guilde</t> a été expulsée par <s>la confrérie</s>.", "SANCTION"),
    ],
)
def test_the_marked_parties_count_whoever_they_are(language: str, marked: str, kind: str) -> None:
    assert frame_type(marked, language) == kind


def test_marks_are_taken_out_and_spans_kept() -> None:
    text, spans = unmarked("<t>Oslo</t> was thanked by <s>Rome</s>.")
    assert text == "Oslo was thanked by Rome."
    assert [text[slice(*spans[side])] for side in "ts"] == ["Oslo", "Rome"]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_what_is_held_apart_is_not_trained_on(language: str) -> None:
    trained = [row.text for row in read_marked(TRAINING / "sentences" / language)]
    held = {MARK.sub("", row.text) for row in read_marked(TRAINING / "held" / language)}
    assert not held & {MARK.sub("", text) for text in trained}
    assert not [t for t in trained if "<t>" in t and t.index("<t>") < t.index("<s>")]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no sentences"):
        evaluate("sentences", tmp_path)
