"""Language-blind numbers about each line of a page and its neighbourhood: what the trees read.

`base` looks at each line alone; `context` adds neighbours, position and running sums. Both return float32 arrays of
one row per line. The order of columns is part of the shipped model: change it only together with `training/lines.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from dragoman.pages.lines.cues import KINDS, Cue, find_cue
from dragoman.pages.lines.split import Line
from dragoman.pages.lines.when import find_date, says_age

Array = NDArray[np.float32]

_FINAL = re.compile(r"[.!?؟…۔。]['\"”’»›)\]\s]*$")
_ADDRESSES = ("@", "http", "www.", ".com", ".org", ".net", ".info")
_BULLETS = frozenset("•◦▪●○■►▸‣∙·*+–—-#")
_FINALS, _CLOSERS, _COMMAS, _SEPARATORS, _PIPES, _RIGHTS = ".!?؟…۔。", "'\"”’»›)]", ",،", "|·•/>»›:*–—-", "|›>", "©®™"
_LETTER, _UPPER, _LOWER, _DIGIT, _SPACE, _STOP = (1 << k for k in range(6))
_CLOSER, _COMMA, _QUOTE, _SEPARATOR, _PIPE, _RIGHT = (1 << k for k in range(6, 12))
_KNOWN = 0x3000  # characters from here on count as letters without case

BASE = (
    "chars", "words", "long", "final", "colon", "comma", "upper", "capitalised", "digits", "bullet", "separators",
    "rights", "address", "inner", "recurs", "cased", "word_length", "commas", "quote", "continuation", "gap_before",
    "glued", "date", "age", "short_words", "weak_cue", *(f"cue_{kind}" for kind in KINDS),
)  # fmt: skip
_COLUMN = {name: i for i, name in enumerate(BASE)}
_ALONE = len(BASE) - len(KINDS)
_NEIGHBOURS = (
    "chars", "final", "long", "inner", "capitalised", "separators", "furniture", "recurs", "gap_before", "continuation",
)  # fmt: skip
PROSE = 60  # characters from which a line with a full stop counts as prose
_SHORT = 120  # characters up to which a line is searched for dates and ages


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a full stop, question or exclamation mark, closing quotes and brackets aside."""
    return _FINAL.search(text, max(0, len(text) - 8)) is not None


@cache
def _classes() -> NDArray[np.uint16]:
    """What each character up to `_KNOWN` is, as a sum of bits; one more entry for all others."""
    table = np.zeros(_KNOWN + 1, np.uint16)
    for code in range(_KNOWN):
        c = chr(code)
        table[code] = (
            _LETTER * c.isalpha()
            | _UPPER * c.isupper()
            | _LOWER * c.islower()
            | _DIGIT * c.isdigit()
            | _SPACE * (c.isspace() and c != "\n")
            | _STOP * (c in _FINALS)
            | _CLOSER * (c in _CLOSERS)
            | _COMMA * (c in _COMMAS)
            | _QUOTE * (c in '"“”«»')
            | _SEPARATOR * (c in _SEPARATORS)
            | _PIPE * (c in _PIPES)
            | _RIGHT * (c in _RIGHTS)
        )
    table[_KNOWN] = _LETTER
    return table


def _count(lines: Sequence[Line]) -> dict[str, Array]:
    """Counts of characters, words and seams in every line, made for the whole page at once."""
    joined = "\n" + "\n".join(line.text for line in lines) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _classes()[np.minimum(codes, _KNOWN)]
    breaks = np.flatnonzero(codes == 10)
    starts = breaks[:-1] + 1

    def per_line(flags: NDArray[np.bool_]) -> Array:
        padded = np.zeros(len(kinds), np.float32)
        padded[: len(flags)] = flags
        sums: Array = np.add.reduceat(padded, starts)
        return sums

    def has(bit: int) -> NDArray[np.bool_]:
        return (kinds & bit) > 0

    space, stop, digit, letter, upper, lower = map(has, (_SPACE, _STOP, _DIGIT, _LETTER, _UPPER, _LOWER))
    blank = space | (codes == 10)
    separator = has(_SEPARATOR)
    first = np.concatenate([[False], ~blank[1:] & blank[:-1]])
    last = np.concatenate([~blank[:-1] & blank[1:], [False]])
    word_at = np.flatnonzero(first)
    short = np.zeros(len(kinds), bool)
    short[word_at] = np.flatnonzero(last) - word_at < 3
    inner = (stop[:-2] & space[1:-1]) | (stop[:-2] & has(_CLOSER)[1:-1] & space[2:])
    lone = np.concatenate([[False], space[:-2] & separator[1:-1] & space[2:]])
    wide = np.concatenate([[False], ~blank[:-2] & space[1:-1] & space[2:]])
    seams = (lower[:-1] & upper[1:]) | (digit[:-1] & letter[1:]) | (letter[:-1] & digit[1:])
    return {
        "size": np.diff(breaks).astype(np.float32) - 1,
        "words": per_line(first),
        "letters": per_line(letter),
        "upper": per_line(upper),
        "lower": per_line(lower),
        "digits": per_line(digit),
        "capitalised": per_line(first & upper),
        "short_words": per_line(short),
        "commas": per_line(has(_COMMA)),
        "quotes": per_line(has(_QUOTE)),
        "rights": per_line(has(_RIGHT)),
        "inner": per_line(inner),
        "separators": per_line(lone) + per_line(wide) + per_line(has(_PIPE)),
        "glued": per_line(seams),
        "first_lower": lower[starts].astype(np.float32),
    }


