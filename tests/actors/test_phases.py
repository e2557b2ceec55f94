"""What an organisation is to the record depends on the day: rebels become a party or an army. The stories are ours."""

from __future__ import annotations

import pytest

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.language import pipeline


def code(text: str, date: str) -> str:
    """The code of the first organisation that a text of a day names."""
    unit = TextUnit(text, "en", tuple(pipeline("en").sentences(text)))
    [mentions] = Linker(registry(), date).link([unit])
    return next(m.actors[0].code for m in mentions if m.kind == "organisation")


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("The SPLA attacked a garrison near Torit.", "1995-03-02", "SDN:REB"),
        ("The SPLA opened a training camp near Juba.", "2008-03-02", "SDN:MIL"),
        ("The SPLA retook Malakal on Tuesday.", "2014-03-19", "SSD:MIL"),
        ("RENAMO ambushed a convoy in Sofala.", "1991-05-04", "MOZ:REB"),
        ("RENAMO rejected the results of the vote.", "2009-11-02", "MOZ:PTY"),
        ("The FMLN seized a suburb of San Salvador.", "1990-01-03", "SLV:REB"),
        ("The FMLN won the election.", "2009-03-16", "SLV:PTY"),
        ("The Taliban attacked a police post.", "2012-07-01", "AFG:REB"),
        ("The Taliban banned the music of weddings.", "2023-07-01", "AFG:GOV"),
        ("UNITA shelled Kuito.", "1993-08-01", "AGO:REB"),
        ("UNITA lost the election.", "2008-09-09", "AGO:PTY"),
    ],
)
def test_an_organisation_has_the_code_of_its_day(text: str, date: str, expected: str) -> None:
    assert code(text, date) == expected


def test_an_organisation_without_a_day_is_what_it_is_now() -> None:
    now = registry().organisation("SSD.SPLA")
    assert now is not None
    assert now.code == "SSD:MIL"


def test_zaire_has_its_own_president() -> None:
    held = registry().holders("ZAR", "head_of_state", "1993-05-01")
    assert [h.person for h in held] == ["P-mobutu-sese-seko"]
