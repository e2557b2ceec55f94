"""Courts told by the city where they sit, names told by half, peoples of regions: whose they are."""

from __future__ import annotations

import pytest
from test_whose import whose


@pytest.mark.parametrize(
    ("text", "words", "date", "code"),
    [
        (
            "The war crimes tribunal in The Hague indicted him.",
            "war crimes tribunal in The Hague",
            "1999-05-27",
            "IGOUNO",
        ),
        ("A tribunal in The Hague rejected China's claims.", "tribunal in The Hague", "2016-07-12", "IGOPCA"),
        ("Prosecutors in The Hague accused Croatia.", "Prosecutors in The Hague", "1996-02-10", "IGOUNO"),
        ("Prosecutors in The Hague accused Kenya.", "Prosecutors in The Hague", "2011-02-10", "IGOICC"),
        ("Judges in Luxembourg told Poland to pay.", "Judges in Luxembourg", "2021-07-14", "IGOEUR"),
        ("The court in Strasbourg fined Russia.", "court", "2014-07-31", "IGOCOE"),
        # courts of the host's own
        ("A Dutch court in The Hague rejected Russia's appeal.", "Dutch court", "2016-07-12", "NLD"),
        ("A court in The Hague rejected Russia's appeal.", "court in The Hague", "2016-07-12", "NLD"),
        ("Luxembourg's judges freed a Pole.", "Luxembourg's judges", "2016-07-12", "LUX"),
    ],
)
def test_whose_a_court_is(text: str, words: str, date: str, code: str) -> None:
    assert whose(text, words, date) == {code}


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("North and South Korea signed a pact.", "North", {"PRK"}),
        ("Leaders of North and South Yemen met in Kuwait.", "Leaders of North and South Yemen", {"YEM", "YMD"}),
        ("Envoys from Armenia and Azerbaijan met in Prague.", "Envoys from Armenia and Azerbaijan", {"ARM", "AZE"}),
        ("Chad withdrew its troops from Mali and Niger.", "troops", {"TCD"}),  # where they were, not whose they are
        ("Catalan leaders praised France.", "Catalan leaders", {"ESP"}),
        ("Tigrayan fighters took a town from Eritrea.", "Tigrayan fighters", {"ETH"}),
        ("Rohingya refugees fled to Bangladesh.", "Rohingya refugees", {"MMR"}),
    ],
)
def test_who_a_joint_or_regional_name_is(text: str, words: str, codes: set[str]) -> None:
    assert whose(text, words, "1989-06-01") == codes
