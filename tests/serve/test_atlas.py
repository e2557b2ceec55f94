"""Dossiers, pairs, processes, timeline, map, network, review and data quality: as data, as pages, and in a browser."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.record import Record
from dragoman.serve import worldmap

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAGES = (
    "/timeline",
    "/map",
    "/network",
    "/actors",
    "/actors/SAU",
    "/pairs/IRN/SAU",
    "/processes",
    "/review",
    "/quality",
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DRIVER = "GL Driver Message"  # a note of the software renderer on its own speed


def rows_of(client: TestClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text)))


@pytest.mark.parametrize("path", [*PAGES, "/actors/SAU?since=2016", "/pairs/IRN/SAU?until=2020", "/map?actor=SAU"])
def test_every_page_is_also_data(client: TestClient, path: str) -> None:
    stem, _, query = path.partition("?")
    ask = "?" + query if query else ""
    page = client.get(path)
    assert page.status_code == 200
    value = client.get(f"{stem}.json{ask}").json()
    assert value["citation"]["query"] == path
    assert value["title"] in page.text.replace("&amp;", "&")
    table = client.get(f"{stem}.csv{ask}")
    assert table.status_code == 200
    assert len(table.text.splitlines()) >= 1
    assert f'href="{stem}.csv' in page.text


def test_a_pair_is_the_same_from_both_sides(client: TestClient, record: Record) -> None:
    one, two = (client.get(f"/pairs/{pair}.json").json() for pair in ("IRN/SAU", "SAU/IRN"))
    assert one["series"] == two["series"]
    assert one["title"] == "Iran and Saudi Arabia"
    months = [p["period"] for p in one["series"]]
    assert len(months) == len(set(months))
    expected = record.dyad("IRN", "SAU")
    assert [p["events"] for p in one["series"]] == [p.events for p in expected]
    assert 0 in [p.events for p in expected]  # months without events are there too


def test_a_pair_is_found_by_names(client: TestClient) -> None:
    assert client.get("/pairs/iran/Saudi Arabia.json").json()["a"]["code"] == "IRN"


def test_dates_narrow_the_numbers_but_not_the_chart(client: TestClient) -> None:
    whole = client.get("/timeline.json").json()["series"]
    narrowed = client.get("/timeline.json?since=2016&until=2016").json()
    assert narrowed["series"] == whole
    assert {e["day"][:4] for e in narrowed["events"]} == {"2016"}
    assert {r["period"][:4] for r in rows_of(client, "/timeline.csv?since=2016&until=2016")} == {"2016"}


def test_map_and_list_count_the_same_events(client: TestClient, record: Record) -> None:
    value = client.get("/map.json?actor=SAU").json()
    placed = [e for e in record.events(actor="SAU", status=("occurred", "ongoing"), limit=None) if e.location]
    assert value["placed"] == len([e for e in placed if e.location and (e.location.name or e.location.country)])
    shapes = client.get("/map.geojson?actor=SAU").json()["features"]
    assert {f["properties"]["precision"] for f in shapes} <= {"place", "country"}
    assert all(-180 <= f["geometry"]["coordinates"][0] <= 180 for f in shapes)


def test_network_ties_are_signed(client: TestClient, record: Record) -> None:
    value = client.get("/network.json").json()
    names = {n["id"] for n in value["nodes"]}
    for edge in value["edges"]:
        assert {edge["a"], edge["b"]} <= names
        assert edge["events"] == edge["cooperation"] + edge["conflict"]
        assert edge["sign"] in ("cooperation", "mixed", "conflict")
        assert edge["href"] == f"/pairs/{edge['a']}/{edge['b']}"
    assert {e["sign"] for e in value["edges"]} >= {"cooperation", "conflict"}


def test_a_dossier_knows_offices_and_names(client: TestClient, record: Record) -> None:
    person = next(a for a in record.actors(kind="person") if a.wikidata and client.get(f"/actors/{a.key}.json"))
    value = client.get(f"/actors/{person.key}.json").json()
    assert value["events"] == person.events
    assert value["held"] or value["offices"]
    country = client.get("/actors/SAU.json").json()
    assert set(country["names"]) == {"en", "fr", "ar", "es"}
    assert any("\u0600" <= c <= "\u06ff" for c in country["names"]["ar"][0])
    assert country["partners"]


@pytest.mark.parametrize(
    ("path", "says", "leads"),
    [
        ("/actors/Nobody-at-all", "no events of", "/actors"),
        ("/actors/Bashar Nobody", "no events of", "/actors"),
        ("/pairs/FJI/TON", "no events between Fiji and Tonga", "/network"),
        ("/pairs/IRN/FJI", "no events between Iran and Fiji", "/actors/IRN"),
        ("/pairs/IRN/IRN", "A pair has two parties", "/actors/IRN"),
        ("/pairs/IRN/Atlantis", "is no country or organisation", "/actors?kind=state"),
        ("/processes/AGR.NOWHERE", "There is no agreement or process", "/processes"),
        ("/processes/AGR.AACHEN", "No page of this record names Aachen Treaty", "/processes"),
    ],
)
def test_what_is_unknown_says_so_and_leads_on(client: TestClient, path: str, says: str, leads: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert says in page.text
    assert f'href="{leads}"' in page.text
    problem = client.get(path + ".json")
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert says in problem.json()["detail"]


def test_review_asks_what_the_record_asks(client: TestClient, record: Record) -> None:
    rows = rows_of(client, "/review.csv")
    assert [r["event_a"] for r in rows] == [q.event_a for q in record.questions(200)]
    assert client.get("/review?n=9999").status_code == 200
    assert client.get("/review?n=-1").status_code == 200


def test_quality_counts_every_mention_once(client: TestClient, record: Record) -> None:
    rows = rows_of(client, "/quality.csv")
    for by in ("outlet", "language", "type"):
        assert sum(int(r["mentions"]) for r in rows if r["by"] == by) == record.counts()["mentions"]


def test_places_lie_where_the_drawing_has_them() -> None:
    """Against d3-geo, which drew the borders: geoEqualEarth().rotate([-11, 0]).fitWidth(10000, sphere)."""
    expected = {
        (33.97, -6.85): (4545.10, 1202.28),
        (-33.87, 151.21): (8575.06, 3661.51),
        (64.15, -21.94): (4339.33, 324.61),
    }
    for place, (x, y) in expected.items():
        found = worldmap.project(*place)
        assert found == pytest.approx((x, y), abs=0.02)


def test_the_frame_holds_its_points() -> None:
    points = [worldmap.project(33.9, -6.9), worldmap.project(36.8, 3.1)]
    frame = worldmap.frame(points)
    assert frame.width < worldmap.whole().width / 5
    for x, y in points:
        assert frame.x < x < frame.x + frame.width
        assert frame.y < y < frame.y + frame.height
    assert worldmap.frame([]) == worldmap.whole()


def test_contested_places_are_noted() -> None:
    noted = {c.place for c in worldmap.contested()}
    assert {"Western Sahara", "Golan Heights", "Crimea and Sevastopol", "Kosovo", "Taiwan"} <= noted
    assert all(c.note.endswith(".") for c in worldmap.contested())


# In a browser


@pytest.fixture
def look(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page; anything in the console but the driver's notes fails the test."""
    contexts = []
    errors: list[str] = []

    def opened(path: str, *, width: int = 1440, scripts: bool = True, dark: bool = False) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: errors.append(m.text) if DRIVER not in m.text else None)
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("request", lambda r: errors.append(r.url) if not r.url.startswith((address, "data:")) else None)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize("path", ["/timeline", "/map", "/network", "/actors/SAU", "/pairs/IRN/SAU"])
def test_islands_draw(look: Callable[..., Any], path: str) -> None:
    page = look(path)
    figures = page.locator("[data-chart], [data-map], [data-network]")
    for figure in figures.all():
        figure.locator("xpath=self::*[contains(concat(' ', @class, ' '), ' drawn ')]").wait_for()
        assert figure.bounding_box()["height"] > 60
    assert page.locator("svg.plot").count() >= 1


