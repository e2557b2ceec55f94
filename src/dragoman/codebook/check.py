"""Finds what is wrong in a codebook's files: unknown names, duplicates, lines out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.codebook import Codebook, read_classes, read_table
from dragoman.codebook.frames import FLAGS, Frame, FrameError, cut_lines

PLACES = frozenset({"subj", "obj", "iobj", "poss", "xsubj", "mod", "comp"})
_PREPOSITION = re.compile(r"[^\W\d]+(?:[ '’-][^\W\d]+)*['’]?")


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
        for language in sorted(path for path in (folder / "frames").glob("*") if path.is_dir()):
            seen: dict[tuple[str, str, str], str] = {}
            classes = read_classes(codebook.folders, language.name)
            for path in sorted(language.glob("*.tsv")):
                if path.name[0] != "_":
                    yield from _check_frame_file(codebook, path, classes, seen)


def _check_frame_file(
    codebook: Codebook, path: Path, classes: Mapping[str, str], seen: dict[tuple[str, str, str], str]
) -> Iterator[Problem]:
    file = str(path)
    previous = ""
    text = path.read_text(encoding="utf-8").split("\n")
    try:
        lines = list(cut_lines("\n".join(text), path))
    except FrameError as error:
        yield Problem(file, 0, str(error))
        return
    for line in lines:
        if text[line.number - 1] < previous:
            yield Problem(file, line.number, "the line is out of order (files are sorted)")
        previous = text[line.number - 1]
        for predicate in line.predicates:
            key = (predicate, line.pos, line.cells[0])
            if key in seen:
                yield Problem(file, line.number, f"'{predicate}' with these needs stands in {seen[key]} already")
            seen[key] = f"{path.name}, line {line.number},"
        try:
            frame = line.frame(line.predicates[0], classes)
        except FrameError as error:
            yield Problem(file, line.number, str(error).partition(": ")[2])
            continue
        if frame.type != "-":
            yield from (Problem(file, line.number, fault) for fault in _faults(codebook, frame, path.stem))


def _faults(codebook: Codebook, frame: Frame, stem: str) -> Iterator[str]:
    if frame.type not in codebook.types:
        yield f"the type '{frame.type}' is unknown"
    elif (frame.type, frame.mode or "-") not in codebook.modes:
        yield f"{frame.type} has no mode '{frame.mode}'"
    elif stem in codebook.types and stem != frame.type:
        yield f"a frame of {frame.type} stands in the file of {stem}"
    if frame.cameo is not None and frame.cameo not in codebook.cameo:
        yield f"the CAMEO code '{frame.cameo}' is unknown"
    for flag in sorted(frame.flags - FLAGS):
        yield f"the flag '{flag}' is unknown"
    for place in (*frame.sources, *frame.targets):
        if not _is_place(place):
            yield f"the place '{place}' is unknown"
    for need in frame.needs:
        if not all(_is_place(slot) for slot in need.slot.split("|")):
            yield f"the need '{need.slot}' is no slot or preposition"


def _is_place(place: str) -> bool:
    """A place or slot is a path of one or two steps, each a fixed place or a preposition: `with`, `obj.of`, `comp.to`.

    A preposition of several words has blanks ("auprès de").
    """
    steps = place.split(".")
    return len(steps) <= 2 and all(step in PLACES or bool(_PREPOSITION.fullmatch(step)) for step in steps)
