"""Every page is one value in several forms, and its address says all about it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.record import EventFilter, FilterError, Record
from dragoman.record.values import EVENT_COLUMNS, Location
from dragoman.serve import wording
from dragoman.serve.state import State


def signing(record: Record) -> Any:
    """The accord that Morocco and the United States signed in October 2020."""
    found = record.events(actor=("MAR", "USA"), since="2020-10", until="2020-10", text="signed")
    return next(e for e in found if e.event_type == "SUPPORT" and len(e.languages) == 2)


def located(event: Any) -> bool:
    return event.location is not None and event.location.latitude is not None


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_first_page_tells_events_mentions_and_texts_apart(client: TestClient, record: Record) -> None:
    holds = client.get("/index.json").json()["holds"]
    counts = record.counts()
    assert (holds["events"], holds["mentions"], holds["texts"], holds["pages"]) == (
        counts["events"],
        counts["mentions"],
        counts["families"],
        counts["pages"],
    )
    assert holds["texts"] < holds["pages"] < holds["events"] < holds["mentions"]
    page = client.get("/").text
    assert f"{counts['events']}</a>" in page and "independent texts" in page


@pytest.mark.parametrize("ending", [".json", ".csv", ".geojson", ".zip"])
def test_the_list_of_events_is_the_same_in_every_form(client: TestClient, record: Record, ending: str) -> None:
    asked = "?actor=SAU&type=SANCTION&size=2"
    everything = [e.id for e in record.events(actor="SAU", type="SANCTION", limit=None)]
    assert len(everything) > 2
    answer = client.get(f"/events{ending}{asked}")
    assert answer.headers["x-dragoman-version"] == record.version
    if ending == ".json":
        assert [e["id"] for e in answer.json()["events"]] == everything[:2]
        following = client.get(answer.json()["next"]).json()
        assert [e["id"] for e in following["events"]] == everything[2:4]
    elif ending == ".csv":
        rows = table(answer.text)
        assert [r["id"] for r in rows] == everything  # the table taken home is whole, not one page of it
        assert tuple(rows[0]) == EVENT_COLUMNS
    elif ending == ".geojson":
        places = [f["id"] for f in answer.json()["features"]]
        assert places and places == [e.id for e in record.events(actor="SAU", type="SANCTION") if located(e)]
    else:
        pack = zipfile.ZipFile(io.BytesIO(answer.content))
        assert [r["id"] for r in table(pack.read("dragoman-events.csv").decode())] == everything
        about = json.loads(pack.read("about.json"))
        assert about["query"] == {"actor": ["SAU"], "type": ["SANCTION"], "order": "newest", "size": 2}
        assert record.version in pack.read("CITATION.txt").decode()
        assert about["citation"]["query"] == f"/events{asked}"


def test_counts_narrow_as_they_say(client: TestClient, record: Record) -> None:
    counts = record.facets(EventFilter(actor="SAU"))
    by_type = {c.value: c.events for c in counts.fields["type"]}
    for name, number in by_type.items():
        assert len(record.events(actor="SAU", type=name, limit=None)) == number
    page = client.get("/events?actor=SAU").text
    assert "/events?actor=SAU&amp;type=SANCTION" in page


def test_filters_are_told_in_words(client: TestClient, record: Record) -> None:
    person = next(a for a in record.actors(kind="person") if a.wikidata)
    page = client.get(f"/events?actor={person.key}&since=2020-10&until=2020-12").text
    assert f"<h1>{person.name}, October 2020 to December 2020</h1>" in page
    assert "Events without a date are left out" in page
    shown = re.sub(r"<[^>]*>", " ", page.partition("<main")[2].partition("Take this view home")[0])
    assert person.name in shown
    assert person.key not in shown


@pytest.mark.parametrize(
    ("name", "country", "short", "whole"),
    [
        ("Rabat", "MAR", "Rabat", "Rabat, Morocco"),
        ("السعودية", "SAU", "Saudi Arabia", "Saudi Arabia"),
        ("États-Unis", "USA", "United States", "United States"),
        (None, "MLI", "Mali", "Mali"),
        ("Tora Bora", None, "Tora Bora", "Tora Bora"),
    ],
)
def test_places_are_named_in_english_where_they_are_countries(
    name: str | None, country: str | None, short: str, whole: str
) -> None:
    location = Location(name, country, None, None)
    assert wording.place(location) == short
    assert wording.place(location, whole=True) == whole


def test_codes_are_told_in_words() -> None:
    assert wording.country("---:JRN") == "journalists"
    assert wording.countries("MAR; USA:MIL") == "Morocco; United States, armed forces"
    assert wording.with_days("agrees with 2016-01-03, less precise") == "agrees with 3 January 2016, less precise"


def test_an_event_shows_every_account_beside_its_sentence(client: TestClient, record: Record) -> None:
    event = signing(record)
    page = client.get(f"/events/{event.id}").text
    assert "The Pillars Post" in page and "جريدة الساحل الأطلسي" in page
    assert '<mark class="event source"' in page
    told = client.get(f"/events/{event.id}.json").json()
    assert {m["page"]["outlet"] for m in told["mentions"]} == {"The Pillars Post", "جريدة الساحل الأطلسي"}
    rows = table(client.get(f"/events/{event.id}.csv").text)
    assert {r["language"] for r in rows} == {"ar", "en"}
    for m, row in zip(told["mentions"], rows, strict=True):
        assert m["sentence_text"] == row["sentence"]


def test_marks_in_the_reader_are_the_characters_of_the_page(client: TestClient, record: Record) -> None:
    for info in record.pages():
        page = client.get(f"/pages/{info.id}").text
        for mention in record.mentions_on(info.id):
            assert f'id="c{mention.start}-{mention.end}"' in page
        for quotation in record.quotes_on(info.id):
            assert f'id="c{quotation.start}-{quotation.end}"' in page


def test_any_stretch_of_a_page_can_be_linked(client: TestClient, record: Record) -> None:
    info = next(p for p in record.pages() if p.language == "ar" and p.file and p.file.endswith(".txt"))
    start = record.text(info.id).index("المغرب") if "المغرب" in record.text(info.id) else 40
    page = client.get(f"/pages/{info.id}?at={start}-{start + 6}").text
    assert f'id="c{start}-{start + 6}"' in page
    assert client.get(f"/pages/{info.sha256}").status_code == 200


def test_a_judgement_is_taken_shown_and_undone(client: TestClient, record: Record) -> None:
    event = signing(record)
    page = client.get(f"/events/{event.id}").text
    guard = page.partition('name="guard" value="')[2].partition('"')[0]
    form = {"guard": guard, "back": f"/events/{event.id}", "a": event.id}
    answer = client.post("/judgements", data=form | {"verdict": "wrong", "by": "Zoé", "note": "ça n’a pas eu lieu"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event.id}")
    assert record.event(event.id).verdict == "wrong"
    assert "judged wrong" in client.get(f"/events/{event.id}").text
    assert event.id not in client.get("/events.csv").text
    number = record.judgements_on(event.id)[0].id
    assert record.judgements_on(event.id)[0].by == "Zoé"
    client.post("/judgements", data=form | {"verdict": "undo", "b": str(number)})
    assert record.event(event.id).verdict is None
    client.post("/judgements", data=form | {"verdict": "corrected", "field": "date", "value": "2020-10-02"})
    assert record.event(event.id).date == "2020-10-02"


@pytest.mark.parametrize(
    "form",
    [
        {"verdict": "maybe"},
        {"verdict": "corrected", "field": "date", "value": "yesterday"},
        {"verdict": "corrected", "field": "quote", "value": "x"},
        {"verdict": "corrected", "field": "event_type", "value": "LOVE"},
        {"verdict": "same"},
        {"verdict": "undo", "b": "1 OR 1=1"},
    ],
    ids=lambda form: "-".join(form.values()),
)
def test_what_is_no_judgement_is_refused(client: TestClient, record: Record, form: dict[str, str]) -> None:
    event = signing(record)
    page = client.get(f"/events/{event.id}").text
    guard = page.partition('name="guard" value="')[2].partition('"')[0]
    before = record.version
    answer = client.post("/judgements", data={"guard": guard, "a": event.id, "back": "/"} | form)
    assert answer.status_code in (400, 404)
    assert record.version == before


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/events?actor=SAU").headers["etag"]
    assert client.get("/events?actor=SAU", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/events?actor=IRN", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/events/none", "/pages/99999", "/pages/none", "/nowhere", "/static/none.js"])
def test_what_is_not_there_is_said_in_the_form_asked(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    problem = client.get(path + ".json")
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 404


def test_the_theme_is_kept_and_leads_back_only_to_this_server(client: TestClient) -> None:
    answer = client.post("/looks", data={"theme": "dark", "back": "/events?actor=SAU"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?actor=SAU")
    assert 'data-theme="dark"' in client.get("/").text
    for elsewhere in ("//evil.example/", "https://evil.example/", "/\\evil.example", "/a\r\nSet-Cookie: b=c"):
        assert client.post("/looks", data={"theme": "dark", "back": elsewhere}).headers["location"] == "/"


VALUES = st.text("aZé يك0 &=+%#?/;:,.\"'<>\\中", min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # several workers share the processor
@given(
    st.builds(
        EventFilter,
        actor=st.lists(VALUES, max_size=3).map(tuple),
        text=st.none() | VALUES,
        outlet=st.lists(VALUES, max_size=2).map(tuple),
        status=st.lists(st.sampled_from(["occurred", "planned"]), max_size=2).map(tuple),
        quad_class=st.lists(st.integers(1, 4), max_size=2).map(tuple),
        since=st.none() | st.dates().map(lambda d: d.isoformat()),
        wrong=st.booleans(),
    ),
    st.sampled_from(["newest", "sources"]),
    st.integers(1, 500),
)
def test_the_address_is_the_whole_state(wanted: EventFilter, order: Any, size: int) -> None:
    state = State(wanted, order, size)
    assert State.parse(parse_qsl(state.query().removeprefix("?"))) == state
    assert state.toggled("type", "AID").toggled("type", "AID") == state


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    types=st.lists(st.sampled_from(["AGREE", "AID", "CONSULT"]), max_size=3, unique=True).map(tuple),
    outlets=st.lists(VALUES, max_size=3, unique=True).map(tuple),
    since=st.sampled_from([None, "2020-10"]),
    values=st.lists(VALUES, max_size=4),
)
def test_many_links_are_those_of_one_state_each(
    types: tuple[str, ...], outlets: tuple[str, ...], since: str | None, values: list[str]
) -> None:
    state = State(EventFilter(type=types, outlet=outlets, since=since), "sources", 20, "7.3")
    for name, several in (("type", ["AID", "REJECT"]), ("outlet", [*values, *outlets])):
        assert state.toggles(name, several) == [state.toggled(name, value).query() for value in several]
    assert state.toggles("outlet", ["\0", "x" * 5000]) == [None, None]


@pytest.mark.parametrize("query", ["size=0", "size=501", "size=x", "order=random", "since=soon", "quad_class=9"])
def test_what_cannot_be_asked_is_refused(client: TestClient, query: str) -> None:
    with pytest.raises(FilterError):
        State.parse(parse_qsl(query))
    assert client.get(f"/events?{query}").status_code in (400, 422)
    assert client.get(f"/events.csv?{query}").headers["content-type"] == "application/problem+json"
