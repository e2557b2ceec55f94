"""Titles and names read as phrases: a value (`phrase`), the patterns of each language, names, and their reader."""

from dragoman.actors.phrases.patterns import UNKNOWN_NAME
from dragoman.actors.phrases.phrase import CROWNED, POSTED, Phrase, home, introduces, posted
from dragoman.actors.phrases.reader import PhraseReader

__all__ = ["CROWNED", "POSTED", "UNKNOWN_NAME", "Phrase", "PhraseReader", "home", "introduces", "posted"]
