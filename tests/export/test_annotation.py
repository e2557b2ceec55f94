"""Mentions go to annotation tools with spans in the tools' own counting, and their answers come back as judgements."""

from __future__ import annotations

import io
import json
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman import export
from dragoman.export import inception, label_studio
from dragoman.record import Record, RecordError

sys.path.insert(0, str(Path(__file__).parent.parent / "record"))
from builder import meeting, reading

ARABIC = "استقبل الوزير السفيرة"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.db") as record:
        record.add_many(
            [
                meeting(3, "A", extra="🕊️ Both smiled."),
                reading(
                    "🇲🇦 خبر 🕊",
                    f"😀😀 {ARABIC} الإسبانية بالرباط. 👩🏽‍⚖️ ثم غادرت السفيرة.",
                    [
                        (ARABIC, "CONSULT", ["MAR:GOV"], ["ESP"], {"mode": "meet", "date": "2021-04-02"}),
                        ("غادرت السفيرة", "RETREAT", ["ESP"], ["MAR"], {}),
                    ],
                    language="ar",
                ),
            ]
        )
        yield record


def tasks(record: Record) -> list[dict[str, Any]]:
    out = io.StringIO()
    export.write(record, "label-studio", out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def regions(task: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [r for r in task["predictions"][0]["result"] if r["from_name"] == name]


def utf16(text: str, start: int, end: int) -> str:
    """What JavaScript and Java call `text.substring(start, end)`."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def documents(path: Path) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        return {n: json.loads(archive.read(n)) for n in archive.namelist() if n.endswith(".json")}


def annotated(task: dict[str, Any], *more: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The task as Label Studio exports it after a person took over the prediction and added `more`."""
    result = [*json.loads(json.dumps(task["predictions"][0]["result"])), *more]
    answer = {"id": 9, "completed_by": {"email": "reader@example.org"}, "was_cancelled": False, "result": result}
    answer |= {"updated_at": "2021-06-01T10:00:00.5Z"} | changed
    return {"id": 1, "data": task["data"], "annotations": [answer]}


def answer(region: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    where = {k: region["value"][k] for k in ("start", "end")}
    kind = "text" if name in ("note", "date") else "choices"
    return {"id": region["id"], "from_name": name, "to_name": "text", "type": kind, "value": where | {kind: [value]}}


def bring_back(record: Record, folder: Path, value: Any) -> int:
    (folder / "back.json").write_text(json.dumps(value), encoding="utf-8")
    return export.import_judgements(record, folder / "back.json")


def test_spans_in_label_studio_hold_in_either_counting(record: Record) -> None:
    found = {}
    for task in tasks(record):
        text = task["data"]["text"]
        for region in regions(task, "event"):
            start, end = region["value"]["start"], region["value"]["end"]
            assert text[start:end] == utf16(text, start, end)
            found[region["id"]] = text[start:end]
    quotes = {m.key: m.quote for e in record.iter_events() for m in e.mentions}
    assert found == quotes
    assert ARABIC in quotes.values()


def test_the_interface_knows_every_name_that_the_tasks_use(record: Record) -> None:
    out = io.StringIO()
    export.write(record, "label-studio-interface", out)
    view = ElementTree.fromstring(out.getvalue())
    controls = {e.get("name"): e for e in view if e.get("toName") == "text"}
    for task in tasks(record):
        for region in task["predictions"][0]["result"]:
            control = controls[region["from_name"]]
            assert control.tag.lower() == region["type"]
            if control.tag != "TextArea":
                assert set(region["value"][region["type"]]) <= {child.get("value") for child in control}


def test_label_studio_answers_become_judgements(record: Record, tmp_path: Path) -> None:
    arabic = next(t for t in tasks(record) if ARABIC in t["data"]["text"])
    met, left = regions(arabic, "event")
    keys = {m["mention"]: m for m in arabic["data"]["mentions"]}
    back = annotated(
        arabic, answer(met, "verdict", "right"), answer(left, "verdict", "wrong"), answer(left, "note", "no")
    )
    assert bring_back(record, tmp_path, [back]) == 2
    right, wrong = record.judgements()
    assert (right.verdict, right.by, right.at) == ("right", "reader@example.org", "2021-06-01T10:00:00+00:00")
    assert (wrong.verdict, wrong.note, wrong.a.start) == ("wrong", "no", keys[left["id"]]["start"])
    assert [e.verdict for e in record.iter_events() if e.event_type == "CONSULT" and e.quote == ARABIC] == ["right"]
    assert "RETREAT" not in {e.event_type for e in record.iter_events()}
    assert bring_back(record, tmp_path, [back]) == 0


def test_label_studio_corrections(record: Record, tmp_path: Path) -> None:
    arabic = next(t for t in tasks(record) if ARABIC in t["data"]["text"])
    back = annotated(arabic, answer(regions(arabic, "event")[1], "date", "2021-04"))
    for result in back["annotations"][0]["result"]:
        if result["id"] == regions(arabic, "event")[0]["id"]:
            result["id"] = f"new{result['value']['start']}"  # drawn anew at the same place
            if result["from_name"] == "event":
                result["value"]["labels"] = ["AGREE"]
            if result["from_name"] == "status":
                result["value"]["choices"] = ["planned"]
    assert bring_back(record, tmp_path, [back]) == 4
    said = {(j.field, j.value) for j in record.judgements()}
    assert said == {("event_type", "AGREE"), ("mode", None), ("status", "planned"), ("date", "2021-04")}
    agreed = next(e for e in record.iter_events() if e.quote == ARABIC)
    assert (agreed.event_type, agreed.mode, agreed.status, agreed.verdict) == ("AGREE", None, "planned", "corrected")


def test_what_nobody_said_is_no_judgement(record: Record, tmp_path: Path) -> None:
    task = tasks(record)[0]
    drawn = {"id": "new", "from_name": "event", "to_name": "text", "type": "labels",
             "value": {"start": 0, "end": 2, "labels": ["AID"]}}  # fmt: skip
    skipped = annotated(task, answer(regions(task, "event")[0], "verdict", "wrong"), was_cancelled=True)
    assert bring_back(record, tmp_path, [annotated(task, drawn), skipped]) == 0


def test_mistakes_are_named(record: Record, tmp_path: Path) -> None:
    task = tasks(record)[0]
    with pytest.raises(RecordError, match="is no date"):
        bring_back(record, tmp_path, [annotated(task, answer(regions(task, "event")[0], "date", "May"))])
    with pytest.raises(RecordError, match="Task 1 is none that"):
        bring_back(record, tmp_path, [{"text": "a flat export"}])
    with pytest.raises(RecordError, match="no UIMA CAS JSON"):
        export.import_judgements(record, tmp_path)
    assert record.judgements() == []


def test_spans_in_inception_count_utf16(record: Record, tmp_path: Path) -> None:
    export.write(record, "inception", tmp_path / "documents.zip")
    quotes = {m.key: m.quote for e in record.iter_events() for m in e.mentions}
    found = {}
    for document in documents(tmp_path / "documents.zip").values():
        sofa, whole, *mentions = document["%FEATURE_STRUCTURES"]
        text = sofa["sofaString"]
        assert utf16(text, 0, whole["end"]) == text
        units = inception.units(text)
        for m in mentions:
            key = json.loads(m["coded"])["mention"]
            found[key] = utf16(text, m["begin"], m["end"])
            assert text[inception.points(units, m["begin"]) : inception.points(units, m["end"])] == found[key]
    assert found == quotes


def test_inception_documents_open_in_cassis(record: Record, tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis")
    export.write(record, "inception", tmp_path / "documents")
    with (tmp_path / "documents" / "TypeSystem.xml").open("rb") as stream:
        layer = cassis.load_typesystem(stream).get_type(inception.LAYER)
    assert {f.name for f in layer.all_features} >= set(inception.FEATURES)
    covered = set()
    for path in (tmp_path / "documents").glob("*.json"):
        with path.open("rb") as stream:
            cas = cassis.load_cas_from_json(stream)
        covered |= {a.get_covered_text() for a in cas.select(inception.LAYER)}
    assert covered == {m.quote for e in record.iter_events() for m in e.mentions}


def test_inception_answers_become_judgements(record: Record, tmp_path: Path) -> None:
    export.write(record, "inception", tmp_path / "documents.zip")
    project = tmp_path / "project.zip"
    with zipfile.ZipFile(project, "w") as archive:
        archive.writestr("exportedproject.json", "{}")
        for name, document in documents(tmp_path / "documents.zip").items():
            archive.writestr(f"source/{name}", json.dumps(document))
            for m in document["%FEATURE_STRUCTURES"][2:]:
                m |= {"verdict": "wrong", "note": "no"} if m["event_type"] == "RETREAT" else {"date": "none"}
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as single:
                single.writestr("anna.json", json.dumps(document))
            archive.writestr(f"annotation/{name}/anna.zip", inner.getvalue())
    assert export.import_judgements(record, project) == 3
    said = {(j.by, j.verdict, j.field, j.value) for j in record.judgements()}
    assert said == {("anna", "wrong", None, None), ("anna", "corrected", "date", None)}
    assert {e.date for e in record.iter_events()} == {None}
    assert export.import_judgements(record, project) == 0


def test_answers_are_taken_in_by_a_record_coded_anew(record: Record, tmp_path: Path) -> None:
    task = next(t for t in tasks(record) if ARABIC in t["data"]["text"])
    back = annotated(task, answer(regions(task, "event")[1], "verdict", "wrong"))
    with Record(tmp_path / "other.db") as other:
        assert bring_back(other, tmp_path, [back]) == 1
        body = f"😀😀 {ARABIC} الإسبانية بالرباط. 👩🏽‍⚖️ ثم غادرت السفيرة."
        other.add(reading("🇲🇦 خبر 🕊", body, [("ثم غادرت السفيرة", "RETREAT", ["ESP"], ["MAR"], {})], language="ar"))
        assert list(other.iter_events()) == []


def test_html_is_shown_without_its_tags(tmp_path: Path, samples: Path) -> None:
    with Record(samples / "samples.db", readonly=True) as record:
        for task in tasks(record):
            assert "<p" not in task["data"]["text"]
            for region, coded in zip(regions(task, "event"), task["data"]["mentions"], strict=True):
                quote = " ".join(record.mention(coded["mention"]).quote.split())
                words = task["data"]["text"][region["value"]["start"] : region["value"]["end"]]
                if "<" not in quote and "&" not in quote:
                    assert " ".join(words.split()) == quote


def test_label_studio_exports_by_user_number() -> None:
    coded = {"mention": "k", "sha256": "a", "start": 0, "end": 3, "event_type": "AID", "mode": None,
             "status": "occurred", "date": None, "shown": [0, 3]}  # fmt: skip
    said = {"id": "k", "from_name": "verdict", "to_name": "text", "value": {"start": 0, "end": 3, "choices": ["right"]}}
    task = {"data": {"mentions": [coded]}, "annotations": [{"completed_by": 7, "result": [said, {"type": "relation"}]}]}
    assert [j.by for j in label_studio.judgements([task])] == ["Label Studio user 7"]
