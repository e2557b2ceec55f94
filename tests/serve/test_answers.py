"""Answers are kept for as long as they are true: an unchanged record answers at once, a changed one anew."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.record import Record
from dragoman.serve import create_app

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting

from dragoman.serve.answers import Answer, Answers

PATHS = ("/", "/events", "/api/v1/events", "/feed.atom", "/map", "/api/v1/actors/MAR")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Record(tmp_path / "r.db") as record:
        record.add_many([meeting(3), meeting(9, "The Post")])
    return tmp_path / "r.db"


@pytest.mark.parametrize("address", PATHS)
def test_the_same_state_has_the_same_answer_and_another_state_another(path: Path, address: str) -> None:
    with TestClient(create_app(path), base_url="http://localhost") as client:
        first = client.get(address)
        again = client.get(address)
        assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
        assert client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
        with Record(path) as record:
            record.add(meeting(20, "The Echo", extra="Again."))
        changed = client.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert changed.status_code == 200
        assert changed.headers["etag"] != first.headers["etag"]
        assert changed.content != first.content


@pytest.mark.parametrize("address", PATHS)
def test_a_rebuilt_record_is_a_new_state(path: Path, address: str) -> None:
    """Rebuilding merges anew, perhaps by a better rule: what a browser has kept must not pass for the new answer."""
    with TestClient(create_app(path), base_url="http://localhost") as client:
        before = client.get(address).headers["etag"]
        with Record(path) as record:
            record.rebuild()
        assert client.get(address, headers={"If-None-Match": before}).status_code == 200


def test_a_judgement_shows_at_once_even_while_many_ask(path: Path) -> None:
    with TestClient(create_app(path), base_url="http://localhost") as client:
        answers = client.app.state.site.answers  # type: ignore[attr-defined]
        with answers.making(), answers.making(), answers.making():
            assert len(client.get("/api/v1/events").json()["data"]) == 2
            with Record(path) as record:
                record.add(meeting(20, "The Echo", extra="Again."))
            assert len(client.get("/api/v1/events").json()["data"]) == 2  # some seconds old, as its version says
            with Record(path) as record:
                record.judge(record.events()[0].id, "wrong", by="reader")
            assert len(client.get("/api/v1/events").json()["data"]) == 2
        assert len(client.get("/api/v1/events").json()["data"]) == 2  # three, of which one is wrong


def test_compressed_or_not_by_what_the_reader_takes(path: Path) -> None:
    with TestClient(create_app(path), base_url="http://localhost") as client:
        plain = client.get("/events", headers={"Accept-Encoding": "identity"})
        packed = client.get("/events", headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in plain.headers and packed.headers["content-encoding"] == "gzip"
        assert plain.text == packed.text
        assert "Accept-Encoding" in plain.headers["vary"]


def test_the_oldest_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.serve.answers.KEPT_BYTES", 10_000)
    answers = Answers()
    for i in range(20):
        body = bytes(4000)
        answers.keep(i, Answer("1.1.0", body, gzip.compress(body), {}))
    assert answers.find(19, "1.1.0") and not answers.find(0, "1.1.0")
    assert answers._bytes <= 10_000
