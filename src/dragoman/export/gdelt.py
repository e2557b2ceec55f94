"""GDELT 2.0: the 61 columns of the events file and the 16 of the mentions file, tab-separated, no header.

One row for each pair of parties, with a stable GLOBALEVENTID. Dates are the first day that the event's date allows,
else the first publication's; events without either are left out. AvgTone and MentionDocTone stay empty: Dragoman
measures no tone. Country codes of actors are ISO 3166 (which CAMEO's are, nearly), of places FIPS 10-4, as in GDELT.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from dragoman.export import rules
from dragoman.record.values import Actor, Event, Location, Mention

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen",
    "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
# CAMEO's role codes where they differ from PLOVER's sectors: PLOVER's JRN is CAMEO's MED, its MED is HLH.
ROLES = {"JRN": "MED", "MED": "HLH", "PTY": "GOV", "PRM": "MIL", "SOC": "CVL", "UNK": ""}
_LANGUAGES = {
    "ar": "ara",
    "fr": "fra",
    "es": "spa",
    "de": "deu",
    "tr": "tur",
    "ru": "rus",
    "fa": "fas",
    "he": "heb",
    "zh": "zho",
}


def lines(events: Iterator[Event]) -> Iterator[str]:
    """The events file."""
    for event, codes, mentions in rules.each(events):
        day = rules.day_of(event, mentions)
        if day is None:
            continue
        year, month, dom = (int(p) for p in day.split("-"))
        root = any(m.in_lead for m in mentions)
        first = mentions[0]
        for source, target in rules.dyads(event):
            row: tuple[object, ...] = (
                _number(event, source, target),
                f"{year:04d}{month:02d}{dom:02d}",
                f"{year:04d}{month:02d}",
                f"{year:04d}",
                f"{year + (month * 30 + dom) / 365:.4f}",
                *_actor(source),
                *_actor(target),
                int(root),
                codes.cameo,
                codes.cameo[:3],
                codes.cameo[:2],
                quad_of(codes.cameo) or codes.quad_class,
                f"{codes.goldstein:.1f}",
                event.mention_count,
                event.independent_sources,
                event.page_count,
                "",
                *_country(source),
                *_country(target),
                *_place(event.location),
                _digits(first.page.added),
                first.page.url or first.page.file or "",
            )
            yield "\t".join(rules.shown(str(cell)) for cell in row) + "\n"


def mention_lines(events: Iterator[Event]) -> Iterator[str]:
    """The mentions file, for the same events and numbers."""
    for event, _, mentions in rules.each(events):
        day = rules.day_of(event, mentions)
        if day is None:
            continue
        for source, target in rules.dyads(event):
            for m in mentions:
                row: tuple[object, ...] = (
                    _number(event, source, target),
                    _digits(day),
                    _digits(m.page.published or m.page.added),
                    1,
                    m.page.outlet or urlsplit(m.page.url or "").hostname or "",
                    m.page.url or m.page.file or m.page.sha256,
                    m.sentence,
                    _offset(m, source),
                    _offset(m, target),
                    m.start,
                    1,
                    max(10, min(100, round(m.confidence * 10) * 10)),
                    m.page.length,
                    "",
                    "" if m.language == "en" else f"srclc:{_LANGUAGES.get(m.language, m.language)};eng:Dragoman",
                    "",
                )
                yield "\t".join(rules.shown(str(cell)) for cell in row) + "\n"


def _number(event: Event, source: Actor | None, target: Actor | None) -> int:
    return rules.number(event.id, source.code if source else "", target.code if target else "")


def quad_of(cameo: str) -> int:
    """GDELT's quad class, which goes by CAMEO root; 0 for no root."""
    root = int(cameo[:2]) if cameo[:2].isdigit() else 0
    return 0 if not root else 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def _actor(actor: Actor | None) -> tuple[str, ...]:
    if actor is None:
        return ("",) * len(_ACTOR)
    name = rules.actor_name(actor).upper()
    if rules.is_igo(actor):
        return (actor.code.replace(":", ""), name, "", actor.code[3:6], "", "", "", "IGO", "", "")
    kind = ROLES.get(actor.sector or "", actor.sector or "")
    country = actor.country if len(actor.country) == 3 else ""
    return (country + kind, name, country, "", "", "", "", kind, "", "")


def _country(actor: Actor | None) -> tuple[str, ...]:
    code = rules.fips(actor.country) if actor else ""
    if not actor or not code:
        return ("0", *("",) * 7)
    return ("1", rules.country_name(actor.country), code, code, "", "", "", code)


def _place(place: Location | None) -> tuple[str, ...]:
    code = rules.fips(place.country) if place and place.country else ""
    if place is None or not (place.name or code):
        return ("0", *("",) * 7)
    country = rules.country_name(place.country) if place.country else ""
    if place.name and place.latitude is not None and place.longitude is not None:
        full = ", ".join(p for p in (place.name, country) if p)
        return ("4", full, code, code, "", f"{place.latitude:.5f}", f"{place.longitude:.5f}", "")
    return ("1", country, code, code, "", "", "", code)


def _offset(mention: Mention, actor: Actor | None) -> int:
    """Where the mention names a party of the actor's country or code; -1 where it does not."""
    if actor is None:
        return -1
    told = [*mention.sources, *mention.targets]
    spans = [(s, a) for (_, s, _, _), a in zip(mention.actor_spans, told, strict=False) if a.country == actor.country]
    return min((s for s, _ in spans), default=-1)


def _digits(moment: str) -> str:
    """YYYYMMDDHHMMSS of an ISO date or time."""
    kept = "".join(c for c in moment[:19] if c.isdigit())
    return kept.ljust(8, "0").ljust(14, "0")
