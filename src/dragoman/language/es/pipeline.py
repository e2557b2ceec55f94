"""The Spanish pipeline: the shared trained one, with trees mended for the press."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.es.trees import mend
from dragoman.language.parsing import TrainedPipeline
from dragoman.language.sentence import Group, Sentence


class SpanishPipeline(TrainedPipeline):
    """Sentences by rule, trees by the shipped weights and `es/trees.py`."""

    def analyse(self, texts: Sequence[str], groups: Sequence[Sequence[Group]] = ()) -> list[Sentence]:
        """Tag and parse each text (one sentence each), in one batch; see TrainedPipeline.analyse."""
        return [mend(sentence) for sentence in super().analyse(texts, groups)]


def load() -> SpanishPipeline:
    """The Spanish pipeline; FileNotFoundError where its weights are missing."""
    return SpanishPipeline("es")
