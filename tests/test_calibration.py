"""Confidence against what is right: bins, the error over them, and gold pages."""

import pytest

from dragoman.evaluation.calibration import expected_error, judged_events, reliability


def test_bins_hold_their_events_and_the_error_weighs_them() -> None:
    bins = reliability([(0.95, True)] * 3 + [(0.95, False)] + [(0.15, False)] * 2)
    assert [(b.events, b.right) for b in bins] == [(2, 0.0), (4, 0.75)]
    assert expected_error(bins) == pytest.approx((4 * 0.2 + 2 * 0.15) / 6, abs=0.001)


def test_full_confidence_has_a_bin() -> None:
    assert [b.events for b in reliability([(1.0, True)])] == [1]


def test_an_event_is_right_where_a_gold_event_stands_behind_it() -> None:
    sides = {"sources": [{"code": "FRA", "name": None}], "targets": [{"code": "DEU", "name": None}]}
    told = {"event_type": "CONSULT", "mode": "meet", "start": 0, "end": 30, **sides}
    gold_event = {**told, "id": "1", "alt_types": [], "symmetric": True, "confidence": "core", "date": {"iso": None}}
    gold = {"files": [{"file": "a.txt", "events": [gold_event]}]}
    threat = {**told, "event_type": "THREATEN", "mode": None}
    rows = [{"file": "pages/a.txt", "events": [dict(told, confidence=0.9), dict(threat, confidence=0.4)]}]
    assert judged_events(gold, rows) == [(0.9, True), (0.4, False)]
