"""The review queue asks first what settles most, and never again what a person answered."""

from __future__ import annotations

from pathlib import Path

from builder import meeting, reading

from dragoman.record import Record


def unsure(confidence: float, outlet: str) -> object:
    quote = f"Morocco praised Spain in {outlet}"
    told = {"confidence": confidence, "date": "2021-06-01"}
    return reading(f"Praise in {outlet}", f"{quote}.", [(quote, "SUPPORT", ["MAR"], ["ESP"], told)], outlet=outlet)


def test_least_sure_events_come_first(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_many([unsure(0.9, "Alpha"), unsure(0.4, "Beta")])  # type: ignore[list-item]
        asked = [q for q in record.questions() if q.kind == "right"]
        confidences = [record.event(q.event_a).confidence for q in asked]
        assert confidences == sorted(confidences)
        assert "confidence" in asked[0].reason


def test_what_was_judged_is_not_asked_again(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add(unsure(0.4, "Beta"))  # type: ignore[arg-type]
        [question] = record.questions()
        number = record.judge(question.event_a, "right", by="reader")
        assert record.questions() == ()
        record.undo(number, by="reader")
        assert record.questions() == (question,)


def test_doubtful_links_are_asked_until_answered(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_many([meeting(3), meeting(3, "The Echo", extra="They spoke of fishing.")])
        record._db.execute("UPDATE links SET score = 4.6")
        [question] = [q for q in record.questions() if q.kind == "same"]
        assert question.together
        assert "4.6" in question.reason
        assert question.b is not None
        record.judge_same(question.a, question.b, by="reader", verdict="unsure")
        assert [q for q in record.questions() if q.kind == "same"] == []


def test_limit(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_many([unsure(0.4, "Alpha"), meeting(3), meeting(9, "The Echo")])  # type: ignore[list-item]
        assert len(record.questions(limit=1)) == 1
