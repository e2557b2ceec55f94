"""Data quality: what is known, what is disputed and what people found right, by outlet, language and event type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.record import Record
from dragoman.record.quality import Measure
from dragoman.serve import wording
from dragoman.serve.rendering import Ask, View, page

OUTLETS = 100  # shown; a download has all
FAILURES = 20
COLUMNS = (
    "by", "name", "pages", "originals", "pages_dated", "page_errors", "mentions", "dated", "placed", "events",
    "disputed", "judged", "right", "wrong", "corrected", "precision", "low95", "high95",
)  # fmt: skip


def quality(ask: Ask) -> View:
    """The measures of every outlet, language and type."""
    languages, types, outlets = ask.site.kept("quality", ask.record, measured)
    failed = ask.record.failures()
    failures = failed[-FAILURES:][::-1]
    rows: list[dict[str, Any]] = []
    for by, measures in (("language", languages), ("type", types), ("outlet", outlets)):
        rows += [{"by": by} | m.to_dict() for m in measures]
    return View(
        title="Data quality",
        value=lambda: {
            "languages": [m.to_dict() for m in languages],
            "types": [m.to_dict() for m in types],
            "outlets": [m.to_dict() for m in outlets],
            "failures": failures,
        },
        columns=COLUMNS,
        rows=lambda: rows,
        show={
            "groups": (
                ("Languages", "language", [(wording.language(m.name), m) for m in languages], len(languages)),
                ("Event types", "type", [(wording.event_type(m.name), m) for m in types], len(types)),
                ("Outlets", "outlet", [(m.name or "not known", m) for m in outlets[:OUTLETS]], len(outlets)),
            ),
            "judged": judged(types),
            "failures": failures,
            "failed": len(failed),
        },
    )


def measured(record: Record) -> tuple[tuple[Measure, ...], tuple[Measure, ...], tuple[Measure, ...]]:
    """All measures, by language, type and outlet."""
    return record.quality("language"), record.quality("type"), record.quality("outlet")


def judged(types: Sequence[Measure]) -> Measure:
    """All types together, as judged."""
    right, wrong, corrected = (sum(getattr(m, n) for m in types) for n in ("right", "wrong", "corrected"))
    events, disputed = sum(m.events or 0 for m in types), sum(m.disputed or 0 for m in types)
    mentions, dated, placed = (sum(getattr(m, n) for m in types) for n in ("mentions", "dated", "placed"))
    return Measure("", None, None, None, None, mentions, dated, placed, events, disputed, right, wrong, corrected)


routes = page("/quality", "quality", quality)
