"""However long a page is, a bounded part of it is read, and the article says so."""

from __future__ import annotations

from dragoman.pages import read
from dragoman.pages.containers import make_page
from dragoman.pages.reader import LONGEST_CONTENT, LONGEST_TEXT

SENTENCE = "Iran &amp; Russia signed an accord in Tehran on Tuesday, their ministers said. "


def test_content_is_bounded_and_offsets_hold() -> None:
    paragraphs = "".join(f"<p>Day {n} of {n + 7}. {SENTENCE * 100}</p>" for n in range(60))
    page = make_page(f"<html><body><article>{paragraphs}</article></body></html>".encode(), "html")
    article = read(page)
    content = [s for s in article.segments if s.role == "body"]
    assert sum(len(s.text) for s in content) == LONGEST_CONTENT
    assert any("only the first 200,000 characters" in e for e in article.errors)
    last = content[-1]
    assert page.text[slice(*last.span(len(last.text) - 1, len(last.text)))][-1:] == last.text[-1]
    assert page.text[last.start : last.end].replace("&amp;", "&") == last.text


def test_an_endless_line_is_cut() -> None:
    text = SENTENCE.replace("&amp;", "and") * (LONGEST_TEXT // 40)
    article = read(make_page(text.encode(), "text"))
    assert any("only the first 500,000 characters" in e for e in article.errors)
    assert max(s.end for s in article.segments) <= LONGEST_TEXT
