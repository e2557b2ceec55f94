"""What a page's head declares: titles, outlet, authors, dates, from meta tags and JSON-LD."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Any

from dragoman.pages.markup import Markup

_ATTRIBUTE = re.compile(r"""([\w:.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SEPARATORS = re.compile(r"\s+(?:[|–—•·»:/]|-{1,2}|::)\s+|\s*[|»]\s*")
_ARTICLE = re.compile(r"Article|BlogPosting|Report|NewsItem|LiveBlog", re.I)
_LOOSE = re.compile(r'"(datePublished|headline)"\s*:\s*"((?:[^"\\]|\\.){1,400})"')
_TAG = re.compile(r"<[^>]{1,200}>")


@cache
def _meta_names(meaning: str) -> tuple[str, ...]:
    """Names of meta tags with one meaning, the most trustworthy first."""
    lines = files("dragoman.pages").joinpath("data", "meta_names.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:] if line]
    return tuple(name for name, _, _ in sorted((r for r in rows if r[1] == meaning), key=lambda r: int(r[2])))


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
    """Read the meta tags and JSON-LD of a page. Malformed JSON-LD still gives its headline and date."""
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
    published += [(f"meta {key}", metas[key]) for key in _meta_names("published") if key in metas]
    modified = [value for item in articles for value in _strings(item.get("dateModified"))]
    modified += [metas[key] for key in ("article:modified_time", "og:updated_time", "last-modified") if key in metas]
    titles = [metas[key] for key in ("og:title", "twitter:title", "dc.title", "title", "headline") if key in metas]
    titles[1:1] = [value for item in articles for value in _strings(item.get("headline"))]
    titles += [value for key, value in loose if key == "headline"]
    publishers = [name for item in articles for name in _names(item.get("publisher"))]
    publishers += [name for item in others if "Organization" in _types(item) for name in _names(item)]
    publishers += [name for item in others if "WebSite" in _types(item) for name in _names(item)]
    sites = [metas.get(key) for key in _meta_names("outlet")]
    outlet = next(filter(None, (sites[0], *publishers, *sites[1:])), None)
    authors = [name for item in articles for name in _names(item.get("author"))]
    authors += [metas[key] for key in _meta_names("author") if key in metas and "://" not in metas[key]]
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
    """`title` without the outlet's name, or without a short last part after a bar or spaced dash."""
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
                inner = (item.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
                queue.extend(value for value in inner if isinstance(value, list | dict))
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
