"""Tokenises raw HTML once into runs of visible text, each knowing exactly where its characters stand in the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

Anchor = tuple[int, int, int, int]

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|nobr|picture|q|s|samp|small|source"
    "|span|strike|strong|sub|sup|time|tt|u|var|wbr|input|path|use|g"
)
# Quotes count only after '='. Quoted values may hold '>'; all lengths are bounded so that broken tags cost little.
_ATTRIBUTES = r"""((?:[^>=]{1,8192}+|=\s*+(?:"[^"]{0,8192}+"|'[^']{0,8192}+')?+){0,600}+)>"""
_BLOCK = re.compile(
    rf"<(?:(?!/?(?:{_INLINE})[\s/>])(/?)([a-zA-Z][^\s/>]{{0,63}}+){_ATTRIBUTES}|(!--)|[!?]|/[^a-zA-Z\s]"
    rf"|(?:{_INLINE})\s[^<>]*+(<))",  # an inline tag with '<' in an attribute
    re.I,
)
_CUT_TAG = re.compile(r"<[/a-zA-Z!?][^<>]*$")
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]{{0,63}}+){_ATTRIBUTES}")
# White space to collapse, entities to resolve, and characters that show nothing.
_SPECIAL = re.compile(
    r"\s{2,}|[^\S ]|&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?|[\xad\u200b\u2060\ufeff\x00]"
)
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "audio", "video", "map"}
)
_SKIPPED |= {"select", "textarea", "math", "xmp", "noframes", "noembed", "applet", "datalist"}
_BREAKING_SKIPPED = frozenset({"iframe", "object", "canvas", "audio", "video", "select", "textarea"})
_VOID = frozenset(
    {"area", "base", "col", "embed", "hr", "link", "meta", "param", "track", "basefont", "bgsound", "frame", "keygen"}
)
_CLOSES: dict[str, frozenset[str]] = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "tr": frozenset({"tr", "td", "th", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
    "option": frozenset({"option"}),
}
_P = frozenset({"p"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})
_CLOSES |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADINGS)


# A link left open does not reach into these.
_ENDS_LINK = frozenset({"p", "article", "section", "body", "main"})


@dataclass(slots=True, eq=False)
class Element:
    """An open block element: its tag, raw attributes and parent. `depth` counts from the root."""

    tag: str
    attributes: str
    parent: Element | None
    depth: int


@dataclass(slots=True, eq=False)
class Run:
    """Visible text between two block boundaries: white space collapsed, entities resolved, tags dropped."""

    text: str
    start: int
    end: int
    anchors: tuple[Anchor, ...]
    element: Element
    link_chars: int
    inline: tuple[tuple[str, str], ...]  # (tag, attributes) of inline elements that open before the text starts


@dataclass(slots=True)
class Markup:
    """The runs of a page and what its head holds."""

    runs: list[Run] = field(default_factory=list)
    metas: list[str] = field(default_factory=list)  # raw attributes of <meta> and <link>
    scripts: list[str] = field(default_factory=list)  # contents of application/ld+json scripts
    times: list[tuple[str, int, int]] = field(
        default_factory=list
    )  # datetime attribute of <time>, page offsets of its text
    title: str = ""
    language: str = ""
    max_depth: int = 0


class _Builder:
    """Collects the pieces of the current run."""

    __slots__ = ("anchors", "breaks", "inline", "length", "link_chars", "parts", "source", "space")

    def __init__(self, source: str) -> None:
        self.source = source
        self.reset()

    def reset(self) -> None:
        self.parts: list[str] = []
        self.anchors: list[Anchor] = []
        self.length = 0
        self.space = True
        self.link_chars = 0
        self.breaks = 0
        self.inline: list[tuple[str, str]] = []

    def _piece(self, piece: str, start: int, width: int) -> None:
        size = len(piece)
        if self.anchors:
            i, p, n, m = self.anchors[-1]
            if n == m and size == width and p + n == start and i + n == self.length:
                self.anchors[-1] = (i, p, n + size, m + size)
            else:
                self.anchors.append((self.length, start, size, width))
        else:
            self.anchors.append((self.length, start, size, width))
        self.parts.append(piece)
        self.length += size

    def _plain(self, start: int, end: int) -> None:
        """Text without anything special: only single spaces."""
        source = self.source
        if self.space and source[start] == " ":
            start += 1
            if start == end:
                return
        self._piece(source[start:end], start, end - start)
        self.space = source[end - 1] == " "
        if not (self.space and end - start == 1):
            self.breaks = 0

    def white(self, start: int, end: int) -> None:
        if not self.space:
            self._piece(" ", start, end - start)
            self.space = True

    def text(self, start: int, end: int, in_link: bool) -> None:
        before = self.length
        source = self.source
        position = start
        piece = source[start:end]
        plain = piece.isprintable() and "&" not in piece and "  " not in piece  # most is: told without a slow search
        for special in () if plain else _SPECIAL.finditer(source, start, end):
            first, last = special.span()
            if first > position:
                self._plain(position, first)
            position = last
            char = source[first]
            if char.isspace():
                self.white(first, last)
            elif char == "&":
                value = unescape(source[first:last])
                if value.isspace():
                    self.white(first, last)
                elif value and value not in "\xad\u200b\u2060\ufeff":
                    if "\ud800" <= value[0] <= "\udfff":
                        value = "\ufffd"
                    self._piece(value, first, last - first)
                    self.space = False
                    self.breaks = 0
        if position < end:
            self._plain(position, end)
        if in_link:
            self.link_chars += self.length - before

    def run(self, element: Element) -> Run | None:
        """The finished run, None when it shows nothing; the builder is empty afterwards."""
        if not self.parts:
            if self.inline:
                self.inline = []
            return None
        text = "".join(self.parts)
        anchors = self.anchors
        if text.endswith(" "):
            text = text[:-1]
            i, p, n, m = anchors[-1]
            if n == 1:
                anchors.pop()
            else:
                anchors[-1] = (i, p, n - 1, m - 1)
        if not text:
            self.reset()
            return None
        first, last = anchors[0], anchors[-1]
        identity = len(anchors) == 1 and first[2] == first[3]
        run = Run(
            text,
            first[1],
            last[1] + last[3],
            () if identity else tuple(anchors),
            element,
            min(self.link_chars, len(text)),
            tuple(self.inline),
        )
        self.reset()
        return run


