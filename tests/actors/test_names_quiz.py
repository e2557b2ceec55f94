"""Which country and sector is Y? Questions in four languages, written before looking whether the names are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from quizzes import DATA, Tally, questions

from dragoman.actors import registry
from dragoman.actors.registry import NameMatch

QUIZZES = sorted(DATA.glob("names_quiz*.tsv"))
ACTORS = frozenset({"state", "adj", "people", "capital", "seat", "organisation"})


def answer(form: str, language: str) -> set[tuple[str, str]]:
    """(country or organisation, sector) of what the first name in `form` stands for; nothing where it is unknown."""
    found = [m for m in registry().find(form, language) if m.kind in ACTORS]
    return {pair for m in found[:1] for pair in _meanings(m)}


def _meanings(match: NameMatch) -> set[tuple[str, str]]:
    meanings = set()
    for id in match.ids:
        organisation = registry().organisation(id)
        code, _, sector = (registry().code(id) or "").partition(":")
        sector = sector or (organisation.sector if organisation else "") or ("GOV" if match.kind == "seat" else "")
        meanings.add((code, sector))
    return meanings


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda path: path.stem)
def test_the_registry_says_whose_a_name_is(quiz: Path) -> None:
    tally = Tally()
    for row in questions(quiz):
        found = answer(row["form"], row["language"])
        countries, sectors = row["country"].split("/"), row["sector"].split("/")
        right = all(c in countries and (not row["sector"] or s in sectors) for c, s in found)
        tally.add(row["form"], found, right)
    tally.check()
