"""Frames: what a predicate with certain words beside it means, read from TSV and indexed by lemma (docs/frames.md).

Beyond docs/frames.md: in `needs`, `@name` stands for a class of words from the language's `_classes.tsv` (`@to_release`
verbs, `@troops` nouns); a value may end in `*` (any lemma that starts so); one with `_` is a head with its compound
(`obj=tear_gas`), so a slot should offer both the head lemma (`gas`) and the compound (`tear_gas`). `comp=` also matches
an object predicative ("declared him **persona** non grata"). In predicates `_` joins the words of a fixed multiword, as
lemmas, in order; between those of a verb the object may stand ("sent the ambassador home"). A place may have two steps
(`comp.with`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("predicate", "needs", "source", "target", "type", "mode", "cameo", "flags")
PARTS_OF_SPEECH = frozenset("vna")
FLAGS = frozenset(
    [
        *("symmetric", "third", "light", "weak", "headline", "no-passive"),
        *("needs-target", "needs-source", "needs-pair"),
        *(f"status={status}" for status in ("planned", "cancelled", "hypothetical", "negated", "ongoing", "occurred")),
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_STEM = 4  # characters of a word that the gate compares: short enough to survive inflection


class FrameError(ValueError):
    """A line of a frame file that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Need:
    """One condition: `slot` (or one of several, `|`-separated) holds one of `lemmas`; no lemmas: it is filled.

    A `forbidden` one is met where that is not so.
    """

    slot: str
    lemmas: frozenset[str]
    forbidden: bool = False

    def met(self, slots: Mapping[str, Collection[str]]) -> bool:
        """Whether the lemmas found in each slot of a predicate meet this condition."""
        found: Collection[str] = slots.get(self.slot, ())
        if "|" in self.slot:
            found = [lemma for slot in self.slot.split("|") for lemma in slots.get(slot, ())]
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
        place = f"{self.file}:{self.line}" if self.line else self.file  # a learned reader's has no line
        return f"{'_'.join(self.predicate)}.{self.pos} → {self.type} ({place})"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a frame file, cut but not yet interpreted: a file of thousands is read in milliseconds."""

    predicates: tuple[str, ...]
    pos: str
    cells: tuple[str, ...]
    file: Path
    number: int

    def frame(self, predicate: str, classes: Mapping[str, str]) -> Frame:
        """The frame of one of the line's predicates. Raises FrameError if its needs cannot be read."""
        needs, source, target, kind, mode, cameo, flags = self.cells
        try:
            parsed = () if needs == "-" else tuple(_need(part, classes) for part in needs.split(";"))
        except ValueError as error:
            raise FrameError(f"{self.file}, line {self.number}: {error}") from error
        return Frame(
            tuple(predicate.split("_")),
            self.pos,
            parsed,
            _list(source, ","),
            _list(target, ","),
            kind,
            None if mode == "-" else mode,
            None if cameo == "-" else cameo,
            frozenset(_list(flags, ";")),
            "/".join(self.file.parts[-2:]),
            self.number,
        )


