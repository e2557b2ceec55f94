"""Binding what a model says to the page: an exact quotation, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.pages.article import CONTENT_ROLES, Article

STATUSES = frozenset({"occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated"})


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the model tells it, standing at `start`:`end` of the page (code points), which is `quote`."""

    quote: str
    start: int
    end: int
    event_type: str
    status: str
    source: str | None
    target: str | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Dropped:
    """An answer that is not used, and why."""

    said: str
    reason: str


def anchored(
    article: Article, answers: Iterable[object], types: Iterable[str]
) -> tuple[tuple[Told, ...], tuple[Dropped, ...]]:
    """The answers that quote the article's own text exactly, in page order; and those that do not.

    A quotation that stands in several places is bound to the first that no answer before it took.
    """
    known = frozenset(types)
    told: list[Told] = []
    dropped: list[Dropped] = []
    taken: set[tuple[int, int]] = set()
    for answer in answers:
        if not isinstance(answer, Mapping):
            dropped.append(Dropped(str(answer)[:200], "no event"))
            continue
        quote, kind, status = (answer.get(name) for name in ("quote", "event_type", "status"))
        if not isinstance(quote, str) or not quote.strip():
            dropped.append(Dropped(str(answer)[:200], "quotes nothing"))
        elif kind not in known:
            dropped.append(Dropped(quote, f"{kind!r} is no event type"))
        elif status not in STATUSES:
            dropped.append(Dropped(quote, f"{status!r} is no status"))
        elif (span := _place(article, quote.strip(), taken)) is None:
            dropped.append(Dropped(quote, "the page does not say this word for word"))
        else:
            taken.add(span)
            words = article.page.text[slice(*span)]
            told.append(
                Told(words, *span, str(kind), str(status), _name(answer.get("source")), _name(answer.get("target")))
            )
    return tuple(sorted(told, key=lambda t: (t.start, t.end))), tuple(dropped)


def _place(
    article: Article, quote: str, taken: Sequence[tuple[int, int]] | set[tuple[int, int]]
) -> tuple[int, int] | None:
    """Where the article's own text has the quotation: page offsets."""
    for segment in article.segments:
        at = segment.text.find(quote) if segment.role in CONTENT_ROLES else -1
        while at >= 0:
            span = segment.span(at, at + len(quote))
            if span not in taken:
                return span
            at = segment.text.find(quote, at + 1)
    return None


def _name(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
