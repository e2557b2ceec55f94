"""The learned judge: how likely a coded event is right, from its signs and the type model's vote.

A logistic regression of some hundred weights a language (`language/<xx>/judge.tsv`, made by `training/judge.py` from
gold pages). Its probability is the event's confidence; a doubtful reading is kept where it is likely right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import exp, log

from dragoman.coding.merging import Draft

LEAST = 0.02  # probabilities nearer to 0 or 1 say no more
ADMITTED = 0.6  # probability from which a doubtful reading is an event, where the language's table has no other
DISMISSED = 0.3  # probability below which a frame is not believed, likewise
THRESHOLDS = ("admitted", "dismissed")
TOLD = 3  # signs that a reason names


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights by sign; `bias` speaks where there is no sign at all.

    A doubtful reading is an event from the probability `admitted` on, any other down to `dismissed`.
    """

    bias: float
    weights: Mapping[str, float]
    admitted: float = ADMITTED
    dismissed: float = DISMISSED

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability that an event with these features is right."""
        return 1 / (1 + exp(-self.bias - sum(self._shares(features).values())))

    def reason(self, features: Mapping[str, float]) -> str:
        """The probability with the signs that weigh most, in words."""
        shares = self._shares(features)
        heaviest = sorted(shares, key=lambda name: (-abs(shares[name]), name))[:TOLD]
        signs = ", ".join(f"{'+' if shares[name] > 0 else '−'} {name}" for name in heaviest)
        return f"judged {self.probability(features):.2f} ({signs})"

    def _shares(self, features: Mapping[str, float]) -> dict[str, float]:
        return {name: self.weights[name] * value for name, value in features.items() if name in self.weights}


def log_odds(probability: float) -> float:
    """The log odds of a probability, bounded."""
    bounded = min(1 - LEAST, max(LEAST, probability))
    return log(bounded / (1 - bounded))


@cache
def judge(language: str) -> Judge | None:
    """The judge of a language, loaded once; None where none ships. Raises ValueError naming file and line."""
    path = resources.files("dragoman.language") / language / "judge.tsv"
    if not path.is_file():
        return None
    weights: dict[str, float] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith(("#", "sign\t")):
            continue
        sign, _, weight = line.partition("\t")
        try:
            weights[sign] = float(weight)
        except ValueError:
            raise ValueError(f"{path}, line {number}: {weight!r} is no number; run training/judge.py") from None
    admitted, dismissed = weights.pop("admitted", ADMITTED), weights.pop("dismissed", DISMISSED)
    return Judge(weights.pop("bias", 0.0), weights, admitted, dismissed)


def judged(draft: Draft, features: Mapping[str, float]) -> Draft | None:
    """The draft with the judge's confidence; None where it is not believed.

    Without a judge or without features (no model was asked) a draft keeps the confidence that its frame gives it.
    """
    known = judge(draft.language) if features else None
    if known is None:
        return draft
    confidence = known.probability(features)
    if confidence < (known.admitted if draft.doubtful else known.dismissed):
        return None
    return replace(draft, confidence=confidence, reason=f"{draft.reason}; {known.reason(features)}")
