"""Titles, outlets, authors and sources, from the head and from what the page shows."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from dragoman.pages import Segment, read
from dragoman.pages.article import Role
from dragoman.pages.containers import make_page
from dragoman.pages.credits import author_of, original_source_of, outlet_of
from dragoman.pages.furniture import hint, opening
from dragoman.pages.markup import tokenise
from dragoman.pages.metadata import Head, read_head, strip_site, title_suffix

PAGE = make_page(b"x", "text")


def lines(*items: tuple[Role, str]) -> list[Segment]:
    segments, at = [], 0
    for role, text in items:
        segments.append(Segment(role, "en", at, at + len(text), text))
        at += len(text) + 1
    return segments


def head(markup: str) -> Head:
    return read_head(tokenise(markup))


@pytest.mark.parametrize(
    ("title", "outlet", "bare"),
    [
        ("Old rivals meet | The Post", None, "Old rivals meet"),
        ("Old rivals meet in Rabat - The Post", "The Post", "Old rivals meet in Rabat"),
        ("Two decades of war end — Rift Valley Chronicle", "Rift Valley Chronicle", "Two decades of war end"),
        ("Gabon : les généraux tournent la page", None, "Gabon : les généraux tournent la page"),
        ("Griner for Bout: a swap", None, "Griner for Bout: a swap"),
        ("The Post | Old rivals meet at last in Rabat", "The Post", "Old rivals meet at last in Rabat"),
        ("US-Morocco ties", None, "US-Morocco ties"),
    ],
)
def test_the_site_is_cut_from_titles(title: str, outlet: str | None, bare: str) -> None:
    assert strip_site(title, outlet) == bare


def test_title_suffix() -> None:
    assert title_suffix("Old rivals meet | The Post") == "The Post"
    assert title_suffix("Gabon : les généraux") is None


def test_linked_data_and_meta_tags() -> None:
    found = head(
        '<meta content="Old rivals &amp; friends | The Post" property="og:title"><meta name=author content="A. Ruiz">'
        '<script type="application/ld+json">{"@graph":['
        '{"@type":"Organization","name":"Post Group"},{"@type":["NewsArticle"],'
        '"headline":"Old rivals","datePublished":"2020-09-13","dateModified":"2021-01-01",'
        '"author":[{"name":"B. Hale"}],'
        '"publisher":{"name":"The Post"}}]}</script>'
    )
    assert found.titles[:2] == ("Old rivals & friends", "Old rivals")
    assert (found.outlet, found.authors) == ("The Post", ("B. Hale", "A. Ruiz"))
    assert found.published == (("JSON-LD datePublished", "2020-09-13"),)
    assert found.modified == ("2021-01-01",)


def test_broken_linked_data_still_gives_its_date() -> None:
    found = head('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-09-13",,}</script>')
    assert found.published == (("JSON-LD datePublished", "2020-09-13"),)


@pytest.mark.parametrize(
    "value", ["[" * 5000, "null", '"x"', '{"@type":1}', '{"@graph":[[[]]]}', '{"@type":"Article","author":[[{}]]}']
)
def test_odd_linked_data(value: str) -> None:
    assert head(f'<script type="application/ld+json">{value}</script>').outlet is None


@pytest.mark.parametrize(
    ("items", "outlet"),
    [
        ([("navigation", "The Harbour Post | News | Analysis"), ("title", "T"), ("body", "B.")], "The Harbour Post"),
        (
            [
                ("navigation", "LibyaReview"),
                ("navigation", "Home"),
                ("title", "T"),
                ("body", "B."),
                ("footer", "LibyaReview"),
            ],
            "LibyaReview",
        ),
        ([("title", "T"), ("body", "B."), ("footer", "Harbour Signal is registered in Tbilisi.")], "Harbour Signal"),
        (
            [("title", "T"), ("body", "B."), ("footer", "© 2012-2024 Harbour Herald. All rights reserved")],
            "Harbour Herald",
        ),
        ([("title", "T"), ("body", "B."), ("footer", "جميع الحقوق محفوظة © 2021 جريدة الميناء")], "جريدة الميناء"),
        ([("navigation", "Asia Desk >> Taiwan"), ("title", "T"), ("body", "B.")], None),
        ([("navigation", "Skip to content"), ("navigation", "Home"), ("title", "T"), ("body", "B.")], None),
        ([("title", "T"), ("body", "B.")], None),
    ],
)
def test_outlets_of_plain_text(items: list[tuple[Role, str]], outlet: str | None) -> None:
    assert outlet_of(PAGE, lines(*items), Head()) == outlet


@pytest.mark.parametrize(
    ("items", "source"),
    [
        ([("title", "T"), ("body", "RABAT (Reuters) – The ministers met.")], "Reuters"),
        ([("title", "T"), ("byline", "Le Phare avec AFP"), ("body", "Les ministres.")], "AFP"),
        ([("title", "T"), ("body", "The ministers met."), ("other", "By The Harbour Weekly")], "The Harbour Weekly"),
        ([("title", "T"), ("body", "التقى الوزيران."), ("other", "المصدر: رويترز")], "Reuters"),
        ([("title", "T"), ("byline", "By Ana Ruiz"), ("body", "The ministers met.")], None),
    ],
)
def test_original_sources(items: list[tuple[Role, str]], source: str | None) -> None:
    assert original_source_of(lines(*items), None) == source


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By Ruth Hallam, diplomatic editor · Friday 14 August 2020", "Ruth Hallam"),
        ("Par Awa Diop | Dakar", "Awa Diop"),
        ("12/09/2022 06:40 AM   By Dale Ostrander   3 min read", "Dale Ostrander"),
        ("بقلم: سعاد العلمي", "سعاد العلمي"),
        ("By Reuters", None),
        ("Staff", None),
    ],
)
def test_authors(byline: str, author: str | None) -> None:
    assert author_of(lines(("byline", byline)), Head()) == author


@pytest.mark.parametrize(
    ("tag", "attributes", "role"),
    [
        ("div", ' class="entry mostRead"', "related"),
        ("div", " id=comments", "comments"),
        ("section", " class='wp-block td-related-posts'", "related"),
        ("div", ' class="no-sidebar has-share"', None),
        ("div", ' class="comments-open"', None),
        ("div", ' class="article-content"', None),
        ("body", ' class="related share"', None),
        ("nav", "", "navigation"),
        ("div", ' class="relacionadas"', "related"),
        ("div", ' class="partage"', "share"),
    ],
)
def test_container_names(tag: str, attributes: str, role: str | None) -> None:
    found = hint(tag, attributes)
    assert (found.role if found else None) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Read also: Army seizes power", "related"),
        ("• À lire aussi : le putsch", "related"),
        ("اقرأ أيضاً الجيش يستولي على السلطة", "related"),
        ("Leave a reply", "comments"),
        ("Readers were told on Monday", None),
        ("Relatedly, the minister said", None),
    ],
)
def test_opening_words(text: str, role: str | None) -> None:
    assert opening(text) == role


def test_container_declarations_serve_where_the_page_has_none() -> None:
    page = make_page(
        b"<p>Two envoys met.</p>",
        "html",
        declared_title="Envoys meet",
        declared_outlet="The Post",
        declared_date="2020-10-02",
    )
    article = read(page)
    assert (article.title, article.outlet, article.published.iso) == ("Envoys meet", "The Post", "2020-10-02")


@pytest.mark.parametrize(
    "name", [f.name for f in files("dragoman.pages").joinpath("data").iterdir() if f.name.endswith(".tsv")]
)
def test_word_lists_are_sorted_unique_and_even(name: str) -> None:
    text = files("dragoman.pages").joinpath("data", name).read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len({len(row) for row in rows}) == 1
    keys = [tuple(row) for row in rows[1:]]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    assert all(cell == cell.strip() and cell for row in rows for cell in row)
