"""People whom the registry does not know: their names whole, and the same country at every mention."""

from __future__ import annotations

import pytest

from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.registry import registry
from dragoman.language import pipeline


def persons(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """Code and name of the persons that a text names, in order."""
    unit = TextUnit(text, language, tuple(pipeline(language).sentences(text)))
    [mentions] = Linker(registry(), "2021-05-12").link([unit])
    return [(a.code, a.name) for m in mentions if m.kind == "person" for a in m.actors]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bourita met Norway's envoy Jon Lindqvist in Rabat.", ("NOR:GOV", "Jon Lindqvist")),
        ("Lavrov met Iceland's deputy minister Jon Hallgrimsson.", ("ISL:GOV", "Jon Hallgrimsson")),
    ],
)
def test_a_given_name_that_is_a_family_name_elsewhere_is_no_name_alone(text: str, found: tuple[str, str]) -> None:
    assert found in persons(text)


def test_a_title_without_a_country_means_the_person_named_before() -> None:
    text = (
        "Foreign Minister Nasser Bourita of Morocco met Iceland's deputy minister Olaf Palmason in Rabat. "
        "Deputy minister Olaf Palmason praised Rabat. Minister Palmason then left."
    )
    assert persons(text)[1:] == [("ISL:GOV", "Olaf Palmason")] * 3


@pytest.mark.parametrize("thing", ["Joint Statement", "Strategic Partnership", "Framework Declaration"])
def test_a_document_in_capitals_is_no_person(thing: str) -> None:
    assert persons(f"The ministers welcomed the {thing} signed in Moscow in 2016 by Russia and Morocco.") == []
