"""The office tables are sorted, complete and point to one another."""

import csv
import re
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "src/dragoman/actors/data"
DATE = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?\Z")
COLUMNS = {
    "offices": "key name sector rank",
    "titles": "country office name",
    "persons": "id name gender born died country",
    "person_names": "id lang form kind",
    "holdings": "person country office title start end source as_of confidence",
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_have_their_columns_are_sorted_and_say_nothing_twice(name: str) -> None:
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == COLUMNS[name].split()
    assert lines[1:] == sorted(set(lines[1:]))
    assert {line.count("\t") for line in lines} == {len(COLUMNS[name].split()) - 1}


def test_holdings_name_known_persons_offices_and_places() -> None:
    persons, offices = {r["id"] for r in rows("persons")}, {r["key"] for r in rows("offices")}
    places = {r["id"] for r in rows("states")} | {r["id"] for r in rows("organisations")}
    held = rows("holdings")
    assert {r["person"] for r in held} == persons
    assert {r["office"] for r in held} | {r["office"] for r in rows("titles")} <= offices
    assert {r["country"] for r in held} <= places


def test_dates_are_dates_in_order_and_not_to_come() -> None:
    for row in rows("holdings"):
        assert DATE.match(row["start"]) and (row["end"] == ".." or DATE.match(row["end"])), row
        assert row["start"] < "2026-12" and (row["end"] in ("", "..") or row["end"] < "2026-12"), row
        if row["start"] and re.match(r"\d", row["end"]):
            assert row["start"][: len(row["end"])] <= row["end"], row


def test_names_belong_to_persons_and_many_are_arabic() -> None:
    persons, names = {r["id"] for r in rows("persons")}, rows("person_names")
    assert {r["id"] for r in names} <= persons
    assert {r["kind"] for r in names} == {"full", "family", "alias"}
    arabic = [r for r in names if r["lang"] == "ar"]
    assert len({r["id"] for r in arabic}) >= 2500
    assert not [r for r in arabic if not re.search(r"[\u0621-\u064a]", r["form"]) or re.search("[A-Za-z]", r["form"])]
