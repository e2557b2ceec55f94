"""What the record answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.record import Record, RecordError, UnknownEvent
from dragoman.record.words import fold, numbers

sys.path.insert(0, str(Path(__file__).parent))
from builder import meeting, reading

ARABIC = "استقبل الوزيرُ ناصر بوريطة السفيرة الإسبانية بالرباط وللوزير رأيٌ في الاتفاقية."


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.db") as record:
        record.add_many(
            [
                meeting(3, "A"),
                meeting(3, "B", extra="Both praised the deal."),
                meeting(20, "C"),
                reading(
                    "Sanctions",
                    "The United States imposed sanctions on Iran in March 2021. \u201cIt was time,\u201d Blinken said.",
                    [
                        (
                            "imposed sanctions on Iran",
                            "SANCTION",
                            ["USA:GOV Antony Blinken/Secretary of State"],
                            ["IRN"],
                            {"date": "2021-03", "status": "occurred"},
                        )
                    ],
                    quotes=[("\u201cIt was time,\u201d", "USA:GOV Antony Blinken/Secretary of State")],
                ),
                reading(
                    "خبر",
                    ARABIC,
                    [("استقبل الوزيرُ ناصر بوريطة السفيرة", "CONSULT", ["MAR:GOV Nasser Bourita"], ["ESP"], {})],
                    language="ar",
                    outlet="الخبر",
                ),
            ]
        )
        yield record


def test_by_actor_and_other(record: Record) -> None:
    assert [e.date for e in record.events(actor="MAR", other="USA")] == ["2021-05-20", "2021-05-03"]
    assert [e.date for e in record.events(actor="usa", other="mar")] == ["2021-05-20", "2021-05-03"]
    assert len(record.events(actor="Bourita")) == 3
    assert len(record.events(actor="MAR:GOV", other="Antony Blinken")) == 2
    assert len(record.events(actor="Nobody")) == 0


def test_filters(record: Record) -> None:
    assert [e.event_type for e in record.events(type="SANCTION")] == ["SANCTION"]
    assert len(record.events(since="2021-05", until="2021-05-10")) == 1
    assert len(record.events(until="2021-04")) == 1
    assert len(record.events(place="MAR")) == 2
    assert len(record.events(place="rabat")) == 2
    assert [e.languages for e in record.events(language="ar")] == [("ar",)]
    assert len(record.events(outlet="b")) == 1
    assert len(record.events(text="praised deal")) == 1
    assert len(record.events(status=["planned"])) == 0
    with pytest.raises(RecordError, match="no date"):
        record.events(since="yesterday")


def test_pages_of_events_follow_each_other(record: Record) -> None:
    first = record.events(limit=2)
    rest = record.events(limit=None, after=first.next_cursor)
    everything = record.events(limit=None)
    assert [e.id for e in [*first, *rest]] == [e.id for e in everything]
    assert everything[-1].date is None
    assert [e.id for e in record.iter_events(page_size=1)] == [e.id for e in everything]
    with pytest.raises(RecordError, match="cursor"):
        record.events(after="nonsense")


def test_an_event_gives_its_mentions_and_tables(record: Record) -> None:
    found = record.events(actor="MAR", other="USA", until="2021-05-10")
    assert len(found[0].mentions) == 2
    assert found[0].sources[0].office == "Minister of Foreign Affairs"
    assert found.to_dicts()[0]["location"]["name"] == "Rabat"
    assert list(found.to_pandas()["independent_sources"]) == [found[0].independent_sources]
    assert 'dir="auto"' in found._repr_html_()
    with pytest.raises(UnknownEvent):
        record.event("e0")


def test_dyad_and_timeline_fill_empty_months(record: Record) -> None:
    series = record.dyad("USA", "MAR", since="2021-03", until="2021-06")
    assert [(p.period, p.events) for p in series] == [("2021-03", 0), ("2021-04", 0), ("2021-05", 2), ("2021-06", 0)]
    assert [(p.period, p.events) for p in record.timeline()] == [("2021-03", 1), ("2021-04", 0), ("2021-05", 2)]
    assert [p.events for p in record.timeline(by="year", actor="MAR")] == [2]
    assert [p.period for p in record.timeline(by="day", actor="IRN")] == ["2021-03-01"]


def test_dossier(record: Record) -> None:
    found = record.actor("blinken")
    assert found and found.events == 3
    assert [p.country for p in found.partners] == ["MAR", "IRN"]
    assert [o.office for o in found.offices] == ["Secretary of State"]
    assert found.quotations[0].words == "“It was time,”"
    assert record.actor("Nobody") is None
    assert record.actors(kind="person")[0].events == 3
    country = record.actor("MAR")
    assert country and country.events == 3


def test_search_in_three_scripts(record: Record) -> None:
    (hit,) = record.search("وزير اسبانيه")
    start, end = hit.marks[0]
    assert hit.snippet[start:end] == "الوزيرُ"
    assert record.text(hit.page.id)[hit.start :].startswith(hit.snippet[:20])
    assert len(hit.events) == 1
    assert len(record.search('"secretary blinken"')) == 3
    assert record.search('"blinken secretary"') == ()
    assert record.search("???") == ()


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("الوزير", "وزير"), ("والوزير", "وزير"), ("للوزير", "وزير"), ("بالوزير", "وزير"), ("أُمّة", "امه"), ("مستشفى",
        "مستشفي"),
        ("Élysée", "elysee"), ("l'Algérie", "algerie"), ("Morocco's", "morocco"), ("ﷲ", "الله"), ("١٢", "12"),
        ("España", "espana"),
    ],
)  # fmt: skip
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_numbers_leave_years_out() -> None:
    assert numbers("In 2021 the US sent 1,200 tents, 60 vans and 3 doctors; ٣٠٠ أسير") == {"1200", "60", "300"}


def test_explanation_names_words_and_reasons(record: Record) -> None:
    found = record.explain(record.events(actor="MAR", other="USA", until="2021-05-10")[0].id)
    assert "met Secretary Blinken" in found.mentions[0].sentence
    assert {p[0] for p in found.mentions[0].parts} == {"event", "source", "target", "date"}
    assert found.links[0][3]
    assert "merged because" in str(found)
    assert found.to_dict()["mentions"][0]["parts"][0]["reason"] == "frame"


def test_diff(record: Record, tmp_path: Path) -> None:
    copy = tmp_path / "before.db"
    record._db.execute("VACUUM INTO ?", (str(copy),))
    one, two = (e.id for e in record.events(actor="MAR", other="USA"))
    record.judge_same(one, two, by="Amina")
    record.correct(record.events(type="SANCTION")[0].id, "date", "2021-03-02", by="Amina")
    (new,) = record.add(meeting(28, "D")).events.values()
    with Record(copy) as before:
        found = record.diff(before)
    assert found.added == (new,)
    assert found.removed == ()
    assert found.merged == {one: two} or found.merged == {two: one}
    assert [c["date"] for c in found.changed.values() if "date" in c] == [("2021-03", "2021-03-02")]


def test_doctor_finds_what_is_broken(record: Record) -> None:
    assert record.doctor() == []
    record._db.execute("UPDATE mentions SET start = start + 1 WHERE id = 1")
    record._db.execute("UPDATE events SET families = 9 WHERE id = 1")
    record._db.execute("PRAGMA foreign_keys = OFF")
    record._db.execute("UPDATE mentions SET page = 77 WHERE id = 2")
    found = record.doctor()
    assert {p.check for p in found} >= {"span", "count", "foreign key"}
    assert all(p.remedy for p in found)
