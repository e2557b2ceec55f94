"""Sentences, tokens and trees of each language. `pipeline("en")` is the door; nothing is loaded before it is called."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from dragoman.language.sentence import Pipeline


@cache
def pipeline(language: str) -> Pipeline:
    """The pipeline of a language by its ISO 639-1 code, loaded on the first call and kept.

    A language folder with a module `pipeline` brings its own (`load() -> Pipeline`); others share the trained parser.
    Raises ValueError for a language that has no folder.
    """
    if not (len(language) == 2 and language.isalpha()) or find_spec(f"dragoman.language.{language}") is None:
        raise ValueError(f"No language pipeline for {language!r}: there is no folder dragoman/language/{language}.")
    if find_spec(f"dragoman.language.{language}.pipeline") is not None:
        return cast(Pipeline, import_module(f"dragoman.language.{language}.pipeline").load())
    return cast(Pipeline, import_module("dragoman.language.parsing").load(language))