class FrameIndex:
    """Frames of one language by predicate lemma and part of speech, built as they are asked for."""

    __slots__ = ("_classes", "_forms", "_frames", "_latin", "_lines", "_stems", "language", "lemmas", "size")

    def __init__(
        self,
        language: str,
        lines: Iterable[Line],
        classes: Mapping[str, str] | None = None,
        forms: Mapping[str, str] | None = None,
    ) -> None:
        """Index `lines`; a later one replaces an earlier one with the same predicate and needs, type `-` removes it.

        `classes` gives the words (`|`-separated) of each class; `forms` maps verb forms to lemmas.
        """
        groups: dict[tuple[str, str], dict[tuple[str, str], Line]] = {}
        for line in lines:
            for predicate in line.predicates:
                # a tokenizer may cut at hyphens: "pull-out" is looked for as "pull - out" too
                for form in {predicate, predicate.replace("-", "_-_")}:
                    group = groups.setdefault((form.partition("_")[0], line.pos), {})
                    key = (form, line.cells[0])
                    group.pop(key, None)
                    if line.cells[3] != "-":
                        group[key] = line
        self.language = language
        self.lemmas = frozenset(lemma for (lemma, _), group in groups.items() if group)
        self.size = sum(map(len, groups.values()))
        self._lines = groups
        self._classes = classes or {}
        self._frames: dict[tuple[str, str], tuple[Frame, ...]] = {}
        self._forms = {form: lemma for form, lemma in (forms or {}).items() if lemma in self.lemmas}
        self._stems = frozenset(_stem(lemma) for lemma in self.lemmas)
        self._latin = all(lemma[:1] < "\u0250" for lemma in self.lemmas)

    def of(self, lemma: str, pos: str) -> tuple[Frame, ...]:
        """Frames whose (first) lemma this is, the most specific first, then the last read; `pos` is `v`, `n` or `a`.

        Raises FrameError if the needs of one cannot be read.
        """
        key = (lemma, pos)
        found = self._frames.get(key)
        if found is None:
            frames = [line.frame(p, self._classes) for (p, _), line in self._lines.get(key, {}).items()]
            found = self._frames[key] = tuple(sorted(reversed(frames), key=_specificity))
        return found

    def verb_of(self, form: str) -> str | None:
        """The verb that this word form (lower case) belongs to, if frames name it: for verbs tagged as nouns."""
        return self._forms.get(form) or (form if (form, "v") in self._lines else None)

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
        for group in self._lines.values():
            for (predicate, _), line in group.items():
                yield line.frame(predicate, self._classes)

    def __len__(self) -> int:
        return self.size


def read_lines(path: Path) -> list[Line]:
    """The lines of a frame file. Raises FrameError, naming file and line, for one without the eight columns."""
    return list(cut_lines(path.read_text(encoding="utf-8"), path))


def cut_lines(text: str, file: Path) -> Iterator[Line]:
    """The lines in the text of the frame file `file`; comments, blank lines and the header are left out."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line[0] == "#" or line.startswith("predicate\t") or not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(COLUMNS):
            wanted = f"{len(COLUMNS)}: {' '.join(COLUMNS)}"
            raise FrameError(f"{file}, line {number}: {len(cells)} columns, expected {wanted}")
        lemmas, _, pos = cells[0].rpartition(".")
        if pos not in PARTS_OF_SPEECH or not lemmas:
            raise FrameError(f"{file}, line {number}: the predicate '{cells[0]}' does not end in .v, .n or .a")
        yield Line(tuple(lemmas.split("|")), pos, tuple(cells[1:]), file, number)


def _need(part: str, classes: Mapping[str, str]) -> Need:
    slot, equals, values = part.partition("=")
    forbidden = slot.endswith("!")
    slot = slot.rstrip("!")
    lemmas: set[str] = set()
    for value in values.split("|") if equals and values != "*" else ():
        if value[:1] != "@":
            lemmas.update((value, value.replace("-", "_")))
        elif value[1:] in classes:
            lemmas.update(classes[value[1:]].split("|"))
        else:
            raise ValueError(f"the word class '{value}' is not in _classes.tsv")
    if not slot or "" in lemmas or (not equals and slot != "comp"):
        raise ValueError(f"the need '{part}' is not slot=lemma|lemma, slot!=lemma, slot=* or comp")
    return Need(slot, frozenset(lemmas), forbidden)


def _list(cell: str, separator: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(separator))


def _matches(lemma: str, lemmas: frozenset[str]) -> bool:
    return lemma in lemmas or any(value[-1] == "*" and lemma.startswith(value[:-1]) for value in lemmas)


def _specificity(frame: Frame) -> tuple[int, int, int]:
    wanted = sum(not need.forbidden for need in frame.needs)
    return (-len(frame.predicate), -wanted, -len(frame.needs))


def _stem(word: str) -> str:
    return word[:_STEM] if len(word) > _STEM else word
