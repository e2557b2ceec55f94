"""INCEpTION: one UIMA CAS JSON document a page, and annotated documents back as judgements.

The format is draft 0.4 of the JSON serialization of the UIMA CAS (apache/uima-uimaj-io-jsoncas), which INCEpTION
imports and exports as "UIMA CAS JSON". UIMA counts UTF-16 code units. `TypeSystem.xml` declares the layer and is
imported first, under Settings › Layers.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any

from dragoman.export import annotation
from dragoman.export.annotation import FIELDS
from dragoman.record import Record
from dragoman.record.errors import RecordError
from dragoman.record.judgements import Judgement
from dragoman.record.values import Event, Mention

LAYER = "webanno.custom.DragomanMention"
FEATURES = ("verdict", *FIELDS, "parties", "note", "coded")
_STRING = "uima.cas.String"
_ANNOTATION = "uima.tcas.Annotation"
_STRUCTURES = "%FEATURE_STRUCTURES"


def units(text: str) -> list[int]:
    """For each code point of `text`, and its end, how many UTF-16 code units stand before it."""
    return list(accumulate((2 if ord(sign) > 0xFFFF else 1 for sign in text), initial=0))


def points(units: list[int], offset: int) -> int:
    """The code point at a UTF-16 offset; inside a surrogate pair, the next."""
    return bisect_left(units, offset)


def files(record: Record, events: Callable[[], Iterator[Event]]) -> Generator[tuple[str, Iterator[str]], None, None]:
    """The type system and the documents, named by the pages' digests."""
    yield "TypeSystem.xml", iter([_type_system()])
    for page, shown, mentions in annotation.each_page(record, events()):
        document = _document(page.language, shown, mentions)
        yield f"{page.sha256[:16]}.json", iter([json.dumps(document, ensure_ascii=False)])


def _document(language: str, shown: annotation.Shown, mentions: list[Mention]) -> dict[str, Any]:
    unit = units(shown.text)
    sofa = {
        "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text",
        "sofaString": shown.text,
    }  # fmt: skip
    document = {
        "%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1, "begin": 0, "end": unit[-1],
        "language": language,
    }  # fmt: skip
    structures = [sofa, document]
    for number, m in enumerate(mentions, 3):
        start, end = shown.span(m.start, m.end)
        said = {name: getattr(m, name) for name in FIELDS}
        said |= {"parties": annotation.parties(m), "coded": json.dumps(annotation.coded(m))}
        structures.append(
            {"%ID": number, "%TYPE": LAYER, "@sofa": 1, "begin": unit[start], "end": unit[end]}
            | {name: value for name, value in said.items() if value is not None}
        )
    layer = {"%NAME": LAYER, "%SUPER_TYPE": _ANNOTATION}
    return {
        "%TYPES": {LAYER: layer | {name: {"%NAME": name, "%RANGE": _STRING} for name in FEATURES}},
        _STRUCTURES: structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [s["%ID"] for s in structures[1:]]}},
    }


def _type_system() -> str:
    features = "".join(
        f"        <featureDescription><name>{name}</name><description/><rangeTypeName>{_STRING}</rangeTypeName>"
        "</featureDescription>\n"
        for name in FEATURES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n  <types>\n    <typeDescription>\n'
        f"      <name>{LAYER}</name>\n      <description>An event as Dragoman coded it</description>\n"
        f"      <supertypeName>{_ANNOTATION}</supertypeName>\n      <features>\n{features}      </features>\n"
        "    </typeDescription>\n  </types>\n</typeSystemDescription>\n"
    )


def is_document(value: Any) -> bool:
    """True for a CAS in JSON."""
    return isinstance(value, dict) and _STRUCTURES in value


def judgements(document: dict[str, Any], path: str, changed: datetime) -> Iterator[Judgement]:
    """The judgements in one annotated document; `path` names it in an export, `changed` says when it was written.

    In the export of a project the file is named after the annotator.
    """
    by = _who(PurePosixPath(path))
    at = changed.astimezone(UTC).isoformat(timespec="seconds")
    for structure in document[_STRUCTURES]:
        if structure.get("%TYPE") != LAYER or not structure.get("coded"):
            continue
        where = f"{path}, annotation {structure.get('begin')} to {structure.get('end')}"
        try:
            coded = json.loads(structure["coded"])
        except ValueError as error:
            raise RecordError(f"{where}: the feature `coded` was changed; it must stay as exported.") from error
        answers = {name: structure.get(name) or "" for name in FIELDS}
        note = structure.get("note") or ""
        yield from annotation.judged(coded, structure.get("verdict") or "", answers, note, by, at, where)


def _who(path: PurePosixPath) -> str:
    if path.stem == "CURATION_USER":
        return "INCEpTION curation"
    return path.stem if {"annotation", "curation"} & set(path.parts) else "INCEpTION"
