"""The counts beside a list are the numbers of events that each choice would leave."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dragoman.record import EventFilter, Record, RecordTooSlow

sys.path.insert(0, str(Path(__file__).parent))
from builder import meeting


@pytest.fixture(scope="module")
def record(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    return Record(samples / "samples.db", readonly=True)


@pytest.mark.parametrize(
    "wanted",
    [
        EventFilter(),
        EventFilter(actor=("SAU",)),
        EventFilter(type=("SANCTION", "ACCUSE"), language=("fr",)),
        EventFilter(text="ambassador"),
        EventFilter(since="2016", until="2016-01"),
    ],
    ids=repr,
)
def test_every_count_is_what_the_choice_leaves(record: Record, wanted: EventFilter) -> None:
    counts = record.facets(wanted)
    assert counts.events == len(record.events(wanted, limit=None))
    for name in ("type", "status", "country", "language", "outlet"):
        for count in counts.fields[name]:
            chosen = EventFilter.of(wanted, {name: (count.value,)})
            assert len(record.events(chosen, limit=None)) == count.events, (name, count)
    for name in ("actor", "person"):
        for count in counts.fields[name]:
            chosen = EventFilter.of(wanted, {"actor": (*wanted.actor, count.value)})
            assert len(record.events(chosen, limit=None)) == count.events, (name, count)
    assert sum(number for _, number in counts.times) == sum(bool(e.day) for e in record.events(wanted, limit=None))


@pytest.mark.parametrize(
    "wanted", [EventFilter(), EventFilter(type=("SANCTION",)), EventFilter(actor=("SAU",))], ids=repr
)
def test_a_filter_with_too_many_events_keeps_its_number_and_times(record: Record, wanted: EventFilter) -> None:
    whole, part = record.facets(wanted), record.facets(wanted, cap=3)
    assert (part.events, part.counted, part.capped) == (whole.events, 3, False)
    assert sum(n for _, n in part.times) == sum(n for _, n in whole.times)
    assert sum(c.events for c in part.fields["status"]) == 3


def test_where_no_tally_knows_the_number_it_is_said_so(record: Record) -> None:
    part = record.facets(EventFilter(language=("en",)), cap=3)
    assert (part.events, part.capped) == (3, True)


def test_nobody_has_no_counts(record: Record) -> None:
    assert record.facets(EventFilter(actor=("Nobody at all",))).events == 0


def test_bars_are_days_months_or_years(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as found:
        found.add_many([meeting(day, "A") for day in (3, 9)])
        times = found.facets().times
        assert (times[0][0], times[-1][0], len(times)) == (times[0][0][:8] + "03", times[0][0][:8] + "09", 7)
        assert [n for _, n in times] == [1, 0, 0, 0, 0, 0, 1]


def test_the_overview_tells_copies_from_texts(record: Record) -> None:
    held, counts = record.overview(), record.counts()
    assert (held.pages, held.texts, held.mentions, held.events) == (
        counts["pages"],
        counts["families"],
        counts["mentions"],
        counts["events"],
    )
    assert dict(held.languages).keys() == {"ar", "en", "fr"}
    assert held.outlets == len({p.outlet for p in record.pages() if p.outlet})


def test_a_snapshot_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as writer, Record(tmp_path / "r.db") as reader:
        writer.add(meeting(1, "A"))
        with reader.snapshot():
            before = reader.version, reader.counts()
            writer.add(meeting(2, "B"))
            assert (reader.version, reader.counts()) == before
        assert reader.version != before[0]


@pytest.mark.parametrize("words", ["Iran", "ambassador", '"foreign minister"', "السعودية"])
def test_common_and_rare_words_are_looked_for_in_two_ways_with_one_answer(
    record: Record, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare = record.events(text=words, limit=None)
    monkeypatch.setattr("dragoman.record.selection.COMMON", 0)
    assert [e.id for e in record.events(text=words, limit=None)] == [e.id for e in rare]
    assert rare


def test_a_question_without_end_is_given_up_and_the_record_answers_on(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with Record(tmp_path / "r.db") as record:
        record.add(meeting(3))
        with pytest.raises(RecordTooSlow, match="took too long"), record.snapshot(seconds=0.05):
            record._db.execute(endless).fetchall()
        with record.snapshot(seconds=0.05):
            assert len(record.events()) == 1
