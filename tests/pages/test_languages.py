"""Languages per segment and page, without any download."""

from __future__ import annotations

import pytest

from dragoman.pages.languages import OTHER, detect, page_languages


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The two ministers met in the capital on Monday and agreed to reopen their embassies.", "en"),
        ("Les deux ministres se sont rencontrés lundi dans la capitale et ont convenu d'un accord.", "fr"),
        ("Los dos ministros se reunieron el lunes en la capital y acordaron abrir la frontera.", "es"),
        ("التقى الوزيران في العاصمة يوم الاثنين واتفقا على إعادة فتح السفارتين.", "ar"),
        ("وزیران خارجه دو کشور روز دوشنبه در پایتخت دیدار کردند و گفتگو کردند.", "fa"),
        ("Министры двух стран встретились в понедельник в столице.", "ru"),
        ("12:30 | 2020", OTHER),
        ("", OTHER),
    ],
)
def test_detection(text: str, code: str) -> None:
    assert detect(text)[0] == code


def test_short_furniture_inherits_and_other_scripts_stay() -> None:
    texts = [
        "Accueil",
        "Les deux ministres se sont rencontrés lundi dans la capitale, selon un communiqué officiel.",
        "اترك تعليق",
        "12",
    ]
    codes, page = page_languages(texts, [False, True, False, False])
    assert (codes, page) == (("fr", "fr", "ar", "fr"), "fr")


def test_a_page_without_words_has_no_language() -> None:
    assert page_languages(["12", "—"], [False, False])[1] == OTHER
    assert page_languages([], []) == ((), OTHER)
