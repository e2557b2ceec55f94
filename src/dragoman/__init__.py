"""Dragoman reads the news of diplomacy and keeps the record: who did what to whom, when, and whether it happened.

import dragoman
article = dragoman.read("page.html")      # Article: title, outlet, date, labelled segments
reading = dragoman.code(article)          # Reading: .events, .quotes
with dragoman.open_record("morocco.db") as record:
    record.add(reading)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.reading import Reading
    from dragoman.coding.settings import Settings
    from dragoman.pages import Failure
    from dragoman.pages.article import Article, Page
    from dragoman.record import Record

__version__ = "0.1.0"
__all__ = ["__version__", "code", "code_pages", "open_record", "read"]


def read(source: str | Path | Page) -> Article:
    """The article in a page: a path to one HTML or text file, or a `Page`.

    Raises FileNotFoundError for a missing file, ValueError for a file that holds no page or several.
    """
    from dragoman.pages import Failure, open_pages
    from dragoman.pages import read as read_page
    from dragoman.pages.article import Page as PageType

    if isinstance(source, PageType):
        return read_page(source)
    path = Path(source)
    if not path.is_file():
        raise FileNotFoundError(f"{path} is no file; for folders and globs use dragoman.code_pages")
    pages = list(open_pages([path]))
    for page in pages:
        if isinstance(page, Failure):
            raise ValueError(f"{page.file}: {page.message}")
    if len(pages) != 1:
        raise ValueError(f"{path} holds {len(pages)} pages; use dragoman.code_pages for containers")
    only = pages[0]
    assert isinstance(only, PageType)
    return read_page(only)


def code(source: Article | Page | str | Path, settings: Settings | None = None) -> Reading:
    """Events and quotations of an article (or of the page it is read from); raises what `read` raises."""
    from dragoman.coding.coder import code as code_article
    from dragoman.pages.article import Article as ArticleType

    article = source if isinstance(source, ArticleType) else read(source)
    return code_article(article, settings)


def code_pages(
    paths: Sequence[str | Path], settings: Settings | None = None, jobs: int | None = None
) -> Iterator[Reading | Failure]:
    """Readings of every page in files, folders, globs and containers, lazily and in order.

    What cannot be read or coded is a `Failure` with file, place and message; the rest goes on.
    """
    from dragoman.pages import open_pages
    from dragoman.scale import code_pages as code_stream

    return code_stream(open_pages(paths), settings, jobs)


def open_record(path: str | Path) -> Record:
    """The record in an SQLite file, made if it does not exist; use it as a context manager."""
    from dragoman.record import Record

    return Record(path)
