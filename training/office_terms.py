"""When a person held an office: one term from what several sources tell, and its end from who came after.

Precedence where sources speak of the same holding: the more precise date, then the source named first in `RANK`.
A holding without an end that is followed by another holder of the same single-holder office ends when that one starts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date

from training.office_sources import Fact

RANK = (
    "institute-for-government",
    "congress-legislators",
    "every-politician",
    "peppercat",
    "world-leaders-current",
    "editor",
    "world-leaders",
)
SINGLE = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "interior_minister",
        "finance_minister",
        "justice_minister",
        "parliament_speaker",
        "army_chief",
        "supreme_leader",
        "paramount_leader",
        "crown_prince",
        "ambassador_un",
        "national_security_adviser",
        "intelligence_chief",
        "central_bank_governor",
        "us_deputy_secretary_of_state",
        "us_under_secretary_political",
        "us_director_national_intelligence",
        "un_secretary_general",
        "eu_high_representative",
        "eu_commission_president",
        "eu_council_president",
        "nato_secretary_general",
    }
)
SHARED_OFFICE = frozenset({("SMR", "head_of_state"), ("AND", "head_of_state"), ("CHE", "foreign_minister")})


def later(date: str) -> str:
    """A date as the last day it can mean, for comparing."""
    return "9999" if date in ("", "..") else date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


def in_order(fact: Fact) -> bool:
    """Whether the holding does not end before it starts."""
    return not (fact.start and fact.end[:1].isdigit()) or fact.start[: len(fact.end)] <= fact.end


def near(one: str, two: str, months: int) -> bool:
    """Whether two dates can lie within so many months of each other; an unknown date is near everything."""
    if not re.match(r"\d", one) or not re.match(r"\d", two):
        return True
    coarse = min(len(one), len(two)) < 7

    def number(date: str) -> int:
        return int(date[:4]) * 12 + (int(date[5:7]) if len(date) >= 7 else 6)

    return abs(number(one) - number(two)) <= months + (12 if coarse else 0)


def same_holding(a: Fact, b: Fact) -> bool:
    if a.start and b.start:
        if near(a.start, b.start, 4):
            return True
        first, second = (a, b) if a.start <= b.start else (b, a)
        return a.source != b.source and second.start < later(first.end)[: len(second.start)]
    return a.start == b.start or near(a.end, b.end, 4)


def better_date(a: Fact, b: Fact, field: str) -> str:
    one, two = (a.end, b.end) if field == "end" else (a.start, b.start)
    if field == "end" and ".." in (one, two):
        other = two if one == ".." else one
        ongoing = a if one == ".." else b
        if re.match(r"\d", other):
            return (
                other
                if len(other) < 7 or other >= ongoing.as_of[: len(other)] or "editor" in (a.source, b.source)
                else ".."
            )
        return ".."
    if not one or not two:
        return one or two
    if len(one) != len(two):
        return one if len(one) > len(two) else two
    return one if RANK.index(a.source) <= RANK.index(b.source) else two


def merge_pair(a: Fact, b: Fact) -> Fact:
    if RANK.index(b.source) < RANK.index(a.source):
        a, b = b, a
    starts = sorted(x.start for x in (a, b) if x.start)
    start = better_date(a, b, "start")
    if len(starts) == 2 and not near(starts[0], starts[1], 4):
        start = starts[0]
    end = better_date(a, b, "end")
    if re.match(r"\d", a.end) and re.match(r"\d", b.end) and not near(a.end, b.end, 3):
        end = min(a.end, b.end)
    return replace(
        a,
        start=start,
        end=end,
        as_of=max(a.as_of, b.as_of),
        confidence=min(0.99, max(a.confidence, b.confidence) + 0.05),
        gender=a.gender or b.gender,
        born=max(a.born, b.born, key=len),
        died=max(a.died, b.died, key=len),
        title=a.title or b.title,
    )


def continuous(facts: list[Fact]) -> list[Fact]:
    """Joins the terms of one person in one office that a source lists one after the other."""
    terms: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        terms[fact.source, fact.country, fact.office, fact.person, fact.title].append(fact)
    joined: list[Fact] = []
    for run in terms.values():
        run.sort(key=lambda f: (f.start, f.end))
        for fact in run:
            last = joined[-1] if fact is not run[0] else None
            if (
                last
                and len(last.end) == 10
                and len(fact.start) == 10
                and (date.fromisoformat(fact.start) - date.fromisoformat(last.end)).days <= 31
            ):
                joined[-1] = replace(last, end=fact.end if fact.end in ("", "..") else max(last.end, fact.end))
            else:
                joined.append(fact)
    return joined


def merge(facts: list[Fact], report: list[str]) -> list[Fact]:
    """One fact a holding: the same person in the same office at the same time, told by several sources."""
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in continuous(facts):
        groups[fact.country, fact.office, fact.person].append(fact)
    merged = []
    for group in groups.values():
        kept: list[Fact] = []
        for fact in sorted(group, key=lambda f: (f.start or "0", RANK.index(f.source))):
            for i, other in enumerate(kept):
                if same_holding(other, fact):
                    if "editor" in (other.source, fact.source) and not (
                        near(other.start, fact.start, 3) and near(other.end, fact.end, 3)
                    ):
                        report.append(
                            f"{fact.country} {fact.office} {fact.name}: {other.source} {other.start}/{other.end}"
                            f" against {fact.source} {fact.start}/{fact.end}"
                        )
                    kept[i] = merge_pair(other, fact)
                    break
            else:
                kept.append(fact)
        merged.extend(kept)
    return merged


def close_open_ends(facts: list[Fact]) -> list[Fact]:
    """Ends what a successor ended; marks the last holder of a source as still in office when it was taken."""
    chains: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        title = "" if fact.office in SINGLE else fact.title
        chains[fact.country, fact.office, title].append(fact)
    closed = []
    for (country, office, _), chain in chains.items():
        chain.sort(key=lambda f: (f.start, f.end))
        for fact in chain:
            if fact.end in ("", "..") and fact.start and office in SINGLE and (country, office) not in SHARED_OFFICE:
                nexts = [
                    f
                    for f in chain
                    if f.person != fact.person
                    and later(f.start) > later(fact.start)
                    and f.start > fact.start
                    and f.source != "world-leaders"
                ]
                limit = fact.as_of if fact.end == ".." else ""
                nexts = [f for f in nexts if f.start > limit[: len(f.start)]]
                if nexts:
                    known = fact.end == "" or nexts[0].source == "editor" or near(limit, nexts[0].start, 3)
                    in_gap = nexts[0].source == "peppercat" and nexts[0].start > "2022-08"
                    fact = replace(
                        fact,
                        end="" if in_gap or not known else nexts[0].start,
                        confidence=round(fact.confidence - 0.1, 2),
                    )
                elif fact.end == "" and fact.source == "every-politician" and fact.start > "2012":
                    fact = replace(fact, end="..")
            elif fact.end == "" and fact.source == "every-politician" and fact.start > "2019":
                fact = replace(fact, end="..")
            closed.append(fact)
    return closed


def lengthened(facts: list[Fact], told: list[Fact]) -> list[Fact]:
    """Gives a holding that a source ends too early (a cabinet that was only reshuffled) the editor's later end, where
    nobody else took the office in between."""
    by_editor: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in told:
        if fact.source == "editor" and fact.office in SINGLE and fact.start and re.match(r"\d", fact.end):
            by_editor[fact.country, fact.office, fact.person].append(fact)
    starts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for fact in facts:
        starts[fact.country, fact.office].append((fact.start, fact.person))
    result = []
    for fact in facts:
        for other in by_editor.get((fact.country, fact.office, fact.person), ()):
            if (
                not re.match(r"\d", fact.end)
                or not other.start[:4] <= fact.end[:4]
                or later(other.end) <= later(fact.end)
            ):
                continue
            if not any(
                person != fact.person and fact.start < start and later(start) >= fact.end[:7] and start < other.end[:7]
                for start, person in starts[fact.country, fact.office]
            ):
                fact = replace(fact, end=other.end, as_of=max(fact.as_of, other.as_of))
        result.append(fact)
    return result
