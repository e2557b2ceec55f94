"""When an event happened: which words date it, and what they are counted from. The sentences are ours."""

from __future__ import annotations

import hashlib

import pytest

from dragoman.coding.coder import code
from dragoman.coding.reading import EventMention
from dragoman.coding.settings import Settings
from dragoman.pages.article import Article, Page, PublicationDate, Segment


def events(language: str, text: str, published: str) -> list[EventMention]:
    """The events of a page; "¶" parts its paragraphs."""
    raw = text.encode()
    segments, at = [], 0
    for paragraph in text.split("¶"):
        segments.append(Segment("body", language, at, at + len(paragraph), paragraph))
        at += len(paragraph) + 1
    page = Page(text, raw, "utf-8", "text", hashlib.sha256(raw).hexdigest())
    day = PublicationDate(published or None, "test")
    article = Article(page, None, None, None, None, language, day, tuple(segments))
    return list(code(article, Settings(model=False)).events)


@pytest.mark.parametrize(
    ("language", "published", "text", "dates"),
    [
        pytest.param(
            "fr",
            "2015-12-05",
            "Battu le 25 octobre, le président burundais avait reconnu sa défaite le lendemain, puis avait accusé le"
            " Rwanda une semaine plus tard.",
            ["2015-10-26", "2015-11-02"],
            id="one after the other",
        ),
        pytest.param(
            "fr",
            "2018-08-12",
            "Début mai, l'ambassadeur d'Israël avait critiqué la Turquie ; Ankara avait rappelé son ambassadeur à"
            " Tel-Aviv le 24.",
            ["2018-05", "2018-05-24"],
            id="a day of the month named before",
        ),
        pytest.param(
            "fr",
            "2022-03-05",
            "L'Ukraine a condamné l'attaque de mercredi contre Kherson.",
            [None],
            id="the day of what is condemned",
        ),
        pytest.param(
            "fr",
            "2009-01-10",
            "Paris a levé les sanctions imposées à la Libye en avril 1992.",
            [None],
            id="the year of what is lifted",
        ),
        pytest.param(
            "en",
            "2009-01-10",
            "France lifted the sanctions imposed on Libya in April 1992.",
            [None],
            id="the year of what is lifted, English",
        ),
        pytest.param(
            "fr",
            "2009-01-10",
            "Le Caire a expulsé vendredi l'ambassadeur iranien. Dans la soirée, Téhéran a dénoncé l'Égypte.",
            ["2009-01-09", "2009-01-09"],
            id="the same evening",
        ),
        pytest.param(
            "es",
            "2009-01-10",
            "El Cairo expulsó el viernes al embajador iraní. Horas después, Teherán condenó a Egipto.",
            ["2009-01-09", "2009-01-09"],
            id="hours later, Spanish",
        ),
        pytest.param(
            "fr",
            "2014-07-20",
            "À la veille du sommet de Bruxelles, Londres a menacé Moscou de sanctions.",
            [None],
            id="the eve of something not told",
        ),
        pytest.param(
            "fr",
            "2009-01-10",
            "« Je condamne l'agression israélienne », a déclaré mardi le président vénézuélien Hugo Chavez.",
            ["2009-01-06"],
            id="the day of speaking",
        ),
        pytest.param(
            "fr",
            "2021-08-25",
            "Le Mali a expulsé mardi l'ambassadeur de France.¶« La France rompt à partir d'aujourd'hui ses relations"
            " avec le Mali », a répliqué Paris.",
            ["2021-08-24", "2021-08-24"],
            id="today, said yesterday",
        ),
        pytest.param(
            "fr",
            "2012-04-15",
            "Le Tchad avait rompu ses relations avec le Soudan en avril 2006. En août, les deux pays avaient signé un"
            " accord.",
            ["2006-04", "2006-08"],
            id="a month of the year told of",
        ),
        pytest.param(
            "fr",
            "2023-03-31",
            "La Finlande avait déposé sa demande auprès de l'Otan en mai 2022. Le 17 mars, la Turquie avait salué la"
            " Finlande.",
            ["2022-05", "2023-03-17"],
            id="not a month before it",
        ),
        pytest.param(
            "fr",
            "2013-09-16",
            "Le Maroc a rappelé jeudi son ambassadeur à Abuja. Le ministre a reproché au Nigeria d'avoir menti.",
            ["2013-09-12", "2013-09-12"],
            id="the day that the first paragraph tells of",
        ),
        pytest.param(
            "fr",
            "2013-09-16",
            "Le Maroc a rappelé jeudi son ambassadeur à Abuja. Le royaume avait condamné le Nigeria.",
            ["2013-09-12", None],
            id="what had been done before",
        ),
        pytest.param(
            "fr",
            "2013-09-16",
            "Le Maroc a rappelé jeudi son ambassadeur à Abuja.¶Le Ghana a condamné le Nigeria.",
            ["2013-09-12", None],
            id="another paragraph",
        ),
        pytest.param(
            "fr",
            "2009-01-10",
            "Une rencontre prévue jeudi entre le ministre turc et son homologue grec a été annulée par Athènes.",
            ["2009-01-08"],
            id="called off, the nearest day",
        ),
        pytest.param(
            "en",
            "2011-05-12",
            "Chad apologised on Monday for the raid of 3 May. Minutes earlier Sudan had accused Chad of murder.",
            ["2011-05-09", "2011-05-09"],
            id="counted from the main clause",
        ),
        pytest.param(
            "en",
            "2011-05-12",
            "Chad bombed Sudan on Monday in reprisal for the murder of guards on 3 May. Sudan hit Chad that day.",
            ["2011-05-09", "2011-05-09"],
            id="the day of the main clause, though another is named last",
        ),
        pytest.param(
            "en",
            "2019-06-21",
            "Oman froze its relations with Iran in January 2009. It expelled the Iranian envoy two months later.",
            ["2009-01", "2009-03"],
            id="months from a month",
        ),
        pytest.param(
            "en",
            "2011-05-12",
            "Peru invited Chile's president in February.",
            ["2011-02"],
            id="the day of inviting",
        ),
        pytest.param(
            "en",
            "2011-05-12",
            "Chad recalled its envoy to Sudan on Monday. France condemned Sudan.",
            ["2011-05-09", None],
            id="others may answer days later",
        ),
    ],
)
def test_an_event_is_dated(language: str, published: str, text: str, dates: list[str | None]) -> None:
    assert [e.date.iso for e in events(language, text, published)] == dates


