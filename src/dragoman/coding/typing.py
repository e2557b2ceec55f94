"""Which learned model reads a language beside the frames: an encoder, else n-grams, else none."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import dragoman_models
from dragoman.coding.encoder import Encoder
from dragoman.coding.ngrams import Ngrams
from dragoman.coding.voting import TypeModel


@cache
def type_model(language: str) -> TypeModel | None:
    """The model of a language, loaded once; None where none ships."""
    folder = Path(str(resources.files(dragoman_models))) / "types" / language
    if (folder / "model.onnx").is_file():
        return Encoder(folder)
    if (folder / "ngrams.npz").is_file():
        return Ngrams.load(folder / "ngrams.npz")
    return None
