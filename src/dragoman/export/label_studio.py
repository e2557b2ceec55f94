"""Label Studio: one task a page with the coded mentions as predictions, and the annotated tasks back as judgements.

The format is the one of labelstud.io/guide/task_format. Label Studio counted UTF-16 code units at first and counts code
points since 1.4 (its pull request 1559); so that spans fit in both, characters of two code units (emoji) stand in the
text as one replacement character.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from dragoman import __version__, codebook
from dragoman.export import annotation
from dragoman.record import Record
from dragoman.record.errors import RecordError
from dragoman.record.filters import STATUSES
from dragoman.record.judgements import Judgement
from dragoman.record.values import Event, Mention

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_TEXT = "text"  # the name of the object that all labels are of
_ANSWERS = {"event": "labels", "mode": "choices", "status": "choices", "date": "text"}


def lines(record: Record, events: Iterator[Event]) -> Iterator[str]:
    """The tasks as a JSON array."""
    yield "["
    separator = "\n"
    for page, shown, mentions in annotation.each_page(record, events):
        task = {
            "data": {
                "text": "".join(_REPLACEMENT if ord(sign) > 0xFFFF else sign for sign in shown.text),
                "title": page.title,
                "outlet": page.outlet,
                "published": page.published,
                "url": page.url,
                "sha256": page.sha256,
                "mentions": [annotation.coded(m) | {"shown": shown.span(m.start, m.end)} for m in mentions],
            },
            "predictions": [
                {
                    "model_version": f"dragoman {__version__}",
                    "score": min(m.confidence for m in mentions),
                    "result": [r for m in mentions for r in _regions(m, *shown.span(m.start, m.end))],
                }
            ],
        }
        yield separator + json.dumps(task, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def _regions(mention: Mention, start: int, end: int) -> Iterator[dict[str, Any]]:
    where = {"start": start, "end": end}
    said = {"event": mention.event_type, "mode": mention.mode, "status": mention.status, "date": mention.date}
    for name, kind in _ANSWERS.items():
        if value := said[name]:
            region = {"id": mention.key, "from_name": name, "to_name": _TEXT, "value": where | {kind: [value]}}
            yield region | {
                "type": "textarea" if kind == "text" else kind,
                **({"meta": {"text": [annotation.parties(mention)]}} if name == "event" else {}),
            }


def interface(record: Record, events: Iterator[Event]) -> Iterator[str]:
    """The labelling interface that the tasks are made for, to paste into a project's settings."""
    book = codebook.load()
    modes = sorted({mode for _, mode in book.modes} - {"-"})

    def choices(tag: str, child: str, name: str, values: Sequence[str], more: str = "") -> Iterator[str]:
        yield f'  <{tag} name="{name}" toName="{_TEXT}"{more}>\n'
        yield from (f"    <{child} value={quoteattr(value)}/>\n" for value in values)
        yield f"  </{tag}>\n"

    each = ' perRegion="true" choice="single"'
    yield '<View>\n  <Header value="$title"/>\n'
    yield from choices("Labels", "Label", "event", sorted(book.types))
    yield f'  <Text name="{_TEXT}" value="$text"/>\n'
    yield from choices("Choices", "Choice", "verdict", ("right", "wrong"), each)
    yield from choices("Choices", "Choice", "status", STATUSES, f'{each} layout="select"')
    yield from choices("Choices", "Choice", "mode", (annotation.NONE, *modes), f'{each} layout="select"')
    for name in ("date", "note"):
        yield f'  <TextArea name="{name}" toName="{_TEXT}" perRegion="true" maxSubmissions="1" placeholder="{name}"/>\n'
    yield "</View>\n"


def judgements(tasks: list[Any]) -> Iterator[Judgement]:
    """The judgements in a JSON export of annotated tasks. Regions that an annotator drew anew are no judgements.

    Raises RecordError for tasks that are not of `dragoman export label-studio`.
    """
    for number, task in enumerate(tasks, 1):
        try:
            mentions = task["data"]["mentions"]
            known = {m["mention"]: m for m in mentions}
            placed = {tuple(m["shown"]): m for m in mentions}
            for answer in task["annotations"]:
                if not answer.get("was_cancelled"):
                    yield from _of(answer, known, placed, f"Task {task.get('id', number)}")
        except (KeyError, TypeError, AttributeError) as error:
            raise RecordError(
                f"Task {number} is none that `dragoman export label-studio` wrote and Label Studio exported as JSON "
                f"(missing or misplaced: {error})."
            ) from error


def _of(
    answer: dict[str, Any], known: dict[str, Any], placed: dict[tuple[Any, ...], Any], where: str
) -> Iterator[Judgement]:
    regions: dict[str, dict[str, str]] = defaultdict(dict)
    spans: dict[str, tuple[int, int]] = {}
    for result in answer["result"]:
        if "id" not in result or "to_name" not in result:
            continue  # a relation between regions
        value, name = result.get("value", {}), result.get("from_name")
        spans.setdefault(result["id"], (value.get("start"), value.get("end")))
        said = value.get(_ANSWERS.get(name, "choices" if name == "verdict" else "text"))
        regions[result["id"]][name] = (said[-1] if isinstance(said, list) and said else said) or ""
    by, at = _who(answer.get("completed_by")), _when(answer.get("updated_at") or answer.get("created_at"))
    for region, said in regions.items():
        coded = known.get(region) or placed.get(spans[region])
        if coded is not None:
            fields = {"event_type": said.get("event", "")} | {n: said.get(n, "") for n in ("mode", "status", "date")}
            note = said.get("note", "")
            yield from annotation.judged(
                coded, said.get("verdict", ""), fields, note, by, at, f"{where}, region {region}"
            )


def _who(person: Any) -> str:
    if isinstance(person, dict):
        return str(person.get("email") or person.get("username") or f"Label Studio user {person.get('id')}")
    return f"Label Studio user {person}" if person is not None else "Label Studio"


def _when(moment: str | None) -> str:
    if not moment:
        return datetime.now(UTC).isoformat(timespec="seconds")
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="seconds")
