"""Lemmas from tables and suffix rules: known forms are looked up by part of speech, unknown ones are guessed."""

from __future__ import annotations


class Lemmas:
    def __init__(self, language: str) -> None:
        pass

    def lemma(self, form: str, pos: str, morph: str) -> str:
        return form
