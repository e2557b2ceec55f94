"""English: who the sides are where several act as one, or the words only point to them. The stories are ours."""

from __future__ import annotations

import pytest
from test_coding_english import countries
from test_english_stories import last


@pytest.mark.parametrize(
    ("story", "kind", "source", "target"),
    [
        # several who act as one
        ("Ministers from Kenya, Rwanda and Tanzania met in Kampala.", "CONSULT", {"KEN", "RWA", "TZA"}, set()),
        ("Envoys from Serbia and from Kosovo met in Brussels.", "CONSULT", {"SRB", "XKX"}, set()),
        ("Officials of both North Korea and the United States met in Berlin.", "CONSULT", {"PRK", "USA"}, set()),
        ("North and South Korea agreed to reopen a hotline.", "AGREE", {"PRK", "KOR"}, set()),
        # the two as an object: not the one who turns to them
        (
            "Ethiopia and Eritrea signed an accord in Algiers. Algeria's president praised both sides.",
            "SUPPORT",
            {"DZA"},
            {"ETH", "ERI"},
        ),
        (
            "Anwar Sadat and Menachem Begin signed a treaty in Washington. Jimmy Carter thanked both men.",
            "SUPPORT",
            {"USA"},
            {"EGY", "ISR"},
        ),
        (
            "Eritrea and Ethiopia exchanged fire along their border. Rwanda urged both to pull back.",
            "REQUEST",
            {"RWA"},
            {"ETH", "ERI"},
        ),
        # a denial is turned to whoever blamed
        (
            "Iraq accused Kuwait of stealing oil. Egypt offered to mediate. Kuwait denied it.",
            "REJECT",
            {"KWT"},
            {"IRQ"},
        ),
        (
            "Chad said Libya had let fighters cross the border. Niger complained too. Tripoli denied the allegations.",
            "REJECT",
            {"LBY"},
            {"TCD"},
        ),
        # passives: by whom somebody is held where nobody is said to be
        ("Three American soldiers were captured near Kumanovo in Macedonia.", "COERCE", {"MKD"}, {"USA"}),
        ("Four Pakistani diplomats were told to leave Delhi within a week.", "SANCTION", {"IND"}, {"PAK"}),
    ],
)
def test_sides(story: str, kind: str, source: set[str], target: set[str]) -> None:
    sources, targets = countries(last(story, kind=kind))
    if target:
        assert (sources, targets) == (source, target)
    else:
        assert sources | targets == source
