"""What an event mention tells that can be compared with another mention, in any language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from dragoman.coding.reading import ActorMention, EventMention, Reading
from dragoman.pages.article import Page
from dragoman.record import words
from dragoman.record.days import ordinals, precision_of

UNKNOWN = "---"


@dataclass(frozen=True, slots=True)
class Person:
    """A named person on one side of an event. `name` holds the folded parts of the name, sorted."""

    side: str
    country: str
    wikidata: str | None
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The comparable features of one event mention. Days are proleptic Gregorian ordinals.

    `key` is unique and depends on content only: the page's digest, the span and the type. `sources` and `targets`
    hold countries and organisations; `first`..`last` is the range of days that the date allows, None where unknown.
    """

    key: str
    page: str
    event_type: str
    mode: str | None
    cameo: str
    status: str
    symmetric: bool
    sources: frozenset[str]
    targets: frozenset[str]
    sectors: frozenset[str]
    people: tuple[Person, ...]
    offices: frozenset[str]
    first: int | None
    last: int | None
    precision: str | None
    published: int | None
    place: str
    country: str
    issue: frozenset[str]
    words: frozenset[str]
    context: frozenset[str]
    numbers: frozenset[str]
    language: str
    start: int
    end: int

    def dumps(self) -> str:
        """As JSON, for keeping."""
        value = asdict(self)
        for name, item in value.items():
            if isinstance(item, frozenset):
                value[name] = sorted(item)
        value["people"] = [[p.side, p.country, p.wikidata, list(p.name)] for p in self.people]
        return json.dumps(list(value.values()), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> Account:
        """The account that `dumps` wrote."""
        value = json.loads(text)
        for i in _SETS:
            value[i] = frozenset(value[i])
        value[_PEOPLE] = tuple(Person(s, c, w, tuple(n)) for s, c, w, n in value[_PEOPLE])
        return cls(*value)


_FIELDS = list(Account.__dataclass_fields__)
_SETS = [_FIELDS.index(n) for n in ("sources", "targets", "sectors", "offices", "issue", "words", "context", "numbers")]
_PEOPLE = _FIELDS.index("people")


def country_of(code: str) -> str:
    """The country or organisation of an actor code: MAR:GOV -> MAR, IGOUNO -> IGOUNO; "" where unknown."""
    head = code.partition(":")[0]
    return "" if head in ("", UNKNOWN) else head


def mention_key(sha256: str, mention: EventMention, taken: Iterable[str] = ()) -> str:
    """A key for a mention from the page's content and where in it the mention stands; unlike all keys in `taken`."""
    taken = set(taken)
    base = f"{sha256}|{mention.start}|{mention.end}|{mention.event_type}"
    for attempt in range(1000):
        text = base if not attempt else f"{base}|{attempt}"
        key = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        if key not in taken:
            return key
    raise ValueError(f"page {sha256} has a thousand mentions at {mention.start}..{mention.end}")


def account(reading: Reading, mention: EventMention, key: str) -> Account:
    """The comparable features of `mention`."""
    page = reading.article.page
    days = ordinals(mention.date.iso)
    published = ordinals(reading.article.published.iso) or ordinals(page.fetched)
    sentence = page.text[mention.sentence_start : mention.sentence_end]
    actors = [("source", a) for a in mention.sources] + [("target", a) for a in mention.targets]
    place = mention.location
    return Account(
        key=key,
        page=page.sha256,
        event_type=mention.event_type,
        mode=mention.mode,
        cameo=mention.cameo,
        status=mention.status,
        symmetric=mention.symmetric,
        sources=frozenset(c for a in mention.sources if (c := country_of(a.code))),
        targets=frozenset(c for a in mention.targets if (c := country_of(a.code))),
        sectors=frozenset(a.code for _, a in actors if ":" in a.code),
        people=tuple(sorted((_person(s, a) for s, a in actors if a.name), key=repr)),
        offices=frozenset(words.folded(a.office) for _, a in actors if a.office and not a.name),
        first=days[0] if days else None,
        last=days[1] if days else None,
        precision=mention.date.precision or precision_of(mention.date.iso),
        published=published[0] if published else None,
        place=words.folded(place.name) if place and place.name else "",
        country=(place.country or "") if place else "",
        issue=words.stems(mention.issue or ""),
        words=words.stems(mention.quote),
        context=words.stems(sentence),
        numbers=words.numbers(mention.quote),
        language=mention.language,
        start=mention.start,
        end=mention.end,
    )


def _person(side: str, actor: ActorMention) -> Person:
    return Person(side, country_of(actor.code), actor.wikidata, tuple(sorted(words.name_key(actor.name or ""))))


def accounts(readings: Iterable[Reading]) -> list[tuple[Account, Page, EventMention]]:
    """Accounts of all events of `readings`, each with its page and mention. A page given twice counts once."""
    found: list[tuple[Account, Page, EventMention]] = []
    seen: set[str] = set()
    for reading in readings:
        page = reading.article.page
        if page.sha256 in seen:
            continue
        seen.add(page.sha256)
        taken: set[str] = set()
        for mention in reading.events:
            key = mention_key(page.sha256, mention, taken)
            taken.add(key)
            found.append((account(reading, mention, key), page, mention))
    return found
