"""Nouns that point back to an event told before ("the deal", "this attack"), and which it may be."""

from __future__ import annotations

from functools import cache
from importlib import resources

ANY = "*"


@cache
def event_nouns(language: str) -> dict[str, tuple[str, ...]]:
    """The PLOVER types that each lemma may point back to (`*` for any), the likeliest first, from `event_nouns.tsv`.

    Empty without a file. Raises ValueError, naming file and line, for a line without the two columns.
    """
    path = resources.files("dragoman.language") / language / "event_nouns.tsv"
    found: dict[str, tuple[str, ...]] = {}
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith(("#", "types\t")):
                continue
            types, tab, lemmas = line.partition("\t")
            if not tab:
                raise ValueError(f"{path}, line {number}: no tab between types and lemmas")
            for lemma in lemmas.split("|"):
                found[lemma] = tuple(dict.fromkeys((*found.get(lemma, ()), *types.split("|"))))
    return found
