"""English: whose verb it is where the parser loses the subject. The sentences are ours; each stands for a slip."""

from __future__ import annotations

import pytest
from test_coding_english import countries, read


@pytest.mark.parametrize(
    ("sentence", "kind", "sources", "targets"),
    [
        # a new clause that the parser took for one more object
        (
            "Sudan expelled the aid workers and Egypt's foreign minister, Sameh Shoukry, accused Ethiopia of meddling.",
            "ACCUSE",
            {"EGY"},
            {"ETH"},
        ),
        (
            "Kenya froze the accounts of two firms and Uganda's finance ministry accused Nairobi of breaking the pact.",
            "ACCUSE",
            {"UGA"},
            {"KEN"},
        ),
        # a phrase between commas behind the subject
        (
            "Bolivia cut ties with Israel over the war, and Colombia, which had recalled its ambassador, accused Israel"
            " of genocide.",
            "ACCUSE",
            {"COL"},
            {"ISR"},
        ),
        ("The Danish navy left and Sweden, after a week of hesitation, condemned Russia.", "ACCUSE", {"SWE"}, {"RUS"}),
        # "after" before a clause, not a noun
        (
            "Riyadh withdrew its ambassador from Germany after Sigmar Gabriel, then foreign minister, criticised Saudi"
            " Arabia.",
            "ACCUSE",
            {"DEU"},
            {"SAU"},
        ),
        # no past tense stands under "would"
        (
            "Defence Secretary William Cohen said the strikes would go on and warned Baghdad not to move its troops.",
            "THREATEN",
            {"USA"},
            {"IRQ"},
        ),
    ],
)
def test_whose_verb(sentence: str, kind: str, sources: set[str], targets: set[str]) -> None:
    found = [countries(e) for e in read(sentence).events if e.event_type == kind]
    assert found == [(sources, targets)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Moscow's ambassador in Belgrade, Igor Vasnetsov, accused Serbia of spying.", "Igor Vasnetsov"),
        ("Ethiopia's ambassador to Sudan, Yibeltal Aemero, accused Sudan of spying.", "Yibeltal Aemero"),
        ("Ankara, through its spokeswoman Alma Tekin, accused Greece of spying.", "Alma Tekin"),
        ("The British transport secretary, Jonah Pelham, accused Russia of spying.", "Jonah Pelham"),
        ("Sir Malcolm Harewood, the British high commissioner, accused Kenya of spying.", "Sir Malcolm Harewood"),
        ("Vietnam's deputy foreign minister, Nguyen Thanh Son, accused China of spying.", "Nguyen Thanh Son"),
        ("The head of Libya's navy, Commodore Hassan Bushnak, accused Italy of spying.", "Hassan Bushnak"),
    ],
)
def test_a_name_beside_a_title_is_who_acts(text: str, name: str) -> None:
    assert [a.name for e in read(text).events for a in e.sources] == [name]
