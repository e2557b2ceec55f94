"""How well `dragoman.pages.text.label_lines` tells content from furniture, on pages whose main text is known.

Reads a folder of the Web Content Extraction Benchmark (`html/NNNN.html.gz`, `ground-truth/NNNN.json`), strips each page
in several ways that are seen in the wild, aligns every line with the known main text, and scores lines and words.
`training/lines.py` makes its examples with the same functions.
"""

from __future__ import annotations

import gzip
import json
import re
import textwrap
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html

from dragoman.pages.lines.cues import words
from dragoman.pages.lines.split import Line, split_lines
from dragoman.pages.text import LabelledLine, label_lines

STRIPPERS = ("blocks", "bullets", "wet", "nodes", "wrapped", "inline")
HELD_OUT_OF = 6  # one host in six is never trained on
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "button", "center", "dd", "details", "dialog", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary",
        "table", "td", "th", "tr", "ul", "video",
    )
)  # fmt: skip
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "math"))
_INLINE_LISTS = frozenset(("ul", "nav", "ol"))
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """An HTML page with its known title and main text."""

    name: str
    host: str
    html: bytes
    title: str
    content: str

    @property
    def held_out(self) -> bool:
        """Whether the page's host is kept out of training (by a hash of its name)."""
        return zlib.crc32(self.host.encode()) % HELD_OUT_OF == 0


def marked_pages(folder: Path) -> Iterator[MarkedPage]:
    """The pages of a WCXB-format folder, by name. Raises FileNotFoundError where it holds no `ground-truth`."""
    truths = sorted((folder / "ground-truth").glob("*.json"))
    if not truths:
        raise FileNotFoundError(f"{folder}: no ground-truth/*.json in it; give a folder in the format of WCXB.")
    for path in truths:
        data = json.loads(path.read_text(encoding="utf-8"))
        truth = data["ground_truth"]
        page = folder / "html" / f"{path.stem}.html.gz"
        host = re.sub(r"^\w+://(?:www\.)?|/.*$", "", data.get("url") or path.stem)
        markup = gzip.decompress(page.read_bytes())
        yield MarkedPage(path.stem, host, markup, truth["title"] or "", truth["main_content"])


def _tree(page: bytes) -> Any:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return html.document_fromstring(page, parser=parser)


