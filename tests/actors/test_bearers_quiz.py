"""Who bears the [marked] name in a page of that day? Namesakes told apart by date, country and office."""

from __future__ import annotations

import csv
from pathlib import Path

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit

QUIZ = Path(__file__).parents[1] / "data/bearers_quiz.tsv"


def bearer(text: str, language: str, date: str) -> str | None:
    """The id of the person of the registry whom the linker finds in the marked words; None where it names nobody."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    unit = TextUnit(plain, language, ((0, len(plain)),))
    for mention in Linker(registry(), date).link([unit])[0]:
        if mention.start < end and start < mention.end:
            for actor in mention.actors:
                if registry().person(actor.id or "") is not None:
                    return actor.id
    return None


def test_a_name_means_its_bearer_of_the_day() -> None:
    right, wrong, unknown = 0, [], []
    with QUIZ.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found = bearer(row["text"], row["language"], row["date"])
            if found is None:
                unknown.append(row["text"])
            elif found in registry().persons_named(row["person"]):
                right += 1
            else:
                wrong.append((row["text"], found))
    total = right + len(wrong) + len(unknown)
    print(f"{right} right, {len(wrong)} wrong, {len(unknown)} unknown of {total}")
    assert right / total >= 0.95, (wrong, unknown)
    assert len(wrong) / total < 0.02, wrong
