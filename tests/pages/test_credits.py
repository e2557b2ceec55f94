"""Who published and who wrote a stripped page, where only the layout says so."""

from pathlib import Path

import pytest

import dragoman
from dragoman.pages.article import Article

BODY = (
    "Norway and Sweden signed a border agreement in Oslo on Monday after two years of talks between the ministries.\n"
    "The foreign ministers of both countries thanked the negotiators and promised a joint commission within a year.\n"
    "By Friday evening the tone had changed. The opposition asked for the full text, and the minister refused it.\n"
)


def article(path: Path, *head: str, foot: str = "About us   Contact") -> Article:
    (path / "page.txt").write_text("\n".join([*head, BODY + foot]), encoding="utf-8")
    return dragoman.read(path / "page.txt")


@pytest.mark.parametrize("name", ["Cape Dispatch", "Le Fil du Djoliba", "نبض المشرق", "LE PETIT BOSPHORE"])
def test_a_first_line_of_its_own_is_the_masthead(tmp_path: Path, name: str) -> None:
    found = article(tmp_path, name, "News | Sport | Jobs", "Border settled at last", "Tue, 5 January 2016")
    assert found.outlet == name


def test_a_section_of_the_menu_is_no_outlet(tmp_path: Path) -> None:
    found = article(tmp_path, "News   Business   Motoring   Jobs", "Border settled at last", "Tue, 5 January 2016")
    assert found.outlet is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Tue, 5 January 2016 | Nomvula Petersen", "Nomvula Petersen"),
        ("Par Apolline Verneuil – Publié le 5 janvier 2016", "Apolline Verneuil"),
        ("Hank Lindqvist, Plains Courier staff", "Hank Lindqvist"),
        ("Tue, 5 January 2016 | Oslo", None),
    ],
)
def test_authors_beside_dates(tmp_path: Path, line: str, author: str | None) -> None:
    found = article(tmp_path, "Cape Dispatch", "News | Sport | Jobs", "Border settled at last", line)
    assert found.author == author


def test_a_paragraph_that_begins_with_by_is_text(tmp_path: Path) -> None:
    found = article(tmp_path, "Cape Dispatch", "News | Sport | Jobs", "Border settled at last", "Tue, 5 January 2016")
    assert found.author is None
    assert any(s.role == "body" and s.text.startswith("By Friday") for s in found.segments)
