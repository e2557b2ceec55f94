"""The type model of English: a fine-tuned sentence encoder in ONNX."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.voting import Vote, probabilities

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_SPACE = re.compile(r"\s+")
BATCH = 32


class Encoder:
    """An ONNX encoder with heads for type, mode and status."""

    def __init__(self, folder: Path) -> None:
        """Load the model of a folder (`model.onnx`, `tokenizer.json`, `labels.json`)."""
        import onnxruntime as ort
        from tokenizers import Tokenizer

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
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
        encoded = [e.ids for e in self._tokenizer.encode_batch([self._marked(s) for s in sentences])]
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
        names = [o.name for o in self._session.get_outputs()]
        rows: dict[str, list[NDArray[np.float32]]] = {name: [np.empty(0, np.float32)] * len(encoded) for name in names}
        for k in range(0, len(order), BATCH):
            chunk = order[k : k + BATCH]
            width = max(len(encoded[i]) for i in chunk)
            ids = np.zeros((len(chunk), width), np.int64)
            mask = np.zeros((len(chunk), width), np.int64)
            for row, i in enumerate(chunk):
                ids[row, : len(encoded[i])] = encoded[i]
                mask[row, : len(encoded[i])] = 1
            for name, values in zip(
                names, self._session.run(names, {"input_ids": ids, "attention_mask": mask}), strict=True
            ):
                for row, i in enumerate(chunk):
                    rows[name][i] = values[row]
        return {name: np.stack(values) if values else np.empty((0, 0), np.float32) for name, values in rows.items()}

    def _marked(self, sentence: str) -> str:
        for mark, token in self._marks.items():
            sentence = sentence.replace(mark, f" {token} ")
        return _SPACE.sub(" ", sentence.translate(_SAME)).strip()
