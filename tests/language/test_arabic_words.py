"""Arabic words that the models have never seen: verbal nouns by pattern, vowel marks, agreement."""

from __future__ import annotations

import pytest

from dragoman.language.ar.derived import verbs_behind
from dragoman.language.ar.pipeline import load
from dragoman.language.sentence import Group, Token


def tokens(text: str, *names: str) -> tuple[Token, ...]:
    """The tokens of a sentence in which these names of states stand."""
    groups = [Group(text.index(n), text.index(n) + len(n), n, "PROPN", "state") for n in names]
    return load().analyse([text], [groups])[0].tokens


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("إسقاط", "أسقط"),
        ("إدانة", "أدان"),
        ("إجلاء", "أجلى"),
        ("تفكيك", "فكك"),
        ("تسوية", "سوى"),
        ("ملاحقة", "لاحق"),
        ("احتجاز", "احتجز"),
        ("انسحاب", "انسحب"),
        ("استدعاء", "استدعى"),
        ("استضافة", "استضاف"),
        ("اضطهاد", "اضطهد"),
        ("تشاور", "تشاور"),
    ],
)
def test_a_verbal_noun_shows_its_verb(noun: str, verb: str) -> None:
    assert verb in verbs_behind(noun)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("بإسقاط", ["ب", "إسقاط"]),
        ("وباحتجاز", ["و", "ب", "احتجاز"]),
        ("أسطوله", ["أسطول", "ه"]),
        ("سفارتها", ["سفارت", "ها"]),
        ("وسبعين", ["و", "سبعين"]),
        ("سيزور", ["س", "يزور"]),
        ("فمنعهم", ["ف", "منع", "هم"]),
    ],
)
def test_a_prefix_is_cut_off_what_is_known(word: str, pieces: list[str]) -> None:
    assert [word[a:b] for a, b in load().cuts(word, 0, len(word))] == pieces


@pytest.mark.parametrize(
    ("text", "word", "pos"),
    [
        ("أمّم الرئيس شركة القناة.", "أمّم", "VERB"),  # a doubled middle letter
        ("نُهبت المتاحف.", "نُهبت", "VERB"),  # a u behind the first letter
        ("أنجزت قبرص تمرين إخلاء.", "تمرين", "NOUN"),  # no "you" in a report
        ("فرّقت الشرطة المحتجين بالغاز.", "المحتجين", "NOUN"),  # no plural adjective of one
        ("ضبطت اليونان زورقاً يملكه مهربون.", "زورقاً", "NOUN"),
        ("طلبت مالي رسمياً رحيل البعثة.", "رسمياً", "ADV"),
    ],
)
def test_spelling_and_agreement_tell_the_part_of_speech(text: str, word: str, pos: str) -> None:
    names = [n for n in ("قبرص", "اليونان", "مالي") if n in text]
    assert next(t.pos for t in tokens(text, *names) if t.text == word) == pos


def test_the_first_verb_of_a_sentence_has_a_state_behind_it_for_subject() -> None:
    found = tokens("ألقت ماليزيا باللوم على الانفصاليين.", "ماليزيا")
    assert [t.dep for t in found if t.text == "ماليزيا"] == ["nsubj"]


def test_a_broken_plural_in_t_is_no_woman() -> None:
    found = tokens("شجب بطاركة القدس اعتداءات المستوطنين.", "القدس")
    assert [t.dep for t in found if t.text in ("بطاركة", "اعتداءات")] == ["nsubj", "obj"]
