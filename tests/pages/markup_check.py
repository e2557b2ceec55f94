"""An independent account of what a reader sees in a slice of HTML, to hold segments against."""

from __future__ import annotations

import re
from html import unescape

from dragoman.pages import Page, Segment

_HIDDEN = re.compile(
    r"<(script|style|noscript|template|svg|iframe|object|canvas|audio|video|map|select|textarea|math)\b.*?</\1[^>]*>"
    r"|<!--.*?-->",
    re.S | re.I,
)
_BREAK = re.compile(r"<br\b[^>]*>", re.I)
_TAG = re.compile(r"""<[a-zA-Z/!?](?:[^>=]|=\s*(?:"[^"]*"|'[^']*')?)*>""")
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff\x00]")


def seen(source: str) -> str:
    """`source` without tags and hidden elements, entities resolved, white space collapsed."""
    shown = _TAG.sub("", _BREAK.sub(" ", _HIDDEN.sub("", source)))
    return " ".join(_INVISIBLE.sub("", unescape(shown)).split())


def assert_exact(page: Page, segments: tuple[Segment, ...]) -> None:
    """Every segment, and parts of it, stand where it says; segments are in order and do not overlap."""
    position = 0
    for segment in segments:
        assert position <= segment.start < segment.end <= len(page.text)
        position = segment.end
        size = len(segment.text)
        for start, end in ((0, size), (size // 3, size // 2 + 1), (size // 2, size)):
            if start < end:
                first, last = segment.span(start, end)
                assert segment.start <= first < last <= segment.end
                assert seen(page.text[first:last]) == " ".join(segment.text[start:end].split())
