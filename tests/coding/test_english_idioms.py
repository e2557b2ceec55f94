"""English: idioms and everyday verbs of the press, each with the act it stands for and its sides. The sentences are
ours."""

from __future__ import annotations

import pytest
from test_english_acts import events


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("Vietnam hauled in the Chinese ambassador after a trawler was rammed.", "ACCUSE", "VNM", "CHN:GOV"),
        ("Sweden's foreign ministry called in the Russian ambassador in March 2014.", "ACCUSE", "SWE:GOV", "RUS:GOV"),
        ("Kenya's foreign minister tore strips off his Somali counterpart.", "ACCUSE", "KEN:GOV", "SOM:GOV"),
        ("Nigeria's president laid the deaths at South Africa's door.", "ACCUSE", "NGA:GOV", "ZAF"),
        ("Turkey gave Greece until Friday to withdraw its soldiers.", "THREATEN", "TUR", "GRC"),
        ("India said its patience with Pakistan was running out.", "THREATEN", "IND", "PAK"),
        ("China put its trade talks with Norway in the freezer.", "SANCTION", "CHN", "NOR"),
        ("Kuwait showed the Lebanese chargé d'affaires the door.", "SANCTION", "KWT", "LBN:GOV"),
        ("Cuba turned its nose up at the American offer.", "REJECT", "CUB", "USA"),
        ("Austria slammed the door on Turkey's membership.", "REJECT", "AUT", "TUR"),
        ("Greece wants the marbles back from Britain.", "REQUEST", "GRC", "GBR"),
        ("Zambia went cap in hand to China for a loan.", "REQUEST", "ZMB", "CHN"),
        ("Mexico's president picked up the phone to the Canadian prime minister.", "CONSULT", "MEX:GOV", "CAN:GOV"),
        ("Portugal's president dropped in on his Angolan counterpart in Luanda.", "CONSULT", "PRT:GOV", "AGO"),
        ("Uganda did a U-turn over the ban on Kenyan milk.", "CONCEDE", "UGA", "KEN"),
        ("A British college gave a bronze cockerel back to Nigeria.", "RETREAT", "GBR", "NGA"),
        ("New Zealanders flew the Ukrainian flag over the bridge.", "SUPPORT", "NZL", "UKR"),
        ("Jordan's king lined up behind Qatar.", "SUPPORT", "JOR:GOV", "QAT"),
        ("Japan threw the Philippines a lifeline.", "AID", "JPN", "PHL"),
        ("Argentina put its army on a war footing against Chile.", "MOBILIZE", "ARG", "CHL"),
    ],
)
def test_an_idiom_gives_its_act(text: str, kind: str, source: str, target: str) -> None:
    told = [e for e in events(text) if e.event_type == kind]
    assert any(source in {a.code for a in e.sources} and target in {a.code for a in e.targets} for e in told)


def test_a_vow_to_test_a_weapon_is_a_threat() -> None:
    told = events("North Korea vowed to test another bomb within weeks.")
    assert [(e.event_type, e.status) for e in told] == [("THREATEN", "occurred")]
