"""What a person asks of the actor files at the command line, and naming somebody once for a whole record."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Mention
from dragoman.cli.app import app

PAGE = """Meridian Post

Morocco signs fishing accord with Iceland
Rabat, 12 May 2021

Foreign Minister Nasser Bourita of Morocco met Iceland's deputy minister Jon Palmason in Rabat on Tuesday. Deputy
minister Jon Palmason signed the accord with Morocco and praised Rabat.
"""


def dragoman(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.stdout


def mentions(text: str, date: str | None, actors: Path | None = None) -> list[Mention]:
    return Linker(registry(actors), date).link([TextUnit(text, "en", ((0, len(text)),))])[0]


def persons(text: str, date: str | None) -> dict[str, str | None]:
    return {text[m.start : m.end]: m.actors[0].name for m in mentions(text, date) if m.kind == "person"}


def test_offices_of_a_country_on_a_day() -> None:
    rows = dragoman("offices", "MAR", "--on", "2020-10-02", "--format", "csv")
    assert "foreign_minister,Nasser Bourita" in rows
    assert "Othmani" in rows
    assert "Aziz Akhannouch" not in rows.split("head_of_government", 1)[1].split("\n", 1)[0]


def test_offices_of_nowhere_are_an_error() -> None:
    assert dragoman("offices", "XXX", code=1) == ""


def test_the_packages_own_files_are_sound() -> None:
    assert dragoman("actors", "check") == ""


def test_a_users_files_are_checked(tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text("id\tname\tgender\tborn\tdied\tcountry\n", "utf-8")
    (tmp_path / "offices.tsv").write_text("key\tname\tsector\trank\nmayor\tMayor\tGOV\t6\n", "utf-8")
    (tmp_path / "holdings.tsv").write_text(
        "person\tcountry\toffice\ttitle\tstart\tend\tsource\tas_of\tconfidence\nP-a\tMAR\tmayor\t\t2001\t\tme\t\t\n",
        "utf-8",
    )
    assert "the person is not in persons.tsv" in dragoman("actors", "check", str(tmp_path), code=1)


def test_actors_without_a_record_say_what_to_do() -> None:
    assert CliRunner().invoke(app, ["actors"]).exit_code == 2


def test_a_users_own_file_wins(tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text(
        "id\tname\tgender\tborn\tdied\tcountry\nP-jon-palmason-isl\tJón Pálmason\tm\t\t\tISL\n", "utf-8"
    )
    (tmp_path / "person_names.tsv").write_text(
        "id\tlang\tform\tkind\nP-jon-palmason-isl\t*\tJon Palmason\talias\n", "utf-8"
    )
    (tmp_path / "organisations.tsv").write_text(
        "id\tcode\tkind\tcountry\tsector\tqid\tname\tstart\tend\n"
        "LBN.HEZBOLLAH\tLBN:PTY\tparty\tLBN\tPTY\t\tHezbollah\t\t\n",
        "utf-8",
    )
    text = "Jon Palmason arrived in Beirut and met Hezbollah."
    named = {m.actors[0].id: m.actors[0] for m in mentions(text, "2021-05-12", tmp_path)}
    assert named["P-jon-palmason-isl"].name == "Jón Pálmason"
    assert named["LBN.HEZBOLLAH"].code == "LBN:PTY"
    assert {m.actors[0].code for m in mentions(text, "2021-05-12")} >= {"LBN:REB"}


def test_somebody_unknown_is_named_once_for_the_whole_record(tmp_path: Path) -> None:
    for number in (1, 2):
        page = PAGE if number == 1 else PAGE.replace("praised", "again thanked").replace("12 May", "13 May")
        (tmp_path / f"{number}.txt").write_text(page, "utf-8")
    record = str(tmp_path / "r.db")
    dragoman("ingest", str(tmp_path / "1.txt"), "--record", record, "--jobs", "1")
    before = dragoman("actors", "--record", record, "--format", "csv")
    unknown = next(line for line in before.splitlines() if "Palmason" in line)
    key = next(cell for cell in unknown.split(",") if cell.startswith("P-"))
    dragoman("name", key, "Jón Pálmason", "--record", record)
    dragoman("ingest", str(tmp_path / "2.txt"), "--record", record, "--jobs", "1")
    after = dragoman("actors", "--record", record, "--format", "csv")
    assert "Jón Pálmason" in after
    assert "Jon Palmason" not in after
    assert "Jón Pálmason" in dragoman("events", "--actor", key, "--record", record, "--format", "jsonl")
    dragoman("name", "P-nobody", "X", "--record", record, code=1)


@pytest.mark.parametrize(
    ("date", "text", "name"),
    [
        ("1991-02-01", "President George Bush met the American ambassador.", "George H. W. Bush"),
        ("2003-03-01", "President George Bush met the American ambassador.", "George W. Bush"),
        ("1998-05-01", "Israel's prime minister, Mr Netanyahu, met King Hussein of Jordan.", "Benjamin Netanyahu"),
        ("2002-05-01", "Sergei Ivanov, the Russian defence minister, spoke.", "Sergei Ivanov"),
        ("2005-05-01", "Igor Ivanov, the secretary of Russia's security council, spoke.", "Igor Ivanov"),
    ],
)
def test_namesakes_are_told_apart_by_date_and_office(date: str, text: str, name: str) -> None:
    assert name in persons(text, date).values()


def test_namesakes_are_told_apart_by_country() -> None:
    at_once = "2013-06-01"
    assert "Park Geun-hye" in persons("South Korea's President Park met the press in Seoul.", at_once).values()
    assert "Nicolás Maduro" in persons("Venezuela's President Maduro met the press in Caracas.", at_once).values()


def test_a_given_name_is_not_taken_for_anothers_family_name() -> None:
    text = "The ambassador of Rwanda, Vincent Karemera, left Kinshasa after the minister had met him in the morning."
    assert persons(text, "2022-10-30")["ambassador of Rwanda, Vincent Karemera"] == "Vincent Karemera"


def test_a_prince_who_is_foreign_minister_keeps_his_office() -> None:
    found = mentions("Prince Faisal bin Farhan spoke in Riyadh.", "2021-01-06")
    [actor] = [m.actors[0] for m in found if m.kind == "person"]
    assert actor.office == "foreign_minister"


def test_an_indian_foreign_secretary_is_no_minister() -> None:
    found = mentions("Vikram Misri, India's foreign secretary, spoke in Delhi.", "2025-05-10")
    assert [m.actors[0].office for m in found if m.kind == "person"] == ["foreign_ministry_secretary"]


def test_two_foreign_ministers_are_ministers() -> None:
    text = (
        "Iran and Saudi Arabia restored ties, said Ali Shamkhani. Qatar approved. The two foreign ministers will meet."
    )
    found = Linker(registry(), "2023-03-11").link([TextUnit(text, "en", ((0, 56), (57, 72), (73, len(text))))])[0]
    pair = next(m for m in found if m.form == "pair")
    assert {a.office for a in pair.actors} == {"foreign_minister"}
