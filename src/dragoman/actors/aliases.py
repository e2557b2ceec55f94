"""How an actor is called, by language: the forms of the name files, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.actors.tables import DATA, LANGUAGES, read_rows

SHOWN_KINDS = ("name", "abbr", "full", "alias", "family")


@dataclass(frozen=True, slots=True)
class Alias:
    """One form of a name. `language` is "" for forms in Latin letters that are no language's own; `kind` as in the
    name files (name, abbr, full, alias, family).
    """

    form: str
    language: str
    kind: str


def aliases(id: str) -> tuple[Alias, ...]:
    """The forms under which a state, organisation or person (registry id) is found, in the order of the files."""
    return tuple(a for a in _by_id().get(id, ()) if a.kind in SHOWN_KINDS)


@cache
def _by_id() -> dict[str, list[Alias]]:
    found: dict[str, list[Alias]] = {}
    for language in LANGUAGES:
        for id, kind, form, _ in read_rows(DATA / "names" / f"{language}.tsv", "names"):
            found.setdefault(id, []).append(Alias(form, language, kind))
    for id, language, form, kind in read_rows(DATA / "person_names.tsv", "person_names"):
        found.setdefault(id, []).append(Alias(form, "" if language == "*" else language, kind))
    return found
