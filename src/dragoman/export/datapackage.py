"""A Frictionless Data Package: the record as related CSV tables, with `datapackage.json` saying what each column means.

Defined at specs.frictionlessdata.io (tabular-data-package). Tables refer to each other by foreign keys; cells are empty
where a value is unknown; every table carries its length in bytes and its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from dragoman import codebook
from dragoman.export import tables
from dragoman.record import Record
from dragoman.record.citing import Citation
from dragoman.record.values import Event

Rows = Iterator[dict[str, Any]]

_COLUMNS = Path(__file__).parent / "data" / "columns.tsv"
_TITLES = {
    "events": "Events, one row each",
    "mentions": "Accounts of events, one row each, with their words",
    "actors": "Who takes part in the events",
    "parties": "Which actor takes part in which event, on which side, in which office",
    "pages": "Pages that tell of the events",
    "codebook": "What the types and modes mean",
}
_KEYS: dict[str, str | list[str]] = {
    "events": "id", "mentions": "mention", "actors": "key", "parties": ["event", "side", "position"],
    "pages": "sha256", "codebook": ["event_type", "mode"],
}  # fmt: skip
_REFERENCES = {
    "mentions": (("event", "events", "id"), ("sha256", "pages", "sha256")),
    "parties": (("event", "events", "id"), ("actor", "actors", "key")),
}
_INTEGERS = tables.INTEGERS | {"position", "length"}
_PAGES = 500  # taken from the record at once


@lru_cache(maxsize=1)
def columns() -> dict[str, dict[str, str]]:
    """{table: {column: what it means}}, in order."""
    found: dict[str, dict[str, str]] = {name: {} for name in _TITLES}
    for line in _COLUMNS.read_text(encoding="utf-8").splitlines()[1:]:
        table, column, description = line.split("\t")
        found[table][column] = description
    return found


class _Counted:
    """Text on its way into a file, with its length and digest."""

    def __init__(self, parts: Iterator[str]) -> None:
        self._parts = parts
        self._hash = hashlib.sha256()
        self.bytes = 0

    def __iter__(self) -> Iterator[str]:
        for part in self._parts:
            data = part.encode()
            self._hash.update(data)
            self.bytes += len(data)
            yield part

    @property
    def hash(self) -> str:
        return f"sha256:{self._hash.hexdigest()}"


def files(record: Record, events: Callable[[], Iterator[Event]]) -> Generator[tuple[str, Iterator[str]], None, None]:
    """The tables as CSV and, when they are read to their end, `datapackage.json`; all of one state of the record.

    Raises RecordError for a record without pages.
    """
    with record.snapshot():
        cited = record.cite()
        told: set[str] = set()
        actors: dict[str, dict[str, Any]] = {}
        rows: dict[str, Callable[[], Rows]] = {
            "events": lambda: tables.event_rows(events()),
            "mentions": lambda: _noted(tables.mention_rows(events()), told),
            "parties": lambda: _parties(events(), actors),
            "actors": lambda: iter(actors.values()),
            "pages": lambda: _pages(record, told),
            "codebook": _codebook,
        }
        resources = {}
        for name, made in rows.items():
            text = _Counted(tables.csv_lines(made(), tuple(columns()[name])))
            yield f"{name}.csv", iter(text)
            resources[name] = _resource(name, text)
        yield "datapackage.json", iter([json.dumps(_package(cited, resources), ensure_ascii=False, indent=1) + "\n"])


def _noted(rows: Rows, told: set[str]) -> Rows:
    for row in rows:
        told.add(row["sha256"])
        yield row


def _parties(events: Iterator[Event], actors: dict[str, dict[str, Any]]) -> Rows:
    wanted = tuple(columns()["actors"])
    for event in events:
        for side, parties in (("source", event.sources), ("target", event.targets)):
            for position, actor in enumerate(parties, 1):
                actors.setdefault(actor.key, {name: getattr(actor, name) for name in wanted})
                yield {
                    "event": event.id, "side": side, "position": position, "actor": actor.key, "office": actor.office,
                }  # fmt: skip


def _pages(record: Record, told: set[str]) -> Rows:
    wanted = tuple(columns()["pages"])
    after = 0
    while pages := record.pages(limit=_PAGES, after=after):
        for page in pages:
            if page.sha256 in told:
                yield {name: getattr(page, name) for name in wanted}
        after = pages[-1].id


def _codebook() -> Rows:
    book = codebook.load()
    for mode in book.modes.values():
        yield {
            "event_type": mode.type, "mode": mode.name, "quad_class": book.quad(mode.type), "score": mode.score,
            "cameo": mode.cameo, "definition": mode.definition,
        }  # fmt: skip


def _resource(name: str, text: _Counted) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, description) for column, description in columns()[name].items()],
        "missingValues": [""],
        "primaryKey": _KEYS[name],
    }
    if name in _REFERENCES:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": key}}
            for column, other, key in _REFERENCES[name]
        ]
    return {
        "profile": "tabular-data-resource", "name": name, "path": f"{name}.csv", "title": _TITLES[name],
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": text.bytes, "hash": text.hash,
        "schema": schema,
    }  # fmt: skip


def _field(column: str, description: str) -> dict[str, Any]:
    if column in _INTEGERS:
        kind = "integer"
    elif column in tables.FLOATS:
        kind = "number"
    else:
        kind = "boolean" if column in tables.BOOLEANS else "string"
    field = {"name": column, "type": kind, "description": description}
    return field | ({"trueValues": ["True"], "falseValues": ["False"]} if kind == "boolean" else {})


def _package(cited: Citation, resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", cited.title.lower()).strip("-") or "record",
        "title": cited.title,
        "description": cited.format("text").strip(),
        "version": cited.version,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": list(resources.values()),
    }
