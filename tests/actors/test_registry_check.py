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


def test_finds_impossible_holders(tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text(
        "id\tname\tgender\tborn\tdied\tcountry\nP-a\tA B\t\t1960\t2000\tMAR\n", "utf-8"
    )
    (tmp_path / "offices.tsv").write_text("key\tname\tsector\trank\nminister\tMinister\tGOV\t5\n", "utf-8")
    (tmp_path / "holdings.tsv").write_text(
        "person\tcountry\toffice\ttitle\tstart\tend\tsource\tas_of\tconfidence\n"
        "P-a\tMAR\tminister\t\t2001\t2003\ts\t\t\nP-a\tMAR\tminister\t\t1995-02\t1994\ts\t\t\n",
        "utf-8",
    )
    text = "\n".join(check(tmp_path))
    assert "after death (2000)" in text
    assert "it ends (1994) before it starts (1995-02)" in text
