"""What the Spanish frames and operators make of the turns of the Spanish-language press."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import code_pages
from dragoman.codebook import load
from dragoman.coding.reading import Reading
from dragoman.language.operators import operators
from dragoman.language.reporting import reporting

# sentence, type, country of the source, country of a target (None: any), status
CASES = [
    ("Rusia expulsó a dos diplomáticos alemanes.", "SANCTION", "RUS", "DEU", "occurred"),
    ("Chile llamó a consultas a su embajador en Israel.", "SANCTION", "CHL", "ISR", "occurred"),
    ("Nicaragua convocó al embajador de España para expresarle su protesta.", "ACCUSE", "NIC", "ESP", "occurred"),
    ("Turquía amenaza con imponer sanciones a Grecia.", "THREATEN", "TUR", "GRC", "occurred"),
    ("Irán aseguró que no negociará con Estados Unidos.", "CONSULT", "IRN", "USA", "negated"),
    ("El ministro de Exteriores español viajará a Rabat la próxima semana.", "CONSULT", "ESP", "MAR", "planned"),
    ("Brasil rechazó la propuesta de Francia.", "REJECT", "BRA", "FRA", "occurred"),
    ("España brindó su apoyo a Ucrania.", "SUPPORT", "ESP", "UKR", "occurred"),
    ("Colombia y Venezuela reanudan relaciones diplomáticas.", "AGREE", "COL", "VEN", "occurred"),
    ("Arabia Saudí levantó el bloqueo contra Qatar.", "RETREAT", "SAU", "QAT", "occurred"),
    ("Rusia desplegó tropas en la frontera con Ucrania.", "MOBILIZE", "RUS", "UKR", "occurred"),
    ("Miles de personas protestaron en Caracas contra el Gobierno de Venezuela.", "PROTEST", "VEN", None, "occurred"),
    ("La policía bielorrusa detuvo a la líder opositora.", "COERCE", "BLR", None, "occurred"),
    ("Alemania entregó 14 tanques a Ucrania.", "AID", "DEU", "UKR", "occurred"),
    ("Italia se disculpó ante Libia por la ocupación.", "CONCEDE", "ITA", "LBY", "occurred"),
    ("La ONU instó a Etiopía a permitir la entrada de ayuda.", "REQUEST", "IGOUNO", "ETH", "occurred"),
    ("Los talibanes secuestraron a tres ingenieros indios.", "ASSAULT", "AFG", "IND", "occurred"),
    ("Rusia e Irán intercambiaron prisioneros.", "COOPERATE", "RUS", "IRN", "occurred"),
    ("Ghana declaró el lunes persona no grata al embajador de Togo.", "SANCTION", "GHA", "TGO", "occurred"),
    ("Malí y Rusia establecieron el jueves relaciones diplomáticas.", "SUPPORT", "MLI", "RUS", "occurred"),
    ("El ministro turco de Defensa viajó ayer martes a Trípoli.", "CONSULT", "TUR", "LBY", "occurred"),
    ("El emir de Catar, y el presidente de Túnez se reunirán en Doha.", "CONSULT", "QAT", "TUN", "planned"),
    ("El embajador ruso llegó a Quito y el Gobierno de Ecuador lo expulsó.", "SANCTION", "ECU", "RUS", "occurred"),
    ("Moscú propuso un plan, pero Kiev lo rechazó.", "REJECT", "UKR", "RUS", "occurred"),
    ("Perú anunció el martes pasado que reconocerá a Palestina.", "SUPPORT", "PER", "PSE", "planned"),
]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    """Each sentence as a page of its own."""
    folder = tmp_path_factory.mktemp("es")
    pages: list[Path] = []
    for number, (sentence, *_) in enumerate(CASES):
        page = folder / f"{number:02}.txt"
        page.write_text(f"Noticias del mundo\nMadrid, 2 de octubre de 2020\n\n{sentence}\n", encoding="utf-8")
        pages.append(page)
    coded = [r for r in code_pages(pages, jobs=1) if isinstance(r, Reading)]
    assert len(coded) == len(CASES)
    return coded


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case[0] for case in CASES])
def test_sentence(number: int, readings: list[Reading]) -> None:
    _, kind, source, target, status = CASES[number]
    found = [e for e in readings[number].events if e.event_type == kind]
    assert found, [e.event_type for e in readings[number].events]
    event = found[0]
    sources = {actor.code[:3] for actor in event.sources}
    targets = {actor.code[:3] for actor in event.targets}
    if event.symmetric:
        sources = targets = sources | targets
    assert source[:3] in sources
    assert target is None or target[:3] in targets
    assert event.status == status


def test_every_type_has_frames() -> None:
    frames = load().frames("es")
    assert {frame.type for frame in frames} == set(load().types)
    assert frames.verb_of("impuso") == "imponer"
    assert frames.verb_of("detuvieron") == "detener"


def test_operators_and_reporting() -> None:
    assert any(rule.status == "cancelled" for rule in operators("es").of("aplazar"))
    assert "negar" in reporting("es").lemmas
    assert reporting("es").search("según dijo el canciller") is not None
