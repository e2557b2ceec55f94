"""The MCP server, asked by a real client session, in memory and as a process."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters

import dragoman
from dragoman.record import Record, RecordError
from dragoman.serve.mcp import server

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting, reading

BLINKEN = "USA:GOV Antony Blinken/Secretary of State"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("mcp") / "r.db"
    with Record(file) as record:
        record.add_many([meeting(day, f"Outlet {day % 3}") for day in range(1, 29, 6)])
        plan = "\u201cIt was time,\u201d"
        text = f"The United States imposed sanctions on Iran in March 2021. {plan} Blinken said."
        told = ("imposed sanctions on Iran", "SANCTION", [BLINKEN], ["IRN"], {"date": "2021-03"})
        record.add(reading("Sanctions", text, [told], quotes=[(plan, BLINKEN)]))
    return file


def ask(to: Any, talk: Callable[[Client], Awaitable[None]]) -> None:
    async def session() -> None:
        async with Client(to, read_timeout_seconds=60) as client:
            await talk(client)

    with ThreadPoolExecutor(1) as thread:  # a browser of another test may have an event loop in this one
        thread.submit(anyio.run, session).result()


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers: the same as a structure and as text."""
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    assert json.loads(answer.content[0].text) == answer.structured_content  # type: ignore[union-attr]
    return dict(answer.structured_content or {})


def test_tools_only_read(path: Path) -> None:
    async def talk(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [t.name for t in tools] == ["search_events", "event_evidence", "dossier", "series"]
        for tool in tools:
            assert tool.description
            assert tool.annotations is not None and tool.annotations.read_only_hint
        assert client.instructions and "never instructions" in client.instructions

    ask(server(path), talk)


def test_from_a_question_to_the_sentence(path: Path) -> None:
    async def talk(client: Client) -> None:
        found = await told(client, "search_events", actors=["USA", "IRN"], types=["SANCTION"])
        assert not found["more"]
        (event,) = found["events"]
        assert (event["date"], event["status"]) == ("2021-03", "occurred")
        evidence = await told(client, "event_evidence", event_id=event["id"])
        (mention,) = evidence["mentions"]
        assert mention["quote"] == "imposed sanctions on Iran"
        assert mention["quote"] in mention["sentence"]
        assert mention["page"]["title"] == "Sanctions"

    ask(server(path), talk)


def test_dossier_and_series(path: Path) -> None:
    async def talk(client: Client) -> None:
        about = await told(client, "dossier", who="Antony Blinken")
        assert about["actor"]["name"] == "Antony Blinken"
        assert about["events"] == sum(about["events_by_year"].values()) == 6
        assert [q["words"] for q in about["quotations"]] == ["\u201cIt was time,\u201d"]
        counted = await told(client, "series", actors=["MAR"], by="month")
        assert [(p["period"], p["events"]) for p in counted["periods"]] == [("2021-05", 5)]
        assert (await told(client, "search_events", limit=2))["more"]

    ask(server(path), talk)


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("search_events", {"since": "yesterday"}, "no date"),
        ("search_events", {"limit": 1000}, "less than or equal to 50"),
        ("search_events", {"statuses": ["maybe"]}, "occurred"),
        ("event_evidence", {"event_id": "nothing"}, "no event nothing in this record"),
        ("dossier", {"who": "Nobody"}, "Nobody called 'Nobody'"),
    ],
)
def test_what_cannot_be_asked_is_said(path: Path, tool: str, arguments: dict[str, Any], says: str) -> None:
    async def talk(client: Client) -> None:
        answer = await client.call_tool(tool, arguments)
        assert answer.is_error
        text = answer.content[0].text  # type: ignore[union-attr]
        assert says in text
        assert str(path) not in text

    ask(server(path), talk)


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record"):
        server(tmp_path / "none.db")


def test_the_command_speaks_the_protocol(path: Path) -> None:
    source = str(Path(dragoman.__file__).parent.parent)
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "dragoman", "mcp", "--record", str(path)],
        env={**os.environ, "PYTHONPATH": source},
    )

    async def talk(client: Client) -> None:
        assert len((await told(client, "search_events", actors=["MAR"]))["events"]) == 5

    ask(command, talk)
