"""One name in two scripts: consonants decide, vowels do not."""

import pytest

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Mention
from dragoman.actors.spelling import same_name
from dragoman.language import pipeline


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("بوريس يلتسن", "Boris Yeltsin"),
        ("إيرفيه دو شاريت", "Hervé de Charette"),
        ("عبد السلام المجالي", "Abdelsalam Majali"),
        ("خوان غوايدو", "Juan Guaidó"),
        ("حسن شيخ محمود", "Hassan Sheikh Mohamud"),
    ],
)
def test_the_same_name(arabic: str, latin: str) -> None:
    assert same_name(arabic, latin) > 1.6


@pytest.mark.parametrize(
    ("arabic", "latin"), [("ديفيد ميليباند", "Ed Miliband"), ("سيرغي لافروف", "Sergei Shoigu"), ("", "Anna Lindh")]
)
def test_another_name(arabic: str, latin: str) -> None:
    assert same_name(arabic, latin) == 0


def linked(text: str, date: str) -> list[Mention]:
    return Linker(registry(), date).link([TextUnit(text, "ar", tuple(pipeline("ar").sentences(text)))])[0]


def test_an_unlisted_spelling_finds_the_holder_of_the_office() -> None:
    [who] = [
        m.actors[0] for m in linked("وصل رئيس الوزراء الإسرائيلي أرئيل شارون.", "2005-02-08") if m.kind == "person"
    ]
    assert who.name == "Ariel Sharon"


def test_an_unknown_person_behind_a_title_gets_a_latin_name() -> None:
    text = "قال وزير الزراعة السوداني صفوان الدرديري إن الموسم جيد."
    [who] = [m.actors[0] for m in linked(text, "2003-05-01") if m.kind == "person"]
    assert who.code == "SDN:GOV"
    assert who.name is not None
    assert who.name.isascii()
    assert who.name.startswith("Safwan")


def test_what_a_title_is_in_charge_of_does_not_part_it_from_the_name() -> None:
    text = "وأعلن وزير الدولة الإماراتي للشؤون الخارجية أنور قرقاش ذلك."
    [mention] = [m for m in linked(text, "2019-07-05") if m.kind == "person"]
    assert text[mention.start : mention.end] == "وزير الدولة الإماراتي للشؤون الخارجية أنور قرقاش"
