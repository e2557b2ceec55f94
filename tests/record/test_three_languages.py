"""One real event told by outlets in three languages is one event with three sources; pages that mix languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.coding.reading import Reading
from dragoman.record import merge

PAGE = """<html lang="{language}"><head><title>{title}</title>
<meta property="og:site_name" content="{outlet}"><meta property="article:published_time" content="{published}">
</head><body><nav>{furniture}</nav><article><h1>{title}</h1>{paragraphs}</article><footer>{furniture}</footer></body></html>
"""

RECALL = {
    "en": (
        "Paris recalls envoys over submarine deal",
        "The Harbour Gazette",
        [
            "France on Friday recalled its ambassadors to the United States and Australia for consultations, a step "
            "without precedent between the allies.",
            "Foreign Minister Jean-Yves Le Drian said the decision of President Emmanuel Macron was justified by the "
            "gravity of the announcements made on 15 September.",
            "On Wednesday Australia cancelled a contract for twelve French submarines.",
        ],
    ),
    "fr": (
        "Sous-marins : Paris rappelle ses ambassadeurs",
        "Le Courrier du Large",
        [
            "La France a rappelé vendredi pour consultations ses ambassadeurs aux États-Unis et en Australie, une "
            "mesure sans précédent entre alliés.",
            "Cette décision du président Emmanuel Macron est justifiée par la gravité des annonces du 15 septembre, a "
            "déclaré le ministre des Affaires étrangères, Jean-Yves Le Drian.",
            "Mercredi, l'Australie a annulé un contrat portant sur douze sous-marins français.",
        ],
    ),
    "ar": (
        "أزمة الغواصات: باريس تستدعي سفيريها",
        "صحيفة المرفأ",
        [
            "استدعت فرنسا، الجمعة، سفيريها لدى الولايات المتحدة وأستراليا للتشاور، في خطوة لا سابق لها بين الحلفاء.",
            "وقال وزير الخارجية جان إيف لودريان إن قرار الرئيس إيمانويل ماكرون تبرره خطورة ما أُعلن في 15 سبتمبر.",
            "وكانت أستراليا ألغت الأربعاء عقداً لشراء اثنتي عشرة غواصة فرنسية.",
        ],
    ),
}


def page(
    folder: Path, name: str, language: str, title: str, outlet: str, paragraphs: list[str], furniture: str
) -> Path:
    """An HTML page in `folder`, published on Saturday 18 September 2021."""
    path = folder / name
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    path.write_text(
        PAGE.format(
            language=language,
            title=title,
            outlet=outlet,
            published="2021-09-18T08:00:00Z",
            furniture=furniture,
            paragraphs=body,
        ),
        encoding="utf-8",
    )
    return path


def coded(*paths: Path) -> list[Reading]:
    """The readings of pages, all of which must be read."""
    readings = [r for r in dragoman.code_pages(paths, jobs=1) if isinstance(r, Reading)]
    assert len(readings) == len(paths)
    return readings


def test_a_recall_told_in_three_languages_is_one_event_with_three_sources(tmp_path: Path) -> None:
    paths = [page(tmp_path, f"{key}.html", key, *told, "") for key, told in RECALL.items()]
    readings = coded(*paths)
    merged = merge(readings)
    ids = set()
    for reading in readings:
        recalls = [e for e in reading.events if e.event_type == "SANCTION" and e.sources[0].code.startswith("FRA")]
        recalls = [e for e in recalls if {"USA", "AUS"} <= {a.code[:3] for a in e.targets}]
        assert len(recalls) == 1, reading.article.language
        assert recalls[0].date.iso == "2021-09-17"
        ids.add(merged.event_of(reading.article.page.sha256, recalls[0].id))
    assert len(ids) == 1


@pytest.mark.parametrize("marks", ["", "\u200f", "\u2067"])
def test_direction_marks_and_latin_names_keep_their_place(tmp_path: Path, marks: str) -> None:
    close = "\u2069" if marks == "\u2067" else marks
    told = [
        f"التقى وزير الخارجية الأميركي {marks}Antony Blinken{close} نظيره المغربي ناصر بوريطة في الرباط أمس الجمعة.",
        "وبحث الوزيران الوضع في ليبيا، وأشاد بلينكن بدور المغرب.",
    ]
    (reading,) = coded(page(tmp_path, "a.html", "ar", "لقاء في الرباط", "صحيفة المرفأ", told, ""))
    meetings = [e for e in reading.events if e.event_type == "CONSULT"]
    names = {a.name for e in meetings for a in (*e.sources, *e.targets)}
    assert {"Antony Blinken", "Nasser Bourita"} <= names
    text = reading.article.page.text
    for event in reading.events:
        assert text[event.start : event.end] == event.quote
        for actor in (*event.sources, *event.targets):
            assert 0 <= actor.start < actor.end <= len(text)
    assert any(text[a.start : a.end] == "Antony Blinken" for e in meetings for a in (*e.sources, *e.targets))


def test_an_english_article_in_arabic_furniture_is_read_in_english(tmp_path: Path) -> None:
    title, outlet, paragraphs = RECALL["en"]
    furniture = "الرئيسية | سياسة | اقتصاد | رياضة | زار الرئيس المصري باريس | اتصل بنا | جميع الحقوق محفوظة"
    (reading,) = coded(page(tmp_path, "m.html", "ar", title, outlet, paragraphs, furniture))
    assert reading.article.language == "en"
    assert {e.language for e in reading.events} == {"en"}
    assert not [e for e in reading.events if any(a.code.startswith("EGY") for a in (*e.sources, *e.targets))]
    assert any(e.event_type == "SANCTION" for e in reading.events)
