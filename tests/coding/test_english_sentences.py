"""English sentences of every type, from a table: what each must be coded as, and who stands on which side."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from test_coding_english import read

TABLE = Path(__file__).with_name("data") / "english_sentences.tsv"
ROWS = [
    row
    for row in csv.reader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if not row[0].startswith(("#", "date"))
]


def coded(sentence: str, date: str) -> set[str]:
    """What a sentence is coded as, in the table's notation."""

    def side(actors: tuple[object, ...]) -> str:
        codes = {str(getattr(a, "code", "")).partition(":")[0] for a in actors} - {"---"}
        return "+".join(sorted(codes)) or "?"

    found = set()
    for event in read(sentence, published=date).events:
        if event.symmetric:
            found.add(f"{event.event_type} {side((*event.sources, *event.targets))}")
        found.add(f"{event.event_type} {side(event.sources)}>{side(event.targets)}")
    return found


@pytest.mark.parametrize(("date", "expected", "sentence"), ROWS, ids=[row[2][:60] for row in ROWS])
def test_a_sentence_is_coded_with_its_sides(date: str, expected: str, sentence: str) -> None:
    found = coded(sentence, date)
    if expected == "-":
        assert not found
        return
    for one in expected.split("; "):
        kind, _, sides = one.partition(" ")
        wanted = f"{kind} {'+'.join(sorted(sides.split('+')))}" if ">" not in sides else one
        assert wanted in found
