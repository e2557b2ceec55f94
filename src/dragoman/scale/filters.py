"""Which pages are coded at all: decided before the dear steps, from what is known of a page without reading it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from dragoman.pages.article import Article, Page

_SCALE = 1 << 32


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; the defaults ask for everything.

    `sample` is the share of pages kept (0 to 1), chosen by their content, so that it is the same on every run and
    engine. `since` (YYYY-MM-DD) leaves out pages fetched or published before it. `languages` are ISO 639-1 codes,
    `hosts` domains with their subdomains. `gate` leaves out pages that cannot hold an event.
    """

    sample: float = 1.0
    since: str | None = None
    languages: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    gate: bool = True

    def to_dict(self) -> dict[str, Any]:
        """For a fingerprint."""
        return asdict(self)

    def skips(self, page: Page) -> str | None:
        """Why a page is left out without being read: the name of the filter, or None."""
        if self.sample < 1.0 and int(page.sha256[:8], 16) >= self.sample * _SCALE:
            return "sample"
        if self.hosts and not any(_within(host_of(page.url), wanted) for wanted in self.hosts):
            return "host"
        known = page.declared_date or page.fetched  # nothing is published after it was fetched
        if self.since and known and known < self.since:
            return "since"
        return None

    def skips_article(self, article: Article) -> str | None:
        """Why a page that was read is not coded: the name of the filter, or None."""
        published = article.published.iso or article.published.not_after
        if self.since and published and published < self.since[: len(published)]:
            return "since"
        if self.languages and article.language not in self.languages:
            return "language"
        return None


def host_of(url: str | None) -> str:
    """The host of an address, in small letters, without `www.`; "" where there is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # "http://[": no address at all
        return ""
    return host.lower().removeprefix("www.")


def _within(host: str, domain: str) -> bool:
    domain = domain.lower().removeprefix("www.")
    return host == domain or host.endswith("." + domain)
