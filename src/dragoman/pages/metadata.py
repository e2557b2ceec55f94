"""What a page's head declares: titles, outlet, authors, dates, from meta tags and JSON-LD."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from dragoman.pages.markup import Markup

_ATTRIBUTE = re.compile(r"""([\w:.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SEPARATORS = re.compile(r"\s+(?:[|–—•·»:/]|-{1,2}|::)\s+|\s*[|»]\s*")
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "publication-date", "published_date", "published-date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date",
    "dcterms.date", "article.published", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime",
    "bt:pubdate", "displaydate", "timestamp", "pdate", "rnews:datepublished", "vr:published_time", "mediator_published_time",
    "citation_publication_date", "prism.publicationdate", "doc_date", "creation_date", "date", "ptime", "fecha", "created",
)  # fmt: skip
_SITE = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "apple-mobile-web-app-title", "publisher",
         "cre", "al:ios:app_name", "al:android:app_name")  # fmt: skip
_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "article:author_name",
)
_ARTICLE = re.compile(r"Article|BlogPosting|Report|NewsItem|LiveBlog", re.I)
_LOOSE = re.compile(r'"(datePublished|headline)"\s*:\s*"((?:[^"\\]|\\.){1,400})"')
_TAG = re.compile(r"<[^>]{1,200}>")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head declares. `published` holds (where, value) pairs, the most trustworthy first."""

    titles: tuple[str, ...] = ()
    page_title: str = ""
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: tuple[tuple[str, str], ...] = ()
    modified: tuple[str, ...] = ()
    url: str | None = None
    language: str = ""


def read_head(markup: Markup) -> Head:
    """Read the meta tags and JSON-LD of a page. Malformed JSON-LD still gives its headline and date where they can be seen."""
    metas: dict[str, str] = {}
    url: str | None = None
    for raw in markup.metas:
        attributes = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "").strip() for m in _ATTRIBUTE.finditer(raw)}
        if attributes.get("rel", "").lower() == "canonical" and not url:
            url = attributes.get("href")
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.setdefault(name.lower(), content)
    articles, others, loose = _linked_data(markup.scripts)
    published = [("JSON-LD datePublished", value) for item in articles for value in _strings(item.get("datePublished"))]
    published += [("JSON-LD datePublished", value) for key, value in loose if key == "datePublished"]
    published += [(f"meta {key}", metas[key]) for key in _PUBLISHED if key in metas]
    modified = [value for item in articles for value in _strings(item.get("dateModified"))]
    modified += [metas[key] for key in ("article:modified_time", "og:updated_time", "last-modified") if key in metas]
    titles = [metas[key] for key in ("og:title", "twitter:title", "dc.title", "title", "headline") if key in metas]
    titles[1:1] = [value for item in articles for value in _strings(item.get("headline"))]
    titles += [value for key, value in loose if key == "headline"]
    publishers = [name for item in articles for name in _names(item.get("publisher"))]
    publishers += [name for item in others if "Organization" in _types(item) for name in _names(item)]
    publishers += [name for item in others if "WebSite" in _types(item) for name in _names(item)]
    outlet = next(
        filter(None, (*(metas.get(key) for key in _SITE[:1]), *publishers, *(metas.get(k) for k in _SITE[1:]))), None
    )
    authors = [name for item in articles for name in _names(item.get("author"))]
    authors += [metas[key] for key in _AUTHOR if key in metas and "://" not in metas[key]]
    outlet = _clean(outlet) if outlet and "://" not in outlet else None
    cleaned = (strip_site(_clean(title), outlet) for title in titles)
    page_title = strip_site(markup.title, outlet)
    return Head(
        titles=tuple(dict.fromkeys(t for t in (*cleaned, page_title, markup.title) if t)),
        page_title=markup.title,
        outlet=outlet,
        authors=tuple(
            dict.fromkeys(name for name in map(_clean, authors) if name and name != outlet and len(name) < 120)
        ),
        published=tuple(dict.fromkeys(published)),
        modified=tuple(dict.fromkeys(modified)),
        url=metas.get("og:url") or url,
        language=markup.language,
    )


def strip_site(title: str, outlet: str | None) -> str:
    """`title` without the outlet's name at its end or start, or without a short last part after a bar or spaced dash."""
    parts = list(_SEPARATORS.finditer(title))
    if not parts:
        return title
    last, first = parts[-1], parts[0]
    head, tail = title[: last.start()].strip(), title[last.end() :].strip()
    if outlet:
        name = outlet.casefold()
        if tail.casefold() == name or (len(tail) > 3 and tail.casefold() in name) or name in tail.casefold():
            return strip_site(head, outlet) if len(head) > 10 else head or title
        if title[: first.start()].strip().casefold() == name:
            return title[first.end() :].strip() or title
    strong = last[0].strip() in {"|", "»", "•", "·", "::"}
    short = len(tail.split()) <= (5 if strong else 4) and len(tail) * 1.5 < len(head)
    capital = tail[:1].isupper() or not tail[:1].islower()
    if short and capital and last[0].strip() != ":" and len(head.split()) >= 3 and not tail.endswith(("?", "!", ".")):
        return head
    return title


def title_suffix(title: str) -> str | None:
    """The last part of a `<title>` after a bar or spaced dash, where outlets put their name."""
    parts = list(_SEPARATORS.finditer(title))
    if not parts or parts[-1][0].strip() == ":":
        return None
    tail = title[parts[-1].end() :].strip()
    return tail if tail and len(tail.split()) <= 6 and len(tail) < len(title) / 2 + 5 else None


def _linked_data(scripts: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[tuple[str, str]]]:
    """JSON-LD objects that are articles, all others, and pairs seen in scripts that are not valid JSON."""
    articles: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    loose: list[tuple[str, str]] = []
    for script in scripts:
        try:
            value = json.loads(script.strip().removeprefix("<!--").removesuffix("-->").strip(" ;\n\r\t"), strict=False)
        except (ValueError, RecursionError):
            loose += [(m[1], m[2]) for m in _LOOSE.finditer(script[:200_000])]
            continue
        queue: list[Any] = [value]
        seen = 0
        while queue and seen < 500:
            item = queue.pop(0)
            seen += 1
            if isinstance(item, list):
                queue.extend(item)
            elif isinstance(item, dict):
                (articles if _ARTICLE.search(_types(item)) else others).append(item)
                for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                    if isinstance(item.get(key), list | dict):
                        queue.append(item[key])
    return articles, others, loose


def _types(item: dict[str, Any]) -> str:
    return " ".join(_strings(item.get("@type")))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    return [value] if isinstance(value, str) and value.strip() and "://" not in value else []


def _clean(text: str) -> str:
    return " ".join(_TAG.sub(" ", unescape(text)).split())
