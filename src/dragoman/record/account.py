"""What an event mention tells that can be compared with another mention, in any language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import TypeVar, cast

from dragoman.actors.agreements import find_agreements
from dragoman.coding.reading import ActorMention, EventMention, Reading
from dragoman.pages.article import Page
from dragoman.record import words
from dragoman.record.days import ordinals, precision_of

T = TypeVar("T")

UNKNOWN = "---"
SAID = 5  # words of a quotation in a row that two pages hardly have by chance …
MOST_SAID = 40  # … of which its beginning is enough


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
    hold countries and organisations; `first`..`last` is the range of days that the date allows, None where unknown;
    `assumed` when the clause names no day and the story's day was taken. `agreements` are those that the sentence
    names, by id; `said` are runs of words that it quotes. `parties` are both sides together.
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
    story: frozenset[str]
    assumed: bool
    agreements: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    parties: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parties", _both(self.sources, self.targets))

    def dumps(self) -> str:
        """As JSON, for keeping; the story is left out, it is kept with the page."""
        value: list[object] = [getattr(self, name) for name in _FIELDS]
        for i in _SETS:
            value[i] = sorted(getattr(self, _FIELDS[i]))
        value[_STORY] = []
        value[_PEOPLE] = [[p.side, p.country, p.wikidata, list(p.name)] for p in self.people]
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str, story: frozenset[str] = frozenset()) -> Account:
        """The account that `dumps` wrote, of a page with this story."""
        value = json.loads(text)
        for i in _SETS:
            if i < len(value):  # the latest features are not there in what an older version wrote
                value[i] = frozenset(value[i])
        for i in _REPEATED:
            if i < len(value):
                value[i] = shared(value[i])
        value[_STORY] = story or value[_STORY]
        value[_PEOPLE] = shared(tuple(Person(s, c, w, tuple(n)) for s, c, w, n in value[_PEOPLE]))
        return cls(*value)


_FIELDS = [name for name, f in Account.__dataclass_fields__.items() if f.init]
_REPEATED = [
    _FIELDS.index(n)
    for n in ("sources", "targets", "sectors", "offices", "issue", "numbers", "agreements", "said")
]  # fmt: skip
_SETS = [*_REPEATED, *(_FIELDS.index(n) for n in ("words", "context", "story"))]
_PEOPLE, _STORY = _FIELDS.index("people"), _FIELDS.index("story")


def shared(value: T) -> T:
    """The first of equal values: accounts that name the same parties or persons, or none, hold them once."""
    return cast(T, _first(value))


@lru_cache(maxsize=100_000)
def _first(value: Hashable) -> Hashable:
    return value


@lru_cache(maxsize=100_000)
def _both(sources: frozenset[str], targets: frozenset[str]) -> frozenset[str]:
    return sources | targets


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


def story(reading: Reading) -> frozenset[str]:
    """What a page is about, in any language: the persons, pairs of parties and places of all its events."""
    found: set[str] = set()
    for m in reading.events:
        actors = (*m.sources, *m.targets)
        found.update(a.wikidata or "/".join(sorted(words.name_key(a.name))) for a in actors if a.name)
        parties = sorted({c for a in actors if (c := country_of(a.code))})
        found.update(f"{a}-{b}" for a, b in combinations(parties, 2))
        if m.location and m.location.name:
            found.add(words.folded(m.location.name))
    return frozenset(found)


def account(reading: Reading, mention: EventMention, key: str, about: frozenset[str] | None = None) -> Account:
    """The comparable features of `mention`; `about` is the page's `story`, if at hand."""
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
        sources=_set(country_of(a.code) for a in mention.sources),
        targets=_set(country_of(a.code) for a in mention.targets),
        sectors=_set(a.code for _, a in actors if ":" in a.code),
        people=_people(actors),
        offices=_set(f"{country_of(a.code)} {words.folded(a.office)}" for _, a in actors if a.office),
        first=days[0] if days else None,
        last=days[1] if days else None,
        precision=mention.date.precision or precision_of(mention.date.iso),
        published=published[0] if published else None,
        place=words.folded(place.name) if place and place.name else "",
        country=(place.country or "") if place else "",
        issue=shared(words.stems(mention.issue or "")),
        words=words.stems(mention.quote),
        context=words.stems(sentence),
        numbers=shared(words.numbers(mention.quote)),
        language=mention.language,
        story=story(reading) if about is None else about,
        assumed=bool(mention.date.iso) and mention.date.start is None,
        agreements=_set(find_agreements(words.plain(sentence), mention.language)),
        said=_said(reading, mention),
    )


def _said(reading: Reading, mention: EventMention) -> frozenset[str]:
    """Runs of `SAID` folded words of the direct quotations in the mention's sentence."""
    found: set[str] = set()
    for quote in reading.quotes:
        if quote.direct and quote.start < mention.sentence_end and mention.sentence_start < quote.end:
            told = words.folded_words(words.plain(reading.article.page.text[quote.start : quote.end]))
            found.update(" ".join(told[i : i + SAID]) for i in range(min(len(told) - SAID + 1, MOST_SAID)))
    return shared(frozenset(found))


def _set(values: Iterable[str]) -> frozenset[str]:
    return shared(frozenset(v for v in values if v))


def _people(actors: Iterable[tuple[str, ActorMention]]) -> tuple[Person, ...]:
    found = (
        Person(side, country_of(a.code), a.wikidata, tuple(sorted(words.name_key(a.name))))
        for side, a in actors
        if a.name
    )
    return shared(tuple(sorted((p for p in found if p.wikidata or p.name), key=repr)))


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
        about = story(reading)
        for mention in reading.events:
            key = mention_key(page.sha256, mention, taken)
            taken.add(key)
            found.append((account(reading, mention, key, about), page, mention))
    return found
