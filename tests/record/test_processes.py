"""Events belong to the agreements and talks that their accounts name, in every language."""

from __future__ import annotations

from pathlib import Path

from builder import reading

from dragoman.actors.agreements import find_agreements, forms
from dragoman.record import Record
from dragoman.record.processes import rounds


def talks(day: int, language: str = "en", words: str = "The Astana talks", title: str = "Talks") -> object:
    quote = f"{words} brought Russia and Turkey together on {day} May"
    told = {"date": f"2021-05-{day:02d}", "symmetric": True, "place": ("Astana", "KAZ", 51.1, 71.4)}
    events = [(quote, "CONSULT", ["RUS"], ["TUR"], told)]
    return reading(f"{title} {day}", f"{quote}.", events, f"2021-05-{day:02d}", f"Outlet {day}", language)


def test_names_are_found_in_the_languages_they_have() -> None:
    assert find_agreements("The Astana talks resumed under resolution 2254.", "en") == ("AGR.ASTANA", "UNSCR.2254")
    assert find_agreements("Le processus d'Astana reprend.", "fr") == ("AGR.ASTANA",)
    assert find_agreements("انطلق حوار بوزنيقة بين الأطراف", "ar") == ("AGR.BOUZNIKA",)
    assert find_agreements("It brokered the 2015 Skhirat Agreements.", "en") == ("AGR.SKHIRAT",)
    assert find_agreements("The talks in Astana resumed.", "en") == ()
    assert set(forms("AGR.ASTANA")) >= {"en", "fr", "ar"}


def test_a_process_has_the_events_that_name_it_round_by_round(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_many([talks(3), talks(6), talks(20), talks(9, words="A meeting")])  # type: ignore[list-item]
        [process] = record.processes()
        assert (process.id, process.events) == ("AGR.ASTANA", len(record.process_events("AGR.ASTANA")))
        parted = rounds(record.process_events("AGR.ASTANA"))
        assert [(r.first, r.last) for r in parted] == [("2021-05-03", "2021-05-06"), ("2021-05-20", "2021-05-20")]
        assert record.process_events("AGR.NOWHERE").items == ()


def test_a_title_names_the_process_of_the_talks_on_its_page(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add(talks(9, words="A meeting", title="Astana process goes on"))  # type: ignore[arg-type]
        assert [p.id for p in record.processes()] == ["AGR.ASTANA"]


def test_recoding_and_rebuilding_keep_what_is_named_right(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add(talks(3))  # type: ignore[arg-type]
        record._db.execute("DELETE FROM mention_processes")
        assert record.processes() == ()
        record.rebuild()
        assert [p.id for p in record.processes()] == ["AGR.ASTANA"]
        record.add(talks(3), again=True)  # type: ignore[arg-type]
        assert [(p.id, p.events) for p in record.processes()] == [("AGR.ASTANA", 1)]
        record.judge(record.events()[0].id, "wrong", by="reader")
        assert record.processes() == ()
