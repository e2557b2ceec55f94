"""Cutting a text into sentences by rule: abbreviations, initials, numbers and quotation marks are looked at."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

SPACE = "\u0009-\u000d \u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000"
CLOSERS = "\"”’'»)\\]›"
BOUNDARY = re.compile(
    rf"(?P<mark>[.!?؟۔…]+)(?P<close>(?:[ \u00a0\u202f]?[»›]|[{CLOSERS}]|[ ]?\[\d{{1,3}}\])*)(?=[{SPACE}]|$)"
    rf"|(?P<glued>[.!?؟۔](?<=[^\W\d_][^\W\d_].)(?=[^\W\d_]))"
    rf"|(?P<line>\n[{SPACE}]*)"
)
OPENERS = "([{«“\"'‘’»”/¿¡\u200e\u200f"
PARTICLE = re.compile(r"\s+[^\W\d_a-zà-ÿ]")
INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]$")
NEXT_WORD = re.compile(r"[\s\u00a0\u202f\u200b]*(?P<open>[\"“«‘'(\[‹—–\-\s\u00a0\u202f]*)(?P<word>[\w’'-]*)")
LONGEST = 2000  # characters; what goes on for longer is a list or no prose at all, and is cut
CUTS = (";", ",", " ", "\n")
WRAPPED = 60  # characters; a shorter line before a line break is a heading or a list item, not wrapped prose


def _lines(language: str, name: str) -> list[str]:
    resource = files("dragoman.language").joinpath(language, name)
    if not resource.is_file():
        return []
    return [line for line in resource.read_text("utf-8").splitlines() if line and not line.startswith("#")]


@cache
def abbreviations(language: str) -> dict[str, str]:
    """Abbreviation without its final full stop → `title`, `before-number` or `any`; see `abbreviations.tsv`.

    A title never ends a sentence, `before-number` does unless a number follows, `any` does where a sentence starter
    follows.
    """
    table: dict[str, str] = {}
    for line in _lines(language, "abbreviations.tsv"):
        form, kind = line.split("\t")
        table[form.removesuffix(".")] = kind
    return table


@cache
def starters(language: str) -> frozenset[str]:
    """Capitalised words that begin a sentence but hardly ever follow an abbreviation or an initial inside one."""
    return frozenset(_lines(language, "starters.txt"))


@cache
def speech(language: str) -> re.Pattern[str] | None:
    """What goes on after a quoted question or cry: a name and a verb of speaking ("Why?" Blinken asked)."""
    verbs = "|".join(_lines(language, "speech.txt"))
    return re.compile(rf"\s+(?:[^\W\d_a-z][\w.'’-]*\s+){{1,4}}(?:{verbs})\b") if verbs else None


def split(text: str, language: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text`, in order, white space left out. A closing quote goes with its sentence.

    One of more than `LONGEST` characters is cut after a sign or between words, so that no text is slow to read.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in BOUNDARY.finditer(text):
        if match.lastgroup == "line":
            if not _ends_at_line(text, start, match.start(), match.end(), match[0]):
                continue
        elif match.lastgroup == "glued":
            if not _ends_glued(text, start, match.start(), language):
                continue
        elif not _ends_at_mark(text, start, match, language):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append the span without the white space at its ends; a span of signs alone goes to the sentence before it."""
    while end - start > LONGEST:
        half = start + LONGEST // 2
        found = (text.rfind(sign, half, start + LONGEST) + 1 for sign in CUTS)
        middle = next(filter(None, found), start + LONGEST)
        _add(spans, text, start, middle)
        start = middle
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start >= end:
        return
    if (
        spans
        and end - start <= 3
        and not any(c.isalnum() for c in text[start:end])
        and "\n" not in text[spans[-1][1] : start]
    ):
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _ends_at_line(text: str, start: int, end: int, resume: int, gap: str) -> bool:
    """Whether a line break ends a sentence: always at an empty line, else unless the line looks wrapped."""
    while end > start and text[end - 1].isspace():
        end -= 1
    if gap.count("\n") > 1 or resume >= len(text) or end == start:
        return True
    following = text[resume]
    if following.islower() or text[end - 1] in ",-–":
        return False
    line_start = max(start, text.rfind("\n", 0, end) + 1)
    return end - line_start < WRAPPED


def _ends_glued(text: str, start: int, at: int, language: str) -> bool:
    """Whether a full stop with no space after it ends a sentence: "talks.The minister", never "Booking.com"."""
    left, after = _word_before(text, start, at), NEXT_WORD.match(text, at + 1)
    if after is None or len(left) < 3 or len(after["word"]) < 2:
        return False
    right = after["word"]
    if "." in left or "@" in left or "/" in left or left in abbreviations(language):
        return False
    if right[0].isupper():
        return left[-2:].islower() and right[1:].islower() and right in starters(language)
    return not _cased(left[-1]) and not _cased(right[0])


def _word_before(text: str, start: int, at: int) -> str:
    """The word that ends at `at`, without opening signs; empty where white space stands before `at`."""
    piece = text[max(start, at - 40) : at]
    if not piece or piece[-1].isspace():
        return ""
    word = piece.split()[-1].lstrip(OPENERS)
    return word if not any(sign in word for sign in '([{«“"/') else re.split(r"[(\[{«“\"/]", word)[-1]


def _cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _ends_at_mark(text: str, start: int, match: re.Match[str], language: str) -> bool:
    """Whether a mark followed by white space ends the sentence that began at `start`."""
    after = NEXT_WORD.match(text, match.end())
    if after is None or not (after["word"] or after["open"].strip()):
        return (
            match.end() == len(text.rstrip())
            or not text[match.end() :].strip()
            or text[match.end() :].lstrip()[0] != ","
        )
    word = after["word"]
    if word and word[0].islower() and not after["open"].strip("\"“«‘'["):
        return False
    if match["mark"] != "." or match["close"].strip():
        going_on = speech(language) if match["close"].strip() and match["mark"] in "?!" else None
        return going_on is None or going_on.match(text, match.end()) is None
    return not _abbreviated(text, start, match.start(), after, language)


def _abbreviated(text: str, start: int, at: int, after: re.Match[str], language: str) -> bool:
    """Whether the full stop at `at` belongs to an abbreviation, an initial or a list number."""
    following, opening = after["word"], after["open"].strip()
    word = _word_before(text, start, at)
    if not word:
        return False
    kind = abbreviations(language).get(word.replace("’", "'").rpartition("'")[2])
    if kind == "title":
        return not opening
    if kind == "before-number":
        return following[:1].isdigit() or (word[:1].islower() and following not in starters(language))
    if kind == "any" or INITIALS.fullmatch(word):
        if opening or not following:
            return False
        of_a_name = kind is None and (len(word) == 1 or "-" in word) and PARTICLE.match(text, after.end()) is not None
        return of_a_name or following.replace("’", "'").partition("'")[0] not in starters(language)
    return word.isdigit() and not text[start : at - len(word)].strip() and len(word) <= 3