def strip_html(page: bytes, stripper: str) -> str:
    """The text of `page` as one kind of stripper leaves it; `stripper` is one of `STRIPPERS`.

    blocks: a paragraph a block, blank lines between; bullets: the same with `  • ` before list items; wet: no blank
    lines (Common Crawl's WET); nodes: a line per text node, so that links break lines (`get_text` with a line feed);
    wrapped: blocks folded at 100 characters; inline: the items of a list on one line.
    """
    try:
        root = _tree(page)
    except etree.ParserError:
        return ""
    if stripper == "nodes":
        nodes = (_SPACE.sub(" ", t).strip() for t in _texts(root))
        return "\n".join(t for t in nodes if t)
    parts: list[str] = []
    _render(root, parts, stripper, False)
    lines = [_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n")]
    kept = [line for line in lines if line and line != "\x01"]
    if stripper == "inline":
        kept = [line.strip(" \x02").replace("\x02", "  ") for line in kept]
    if stripper == "wet":
        return "\n".join(line.replace("\x01", "") for line in kept)
    if stripper == "wrapped":
        kept = ["\n".join(textwrap.wrap(line, 100)) for line in kept]
    kept = [re.sub(r"^\x01\s*", "  • " if stripper == "bullets" else "", line).replace("\x01", "") for line in kept]
    return "\n\n".join(kept).replace("\n\n  • ", "\n  • ")


def _texts(root: Any) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in _SILENT and element.text:
            yield element.text
        if element.tail:
            yield element.tail


def _render(element: Any, parts: list[str], stripper: str, inline: bool) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _SILENT:
        return
    block = tag in _BLOCKS
    edge = ("\x02" if inline else "\n") if block else ""
    parts.append(edge)
    if tag == "li" and not inline:
        parts.append("\x01 ")
    inline = inline or (stripper == "inline" and tag in _INLINE_LISTS and len(element.text_content()) < 600)
    if element.text:
        parts.append(element.text.replace("\n", " "))
    for child in element:
        _render(child, parts, stripper, inline)
        if child.tail:
            parts.append(child.tail.replace("\n", " "))
    parts.append(edge)


def align(lines: Sequence[Line], content: str, title: str) -> list[float | None]:
    """For each line 1.0 if it belongs to the main text `content`, 0.0 if not, None where the two cannot be compared.

    Long lines are told by their three-word shingles; short ones by occurring in the text and standing among content.
    The lines of the title are None: benchmarks disagree whether it is content.
    """
    gold = words(content)
    shingles = set(zip(gold, gold[1:], gold[2:], strict=False))
    joined = f" {' '.join(gold)} "
    whole = {" ".join(words(line)) for line in content.split("\n")}
    headline = " ".join(words(title))
    tokens = [words(line.text) for line in lines]
    marks: list[float | None] = []
    for line in tokens:
        if not line or (headline and headline in (text := " ".join(line)) and len(text) < len(headline) + 40):
            marks.append(None)
        elif len(line) < 5:
            marks.append(0.5)
        else:
            grams = list(zip(line, line[1:], line[2:], strict=False))
            share = sum(g in shingles for g in grams) / len(grams)
            marks.append(1.0 if share >= 0.7 else 0.0 if share <= 0.35 else None)
    sure = [i for i, m in enumerate(marks) if m == 1.0]
    first, last = (sure[0], sure[-1]) if sure else (len(lines), -1)
    for i, line in enumerate(tokens):
        if marks[i] != 0.5:
            continue
        text = " ".join(line)
        near = [m for m in (_nearest(marks, i, -1), _nearest(marks, i, 1)) if m is not None]
        inside = first - 3 <= i <= last + 3 and f" {text} " in joined
        alone = text in whole and first - 1 <= i <= last + 1
        marks[i] = 1.0 if inside and ((near and min(near) == 1.0) or alone) else None if inside else 0.0
    return marks


def _nearest(marks: Sequence[float | None], at: int, step: int) -> float | None:
    for i in range(at + step, at + step * 12, step):
        if not 0 <= i < len(marks):
            return None
        if marks[i] in (0.0, 1.0):
            return marks[i]
    return None


@dataclass(frozen=True, slots=True)
class LineScore:
    """F1 of content lines over all pages, mean word F1 a page, and how many pages they were measured on."""

    line_precision: float
    line_recall: float
    line_f1: float
    word_f1: float
    pages: int

    def as_dict(self) -> dict[str, float]:
        """The score as JSON has it, rounded to three places."""
        names = ("line_precision", "line_recall", "line_f1", "word_f1", "pages")
        return {name: round(getattr(self, name), 3) for name in names}


def line_f1(predicted: Iterable[bool], gold: Iterable[float | None]) -> tuple[int, int, int]:
    """(right, wrongly kept, missed) content lines; lines whose gold mark is None do not count."""
    pairs = Counter((p, g) for p, g in zip(predicted, gold, strict=True) if g is not None)
    return pairs[True, 1.0], pairs[True, 0.0], pairs[False, 1.0]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Precision, recall and F1 (0-1) of the words, with repetition, of a predicted against a known text."""

    precision: float
    recall: float
    f1: float


def word_overlap(predicted: str, gold: str) -> Overlap:
    """How well the words of the predicted text agree with the known main text; all zero where one has none."""
    ours, theirs = Counter(words(predicted)), Counter(words(gold))
    shared, found, known = (ours & theirs).total(), ours.total(), theirs.total()
    return Overlap(shared / max(1, found), shared / max(1, known), 2 * shared / max(1, found + known))


def f_score(right: int, kept: int, missed: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of the three counts of `line_f1`."""
    precision, recall = right / max(1, right + kept), right / max(1, right + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def is_content(line: Line, labelled: Sequence[LabelledLine]) -> bool:
    """Whether any labelled piece of `line` is body, subhead or caption."""
    roles = {p.role for p in labelled if line.start <= p.start < line.end}
    return bool(roles & {"body", "subhead", "caption"})


def evaluate_lines(
    folder: Path, strippers: Sequence[str] = STRIPPERS, everything: bool = False, every: int = 1
) -> dict[str, dict[str, float]]:
    """Scores by stripper and in all. Only hosts that were kept out of training count, unless `everything` is set.

    `every` takes every n-th of those pages only. Raises FileNotFoundError where `folder` holds no `ground-truth`.
    """
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    f1s: defaultdict[str, list[float]] = defaultdict(list)
    pages = [page for page in marked_pages(folder) if everything or page.held_out]
    for page in pages[::every]:
        for stripper in strippers:
            text = strip_html(page.html, stripper)
            labelled, lines = label_lines(text), split_lines(text)
            predicted = [is_content(line, labelled) for line in lines]
            result = line_f1(predicted, align(lines, page.content, page.title))
            kept = "\n".join(line.text for line, p in zip(lines, predicted, strict=True) if p)
            found = word_overlap(kept, page.content).f1
            for key in (stripper, "all"):
                counts[key] = [a + b for a, b in zip(counts[key], result, strict=True)]
                f1s[key].append(found)
    return {
        key: LineScore(*f_score(*counts[key]), sum(f1s[key]) / len(f1s[key]), len(f1s[key])).as_dict()
        for key in (*strippers, "all")
        if f1s[key]
    }
