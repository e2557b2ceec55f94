"""Phoenix: 26 tab-separated columns without a header, one row for each pair of parties."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.export import rules
from dragoman.export.gdelt import ROLES, quad_of
from dragoman.record.values import Actor, Event

COLUMNS = (
    "id_version", "date", "year", "month", "day", "source", "source_root", "source_agent", "source_others", "target",
    "target_root",
    "target_agent", "target_others", "code", "root_code", "quad_class", "goldstein", "issues", "lat", "lon",
    "placeName", "stateName", "countryName", "ids", "urls", "sources",
)  # fmt: skip


def lines(events: Iterator[Event]) -> Iterator[str]:
    """The file, line by line. Events without any day are left out."""
    for event, codes, mentions in rules.each(events):
        day = rules.day_of(event, mentions)
        if day is None:
            continue
        year, month, dom = day.split("-")
        place = event.location
        pages = list({m.page.id: m.page for m in mentions}.values())
        for source, target in rules.dyads(event):
            row = (
                f"{rules.number(event.id, *(a.code if a else '' for a in (source, target)))}_{rules.version()}",
                year + month + dom,
                year,
                month,
                dom,
                *_side(source),
                *_side(target),
                codes.cameo,
                codes.cameo[:2],
                str(quad_of(codes.cameo) or codes.quad_class),
                f"{codes.goldstein:.1f}",
                f"{event.issue},1" if event.issue else "",
                "" if place is None or place.latitude is None else f"{place.latitude:.5f}",
                "" if place is None or place.longitude is None else f"{place.longitude:.5f}",
                place.name or "" if place else "",
                "",
                place.country or "" if place else "",
                ";".join(f"{m.page.id}_{m.sentence}" for m in mentions),
                ";".join(p.url or p.file or p.sha256 for p in pages),
                ";".join(dict.fromkeys(p.outlet for p in pages if p.outlet)),
            )
            yield "\t".join(rules.shown(cell) for cell in row) + "\n"


def _side(actor: Actor | None) -> tuple[str, str, str, str]:
    """Code, root (country or organisation), agent (role), others."""
    if actor is None:
        return "", "", "", ""
    if rules.is_igo(actor):
        return actor.code.replace(":", ""), "IGO", "", actor.code[3:6]
    role = ROLES.get(actor.sector or "", actor.sector or "")
    return actor.country + role, actor.country, role, ""
