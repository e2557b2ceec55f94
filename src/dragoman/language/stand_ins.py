"""Common words that a parser is shown in place of names it may never have seen, from `stand_ins.tsv`."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def stand_ins(language: str) -> dict[str, str]:
    """The stand-in for each kind of name (`person`, `state`, `organisation`, `adj`, `role`); empty without a file."""
    path = resources.files("dragoman.language") / language / "stand_ins.tsv"
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith(("#", "kind\t")))
