"""The type model of English: a fine-tuned sentence encoder in ONNX."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.voting import Vote, probabilities

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_SPACE = re.compile(r"\s+")
HEADS = ["type", "mode", "status", "pooled"]

if TYPE_CHECKING:
    import onnxruntime as ort


@cache
def session(folder: Path) -> ort.InferenceSession:
    """The encoder of a folder on one thread, loaded once for all that read with it."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return ort.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


class Encoder:
    """An ONNX encoder with heads for type, mode and status."""

    def __init__(self, folder: Path) -> None:
        """Load the model of a folder (`model.onnx`, `tokenizer.json`, `labels.json`)."""
        from tokenizers import Tokenizer

        self._session = session(folder)
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(labels["longest"])
        self._types: list[str] = labels["types"]
        self._modes: list[str] = labels["modes"]
        self._statuses: list[str] = labels["statuses"]
        self._marks: dict[str, str] = labels["marks"]

    def votes(self, sentences: Sequence[str]) -> list[Vote]:
        """A vote for every sentence with `<s>…</s>` and `<t>…</t>` marked."""
        outputs = self._run(sentences)
        return [
            Vote(
                probabilities(self._types, outputs["type"][i]),
                probabilities(self._modes, outputs["mode"][i]),
                probabilities(self._statuses, outputs["status"][i]),
            )
            for i in range(len(sentences))
        ]

    def features(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Pooled vectors and type logits, one row a sentence: for fitting another head."""
        outputs = self._run(sentences)
        return np.hstack([outputs["pooled"], outputs["type"]])

    def _run(self, sentences: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The heads' scores, one row a sentence, each read alone: int8 scales would depend on its neighbours."""
        rows: dict[str, list[NDArray[np.float32]]] = {name: [] for name in HEADS}
        for encoded in self._tokenizer.encode_batch([self._marked(s) for s in sentences]):
            ids = np.array([encoded.ids], np.int64)
            found = self._session.run(HEADS, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
            for name, values in zip(HEADS, found, strict=True):
                rows[name].append(values[0])
        return {name: np.stack(values) if values else np.empty((0, 0), np.float32) for name, values in rows.items()}

    def _marked(self, sentence: str) -> str:
        for mark, token in self._marks.items():
            sentence = sentence.replace(mark, f" {token} ")
        return _SPACE.sub(" ", sentence.translate(_SAME)).strip()
