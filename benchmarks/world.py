"""A made-up world's news as readings: a seeded stream of pages for measuring the record at any size.

Countries and organisations meet, agree, accuse and threaten with the unevenness of the news: a few pairs have most of
the happenings, most happenings are told once or twice and a few a thousand times, in four languages, late, with vaguer
dates, fewer names or a neighbouring type; a fifth of the pages is a copy or cut of an earlier one. Nothing here is
drawn from real pages.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from dragoman.coding.reading import ActorMention, EventDate, EventMention, Place, Quote, Reading, Status
from dragoman.pages.article import Article, Page, PublicationDate, Segment

MENTIONS_A_DAY = 140  # of all pages together: a million in some twenty years
COPIED = 0.2  # share of pages that print an earlier page again
FIRST_DAY = date(2001, 1, 1)
COUNTRIES = (
    "USA CHN RUS FRA GBR DEU ISR IRN UKR IND TUR JPN PAK SAU SYR EGY IRQ KOR PRK PSE AFG ITA ESP LBN POL ARE QAT AUS "
    "CAN BRA MEX VEN ZAF NGA SDN LBY DZA MAR TUN ETH KEN SOM YEM JOR GRC SRB HUN NLD BEL SWE NOR FIN DNK CHE AUT CZE "
    "ROU BGR BLR GEO ARM AZE KAZ UZB KGZ MNG VNM THA MMR PHL IDN MYS SGP BGD LKA NPL CUB COL PER CHL ARG BOL ECU MLI "
    "NER TCD CMR COD RWA UGA TZA MOZ AGO ZWE ZMB SEN CIV GHA MRT IGOUNO IGOEUR IGONAT IGOARB IGOAFU IGOWAS"
).split()
_QUADS = {
    "CONSULT": 1, "SUPPORT": 1, "AGREE": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
_CAMEO = dict(zip(_QUADS, "040 051 057 081 061 070 087 020 112 120 130 141 163 154 173 190".split(), strict=True))
_WEIGHTS = (30, 12, 9, 2, 5, 5, 2, 7, 8, 5, 4, 3, 4, 2, 3, 6)
_MODES = {"CONSULT": ("visit", "phone", "multilateral", None, None), "ASSAULT": ("aerial", "firearms", None)}
_NEIGHBOUR = {"AGREE": "COOPERATE", "COOPERATE": "SUPPORT", "SANCTION": "COERCE", "REJECT": "ACCUSE"}
_LANGUAGES = (("en", 0.5), ("fr", 0.2), ("ar", 0.18), ("es", 0.12))
_LETTERS = {
    "ar": ("بتجدرسعفقكلمنهوي", "اوي"), "en": ("bcdfghklmnprstvw", "aeiou"), "fr": ("bcdfgjlmnprstv", "aeéiou"),
    "es": ("bcdfghjlmnñprstv", "aeioú"),
}  # fmt: skip
_SECTORS = ("GOV", "GOV", "GOV", "MIL", "LEG")
_STORY = 4  # accounts of one page that belong to its main pair's days


@dataclass(frozen=True, slots=True)
class _Happening:
    number: int
    day: int
    event_type: str
    mode: str | None
    source: int
    target: int
    place: int
    topic: tuple[int, ...]
    persons: bool


class World:
    """The makings of the news: the same `seed` and `on_a_page` (fewest and most accounts) give the same pages."""

    def __init__(self, seed: int = 1, on_a_page: tuple[int, int] = (5, 16)) -> None:
        self._on_a_page = on_a_page
        self._pick = random.Random(seed)
        self._words = {language: self._vocabulary(language, 6000) for language, _ in _LANGUAGES}
        ranks = list(accumulate(1 / (i + 3) for i in range(6000)))
        self._word_ranks = ranks
        self._party_ranks = list(accumulate(1 / (i + 2) ** 0.9 for i in range(len(COUNTRIES))))
        self._types = list(_QUADS)
        self._type_ranks = list(accumulate(_WEIGHTS))
        first, last = self._vocabulary("en", 3000), self._vocabulary("en", 3000)
        self._names = [f"{a.title()} {b.title()}" for a, b in zip(first, last, strict=True)]

    def _vocabulary(self, language: str, size: int) -> list[str]:
        consonants, vowels = _LETTERS[language]
        found: dict[str, None] = {}
        while len(found) < size:
            length = self._pick.randrange(2, 5)
            found["".join(self._pick.choice(consonants) + self._pick.choice(vowels) for _ in range(length))] = None
        return list(found)

    def readings(self, mentions: int) -> Iterator[Reading]:
        """Pages in the order they are published until they hold `mentions` accounts."""
        waiting: dict[int, list[_Happening]] = {}
        recent: list[Reading] = []
        day = made = number = page = 0
        while made < mentions:
            told = 0
            while told < MENTIONS_A_DAY * (1 - COPIED):
                happening = self._happening(number, day)
                number += 1
                for _ in range(self._echo()):
                    waiting.setdefault(day + self._lag(), []).append(happening)
                    told += 1
            due = waiting.pop(day, [])
            self._pick.shuffle(due)
            due.sort(key=lambda h: (h.source, h.target, h.day) if h.number % _STORY else (0, 0, 0))
            while due:
                size = self._pick.randint(*self._on_a_page)
                reading = self._page(page, day, due[:size])
                del due[:size]
                for found in (reading, *self._copies(reading, recent, page, day)):
                    page += 1
                    made += len(found.events)
                    yield found
                    if made >= mentions:
                        return
                recent = [*recent[-200:], reading]
            day += 1

    def heavy(self, mentions: int) -> Iterator[Reading]:
        """One great event, told once on each of `mentions` pages within a few days."""
        happening = replace(self._happening(0, 5000), event_type="CONSULT", mode="visit", persons=True)
        for page in range(mentions):
            yield self._page(page, 5000 + self._pick.randrange(4), [happening])

    def _happening(self, number: int, day: int) -> _Happening:
        pick = self._pick
        source, target = pick.choices(range(len(COUNTRIES)), cum_weights=self._party_ranks, k=2)
        if source == target:
            target = (source + 1) % len(COUNTRIES)
        kind = pick.choices(self._types, cum_weights=self._type_ranks)[0]
        mode = pick.choice(_MODES.get(kind, (None,)))
        topic = tuple(pick.choices(range(6000), cum_weights=self._word_ranks, k=5))
        return _Happening(number, day, kind, mode, source, target, pick.randrange(400), topic, pick.random() < 0.5)

    def _echo(self) -> int:
        """How often a happening is told: mostly once or twice, now and then a thousand times."""
        return min(2000, int(self._pick.paretovariate(1.35)))

    def _lag(self) -> int:
        """Days from the deed to the page: mostly none or one, now and then a year."""
        at = self._pick.random()
        if at < 0.8:
            return int(at > 0.5)
        return self._pick.randrange(2, 6) if at < 0.95 else self._pick.randrange(400)

    def _page(self, number: int, day: int, due: list[_Happening]) -> Reading:
        pick = self._pick
        language = pick.choices([n for n, _ in _LANGUAGES], [w for _, w in _LANGUAGES])[0]
        published = (FIRST_DAY + timedelta(day)).isoformat()
        title = self._phrase(language, 7)
        parts, offset = [title], len(title) + 1
        events: list[EventMention] = []
        for happening in due:
            text, told = self._sentence(happening, day, language, offset, len(events))
            events.append(told)
            parts += [text, self._phrase(language, 18) + "."]
            offset += len(text) + len(parts[-1]) + 2
        said = self._phrase(language, 12)
        speaker = self._actor(due[0].source, day, True, offset, 4)
        quotes = (Quote(offset, offset + len(said), speaker, "said", True),)
        parts.append(said)
        text, outlet = "\n".join(parts), f"Outlet {number % 90}"
        return _reading(text, title, language, published, outlet, None, events, quotes, number)

    def _phrase(self, language: str, words: int) -> str:
        found = self._pick.choices(self._words[language], cum_weights=self._word_ranks, k=words)
        return " ".join(found)

    def _actor(self, party: int, day: int, person: bool, start: int, length: int) -> ActorMention:
        code = COUNTRIES[party]
        if not person:
            return ActorMention(code, None, None, None, start, start + length, "named", None)
        term = day // 1500  # the office changes hands every four years or so
        sector = _SECTORS[(party + term) % len(_SECTORS)]
        serial = (party * 31 + term * 7) % len(self._names)
        name = self._names[serial]
        return ActorMention(f"{code}:{sector}", name, "Minister", f"Q{9000 + serial}", start, start + length, "named")

    def _sentence(self, h: _Happening, day: int, language: str, offset: int, index: int) -> tuple[str, EventMention]:
        pick, words = self._pick, self._words[language]
        named = h.persons and pick.random() < 0.7
        source, target = COUNTRIES[h.source], COUNTRIES[h.target]
        topic = [words[t] for t in h.topic if pick.random() < 0.8]
        placed = pick.random() < 0.5
        quote = " ".join([source, words[self._types.index(h.event_type)], target, *topic])
        text = f"{quote} {self._phrase(language, 14)}."
        kind = _NEIGHBOUR.get(h.event_type, h.event_type) if pick.random() < 0.05 else h.event_type
        happened = FIRST_DAY + timedelta(h.day)
        at = pick.random()
        iso, start = happened.isoformat(), offset + len(quote) + 1
        found = EventDate(iso, "day", start, start + 3, "named")
        if at > 0.9:
            found = EventDate(iso[:7], "month", start, start + 3, "named")
        elif at > 0.75:
            found = EventDate(None, None)
        elif at > 0.6:
            found = EventDate((FIRST_DAY + timedelta(day)).isoformat(), "day", None, None, "the story's day")
        status: Status = "planned" if h.day > day else "occurred"
        mention = EventMention(
            f"m{index}", kind, h.mode if pick.random() < 0.7 else None, ("diplomatic",), _CAMEO[kind], _QUADS[kind],
            1.0, 2.5 if _QUADS[kind] < 3 else -4.0,
            (self._actor(h.source, h.day, named, offset, len(source)),),
            (self._actor(h.target, h.day, named and pick.random() < 0.5, offset, len(source)),)
            if pick.random() < 0.95 else (),
            kind == "CONSULT", found, status,
            Place(self._names[h.place], COUNTRIES[h.target], 10.0, 20.0, start, start + 2) if placed else None,
            words[h.topic[0]] if pick.random() < 0.3 else None,
            None, offset, offset + len(quote), quote, offset, offset + len(text), language, "made up", 0.8,
        )  # fmt: skip
        return text, mention

    def _copies(self, reading: Reading, recent: list[Reading], number: int, day: int) -> Iterator[Reading]:
        """Now and then an earlier page again: whole, or cut after some sentences."""
        if self._pick.random() > COPIED / (1 - COPIED) or not recent:
            return
        original = self._pick.choice(recent[-40:])
        text = original.article.page.text
        cut = text.find("\n", int(len(text) * self._pick.choice((0.6, 0.8, 1.0))))
        body = text if cut < 0 else text[:cut]
        tail = f"\n{self._phrase(original.article.language, 9)}"
        events = [e for e in original.events if e.sentence_end <= len(body)]
        published = (FIRST_DAY + timedelta(day)).isoformat()
        source = original.article.outlet if self._pick.random() < 0.5 else None
        title = original.article.title or ""
        language = original.article.language
        yield _reading(body + tail, title, language, published, f"Copier {number % 30}", source, events, (), number + 1)


def _reading(
    text: str, title: str, language: str, published: str, outlet: str, source: str | None,
    events: list[EventMention], quotes: tuple[Quote, ...], number: int,
) -> Reading:  # fmt: skip
    sha256 = hashlib.sha256(f"{number}\n{text}".encode()).hexdigest()
    page = Page(text, b"", "utf-8", "text", sha256, url=f"https://example.org/{number}")
    segments, start = [], 0
    for line in text.split("\n"):
        segments.append(Segment("body" if start else "title", language, start, start + len(line), line))
        start += len(line) + 1
    dated = PublicationDate(published, "declared")
    article = Article(page, title, outlet, source, None, language, dated, tuple(segments))
    return Reading(article, tuple(events), quotes)
