"""What "the kingdom", "the bloc", "the North" may stand for is known to the registry."""

from importlib import resources

import pytest

from dragoman.actors import registry
from dragoman.language.epithets import epithets
from dragoman.language.glance import words_of


def test_epithets_stand_for_known_states_and_organisations() -> None:
    known = registry()
    unknown = []
    for folder in resources.files("dragoman.language").iterdir():
        table = folder.joinpath("epithets.tsv")
        if not folder.is_dir() or not table.is_file():
            continue
        rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if line and line[0] != "#"]
        ids = [id for _, actors in rows[1:] for id in actors.split("|")]
        assert ids
        unknown += [id for id in ids if known.state(id) is None and known.organisation(id) is None]
    assert unknown == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Le bloc ouest-africain a suspendu le pays sahélien.", ["Le bloc ouest-africain", "le pays sahélien"]),
        ("fr", "Il a quitté l'île de Malte pour le royaume du Maroc.", []),
        ("es", "El país andino y el bloque comunitario hablaron.", ["El país andino", "el bloque comunitario"]),
        ("es", "Viajó al norte del país caribeño y a la isla de Cuba.", []),
        ("en", "Ships left the South China Sea; the Gulf emirate agreed.", ["the Gulf emirate"]),
    ],
)
def test_epithets_are_found_whole_and_not_before_a_name(language: str, text: str, found: list[str]) -> None:
    spans = epithets(language).find(text, 0, len(text), words_of(text))
    assert [text[start:end] for start, end, _ in spans] == found
