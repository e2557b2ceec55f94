"""Tidy tables: one row an event or a mention, frozen columns, as CSV, Parquet or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from dragoman.export import rules
from dragoman.record.values import EVENT_COLUMNS, Actor, Event

_SIDES = tuple(f"{side}_{what}" for side in ("source", "target") for what in ("countries", "cow", "gw"))
COLUMNS = (*EVENT_COLUMNS, *_SIDES, "codebook")
MENTION_COLUMNS = (
    "mention", "event", "file", "url", "sha256", "outlet", "title", "published", "family", "language", "event_type",
    "mode", "cameo",
    "status", "date", "precision", "source_codes", "source_names", "source_offices", "target_codes", "target_names",
    "target_offices", "place", "country", "attribution", "start", "end", "quote", "reason", "confidence",
)  # fmt: skip
INTEGERS = frozenset(
    {"quad_class", "mentions", "pages", "independent_sources", "disagreements", "start", "end", "family"}
)
FLOATS = frozenset({"goldstein", "score", "latitude", "longitude", "confidence"})
BOOLEANS = frozenset({"symmetric"})
BATCH = 10_000


def event_rows(events: Iterator[Event]) -> Iterator[dict[str, Any]]:
    """One flat row an event, with the numbers by which other data sets know its countries."""
    for event in events:
        row = event.to_row()
        for side, actors in (("source", event.sources), ("target", event.targets)):
            countries = list(dict.fromkeys(a.country for a in actors if a.country))
            row[f"{side}_countries"] = "; ".join(countries)
            row[f"{side}_cow"] = "; ".join(rules.cow(c) for c in countries)
            row[f"{side}_gw"] = "; ".join(rules.gw(c) for c in countries)
        row["codebook"] = rules.version()
        yield row


def mention_rows(events: Iterator[Event]) -> Iterator[dict[str, Any]]:
    """One flat row a mention."""
    for event in events:
        for m in event.mentions:
            page, place = m.page, m.location
            yield {
                "mention": m.key,
                "event": event.id,
                "file": page.file,
                "url": page.url,
                "sha256": page.sha256,
                "outlet": page.outlet,
                "title": page.title,
                "published": page.published,
                "family": page.family,
                "language": m.language,
                "event_type": m.event_type,
                "mode": m.mode,
                "cameo": m.cameo,
                "status": m.status,
                "date": m.date,
                "precision": m.precision,
                **_side("source", m.sources),
                **_side("target", m.targets),
                "place": place.name if place else None,
                "country": place.country if place else None,
                "attribution": m.attribution,
                "start": m.start,
                "end": m.end,
                "quote": m.quote,
                "reason": m.reason,
                "confidence": m.confidence,
            }


def _side(side: str, actors: tuple[Actor, ...]) -> dict[str, str | None]:
    return {
        f"{side}_codes": "; ".join(a.code for a in actors),
        f"{side}_names": "; ".join(a.name or "" for a in actors) if any(a.name for a in actors) else None,
        f"{side}_offices": "; ".join(a.office or "" for a in actors) if any(a.office for a in actors) else None,
    }


def csv_lines(rows: Iterator[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[str]:
    """CSV with a header, UTF-8, LF; empty cells are unknown."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def json_lines(events: Iterator[Event]) -> Iterator[str]:
    """One event a line with everything nested, its mentions and disagreements too."""
    for event in events:
        row = event.to_dict()
        row["mentions"] = [m.to_dict() for m in event.mentions]
        row["disagreements"] = [v.to_dict() for v in event.disagreements()] if event.disagreement_count else []
        row["codebook"] = rules.version()
        yield json.dumps(row, ensure_ascii=False) + "\n"


def write_parquet(rows: Iterator[dict[str, Any]], columns: tuple[str, ...], out: IO[bytes]) -> None:
    """Parquet (zstd) with typed columns. Needs pyarrow (`pip install dragoman[pandas]`)."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ModuleNotFoundError("Parquet needs pyarrow: pip install 'dragoman[pandas]'.") from error
    schema = pyarrow.schema([(name, _type(name, pyarrow)) for name in columns])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))


def _type(name: str, pyarrow: Any) -> Any:
    if name in INTEGERS:
        return pyarrow.int64()
    if name in FLOATS:
        return pyarrow.float64()
    return pyarrow.bool_() if name in BOOLEANS else pyarrow.string()
