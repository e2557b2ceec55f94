"""French: who acts where the sentence before, a colon or a pronoun tells it. The sentences are ours."""

from __future__ import annotations

import pytest
from test_french_persons import event, read


def codes(side: tuple) -> set[str]:
    return {a.code for a in side}


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        # what is lifted was told to be imposed
        ("L'Union européenne a puni le Zimbabwe. Les sanctions ont été levées hier.", "CONCEDE", "IGOEUR", "ZWE"),
        ("Le Togo a été suspendu par l'Union africaine. La mesure a été levée hier.", "CONCEDE", "IGOAFU", "TGO"),
        # who acts before a colon does what stands behind it
        ("Tripoli se venge : deux Bulgares sont jetés en prison.", "COERCE", "LBY", "BGR"),
        ("Le Chili riposte : trois diplomates péruviens sont expulsés.", "SANCTION", "CHL", "PER:GOV"),
        # "que" without another object stands for the noun before it
        ("L'embargo que Tripoli a décrété contre la Suisse en mars demeure.", "SANCTION", "LBY", "CHE"),
        # a capital stands for the body that sits there, where its state is not named
        ("Bruxelles a suspendu son aide au Niger.", "SANCTION", "IGOEUR", "NER"),
        ("La Belgique est prudente. Bruxelles a suspendu son aide au Niger.", "SANCTION", "BEL", "NER"),
        # a nickname with an adjective is a name of something else
        ("La Ligue togolaise des droits de l'homme accuse le gouvernement.", "ACCUSE", "TGO:CVL", "TGO:GOV"),
        # the subject of the sentence, not the one named last
        (
            "Faure Gnassingbé a été reçu par l'Italie, puis par Tony Blair, qui l'a félicité.",
            "SUPPORT",
            "GBR:GOV",
            "TGO:GOV",
        ),
    ],
)
def test_who_did_it_to_whom(text: str, kind: str, source: str, target: str) -> None:
    found = event(read(text, "2006-06-15"), kind)
    assert source in codes(found.sources)
    assert target in codes(found.targets)


def test_he_who_was_there_is_somebody() -> None:
    reading = read("Le président ghanéen est allé à Lomé. Il y a condamné le Nigeria.")
    assert codes(event(reading, "ACCUSE").sources) == {"GHA:GOV"}


@pytest.mark.parametrize(
    ("behind", "speaker"),
    [
        ("nous confiait hier Marie-Goreth, réfugiée à Nyarugusu", "Marie-Goreth"),
        ("confie Ahmed Benali, pêcheur à Tanger", "Ahmed Benali"),
    ],
)
def test_an_unknown_name_behind_the_verb_is_the_speaker(behind: str, speaker: str) -> None:
    (quote,) = read(f"Le Burundi et le Rwanda négocient. « On nous offre une chaise », {behind}.").quotes
    assert quote.speaker is not None
    assert quote.speaker.name == speaker
