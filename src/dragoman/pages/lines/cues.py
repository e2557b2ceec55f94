"""Words that tell what a furniture line is for: 'Read also', 'Votre commentaire', 'شروط التعليق' (data/cues.tsv)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

KINDS = ("related", "share", "comments", "footer", "navigation", "byline", "caption", "date", "other")
_PLACES = ("label", "start", "any")
_TOKEN = re.compile(r"\w+")
_OPENING = re.compile(r"\W*(?:\d+\W+){0,3}(\w+)")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[0-9])(?=[A-Za-z])")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_AFTER_LABEL = re.compile(r"\s*(?:\(?[\d\s.,٠-٩]+\)?)?\s*(?:$|[:：|>»/›…*]|\s-\s|[–—]|\s{2}|\.{2,}|#)")
_LONG = 320  # a line with more characters than this is prose: only its beginning is looked at
_HEAD = 90  # characters at a line's beginning where a label or start cue may stand
_GLUED = 160  # characters up to which a line may be several furniture lines glued together


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of data/cues.tsv: where `tokens` stand at `place`, the line is of `kind`."""

    kind: str
    place: str
    tokens: tuple[str, ...]
    tags: bool = False  # navigation that lists the article's subjects: the article ends there


@dataclass(frozen=True, slots=True)
class _Book:
    by_first: dict[str, tuple[Cue, ...]]
    any_first: frozenset[str]
    arabic: tuple[tuple[str, Cue], ...]


@cache
def _folding() -> dict[int, str]:
    """Latin letters without accents, Arabic ones without vowel signs and with one form of alef, ya and ta marbuta."""
    table: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))
        if base and base != chr(code):
            table[code] = base
    table.update({code: "" for code in (*range(0x64B, 0x653), 0x670, 0x640, 0x300, 0x301, 0x302, 0x327)})
    table.update({ord(c): "ا" for c in "أإآٱ"} | {ord("ى"): "ي", ord("ة"): "ه", ord("’"): "'", ord("\u00a0"): " "})
    return table


def fold(text: str) -> str:
    """`text` in lower case without accents or Arabic vowel signs, for comparing words only (lengths may change)."""
    return text.lower() if text.isascii() else text.translate(_folding()).lower()


def words(text: str) -> list[str]:
    """The folded words of `text`."""
    return _TOKEN.findall(fold(text))


def _rows() -> Iterator[Cue]:
    path = resources.files(__package__).joinpath("data", "cues.tsv")
    with path.open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            tokens = tuple(words(row["phrase"]))
            if row["kind"] not in (*KINDS, "tags") or row["place"] not in _PLACES or not tokens:
                raise ValueError(f"data/cues.tsv, line {number}: unknown kind or place, or no word: {row}")
            tags = row["kind"] == "tags"
            yield Cue("navigation" if tags else row["kind"], row["place"], tokens, tags)


@cache
def _book() -> _Book:
    by_first: dict[str, list[Cue]] = {}
    for cue in sorted(set(_rows()), key=lambda c: (-len(c.tokens), c.kind, c.place, c.tokens)):
        by_first.setdefault(cue.tokens[0], []).append(cue)
    arabic = [(" ".join(c.tokens), c) for cues in by_first.values() for c in cues if _ARABIC.search(c.tokens[0])]
    return _Book(
        {first: tuple(cues) for first, cues in by_first.items()},
        frozenset(first for first, cues in by_first.items() if any(c.place == "any" for c in cues)),
        tuple((phrase, cue) for phrase, cue in arabic if cue.place == "any"),
    )


def find_cue(line: str) -> Cue | None:
    """The cue that says what `line` is for, or None. The longest phrase at the line's beginning wins."""
    if len(line) > _LONG:
        return _at_start(fold(line[:_HEAD]), cut_off=True)
    return _short_cue(line) if len(line) <= _GLUED else _search(fold(line))


@lru_cache(maxsize=16384)
def _short_cue(line: str) -> Cue | None:
    return _search(fold(_CAMEL.sub(" ", line)))


def _at_start(folded: str, cut_off: bool) -> Cue | None:
    """The label or start cue that the words of `folded` begin with, a leading number aside."""
    opening = _OPENING.match(folded)
    cues = _book().by_first.get(opening.group(1)) if opening else None
    if opening is None or cues is None:
        return None
    found = list(_TOKEN.finditer(folded, opening.start(1), _HEAD))
    tokens = tuple(m.group() for m in found)
    for cue in cues:
        size = len(cue.tokens)
        if cue.place == "any" or tokens[:size] != cue.tokens or (cut_off and size == len(tokens)):
            continue
        if cue.place == "start" or _AFTER_LABEL.match(folded, found[size - 1].end()):
            return cue
    return None


def _search(folded: str) -> Cue | None:
    book = _book()
    cue = _at_start(folded, cut_off=False)
    if cue is not None:
        return cue
    tokens = _TOKEN.findall(folded)
    if not book.any_first.isdisjoint(tokens):
        for i, token in enumerate(tokens):
            for cue in book.by_first[token] if token in book.any_first else ():
                if cue.place == "any" and tuple(tokens[i : i + len(cue.tokens)]) == cue.tokens:
                    return cue
    if len(folded) <= _GLUED and _ARABIC.search(folded):  # Arabic words are glued too, and no capital shows the seam
        return next((cue for phrase, cue in book.arabic if phrase in folded), None)
    return None
