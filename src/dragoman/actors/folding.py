"""How words of a name are compared: tokens and folding by script, and what Arabic writes onto a word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LATIN_TOKEN = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]{1,2}\.){2,}|[^\W_]+")
ARABIC_TOKEN = re.compile(r"[\u0621-\u065f\u0670-\u06d3\u06fa-\u06ff]+|[0-9\u0660-\u0669]+|[A-Za-z]+")

_SPECIAL = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "đ": "d", "ß": "ss", "ð": "d", "þ": "th", "ə": "e"}
)
_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
_ALEF = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "گ": "ك"})
_ARTICLE = ("ال", "ٱل")
_ENCLITICS = ("هما", "ها", "هم", "نا", "ه")


@lru_cache(maxsize=1 << 16)
def fold(token: str) -> str:
    """A Latin token without case, accents and dots."""
    token = token.lower()
    if token.isascii():
        return token.replace(".", "")
    token = unicodedata.normalize("NFD", token.translate(_SPECIAL))
    return "".join(c for c in token if not unicodedata.combining(c)).replace(".", "")


def fold_arabic(token: str) -> str:
    """An Arabic token without vowel signs and lengthening, with one alef, ya and ta."""
    return _MARKS.sub("", token).translate(_ALEF)


def split_article(token: str) -> tuple[str, bool]:
    """Folded Arabic token without its article, and whether it had one; an alef with hamza is no article."""
    plain = _MARKS.sub("", token)
    if plain.startswith(_ARTICLE) and len(plain) > 3:
        return plain[2:].translate(_ALEF), True
    return plain.translate(_ALEF), False


def first_readings(token: str) -> list[tuple[int, str, bool]]:
    """Readings of an Arabic word at the start of a name: (offset, key, article), the least stripped first."""
    plain = _MARKS.sub("", token)
    if not plain or "a" <= plain[0].lower() <= "z":
        return []
    places = range(len(token)) if plain == token else [i for i, c in enumerate(token) if not _MARKS.match(c)]
    readings: list[tuple[int, str, bool]] = []
    for start, assimilated in _after_proclitics(plain):
        rest = plain[start:]
        if len(rest) < 3 and start > 0:
            continue
        if assimilated:
            if len(rest) > 4:
                readings.append((places[start + 1], rest[2:].translate(_ALEF), True))
            continue
        readings.append((places[start], rest.translate(_ALEF), False))
        if rest.startswith(_ARTICLE) and len(rest) > 3:
            readings.append((places[start], rest[2:].translate(_ALEF), True))
    return readings


def _after_proclitics(plain: str) -> list[tuple[int, bool]]:
    """Where a word may begin behind "and" and a preposition, and whether the preposition has swallowed the article."""
    starts: list[tuple[int, bool]] = []
    for base in (0, 1) if plain[0] in "وف" else (0,):
        starts.append((base, False))
        if plain[base : base + 1] in ("ب", "ل", "ك"):
            if plain[base : base + 2] == "لل":
                starts.append((base, True))
            starts.append((base + 1, False))
    return starts


def later_readings(token: str) -> list[tuple[str, bool]]:
    """Readings of an Arabic word inside a name: (key, article)."""
    plain = _MARKS.sub("", token)
    readings = [(plain.translate(_ALEF), False)]
    if (plain.startswith(_ARTICLE) and len(plain) > 3) or (plain.startswith("لل") and len(plain) > 4):
        readings.append((plain[2:].translate(_ALEF), True))
    return readings


def may_carry_pronoun(token: str) -> bool:
    """Whether the last letter can belong to a pronoun; ta marbuta, which folds to ha, cannot."""
    return _MARKS.sub("", token)[-1:] in ("ه", "ا", "م")


def without_enclitic(key: str) -> list[str]:
    """Stems of a folded word that may end in a possessive pronoun."""
    stems: list[str] = []
    for enclitic in _ENCLITICS:
        if key.endswith(enclitic) and len(key) - len(enclitic) >= 3:
            stem = key[: -len(enclitic)]
            stems.append(stem)
            if stem.endswith("ت"):
                stems.append(stem[:-1] + "ه")
    return stems
