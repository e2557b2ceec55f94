"""French: idioms of the press, each with the act it stands for. The sentences are ours."""

from __future__ import annotations

import pytest
from test_french_persons import event, read

from dragoman.language.epithets import epithets


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le Koweït a prêté main-forte à la Turquie.", "AID"),
        ("Le Pérou s'est dit consterné par la décision du Venezuela.", "ACCUSE"),
        ("Le Maroc et l'Espagne ont uni leurs forces.", "COOPERATE"),
        ("Le Maroc et l'Espagne ont patrouillé ensemble.", "COOPERATE"),
        ("La Russie a lâché du lest face à l'Arménie.", "CONCEDE"),
        ("Le Japon a frappé à la porte de l'Otan.", "REQUEST"),
        ("L'Iran et l'Irak ont scellé leur réconciliation.", "AGREE"),
        ("L'Iran a répondu favorablement à la Russie.", "AGREE"),
        ("La Chine a accueilli favorablement la décision du Japon.", "SUPPORT"),
        ("Le Canada a coupé les vivres à l'Éthiopie.", "SANCTION"),
    ],
)
def test_an_idiom_gives_its_act(text: str, kind: str) -> None:
    assert event(read(text), kind).status == "occurred"


def test_a_state_is_called_by_its_epithet() -> None:
    assert epithets("fr").actors["l'hexagone"] == {"FRA"}
    reading = read("La Jordanie a reçu le Liban. L'Égypte a critiqué le royaume.")
    assert {a.code for a in event(reading, "ACCUSE").targets} == {"JOR"}


def test_a_participle_behind_a_comma_has_its_own_subject() -> None:
    reading = read("Le Danemark a dû retirer ses soldats, Bamako ayant exigé à deux reprises leur départ immédiat.")
    assert {a.code for a in event(reading, "REQUEST").sources} == {"MLI"}