def _end_of_text(source: str, position: int) -> int:
    """Where the text ends: before a tag that the page was cut in, else at the end."""
    last = source.rfind("<", max(position, len(source) - 100_000))
    return last if last >= 0 and _CUT_TAG.match(source, last) else len(source)


def tokenise(source: str) -> Markup:
    """Split an HTML page into runs: linear in its length, iterative in its depth, broken markup as browsers do."""
    markup = Markup()
    builder = _Builder(source)
    root = Element("", "", None, 0)
    stack = [root]
    open_tags: dict[str, int] = {}
    no_end: set[str] = set()
    links = 0
    position = 0
    runs = markup.runs
    lower: str | None = None
    size = len(source)
    searched = 0
    last_close = source.rfind(">") + 1  # no tag ends after this

    def flush() -> None:
        run = builder.run(stack[-1])
        if run is not None:
            runs.append(run)

    def inline(start: int, end: int) -> None:
        """Read a stretch that holds text and inline tags only."""
        nonlocal links
        at = start
        for tag in _TAG.finditer(source, start, min(end, last_close)):
            first, last = tag.span()
            if first > at:
                builder.text(at, first, links > 0)
            at = last
            name = tag[2].lower()
            if name == "a":
                links = 0 if tag[1] else 1
            if name == "br":
                builder.white(first, last)
                builder.breaks += 1
                if builder.breaks >= 2:
                    flush()
            elif not tag[1] and not builder.parts and len(tag[3]) > 4:
                builder.inline.append((name, tag[3]))
            if name == "time" and not tag[1]:
                close = source.find("</", last, last + 300)
                markup.times.append((tag[3], last, close if close >= 0 else last))
        if at < end:
            builder.text(at, end, links > 0)

    def pop(tag: str) -> None:
        while len(stack) > 1:
            gone = stack.pop().tag
            open_tags[gone] -= 1
            if gone == tag:
                break

    while True:
        searched = max(searched, position)
        found = _BLOCK.search(source, searched, last_close)
        if found and found[5]:
            whole = _TAG.match(source, found.start())
            searched = whole.end() if whole else found.end() - 1
            continue
        begin = found.start() if found else _end_of_text(source, position)
        blank = begin - position < 4096 and not builder.parts and source[position:begin].isspace()
        if begin > position and not blank:
            if source.find("<", position, begin) < 0:
                builder.text(position, begin, links > 0)
            else:
                inline(position, begin)
        if found is None:
            break
        position = found.end()
        tag = found[2]
        if tag is None:
            comment = found[4] is not None
            end = source.find("-->", position) if comment and "-->" not in no_end else -1
            if end >= 0:
                position = end + 3
                continue
            if comment:
                no_end.add("-->")
            end = source.find(">", position)  # doctype, CDATA, XML declaration, a comment that never ends
            position = end + 1 if end >= 0 else size
            continue
        name = tag.lower()
        closing = found[1] == "/"
        attributes = found[3]
        if name in _SKIPPED:
            if closing:
                continue
            if name in _BREAKING_SKIPPED:
                flush()
            if attributes.endswith("/") and name == "svg":
                continue
            end = source.find(f"</{name}", position) if name not in no_end else -1
            if end < 0 and name not in no_end:
                lower = lower if lower is not None else source.lower()
                end = lower.find(f"</{name}", position) if len(lower) == size else -1
            if end < 0:
                no_end.add(name)
                if name in {"script", "style"}:
                    break
                continue
            if name == "script" and "ld+json" in attributes:
                markup.scripts.append(source[position:end])
            close = source.find(">", end)
            position = close + 1 if close >= 0 else size
            continue
        if name in _VOID:
            if name == "hr":
                flush()
            elif name in {"meta", "link"}:
                markup.metas.append(attributes)
            continue
        if name == "title" and not closing and not markup.title:
            flush()
            end = source.find("</", position)
            end = end if end >= 0 else min(size, position + 1000)
            markup.title = " ".join(unescape(source[position:end]).split())
            position = end
            continue
        if builder.parts or builder.inline:
            flush()
        builder.breaks = 0
        if closing:
            if open_tags.get(name):
                pop(name)
            continue
        top = stack[-1].tag
        closes = _CLOSES.get(name, _P)
        while top in closes and len(stack) > 1:
            stack.pop()
            open_tags[top] -= 1
            top = stack[-1].tag
        if name == "html" and not markup.language:
            lang = re.search(r"""\blang\s*=\s*["']?([A-Za-z]{2,3})""", attributes)
            markup.language = lang[1].lower() if lang else ""
        stack.append(Element(name, attributes, stack[-1], len(stack)))
        open_tags[name] = open_tags.get(name, 0) + 1
        if len(stack) > markup.max_depth:
            markup.max_depth = len(stack)
        if links and name in _ENDS_LINK:
            links = 0
    flush()
    return markup
