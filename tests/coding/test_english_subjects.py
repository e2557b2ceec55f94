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
