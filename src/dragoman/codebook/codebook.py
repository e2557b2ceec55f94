"""The codebook: PLOVER types, modes and contexts, CAMEO, and the frames of each language, as one frozen value."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dragoman.codebook.frames import FrameError, FrameIndex, read_lines
from dragoman.codebook.words import ContextWords

DATA = Path(__file__).with_name("data")
VERSION = "PLOVER-2021+dragoman-1"


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event type. `quad` is 1–4; `score` PLOVER's base score, -10 to 10."""

    name: str
    quad: int
    score: float
    needs_recipient: bool
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A PLOVER mode of a type (`name` is `-` for the type without one) with its score and its best CAMEO code."""

    type: str
    name: str
    score: float
    definition: str
    cameo: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code. `quad` is CAMEO's own; `type` and `mode` the PLOVER equivalent, None where PLOVER has none."""

    code: str
    root: str
    name: str
    quad: int
    goldstein: float
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All that the coder knows about event types. Frames and context words are read on first use, per language."""

    types: Mapping[str, EventType]
    modes: Mapping[tuple[str, str], Mode]
    contexts: Mapping[str, str]
    cameo: Mapping[str, CameoCode]
    version: str
    digest: str
    folders: tuple[Path, ...]
    _choice: Mapping[tuple[str, str, str], str] = field(repr=False)

    def quad(self, type: str) -> int:
        """PLOVER quad class of a type: 1 verbal cooperation … 4 material conflict. KeyError if unknown."""
        return self.types[type].quad

    def score(self, type: str, mode: str | None = None) -> float:
        """PLOVER score of a type and mode; the type's base score where the mode is unknown."""
        found = self.modes.get((type, mode or "-"))
        return found.score if found else self.types[type].score

    def goldstein(self, code: str) -> float:
        """Goldstein score of a CAMEO code, or of the nearest broader code; 0 if there is none."""
        for length in range(len(code), 1, -1):
            for candidate in (code[:length], code[:length] + "0"):
                if candidate in self.cameo:
                    return self.cameo[candidate].goldstein
        return 0.0

    def cameo_for(
        self, type: str, mode: str | None = None, hint: str | None = None, contexts: Iterable[str] = ()
    ) -> str:
        """The best CAMEO code: the frame's (`hint`) if it is one, else by context, else the mode's or the type's."""
        if hint is not None and hint in self.cameo:
            return hint
        for context in contexts:
            chosen = self._choice.get((type, mode or "-", context))
            if chosen:
                return chosen
        found = self.modes.get((type, mode or "-")) or self.modes[type, "-"]
        return found.cameo

    def contexts_of(self, words: Iterable[str], language: str) -> tuple[str, ...]:
        """Contexts that these words (a sentence's lemmas or forms, in order) signal, the strongest first."""
        return _context_words(self.folders, language).of(words)

    def frames(self, language: str) -> FrameIndex:
        """The frames of a language; empty where there are none. Raises FrameError for a line that cannot be read."""
        return _frame_index(self.folders, language)

    def languages(self) -> tuple[str, ...]:
        """Languages that have frames."""
        return _languages(self.folders)


