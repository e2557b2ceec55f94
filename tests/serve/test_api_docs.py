"""docs/api.md, docs/openapi.json and the examples in it keep their word."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient

from dragoman.serve import create_app
from dragoman.serve.api import answers
from dragoman.serve.api.schema import _examples

DOCS = Path(__file__).parents[2] / "docs"
MODELS = {
    "/api/v1/events": answers.Events,
    "/api/v1/events/{id}": answers.EventAnswer,
    "/api/v1/mentions": answers.Mentions,
    "/api/v1/actors": answers.Actors,
    "/api/v1/actors/{id}": answers.ActorAnswer,
    "/api/v1/pages": answers.Pages,
    "/api/v1/pages/{sha256}": answers.PageAnswer,
    "/api/v1/quotes": answers.Quotations,
    "/api/v1/series": answers.SeriesAnswer,
    "/api/v1/search": answers.SearchAnswer,
}


@pytest.fixture(scope="module")
def client(samples: Path) -> Iterator[TestClient]:
    with TestClient(create_app(samples / "samples.db"), base_url="http://127.0.0.1:8001") as client:
        yield client


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (DOCS / "api.md").read_text("utf-8"), re.M | re.S)


def test_every_address_in_the_document_answers(client: TestClient) -> None:
    asked = re.findall(r"^curl (?:-H '(\S+): (\S+)' )?'(\S+)'$", "\n".join(blocks("sh")), re.M)
    assert len(asked) > 10
    for name, value, address in asked:
        response = client.get(address, headers={name: value} if name else {})
        assert response.status_code == 200, (address, response.text)
        path = re.sub(r"(?<=actors/)\w+", "{id}", response.request.url.path)
        if response.headers["content-type"] == "application/json":
            MODELS[path].model_validate_json(response.content)
            data = response.json().get("data", True)
            assert data, f"{address} finds nothing"
        else:
            assert response.text.strip()


def test_the_python_in_the_document_runs(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("python")
    with patch("urllib.request.urlopen", lambda address: io.BytesIO(client.get(address).content)):
        exec(compile(example, "api.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(client.get("/api/v1/events?actor=USA&limit=500").json()["data"]) > 20


def test_the_problem_in_the_document_is_one(client: TestClient) -> None:
    shown = json.loads(blocks("json")[0])
    assert client.get("/api/v1/events?since=2021-02-30").json() == shown


def test_the_posted_page_in_the_document_is_coded(client: TestClient) -> None:
    posted = json.loads(blocks("json")[1])
    reading = answers.Reading.model_validate_json(client.post("/api/v1/code", json=posted).content)
    (event,) = reading.events
    assert (event["event_type"], event["status"], event["date"]["iso"]) == ("CONSULT", "occurred", "2021-05-03")


def test_every_address_of_the_api_is_in_the_document(client: TestClient) -> None:
    text = (DOCS / "api.md").read_text("utf-8")
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert f"`{path}`" in text


@pytest.mark.parametrize("path", MODELS)
def test_examples_are_answers(path: str) -> None:
    MODELS[path].model_validate(_examples()[path])


def test_the_published_document_is_the_one_served(client: TestClient) -> None:
    """The promise to programs: addresses, parameters, answers and their fields, whatever FastAPI's version adds."""
    published = json.loads((DOCS / "openapi.json").read_text("utf-8"))
    served = client.get("/api/v1/openapi.json").json()
    assert _contract(served) == _contract(published), "the API has changed; run: python docs/refresh_api.py"


def _contract(document: dict[str, Any]) -> dict[str, Any]:
    operations = {
        f"{method.upper()} {path}": {
            "parameters": {
                p["name"]: [p["in"], p.get("required", False), p["description"], p["schema"].get("default")]
                for p in o.get("parameters", ())
            },
            "body": o.get("requestBody"),
            "answers": {code: sorted(a.get("content", {})) for code, a in o["responses"].items()},
        }
        for path, operations in document["paths"].items()
        for method, o in operations.items()
    }
    schemas = {
        name: {field: [field in s.get("required", ()), _kind(v)] for field, v in s.get("properties", {}).items()}
        for name, s in document["components"]["schemas"].items()
    }
    return {"operations": operations, "schemas": schemas}


def _kind(schema: dict[str, Any]) -> Any:
    """What a value may be: types and names of schemas."""
    if "anyOf" in schema:
        return sorted(str(_kind(s)) for s in schema["anyOf"])
    return schema.get("$ref") or [schema.get("type"), *([_kind(schema["items"])] if "items" in schema else [])]
