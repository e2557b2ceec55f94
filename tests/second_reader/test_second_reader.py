"""A second reader behind a local address: what it says is bound to the page or dropped."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

pytest.importorskip("httpx")
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.second_reader import Reader, ReaderError, read_again

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import reading

BODY = "Bourita met Blinken in Rabat. Later Blinken met Bourita again. Spain recalled its envoy."
PAGE = reading(
    "News",
    BODY,
    [
        ("Bourita met Blinken in Rabat", "CONSULT", ["MAR:GOV Nasser Bourita"], ["USA:GOV Antony Blinken"], {}),
        ("Spain recalled its envoy", "SANCTION", ["ESP"], [], {"status": "planned"}),
    ],
)


class Stub(BaseHTTPRequestHandler):
    """An OpenAI-compatible address that says what the test wants and remembers what it was asked."""

    says: ClassVar[Any] = {"events": []}
    status: ClassVar[int] = 200
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Stub.asked.append(body | {"path": self.path, "key": self.headers.get("Authorization")})
        content = Stub.says if isinstance(Stub.says, str) else json.dumps(Stub.says)
        data = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
        self.send_response(Stub.status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Stub.says, Stub.status, Stub.asked = {"events": []}, 200, []
    server = HTTPServer(("127.0.0.1", 0), Stub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def said(quote: str, event_type: str = "CONSULT", status: str = "occurred", **more: Any) -> dict[str, Any]:
    return {"quote": quote, "event_type": event_type, "status": status, "source": None, "target": None} | more


def test_what_it_says_is_bound_to_the_page_or_dropped(url: str) -> None:
    Stub.says = {
        "events": [
            said("Bourita met Blinken in Rabat", source="Bourita", target="Blinken"),
            said("Bourita met with Blinken in Rabat"),
            said("recalled its envoy", "SANCTION"),
            said("Spain", "NOTHING"),
            said("Spain", status="perhaps"),
            said(""),
            "no event",
            said("Blinken met Bourita again"),
        ]
    }
    second = read_again(PAGE, Reader(url, "stub"))
    text = PAGE.article.page.text
    assert [t.quote for t in second.events] == [
        "Bourita met Blinken in Rabat", "Blinken met Bourita again", "recalled its envoy"
    ]  # fmt: skip
    assert all(text[t.start : t.end] == t.quote for t in second.events)
    assert [d.reason for d in second.dropped] == [
        "the page does not say this word for word", "'NOTHING' is no event type", "'perhaps' is no status",
        "quotes nothing", "no event",
    ]  # fmt: skip
    assert second.agreement.to_dict() == {
        "both": 2, "only_coder": 0, "only_second": 1, "same_type": 2, "same_status": 1, "f1": 0.8
    }  # fmt: skip
    assert [e["coder"] for e in second.to_dict()["events"]] == [PAGE.events[0].id, None, PAGE.events[1].id]


def test_it_sees_the_page_and_the_event_types(url: str) -> None:
    read_again(PAGE, Reader(url, "stub", key="secret"))
    (asked,) = Stub.asked
    assert (asked["path"], asked["model"], asked["key"]) == ("/v1/chat/completions", "stub", "Bearer secret")
    assert asked["messages"][1]["content"] == f"News\n{BODY}"
    assert "AGREE" in asked["messages"][0]["content"]


def test_the_same_words_twice_are_two_places(url: str) -> None:
    twice = reading("T", "They met. They met.")
    Stub.says = {"events": [said("They met"), said("They met"), said("They met")]}
    second = read_again(twice, Reader(url, "stub"))
    assert [(t.start, t.end) for t in second.events] == [(2, 10), (12, 20)]
    assert len(second.dropped) == 1
    assert second.agreement.f1 == 0.0


def test_nothing_is_asked_twice(url: str, tmp_path: Path) -> None:
    Stub.says = {"events": [said("Bourita met Blinken in Rabat")]}
    reader = Reader(url, "stub", cache=tmp_path / "cache")
    first = read_again(PAGE, reader)
    assert read_again(PAGE, reader) == first
    assert len(Stub.asked) == 1
    read_again(PAGE, Reader(url, "another", cache=tmp_path / "cache"))
    assert len(Stub.asked) == 2


@pytest.mark.parametrize(
    ("says", "status", "message"),
    [
        ("I am afraid I cannot", 200, "does not answer with JSON"),
        ({"events": "many"}, 200, "without a list of events"),
        ("[]", 500, "answers 500"),
    ],
)
def test_what_is_no_answer_is_said(url: str, says: Any, status: int, message: str) -> None:
    Stub.says, Stub.status = says, status
    with pytest.raises(ReaderError, match=message):
        read_again(PAGE, Reader(url, "stub"))


def test_an_address_that_nobody_answers_is_said() -> None:
    with pytest.raises(ReaderError, match="does not answer"):
        read_again(PAGE, Reader("http://127.0.0.1:9/v1", "stub", seconds=5))


def test_the_command_shows_both_readers(url: str, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Talks in Rabat\n\nSpain's foreign minister met her Moroccan counterpart in Rabat on 3 May 2021.\n")
    Stub.says = {"events": [said("met her Moroccan counterpart")]}
    result = CliRunner().invoke(app, ["second-read", str(page), "--url", url, "--model", "stub", "--jobs", "1"])
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout)
    assert row["second"]["agreement"]["both"] == 1
    assert row["second"]["events"][0]["coder"] == row["coder"][0]["id"]
    Stub.status = 500
    result = CliRunner().invoke(app, ["second-read", str(page), "--url", url, "--model", "stub", "--jobs", "1"])
    assert result.exit_code == 1
    assert "answers 500" in result.stderr
