"""Finds what is wrong in a codebook's files: unknown names, duplicates, lines out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.codebook import Codebook, read_classes, read_table
from dragoman.codebook.frames import FLAGS, FrameError, parse_frames

PLACES = frozenset({"subj", "obj", "iobj", "poss", "xsubj", "mod", "comp"})
SLOTS = frozenset({"obj", "subj", "mod", "comp"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, with the file and line (1-based; 0 for the file as a whole) where it stands."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


def check(codebook: Codebook) -> list[Problem]:
    """All problems of all files of `codebook`; an empty list means it is sound."""
    return [*_check_tables(codebook), *_check_words(codebook), *_check_frames(codebook)]


def _check_tables(codebook: Codebook) -> Iterator[Problem]:
    for mode in codebook.modes.values():
        if mode.type not in codebook.types:
            yield Problem("modes.tsv", 0, f"the type '{mode.type}' of mode '{mode.name}' is unknown")
        if mode.cameo not in codebook.cameo:
            yield Problem("modes.tsv", 0, f"the CAMEO code '{mode.cameo}' of {mode.type} {mode.name} is unknown")
    for name in codebook.types:
        if (name, "-") not in codebook.modes:
            yield Problem("modes.tsv", 0, f"the type {name} lacks its row without mode ('-')")
    for code in codebook.cameo.values():
        if code.type is not None and (code.type, code.mode or "-") not in codebook.modes:
            yield Problem("cameo.tsv", 0, f"{code.code}: there is no type and mode {code.type} {code.mode or '-'}")
        if not code.code.startswith(code.root):
            yield Problem("cameo.tsv", 0, f"{code.code}: the root {code.root} does not begin the code")
        for context in code.contexts:
            if context not in codebook.contexts:
                yield Problem("cameo.tsv", 0, f"{code.code}: the context '{context}' is unknown")
    for (kind, name, context), cameo in codebook._choice.items():
        if (kind, name) not in codebook.modes or context not in codebook.contexts or cameo not in codebook.cameo:
            yield Problem("cameo_choice.tsv", 0, f"{kind} {name} {context} {cameo}: one of these names is unknown")


def _check_words(codebook: Codebook) -> Iterator[Problem]:
    for folder in codebook.folders:
        for path in sorted((folder / "contexts_words").glob("*.tsv")):
            for row in read_table(path, ("context", "words")):
                words = row["words"].split("|")
                if row["context"] not in codebook.contexts:
                    yield Problem(str(path), 0, f"the context '{row['context']}' is unknown")
                for word in sorted({word for word in words if words.count(word) > 1}):
                    yield Problem(str(path), 0, f"{row['context']}: '{word}' stands twice")


def _check_frames(codebook: Codebook) -> Iterator[Problem]:
    for folder in codebook.folders:
        for path in sorted((folder / "frames").glob("*/*.tsv")):
            if not path.name.startswith("_"):
                yield from _check_frame_file(codebook, path)


def _check_frame_file(codebook: Codebook, path: Path) -> Iterator[Problem]:
    file = str(path)
    seen: dict[tuple[object, ...], int] = {}
    previous = ""
    text = path.read_text(encoding="utf-8")
    classes = read_classes(codebook.folders, path.parent.name)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line[0] == "#" or line.startswith("predicate\t"):
            continue
        if line < previous:
            yield Problem(file, number, "the line is out of order (files are sorted)")
        previous = line
        try:
            frames = list(parse_frames(line, file, classes))
        except FrameError as error:
            yield Problem(file, number, str(error).partition(": ")[2])
            continue
        if len({frame.predicate for frame in frames}) < len(frames):
            yield Problem(file, number, "a lemma stands twice in the predicate")
        for frame in frames:
            key = (frame.predicate, frame.pos, frame.needs)
            if key in seen and seen[key] != number:
                twin = "_".join(frame.predicate)
                yield Problem(file, number, f"'{twin}' with these needs stands in line {seen[key]} already")
            seen[key] = number
        frame = frames[0]
        if frame.type == "-":
            continue
        if frame.type not in codebook.types:
            yield Problem(file, number, f"the type '{frame.type}' is unknown")
        elif (frame.type, frame.mode or "-") not in codebook.modes:
            yield Problem(file, number, f"{frame.type} has no mode '{frame.mode}'")
        elif path.stem in codebook.types and path.stem != frame.type:
            yield Problem(file, number, f"a frame of {frame.type} stands in the file of {path.stem}")
        if frame.cameo is not None and frame.cameo not in codebook.cameo:
            yield Problem(file, number, f"the CAMEO code '{frame.cameo}' is unknown")
        for flag in sorted(frame.flags - FLAGS):
            yield Problem(file, number, f"the flag '{flag}' is unknown")
        for place in (*frame.sources, *frame.targets):
            if not _is_place(place):
                yield Problem(file, number, f"the place '{place}' is unknown")
        for need in frame.needs:
            if need.slot not in SLOTS and not need.slot.replace("_", "").isalpha():
                yield Problem(file, number, f"the need '{need.slot}' is no slot or preposition")


def _is_place(place: str) -> bool:
    """A place is a path of one or two steps, each a fixed place or a preposition: `with`, `obj.of`, `comp.to`."""
    steps = place.split(".")
    return len(steps) <= 2 and all(step in PLACES or step.replace("_", "").isalpha() for step in steps)
