"""HTML pages become labelled segments that stand exactly where they say."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markup_check import assert_exact, seen

from dragoman.pages import Article, read
from dragoman.pages.containers import make_page
from dragoman.pages.extraction import align
from dragoman.pages.markup import tokenise

PARAGRAPHS = [
    "The foreign ministers of the two neighbours met on Monday and agreed to reopen their embassies.",
    "Officials said that the talks had been &ldquo;frank &amp; useful&rdquo; for both sides.",
    "A committee will meet <b>next month</b> to discuss the <a href='/b'>border</a>, water and trade.",
    "The opposition called the accord a mistake, and its leader asked parliament to vote against it in the autumn.",
]


def page(body: str, head: str = "") -> str:
    title = "<title>Old rivals meet | The Harbour Post</title>"
    return f'<!DOCTYPE html><html lang="en"><head>{title}{head}</head><body>{body}</body></html>'


def article(html: str) -> Article:
    made = make_page(html.encode("utf-8", "replace"), "html")
    result = read(made)
    assert_exact(made, result.segments)
    return result


def roles(result: Article, role: str) -> list[str]:
    return [s.text for s in result.segments if s.role == role]


def story(*extra: str) -> str:
    return (
        "<article><h1>Old rivals meet</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "".join(extra) + "</article>"
    )


def test_a_news_page() -> None:
    result = article(
        page(
            '<nav><a href="/">Home</a> <a>Minister quits</a></nav>'
            "<article><h1>Old rivals meet</h1><p class='byline'>By Ana Ruiz</p>"
            "<time datetime='2020-10-02'>2 October 2020</time>"
            "<figure><img><figcaption>The ministers at the airport.</figcaption></figure>"
            + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:2])
            + "<h2>What comes next</h2>"
            + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[2:])
            + "</article>"
            "<div class='related-stories'><ul><li><a>Army seizes power in the south</a></li></ul></div>"
            "<div id='comments'><p>I do not believe a word, they attacked us first and everybody knows it.</p></div>"
            "<footer>© 2024 The Harbour Post</footer>"
        )
    )
    assert (result.title, result.outlet, result.author, result.language) == (
        "Old rivals meet",
        "The Harbour Post",
        "Ana Ruiz",
        "en",
    )
    assert result.published.iso == "2020-10-02"
    assert roles(result, "body") == [seen(p) for p in PARAGRAPHS]
    assert roles(result, "subhead") == ["What comes next"]
    assert roles(result, "caption") == ["The ministers at the airport."]
    assert roles(result, "related") == ["Army seizes power in the south"]
    assert len(roles(result, "comments")) == 1
    assert roles(result, "footer") == ["© 2024 The Harbour Post"]


@pytest.mark.parametrize(
    "furniture",
    [
        "<aside><p>{}</p></aside>",
        "<div class='comments-area'><p>{}</p></div>",
        "<section class='most-read'><p>{}</p></section>",
        "<div class='newsletter-signup'><p>{}</p></div>",
        "<div class='author-bio'><p>{}</p></div>",
        "<div class='mas-leidas'><p>{}</p></div>",
        "<div class='lire-aussi'><p>{}</p></div>",
        "<p>Read also: {}</p>",
        "<p>À lire aussi : {}</p>",
        "<p>اقرأ أيضاً: {}</p>",
        "<p>Te puede interesar: {}</p>",
    ],
)
def test_furniture_inside_the_article_is_not_body(furniture: str) -> None:
    text = "Rebels attacked the capital on Sunday and the army answered with air strikes"
    result = article(page(story(furniture.format(text))))
    assert roles(result, "body") == [seen(p) for p in PARAGRAPHS]


def test_short_last_paragraphs_lists_quotes_and_tables_are_body() -> None:
    extra = (
        "<blockquote>We will return, the general told his officers before he left the country that night.</blockquote>"
        "<p>Elections are due in May.</p>"
    )
    assert roles(article(page(story(extra))), "body")[-2:] == [
        "We will return, the general told his officers before he left the country that night.",
        "Elections are due in May.",
    ]


def test_layout_classes_do_not_hide_the_article() -> None:
    html = page(f"<div class='no-sidebar comments-open'><div class='widget'><form>{story()}</form></div></div>")
    assert roles(article(html), "body") == [seen(p) for p in PARAGRAPHS]


def test_an_article_that_the_rules_of_extraction_miss_is_still_found() -> None:
    """A container named as a widget holds the article, beside a short one that is named as an article."""
    teaser = "".join(
        f"<p>Our reporters follow the talks from day {i} to the last, hour by hour, here.</p>" for i in range(6)
    )
    told = [
        f"The two ministers met on day {i} and agreed to open border post number {i} before the rains."
        for i in range(20)
    ]
    text = "".join(f"<p>{sentence}</p>" for sentence in told)
    html = page(f"<div><article><h1>Old rivals meet</h1>{teaser}</article><div class='widget'>{text}</div></div>")
    assert set(told) <= set(roles(article(html), "body"))


def test_breaks_separate_paragraphs() -> None:
    html = page("<div class='text'><h1>Old rivals meet</h1>" + "<br><br>".join(PARAGRAPHS) + "</div>")
    assert roles(article(html), "body") == [seen(p) for p in PARAGRAPHS]


def test_spans_cross_tags_and_entities() -> None:
    made = make_page(b"<p>Caf&eacute; &amp;  bar<b>s</b>&nbsp;here</p>", "html")
    (segment,) = read(made).segments
    assert segment.text == "Café & bars here"
    assert made.text[slice(*segment.span(0, 4))] == "Caf&eacute;"
    assert made.text[slice(*segment.span(7, 11))] == "bar<b>s"
    assert made.text[slice(*segment.span(12, 16))] == "here"


def test_stray_quotes_and_odd_markup() -> None:
    made = make_page(
        b"""<div class="a""><p>One > two</p><!-- <p>no</p> --><p title="x > y">Three<3</p><![CDATA[z]]><p>a&notit;b""",
        "html",
    )
    assert [r.text for r in tokenise(made.text).runs] == ["One > two", "Three<3", "a¬it;b"]


