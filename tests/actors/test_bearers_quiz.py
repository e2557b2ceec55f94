"""Who bears the [marked] name in a page of that day? Namesakes told apart by date, country and office."""

from __future__ import annotations

from quizzes import DATA, Tally, questions

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit


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
    tally = Tally()
    for row in questions(DATA / "bearers_quiz.tsv"):
        found = bearer(row["text"], row["language"], row["date"])
        tally.add(row["text"], found, found in registry().persons_named(row["person"]))
    tally.check()
