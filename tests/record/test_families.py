"""Copies, cuts and edits of one text are one family; texts on one topic are not, nor are translations."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from dragoman.record import Record
from dragoman.record.families import containment, shingles

sys.path.insert(0, str(Path(__file__).parent))
from builder import reading

_NOUNS = [
    "minister",
    "envoy",
    "treaty",
    "border",
    "council",
    "harbour",
    "gas",
    "field",
    "truce",
    "summit",
    "visa",
    "court",
    "loan",
    "army",
    "vote",
    "cable",
]
_VERBS = ["signed", "delayed", "praised", "rejected", "opened", "closed", "watched", "weighed", "feared", "hailed"]


def story(seed: int, sentences: int = 30) -> list[str]:
    """Made-up sentences."""
    pick = random.Random(seed)
    return [
        f"The {pick.choice(_NOUNS)} of the {pick.choice(_NOUNS)} {pick.choice(_VERBS)} a {pick.choice(_NOUNS)} "
        f"near the {pick.choice(_NOUNS)} on day {pick.randrange(1000)}."
        for _ in range(sentences)
    ]


def families(tmp_path: Path, *texts: tuple[str, str]) -> list[int]:
    with Record(tmp_path / "r.db") as record:
        for i, (language, text) in enumerate(texts):
            record.add(reading(f"Title {i}", text, language=language))
        assert record.doctor() == []
        return [p.family for p in record.pages()]


def test_copies_cuts_and_edits(tmp_path: Path) -> None:
    whole, other = story(1), story(2)
    edited = [
        s if i % 6 else s.replace("signed", "has signed").replace("near", "not far from") for i, s in enumerate(whole)
    ]
    found = families(
        tmp_path,
        ("en", " ".join(whole)),
        ("en", " ".join(whole[:10])),
        ("en", " ".join(edited)),
        ("en", " ".join(other)),
        ("fr", " ".join(whole)),
        ("en", " ".join(whole[20:])),
    )
    assert found == [1, 1, 1, 4, 5, 1]


def test_a_longer_page_joins_the_cuts_that_came_before_it(tmp_path: Path) -> None:
    whole = story(3)
    found = families(tmp_path, ("en", " ".join(whole[:12])), ("en", " ".join(whole[15:27])), ("en", " ".join(whole)))
    assert found == [1, 1, 1]


def test_a_shared_quotation_makes_no_family(tmp_path: Path) -> None:
    said = story(9, 2)
    assert families(tmp_path, ("en", " ".join(story(4) + said)), ("en", " ".join(story(5) + said))) == [1, 2]


def test_a_rewrite_that_names_its_source_is_no_second_source(tmp_path: Path) -> None:
    told, new = story(10, 20), story(11, 20)
    rewrite = " ".join([*told[:4], *new[:16]])
    with Record(tmp_path / "r.db") as record:
        record.add(reading("Original", " ".join(told), outlet="Caspian Signal"))
        record.add(reading("Rewrite", rewrite, outlet="Evening News"))
        record.add(
            reading("Credited", rewrite.replace("delayed", "put off"), outlet="Herald", source="caspian  signal")
        )
        pages = {p.title: p.family for p in record.pages()}
    assert pages["Credited"] == pages["Original"]


def test_briefs(tmp_path: Path) -> None:
    brief = "Rabat, 4 May (Agency) - The minister met the envoy on Tuesday and spoke of gas and of nothing else."
    assert families(tmp_path, ("en", brief), ("en", brief + " More follows."), ("en", "Other words. " * 4)) == [1, 1, 3]


def test_containment_of_a_cut_is_whole() -> None:
    whole = " ".join(story(6, 60))
    assert containment(shingles(whole.split()), shingles(whole[: len(whole) // 3].split())) > 0.95
    assert containment(shingles(whole.split()), shingles(" ".join(story(7, 60)).split())) < 0.05
    assert not len(shingles(["too", "short", "to", "tell"]))