def base(lines: Sequence[Line], cues: Sequence[Cue | None]) -> Array:
    """One row per line, columns `BASE`, looking at the line alone (and at how often it recurs on the page)."""
    times = Counter(line.text for line in lines)
    n = _count(lines)
    size, words, letters = n["size"], np.maximum(n["words"], 1), np.maximum(n["letters"], 1)
    table = np.zeros((len(lines), len(BASE)), np.float32)
    vectors = {
        "chars": np.log1p(size), "words": np.log1p(words), "long": size >= 80, "upper": n["upper"] / letters,
        "capitalised": n["capitalised"] / words, "digits": n["digits"] / size, "separators": np.log1p(n["separators"]),
        "rights": (n["rights"] > 0) & (size < 400), "inner": np.log1p(n["inner"]),
        "cased": (n["upper"] + n["lower"]) / letters,
        "word_length": letters / words, "commas": np.log1p(n["commas"]), "quote": n["quotes"] > 0,
        "continuation": n["first_lower"], "glued": np.where(size < _SHORT, n["glued"], 0),
        "short_words": n["short_words"] / words,
    }  # fmt: skip
    for name, column in vectors.items():
        table[:, _COLUMN[name]] = column
    digits = n["digits"].tolist()
    final, colon, comma, bullet, rights, address = (
        _COLUMN[name] for name in ("final", "colon", "comma", "bullet", "rights", "address")
    )
    recurs, gap, date, age, weak = (_COLUMN[name] for name in ("recurs", "gap_before", "date", "age", "weak_cue"))
    for i, (line, cue) in enumerate(zip(lines, cues, strict=True)):
        text, row = line.text, table[i]
        row[final] = ends_sentence(text)
        row[colon], row[comma] = text[-1] == ":", text[-1] in ",،;؛-"
        row[bullet] = text[0] in _BULLETS or (text[0].isdigit() and text[1:3] in (". ", ") "))
        if times[text] > 1:
            row[recurs] = log(times[text])
        if line.gap:
            row[gap] = min(line.gap, 3)
        if len(text) < 400:
            row[address] = any(mark in text for mark in _ADDRESSES)
            if "(c)" in text or "(C)" in text:
                row[rights] = 1
        if len(text) < _SHORT:
            if digits[i]:
                row[date] = find_date(text) is not None
                row[age] = says_age(text)
            elif "منذ" in text:
                row[age] = says_age(text)
        if cue is not None:
            row[weak] = cue.place == "any"
            row[_ALONE + KINDS.index(cue.kind)] = 1
    return table


def _shift(column: Array, by: int) -> Array:
    """The value `by` lines below (above where negative); -1 beyond the page."""
    out = np.full_like(column, -1)
    if by > 0:
        out[:-by] = column[by:]
    elif by < 0:
        out[-by:] = column[:by]
    return out


def _window(column: Array, reach: int) -> Array:
    """Sum of `column` over `reach` lines either side and the line itself."""
    total = np.concatenate([[0.0], np.cumsum(column, dtype=np.float64)])
    index = np.arange(len(column))
    low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, len(column))
    sums: Array = (total[high] - total[low]).astype(np.float32)
    return sums


def _since(flag: Array) -> Array:
    """Lines since the last line where `flag` is set (log), 6 where there was none."""
    index = np.arange(len(flag))
    last = np.maximum.accumulate(np.where(flag > 0, index, -1))
    return np.where(last >= 0, np.log1p(index - last), 6).astype(np.float32)


def context(table: Array) -> Array:
    """`table` from `base`, with the neighbourhood of every line added to its row."""
    n = len(table)

    def column(name: str) -> Array:
        return table[:, _COLUMN[name]]

    size = np.expm1(column("chars"))
    cue = table[:, _ALONE:].max(axis=1)
    closing = np.maximum.reduce([table[:, _COLUMN[f"cue_{k}"]] for k in ("related", "comments", "footer")])
    prose = ((size >= PROSE) & (column("final") > 0) & (cue == 0)).astype(np.float32)
    weight = prose * np.minimum(size, 600)
    before = np.cumsum(weight) - weight
    total = float(weight.sum()) or 1.0
    typical = float(np.median(size[prose > 0])) if prose.any() else 100.0
    index = np.arange(n, dtype=np.float32)
    seen = np.cumsum(closing)
    at_first = seen[int(prose.argmax())] if prose.any() else 0.0
    neighbours = [
        _shift(cue if name == "furniture" else column(name), by) for name in _NEIGHBOURS for by in (-3, -2, -1, 1, 2, 3)
    ]
    extra = [
        cue, index / n, np.log1p(index), np.log1p(n - 1 - index), np.full(n, np.log1p(n), np.float32),
        np.log1p(_window(weight, 2)), np.log1p(_window(weight, 5)), np.log1p(_window(weight, 12)),
        _window(cue, 2), _window(cue, 5), _window(cue, 12), _window((size < 30).astype(np.float32), 4),
        before / total, _since(prose), _since(prose[::-1])[::-1], _since(cue), _since(cue[::-1])[::-1],
        _since(closing), np.maximum(seen - at_first, 0), np.log1p(size / typical),
        np.full(n, np.log1p(total), np.float32),
        np.full(n, np.log1p(typical), np.float32), np.full(n, column("cased").mean(), np.float32),
        np.full(n, column("gap_before").mean(), np.float32), np.full(n, prose.mean(), np.float32),
    ]  # fmt: skip
    return np.column_stack([table, *neighbours, *extra]).astype(np.float32)


def features(lines: Sequence[Line]) -> tuple[Array, list[Cue | None]]:
    """The rows that the trees read, and the cue found on each line. `lines` must not be empty."""
    cues = [find_cue(line.text) for line in lines]
    return context(base(lines, cues)), cues