def test_what_is_announced_in_one_list_is_done_on_one_day() -> None:
    found = events(
        "fr",
        "Caracas a ordonné jeudi le rappel de son ambassadeur en Colombie et la fermeture de la frontière avec la"
        " Colombie.",
        "2009-01-10",
    )
    assert {(e.mode, e.date.iso, e.status) for e in found} == {
        ("withdraw", "2009-01-08", "occurred"),
        ("discontinue", "2009-01-08", "occurred"),
    }
    assert all((e.sources[0].code, e.targets[0].code) == ("VEN", "COL") for e in found)


@pytest.mark.parametrize("time", ["du même coup", "dans la soirée", ", vendredi,", "il y a deux jours"])
def test_a_time_inside_the_perfect_does_not_part_it(time: str) -> None:
    found = events("fr", f"Téhéran a {time} suspendu ses vols vers Le Caire.".replace(" ,", ","), "2009-01-10")
    assert [(e.sources[0].code, e.targets[0].code) for e in found] == [("IRN", "EGY")]


def test_a_chronology_without_a_day_of_its_own_goes_on_in_its_year() -> None:
    found = events("en", "2 August 1990: Iraq attacks Kuwait.¶6 August: France imposes sanctions on Iraq.", "")
    assert [e.date.iso for e in found] == ["1990-08-02", "1990-08-06"]
