"""Titles and names read as phrases: a value (`phrase`), the patterns of each language, names, and their reader."""

from dragoman.actors.phrases.patterns import UNKNOWN_NAME
from dragoman.actors.phrases.phrase import HOMES, POSTED, Phrase, introduces, posted
from dragoman.actors.phrases.reader import PhraseReader

__all__ = ["HOMES", "POSTED", "UNKNOWN_NAME", "Phrase", "PhraseReader", "introduces", "posted"]
