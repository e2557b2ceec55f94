"""Whom does the [marked] phrase of a page of that day mean? Written in one go from memory, without opening a table.

Three kinds of questions: `office` ("the foreign minister of Ghana"), `name` (whose an organisation, palace, capital,
people or person is) and `context` (a title or a name that several have had).
"""

from __future__ import annotations

from quizzes import DATA, Tally, questions

from dragoman.actors import registry
from dragoman.actors.folding import fold
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Actor


def meant(text: str, language: str, date: str) -> list[Actor]:
    """The actors whom the linker finds in the marked words."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    mentions = Linker(registry(), date).link([TextUnit(plain, language, ((0, len(plain)),))])[0]
    return [actor for m in mentions if m.start < end and start < m.end for actor in m.actors if m.known]


def is_person(actor: Actor, names: str) -> bool:
    """Whether an actor bears one of the names (in one cell, parted by slashes)."""
    person = registry().person(actor.id or "")
    known = "" if person is None else fold(person.name)
    return any(fold(name) in known or actor.id in registry().persons_named(name) for name in names.split("/"))


def is_of(actor: Actor, countries: str, sectors: str) -> bool:
    """Whether an actor is of one of the countries or organisations ("IGO": any), and of one of the sectors if told."""
    code, _, sector = actor.code.partition(":")
    sector = sector or actor.sector or ""
    placed = code in countries.split("/") or (countries == "IGO" and code.startswith("IGO"))
    return placed and (not sectors or not sector or sector in sectors.split("/"))


def test_the_linker_answers_what_was_asked_from_memory() -> None:
    tally = Tally()
    for row in questions(DATA / "unseen_quiz.tsv"):
        found = meant(row["text"], row["language"], row["date"])
        if row["person"]:
            found = [actor for actor in found if registry().person(actor.id or "") is not None]
        answer = found[0] if found else None
        right = answer is not None and (not row["person"] or is_person(answer, row["person"]))
        if answer is not None and row["country"]:
            right = right and is_of(answer, row["country"], "" if row["person"] else row["sector"])
        groups = (row["kind"], row["language"], row["region"], f"{row['date'][:3]}0s")
        tally.add(row["text"], answer and (answer.code, answer.name), right, groups)
    tally.check(right=0.96, wrong=0.005)
