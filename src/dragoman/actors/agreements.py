"""Agreements, processes, conferences and resolutions that a text names, and how each is called by language.

A small index of its own: the registry's matcher holds a hundred thousand other names, and here whole records are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dragoman.actors.matcher import Matcher, matcher
from dragoman.actors.name_index import Form, FormIndex
from dragoman.actors.resolutions import find_resolutions
from dragoman.actors.scripts import SCRIPTS
from dragoman.actors.tables import COLUMNS, DATA, LANGUAGES, Agreement, agreement, read_rows


def find_agreements(text: str, language: str) -> tuple[str, ...]:
    """The ids of the agreements, processes and numbered resolutions that `text` names, in order of id."""
    if language not in LANGUAGES:
        return ()
    found = {id for _, _, id in find_resolutions(text, language)}
    found.update(entry.id for hit in _matcher(language).find(text) for entry in hit.entries)
    return tuple(sorted(found))


def agreements() -> dict[str, Agreement]:
    """All that the registry knows, by id; resolutions are known by number only and not among them."""
    return _rows()[0]


def forms(id: str) -> dict[str, tuple[str, ...]]:
    """How an agreement is called, by language."""
    return _rows()[1].get(id, {})


@cache
def _rows() -> tuple[dict[str, Agreement], dict[str, dict[str, tuple[str, ...]]]]:
    known: dict[str, Agreement] = {}
    called: dict[str, dict[str, tuple[str, ...]]] = {}
    columns = COLUMNS["agreements"]
    for cells in read_rows(DATA / "agreements.tsv", "agreements"):
        known[cells[0]] = agreement(cells)
        told = {language: cells[columns.index(language)] for language in LANGUAGES}
        called[cells[0]] = {lang: tuple(f for f in text.split("|") if f) for lang, text in told.items() if text}
    return known, called


@cache
def _matcher(language: str) -> Matcher:
    forms = [
        Form(form, "agreement", id, "")
        for id, by_language in _rows()[1].items()
        for form in spoken_of(by_language.get(language, ()), language)
    ]
    return matcher(SCRIPTS[language], [FormIndex(SCRIPTS[language], forms)])


def spoken_of(called: Sequence[str], language: str) -> tuple[str, ...]:
    """The names of an agreement, also as it is spoken of as several: the Skhirat Agreements, les accords de Skhirat."""
    return tuple(dict.fromkeys((*called, *(_plural(form, language) for form in called))))


def _plural(form: str, language: str) -> str:
    if language == "en":
        return form + "s" if re.search(r"\b(?:agreement|accord)$", form, re.IGNORECASE) else form
    return re.sub(r"^([Aa]ccord)(?= )", r"\1s", form) if language == "fr" else form
