"""The HTTP API, asked as a program asks it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from dragoman.record import Record
from dragoman.record.filters import FIELDS
from dragoman.serve import create_app
from dragoman.serve.api import answers, asking

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting, reading

BLINKEN = "USA:GOV Antony Blinken/Secretary of State"
PLAN = "\u201cIt was time,\u201d"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("api") / "r.db"
    with Record(file) as record:
        record.add_many([meeting(day, f"Outlet {day % 3}") for day in range(1, 25)])
        record.add_many([meeting(day, "Copy", extra="So it was said.") for day in range(1, 6)])
        record.add_many(
            [
                reading(
                    "Sanctions",
                    f"The United States imposed sanctions on Iran in March 2021. {PLAN} Blinken said.",
                    [("imposed sanctions on Iran", "SANCTION", [BLINKEN], ["IRN"], {"date": "2021-03"})],
                    quotes=[(PLAN, BLINKEN)],
                    language="fr",
                ),
                reading(
                    "خبر",
                    "استقبل الوزيرُ ناصر بوريطة السفيرة الإسبانية بالرباط.",
                    [("استقبل الوزيرُ ناصر بوريطة السفيرة", "CONSULT", ["MAR:GOV Nasser Bourita"], ["ESP"], {})],
                    language="ar",
                    outlet="الخبر",
                ),
            ]
        )
    return file


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(path), base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def record(path: Path) -> Iterator[Record]:
    with Record(path, readonly=True) as record:
        yield record


def get(client: TestClient, address: str, model: type[BaseModel], status: int = 200) -> Any:
    """The JSON at an address, which must be what the model says."""
    response = client.get(address)
    assert response.status_code == status, response.text
    model.model_validate_json(response.content)
    return response.json()


def everything(client: TestClient, address: str, model: type[BaseModel]) -> list[Any]:
    found: list[Any] = []
    next: str | None = address
    while next:
        part = get(client, next, model)
        found += part["data"]
        next = part["next"]
    return found


def lines(client: TestClient, address: str) -> list[Any]:
    response = client.get(address, headers={"Accept": "application/x-ndjson"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.text.splitlines()]


def test_parameters_are_the_fields_of_a_filter() -> None:
    assert tuple(asking.Narrowed.model_fields) == FIELDS


LISTS = [
    ("events", answers.Events),
    ("events?order=sources", answers.Events),
    ("events?actor=MAR&order=oldest", answers.Events),
    ("mentions", answers.Mentions),
    ("mentions?actor=USA&since=2021-05-04", answers.Mentions),
    ("actors", answers.Actors),
    ("pages", answers.Pages),
    ("quotes", answers.Quotations),
]


@pytest.mark.parametrize(("address", "model"), LISTS)
def test_parts_and_lines_give_the_same_rows(client: TestClient, address: str, model: type[BaseModel]) -> None:
    address = f"/api/v1/{address}"
    whole = get(client, address + ("&" if "?" in address else "?") + "limit=500", model)
    assert whole["next"] is None
    assert whole["data"]
    assert everything(client, address + ("&" if "?" in address else "?") + "limit=2", model) == whole["data"]
    assert lines(client, address) == whole["data"]
    assert lines(client, address + ("&" if "?" in address else "?") + "limit=3") == whole["data"][:3]


def test_events_are_those_of_the_record(client: TestClient, record: Record) -> None:
    answer = get(client, "/api/v1/events?actor=MAR&type=consult&status=occurred&limit=10", answers.Events)
    assert answer["data"] == record.events(actor="MAR", type="CONSULT", limit=10).to_dicts()
    assert answer["version"] == record.version
    arabic = get(client, "/api/v1/events?language=ar", answers.Events)["data"]
    assert [e["quote"] for e in arabic] == ["استقبل الوزيرُ ناصر بوريطة السفيرة"]


def test_an_event_comes_with_its_evidence(client: TestClient, record: Record) -> None:
    event = record.events(order="sources", limit=1)[0]
    answer = get(client, f"/api/v1/events/{event.id}", answers.EventAnswer)
    assert answer["event"] == event.to_dict()
    assert {m["key"] for m in answer["mentions"]} == {m.key for m in event.mentions}
    for mention in answer["mentions"]:
        page = get(client, f"/api/v1/pages/{mention['page']['sha256']}?text=true", answers.PageAnswer)
        assert page["text"][mention["start"] : mention["end"]] == mention["quote"]
        assert mention in page["mentions"]
        assert all(page["text"][s["start"] : s["end"]] == s["text"] for s in page["segments"])


def test_an_event_merged_away_leads_to_the_one_that_has_it(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add_many([meeting(3, "A"), meeting(20, "B")])
        one, two = (e.id for e in record.events())
        record.judge_same(one, two, by="Amina")
        (kept,) = (e.id for e in record.events())
    with TestClient(create_app(tmp_path / "r.db"), base_url="http://localhost") as client:
        gone = one if kept == two else two
        response = client.get(f"/api/v1/events/{gone}", follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (307, f"/api/v1/events/{kept}")


def test_an_actor_is_found_by_id_code_and_name(client: TestClient) -> None:
    (person,) = get(client, "/api/v1/actors?kind=person&country=mar", answers.Actors)["data"]
    assert "/" in person["key"]
    for who in ("MAR", "MAR:GOV", "Nasser Bourita", person["key"], person["key"].replace("/", "%2F")):
        answer = get(client, f"/api/v1/actors/{who}", answers.ActorAnswer)
        assert answer["actor"]["code"].startswith("MAR")
        assert answer["latest"]
        assert sum(p["events"] for p in answer["timeline"]) <= answer["events"]


def test_series_counts_what_events_lists(client: TestClient) -> None:
    series = get(client, "/api/v1/series?actor=MAR&by=month", answers.SeriesAnswer)["data"]
    dated = [e for e in everything(client, "/api/v1/events?actor=MAR&limit=500", answers.Events) if e["date"]]
    assert sum(p["events"] for p in series) == len(dated)


def test_search_in_arabic(client: TestClient) -> None:
    (hit,) = get(client, "/api/v1/search?q=الوزير", answers.SearchAnswer)["data"]
    assert hit["page"]["language"] == "ar"
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["الوزيرُ"]


def test_quotes_by_speaker(client: TestClient) -> None:
    (quote,) = get(client, "/api/v1/quotes?speaker=Blinken&direct=true", answers.Quotations)["data"]
    assert quote["words"] == PLAN
    assert get(client, "/api/v1/quotes?direct=false", answers.Quotations)["data"] == []


def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: Path) -> None:
    for address in ("/api/v1/events?limit=3", "/api/v1/series", "/api/v1/events?format=ndjson"):
        first = client.get(address)
        tag = first.headers["etag"]
        again = client.get(address, headers={"If-None-Match": f'"x", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(address + "&since=2021", headers={"If-None-Match": tag}).status_code != 304
    with Record(path) as record:
        number = record.judge(record.events(limit=1)[0].id, "right", by="Amina")
    assert client.get("/api/v1/events?limit=3", headers={"If-None-Match": tag}).status_code == 200
    with Record(path) as record:
        record.undo(number, by="Amina")


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/api/v1/events?since=yesterday", 422, "since"),
        ("/api/v1/events?since=2021-02-30", 422, "since"),
        ("/api/v1/events?since=2022&until=2021", 422, "since"),
        ("/api/v1/events?colour=red", 422, "colour"),
        ("/api/v1/events?limit=0", 422, "limit"),
        ("/api/v1/events?limit=501", 422, "limit"),
        ("/api/v1/events?status=maybe", 422, "status.0"),
        ("/api/v1/events?actor=a%00b", 422, "actor.0"),
        ("/api/v1/events?after=zzz", 422, "after"),
        ("/api/v1/series?by=week", 422, "by"),
        ("/api/v1/search", 422, "q"),
        ("/api/v1/pages/abc", 422, "sha256"),
        ("/api/v1/events/nothing", 404, None),
        ("/api/v1/actors/Nobody", 404, None),
        (f"/api/v1/pages/{'0' * 64}", 404, None),
        ("/api/v1/nothing", 404, None),
        ("/api/v1/", 404, None),
        ("/api/v2/events", 404, None),
    ],
)
def test_errors_are_problems(client: TestClient, address: str, status: int, field: str | None) -> None:
    response = client.get(address)
    assert response.headers["content-type"] == "application/problem+json"
    problem = answers.Problem.model_validate_json(response.content)
    assert (response.status_code, problem.status) == (status, status)
    assert [e.field for e in problem.errors or ()] == ([field] if field else [])
    assert str(client.app.state.site.path) not in response.text  # type: ignore[attr-defined]


def test_a_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    response = client.delete("/api/v1/events")
    answers.Problem.model_validate_json(response.content)
    assert (response.status_code, response.headers["allow"]) == (405, "GET")


def test_a_cursor_fits_only_its_question(client: TestClient) -> None:
    next = client.get("/api/v1/events?actor=MAR&limit=2").json()["next"]
    assert client.get(next).status_code == 200
    assert client.get(next.replace("limit=2", "limit=5")).status_code == 200
    assert client.get(next.replace("actor=MAR", "actor=USA")).status_code == 422
    assert 'rel="next"' in client.get("/api/v1/events?limit=2").headers["link"]


def test_a_fault_is_a_problem_that_tells_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Record, "timeline", broken)
    response = client.get("/api/v1/series")
    assert answers.Problem.model_validate_json(response.content).status == 500
    assert "secret" not in response.text


def test_a_stream_that_fails_at_once_is_a_problem(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Record, "events", broken)
    response = client.get("/api/v1/events?format=ndjson")
    assert answers.Problem.model_validate_json(response.content).status == 500


def test_the_document_describes_every_address(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    paths = document["paths"]
    for name in ("events", "mentions", "actors", "pages", "quotes", "series", "search", "events/{id}", "actors/{id}"):
        assert f"/api/v1/{name}" in paths
    for path, operations in paths.items():
        for operation in operations.values():
            assert operation["summary"] and operation["description"], path
            for code, answer in operation["responses"].items():
                if int(code) >= 400:
                    assert set(answer["content"]) == {"application/problem+json"}
            for parameter in operation.get("parameters", ()):
                assert parameter["description"], (path, parameter)
