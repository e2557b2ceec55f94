""" "The former", "la segunda": one of the two that were named last, and what it does to the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import code_pages
from dragoman.coding.reading import EventMention, Reading

# language, text, type of the last event, country of its source, of its target
TOLD = [
    ("es", "Baréin y Catar no tienen relaciones desde que, en junio, el primero las rompió.", "SANCTION", "BHR", "QAT"),
    ("es", "Rusia y Ucrania se acusan. La segunda expulsó ayer a diez diplomáticos rusos.", "SANCTION", "UKR", "RUS"),
    ("fr", "L'Égypte et la Libye sont brouillées : la seconde a rompu leurs relations.", "SANCTION", "LBY", "EGY"),
    ("fr", "La Libye et le Tchad sont en guerre. La première a envahi le Tchad en 1980.", "ASSAULT", "LBY", "TCD"),
    ("en", "Eritrea and Ethiopia are at war. The former accused Ethiopia of bombing it.", "ACCUSE", "ERI", "ETH"),
    ("en", "Pakistan and India stopped talking. The latter recalled its ambassador.", "SANCTION", "IND", "PAK"),
]
# language, text in which the same words say something else
OTHERS = [
    ("es", "Perú y Ecuador firmaron la paz. La primera vez que hablaron fue en Brasilia."),
    ("fr", "Le Mali et le Niger ont signé un accord. Le premier ministre de la Guinée a été reçu par la Chine."),
    ("en", "Kenya and Uganda signed the pact. The former colony of Portugal was visited by the king of Norway."),
]


def read(language: str, text: str, folder: Path) -> Reading:
    file = folder / "page.html"
    head = '<meta property="article:published_time" content="2018-03-30">'
    file.write_text(f'<html lang="{language}"><head>{head}</head><body><article><p>{text}</p></article></body></html>')
    found = next(iter(code_pages([file], jobs=1)))
    assert isinstance(found, Reading)
    return found


def sides(event: EventMention) -> tuple[list[str], list[str]]:
    return [a.code[:3] for a in event.sources], [a.code[:3] for a in event.targets]


@pytest.mark.parametrize(("language", "text", "kind", "source", "target"), TOLD)
def test_one_of_two_acts_on_the_other(
    language: str, text: str, kind: str, source: str, target: str, tmp_path: Path
) -> None:
    event = max(read(language, text, tmp_path).events, key=lambda e: e.start)
    assert (event.event_type, *sides(event)) == (kind, [source], [target])


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_an_ordinal_or_an_adjective_before_a_noun_is_nobody(language: str, text: str, tmp_path: Path) -> None:
    named = {"Perú": "PER", "Le Mali": "MLI", "Kenya": "KEN"}[text.split(" y ")[0].split(" et ")[0].split(" and ")[0]]
    later = [e for e in read(language, text, tmp_path).events if e.start > text.index(".")]
    assert all(named not in sides(e)[0] for e in later if e.event_type != "SUPPORT")
