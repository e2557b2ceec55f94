"""English: who speaks in a quotation. The sentences are ours."""
# ruff: noqa: E501 (a case is a line)

from __future__ import annotations

import pytest
from test_coding_english import read


def speakers(*paragraphs: str) -> list[str | None]:
    """The speaker of each quotation."""
    return [q.speaker.name or q.speaker.code if q.speaker else None for q in read(*paragraphs).quotes]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ghana's president, John Mahama, said that “we have no quarrel with our neighbours” and thanked Togo.", "John Mahama"),
        ("Peru has protested to Chile. “This road was never closed to anybody,” Mary Lou Parks, a trader, told the radio.", "Mary Lou Parks"),
        ("Angela Merkel received Emmanuel Macron. “Your envoy has insulted my people,” Viktor Orban shot back.", "Viktor Orbán"),
        ("Vladimir Putin blamed Kyiv for the blast. “We will not allow Mr Zelensky to forget it,” he said.", "Vladimir Putin"),
        ("The Kenyan cabinet regretted the move by Uganda. “This quarrel helps nobody at all,” it added.", "KEN:GOV"),
        ("Egypt had “ignored the warnings of its friends”, the Sudanese foreign ministry charged.", "SDN:GOV"),
        ("Brazil sent aid to Paraguay. “The bridge will be open by noon,” a Paraguayan official said.", "PRY:GOV"),
    ],
)  # fmt: skip
def test_the_speaker_is_the_subject_of_the_verb_of_saying(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker]


def test_who_is_named_inside_a_quotation_does_not_speak_it() -> None:
    assert speakers("“Emmanuel Macron has no say in Bamako,” Abdoulaye Diop told a rally in Mali.") == [
        "Abdoulaye Diop"
    ]
