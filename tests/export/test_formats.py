"""Every format, to the column, opened with the reader its users use."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman import export
from dragoman.export import gdelt, icews, phoenix, polecat, tables
from dragoman.record import Record

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting, reading


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.db") as record:
        record.add_many(
            [
                meeting(3, "A"),
                meeting(3, "B", extra="Both praised the\tdeal."),
                reading(
                    "Sanctions",
                    "The United States and Britain imposed sanctions on Iran in March 2021.",
                    [("imposed sanctions on Iran", "SANCTION", ["USA", "GBR"], ["IRN"], {"date": "2021-03"})],
                    outlet="C",
                ),
                reading(
                    "Visit",
                    "The French president will visit Tunis next month.",
                    [("will visit Tunis", "CONSULT", ["FRA:GOV"], ["TUN"], {"date": "2021-06", "status": "planned"})],
                ),
                reading(
                    "No strike",
                    "Iran denied that it had attacked Israel.",
                    [("attacked Israel", "ASSAULT", ["IRN:MIL"], ["ISR"], {"date": "2021-05-01", "status": "negated"})],
                ),
                reading(
                    "Called off",
                    "Spain called off the meeting with the United Nations.",
                    [("called off the meeting", "CONSULT", ["ESP:GOV"], ["IGOUNO"], {"status": "cancelled"})],
                ),
                reading(
                    "خبر",
                    "استقبل الوزير السفيرة الإسبانية بالرباط.",
                    [
                        (
                            "استقبل الوزير السفيرة",
                            "CONSULT",
                            ["MAR:GOV"],
                            ["ESP"],
                            {"symmetric": True, "date": "2021-04-02"},
                        )
                    ],
                    language="ar",
                ),
            ]
        )
        yield record


# What RFC 7946 asks of a collection of points.
_POSITION = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "minItems": 2,
    "maxItems": 3,
}
FEATURES = {
    "type": "object",
    "required": ["type", "features"],
    "not": {"required": ["crs"]},
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {"type": "object"},
                    "geometry": {
                        "type": "object",
                        "required": ["type", "coordinates"],
                        "properties": {"type": {"const": "Point"}, "coordinates": _POSITION},
                    },
                },
            },
        },
    },
}


def text(record: Record, name: str) -> str:
    out = io.StringIO()
    export.write(record, name, out)
    return out.getvalue()


def rows(record: Record, name: str) -> list[dict[str, str]]:
    """Rows of a tab-separated format by column name."""
    columns = list(export.FORMATS[name].columns)
    cells = [line.split("\t") for line in text(record, name).splitlines()]
    assert {len(c) for c in cells} == {len(columns)}
    if name in ("polecat", "icews"):
        assert cells.pop(0) == columns
    return [dict(zip(columns, c, strict=True)) for c in cells]


@pytest.mark.parametrize(
    ("columns", "count"),
    [
        (polecat.COLUMNS, 40), (icews.COLUMNS, 20), (gdelt.COLUMNS, 61), (gdelt.MENTION_COLUMNS, 16), (phoenix.COLUMNS,
        26),
    ],
)  # fmt: skip
def test_column_counts(columns: tuple[str, ...], count: int) -> None:
    assert len(columns) == len(set(columns)) == count


def test_polecat_applies_the_future_rule(record: Record) -> None:
    found = {r["Actor Country"]: r for r in rows(record, "polecat")}
    assert (found["France"]["Event Type"], found["France"]["Event Mode"]) == ("AGREE", "None")
    assert (found["Spain"]["Event Type"], found["Spain"]["Event Mode"]) == ("REJECT", "meet")
    assert found["United States; United Kingdom"]["Quad Code"] == "MATERIAL CONFLICT"
    assert found["United States; United Kingdom"]["Actor COW"] == "2; 200"
    assert "Iran" not in found, "what did not happen has no place in POLECAT"
    meeting_row = next(r for r in rows(record, "polecat") if r["Actor Name"] == "Nasser Bourita")
    assert meeting_row["Actor Title"] == "Minister of Foreign Affairs"
    assert (meeting_row["City"], meeting_row["Latitude"], meeting_row["GeoNames ID"]) == ("Rabat", "34.02000", "None")


def test_polecat_opens_in_pandas(record: Record) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(io.StringIO(text(record, "polecat")), sep="\t", na_values="None", quoting=csv.QUOTE_NONE)
    assert table.shape == (5, 40)
    assert pandas.to_datetime(table["Event Date"]).notna().all()


def test_icews_has_one_row_a_pair(record: Record) -> None:
    found = rows(record, "icews")
    sanctions = [r for r in found if r["CAMEO Code"] == "160"]
    assert [r["Source Name"] for r in sanctions] == ["United States", "United Kingdom"]
    assert len({r["Event ID"] for r in sanctions}) == 1
    intent = next(r for r in found if r["Source Country"] == "France")
    assert (intent["CAMEO Code"], intent["Source Sectors"]) == ("036", "Government")
    assert all(float(r["Intensity"]) <= 10 for r in found)


def test_gdelt_opens_as_gdelt(record: Record) -> None:
    found = rows(record, "gdelt")
    assert len({r["GLOBALEVENTID"] for r in found}) == len(found)
    row = next(r for r in found if r["Actor1Name"] == "NASSER BOURITA")
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20210503",
        "202105",
        "2021",
        "2021.4192",
    )
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("MARGOV", "MAR", "GOV")
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"]) == ("040", "04", "1")
    assert (row["NumMentions"], row["NumArticles"]) == ("2", "2")
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"]) == ("4", "MO")
    assert row["IsRootEvent"] == "1"
    assert len(row["DATEADDED"]) == 14
    organisation = next(r for r in found if r["Actor2Type1Code"] == "IGO")
    assert (organisation["Actor2KnownGroupCode"], organisation["Actor2CountryCode"]) == ("UNO", "")
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(
        io.StringIO(text(record, "gdelt")), sep="\t", header=None, dtype={26: str, 27: str, 28: str}
    )
    assert table.shape == (len(found), 61)


def test_gdelt_mentions_go_with_the_events(record: Record) -> None:
    events = {r["GLOBALEVENTID"] for r in rows(record, "gdelt")}
    found = rows(record, "gdelt-mentions")
    assert {r["GLOBALEVENTID"] for r in found} == events
    arabic = next(r for r in found if r["MentionDocTranslationInfo"])
    assert arabic["MentionDocTranslationInfo"].startswith("srclc:ara;")
    assert all(int(r["SentenceID"]) >= 1 and len(r["MentionTimeDate"]) == 14 for r in found)


def test_phoenix(record: Record) -> None:
    found = rows(record, "phoenix")
    row = next(r for r in found if r["source"] == "USA")
    assert (row["date"], row["target_root"], row["root_code"], row["quad_class"]) == ("20210301", "IRN", "16", "4")


def test_ftm_entities_refer_to_each_other(record: Record) -> None:
    entities = [json.loads(line) for line in text(record, "ftm").splitlines()]
    ids = {e["id"] for e in entities}
    assert len(ids) == len(entities)
    assert {e["schema"] for e in entities} == {"Event", "Article", "Person", "PublicBody", "Mention"}
    for e in entities:
        assert all(isinstance(v, str) for values in e["properties"].values() for v in values)
        for name in ("involved", "proof", "resolved", "document"):
            assert set(e["properties"].get(name, [])) <= ids


def test_ftm_entities_are_what_followthemoney_knows(record: Record) -> None:
    model = pytest.importorskip("followthemoney").model
    for line in text(record, "ftm").splitlines():
        entity = json.loads(line)
        read = model.get_proxy(entity)
        assert [name for name in entity["properties"] if not read.get(name)] == [], entity["schema"]


def test_gexf_opens_in_networkx(record: Record, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    path = tmp_path / "graph.gexf"
    export.write(record, "gexf", path)
    graph = networkx.read_gexf(path)
    assert graph.nodes["MAR"]["label"] == "Morocco"
    assert graph.has_edge("USA", "IRN")
    assert "TUN" not in graph, "plans are no ties"


def test_geojson(record: Record) -> None:
    found = json.loads(text(record, "geojson"))
    assert [f["geometry"]["coordinates"] for f in found["features"]] == [[-6.84, 34.02]]
    assert found["unlocated"] == 5
    assert found["features"][0]["properties"]["precision"] == "day"


def test_geojson_is_as_the_standard_wants_it(record: Record) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(text(record, "geojson")), FEATURES)


def test_csv_and_parquet_open_in_duckdb(record: Record, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for name in ("csv", "parquet"):
        export.write(record, name, tmp_path / f"events.{name}")
        told = duckdb.sql(f"SELECT id, event_type, independent_sources FROM '{tmp_path}/events.{name}'").fetchall()
        assert sorted(told) == sorted((e.id, e.event_type, e.independent_sources) for e in record.iter_events())


def test_csv_and_jsonl_hold_every_event(record: Record) -> None:
    found = list(csv.DictReader(io.StringIO(text(record, "csv"))))
    assert len(found) == record.counts()["events"] == len(text(record, "jsonl").splitlines())
    assert list(found[0]) == list(tables.COLUMNS)
    assert {r["status"] for r in found} == {"occurred", "planned", "negated", "cancelled"}
    told = list(csv.DictReader(io.StringIO(text(record, "csv-mentions"))))
    assert len(told) == record.counts()["mentions"]
    first = json.loads(text(record, "jsonl").splitlines()[0])
    assert first["mentions"][0]["page"]["sha256"]


def test_parquet_opens_in_pandas(record: Record, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    export.write(record, "parquet", tmp_path / "events.parquet")
    table = pandas.read_parquet(tmp_path / "events.parquet")
    assert list(table.columns) == list(tables.COLUMNS)
    assert table["independent_sources"].sum() >= 6
    export.write(record, "parquet-mentions", tmp_path / "mentions.parquet", actor="MAR")
    assert len(pandas.read_parquet(tmp_path / "mentions.parquet")) == 3
    with pytest.raises(ValueError, match="binary"):
        export.write(record, "parquet", io.StringIO())


def test_filters_and_unknown_formats(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export.write(record, "csv", path, actor="IRN", type="SANCTION")
    assert len(path.read_text().splitlines()) == 2
    with pytest.raises(ValueError, match="polecat"):
        export.write(record, "excel", path)
    assert list(tmp_path.glob("*.part")) == []


def test_icalendar_entries_are_days_with_a_status(record: Record) -> None:
    content = text(record, "ical")
    lines = content.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = content.replace("\r\n ", "")
    entries = unfolded.split("BEGIN:VEVENT")[1:]
    dated = [e for e in record.iter_events() if e.day and e.status != "negated"]
    assert len(entries) == len(dated)
    meeting_entry = next(e for e in entries if "Blinken" in e)
    assert "DTSTART;VALUE=DATE:20210503" in meeting_entry
    assert "DTEND;VALUE=DATE:20210504" in meeting_entry
    assert "LOCATION:Rabat\\, MAR" in meeting_entry
    assert any("STATUS:TENTATIVE" in e for e in entries)


def test_icalendar_opens_in_a_calendar_library(record: Record) -> None:
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical(text(record, "ical"))
    found = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    for event in record.iter_events():
        if entry := found.pop(f"{event.id}@dragoman", None):
            assert entry.decoded("DTSTART").isoformat() == event.day
            assert str(entry["DESCRIPTION"]) == event.quote
    assert not found


def test_acled_columns_and_types(tmp_path: Path) -> None:
    with Record(tmp_path / "r.db") as record:
        record.add(
            reading(
                "March",
                "Students marched in Tunis on 4 May 2021.",
                [
                    (
                        "Students marched",
                        "PROTEST",
                        ["TUN:CVL"],
                        [],
                        {"date": "2021-05-04", "place": ("Tunis", "TUN", 36.8, 10.2)},
                    )
                ],
            )
        )
        record.add(meeting(3, "A"))
        rows = list(csv.DictReader(io.StringIO(text(record, "acled"))))
    assert len(rows) == 1, "a meeting is nothing that ACLED counts"
    assert len(rows[0]) == 31
    assert (rows[0]["event_type"], rows[0]["sub_event_type"]) == ("Protests", "Peaceful protest")
    assert (rows[0]["event_date"], rows[0]["time_precision"], rows[0]["fatalities"]) == ("2021-05-04", "1", "")
