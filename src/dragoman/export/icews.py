"""ICEWS: 20 tab-separated columns with a header, one row for each pair of parties (so Event ID repeats, as in
ICEWS itself).
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.export import rules
from dragoman.record.values import Actor, Event

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
# The sectors of ICEWS's dictionaries that stand for a PLOVER sector.
_SECTORS = {
    "AGR": "Agriculture",
    "BUS": "Business",
    "COP": "Police",
    "CRM": "Criminals / Gangs",
    "CVL": "General Population / Civilian / Social",
    "EDU": "Education",
    "ELI": "Elite",
    "GOV": "Government",
    "JRN": "Media",
    "JUD": "Judicial",
    "LAB": "Labor",
    "LEG": "Legislative / Parliamentary",
    "MED": "Medical / Health",
    "MIL": "Military",
    "OPP": "Opposition",
    "PRM": "Paramilitary",
    "PTY": "Parties",
    "REB": "Rebel",
    "REF": "Refugees / Displaced",
    "REL": "Religious",
    "SOC": "Social",
    "SPY": "State Intelligence",
    "UAF": "Unidentified Armed Force",
}


def lines(events: Iterator[Event]) -> Iterator[str]:
    """The file, line by line. Events without any day are left out: ICEWS has no empty dates."""
    yield "\t".join(COLUMNS) + "\n"
    for event, codes, mentions in rules.each(events):
        day = rules.day_of(event, mentions)
        if day is None:
            continue
        place, first = event.location, mentions[0]
        where = (
            place.name if place else "",
            "",
            "",
            rules.country_name(place.country) if place and place.country else "",
            "" if place is None or place.latitude is None else f"{place.latitude:.5f}",
            "" if place is None or place.longitude is None else f"{place.longitude:.5f}",
        )
        for source, target in rules.dyads(event):
            row = (
                str(rules.number(event.id)), day, *_side(source), rules.cameo_name(codes.cameo), codes.cameo,
                f"{codes.goldstein:.1f}", *_side(target), str(first.page.id), str(first.sentence), first.page.outlet or
                "", *where,
            )  # fmt: skip
            yield "\t".join(rules.shown(cell) for cell in row) + "\n"


def _side(actor: Actor | None) -> tuple[str, str, str]:
    if actor is None:
        return "", "", ""
    sector = "International Government Organization" if rules.is_igo(actor) else _SECTORS.get(actor.sector or "", "")
    country = "" if rules.is_igo(actor) else rules.country_name(actor.country)
    return rules.actor_name(actor), sector, country
