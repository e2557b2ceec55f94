"""Arabic: spelling, clitics, tags, trees and lemmas."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language import pipeline
from dragoman.language.ar.normalise import bare, key, normalise
from dragoman.language.sentence import Group, Sentence, Token

ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآىةؤئ"
WORDS = "قال وزير الخارجية المغربي إن بلاده لن تسحب سفيرها من باريس والتقى نظيره في الرباط أمس وسيزور 2020 ، . « » أنّ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أُعلِنَ", "اعلن"),
        ("مـــصر", "مصر"),
        ("إلى", "الي"),
        ("القاهرة", "القاهره"),
        ("١٢/٠٩/٢٠٢٠", "12/09/2020"),
        ("\u200fالرباط\u200e", "الرباط"),
        ("ﻻ", "لا"),
    ],
)
def test_spelling_is_made_uniform(text: str, expected: str) -> None:
    assert normalise(text).text == expected


@given(st.text(alphabet=ALPHABET + " ًٌٍَُِّْـ\u200f\u2067١٢ﻻ.", max_size=60))
def test_offsets_lead_back_to_the_text(text: str) -> None:
    found = normalise(text)
    assert len(found.offsets) == len(found.text) + 1
    assert all(a <= b for a, b in pairwise(found.offsets))
    for i in range(len(found.text)):
        start, end = found.span(i, i + 1)
        assert found.text[i] in normalise(text[start:end]).text


def pieces(text: str) -> list[str]:
    return [t.text for t in analyse(text).tokens]


def analyse(text: str, *groups: Group) -> Sentence:
    return pipeline("ar").analyse([text], [groups])[0]


@pytest.mark.parametrize(
    "word",
    [
        "وزير",
        "وزارة",
        "بوريطة",
        "فرنسا",
        "كييف",
        "لافروف",
        "بكين",
        "لندن",
        "واشنطن",
        "ليبيا",
        "لبنان",
        "باريس",
        "بلينكن",
        "بايدن",
        "بوتين",
        "فلسطين",
        "وفد",
        "وكالة",
        "سوريا",
        "كوريا",
        "السعودية",
        "بريطانيا",
        "بلجيكا",
        "فنزويلا",
        "بيروت",
        "بغداد",
        "لقاء",
        "لجنة",
        "بيان",
        "بعثة",
        "سفير",
        "سفارة",
        "سلطة",
        "كتاب",
        "فهم",
        "هجوم",
        "مياه",
        "قانون",
        "أوكرانيا",
        "إيطاليا",
        "ماكرون",
        "أردوغان",
        "لاهاي",
        "كابول",
        "كندا",
        "ولاية",
        "وثيقة",
    ],
)
def test_names_and_words_keep_their_first_letter(word: str) -> None:
    assert pieces(f"زار الوفد {word} أمس") == ["زار", "الوفد", word, "أمس"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("والتقى", "و التقى"), ("وزيارته", "و زيارت ه"), ("بالرباط", "ب الرباط"), ("للوزير", "ل لوزير"),
        ("سيزور", "س يزور"), ("وسيزور", "و س يزور"), ("سفيرها", "سفير ها"), ("نظيره", "نظير ه"), ("ببكين", "ب بكين"),
        ("وواشنطن", "و واشنطن"), ("ولبنان", "و لبنان"), ("لفرنسا", "ل فرنسا"), ("علاقاتهما", "علاقات هما"),
        ("وقال", "و قال"), ("فإن", "ف إن"),
        ("بينهما", "بين هما"), ("وزيرها", "وزير ها"), ("بلادنا", "بلاد نا"), ("عليهم", "علي هم"), ("وبوتين", "و بوتين"),
    ],
)  # fmt: skip
def test_clitics_are_cut_off(word: str, expected: str) -> None:
    assert pieces(f"{word} أمس")[:-1] == expected.split()


def test_vowel_marks_stay_with_their_letters() -> None:
    assert pieces("وَقَالَ") == ["وَ", "قَالَ"]


def argument(sentence: Sentence, verb: Token, relation: str) -> str | None:
    index = sentence.tokens.index(verb)
    found = [t for t in sentence.tokens if t.head == index and t.dep == relation and t is not verb]
    return found[0].text if found else None


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "object_"),
    [
        ("استقبل الرئيس المصري نظيره الفرنسي في القاهرة.", "استقبل", "الرئيس", "نظير"),
        ("الرئيس الروسي يلتقي نظيره التركي في سوتشي.", "التقى", "الرئيس", "نظير"),
        ("أدانت الحكومة اللبنانية الهجوم على القنصلية.", "أدان", "الحكومة", "الهجوم"),
        ("طردت السلطات السفير الفرنسي.", "طرد", "السلطات", "السفير"),
        ("وقعت السعودية وإيران اتفاقا جديدا.", "وقع", "السعودية", "اتفاقا"),
        ("أعلنت الوزارة أن السفير غادر العاصمة.", "غادر", "السفير", "العاصمة"),
        ("قطعت الجزائر علاقاتها مع المغرب.", "قطع", "الجزائر", "علاقات"),
        ("فرضت واشنطن عقوبات على شركات صينية.", "فرض", "واشنطن", "عقوبات"),
        ("استدعت الخارجية التركية السفير الأمريكي.", "استدعى", "الخارجية", "السفير"),
        ("فرنسا تستدعي سفيرها لدى الجزائر.", "استدعى", "فرنسا", "سفير"),
        ("كان الرئيس التونسي قد زار باريس.", "زار", "الرئيس", "باريس"),
        ("وقال المتحدث باسم الحكومة إن باريس لن تسحب سفيرها.", "سحب", "باريس", "سفير"),
    ],
)
def test_subject_and_object(text: str, lemma: str, subject: str, object_: str) -> None:
    sentence = analyse(text)
    verb = next(t for t in sentence.tokens if t.lemma == lemma)
    assert verb.pos == "VERB"
    assert argument(sentence, verb, "nsubj") == subject
    assert argument(sentence, verb, "obj") == object_


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("يلتقي", "التقى"), ("أكدت", "أكد"), ("يزور", "زار"), ("تدعو", "دعا"), ("قالوا", "قال"), ("وصلت", "وصل"),
        ("يعتزم", "اعتزم"), ("أدان", "أدان"), ("ترفض", "رفض"), ("تستقبل", "استقبل"), ("بدأت", "بدأ"), ("نفت", "نفى"),
    ],
)  # fmt: skip
def test_verb_lemmas(form: str, lemma: str) -> None:
    assert analyse(f"{form} الحكومة ذلك.").tokens[0].lemma == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("المحادثات", "محادثة"), ("الوزراء", "وزير"), ("العلاقات", "علاقة"), ("المسؤولين", "مسؤول"), ("هجمات", "هجوم"),
        ("العقوبات", "عقوبة"), ("الرئيس", "رئيس"), ("قرارات", "قرار"), ("الدول", "دولة"), ("الجنود", "جندي"),
    ],
)  # fmt: skip
def test_noun_lemmas(form: str, lemma: str) -> None:
    assert analyse(f"بحث الوزير {form} في الرباط.").tokens[2].lemma == lemma


def test_groups_stay_whole_and_become_subject_and_object() -> None:
    text = "استقبل وزير الخارجية ناصر بوريطة نظيره جان إيف لودريان أمس"
    first, second = text.index("وزير"), text.index("نظيره")
    sentence = analyse(
        text,
        Group(first, text.index(" نظيره"), "بوريطة"),
        Group(second, text.index(" أمس"), "لودريان"),
    )
    assert [t.lemma for t in sentence.tokens] == ["استقبل", "بوريطة", "لودريان", "أمس"]
    assert [t.dep for t in sentence.tokens[:3]] == ["root", "nsubj", "obj"]


def test_a_clitic_before_a_group_is_its_own_token() -> None:
    text = "التقى الوزير بلينكن ولافروف"
    sentence = analyse(text, Group(text.index("لافروف"), len(text), "لافروف"))
    assert [t.text for t in sentence.tokens][-2:] == ["و", "لافروف"]


def test_future_and_definiteness_are_marked() -> None:
    tokens = analyse("سيزور الوزير مدينة فاس.").tokens
    assert "Tense=Fut" in tokens[1].morph
    assert "Definite=Def" in tokens[2].morph


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=25))
def test_any_words_give_one_tree_with_exact_spans(words: list[str]) -> None:
    text = " ".join(words)
    tokens = analyse(text).tokens
    assert "".join(t.text for t in tokens) == text.replace(" ", "")
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert sum(t.head == i for i, t in enumerate(tokens)) == bool(tokens)
    for i in range(len(tokens)):
        seen = set()
        while tokens[i].head != i:
            assert i not in seen
            seen.add(i)
            i = tokens[i].head


def test_matching_form_of_a_word() -> None:
    assert key("أُمّة") == "امه"
    assert bare("أُمّة") == "أمة"
