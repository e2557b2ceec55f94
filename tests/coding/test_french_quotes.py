"""French: who speaks in a quotation whose own clause does not say it. The sentences are ours."""

from __future__ import annotations

import pytest
from test_coding_french import read


def speakers(*paragraphs: str) -> list[str | None]:
    """The speaker of each quotation."""
    return [q.speaker.name or q.speaker.code if q.speaker else None for q in read(*paragraphs).quotes]


FIRST = "« Le Ghana ne veut pas de guerre », a déclaré le président ghanéen John Mahama."


@pytest.mark.parametrize(
    "second",
    [
        "« Nous sommes des frères et nous le resterons », ajoute le communiqué.",
        "« Nous sommes des frères et nous le resterons », a-t-il ajouté.",
        "« Nous sommes des frères et nous le resterons », poursuit-il.",
    ],
)
def test_who_spoke_last_goes_on(second: str) -> None:
    assert speakers(f"{FIRST} {second}") == ["John Mahama", "John Mahama"]


def test_who_spoke_last_goes_on_in_the_next_paragraph() -> None:
    reading = read(FIRST, "« Nous sommes des frères et nous le resterons », ajoute le communiqué.")
    assert [q.speaker.name for q in reading.quotes if q.speaker] == ["John Mahama", "John Mahama"]
    text = reading.article.page.text
    assert [text[q.speaker.start : q.speaker.end] for q in reading.quotes if q.speaker] == ["John Mahama"] * 2


def test_somebody_else_is_not_who_spoke_last() -> None:
    assert speakers(f"{FIRST} « Tout cela finira mal pour les voisins », a soupiré un pêcheur.")[1] != "John Mahama"


def test_who_speaks_for_a_state_acts_for_it() -> None:
    reading = read("La France a condamné le putsch au Mali par la voix de son ministre, Laurent Fabius.")
    assert [a.name for e in reading.events for a in e.sources] == ["Laurent Fabius"]
