"""Trained weights and the tables that go with them, one folder per language or model, each under its own licence.

Data only: see the README beside each model for what it was trained on and the LICENSE files for the terms.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def folder(name: str) -> Traversable:
    """The folder of the model `name` (`en`, `fr`, `es` …); FileNotFoundError where none is shipped."""
    found = files(__name__).joinpath(name)
    if not found.is_dir():
        raise FileNotFoundError(f"No trained model {name!r} in the package dragoman_models.")
    return found
