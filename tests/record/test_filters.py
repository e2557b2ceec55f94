"""What can be asked of events, and how it is said when it cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.record import EventFilter, FilterError, Record
from dragoman.record.filters import FIELDS, SEVERAL, Wanted

sys.path.insert(0, str(Path(__file__).parent))
from builder import meeting, reading


def test_keywords_and_fields_are_the_same() -> None:
    assert tuple(Wanted.__annotations__) == FIELDS


def test_values_are_put_into_one_form() -> None:
    wanted = EventFilter.of({"type": ["consult", "AGREE", "CONSULT"], "status": "occurred", "country": "mar"})
    assert wanted == EventFilter(type=("CONSULT", "AGREE"), status=("occurred",), country=("MAR",))
    assert EventFilter.of({"actor": " ", "text": "", "type": [], "since": None}) == EventFilter()
    assert not EventFilter()
    assert EventFilter.of({"quad_class": "4", "min_sources": "2", "disputed": "1"}).values() == {
        "quad_class": (4,), "min_sources": 2, "disputed": True
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("since", "yesterday", "no date; write YYYY"),
        ("until", "2020-13", "no date"),
        ("since", "2020/2021", "no date"),
        ("status", "maybe", "occurred, ongoing"),
        ("type", "CON SULT", "cannot be one"),
        ("quad_class", 5, "there are: 1, 2, 3, 4"),
        ("country", "Morocco", "ISO 3166-1"),
        ("language", "arabic", "en, fr, ar or es"),
        ("min_sources", "-1", "no number"),
        ("wrong", "perhaps", "neither true nor false"),
        ("actor", "x" * 501, "501 characters"),
        ("text", "a\0b", "NUL"),
        ("outlet", [f"outlet {n}" for n in range(51)], "51 values"),
        ("colour", "red", "these can be given: actor"),
    ],
)
def test_what_cannot_be_asked_is_named(field: str, value: Any, says: str) -> None:
    with pytest.raises(FilterError, match=says) as caught:
        EventFilter.of({field: value})
    assert caught.value.field == field


def test_a_period_has_its_beginning_first() -> None:
    with pytest.raises(FilterError, match="exchange them"):
        EventFilter(since="2021-02", until="2021-01")
    assert EventFilter(since="2021", until="2021-01")


def test_a_url_cannot_say_one_thing_twice() -> None:
    assert EventFilter.from_pairs([("type", "AGREE"), ("type", "AID"), ("actor", "MAR")]) == EventFilter(
        actor=("MAR",), type=("AGREE", "AID")
    )
    with pytest.raises(FilterError, match="twice"):
        EventFilter.from_pairs([("since", "2020"), ("since", "2021")])


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "actor": st.lists(st.sampled_from(["MAR", "Nasser Bourita", "ناصر بوريطة"])),
            "type": st.lists(st.sampled_from(["AGREE", "CONSULT", "AID"])),
            "status": st.lists(st.sampled_from(["occurred", "planned"])),
            "quad_class": st.lists(st.integers(1, 4)),
            "since": st.sampled_from(["2020", "2020-02", "2020-02-29"]),
            "outlet": st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)),
            "min_sources": st.integers(0, 9),
            "wrong": st.booleans(),
        },
    )
)
def test_a_filter_survives_the_url(given: Any) -> None:
    wanted = EventFilter.of(given)
    assert EventFilter.from_pairs(wanted.parameters()) == wanted
    assert len({name for name, _ in wanted.parameters()} - SEVERAL) <= len(FIELDS)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.db") as record:
        record.add_many(
            [
                meeting(3, "A"),
                reading(
                    "In the Moroccan capital",
                    "Rabat, 3 May 2021. Washington's chief diplomat Blinken has met Bourita, his Moroccan colleague.",
                    [
                        (
                            "Blinken has met Bourita",
                            "CONSULT",
                            ["USA:GOV Antony Blinken/Secretary of State"],
                            ["MAR:GOV Nasser Bourita/Minister of Foreign Affairs"],
                            {"date": "2021-05-03", "symmetric": True, "place": ("Rabat", "MAR", 34.02, -6.84)},
                        )
                    ],
                    outlet="B",
                ),
                meeting(20, "C"),
                reading(
                    "Sanctions",
                    "The United States imposed sanctions on Iran in March 2021.",
                    [("imposed sanctions on Iran", "SANCTION", ["USA:GOV"], ["IRN"], {"date": "2021-03"})],
                ),
                reading("Aid", "Iran sent aid to Syria.", [("sent aid to Syria", "AID", ["IRN"], ["SYR"], {})]),
            ]
        )
        yield record


def types(record: Record, **fields: Any) -> list[str]:
    return [e.event_type for e in record.events(**fields)]


def test_sides_are_told_apart(record: Record) -> None:
    assert types(record, actor="IRN") == ["SANCTION", "AID"]
    assert types(record, source="IRN") == ["AID"]
    assert types(record, target="IRN") == ["SANCTION"]
    assert types(record, source="USA", target="IRN") == ["SANCTION"]
    assert types(record, source="IRN", target="USA") == []


def test_all_actors_must_take_part(record: Record) -> None:
    assert types(record, actor=["IRN", "SYR"]) == ["AID"]
    assert types(record, actor=["IRN", "SYR", "USA"]) == []
    assert types(record, actor="MAR", other="Blinken") == ["CONSULT", "CONSULT"]


def test_several_values_match_any(record: Record) -> None:
    assert types(record, type=["SANCTION", "aid"]) == ["SANCTION", "AID"]
    assert types(record, quad_class=[2, 4]) == ["SANCTION", "AID"]
    assert types(record, place=["rabat", "ESP"]) == ["CONSULT", "CONSULT"]
    assert types(record, country=["MAR", "ESP"], outlet=["a", "zzz"]) == ["CONSULT"]


def test_a_filter_is_as_good_as_keywords(record: Record) -> None:
    wanted = EventFilter(actor=("MAR",))
    assert list(record.events(wanted)) == list(record.events(actor="MAR"))
    assert list(record.events(wanted, since="2021-05-10")) == list(record.events(actor="MAR", since="2021-05-10"))
    assert [p.period for p in record.timeline(wanted, by="day")] == ["2021-05-03", "2021-05-20"]


@pytest.mark.parametrize("order", ["newest", "oldest", "sources", "disputed", "added"])
def test_every_order_pages_through_all_events_once(record: Record, order: Any) -> None:
    everything = [e.id for e in record.events(order=order, limit=None)]
    assert len(everything) == 4
    assert [e.id for e in record.iter_events(order=order, page_size=1)] == everything
    by_actor = [e.id for e in record.iter_events(actor="IRN", order=order, page_size=1)]
    assert by_actor == [e.id for e in record.events(order=order, limit=None) if e.id in by_actor]


def test_orders(record: Record) -> None:
    assert types(record, order="oldest") == ["AID", "SANCTION", "CONSULT", "CONSULT"]
    assert [e.independent_sources for e in record.events(order="sources")] == [2, 1, 1, 1]
    record.add(reading("Old", "France aided Mali.", [("aided Mali", "AID", ["FRA"], ["MLI"], {"date": "1999"})]))
    assert record.events(order="added")[0].date == "1999"
    with pytest.raises(FilterError, match="ordered by newest"):
        record.events(order="random")  # type: ignore[arg-type]
    after = record.events(order="sources", limit=1).next_cursor
    with pytest.raises(Exception, match="no cursor of the order 'newest'"):
        record.events(after=after)


def test_events_judged_wrong_are_not_counted(record: Record) -> None:
    before = record.timeline(since="2021-03", until="2021-03")
    assert [p.events for p in before] == [1]
    record.judge(record.events(type="SANCTION")[0].id, "wrong", by="Amina")
    assert [p.events for p in record.timeline(since="2021-03", until="2021-03")] == [0]
    assert [p.events for p in record.timeline(since="2021-03", until="2021-03", wrong=True)] == [1]


@pytest.mark.parametrize("nasty", ["'; DROP TABLE events; --", '" OR 1=1 --', "%", 'MAR" *', "NEAR(a b)", "ن*"])
def test_values_are_never_sql(record: Record, nasty: str) -> None:
    for field in ("actor", "other", "source", "target", "place", "text", "outlet"):
        assert types(record, **{field: nasty}) == []
    assert len(record.events()) == 4
