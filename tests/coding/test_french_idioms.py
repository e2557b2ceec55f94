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
        ("La Colombie et le Pérou enterrent la hache de guerre.", "AGREE"),
        ("Le Pakistan rouvre la porte au dialogue avec l'Inde.", "AGREE"),
        ("La Chine renvoie dos à dos l'Ukraine et la Russie.", "ACCUSE"),
        ("Le Mali met la France au pied du mur.", "REQUEST"),
        ("Le Maroc a tiré la sonnette d'alarme auprès de l'ONU.", "REQUEST"),
        ("Bogota n'a pas fléchi devant Caracas.", "REJECT"),
        ("La Bolivie ne décolère pas contre le Chili.", "ACCUSE"),
        ("Tripoli ouvrit le feu sur les manifestants.", "ASSAULT"),
        ("Les diplomates érythréens ont été priés de faire leurs valises par Djibouti.", "SANCTION"),
        ("Trois journalistes français sont jetés en prison à Conakry.", "COERCE"),
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


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        # the verb says what is done to its subject
        ("La Biélorussie fait l'objet de sanctions européennes.", "SANCTION", "IGOEUR", "BLR"),
        ("Le Yémen fait l'objet d'une enquête de l'ONU.", "ACCUSE", "IGOUNO", "YEM"),
        ("Le Zimbabwe est la cible de critiques de Londres.", "ACCUSE", "GBR", "ZWE"),
        ("L'Égypte se heurte à une fin de non-recevoir de l'Éthiopie.", "REJECT", "ETH", "EGY"),
        ("Le Liban s'est vu infliger de nouvelles sanctions par le Conseil de sécurité.", "SANCTION", "IGOUNO", "LBN"),
        ("L'Iran se voit reprocher par Washington son soutien au Hezbollah.", "ACCUSE", "USA", "IRN"),
        # "face à" is a preposition, and what stands before it an object
        ("Le Venezuela a haussé le ton face à la Colombie.", "ACCUSE", "VEN", "COL"),
        ("Moscou tape du poing sur la table face à l'Ukraine.", "ACCUSE", "RUS", "UKR"),
        # a participle that looks like a noun, a noun that looks like a verb
        ("Lima a prié Quito de retirer ses troupes.", "REQUEST", "PER", "ECU"),
        ("Visite surprise du ministre turc des Affaires étrangères à Bagdad.", "CONSULT", "TUR", "IRQ"),
        ("Le Liban a essuyé des tirs israéliens.", "ASSAULT", "ISR", "LBN"),
        ("Tokyo a gelé son aide à New Delhi pour protester contre les essais indiens.", "ACCUSE", "JPN", "IND"),
        # whose claim "ce que" takes up
        ("Le Tchad accuse le Soudan d'armer les rebelles, ce que Khartoum dément.", "REJECT", "SDN", "TCD"),
        # a quality in quotation marks before what is judged
        ("L'Espagne a jugé « inacceptable » le bombardement israélien de Gaza.", "ACCUSE", "ESP", "ISR"),
        # what follows from the main clause, not from the noun before the comma
        ("Rome soutient le plan marocain, provoquant la colère d'Alger.", "ACCUSE", "DZA", "ITA"),
        # a day before the place
        ("Le ministre turc de la Défense est arrivé mardi à Tripoli.", "CONSULT", "TUR", "LBY"),
        # who acts in order to do something else does that too
        ("La Bolivie a rompu ses relations avec Israël pour protester contre le blocus.", "SANCTION", "BOL", "ISR"),
    ],
)
def test_who_does_it_to_whom(text: str, kind: str, source: str, target: str) -> None:
    found = event(read(text), kind)
    assert source in {a.code.partition(":")[0] for a in found.sources}
    assert target in {a.code.partition(":")[0] for a in found.targets}