def test_scripts_inside_a_sentence_do_not_cut_it() -> None:
    (run,) = tokenise("<p>The two <script>var a = '<p>';</script>ministers met.</p>").runs
    assert run.text == "The two ministers met."


def test_deep_long_and_cut_pages_are_read_in_time() -> None:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    start = time.process_time()
    deep = article("<div>" * 10_000 + body + "</div>" * 10_000)
    assert [seen(p) for p in PARAGRAPHS] == roles(deep, "body")
    assert deep.errors
    article(page(story())[:-300])
    for source in (
        "<p>" + "word " * 400_000,
        "<" * 100_000,
        "<a '" * 50_000,
        "<a ='" * 50_000,
        "<!--" * 50_000,
        "<script>" * 20_000,
        "&amp" * 100_000,
    ):
        read(make_page(source.encode(), "html"))
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    "html", ["", " ", "\0", "<", "<p", "&#xd800;", "<html></html>", "<title>x", "\ufeff<p>a", "<p>\ud83d"]
)
def test_degenerate_pages(html: str) -> None:
    article(html)


_PIECES = st.sampled_from(
    [
        *(f"<p>{p}</p>" for p in PARAGRAPHS),
        "<p>", "</p>", "<div class='related'>", "</div>", "<br>", "<br/><br>", "<b>", "</b>", "<a href=\"x>y\">",
        "</a>", "<li>", "<ul>", "</ul>", "<td>", "<tr>", "<table>", "</table>", "<h1>", "</h1>", "<h2>",
        "<script>x<p>y</script>", "<script>", "<!-- c -->", "<!--", "-->", "<style>p{}</style>", "&amp;", "&nbsp;",
        "&#8217;", "&eacute", "&#x0;", "&bogus;", "&", "<", ">", "\"", "'", " ", "\n\n", "\t", "\xa0", "\xad",
        "\u200b", "\x00", "word", "كلمة", "été", "1 < 2", "<p class=\"a\"\">", "</", "<!",
        "<time datetime='2020-01-01'>", "</time>", "<svg><path d='M0'/></svg>", "<svg>", "<textarea>",
        "<img alt='x>'>", "<hr>", "12 March 2020", "<meta name=date content='2020-02-31'>",
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",", "<?php",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=40))
def test_mangled_pages_never_crash_and_runs_stay_in_place(pieces: list[str]) -> None:
    source = "".join(pieces).encode("utf-8", "replace").decode()
    position = 0
    for run in tokenise(source).runs:
        assert position <= run.start < run.end <= len(source)
        position = run.end
        assert run.text == run.text.strip()
        assert run.text
        for i, p, n, m in run.anchors or ((0, run.start, len(run.text), run.end - run.start),):
            piece = run.text[i : i + n]
            assert len(piece) == n
            if n == m:
                assert " ".join(source[p : p + m].split()) == " ".join(piece.split())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=30))
def test_mangled_pages_are_read(pieces: list[str]) -> None:
    made = make_page("".join(pieces).encode(), "html")
    result = read(made)
    position = 0
    for segment in result.segments:
        assert position <= segment.start < segment.end
        position = segment.end
    if result.published.start is not None and result.published.end is not None:
        assert made.text[result.published.start : result.published.end]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc dé&;é\n\xa0", min_size=1, max_size=30), max_size=8))
def test_well_formed_pages_keep_the_invariant(texts: list[str]) -> None:
    from html import escape

    made = make_page("".join(f"<div><p>{escape(t)} <i>x</i></p></div>" for t in texts).encode(), "html")
    assert_exact(made, read(made).segments)


def test_alignment_keeps_order_and_ignores_earlier_copies() -> None:
    long = "Thetwoministersmetinthecapitalonmondayandagreedtoreopentheirembassiessoon"
    texts = ["More", "Old rivals meet", long, "More", "Elections are due in May", "Read on"]
    assert align(texts, f"Oldrivalsmeet\n{long}\nMore\nElectionsaredueinMay") == {1, 2, 3, 4}
