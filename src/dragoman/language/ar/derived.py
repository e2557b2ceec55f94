"""Verbal nouns of the derived stems, recognised by their pattern: إسقاط is of أسقط, استدعاء of استدعى, ملاحقة of لاحق.

The patterns are those of any grammar of Arabic (stems II to X, sound, hollow and defective); a word counts only where
the lexicon has the verb, so that a name of the same shape does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# pattern of the noun without article → the verb's past; hamza under alef may be left out
PATTERNS = tuple(
    (re.compile(pattern), verb)
    for pattern, verb in (
        (r"[إا](..)ا(.)", r"أ\1\2"),
        (r"[إا](.)ا(.)ة", r"أ\1ا\2"),
        (r"[إا](..)اء", r"أ\1ى"),
        (r"ت(..)ي(.)", r"\1\2"),
        (r"ت(..)ية", r"\1ى"),
        (r"ت(..)ئة", r"\1أ"),
        (r"م(.)ا(..)ة", r"\1ا\2"),
        (r"م(.)ا(.)اة", r"\1ا\2ى"),
        (r"[إا](.[تطد].)ا(.)", r"ا\1\2"),
        (r"[إا](.[تطد].)اء", r"ا\1ى"),
        (r"[إا](ت.)ا(.)", r"ا\1\2"),
        (r"[إا](ن..)ا(.)", r"ا\1\2"),
        (r"[إا](ن..)اء", r"ا\1ى"),
        (r"[إا](ست..)ا(.)", r"ا\1\2"),
        (r"[إا](ست..)اء", r"ا\1ى"),
        (r"[إا](ست.)ا(.)ة", r"ا\1ا\2"),
        (r"(ت.ا?..)", r"\1"),
        (r"(ت.ا)[يئ]", r"\1ى"),
    )
)


def verbs_behind(noun: str) -> Iterator[str]:
    """The pasts that a noun without article and marks may be the verbal noun of; whether they exist is not asked."""
    for pattern, verb in PATTERNS:
        match = pattern.fullmatch(noun)
        if match is not None:
            yield match.expand(verb)
