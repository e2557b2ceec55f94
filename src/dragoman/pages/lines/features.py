"""Language-blind numbers about each line of a page and its neighbourhood: what the trees read.

`base` looks at each line alone; `context` adds neighbours, position and running sums. Both return float32 arrays of
one row per line. The order of columns is part of the shipped model: change it only together with `training/lines.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from dragoman.pages.lines.cues import KINDS, Cue, find_cue
from dragoman.pages.lines.split import Line
from dragoman.pages.lines.when import find_date, says_age

Array = NDArray[np.float32]

_FINAL = re.compile(r"[.!?؟…۔。]['\"”’»›)\]\s]*$")
_INNER = re.compile(r"[.!?؟…][\"”’»)]*\s+[\"“‘«(]?\w")
_SEPARATOR = re.compile(r"\s[|·•/>»›:*–—-]{1,2}\s|\s{2,}|[|»›>]")
_BULLET = re.compile(r"^(?:[•◦▪●○■►▸‣∙·*+–—-]\s|\d{1,2}[.)]\s|#)")
_ADDRESS = re.compile(r"@\w|https?:|www\.|\w\.(?:com|org|net|info|fr|ma|co)\b")
_RIGHTS = re.compile(r"©|\([cC]\)\s|®|™")
_GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|\d[A-Za-z]{3}|[a-zà-ÿ]\d")
_QUOTE = re.compile(r"[\"“”«»]")
_DIGITS = str.maketrans("", "", "0123456789٠١٢٣٤٥٦٧٨٩")

BASE = (
    "chars words long final colon comma upper capitalised digits bullet separators rights address inner recurs cased "
    "word_length commas quote continuation gap_before glued date age short_words weak_cue"
).split() + [f"cue_{kind}" for kind in KINDS]
_COLUMN = {name: i for i, name in enumerate(BASE)}
_NEIGHBOURS = ("chars", "final", "long", "inner", "capitalised", "separators", "furniture", "recurs", "gap_before", "continuation")
PROSE = 60  # characters from which a line with a full stop counts as prose


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a full stop, question or exclamation mark, closing quotes and brackets aside."""
    return _FINAL.search(text, max(0, len(text) - 8)) is not None


def base(lines: Sequence[Line], cues: Sequence[Cue | None]) -> Array:
    """One row per line, columns `BASE`, looking at the line alone (and at how often it recurs on the page)."""
    times = Counter(line.text for line in lines)
    table = np.zeros((len(lines), len(BASE)), np.float32)
    for i, (line, cue) in enumerate(zip(lines, cues, strict=True)):
        table[i, : len(BASE) - len(KINDS)] = _row(line, times[line.text], cue)
        if cue is not None:
            table[i, len(BASE) - len(KINDS) + KINDS.index(cue.kind)] = 1
    return table


def _row(line: Line, times: int, cue: Cue | None) -> tuple[float, ...]:
    text = line.text
    size = len(text)
    head = text if size <= 600 else text[:600]
    words = head.split()
    count = len(words) if head is text else len(text) // max(1, len(head) // max(1, len(words)))
    letters = sum(map(str.isalpha, head[:200]))
    upper = sum(map(str.isupper, head[:200]))
    lower = sum(map(str.islower, head[:200]))
    starts = [w[0] for w in words[:40]]
    short = size < 120
    return (
        log1p(size),
        log1p(count),
        float(size >= 80),
        float(ends_sentence(text)),
        float(text[-1] == ":"),
        float(text[-1] in ",،;؛-"),
        upper / letters if letters else 0.0,
        sum(map(str.isupper, starts)) / len(starts),
        1 - len(head.translate(_DIGITS)) / len(head),
        float(_BULLET.match(text) is not None),
        log1p(len(_SEPARATOR.findall(head))),
        float(size < 400 and _RIGHTS.search(text) is not None),
        float(size < 400 and _ADDRESS.search(text) is not None),
        log1p(len(_INNER.findall(head))),
        log1p(times - 1),
        (upper + lower) / letters if letters else 0.5,
        letters / len(words),
        log1p(head.count(",") + head.count("،")),
        float(_QUOTE.search(head) is not None),
        float(text[0].islower()),
        float(min(line.gap, 3)),
        float(len(_GLUED.findall(head)) if short else 0),
        float(short and find_date(text) is not None),
        float(short and says_age(text)),
        sum(len(w) <= 3 for w in words) / len(words),
        float(cue is not None and cue.place == "any"),
    )


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
    return (total[high] - total[low]).astype(np.float32)


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
    cue = table[:, len(BASE) - len(KINDS) :].max(axis=1)
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
        _since(closing), np.maximum(seen - at_first, 0), np.log1p(size / typical), np.full(n, np.log1p(total), np.float32),
        np.full(n, np.log1p(typical), np.float32), np.full(n, column("cased").mean(), np.float32),
        np.full(n, column("gap_before").mean(), np.float32), np.full(n, prose.mean(), np.float32),
    ]  # fmt: skip
    return np.column_stack([table, *neighbours, *extra]).astype(np.float32)


def features(lines: Sequence[Line]) -> tuple[Array, list[Cue | None]]:
    """The rows that the trees read, and the cue found on each line. `lines` must not be empty."""
    cues = [find_cue(line.text) for line in lines]
    return context(base(lines, cues)), cues
