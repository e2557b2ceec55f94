"""The spotter sees acts and their sides in whole sentences, whatever the verb."""

from __future__ import annotations

import pytest

from dragoman.coding.spotting import Seen, Window, spotter


def seen(text: str, before: str = "") -> Seen:
    reader = spotter("en")
    assert reader is not None
    return reader.see([Window(before + text, len(before))])[0]


def span(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Lusaka sent the Angolan attaché packing on Monday.", "packing", "SANCTION"),
        ("Shells rained on the town of Torkham before dawn, killing four Afghans.", "Shells rained", "ASSAULT"),
        ("Thousands poured into the streets of Lima to tell the president to go.", "poured", "PROTEST"),
        ("The Danish and Polish ministers sat down together in Gdańsk on Friday.", "sat down together", "CONSULT"),
        ("Two trucks of Turkish flour got through to Aleppo on Sunday.", "got through", "AID"),
    ],
)
def test_an_act_is_seen_by_what_surrounds_it(text: str, words: str, kind: str) -> None:
    types = seen(text).types([span(text, words)])
    assert max(types, key=types.__getitem__) == kind


def test_where_nothing_is_done_nothing_is_seen() -> None:
    text = "Vienna has eleven concert halls, and the Danube is warmer in July than most visitors think."
    assert float(seen(text).chances.max()) < 0.4


def test_sides_are_told_apart() -> None:
    text = "Chad arrested eleven Sudanese officers."
    parties = [span(text, "Chad"), span(text, "Sudanese officers")]
    chad, officers = seen(text).roles([span(text, "arrested")], parties)
    assert chad[0] > 0.5 > chad[1]
    assert officers[1] > 0.5 > officers[0]


def test_the_sentence_before_may_name_a_side() -> None:
    before, text = "Norway has lost patience with Minsk. ", "It recalled its ambassador on Sunday."
    sight = seen(text, before)
    (norway,) = sight.roles([span(text, "recalled")], [(-len(before), -len(before) + 6)])
    (nobody,) = sight.roles([span(text, "recalled")], [span(text, "Sunday")])
    assert norway[0] > nobody[0]


def test_a_sentence_is_seen_alike_alone_and_among_others() -> None:
    reader = spotter("en")
    assert reader is not None
    windows = [Window("Togo thanked Ghana.", 0), Window("Rain is expected over the whole of the peninsula by noon.", 0)]
    alone, among = reader.see(windows[:1])[0], reader.see(windows)[0]
    assert (alone.chances == among.chances).all()


def test_words_beyond_the_longest_window_are_not_seen() -> None:
    text = "word " * 400 + "Togo attacked Ghana."
    sight = seen(text)
    assert sight.types([span(text, "attacked")]) == {}
    assert sight.roles([span(text, "attacked")], [span(text, "Togo")]) == [(0.0, 0.0)]


def test_languages_without_one_have_none() -> None:
    assert spotter("es") is None
