"""pages: raw bytes to labelled articles.

`open_pages` is the only part of Dragoman's core that touches files; `read` is pure.
"""

from dragoman.pages.article import Article, Page, PublicationDate, Segment
from dragoman.pages.containers import Failure
from dragoman.pages.reader import read, read_path
from dragoman.pages.sources import Limits, open_pages

__all__ = ["Article", "Failure", "Limits", "Page", "PublicationDate", "Segment", "open_pages", "read", "read_path"]
