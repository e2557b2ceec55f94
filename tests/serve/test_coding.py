"""POST /api/v1/code: one page in, what was coded on it out, whatever the page is."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.record import Record
from dragoman.serve import create_app
from dragoman.serve.api import answers
from dragoman.serve.api.coding import Coder, CodingError, Limits

TEXT = "Ministers in Rabat\n\nSpain's foreign minister met her Moroccan counterpart in Rabat on 3 May 2021."
HTML = f"<html><head><title>Ministers in Rabat</title></head><body><p>{TEXT[20:]}</p></body></html>"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    file = tmp_path_factory.mktemp("code") / "r.db"
    Record(file).close()
    with TestClient(create_app(file), base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize("posted", [{"text": TEXT}, {"html": HTML, "url": "http://127.0.0.1:9/secret"}])
def test_a_posted_page_is_coded_like_a_file(client: TestClient, posted: dict[str, str]) -> None:
    response = client.post("/api/v1/code", json=posted)
    assert response.status_code == 200, response.text
    reading = answers.Reading.model_validate_json(response.content)
    page = posted.get("html") or posted["text"]
    assert [e["event_type"] for e in reading.events] == ["CONSULT"]
    for event in reading.events:
        assert page[event["start"] : event["end"]] == event["quote"]
    assert response.json()["url"] == posted.get("url")


def test_no_address_on_a_page_is_asked(client: TestClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        head = f'<head><base href="{address}"><link rel="stylesheet" href="{address}">'
        body = f'<img src="{address}"><iframe src="{address}"></iframe><p>'
        page = HTML.replace("<head>", head).replace("<p>", body)
        assert client.post("/api/v1/code", json={"html": page, "url": address}).status_code == 200
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"text": ""},
        {"text": TEXT, "html": HTML},
        {"text": TEXT, "colour": "red"},
        {"text": TEXT, "published": "yesterday"},
        {"text": 3},
        [],
    ],
)
def test_what_is_no_page_is_a_problem(client: TestClient, posted: Any) -> None:
    response = client.post("/api/v1/code", json=posted)
    assert answers.Problem.model_validate_json(response.content).status == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_page_too_large_is_refused(client: TestClient) -> None:
    for characters in (300_001, 2_100_000):
        response = client.post("/api/v1/code", json={"text": "a" * characters})
        assert answers.Problem.model_validate_json(response.content).status == response.status_code == 413


def test_another_site_cannot_post(client: TestClient) -> None:
    response = client.post("/api/v1/code", json={"text": TEXT}, headers={"Origin": "https://example.org"})
    assert answers.Problem.model_validate_json(response.content).status == 403


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_coded() -> None:
    coder = Coder(Limits(seconds=60))
    try:
        coder.code({"text": TEXT})
        first = coder._peer
        coder.limits = Limits(seconds=0.01)
        with pytest.raises(CodingError, match=r"more than 0.01 s") as caught:
            coder.code({"text": TEXT * 200})
        assert caught.value.status == 504
        coder.limits = Limits(seconds=60)
        assert coder.code({"text": TEXT})["events"]
        assert coder._peer is not first
        assert coder._peer is not None
        os.kill(coder._peer.pid, signal.SIGKILL)  # as the system does when memory runs out
        assert coder.code({"text": TEXT})["events"]
    finally:
        coder.close()


def test_more_pages_than_can_wait_are_told_to_come_back() -> None:
    coder = Coder()
    refused: list[int] = []

    def post() -> None:
        try:
            coder.code({"text": TEXT})
        except CodingError as error:
            refused.append(error.status)

    with coder._one:  # somebody's page is being coded
        waiting = [threading.Thread(target=post) for _ in range(7)]
        for thread in waiting:
            thread.start()
        while len(refused) < 2:
            threading.Event().wait(0.01)
    for thread in waiting:
        thread.join()
    coder.close()
    assert refused == [503, 503]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    Record(tmp_path / "r.db").close()
    app = create_app(tmp_path / "r.db")
    with TestClient(app, base_url="http://localhost") as client:
        client.post("/api/v1/code", json={"text": TEXT})
        peer = app.state.coder._peer
    assert peer._process.poll() is not None