@lru_cache(maxsize=8)
def load(extra: Path | None = None) -> Codebook:
    """Our codebook, with the files of the folder `extra` (same layout as `data/`) read after ours and winning.

    Raises FileNotFoundError if `extra` is no folder, FrameError or ValueError naming file and line of a bad row.
    """
    if extra is not None and not extra.is_dir():
        raise FileNotFoundError(f"the codebook folder {extra} does not exist or is no folder")
    folders = (DATA,) if extra is None else (DATA, extra)
    types = {
        row["type"]: EventType(
            row["type"], int(row["quad"]), float(row["score"]), row["needs_recipient"] == "yes", row["definition"]
        )
        for row in _rows(folders, "types.tsv", ("type", "quad", "score", "needs_recipient", "definition"))
    }
    modes = {
        (row["type"], row["mode"]): Mode(row["type"], row["mode"], float(row["score"]), row["definition"], row["cameo"])
        for row in _rows(folders, "modes.tsv", ("type", "mode", "score", "definition", "cameo"))
    }
    contexts = {r["context"]: r["definition"] for r in _rows(folders, "contexts.tsv", ("context", "definition"))}
    cameo = {
        row["code"]: CameoCode(
            row["code"],
            row["root"],
            row["name"],
            int(row["quad"]),
            float(row["goldstein"]),
            None if row["type"] == "-" else row["type"],
            None if row["mode"] == "-" else row["mode"],
            () if row["contexts"] == "-" else tuple(row["contexts"].split(";")),
        )
        for row in _rows(
            folders, "cameo.tsv", ("code", "root", "name", "quad", "goldstein", "type", "mode", "contexts")
        )
    }
    choice = {
        (row["type"], row["mode"], row["context"]): row["cameo"]
        for row in _rows(folders, "cameo_choice.tsv", ("type", "mode", "context", "cameo"))
    }
    return Codebook(
        MappingProxyType(types),
        MappingProxyType(modes),
        MappingProxyType(contexts),
        MappingProxyType(cameo),
        VERSION,
        _digest(folders),
        folders,
        MappingProxyType(choice),
    )


def read_table(path: Path, columns: Collection[str]) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file with a header; `#` lines are comments. Raises ValueError naming file and line."""
    header: list[str] | None = None
    with path.open(encoding="utf-8", newline="") as lines:
        for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = cells
                missing = [name for name in columns if name not in header]
                if missing:
                    raise ValueError(f"{path}, line {number}: the header lacks {', '.join(missing)}")
                continue
            if len(cells) != len(header):
                raise ValueError(f"{path}, line {number}: {len(cells)} columns, expected {len(header)}")
            yield dict(zip(header, cells, strict=True))


def _rows(folders: Iterable[Path], name: str, columns: Collection[str]) -> Iterator[dict[str, str]]:
    for folder in folders:
        path = folder / name
        if path.is_file():
            yield from read_table(path, columns)


def _digest(folders: Iterable[Path]) -> str:
    """Twelve hexadecimal digits that change with any file of the codebook."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.tsv")):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:12]


@lru_cache(maxsize=32)
def _languages(folders: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(sorted({p.name for folder in folders for p in (folder / "frames").glob("*") if p.is_dir()}))


@lru_cache(maxsize=32)
def _frame_index(folders: tuple[Path, ...], language: str) -> FrameIndex:
    classes = read_classes(folders, language)
    lines = []
    forms: dict[str, str] = {}
    for folder in folders:
        for path in sorted((folder / "frames" / language).glob("*.tsv")):
            if path.name == "_forms.tsv":
                forms.update(_pairs(path))
            elif path.name[0] != "_":
                lines.extend(read_lines(path))
    return FrameIndex(language, lines, classes, forms)


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Form and lemma of each line: `read_table` without its checks, for a file of thousands that programs write."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        form, _, lemma = line.partition("\t")
        if lemma and line[0] != "#":
            yield form, lemma


def read_classes(folders: Iterable[Path], language: str) -> dict[str, str]:
    """Word classes that the needs of a language's frames name: class to `|`-separated lemmas."""
    classes: dict[str, str] = {}
    for folder in folders:
        path = folder / "frames" / language / "_classes.tsv"
        if path.is_file():
            classes.update((row["class"], row["words"]) for row in read_table(path, ("class", "words")))
    return classes


@lru_cache(maxsize=32)
def _context_words(folders: tuple[Path, ...], language: str) -> ContextWords:
    table: dict[str, set[str]] = {}
    for folder in folders:
        path = folder / "contexts_words" / f"{language}.tsv"
        if path.is_file():
            for row in read_table(path, ("context", "words")):
                table.setdefault(row["context"], set()).update(row["words"].split("|"))
    return ContextWords(table)


__all__ = ["CameoCode", "Codebook", "EventType", "FrameError", "Mode", "load", "read_classes", "read_table"]
