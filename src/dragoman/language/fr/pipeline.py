"""The French pipeline: the shared trained one, with trees mended for the press."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.fr.trees import mend
from dragoman.language.parsing import TrainedPipeline
from dragoman.language.sentence import Group, Sentence


class FrenchPipeline(TrainedPipeline):
    """Sentences by rule, trees by the shipped weights and `fr/trees.py`."""

    def analyse(self, texts: Sequence[str], groups: Sequence[Sequence[Group]] = ()) -> list[Sentence]:
        """Tag and parse each text (one sentence each), in one batch; see TrainedPipeline.analyse."""
        shown = [f"À{text[1:]}" if text.startswith("A ") else text for text in texts]  # capitals often lose accents
        return [mend(sentence, self._lemmas) for sentence in super().analyse(shown, groups)]


def load() -> FrenchPipeline:
    """The French pipeline; FileNotFoundError where its weights are missing."""
    return FrenchPipeline("fr")
