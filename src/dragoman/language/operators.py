"""Words that change the status of what they govern ("planned to visit", "the talks collapsed"), from `status.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

STATUSES = frozenset({"occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated"})


@dataclass(frozen=True, slots=True)
class Operator:
    """One governing word. `governs` names the relations of what it governs (empty: any); `negated_status` is what it
    says when it is itself negated; a `transparent` one passes its own auxiliaries and negation down."""

    lemma: str
    governs: frozenset[str]
    status: str | None
    negated_status: str | None
    transparent: bool


@dataclass(frozen=True, slots=True)
class OperatorTable:
    """The operators of a language by lemma."""

    by_lemma: dict[str, tuple[Operator, ...]]

    def of(self, lemma: str) -> tuple[Operator, ...]:
        """Operators with this lemma, in file order."""
        return self.by_lemma.get(lemma, ())


@cache
def operators(language: str) -> OperatorTable:
    """The operators of `language`; an empty table where there is no file. Raises ValueError naming file and line."""
    path = resources.files("dragoman.language") / language / "status.tsv"
    found: dict[str, list[Operator]] = {}
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith(("#", "lemmas\t")):
                continue
            cells = line.split("\t")
            if len(cells) != 4:
                raise ValueError(
                    f"{path}, line {number}: {len(cells)} columns, expected lemmas, governs, status, negated"
                )
            lemmas, governs, status, negated = cells
            for value in (status, negated):
                if value not in STATUSES and value not in ("-", "transparent"):
                    raise ValueError(f"{path}, line {number}: {value!r} is no status")
            for lemma in lemmas.split("|"):
                found.setdefault(lemma, []).append(
                    Operator(
                        lemma,
                        frozenset() if governs == "-" else frozenset(governs.split("|")),
                        status if status in STATUSES else None,
                        negated if negated in STATUSES else None,
                        status == "transparent",
                    )
                )
    return OperatorTable({lemma: tuple(rules) for lemma, rules in found.items()})
