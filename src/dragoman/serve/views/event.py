"""One event: who, to whom, what, when, where and whether it happened; every account beside its sentence; why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from dragoman.pages.article import Article
from dragoman.record import Event, Record
from dragoman.record.judgements import CORRECTABLE, Judgement
from dragoman.record.values import FieldValue, Mention, PageInfo
from dragoman.serve import wording
from dragoman.serve.marking import of_mention, passage
from dragoman.serve.rendering import Ask, Row, View, page
from dragoman.serve.views.events import features

SHOWN = 12  # accounts on the page; all of them with ?accounts=all
ALL = 500
OUTLETS = 5  # named at the top
LINKS = 12  # reasons for merging
COLUMNS = (
    "event", "mention", "outlet", "published", "language", "title", "event_type", "mode", "status", "date", "sources",
    "targets", "place", "country", "issue", "attribution", "quote", "sentence", "start", "end", "reason", "confidence",
    "page", "url", "family",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """One mention as the page shows it."""

    mention: Mention
    sentence: str
    marked: Markup
    copies: int  # other pages with the same text
    reader: str  # address of the sentence in the page


def event(ask: Ask) -> View | Response:
    """The event with this id; an id merged away leads to the event that took it in."""
    found = ask.record.event(ask.path["id"])
    if found.id != ask.path["id"] and not ask.whole:
        return RedirectResponse(f"/events/{found.id}", status_code=301)
    told = ask.record.tellers_of(found.id)
    every = ask.whole or ask.query.get("accounts") == "all"
    shown = accounts(ask.record, told, ALL if every else SHOWN)
    links = ask.record.links_of(found.id, LINKS)
    judgements = ask.record.judgements_on(found.id)
    parts, wholes = ask.record.parts(found.id), ask.record.wholes(found.id)
    values = found.disagreements()
    outlets = list(dict.fromkeys(wording.outlet(page) for _, _, page in told))
    return View(
        title=headline(found),
        value=lambda: {
            "event": found.to_dict(),
            "mentions": [m.to_dict() | {"sentence_text": a.sentence} for a in shown for m in (a.mention,)],
            "disagreements": [v.to_dict() for v in values],
            "links": [{"a": a, "b": b, "score": score, "reasons": list(why)} for a, b, score, why in links],
            "parts": [e.id for e in parts],
            "wholes": [e.id for e in wholes],
            "judgements": [said(j) for j in judgements],
        },
        columns=COLUMNS,
        rows=lambda: [row(found, a) for a in shown],
        features=lambda: features([found]),
        show={
            "event": found,
            "accounts": shown,
            "outlets": outlets[:OUTLETS],
            "more_outlets": max(0, len(outlets) - OUTLETS),
            "hidden": found.mention_count - len(shown),
            "disagreements": grouped(values),
            "merged": merged(told, links),
            "parts_of": parts,
            "wholes": wholes,
            "judgements": [(j.id, said(j)) for j in judgements],
            "correctable": [(name, wording.FIELDS[name]) for name in sorted(CORRECTABLE)],
        },
    )


def headline(e: Event) -> str:
    """The event in one line."""
    what = wording.event_type(e.event_type, e.mode)
    sides = wording.parties(e.sources, "unknown")
    if e.targets:
        sides += (" and " if e.symmetric else " → ") + wording.parties(e.targets)
    return f"{what}: {sides}"


Teller = tuple[int, str, PageInfo]


def accounts(record: Record, told: list[Teller], limit: int) -> list[Account]:
    """At most `limit` accounts with their sentences: one of each independent text first, copies after them."""
    families: dict[int, set[int]] = {}
    first: list[int] = []
    later: list[int] = []
    for row_id, _, info in told:
        (later if info.family in families else first).append(row_id)
        families.setdefault(info.family, set()).add(info.id)
    mentions = record.mentions_at([*first, *later][:limit])
    return beside_sentences(record, mentions, {family: len(pages) - 1 for family, pages in families.items()})


def beside_sentences(
    record: Record, mentions: Iterable[Mention], copies: Mapping[int, int] | None = None
) -> list[Account]:
    """Mentions with their sentences marked; `copies` of each family where they are to be told."""
    articles: dict[int, Article] = {}
    found = []
    for m in mentions:
        article = articles.get(m.page.id) or record.article(m.page.id)
        articles[m.page.id] = article
        sentence = passage(article, m.sentence_start, m.sentence_end, ())
        found.append(
            Account(
                m,
                " ".join(sentence.unescape().split()),
                passage(article, m.sentence_start, m.sentence_end, of_mention(m)),
                (copies or {}).get(m.page.family, 0),
                f"/pages/{m.page.id}#c{m.start}-{m.end}",
            )
        )
    return found


def grouped(values: tuple[FieldValue, ...]) -> list[tuple[str, list[FieldValue]]]:
    """Disagreements by field, named in words."""
    found: dict[str, list[FieldValue]] = {}
    for v in values:
        found.setdefault(wording.FIELDS.get(v.field, v.field), []).append(v)
    return [(name, several) for name, several in found.items() if len(several) > 1]


def merged(
    told: list[Teller], links: tuple[tuple[str, str, float, tuple[str, ...]], ...]
) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """Why accounts were taken for one event: the two outlets, the likeness, the reasons."""
    names = {key: wording.outlet(page) for _, key, page in told}
    return [(names[a], names[b], score, why) for a, b, score, why in links if a in names and b in names]


def said(j: Judgement) -> str:
    """A judgement in words."""
    what = f"{wording.FIELDS.get(j.field, j.field)} is {j.value}" if j.field else j.verdict
    return f"{j.by} on {j.at[:10]}: {what}" + (f" ({j.note})" if j.note else "")


def row(e: Event, a: Account) -> Row:
    """One account as a row of the table."""
    m = a.mention
    found: dict[str, Any] = {
        "event": e.id,
        "mention": m.key,
        "sources": "; ".join(f"{x.code} {x.name}" if x.name else x.code for x in m.sources),
        "targets": "; ".join(f"{x.code} {x.name}" if x.name else x.code for x in m.targets),
        "place": m.location.name if m.location else None,
        "country": m.location.country if m.location else None,
        "sentence": a.sentence,
        "page": m.page.sha256,
    }
    names = ("outlet", "published", "title", "url", "family")
    found |= {name: getattr(m.page, name) for name in names}
    return found | {name: getattr(m, name) for name in COLUMNS if name not in found}


routes = page("/events/{id}", "event", event, places=True)
