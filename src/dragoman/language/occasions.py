"""What may be called off, hosted or attended, and the act that it is ("rally" → PROTEST demo), from `occasions.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Occasion:
    """The PLOVER type and mode of an occasion."""

    type: str
    mode: str | None


@cache
def occasions(language: str) -> dict[str, Occasion]:
    """Occasions of `language` by lemma; none where there is no file.

    Raises ValueError, naming file and line, for a line without the three columns.
    """
    path = resources.files("dragoman.language") / language / "occasions.tsv"
    found: dict[str, Occasion] = {}
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith(("#", "type\t")):
                continue
            cells = line.split("\t")
            if len(cells) != 3:
                raise ValueError(f"{path}, line {number}: {len(cells)} columns, expected type, mode, lemmas")
            kind, mode, lemmas = cells
            for lemma in lemmas.split("|"):
                found[lemma] = Occasion(kind, None if mode == "-" else mode)
    return found
