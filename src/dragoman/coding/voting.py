"""What a learned model says of a marked sentence, and what every such model can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Vote:
    """What the model makes of one marked sentence: probabilities by type, by mode and by status.

    `labels` are the finer ones that the model was taught, the type before a colon: `SANCTION:embargo`.
    """

    labels: dict[str, float]
    modes: dict[str, float]
    statuses: dict[str, float]

    @property
    def types(self) -> dict[str, float]:
        """The probabilities by type alone."""
        found: dict[str, float] = {}
        for label, probability in self.labels.items():
            kind = label.partition(":")[0]
            found[kind] = found.get(kind, 0.0) + probability
        return found

    @property
    def type(self) -> str:
        """The likeliest type, `NONE` where the pair has no event."""
        types = self.types
        return max(types, key=types.__getitem__)


class TypeModel(Protocol):
    """A model of what the marked source does to the marked target."""

    def votes(self, sentences: Sequence[str]) -> list[Vote]:
        """A vote for every sentence with `<s>…</s>` and `<t>…</t>` marked."""
        ...


def probabilities(labels: Sequence[str], scores: NDArray[np.float32]) -> dict[str, float]:
    """The softmax of the scores of some labels."""
    values = np.exp(scores - scores.max())
    return dict(zip(labels, (values / values.sum()).tolist(), strict=True))
