"""Counts what the actor files know and writes it between the `<!-- knowledge -->` marks of docs/data.md.

    python docs/refresh_data.py

Everything is counted from `src/dragoman/actors/data`; a test holds the page to it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dragoman.actors.tables import DATA, LANGUAGES, read_rows

PAGE = Path(__file__).parent / "data.md"
MARKED = re.compile(r"(<!-- knowledge -->\n).*?(<!-- /knowledge -->)", re.S)
PERIODS = ((1990, 1999), (2000, 2009), (2010, 2019), (2020, 2025))
LATEST = PERIODS[-1][1]
OFFICES = (
    ("head_of_state", "heads of state"),
    ("head_of_government", "heads of government"),
    ("foreign_minister", "foreign ministers"),
    ("defence_minister", "defence ministers"),
    ("interior_minister", "interior ministers"),
    ("finance_minister", "finance ministers"),
    ("army_chief", "military chiefs"),
    ("central_bank_governor", "central-bank governors"),
    ("ambassador_un", "ambassadors at the United Nations"),
)
POSTS = (
    ("un_special_representative", "UN special representatives"),
    ("un_special_envoy", "UN special envoys"),
    ("eu_special_representative", "EU special representatives"),
    ("special_envoy", "special envoys of states"),
    ("ambassador", "ambassadors"),
    ("foreign_ministry_spokesperson", "spokespersons of foreign ministries"),
    ("opposition_leader", "opposition leaders"),
    ("rebel_leader", "rebel leaders"),
    ("intelligence_chief", "heads of intelligence"),
)
Row = Sequence[object]


def rows(table: str, file: str = "") -> list[list[str]]:
    """The rows of a file of the actor data."""
    return list(read_rows(DATA / (file or f"{table}.tsv"), table))


def table(head: Row, body: Iterable[Row]) -> str:
    """A Markdown table, numbers to the right."""
    lines = [list(map(str, head)), ["---", *["--:"] * (len(head) - 1)]]
    lines += [[f"{c:,}" if isinstance(c, int) else str(c) for c in row] for row in body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def years(start: str, end: str, as_of: str) -> range:
    """The years that a holding surely touches; an unknown end counts as the year it began."""
    last = as_of if end == ".." else end
    return range(int(start[:4]), max(int(start[:4]), int(last[:4] or start[:4])) + 1) if start else range(0)


def covered(office: str, holdings: Sequence[Sequence[str]]) -> dict[str, set[int]]:
    """For each country the years in which some holder of an office is known."""
    found: dict[str, set[int]] = defaultdict(set)
    for _, country, key, _, start, end, _, as_of, _ in holdings:
        if key == office:
            found[country].update(years(start, end, as_of))
    return found


def asked(states: Sequence[Sequence[str]]) -> dict[str, range]:
    """The states of today with the years since 1990 in which they existed."""
    return {s[0]: range(max(1990, int(s[7][:4] or 1900)), LATEST + 1) for s in states if s[9] == "state"}


def share(known: Mapping[str, set[int]], wanted: Mapping[str, range], first: int, last: int) -> str:
    """The part of the country-years of a period in which a holder is known."""
    pairs = [(c, y) for c, span in wanted.items() for y in span if first <= y <= last]
    return f"{sum(y in known.get(c, ()) for c, y in pairs) / len(pairs):.0%}"


def knowledge() -> str:
    """The counted part of the page."""
    states, organisations, persons = rows("states"), rows("organisations"), rows("persons")
    holdings, names = rows("holdings"), {lang: rows("names", f"names/{lang}.tsv") for lang in LANGUAGES}
    regions = {s[0]: s[10] for s in states}
    wanted = asked(states)
    parts = ["### States and territories\n", _states(states), "### Organisations and groups\n"]
    parts += [_organisations(organisations, names), "### Names by language\n", _names(names)]
    parts += ["### Who held which office\n", _coverage(holdings, wanted)]
    parts += ["The same for foreign ministers, by region:\n", _regions(holdings, wanted, regions)]
    parts += ["Offices that many hold or that change often, and whose gaps cannot be counted:\n", _posts(holdings)]
    parts += ["### Persons\n", _persons(persons, regions), "### Agreements and places\n", _things()]
    parts += ["### Where the terms of office come from\n", _sources(holdings), "### Known gaps\n"]
    parts += [_gaps(holdings, wanted)]
    return "\n".join(parts)


def _states(states: Sequence[Sequence[str]]) -> str:
    kinds = ("state", "partly-recognised", "territory", "former")
    count = Counter((s[10], s[9]) for s in states)
    order = sorted({s[10] for s in states}, key=lambda r: (-sum(count[r, k] for k in kinds), r))
    body = [(r, *(count[r, k] for k in kinds)) for r in order]
    return table(("region", *kinds), [*body, ("all", *(sum(count[r, k] for r in order) for k in kinds))])


def _organisations(organisations: Sequence[Sequence[str]], names: Mapping[str, Sequence[Sequence[str]]]) -> str:
    named = {lang: {r[0] for r in found} for lang, found in names.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for o in organisations:
        groups[o[2]].append(o[0])
    order = sorted(groups, key=lambda k: (-len(groups[k]), k))
    body = [(k, len(groups[k]), *(sum(i in named[g] for i in groups[k]) for g in LANGUAGES)) for k in order]
    total = ("all", *(sum(int(str(row[n])) for row in body) for n in range(1, 6)))
    return table(("kind", "all", *(f"named in {g}" for g in LANGUAGES)), [*body, total])


def _names(names: Mapping[str, Sequence[Sequence[str]]]) -> str:
    kinds = (("name", "names"), ("abbr", "abbreviations"), ("adj", "adjectives"), ("people", "peoples"))
    kinds += (("capital", "capitals"), ("seat", "seats of power"))
    alone = Counter((r[1], r[3]) for r in rows("person_names"))
    body: list[Row] = [(say, *(sum(r[1] == k for r in names[g]) for g in LANGUAGES)) for k, say in kinds]
    for kind, say in (("full", "persons, full"), ("family", "persons, family name"), ("alias", "persons, other")):
        body.append((say, *(alone[g, kind] + (alone["*", kind] if g == "en" else 0) for g in LANGUAGES)))
    return (
        table(("forms", *LANGUAGES), body)
        + "\nFull names of persons in Latin letters are those of the table of persons, and serve English, French and "
        "Spanish alike; under `en` stand the other forms that all three share.\n"
    )


def _coverage(holdings: Sequence[Sequence[str]], wanted: Mapping[str, range]) -> str:
    body = []
    for key, say in OFFICES:
        known = covered(key, holdings)
        countries = sum(bool(known.get(c)) for c in wanted)
        body.append((say, countries, *(share(known, wanted, *period) for period in PERIODS)))
    head = ("office", f"of {len(wanted)} states", *(f"{a}–{b}" for a, b in PERIODS))
    said = "How many states have any holder, and in how many of their years in each period one is known:\n\n"
    return said + table(head, body) + "\nA state without the office (a president who heads the government) counts.\n"


def _regions(holdings: Sequence[Sequence[str]], wanted: Mapping[str, range], regions: Mapping[str, str]) -> str:
    known = covered("foreign_minister", holdings)
    body = []
    for region in sorted({regions[c] for c in wanted}):
        here = {c: span for c, span in wanted.items() if regions[c] == region}
        body.append((region, *(share(known, here, *period) for period in PERIODS)))
    return table(("region", *(f"{a}–{b}" for a, b in PERIODS)), body)


def _posts(holdings: Sequence[Sequence[str]]) -> str:
    body = []
    for key, say in POSTS:
        held = [h for h in holdings if h[2] == key]
        begun = (sum(a <= int(h[4][:4] or 0) <= b for h in held) for a, b in PERIODS)
        body.append((say, len(held), *begun))
    return table(("office", "terms", *(f"begun {a}–{b}" for a, b in PERIODS)), body)


def _persons(persons: Sequence[Sequence[str]], regions: Mapping[str, str]) -> str:
    arabic = {r[0] for r in rows("person_names") if r[1] == "ar"}
    groups: dict[str, list[str]] = defaultdict(list)
    for p in persons:
        groups[regions.get(p[5], "international")].append(p[0])
    order = sorted(groups, key=lambda k: (-len(groups[k]), k))
    body = [
        (k, len(groups[k]), sum(i in arabic for i in groups[k]), sum(i[0] == "Q" for i in groups[k])) for k in order
    ]
    total = ("all", *(sum(int(str(row[n])) for row in body) for n in (1, 2, 3)))
    return table(("region", "persons", "with Arabic names", "with a Wikidata id"), [*body, total])


def _things() -> str:
    agreements, places = rows("agreements"), rows("places")
    body: list[Row] = [
        (kind, n, *(sum(bool(a[6 + i]) for a in agreements if a[1] == kind) for i in range(4)))
        for kind, n in Counter(a[1] for a in agreements).most_common()
    ]
    body.append(("place", len(places), *(sum(bool(p[8 + i]) for p in places) for i in range(4))))
    return table(("kind", "all", *(f"named in {g}" for g in LANGUAGES)), body)


def _sources(holdings: Sequence[Sequence[str]]) -> str:
    count = Counter(h[6] for h in holdings)
    unsure: Counter[str] = Counter(h[6] for h in holdings if not h[4] or not h[5])
    body = [(f"`{s}`", n, unsure[s]) for s, n in count.most_common()]
    return table(("source", "terms", "with an unknown end or start"), body)


def _gaps(holdings: Sequence[Sequence[str]], wanted: Mapping[str, range]) -> str:
    lines = []
    for key, say in OFFICES[2:4]:
        known = covered(key, holdings)
        none = sorted(c for c in wanted if not any(y >= 2005 for y in known.get(c, ())))
        lines.append(f"- No {say} since 2005 ({len(none)} states): {', '.join(none) or 'none'}.")
    heads = {c: covered("head_of_state", holdings)[c] | covered("head_of_government", holdings)[c] for c in wanted}
    late = sorted(c for c, span in wanted.items() if min(heads[c] & set(span), default=LATEST) > span[0] + 1)
    lines.append(f"- Neither head of state nor of government known at first ({len(late)} states): {', '.join(late)}.")
    return "\n".join(lines) + "\n"


def refreshed(page: str) -> str:
    """The page with its counted part made new."""
    counted = knowledge()
    return MARKED.sub(lambda m: f"{m[1]}{counted}{m[2]}", page)


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text("utf-8")), "utf-8")
