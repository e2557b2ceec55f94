"""Offices of organisations, envoys sent somewhere, realms told behind a name: the sentences are ours."""

from __future__ import annotations

import pytest

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit


def first_actor(language: str, date: str, text: str) -> tuple[str, str]:
    """The code and the name ("-" where it has none) of the first actor of a sentence."""
    mentions = Linker(registry(), date).link([TextUnit(text, language, ((0, len(text)),))])[0]
    actor = mentions[0].actors[0]
    return actor.code, actor.name or "-"


@pytest.mark.parametrize(
    ("language", "date", "text", "code", "name"),
    [
        ("en", "1997-05-05", "The managing director of the IMF criticised Seoul.", "IGOIMF", "Michel Camdessus"),
        ("en", "2003-05-05", "The secretary-general of the OAS flew to Caracas.", "IGOOAS", "César Gaviria"),
        ("en", "2005-11-05", "The director-general of the WTO flew to Geneva.", "IGOWTO", "Pascal Lamy"),
        ("en", "2015-11-05", "The president of the World Bank met Modi.", "IGOWBK", "Jim Yong Kim"),
        ("en", "2004-04-05", "The CIA director denied the report.", "USA:SPY", "George Tenet"),
        ("en", "2011-11-05", "The US treasury secretary flew to Beijing.", "USA:GOV", "Timothy Geithner"),
        ("fr", "1998-11-05", "Le secrétaire américain à la Défense est à Riyad.", "USA:GOV", "William Cohen"),
        ("en", "1999-02-05", "The UN chief weapons inspector left Baghdad.", "IGOUNO", "-"),
        ("en", "2010-02-05", "The EU chief negotiator left Tehran.", "IGOEUR", "-"),
    ],
)
def test_an_office_is_of_the_body_that_has_it(language: str, date: str, text: str, code: str, name: str) -> None:
    assert first_actor(language, date, text) == (code, name)


@pytest.mark.parametrize(
    ("language", "date", "text", "code", "name"),
    [
        ("en", "2015-11-05", "The UN special envoy for Yemen met Hadi.", "IGOUNO", "Ismail Ould Cheikh Ahmed"),
        ("en", "2015-11-05", "A UN special envoy for Yemen met Hadi.", "IGOUNO", "-"),
        ("en", "2012-05-05", "The US special envoy for Sudan and South Sudan quit.", "USA:GOV", "Princeton Lyman"),
        ("en", "2007-10-10", "The UN special envoy for Kosovo met Putin.", "IGOUNO", "Martti Ahtisaari"),
        ("fr", "2015-05-05", "L'émissaire de l'ONU pour la Libye est parti.", "IGOUNO", "Bernardino León"),
        ("ar", "2015-11-05", "التقى مبعوث الأمم المتحدة إلى سوريا الوزير.", "IGOUNO", "Staffan de Mistura"),
    ],
)
def test_an_envoy_is_told_by_the_state_he_is_sent_to(language: str, date: str, text: str, code: str, name: str) -> None:
    assert first_actor(language, date, text) == (code, name)


@pytest.mark.parametrize(
    ("language", "date", "text", "code", "name"),
    [
        ("en", "2010-05-05", "King Abdullah of Jordan met Obama.", "JOR:GOV", "Abdullah II of Jordan"),
        ("en", "2010-05-05", "King Abdullah of Saudi Arabia met Obama.", "SAU:GOV", "Abdullah of Saudi Arabia"),
        ("fr", "2010-05-05", "Le roi Abdallah de Jordanie a reçu Obama.", "JOR:GOV", "Abdullah II of Jordan"),
        ("en", "1996-05-05", "President Kim of South Korea met Bill Clinton.", "KOR:GOV", "Kim Young-sam"),
        ("fr", "2012-02-05", "Le ministre Diop de France revenu, rien ne change.", "---:GOV", "Diop"),
    ],
)
def test_a_realm_behind_a_name_tells_whose_the_office_is(
    language: str, date: str, text: str, code: str, name: str
) -> None:
    assert first_actor(language, date, text) == (code, name)


def test_an_apostrophe_before_a_space_is_no_end_of_a_name() -> None:
    assert registry().find("The Kurdistan Workers' Party", "en")[0].ids == ("TUR.PKK",)
