"""What a language pipeline yields: tokens with tags and a dependency tree, in offsets of the text it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Group:
    """A run of the text that must stay one token (a person with titles, a date); the parser sees `surface`.

    `kind` says what it names (`person`, `state`, `date` …), empty where that is unknown.
    """

    start: int
    end: int
    surface: str
    pos: str = "PROPN"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `head` is the index of its head in the sentence (itself for the root); labels are UD's."""

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    head: int
    dep: str
    morph: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One analysed sentence; token offsets are relative to `text`."""

    text: str
    tokens: tuple[Token, ...]


class Pipeline(Protocol):
    """What every language folder offers. `sentences` is cheap and always runs; `analyse` is dear and runs on few."""

    language: str

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of `text`, in order, white space left out."""
        ...

    def analyse(self, texts: Sequence[str], groups: Sequence[Sequence[Group]] = ()) -> list[Sentence]:
        """Tag and parse each text (one sentence each), in one batch; `groups[i]` are the runs of `texts[i]` to keep."""
        ...
