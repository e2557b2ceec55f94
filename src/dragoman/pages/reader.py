"""A Page to an Article: pure, and never failing – what could not be done is said in `Article.errors`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.pages.article import CONTENT_ROLES, Article, Page, Segment
from dragoman.pages.credits import author_of, original_source_of, outlet_of
from dragoman.pages.html import label
from dragoman.pages.languages import page_languages
from dragoman.pages.lines.wrapping import LabelledLine, unwrapped
from dragoman.pages.metadata import Head
from dragoman.pages.published import Declared, publication_date
from dragoman.pages.sources import Failure, open_pages

Labeller = Callable[[str], Sequence[LabelledLine]]
LINE_ENDS = str.maketrans("\r\n", "  ")  # inside a paragraph that was broken at a width
LONGEST_TEXT = 500_000  # characters of a text page that are read: a book
LONGEST_CONTENT = 200_000  # characters of title, body and captions that are kept: ten times a long article


def read(page: Page, labeller: Labeller | None = None) -> Article:
    """Find title, outlet, date, languages and labelled segments of a page.

    `labeller` labels the lines of text pages; the default is the trained one.
    """
    return _read_html(page) if page.kind == "html" else _read_text(page, labeller or _default_labeller())


def read_path(path: str | Path) -> Article:
    """Read the first page of a file. Raises ValueError, naming the file, when it holds none that can be read."""
    problems: list[str] = []
    for item in open_pages([path]):
        if isinstance(item, Failure):
            problems.append(str(item))
            continue
        return read(item)
    raise ValueError("; ".join(problems) or f"{path} holds no page")


def _default_labeller() -> Labeller:
    from dragoman.pages.text import label_lines

    return label_lines


def _read_html(page: Page) -> Article:
    declared = (page.declared_title,) if page.declared_title else ()
    labelling = label(page.text, declared)
    lines = labelling.lines
    languages, language = page_languages(
        [line.run.text for line in lines], [line.role in {"body", "title", "subhead"} for line in lines]
    )
    segments = tuple(
        Segment(line.role, code, line.run.start, line.run.end, line.run.text, line.run.anchors)
        for line, code in zip(lines, languages, strict=True)
    )
    head = labelling.head
    title = lines[labelling.title].run.text if labelling.title is not None else page.declared_title
    return _article(page, segments, language, title or (head.titles[0] if head.titles else None), head, labelling.note)


def _read_text(page: Page, labeller: Labeller) -> Article:
    lines = unwrapped(labeller(page.text[:LONGEST_TEXT]), page.text)
    texts = [page.text[start:end].translate(LINE_ENDS) for start, end, _ in lines]
    languages, language = page_languages(texts, [role in {"body", "title", "subhead"} for _, _, role in lines])
    segments = tuple(
        Segment(role, code, start, end, text)
        for (start, end, role), text, code in zip(lines, texts, languages, strict=True)
        if text.strip()
    )
    title = next((" ".join(s.text.split()) for s in segments if s.role == "title"), page.declared_title)
    cut = len(page.text) > LONGEST_TEXT
    note = f"only the first {LONGEST_TEXT:,} characters of the page were read" if cut else None
    return _article(page, segments, language, title, Head(), note)


def _bounded(segments: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], str | None]:
    """The segments without the content beyond `LONGEST_CONTENT` characters, and a sentence if there was any."""
    if sum(len(s.text) for s in segments if s.role in CONTENT_ROLES) <= LONGEST_CONTENT:
        return segments, None
    kept, room = [], LONGEST_CONTENT
    for segment in segments:
        if segment.role not in CONTENT_ROLES:
            kept.append(segment)
        elif room:
            kept.append(segment if len(segment.text) <= room else _cut(segment, room))
            room -= len(kept[-1].text)
    return tuple(kept), f"only the first {LONGEST_CONTENT:,} characters of the page's content were kept"


def _cut(segment: Segment, length: int) -> Segment:
    """The first `length` characters of a segment; anchors are cut between, so that offsets hold."""
    anchors = tuple(a for a in segment.anchors if a[0] < length)
    return replace(segment, end=segment.span(0, length)[1], text=segment.text[:length], anchors=anchors)


def _article(
    page: Page, segments: tuple[Segment, ...], language: str, title: str | None, head: Head, note: str | None
) -> Article:
    declared = Declared(head.published, head.modified, page.declared_date, page.url or head.url, page.fetched)
    segments, shortened = _bounded(segments)
    outlet = outlet_of(page, segments, head)
    lost = page.text.count("\ufffd")
    undecoded = f"{lost} characters could not be decoded as {page.encoding}" if lost else None
    return Article(
        page=page,
        title=title,
        outlet=outlet,
        original_source=original_source_of(segments, outlet),
        author=author_of(segments, head),
        language=language,
        published=publication_date(segments, declared, title),
        segments=segments,
        errors=tuple(filter(None, (note, shortened, undecoded))),
    )
