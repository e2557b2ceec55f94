"""What must hold of everything that comes out of a bad page."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.coding.reading import Reading
from dragoman.pages import Failure
from dragoman.pages.reader import LINE_ENDS
from dragoman.shapes import reading_dict

CRASHES = ("could not be read: ", "could not be coded: ", "killed its worker")


def problems(item: Reading | Failure) -> Iterator[str]:
    """Sentences about what is wrong: a caught crash, a span that is not its quote, output that is no JSON."""
    if isinstance(item, Failure):
        if not item.file or not item.message.strip():
            yield f"a failure without file or message: {item!r}"
        if item.message.startswith(CRASHES):
            yield f"a crash: {item}"
        str(item).encode()
        return
    article = item.article
    text, end = article.page.text, 0
    size = len(text)
    for segment in article.segments:
        if not end <= segment.start <= segment.end <= size:
            yield f"segment {segment.role} {segment.start}:{segment.end} after {end} of {size}"
        end = segment.end
        unbroken = text[segment.start : segment.end].translate(LINE_ENDS)
        if article.page.kind == "text" and unbroken != segment.text:
            yield f"segment {segment.start}:{segment.end} is not its text"
    for event in item.events:
        if text[event.start : event.end] != event.quote or not event.quote:
            yield f"event {event.start}:{event.end} is not its quote {event.quote[:60]!r}"
        spans = [(a.start, a.end) for a in (*event.sources, *event.targets)]
        for start, stop in ((event.date.start, event.date.end), *spans):
            if start is not None and stop is not None and not 0 <= start < stop <= size:
                yield f"span {start}:{stop} outside the page of {size}"
    for quote in item.quotes:
        if not 0 <= quote.start < quote.end <= size:
            yield f"quotation {quote.start}:{quote.end} outside the page of {size}"
    json.dumps(reading_dict(item), ensure_ascii=False, allow_nan=False).encode()
