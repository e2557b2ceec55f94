"""The kept tallies say what counting everything would say, whatever happens to the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import meeting, reading

from dragoman.record import EventFilter, Record
from dragoman.record.quality import wilson
from dragoman.record.rollups import ALL_TIMES, tallied

HAPPENED = ("occurred", "ongoing")


def accusation(day: str = "2021-06-02", outlet: str = "The Echo", status: str = "occurred", extra: str = "") -> object:
    quote = "Morocco accused Algeria of backing the rebels"
    told = {"date": day, "status": status, "place": ("Algiers", "DZA", 36.75, 3.06)}
    return reading(f"Row {extra}", f"{quote} {extra}.", [(quote, "ACCUSE", ["MAR"], ["DZA"], told)], day, outlet)


def aid(outlet: str | None = None) -> object:
    quote = "The United States sent aid to Morocco"
    return reading("Aid", f"{quote}.", [(quote, "AID", ["USA"], ["MAR"], {"place": (None, "MAR")})], None, outlet)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    found = Record(tmp_path / "r.db")
    found.add_many([meeting(3), meeting(20, extra="Again."), accusation(), aid()])  # type: ignore[list-item]
    return found


def test_places_of_all_times_and_of_months(record: Record) -> None:
    everywhere = record.places(status=HAPPENED)
    assert [(p.name, p.country, p.cooperation, p.conflict) for p in everywhere.items] == [
        ("Rabat", "MAR", 2, 0),
        ("Algiers", "DZA", 0, 1),
        (None, "MAR", 1, 0),
    ]
    assert [p.precision for p in everywhere.items] == ["place", "place", "country"]
    assert [p.name for p in record.places(status=HAPPENED, since="2021-06", until="2021-06").items] == ["Algiers"]
    assert [p.events for p in record.places(status=HAPPENED, since="2021-05-10", until="2021-05-31").items] == [1]


def test_tallies_agree_with_the_filter_that_needs_none(record: Record) -> None:
    for asked in ({}, {"since": "2021-05"}, {"until": "2021-05"}, {"since": "2021", "until": "2021"}):
        tallied = EventFilter.of({"status": HAPPENED, **asked})
        counted = EventFilter.of({"status": HAPPENED, "quad_class": (1, 2, 3, 4), **asked})
        assert record.places(tallied).items == record.places(counted).items
        assert record.ties(tallied) == record.ties(counted)


def test_months_read_once_answer_for_any_dates(record: Record) -> None:
    [accused] = record.events(type="ACCUSE")
    record.judge(accused.id, "wrong", by="reader")
    places, pairs = record.place_months(), record.pair_months()
    for dates in ({}, {"since": "2021-05"}, {"until": "2021"}, {"since": "1999", "until": "2000"}):
        wanted = EventFilter.of({"status": HAPPENED, **dates})
        months = tallied(wanted)
        assert months is not None
        assert places.places(months, 500) == record.places(wanted)
        assert pairs.ties(months, 500) == record.ties(wanted)
    assert tallied(EventFilter(status=HAPPENED, since="2021-05-10")) is None
    assert places.places(ALL_TIMES, 1).placed == 3


def test_a_record_without_events_has_no_places(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        assert record.place_months().places(ALL_TIMES, 10).items == ()
        assert record.ties(status=HAPPENED) == ()


def test_events_judged_wrong_leave_map_and_network(record: Record) -> None:
    [row] = record.events(type="ACCUSE")
    number = record.judge(row.id, "wrong", by="reader")
    assert [p.name for p in record.places(status=HAPPENED).items] == ["Rabat", None]
    assert [(t.a, t.b) for t in record.ties(status=HAPPENED)] == [("MAR", "USA")]
    record.undo(number, by="reader")
    assert [(t.a, t.b, t.sign) for t in record.ties(status=HAPPENED)] == [
        ("MAR", "USA", "cooperation"),
        ("DZA", "MAR", "conflict"),
    ]


def test_corrections_and_recoding_keep_the_tallies_right(record: Record) -> None:
    [row] = record.events(type="ACCUSE")
    record.correct(row.id, "date", "2021-07-09", by="reader")
    record.correct(row.id, "status", "planned", by="reader")
    assert "Algiers" not in [p.name for p in record.places(status=HAPPENED).items]
    record.add_many([accusation(status="negated"), aid("The Late Post")], again=True)  # type: ignore[list-item]
    assert record.doctor() == []
    record.rebuild()
    assert record.doctor() == []


def test_doctor_finds_a_tally_that_counts_wrongly(record: Record) -> None:
    record._db.execute("UPDATE place_tally SET conflict = 7 WHERE place = 'Algiers' AND period = ''")
    assert any("place_tally" in p.message for p in record.doctor())
    record.rebuild()
    assert record.doctor() == []


def test_who_met_whom(record: Record) -> None:
    [met] = record.meetings("USA", "MAR")
    assert (met.a_name, met.b_name, met.events) == ("Nasser Bourita", "Antony Blinken", 2)
    assert (met.first, met.last) == ("2021-05-03", "2021-05-20")
    [met] = record.meetings("MAR", "USA", since="2021-05-10")
    assert met.events == 1


def test_quality_by_outlet_language_and_type(record: Record) -> None:
    outlets = {m.name: m for m in record.quality("outlet")}
    assert outlets["The Example"].pages == 2
    assert outlets["The Example"].dated == 2
    assert outlets[""].pages_dated == 0
    types = {m.name: m for m in record.quality("type")}
    assert types["CONSULT"].events == 2
    assert types["CONSULT"].precision is None
    for event in record.events(type="CONSULT"):
        record.judge(event.id, "right", by="reader")
    judged = {m.name: m for m in record.quality("type")}["CONSULT"]
    assert (judged.judged, judged.precision) == (2, 1.0)
    assert judged.interval is not None and judged.interval[0] < 0.5


def test_interval_of_a_share() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)  # Newcombe 1998, method 3
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == 1.0


def test_a_party_is_counted_by_month_as_its_events_are(record: Record) -> None:
    months = {p.period: (p.events, p.quads, p.independent_sources) for p in record.timeline(actor="MAR")}
    assert months == {"2021-05": (2, (2, 0, 0, 0), 2), "2021-06": (1, (0, 0, 1, 0), 1)}
    [row] = record.events(type="ACCUSE")
    number = record.judge(row.id, "wrong", by="reader")
    assert [p.period for p in record.timeline(actor="MAR")] == ["2021-05"]
    assert [p.period for p in record.timeline(actor="MAR", wrong=True)] == ["2021-05", "2021-06"]
    record.undo(number, by="reader")
    assert [p.events for p in record.timeline(actor="MAR", type="ACCUSE", since="2021-05", until="2021-06")] == [0, 1]
    counted = record.timeline(actor="MAR", since="2021-05-01", until="2021-06-29")  # no whole months: one by one
    assert {p.period: (p.events, p.quads, p.independent_sources) for p in counted} == months


def test_partners_and_offices_follow_their_events(record: Record) -> None:
    minister = next(a for a in record.actors(kind="person") if a.country == "MAR")
    dossier = record.actor(minister.key)
    assert dossier
    assert [(p.country, p.events) for p in dossier.partners] == [("USA", 2)]
    assert [(o.first, o.last, o.mentions) for o in dossier.offices] == [("2021-05-03", "2021-05-20", 2)]
    country = record.actor("MAR")
    assert country and [(p.country, p.events) for p in country.partners] == [("USA", 2), ("DZA", 1)]
    record.correct(record.events(since="2021-05-20", until="2021-05-20")[0].id, "date", "2021-07-01", by="reader")
    dossier = record.actor(minister.key)
    assert dossier and [(o.first, o.last) for o in dossier.offices] == [("2021-05-03", "2021-07-01")]
    assert record.doctor() == []


def test_two_who_take_part_on_one_side_are_a_pair_of_the_list_but_no_tie(tmp_path: Path) -> None:
    quote = "France and Germany sent aid to Mali"
    told = reading("Aid", f"{quote}.", [(quote, "AID", ["FRA", "DEU"], ["MLI"], {"date": "2021-05-03"})])
    with Record(tmp_path / "r.db") as record:
        record.add(told)
        assert len(record.events(actor=("FRA", "DEU"))) == len(record.events(actor=("MLI", "FRA"))) == 1
        assert not record.events(actor=("FRA", "DEU"), type="ACCUSE")
        assert record.dyad("FRA", "DEU") == ()
        assert [(t.a, t.b) for t in record.ties(status=HAPPENED)] == [("DEU", "MLI"), ("FRA", "MLI")]
        assert record.doctor() == []
