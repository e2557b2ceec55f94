"""Who a title alone stands for: seats of power, leaders, offices lost, offices shared. The sentences are ours."""

from __future__ import annotations

import pytest

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.language import pipeline


def named(text: str, words: str, date: str, language: str = "fr") -> list[str]:
    """The persons that the last mention with these words stands for; "-" for an actor without a name."""
    unit = TextUnit(text, language, tuple(pipeline(language).sentences(text)))
    mentions = [m for m in Linker(registry(), date).link([unit])[0] if words in text[m.start : m.end]]
    return [a.name or "-" for a in mentions[-1].actors] if mentions else []


@pytest.mark.parametrize(
    ("date", "text", "words", "person"),
    [
        ("2010-05-10", "Le maître du Kremlin s'est entretenu avec Barack Obama.", "Kremlin", "Dmitry Medvedev"),
        ("2008-02-20", "L'hôte de l'Élysée a reçu Idriss Déby.", "hôte de l'Élysée", "Nicolas Sarkozy"),
        ("1999-03-30", "Le locataire de la Maison Blanche a téléphoné à Rome.", "Maison Blanche", "Bill Clinton"),
        ("2003-03-30", "Le locataire du 10 Downing Street a défendu la guerre.", "Downing Street", "Tony Blair"),
        ("2015-06-30", "Le patron du Quai d'Orsay s'est rendu à Alger.", "Quai d'Orsay", "Laurent Fabius"),
        ("2014-06-30", "Le patron de l'Otan a accusé Moscou.", "patron de l'Otan", "Anders Fogh Rasmussen"),
        ("2018-10-10", "Le chef du Pentagone a annulé sa visite en Chine.", "chef du Pentagone", "Jim Mattis"),
        ("2018-10-10", "Le numéro un chinois a reçu la présidente croate.", "numéro un chinois", "Xi Jinping"),
        ("1987-01-10", "Le numéro un soviétique a proposé un moratoire.", "numéro un", "Mikhail Gorbachev"),
        ("2022-07-10", "L'homme fort de Bamako a reçu un émissaire togolais.", "homme fort", "Assimi Goïta"),
    ],
)
def test_whoever_sits_in_a_seat_of_power(date: str, text: str, words: str, person: str) -> None:
    assert named(text, words, date) == [person]


@pytest.mark.parametrize(
    ("date", "text", "words", "persons"),
    [
        ("2010-06-11", "The Libyan leader accused Switzerland of racism.", "leader", ["Muammar Gaddafi"]),
        ("2010-06-11", "A Libyan leader accused Switzerland of racism.", "leader", ["-"]),
        ("2016-06-11", "The Chechen leader accused Turkey.", "leader", ["-"]),
        ("2013-06-11", "The Canadian leader accused Russia.", "leader", ["Stephen Harper"]),
    ],
)
def test_a_leader_is_named_where_one_is_meant_and_known(date: str, text: str, words: str, persons: list[str]) -> None:
    assert named(text, words, date, "en") == persons


def test_the_host_of_a_summit_holds_no_office() -> None:
    assert named("L'hôte du sommet a salué le Maroc.", "hôte", "2015-06-30") == []


@pytest.mark.parametrize(
    ("date", "text", "words", "person"),
    [
        (
            "2011-01-20",
            "Zine el-Abidine Ben Ali s'est réfugié à Djeddah. Paris a refusé d'accueillir le président tunisien déchu.",
            "président",
            "Zine El Abidine Ben Ali",
        ),
        (
            "2010-12-10",
            "L'ONU reconnaît Alassane Ouattara. Laurent Gbagbo s'accroche. Abuja a défié le président sortant.",
            "président",
            "Laurent Gbagbo",
        ),
        (
            "2021-09-01",
            "Ashraf Ghani a fui Kaboul. Abou Dhabi a accueilli l'ancien chef de l'État afghan.",
            "chef de l'État",
            "Ashraf Ghani",
        ),
    ],
)
def test_a_lost_office_is_of_whoever_held_it(date: str, text: str, words: str, person: str) -> None:
    assert named(text, words, date) == [person]


def test_the_ousted_president_in_english() -> None:
    text = "Viktor Yanukovych fled. Russia gave refuge to the ousted president."
    assert named(text, "president", "2014-03-11", "en") == ["Viktor Yanukovych"]


@pytest.mark.parametrize(
    ("date", "text", "words", "persons"),
    [
        (
            "2017-11-22",
            "Vladimir Poutine a reçu ses homologues iranien et turc.",
            "homologues",
            ["Hassan Rouhani", "Recep Tayyip Erdoğan"],
        ),
        (
            "2013-11-22",
            "Les chefs de la diplomatie iranienne et américaine se sont parlé.",
            "chefs",
            ["Mohammad Javad Zarif", "John Kerry"],
        ),
        (
            "2018-11-22",
            "Les ministres des Affaires étrangères de Russie et de Turquie ont signé.",
            "ministres",
            ["Sergey Lavrov", "Mevlüt Çavuşoğlu"],
        ),
        ("2018-11-22", "Les troupes russes et syriennes ont bombardé Idleb.", "troupes", ["-", "-"]),
    ],
)
def test_one_title_of_several_states(date: str, text: str, words: str, persons: list[str]) -> None:
    assert named(text, words, date) == persons


def test_two_presidents_of_two_states_without_names() -> None:
    text = "La France et l'Algérie veulent tourner la page. Les deux présidents doivent se voir à Alger."
    assert set(named(text, "deux présidents", "2012-10-12")) == {"François Hollande", "Abdelaziz Bouteflika"}


def test_a_delegation_is_of_the_state_of_its_leader() -> None:
    text = "Une délégation conduite par Mohammad Javad Zarif a rencontré John Kerry à Vienne."
    unit = TextUnit(text, "fr", tuple(pipeline("fr").sentences(text)))
    [group, *_] = Linker(registry(), "2016-02-10").link([unit])[0]
    assert [a.country for a in group.actors] == ["IRN"]
