"""What other web sites, other machines and careless or hostile requests get: nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.record import Record
from dragoman.serve import create_app
from dragoman.serve.security import Access
from dragoman.serve.site import Limits

TOKEN = "a-secret-of-at-least-16"


@pytest.fixture(scope="module")
def outside(demo: Path) -> Iterator[TestClient]:
    """A server that other machines can reach."""
    with TestClient(
        create_app(demo, host="0.0.0.0", token=TOKEN), base_url="http://record.example", follow_redirects=False
    ) as found:
        yield found


def guard_of(client: TestClient, record: Record) -> tuple[str, str]:
    event = record.events(limit=1)[0].id
    page = client.get(f"/events/{event}").text
    return event, page.partition('name="guard" value="')[2].partition('"')[0]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "record.example"])
def test_other_machines_need_a_token(demo: Path, host: str) -> None:
    with pytest.raises(ValueError, match="--token"):
        create_app(demo, host=host)
    with pytest.raises(ValueError, match="16"):
        create_app(demo, host=host, token="short")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_this_machine_needs_none(host: str) -> None:
    assert Access.of(host, None).token is None


def test_the_token_opens_by_header_or_once_by_address(outside: TestClient) -> None:
    for path in ("/", "/events.csv", "/api/v1/events", "/static/site.css"):
        assert outside.get(path).status_code == 401
    assert outside.get("/", headers={"Authorization": "Bearer wrong-wrong-wrong-wrong"}).status_code == 401
    assert outside.get("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert outside.get("/?token=wrong").status_code == 401
    entering = outside.get(f"/events?actor=SAU&token={TOKEN}")
    assert (entering.status_code, entering.headers["location"]) == (303, "/events?actor=SAU")
    cookie = entering.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert outside.get("/events").status_code == 200  # the cookie does from now on
    outside.cookies.clear()


def test_the_token_leads_nowhere_else(outside: TestClient) -> None:
    entering = outside.get(f"//evil.example/?token={TOKEN}")
    assert not entering.headers.get("location", "/").startswith("//")
    outside.cookies.clear()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "", "[::1", "127.0.0.1.nip.io"]
)
def test_another_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    """A site that points its own name at 127.0.0.1 (DNS rebinding) reads nothing."""
    assert client.get("/events.json", headers={"Host": host}).status_code == 421


def test_pages_load_nothing_from_elsewhere_and_have_no_inline_script(client: TestClient, record: Record) -> None:
    event = record.events(limit=1)[0].id
    for path in ("/", "/events", f"/events/{event}", "/pages/1", "/nowhere"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)[^>]*>(?!\s*[\[{])", answer.text)
        assert not re.search(r"\son\w+=|<style|\sstyle=|javascript:", answer.text)
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", answer.text)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=lambda h: "-".join(h.values()),
)
def test_another_site_cannot_judge(client: TestClient, record: Record, headers: dict[str, str]) -> None:
    event, guard = guard_of(client, record)
    form = {"verdict": "wrong", "a": event, "guard": guard, "back": "/"}
    before = record.version
    assert client.post("/judgements", data=form, headers=headers).status_code == 403
    assert record.version == before


@pytest.mark.parametrize("guard", ["", "0" * 32, "é"])
def test_a_form_from_elsewhere_cannot_judge(client: TestClient, record: Record, guard: str) -> None:
    event, _ = guard_of(client, record)
    before = record.version
    assert client.post("/judgements", data={"verdict": "wrong", "a": event, "guard": guard}).status_code == 403
    assert client.get("/judgements", params={"verdict": "wrong", "a": event}).status_code == 405
    assert record.version == before


def test_a_read_only_server_takes_no_judgement(demo: Path, record: Record) -> None:
    with TestClient(create_app(demo, read_only=True), base_url="http://localhost") as client:
        event = record.events(limit=1)[0].id
        assert "/judgements" not in client.get(f"/events/{event}").text
        assert client.post("/judgements", data={"verdict": "wrong", "a": event}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/%2e%2e/record/schema.sql",
        "/static/....//app.py",
        "/static//etc/passwd",
        "/static/%00",
        "/pages/../../../etc/passwd",
        "/pages/..%2f..%2fetc%2fpasswd",
        "/events/..%2f..%2fetc%2fpasswd",
        "/events/%00",
        "/pages/-1",
        "/pages/99999999999999999999999",
        "/pages/٣",
    ],
)
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text and "CREATE TABLE" not in answer.text and "import " not in answer.text


@pytest.mark.parametrize(
    "value",
    [
        "' OR 1=1 --",
        '"; DROP TABLE events; --',
        "x' UNION SELECT text FROM pages --",
        "%",
        "*",
        'a" OR "b',
        "NEAR(a b)",
        "^a",
        "-a",
        "a:b",
    ],
)
@pytest.mark.parametrize(
    "name", ["actor", "other", "text", "place", "outlet", "after", "since", "type", "order", "status"]
)
def test_no_value_becomes_sql(client: TestClient, record: Record, name: str, value: str) -> None:
    before = record.counts()
    answer = client.get("/events.json", params={name: value})
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 200 and name != "text":
        assert answer.json()["events"] == []
    assert record.counts() == before


def test_markup_on_a_page_stays_text(tmp_path: Path) -> None:
    import dragoman

    file = tmp_path / "evil.html"
    attack = "<img src=x onerror=alert(1)>&lt;script&gt;alert(2)&lt;/script&gt;"
    body = "".join(f"<p>France recalled its ambassador from Mali on Monday {attack} number {i}.</p>" for i in range(6))
    file.write_text(
        f"<html><head><title>France &lt;script&gt;alert(3)&lt;/script&gt; recalls envoy</title></head><body><article>"
        f"<h1>France &lt;script&gt;alert(3)&lt;/script&gt; recalls envoy</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    with dragoman.open_record(tmp_path / "r.db") as record:
        record.add(dragoman.code(dragoman.read(file)))
        event = record.events(limit=1)[0].id
    with TestClient(create_app(tmp_path / "r.db"), base_url="http://localhost") as client:
        for path in ("/", "/events", f"/events/{event}", "/pages/1", "/events?text=%3Cscript%3Ealert(4)%3C/script%3E"):
            page = client.get(path).text
            assert "<script>alert" not in page and "<img src=x" not in page
        assert "&lt;script&gt;" in client.get("/pages/1").text


def test_what_is_too_large_is_refused(demo: Path) -> None:
    limits = Limits(body_bytes=1000)
    with TestClient(create_app(demo, limits=limits), base_url="http://localhost") as client:
        assert client.post("/judgements", data={"note": "x" * 2000}).status_code == 413

        def chunks() -> Iterator[bytes]:
            for _ in range(10):
                yield b"note=" + b"x" * 500

        assert client.post("/judgements", content=chunks()).status_code == 413
        assert client.post("/judgements", headers={"Content-Length": "-5"}).status_code == 413
        assert client.get("/events?text=" + "x" * 9000).status_code == 414
        assert client.get("/" + "x" * 3000).status_code == 414


def test_what_takes_too_long_is_given_up(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.record.questions.PROGRESS_STEPS", 1)  # a record this small answers within many steps
    with TestClient(create_app(demo, limits=Limits(read_seconds=-1.0)), base_url="http://localhost") as client:
        answer = client.get("/events.json", params={"text": "the"})
        assert (answer.status_code, answer.json()["title"]) == (503, "Too much to ask at once")


def test_a_table_ends_where_the_limit_is(demo: Path, record: Record) -> None:
    with TestClient(create_app(demo, limits=Limits(download_rows=7)), base_url="http://localhost") as client:
        assert record.counts()["events"] > 7
        assert len(client.get("/events.csv").text.splitlines()) == 1 + 7


def test_a_formula_in_a_table_stays_text() -> None:
    from dragoman.serve.downloads import csv_lines

    rows = [{"a": "=1+1", "b": -1.5}, {"a": "@SUM(A1)", "b": None}, {"a": "plain", "b": 2}]
    assert "".join(csv_lines(("a", "b"), rows)).splitlines() == ["a,b", "'=1+1,-1.5", "'@SUM(A1),", "plain,2"]


def test_errors_do_not_tell_where_the_record_is(client: TestClient, demo: Path) -> None:
    for path in ("/events/none", "/events/none.json", "/events?after=x.y", "/events.json?after=x"):
        assert str(demo.parent) not in client.get(path).text
