"""Passages of our own with every event marked: what the spotter is trained on can be read, and says where it cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))

from passages import PassageError, check_folder, read_folder  # noqa: E402

ENVOY = """P africa 1990s feature
T Kampala showed the Sudanese chargé the door on Tuesday. It had warned him twice; it would not do so again.
E SANCTION:expel occurred | showed … the door | Kampala | the Sudanese chargé
E REQUEST:change occurred | warned | It | him
"""


def test_words_are_found_nearest_to_the_predicate(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENVOY + "E REJECT negated | do so | it#2 | -\n", encoding="utf-8")
    with pytest.raises(PassageError, match=r"a.txt:1: .*'it' stands 1 times"):
        read_folder(tmp_path)
    (tmp_path / "a.txt").write_text(ENVOY + "E REJECT negated | do so | it | -\n", encoding="utf-8")
    (passage,) = read_folder(tmp_path)
    expelled, warned, _ = passage.events
    assert [passage.text[a:b] for a, b in expelled.predicate] == ["showed", "the door"]
    assert [passage.text[a:b] for a, b in warned.targets] == ["him"]
    assert (expelled.mode, warned.status, passage.events[2].targets) == ("expel", "occurred", ())


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("E SANCTION:dance occurred | showed | Kampala | -", "no SANCTION:dance"),
        ("E SANCTION done | showed | Kampala | -", "no status done"),
        ("E SANCTION occurred | threw | Kampala | -", "'threw' does not stand in the text"),
        ("E SANCTION occurred | showed | Kampala", "an event is"),
        ("X", "what line is this"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "b.txt").write_text(ENVOY + line + "\n", encoding="utf-8")
    passages, complaints = check_folder(tmp_path)
    assert not passages
    assert "b.txt:1" in complaints[0] and complaint in complaints[0]


def test_our_passages_are_many_and_no_two_alike() -> None:
    passages = read_folder(TRAINING / "passages/en")
    events = [event for passage in passages for event in passage.events]
    assert len(passages) >= 1000 and len(events) >= 4000
    assert len({event.type for event in events}) == 16
    words = [passage.text.lower().split() for passage in passages]
    fours = [tuple(w[i : i + 4]) for w in words for i in range(len(w) - 3)]
    assert len(set(fours)) > 0.97 * len(fours)
    without = sum(not passage.events for passage in passages)
    assert without > 0.08 * len(passages)
