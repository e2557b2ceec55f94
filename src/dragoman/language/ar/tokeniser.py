"""Cutting Arabic words into clitics and stems, the way the treebanks do: و|ب|المدينة، كتاب|ه.

A word is cut at its legal prefixes and suffixes only; of all cuts a linear model (made by training/arabic.py) takes the
best, looking at the letters, and at whether the stem is known as a free word. The article stays with its noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from dragoman.language.ar.linear import Linear
from dragoman.language.ar.normalise import bare, key

MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670"
WORD = re.compile(
    rf"(?P<arabic>[\u0621-\u063a\u0641-\u064a\u0671-\u06d3](?:[\u0621-\u063a\u0641-\u064a\u0671-\u06d3{MARKS}])*)"
    r"|https?://\S+|[^\W_\u0600-\u06ff]+(?:['’.-][^\W_\u0600-\u06ff]+)*"
    r"|[\d٠-٩۰-۹]+(?:[.,٫٬:/][\d٠-٩۰-۹]+)*|\.{2,}|…|[^\s\w\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|_"
)
PREFIXES = tuple(
    sorted(
        {a + b for a in ("", "و", "ف") for b in ("", "ب", "ل", "ك", "س")},
        key=lambda p: (len(p), p),
    )
)
SUFFIXES = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ي", "ني")
OWNERS = frozenset({"ه", "ها", "هم", "هما"})
PRESENT = frozenset("يتنأا")  # what the present of a verb begins with
PROTECTED_MIN = 2  # letters that a stem must keep


def cuts(word: str) -> Iterator[tuple[str, str, str]]:
    """Every legal (prefixes, stem, suffix) of a word without vowel marks, the uncut one first."""
    for prefix in PREFIXES:
        if word.startswith(prefix) or not prefix:
            for suffix in SUFFIXES:
                stem = word[len(prefix) : len(word) - len(suffix)]
                if (not suffix or word.endswith(suffix)) and (len(stem) >= PROTECTED_MIN or stem in ("ل", "ب")):
                    yield prefix, stem, suffix
    for prefix, stem in (("ل", ""), ("ب", ""), ("ك", "")):
        for suffix in SUFFIXES[1:]:
            for lead in ("", "و", "ف"):
                if word == lead + prefix + stem + suffix:
                    yield lead, prefix, suffix


def features(prefix: str, stem: str, suffix: str, known: Mapping[str, int]) -> list[str]:
    """What the model sees of one cut; `known` tells how often a matching form was seen as a free word (log scale)."""
    plain = key(stem)
    seen = known.get(plain, 0)
    whole = known.get(key(prefix + stem + suffix), 0)
    open_stem = known.get(plain + "ه", 0) if suffix and not plain.endswith("ت") else 0
    marbuta = known.get(plain[:-1] + "ه", 0) if suffix and plain.endswith("ت") else 0
    article = "ال" if plain.startswith("ال") else "لل" if prefix.endswith("ل") and plain.startswith("ل") else "-"
    listed = known.get("ا" + plain, 0) if article == "لل" else 0
    definite = known.get("ال" + plain, 0)
    length = min(len(stem), 6)
    return [
        "b",
        f"p={prefix}",
        f"s={suffix}",
        f"ps={prefix}+{suffix}",
        f"p={prefix}&seen={seen}",
        f"s={suffix}&seen={seen}",
        f"p={prefix}&whole={whole}",
        f"s={suffix}&whole={whole}",
        f"ps={prefix}+{suffix}&{seen}&{whole}",
        f"p={prefix}&a={article}",
        f"p={prefix}&def={definite}&{article}",
        f"p={prefix}&listed={listed}&{article}",
        f"s={suffix}&m={marbuta}",
        f"s={suffix}&o={open_stem}",
        f"s={suffix}&a={article}",
        f"p={prefix}&l={length}",
        f"s={suffix}&l={length}",
        f"p={prefix}&1={stem[:1]}",
        f"p={prefix}&2={stem[:2]}",
        f"p={prefix}&3={stem[:3]}",
        f"s={suffix}&1={stem[-1:]}",
        f"s={suffix}&2={stem[-2:]}",
        f"s={suffix}&3={stem[-3:]}",
        f"p={prefix}&w={plain}",
        f"s={suffix}&w={plain}",
        f"w={plain}&ps={prefix}+{suffix}",
    ]


class Tokeniser:
    """Words and clitics of a text, with exact offsets."""

    def __init__(
        self,
        model: Linear,
        known: Mapping[str, int],
        whole: frozenset[str],
        verb: Callable[[str], bool] | None = None,
        action: Callable[[str], bool] | None = None,
        present: Callable[[str], bool] | None = None,
    ) -> None:
        """`known` counts free words by matching form; `whole` are words that are never cut (also behind a prefix);
        `verb` tells the form of a common verb, `action` a verbal noun of regular pattern without article,
        `present` the present of any verb.
        """
        self._verb = verb or (lambda word: False)
        self._action = action or (lambda word: False)
        self._present = present or self._verb
        self._model = model
        self._known = known
        self._whole = whole
        self.cut: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=1 << 17)(self._cut)

    def _cut(self, word: str) -> tuple[str, ...]:
        """The pieces of a word without vowel marks."""
        if len(word) < 3 and word not in ("له", "به", "لك", "بك", "لي", "بي"):
            return (word,)
        plain = key(word)
        if plain in self._whole:
            return (word,)
        best, best_score = ("", word, ""), float("-inf")
        led = word[:1] in "وف" and word[1:2] in "أإآ" and (key(word[1:]) in self._known or self._verb(word[1:]))
        unseen = plain not in self._known and not self._verb(word)
        for candidate in cuts(word):
            if led and candidate[0] != word[0]:
                continue  # no word begins with و and a hamza on alef
            if candidate[0].endswith("س") and candidate[1][:1] not in PRESENT:
                continue  # the sign of the future stands before a present: سيزور, but سفارتها
            score = float(self._model.scores(features(*candidate, self._known))[0])
            if (
                candidate[0] in ("و", "ف")
                and not candidate[2]
                and plain not in self._known
                and self._verb(candidate[1])
            ):
                score += 60.0
            if key(candidate[1]) in self._whole:
                score += 100.0
            elif unseen and (candidate[0] or candidate[2] in OWNERS) and self._stands(*candidate):
                score += 50.0
            if score > best_score:
                best, best_score = candidate, score
        prefix, stem, suffix = best
        return (*prefix, *([stem] if stem else []), *([suffix] if suffix else []))

    def _stands(self, prefix: str, stem: str, suffix: str) -> bool:
        """Whether a long enough stem is a known noun, or a verb behind a prefix that verbs take."""
        last = prefix[-1:]
        if len(stem) == 3 and suffix in OWNERS and last in ("و", "ف"):
            return self._verb(stem)  # فمنعهم
        if len(stem) < 4 or (stem.startswith("ل") and prefix.endswith("ل")):
            return False
        if last == "س":
            return stem[0] in "يت" and self._present(stem)
        open_stem = suffix and stem.endswith("ت") and key(stem[:-1]) + "ه" in self._known
        if key(stem) in self._known or open_stem or self._action(stem):
            return True
        return last in ("و", "ف") and self._verb(stem)

    def tokens(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Offsets of the tokens of `text[start:end]`; vowel marks belong to the letter before them."""
        spans: list[tuple[int, int]] = []
        for match in WORD.finditer(text, start, len(text) if end is None else end):
            first, last = match.span()
            if match.lastgroup != "arabic":
                spans.append((first, last))
                continue
            plain = bare(match[0])
            pieces = self.cut(plain)
            if len(pieces) == 1:
                spans.append((first, last))
                continue
            position = first
            if len(plain) == last - first:  # no marks
                for piece in pieces[:-1]:
                    spans.append((position, position + len(piece)))
                    position += len(piece)
                spans.append((position, last))
                continue
            for number, piece in enumerate(pieces):
                stop = position
                for _ in piece:
                    stop += 1
                    while stop < last and not bare(text[stop]):
                        stop += 1
                stop = last if number == len(pieces) - 1 else stop
                spans.append((position, stop))
                position = stop
        return spans
