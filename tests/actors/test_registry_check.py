"""The actor files pass their own check, and the check finds what is wrong."""

from __future__ import annotations

from pathlib import Path

from dragoman.actors.check import check
from dragoman.actors.tables import DATA


def test_own_tables_have_no_findings_on_names_roles_and_organisations() -> None:
    findings = [f for f in check(DATA) if not f.startswith(("holdings.tsv", "persons.tsv"))]
    assert findings == []


def test_finds_dangling_and_colliding_names(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    rows = "id\tkind\tform\tnote\nAAA\tname\tAland\t\nBBB\tname\tAland\t\n"
    (tmp_path / "names" / "en.tsv").write_text(rows, "utf-8")
    findings = check(tmp_path)
    assert "names/en.tsv: 'Aland' belongs to AAA, which is no state or organisation." in findings
    assert "names/en.tsv: 'Aland' names AAA and BBB; note it as ambiguous or weak." in findings


def test_finds_phases_of_nobody_and_codes_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "phases.tsv").write_text("id\tstart\tend\tcode\nAAA.FRONT\t2005\t2001\tAAA:XYZ\n", "utf-8")
    findings = check(tmp_path)
    assert "phases.tsv: AAA.FRONT is not in organisations.tsv." in findings
    assert "it must be a state's and a sector's, as in SDN:REB" in "".join(findings)
    assert "phases.tsv: AAA.FRONT as AAA:XYZ lasts from '2005' to '2001'." in findings


def test_finds_impossible_holders(tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text(
        "id\tname\tgender\tborn\tdied\tcountry\nP-a\tA B\t\t1960\t2000\tMAR\n", "utf-8"
    )
    (tmp_path / "offices.tsv").write_text("key\tname\tsector\trank\nminister\tMinister\tGOV\t5\n", "utf-8")
    (tmp_path / "holdings.tsv").write_text(
        "person\tcountry\toffice\ttitle\tstart\tend\tsource\tas_of\tconfidence\n"
        "P-a\tMAR\tminister\t\t1999\t2002\ts\t\t\n"
        "P-a\tMAR\tminister\t\t2001\t2003\ts\t\t\nP-a\tMAR\tminister\t\t1995-02\t1994\ts\t\t\n",
        "utf-8",
    )
    text = "\n".join(check(tmp_path))
    assert "it starts (2001) after death (2000)" in text
    assert "it ends (2002) after death (2000)" in text
    assert "it ends (1994) before it starts (1995-02)" in text


def test_finds_two_who_share_an_office_for_years(tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text(
        "id\tname\tgender\tborn\tdied\tcountry\nP-a\tA B\t\t\t\tMAR\nP-c\tC D\t\t\t\tMAR\n", "utf-8"
    )
    (tmp_path / "offices.tsv").write_text("key\tname\tsector\trank\nfinance_minister\tFinance\tGOV\t2\n", "utf-8")
    head = "person\tcountry\toffice\ttitle\tstart\tend\tsource\tas_of\tconfidence\n"
    first = "P-a\tMAR\tfinance_minister\t\t2001-02\t2006-05-01\ts\t\t\n"
    (tmp_path / "holdings.tsv").write_text(f"{head}{first}P-c\tMAR\tfinance_minister\t\t2003-01-31\t..\ts\t2009-01\t\n")
    assert "P-a and P-c both hold finance_minister of MAR for 1189 days" in "\n".join(check(tmp_path))
    (tmp_path / "holdings.tsv").write_text(f"{head}{first}P-c\tMAR\tfinance_minister\t\t2006-04\t..\ts\t2009-01\t\n")
    assert "both hold" not in "\n".join(check(tmp_path))
