"""Paragraphs of stripped pages that were broken at a fixed width are whole again."""

from __future__ import annotations

from pathlib import Path

import dragoman
from dragoman.pages.lines.wrapping import unwrapped
from dragoman.pages.text import LabelledLine, label_lines

MAIL = """Gulf of Guinea Mail
Ghana and Ivory Coast leave their oil quarrel to the judges
Accra, 14 June 2017

Ghana and Ivory Coast asked the maritime tribunal in
Hamburg to settle their quarrel over oil fields. The
President of Ghana said that "a verdict will make us
better neighbours," and thanked the judges for their
patience.

The case opened in 2014 after talks had failed; both
Governments have promised to abide by the ruling, an
official in Abidjan said. No date has been set.

Read also: Togo bans rallies
"""


def body_lines(*lines: str) -> tuple[list[LabelledLine], str]:
    """Lines of running text, as the labeller gives them, and their page."""
    text = "\n".join(lines)
    found, start = [], 0
    for line in lines:
        found.append(LabelledLine(start, start + len(line), "body"))
        start += len(line) + 1
    return [part for part in found if part.start < part.end], text


def whole(*lines: str) -> list[str]:
    parts, text = body_lines(*lines)
    return [text[start:end].replace("\n", " ") for start, end, _ in unwrapped(parts, text)]


def test_a_broken_page_reads_like_one_that_was_not(tmp_path: Path) -> None:
    page = tmp_path / "mail.txt"
    page.write_text(MAIL, encoding="utf-8")
    article = dragoman.read(page)
    first, second = (s for s in article.segments if s.role == "body")
    assert first.text.startswith("Ghana and Ivory Coast asked the maritime tribunal in Hamburg to settle")
    assert second.text.endswith("an official in Abidjan said. No date has been set.")
    assert all(len(s.text) == s.end - s.start for s in article.segments)  # offsets hold across line ends
    reading = dragoman.code(article)
    quotation = next(q for q in reading.quotes if "verdict" in MAIL[q.start : q.end])
    assert MAIL[quotation.start : quotation.end] == "a verdict will make us\nbetter neighbours,"
    assert article.body_lines == (5, 6, 7, 8, 9, 11, 12, 13)


def test_a_sentence_that_runs_over_one_line_end_is_joined_on_any_page() -> None:
    assert len(whole("Oslo recalled its envoy from", "the capital of its neighbour.", "Riga did not.")) == 2


def test_paragraphs_of_one_line_stay_apart() -> None:
    paragraphs = ["Chile withdrew its consul on Monday.", "Peru's reply is awaited", "Bolivia offered to mediate."]
    assert whole(*paragraphs) == paragraphs


def test_a_blank_line_ends_a_paragraph() -> None:
    assert len(whole("Nepal closed the pass and", "", "sent the guards home.")) == 2


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert len(whole("The minister thanked the U.S.", "delegation and left.")) == 1


def test_arabic_lines_of_one_width_are_joined() -> None:
    lines = [
        "أعلنت وزارة الخارجية العمانية أنها ستستضيف جولة جديدة من",
        "المحادثات بين الجانبين في مسقط نهاية الشهر الجاري بعد أن",
        "وافقت صنعاء والرياض على استئناف تبادل الأسرى الذي توقف في",
        "العام الماضي وقال الوزير إن بلاده تأمل أن تمهد هذه الجولة",
        "لاتفاق دائم ينهي الحرب ويعيد فتح المطار والميناء للبضائع",
        "والمسافرين كما دعا المجتمع الدولي إلى دعم جهود المبعوث في",
        "اليمن وشكر دول الجوار على ما قدمته من عون خلال المرحلة",
        "الأخيرة.",
    ]
    assert len(whole(*lines)) == 1


def test_lines_of_a_menu_are_left_as_they_are() -> None:
    text = "home\nworld\nsport\nweather\nopinion\nsubscribe\n"
    labelled = label_lines(text)
    assert [(start, end) for start, end, _ in unwrapped(labelled, text)] == [(p.start, p.end) for p in labelled]
