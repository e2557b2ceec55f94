"""Questions about who held which office on which day, written from knowledge of the world, not from the tables."""

import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from quizzes import DATA, Tally, questions

TABLES = Path(__file__).parents[2] / "src/dragoman/actors/data"
QUIZZES = sorted(DATA.glob("offices_quiz*.tsv"))


def fold(name: str) -> str:
    plain = unicodedata.normalize(
        "NFKD",
        name.lower()
        .replace("ł", "l")
        .replace("đ", "d")
        .replace("ı", "i")
        .replace("ø", "o")
        .replace("-", " ")
        .replace("'", " ")
        .replace("’", " ")
        .replace(".", " ")
        .replace("ʼ", " "),
    )
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def holders(held: list[dict[str, str]], date: str) -> list[dict[str, str]]:
    """The rows whose interval surely or possibly covers the day; those whose dates are known come first and alone."""

    def covers(row: dict[str, str], unknown_too: bool) -> bool:
        start, end = row["start"], row["end"]
        if not start or start > date:
            return False
        if end == "..":
            return unknown_too or date <= row["as_of"]
        if not end:
            return unknown_too
        return date[: len(end)] <= end

    for unknown_too in (False, True):
        if found := [row for row in held if covers(row, unknown_too)]:
            latest = max(row["start"] for row in found)
            return [row for row in found if row["start"] == latest]
    return []


@pytest.fixture(scope="module", params=QUIZZES, ids=lambda path: path.stem)
def answers(request: pytest.FixtureRequest) -> list[tuple[dict[str, str], set[str], set[str]]]:
    held, names = defaultdict(list), defaultdict(set)
    for row in questions(TABLES / "holdings.tsv"):
        held[row["country"], row["office"]].append(row)
    for row in questions(TABLES / "persons.tsv"):
        names[row["id"]].add(fold(row["name"]))
    for row in questions(TABLES / "person_names.tsv"):
        if row["kind"] in ("full", "alias"):
            names[row["id"]].add(fold(row["form"]))
    result = []
    for question in questions(request.param):
        about = question.get("about", "").lower()  # of several envoys the one whose title says so
        candidates = [r for r in held[question["country"], question["office"]] if about in r["title"].lower()]
        found = {row["person"] for row in holders(candidates, question["date"])}
        result.append((question, found, {p for p in found if fold(question["person"]) in names[p]}))
    return result


def test_the_office_tables_answer_the_quiz(answers: list[tuple[dict[str, str], set[str], set[str]]]) -> None:
    tally = Tally()
    for question, found, match in answers:
        tally.add(tuple(question.values()), found, bool(match))
    tally.check()


def test_an_answer_is_one_person(answers: list[tuple[dict[str, str], set[str], set[str]]]) -> None:
    crowded = [tuple(q.values()) for q, found, _ in answers if len(found) > 1]
    assert len(crowded) / len(answers) < 0.03, crowded
