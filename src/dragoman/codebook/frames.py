"""Frames: what a predicate with certain words beside it means, read from TSV and indexed by lemma (docs/frames.md).

In `needs`, a value `@name` stands for a class of words from the language's `_classes.tsv` (`@to_withdraw` verbs,
`@troops` nouns), and may end in `*` (any lemma that starts so). `comp=` also matches an object predicative
("declared him **persona** non grata"). In predicates `_` joins the words of a fixed multiword, as lemmas, in order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COLUMNS = ("predicate", "needs", "source", "target", "type", "mode", "cameo", "flags")
PARTS_OF_SPEECH = frozenset("vna")
FLAGS = frozenset(
    [
        *(
            "symmetric",
            "needs-target",
            "needs-source",
            "needs-pair",
            "weak",
            "light",
            "third",
            "headline",
            "no-passive",
        ),
        *(f"status={status}" for status in ("planned", "cancelled", "hypothetical", "negated", "ongoing")),
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_STEM = 4  # characters of a word that the gate compares: short enough to survive inflection


class FrameError(ValueError):
    """A line of a frame file that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Need:
    """One condition: `slot` holds (or, `forbidden`, does not hold) one of `lemmas`; no lemmas: the slot is filled."""

    slot: str
    lemmas: frozenset[str]
    forbidden: bool = False

    def met(self, slots: Mapping[str, Collection[str]]) -> bool:
        """Whether the lemmas found in each slot of a predicate meet this condition."""
        found = slots.get(self.slot, ())
        if not self.lemmas:
            return bool(found) is not self.forbidden
        return any(_matches(lemma, self.lemmas) for lemma in found) is not self.forbidden


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of a predicate. `predicate` is its lemmas in order; `needs` holds conditions that must all be met."""

    predicate: tuple[str, ...]
    pos: str
    needs: tuple[Need, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    type: str
    mode: str | None
    cameo: str | None
    flags: frozenset[str]
    file: str
    line: int

    @property
    def lemma(self) -> str:
        """The word under which the frame is indexed."""
        return self.predicate[0]

    @property
    def rest(self) -> tuple[str, ...]:
        """The other words of a multiword predicate, which must stand with the first."""
        return self.predicate[1:]

    @property
    def status(self) -> str | None:
        """The status that the predicate itself expresses, if any."""
        return next((flag[7:] for flag in self.flags if flag.startswith("status=")), None)

    def fits(self, slots: Mapping[str, Collection[str]]) -> bool:
        """Whether every need is met by the lemmas in each slot (`obj`, `subj`, `mod`, `comp`, a preposition)."""
        return all(need.met(slots) for need in self.needs)

    def __str__(self) -> str:
        return f"{'_'.join(self.predicate)}.{self.pos} → {self.type} ({self.file}:{self.line})"


class FrameIndex:
    """Frames of one language by predicate lemma and part of speech."""

    __slots__ = ("_forms", "_frames", "_latin", "_stems", "language", "lemmas", "size")

    def __init__(self, language: str, frames: Iterable[Frame], forms: Mapping[str, str] | None = None) -> None:
        """Index `frames`; a later frame replaces an earlier one with the same predicate and needs.

        A frame of type `-` (users' files) removes. `forms` maps irregular word forms to lemmas, for the gate.
        """
        unique: dict[tuple[tuple[str, ...], str, tuple[Need, ...]], Frame] = {}
        for frame in frames:
            key = (frame.predicate, frame.pos, frame.needs)
            unique.pop(key, None)
            if frame.type != "-":
                unique[key] = frame
        groups: dict[tuple[str, str], list[Frame]] = {}
        for frame in unique.values():
            groups.setdefault((frame.predicate[0], frame.pos), []).append(frame)
        self.language = language
        self._frames = {key: tuple(sorted(reversed(group), key=_specificity)) for key, group in groups.items()}
        self.lemmas = frozenset(lemma for lemma, _ in self._frames)
        self.size = len(unique)
        self._forms = frozenset(form for form, lemma in (forms or {}).items() if lemma in self.lemmas)
        self._stems = frozenset(_stem(lemma) for lemma in self.lemmas)
        self._latin = all(lemma[:1] < "\u0250" for lemma in self.lemmas)

    def of(self, lemma: str, pos: str) -> tuple[Frame, ...]:
        """Frames whose (first) lemma this is, the most specific first, then the last read; `pos` is `v`, `n` or `a`."""
        return self._frames.get((lemma, pos), ())

    def surface_gate(self, text: str) -> bool:
        """Whether a trigger might be in `text`, told from raw word forms; may err only towards True.

        Scripts other than Latin write clitics on to words, so there the answer is always True.
        """
        if not self._latin:
            return True
        for match in _WORD.finditer(text):
            word = match.group().casefold()
            if word in self._forms or _stem(word) in self._stems:
                return True
        return False

    def __iter__(self) -> Iterator[Frame]:
        for group in self._frames.values():
            yield from group

    def __len__(self) -> int:
        return self.size


def read_frames(path: Path, classes: Mapping[str, str] | None = None) -> list[Frame]:
    """Frames of one file, one per predicate of a line. Raises FrameError naming file and line.

    `classes` gives the words (`|`-separated) of each class. The type may differ from the file's name; `check` tells.
    """
    return list(parse_frames(path.read_text(encoding="utf-8"), str(path), classes))


def parse_frames(text: str, file: str, classes: Mapping[str, str] | None = None) -> Iterator[Frame]:
    """Frames in the text of a frame file called `file`."""
    words = classes or {}
    known: dict[str, tuple[Need, ...]] = {}
    name = "/".join(Path(file).parts[-2:])
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line[0] == "#" or line.startswith("predicate\t"):
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(COLUMNS):
            raise FrameError(
                f"{file}, line {number}: {len(cells)} columns, expected {len(COLUMNS)}: {' '.join(COLUMNS)}"
            )
        predicate, needs, source, target, kind, mode, cameo, flags = cells
        lemmas, _, pos = predicate.rpartition(".")
        if pos not in PARTS_OF_SPEECH or not lemmas:
            raise FrameError(f"{file}, line {number}: the predicate '{predicate}' does not end in .v, .n or .a")
        try:
            parsed = known.get(needs)
            if parsed is None:
                parsed = known[needs] = _needs(needs, words)
        except ValueError as error:
            raise FrameError(f"{file}, line {number}: {error}") from error
        sources, targets, marks = _places(source), _places(target), _flags(flags)
        for lemma in lemmas.split("|"):
            yield Frame(
                tuple(lemma.split("_")),
                pos,
                parsed,
                sources,
                targets,
                kind,
                None if mode == "-" else mode,
                None if cameo == "-" else cameo,
                marks,
                name,
                number,
            )


def _needs(cell: str, classes: Mapping[str, str]) -> tuple[Need, ...]:
    if cell == "-":
        return ()
    return tuple(_need(part, classes) for part in cell.split(";"))


def _need(part: str, classes: Mapping[str, str]) -> Need:
    slot, equals, values = part.partition("=")
    forbidden = slot.endswith("!")
    slot = slot.rstrip("!")
    lemmas: set[str] = set()
    for value in values.split("|") if equals and values != "*" else ():
        if value[:1] != "@":
            lemmas.add(value)
        elif value[1:] in classes:
            lemmas.update(classes[value[1:]].split("|"))
        else:
            raise ValueError(f"the word class '{value}' is not in _classes.tsv")
    if not slot or "" in lemmas or (not equals and slot != "comp"):
        raise ValueError(f"the need '{part}' is not slot=lemma|lemma, slot!=lemma, slot=* or comp")
    return Need(slot, frozenset(lemmas), forbidden)


@cache
def _places(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(","))


@cache
def _flags(cell: str) -> frozenset[str]:
    return frozenset() if cell == "-" else frozenset(cell.split(";"))


def _matches(lemma: str, lemmas: frozenset[str]) -> bool:
    return lemma in lemmas or any(value[-1] == "*" and lemma.startswith(value[:-1]) for value in lemmas)


def _specificity(frame: Frame) -> tuple[int, int, int]:
    wanted = sum(not need.forbidden for need in frame.needs)
    return (-len(frame.predicate), -wanted, -len(frame.needs))


def _stem(word: str) -> str:
    return word[:_STEM] if len(word) > _STEM else word
