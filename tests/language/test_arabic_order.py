"""Subjects, objects and second predicates that word order, agreement and valency give away."""

import pytest

from dragoman.language.ar.names import person_after_title
from dragoman.language.ar.order import participle_of
from dragoman.language.ar.pipeline import load
from dragoman.language.ar.pronouns import suffixes
from dragoman.language.sentence import Group, Sentence


def parsed(text: str, persons: tuple[str, ...] = (), states: tuple[str, ...] = ()) -> Sentence:
    groups = [
        Group(text.index(name), text.index(name) + len(name), name.split()[-1], "PROPN", kind)
        for kind, names in (("person", persons), ("state", states))
        for name in names
    ]
    return load().analyse([text], [groups])[0]


def argument(sentence: Sentence, lemma: str, relation: str) -> str | None:
    verb = next(i for i, t in enumerate(sentence.tokens) if t.lemma == lemma and t.pos == "VERB")
    return next((t.text for t in sentence.tokens if t.head == verb and t.dep == relation), None)


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "patient"),
    [
        ("وشكر شريف ترمب، كما ثمّن دور الرياض.", "ثمن", None, "دور"),
        ("ومنعت باكستان العبور وطردت السفير الهندي.", "طرد", None, "السفير"),
        ("وأحرق مسلحون مبنى المحافظة.", "أحرق", "مسلحون", "مبنى"),
        ("واستخدمت الشرطة الغاز لتفريقهم.", "استخدم", "الشرطة", "الغاز"),
        ("وخففت العقوبات لستة أشهر.", "خفف", None, "العقوبات"),
    ],
)
def test_who_acts_and_on_whom(text: str, lemma: str, subject: str | None, patient: str) -> None:
    sentence = parsed(text)
    assert argument(sentence, lemma, "nsubj") == subject
    assert argument(sentence, lemma, "obj") == patient


def test_behind_a_relative_with_its_pronoun_stands_the_subject() -> None:
    assert argument(parsed("القصف الذي شنه الجيش على أربيل."), "شن", "nsubj") == "الجيش"


def test_the_second_of_two_names_behind_a_verb_is_its_object() -> None:
    sentence = parsed("ودعا شارون عباس إلى زيارة مزرعته.", persons=("شارون", "عباس"))
    assert argument(sentence, "دعا", "nsubj") == "شارون"
    assert argument(sentence, "دعا", "obj") == "عباس"


def test_a_state_behind_an_official_is_no_part_of_his_name() -> None:
    sentence = parsed("اتهم الوزير الروسي كييف بارتكاب جرائم.", persons=("الوزير الروسي",), states=("كييف",))
    assert argument(sentence, "اتهم", "obj") == "كييف"


@pytest.mark.parametrize(
    ("word", "verb"),
    [("مطالباً", "طالب"), ("رافضةً", "رفض"), ("متهمة", "اتهم"), ("المطالبة", None), ("كتابا", None)],
)
def test_an_accusative_participle_names_its_verb(word: str, verb: str | None) -> None:
    assert participle_of(word) == verb


def test_a_participle_is_a_second_predicate_with_its_own_object() -> None:
    sentence = parsed("وأعربت الرباط عن أسفها، رافضةً المبررات.", states=("الرباط",))
    assert argument(sentence, "رفض", "obj") == "المبررات"


def test_pronouns_written_onto_words_are_found_at_their_place() -> None:
    text = "استقبل الوزير نظيره ثم اتهمها"
    found = [(text[s.start : s.end], s.kind, s.verb) for s in suffixes(text, 0, len(text))]
    assert found == [("ه", "he", False), ("ها", "she", True)]


@pytest.mark.parametrize(
    ("title", "rest", "name"),
    [
        ("رئيس الوزراء", " أرئيل شارون أمس", "أرئيل شارون"),
        ("وزير الخارجية", " وقوفه مع مصر", None),
        ("الرئيس", " وقال إنه", None),
    ],
)
def test_a_name_behind_a_title_ends_where_words_begin(title: str, rest: str, name: str | None) -> None:
    text = title + rest
    found = person_after_title(text, len(title))
    assert (text[slice(*found)] if found else None) == name
