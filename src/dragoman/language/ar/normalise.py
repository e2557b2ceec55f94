"""Arabic spelling made uniform for matching. The text itself is never changed: offsets lead back to it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ک": "ك", "ہ": "ه"}
    | {chr(0x660 + i): str(i) for i in range(10)}
    | {chr(0x6F0 + i): str(i) for i in range(10)}
)
# vowel marks, tatweel, zero-width and bidirectional signs
_DROPPED = dict.fromkeys(
    [
        *range(0x610, 0x61B),
        0x640,
        *range(0x64B, 0x660),
        0x670,
        *range(0x6D6, 0x6EE),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0xFEFF,
    ]
)
SKIPPED = frozenset(map(chr, _DROPPED))


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` for matching; `offsets[i]` is where its character `i` stands in the original, with one more at the end."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of `text[start:end]`, without marks that follow the last letter."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normalised:
    """NFKC, no vowel marks, tatweel or bidirectional signs, one form of alef, ya and ta marbuta, Western digits."""
    letters: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        if char in SKIPPED:
            continue
        for plain in unicodedata.normalize("NFKC", char) if not "ء" <= char <= "ي" and char > "\x7f" else char:
            if plain not in SKIPPED:
                letters.append(plain)
                offsets.append(i)
    return Normalised("".join(letters).translate(_LETTERS), (*offsets, len(text)))


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """The matching form of one word."""
    return normalise(word).text


def bare(word: str) -> str:
    """`word` without vowel marks and tatweel, its letters as they are."""
    return word.translate(_DROPPED) if not SKIPPED.isdisjoint(word) else word
