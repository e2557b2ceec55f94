"""A search as a feed, as feed readers and the specifications read it."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from fastapi.testclient import TestClient

from dragoman.record import Record
from dragoman.serve import create_app
from dragoman.serve.api.feeds import ATOM

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting, reading


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("feeds") / "r.db"
    with Record(file) as record:
        record.add_many([meeting(day, f"Outlet {day % 3}") for day in range(1, 10)])
        record.add(
            reading(
                "خبر <&>",
                "استقبل الوزيرُ <b>ناصر & بوريطة\x0b السفيرة الإسبانية بالرباط.",
                [("استقبل الوزيرُ <b>ناصر & بوريطة\x0b السفيرة", "CONSULT", ["MAR:GOV Nasser Bourita"], ["ESP"], {})],
                language="ar",
            )
        )
    return file


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(path), base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize("query", ["", "?actor=MAR&actor=USA&limit=3", "?language=ar", "?actor=Nobody"])
def test_atom_is_what_rfc_4287_asks(client: TestClient, path: Path, query: str) -> None:
    response = client.get("/feed.atom" + query)
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(response.content)

    def one(parent: ET.Element, name: str) -> ET.Element:
        (found,) = parent.findall(f"{{{ATOM}}}{name}")
        return found

    entries = root.findall(f"{{{ATOM}}}entry")
    for element in (root, *entries):
        assert re.fullmatch(r"(tag|https?):.+", one(element, "id").text or "")
        assert (one(element, "title").text or "").strip()
        assert datetime.fromisoformat(one(element, "updated").text or "").tzinfo is not None
        assert one(element, "title").get("type", "text") == "text"
    assert one(one(root, "author"), "name").text  # of all entries, which have none of their own
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{{{ATOM}}}link")}
    assert links["self"] == f"http://localhost/feed.atom{query}"
    assert all(one(e, "link").get("rel") == "alternate" for e in entries)
    assert len({one(e, "id").text for e in entries}) == len(entries)

    read = feedparser.parse(response.content)
    assert not read.bozo
    assert len(read.entries) == len(entries)


def test_a_reader_sees_the_words_of_the_page(client: TestClient) -> None:
    (entry,) = feedparser.parse(client.get("/feed.atom?language=ar").content).entries
    assert entry.title == "Nasser Bourita CONSULT ESP [occurred]"
    assert entry.summary.startswith("“استقبل الوزيرُ <b>ناصر & بوريطة السفيرة”")


def test_json_feed_is_what_version_1_1_asks(client: TestClient, path: Path) -> None:
    response = client.get("/feed.json?actor=MAR&actor=USA&limit=3")
    assert response.headers["content-type"] == "application/feed+json"
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "r.db: MAR, USA"
    assert feed["feed_url"] == "http://localhost/feed.json?actor=MAR&actor=USA&limit=3"
    with Record(path, readonly=True) as record:
        expected = record.events(actor=["MAR", "USA"], order="added", limit=3)
    for item, event in zip(feed["items"], expected, strict=True):
        assert item["id"].endswith(event.id)
        assert item["content_text"] and item["url"].endswith(f"/events/{event.id}")
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert item["_event"] == event.to_dict()


def test_a_reader_that_has_it_gets_nothing_again(client: TestClient) -> None:
    for address in ("/feed.atom", "/feed.json?limit=2"):
        tag = client.get(address).headers["etag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_wrong_question_is_a_problem(client: TestClient) -> None:
    response = client.get("/feed.atom?colour=red")
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