def test_dragging_over_months_narrows_the_page(look: Callable[..., Any]) -> None:
    page = look("/map")
    brush = page.locator(".brush .overlay")
    brush.wait_for()
    box = brush.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.98, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    page.wait_for_url("**/map?since=*&until=*")
    assert page.get_by_label("From").input_value() == page.url.partition("since=")[2][:7]
    assert page.locator(".brush .selection").bounding_box()["width"] > 20
    page.get_by_role("link", name="Network", exact=True).last.click()
    page.wait_for_url("**/network?since=*&until=*")


def test_a_point_leads_to_its_events(look: Callable[..., Any]) -> None:
    page = look("/map")
    point = page.locator(".map a[aria-label]").first
    point.focus()
    assert page.locator(".map .tip").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?*")


def test_a_line_of_the_network_leads_to_the_pair(look: Callable[..., Any]) -> None:
    page = look("/network", scripts=False)
    line = page.locator(".round-table a:has(line)").first
    address = line.get_attribute("href")
    assert address.startswith("/pairs/")
    page.goto(page.url.replace("/network", address))
    assert page.locator("h1").inner_text().count(" and ") == 1


def test_the_review_queue_by_keyboard(look: Callable[..., Any], record: Record) -> None:
    page = look("/review")
    first = record.questions(1)[0]
    before = len(record.judgements())
    page.keyboard.press("n")
    page.wait_for_url("**/review?n=2")
    page.go_back()
    page.keyboard.press("s" if first.kind == "same" else "r")
    page.wait_for_url("**/review")
    page.get_by_text("Question 1 of").wait_for()
    assert len(record.judgements()) == before + 1
    assert record.questions(1)[0] != first
    page.keyboard.press("w")
    page.wait_for_function("document.body.innerText.includes('Question 1 of')")
    page.goto(page.url)
    assert record.judgements()[-1].verdict == "wrong"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_readable_without_scripts(look: Callable[..., Any], path: str) -> None:
    page = look(path, scripts=False)
    assert page.locator("h1").is_visible()
    assert page.locator("main table, main .events, main .answers, main p").count() > 0
    for figure in page.locator("[data-chart=months], [data-map], [data-network]").all():
        assert figure.locator("svg").first.is_visible()
    assert page.locator(".only-drawn:visible").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_off_a_narrow_screen(look: Callable[..., Any], path: str) -> None:
    page = look(path, width=360)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_serious_barrier(look: Callable[..., Any], dark: bool) -> None:
    """axe-core (MPL-2.0)."""
    page = look("/timeline", dark=dark)
    base = page.url.removesuffix("/timeline")
    for path in PAGES:
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
        told = [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in serious]
        assert told == [], f"{path}: {json.dumps(told)}"
