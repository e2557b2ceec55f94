"""Words made comparable: the same folding for search, for copies and for the likeness of two accounts.

Latin letters lose case and accents. Arabic letters lose tashkeel and tatweel; alef, ya and ta-marbuta are unified;
the article and the proclitics before it are stripped, on both sides of every comparison, so that الوزير finds وزير.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[’'ʼ][^\W_]+)*(?:[\u064B-\u0652\u0670\u0640]+[^\W_]*)*")
TAG = re.compile(r"<[^>]*>|&\w+;|&#\d+;")
_ARABIC = re.compile(r"[\u0600-\u06FF]")
_MARKS = re.compile(r"[\u064B-\u065F\u0670\u0640\u06D6-\u06ED]")
_LETTERS = str.maketrans("أإآٱىئؤةک" + "ی", "ااااييوهك" + "ي")
_LATIN = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})")
_CONJUNCTION = re.compile(r"^[وف](?=\w{4})")
_ELISION = re.compile(r"^(?:[cdjlmnstCDJLMNST]|qu|Qu|jusqu|lorsqu|puisqu)[’'ʼ]")
_POSSESSIVE = re.compile(r"[’'ʼ]s$")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One word without what does not tell it apart; "" where nothing is left."""
    if word.isascii() and word.isalnum():
        return word.lower()
    word = unicodedata.normalize("NFKC", word)
    if _ARABIC.search(word):
        word = _MARKS.sub("", word).translate(_LETTERS)
        if word.isdecimal():
            return str(int(word))
        bare = _ARTICLE.sub("", word)
        return bare if bare != word else _CONJUNCTION.sub("", word)
    word = _POSSESSIVE.sub("", _ELISION.sub("", word)).lower().translate(_LATIN)
    word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return "".join(c for c in word if c.isalnum())


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of `text` with their offsets in it."""
    for match in WORD.finditer(text):
        if word := fold(match[0]):
            yield word, match.start(), match.end()


def folded_words(text: str) -> list[str]:
    """The folded words of `text`."""
    return list(filter(None, map(fold, WORD.findall(text))))


def folded(text: str) -> str:
    """`text` as a line of folded words."""
    return " ".join(folded_words(text))


def plain(text: str) -> str:
    """`text` with tags and entities of HTML blanked."""
    return TAG.sub(" ", text) if "<" in text or "&" in text else text


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A crude stem of a folded word, enough to match inflected forms: its first letters."""
    if _ARABIC.search(word):
        return _CONJUNCTION.sub("", word)[:4]
    return word[:6]


def stems(text: str) -> frozenset[str]:
    """Stems of the longer words of `text`; numbers and function words are left out."""
    found = set()
    for word in folded_words(plain(text)):
        if word.isdecimal():
            continue
        if len(word) >= (3 if _ARABIC.search(word) else 4):
            found.add(stem(word))
    return frozenset(found)


def numbers(text: str) -> frozenset[str]:
    """The figures of `text` that may tell two accounts apart: no years, no single digits."""
    found = set()
    for match in re.finditer(r"\d+(?:[.,\u066B\u066C \u00A0\u202F]\d{3})*(?!\d)", plain(text)):
        digits = "".join(str(unicodedata.decimal(c)) for c in match[0] if c.isdecimal())
        if len(digits) >= 2 and not re.fullmatch(r"(?:19|20)\d\d", digits):
            found.add(digits)
    return frozenset(found)


@lru_cache(maxsize=200_000)
def name_key(name: str) -> frozenset[str]:
    """A personal name as a set of folded parts, particles and titles of two letters left out where others remain."""
    parts = folded_words(name.replace("-", " "))
    return frozenset(w for w in parts if len(w) > 2) or frozenset(parts)
