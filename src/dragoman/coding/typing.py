"""The learned second opinion: what the marked source does to the marked target, from the shipped sentence encoder."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import dragoman_models

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_SPACE = re.compile(r"\s+")
BATCH = 32


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


class TypeModel:
    """An ONNX encoder with heads for type, mode and status. Make it with `type_model`, which keeps it."""

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
                dict(zip(self._types, _softmax(outputs["type"][i]), strict=True)),
                dict(zip(self._modes, _softmax(outputs["mode"][i]), strict=True)),
                dict(zip(self._statuses, _softmax(outputs["status"][i]), strict=True)),
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


def _softmax(row: NDArray[np.float32]) -> list[float]:
    values = np.exp(row - row.max())
    return [float(v) for v in values / values.sum()]


@cache
def type_model(language: str) -> TypeModel | None:
    """The model of a language, loaded once; None where none ships."""
    folder = Path(str(resources.files(dragoman_models))) / "types" / language
    return TypeModel(folder) if (folder / "model.onnx").is_file() else None
