"""Which runs of an HTML page are its main content: trafilatura's choice, aligned to our own exact runs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import lxml.etree
import lxml.html

from dragoman.pages.markup import Markup, Run

_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"""[.!?…؟۔][»"”’')\]]*$""")
_BREAKS = frozenset({"p", "head", "item", "cell", "quote", "row", "lb", "list", "table", "code", "figure", "ab", "div"})
_MAX_DEPTH = 240  # libxml2 refuses deeper trees
_MAX_SOURCE = 2_000_000  # characters; beyond this the tree would cost too much memory
_LONG = 40
_MOST = 0.6  # of a page's long runs; with less, trafilatura's rules have missed part of the article (see `_main_text`)
# lxml.html asks Python which class each element is to have, every time it is touched; trafilatura needs this one only
_ELEMENTS = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)


def content_runs(source: str, markup: Markup) -> tuple[set[int], str | None]:
    """Indices of the runs that belong to the main content, and a note where trafilatura could not be used.

    trafilatura decides; where it fails or finds nothing the runs with whole sentences and few links are taken.
    """
    runs = markup.runs
    extracted, note = "", None
    if markup.max_depth > _MAX_DEPTH or len(source) > _MAX_SOURCE:
        note = "the page is too deep or too long for trafilatura: content chosen by sentences and links only"
    elif runs:
        try:
            extracted = _main_text(source, sum(len(run.text) for run in runs if _is_long(run)))
        except Exception as error:  # the library meets arbitrary markup; its failure must not cost the page
            note = f"trafilatura failed ({type(error).__name__}): content chosen by sentences and links only"
    chosen = align([run.text for run in runs], extracted) if extracted else set()
    if not chosen:
        chosen = {index for index, run in enumerate(runs) if is_prose(run)}
    return chosen, note


def is_prose(run: Run) -> bool:
    """Whether a run reads as sentences: long, few links, ends as a sentence does."""
    return _is_long(run) and ends_sentence(run.text)


def _is_long(run: Run) -> bool:
    """Whether a run is no menu or heading: long, few links."""
    return len(run.text) >= 60 and run.link_chars * 3 < len(run.text)


def ends_sentence(text: str) -> bool:
    """Whether the text ends with the punctuation of a sentence."""
    return _SENTENCE_END.search(text) is not None


def _main_text(source: str, expected: int) -> str:
    """The word characters of trafilatura's main text, one line per block.

    Its second readers (readability, jusText) take half as long again as its own rules, which are asked first and
    believed where they found most of the `expected` characters, in paragraphs. Mean word F1 of what we label on 709
    pages of WCXB's development part: .944, as with the second readers asked on all; on 737 of CleanEval .857, not .856.
    """
    from trafilatura import bare_extraction

    parser = lxml.etree.HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = lxml.html.document_fromstring(source.replace("\0", " ").encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:
        return ""
    for rules_alone in (True, False):
        document: Any = bare_extraction(
            tree,
            fast=rules_alone,
            output_format="txt",  # the default, "python", also writes the whole body out as text
            include_comments=False,
            include_tables=True,
            with_metadata=False,
        )
        if document is not None and len(document.raw_text) >= _MOST * expected and _in_paragraphs(document.body):
            break
    return _words_by_block(document.body) if document is not None else ""


def _in_paragraphs(body: lxml.etree._Element) -> bool:
    """Whether an extracted text stands in paragraphs rather than in tables or loose lines."""
    return bool(body.xpath(".//p//text()")) and len(body.findall(".//table")) <= len(body.findall(".//p"))


def _words_by_block(body: lxml.etree._Element) -> str:
    """The word characters of an element, one line per block."""
    pieces: list[str] = []
    for event, element in lxml.etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if element.tag in _BREAKS:
                pieces.append("\n")
            if element.text:
                pieces.append(element.text)
        else:
            if element.tag in _BREAKS:
                pieces.append("\n")
            if element.tail:
                pieces.append(element.tail)
    lines = (_NOT_WORD.sub("", line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def align(texts: Sequence[str], extracted: str) -> set[int]:
    """Indices of the texts that occur, in order, in `extracted` (word characters only, a line per block).

    Long texts that occur once anchor the order; between two anchors short texts match whole lines, long ones any part.
    """
    keys = [_NOT_WORD.sub("", text) for text in texts]
    stream = "\n" + extracted + "\n"
    flat = stream.replace("\n", "")
    anchors: list[tuple[int, int, int]] = []
    for index, key in enumerate(keys):
        if len(key) >= _LONG:
            at = flat.find(key)
            if at >= 0:
                anchors.append((index, at, at + len(key)))
    chain = _increasing(anchors)
    chosen = {index for index, _, _ in chain}
    borders, position = {0}, 0
    for line in extracted.split("\n"):
        position += len(line)
        borders.add(position)
    bounds = [(-1, 0, 0), *chain, (len(keys), len(flat), len(flat))]
    for (left, _, low), (right, high, _) in pairwise(bounds):
        cursor = low
        for index in range(left + 1, right):
            key = keys[index]
            if not key or index in chosen:
                continue
            end = _find_between(flat, key, cursor, high, borders)
            if end is not None:
                chosen.add(index)
                cursor = end
    return chosen


def _find_between(flat: str, key: str, low: int, high: int, borders: set[int]) -> int | None:
    """Where `key` ends in `flat[low:high]`; short keys must be whole lines. A long key may be cut at one end."""
    at = flat.find(key, low, high)
    while at >= 0:
        end = at + len(key)
        if len(key) >= _LONG or (at in borders and (end in borders or len(key) >= 12)):
            return end
        at = flat.find(key, at + 1, high)
    if len(key) >= 2 * _LONG:
        for part in (key[:_LONG], key[-_LONG:]):
            at = flat.find(part, low, high)
            if at >= 0:
                return at + len(part)
    return None


def _increasing(anchors: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest chain of anchors whose positions grow with their indices (patience sorting)."""
    tails: list[int] = []
    tail_at: list[int] = []
    previous: list[int] = []
    for number, (_, start, _) in enumerate(anchors):
        slot = bisect_left(tails, start + 1)
        previous.append(tail_at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(start + 1)
            tail_at.append(number)
        else:
            tails[slot] = start + 1
            tail_at[slot] = number
    chain: list[tuple[int, int, int]] = []
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        chain.append(anchors[at])
        at = previous[at]
    return chain[::-1]
