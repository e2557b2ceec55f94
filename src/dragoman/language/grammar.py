"""The closed-class words of a language that linking and coding need, read from `language/<xx>/grammar.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.tree import Tree


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word lists by category; every word is lower case."""

    language: str
    words: dict[str, frozenset[str]]

    def __getitem__(self, category: str) -> frozenset[str]:
        return self.words.get(category, frozenset())

    @property
    def agent_prepositions(self) -> frozenset[str]:
        """Prepositions that introduce the agent of a passive."""
        return self["agent"]

    def is_purpose(self, tree: Tree, index: int) -> bool:
        """Whether an adverbial clause is an infinitive of purpose ("gathered to demand …")."""
        token = tree.tokens[index]
        return "VerbForm=Inf" in token.morph


@cache
def grammar(language: str) -> Grammar:
    """The grammar of `language`; an empty one where Dragoman has none."""
    path = resources.files("dragoman.language") / language / "grammar.tsv"
    words: dict[str, frozenset[str]] = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                category, _, forms = line.partition("\t")
                words[category] = frozenset(f.strip().lower() for f in forms.split("|") if f.strip())
    return Grammar(language, words)
