"""Envoys told apart by where they are sent: "the UN envoy to Syria", "l'émissaire de l'ONU pour la Libye"."""

from __future__ import annotations

import re

from dragoman.actors.registry import Registry

SENT = ("special_envoy", "un_special_envoy", "un_special_representative", "eu_special_representative",
        "us_special_representative", "au_special_envoy")  # fmt: skip
PARTED = re.compile(r",\s+|\s+and\s+|\s+or\s+")


def envoy_to(registry: Registry, sender: str, office: str, place: str, date: str) -> tuple[str, str] | None:
    """The person whom a state or organisation (id) had as its envoy for another state (id), and their office.

    The titles of the holdings tell it ("Special Envoy for Sudan and South Sudan"). Whoever holds just `office` goes
    before other envoys to the same state. None where the titles name nobody, or several.
    """
    held = (h for office in SENT for h in registry.holders(sender, office, date))
    sent = {(h.person, h.office) for h in held if place in _destinations(registry, h.title)}
    sent = {(person, held_office) for person, held_office in sent if held_office == office} or sent
    persons = {person for person, _ in sent}
    return min(sent) if len(persons) == 1 else None


def _destinations(registry: Registry, title: str) -> set[str]:
    """The ids of the states that an envoy's English title names behind its last "for" or "to"."""
    _, _, behind = re.sub(r"\b(?:for|to) (?!.*\b(?:for|to) )", "\0", title).partition("\0")
    found: set[str] = set()
    for part in PARTED.split(behind):
        name = part.removeprefix("the ").removesuffix(" Policy").strip()
        match = next(iter(registry.find(name, "en")), None)
        if match is not None and match.kind == "state" and (match.start, match.end) == (0, len(name)):
            found.update(match.ids)
    return found
