"""One event from its mentions' words: the best value of every field, and all values with who says so.

A value is as strong as the number of independent families that give it. A more precise value is no contradiction of a
less precise one ("29 July", "in July"), and a plan is none of the deed; anything else that differs is a disagreement
and stays visible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from dragoman.record.days import bounds

DISPUTED = ("date", "status", "place", "country", "sources", "targets", "numbers")
_STATUS_RANK = {"occurred": 0, "ongoing": 1, "cancelled": 2, "planned": 3, "negated": 4, "hypothetical": 5}
_PRECISION_RANK = {"day": 3, "interval": 2, "month": 1, "year": 0, None: -1}
_SHARE = 1 / 3  # an actor that fewer than this share of the families name is left to the disagreements


@dataclass(frozen=True, slots=True)
class Told:
    """What one mention tells, with the family of its page. `actors`: (side, actor row id, country, is a person,
    office).
    """

    mention: int
    key: str
    family: int
    published: str
    confidence: float
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    quad_class: int
    goldstein: float
    score: float
    symmetric: bool
    date: str | None
    precision: str | None
    status: str
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    issue: str | None
    language: str
    page: int
    actors: tuple[tuple[str, int, str, bool, str | None], ...]
    numbers: tuple[str, ...] = ()
    day_named: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, with the mentions that give it and why it was or was not taken."""

    field: str
    value: str
    families: int
    mentions: tuple[int, ...]
    best: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """An event as a whole. `values` holds every field on which the mentions differ."""

    lead: Told
    event_type: Told
    date: str | None
    precision: str | None
    status: str
    place: Told | None
    country: str | None
    issue: str | None
    actors: tuple[tuple[str, int, str | None], ...]
    confidence: float
    families: int
    pages: int
    languages: tuple[str, ...]
    values: tuple[Value, ...] = field(default=())
    disagreements: int = 0


def summarise(told: Sequence[Told]) -> Summary:
    """The event that `told` (at least one) tells of."""
    told = sorted(told, key=lambda t: (t.published or "9999", t.key))
    values: list[Value] = []
    kind = _pick(told, "event_type", lambda t: t.event_type, values)
    fine = [t for t in told if t.event_type == kind]
    mode = _pick([t for t in fine if t.mode], "mode", lambda t: t.mode, values)
    typed = _precise([t for t in fine if t.mode == mode] or fine)
    date = _date(told, values)
    status = _status(told, values)
    country = _pick([t for t in told if t.country], "country", lambda t: t.country, values)
    placed = [t for t in told if t.place and (not country or t.country == country)]
    place = _pick(placed, "place", lambda t: t.place, values)
    at = next((t for t in placed if t.place == place), None) or next(
        (t for t in told if country and t.country == country), None
    )
    issue = _pick([t for t in told if t.issue], "issue", lambda t: t.issue, values)
    actors = _actors(told, values)
    _numbers(told, values)
    unsure = 1.0
    for family in _by_family(told).values():
        unsure *= 1.0 - max(t.confidence for t in family)
    lead = max(told, key=lambda t: (t.date == date, t.status == status, t.event_type == kind, t.confidence))
    disputed = {v.field for v in values if v.field in DISPUTED and not v.best and not v.reason.startswith("agrees")}
    return Summary(
        lead=lead,
        event_type=typed,
        date=date,
        precision=next((t.precision for t in told if t.date == date), None),
        status=status,
        place=at,
        country=country,
        issue=issue,
        actors=actors,
        confidence=round(min(0.99, 1.0 - unsure), 4),
        families=len(_by_family(told)),
        pages=len({t.page for t in told}),
        languages=tuple(sorted({t.language for t in told})),
        values=tuple(values),
        disagreements=len(disputed),
    )


def _by_family(told: Sequence[Told]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for t in told:
        found[t.family].append(t)
    return found


def _groups(told: Sequence[Told], get: Callable[[Told], Hashable]) -> dict[Hashable, list[Told]]:
    found: dict[Hashable, list[Told]] = defaultdict(list)
    for t in told:
        found[get(t)].append(t)
    return found


def _families(told: Sequence[Told]) -> int:
    return len({t.family for t in told})


def _mentions(told: Sequence[Told]) -> tuple[int, ...]:
    return tuple(sorted(t.mention for t in told))


def _say(families: int) -> str:
    return "1 independent source" if families == 1 else f"{families} independent sources"


def _pick(told: Sequence[Told], name: str, get: Callable[[Told], str | None], values: list[Value]) -> str | None:
    """The value with the most independent families, then the most confident, then the first published."""
    groups = _groups(told, get)
    if not groups:
        return None
    ranked = sorted(
        groups.items(),
        key=lambda g: (-_families(g[1]), -max(t.confidence for t in g[1]), told.index(g[1][0]), str(g[0])),
    )
    if len(ranked) > 1:
        for i, (value, members) in enumerate(ranked):
            why = f"given by {_say(_families(members))}" + (", the most" if not i else "")
            values.append(Value(name, str(value), _families(members), _mentions(members), not i, why))
    return str(ranked[0][0])


def _precise(told: Sequence[Told]) -> Told:
    """The first of those whose CAMEO code most families give; a code that leaves the kind open (050, 020) gives way to
    one that names it (057).
    """
    groups = _groups(told, lambda t: t.cameo)
    return min(groups.items(), key=lambda g: (str(g[0]).endswith("0"), -_families(g[1]), told.index(g[1][0])))[1][0]


def _date(told: Sequence[Told], values: list[Value]) -> str | None:
    """The most precise date that most families allow and more give than any date at odds with it.

    Where there is none, the date that the most families allow.
    """
    dates = _Dates(told)
    ranked = dates.ranked()
    if not ranked:
        return None
    best = ranked[0]
    if len(ranked) > 1:
        for v in ranked:
            members = dates.groups[v]
            values.append(Value("date", str(v), dates.own[v], _mentions(members), v == best, dates.why(v, best)))
    return str(best)


class _Dates:
    """The dates that are told: by whom, how many families give each one themselves, and how many allow it."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.groups = groups = _groups([t for t in told if t.date], lambda t: t.date)
        self._spans = {value: bounds(str(value)) for value in groups}
        self.own = {v: _families(members) for v, members in groups.items()}
        self._support = {
            v: _families([t for other in groups if self._agree(v, other) for t in groups[other]]) for v in groups
        }

    def ranked(self) -> list[Hashable]:
        """All dates, the best first."""
        total = _families([t for members in self.groups.values() for t in members])
        ahead = {v for v in self.groups if 2 * self._support[v] > total and self.own[v] > self._against(v)}
        return sorted(
            self.groups,
            key=lambda v: (
                v not in ahead,
                0 if v in ahead else -self._support[v],
                not self._is_named(v),
                -self._precision(v),
                -self.own[v],
                -max(t.confidence for t in self.groups[v]),
                str(v),
            ),
        )

    def why(self, value: Hashable, best: Hashable) -> str:
        """What speaks for a date beside the best one."""
        if value == best:
            said = f"allowed by {_say(self._support[value])}, the most precise of these"
        elif self._agree(value, best):
            vaguer = self._precision(value) < self._precision(best)
            said = f"agrees with {best}" + (", less precise" if vaguer else "")
        else:
            said = f"given by {_say(self.own[value])}"
        return said if self._is_named(value) else said + "; the story's day, the clause names none"

    def _agree(self, a: Hashable, b: Hashable) -> bool:
        one, two = self._spans[a], self._spans[b]
        if a == b or one is None or two is None:
            return a == b
        return (one[0] <= two[0] and two[1] <= one[1]) or (two[0] <= one[0] and one[1] <= two[1])

    def _against(self, value: Hashable) -> int:
        """How many families give the date, of those at odds with `value`, that most give."""
        return max((self.own[o] for o in self.groups if not self._agree(value, o)), default=0)

    def _precision(self, value: Hashable) -> int:
        return _PRECISION_RANK.get(self.groups[value][0].precision, -1)

    def _is_named(self, value: Hashable) -> bool:
        return any(t.day_named for t in self.groups[value])


def _status(told: Sequence[Told], values: list[Value]) -> str:
    """The status most families give; but a plan gives way to a later report of the deed."""
    groups = {str(k): v for k, v in _groups(told, lambda t: t.status).items()}
    done = [s for s in ("occurred", "ongoing", "cancelled") if s in groups]
    latest = {s: max((t.published or "" for t in members), default="") for s, members in groups.items()}
    superseded = {s for s in ("planned", "hypothetical") if s in groups and any(latest[d] >= latest[s] for d in done)}
    ranked = sorted(groups, key=lambda s: (s in superseded, -_families(groups[s]), _STATUS_RANK.get(s, 9)))
    best = ranked[0]
    if len(ranked) > 1:
        for s in ranked:
            members = groups[s]
            if s == best:
                why = f"given by {_say(_families(members))}"
            elif s in superseded:
                why = f"agrees with {best}: announced before"
            elif {s, best} == {"occurred", "ongoing"}:
                why = f"agrees with {best}: reported while it lasted"
            else:
                why = f"given by {_say(_families(members))}"
            values.append(Value("status", s, _families(members), _mentions(members), s == best, why))
    return best


def _actors(told: Sequence[Told], values: list[Value]) -> tuple[tuple[str, int, str | None], ...]:
    """(side, actor, office) of all actors that enough families name; a person stands before the bare country."""
    symmetric = any(t.symmetric for t in told)
    home: dict[str, str] = {}
    if symmetric:  # which side a party stands on means nothing: the first account decides
        for t in told:
            for side, _, country, _, _ in t.actors:
                home.setdefault(country, side)
    backing: dict[tuple[str, str], set[int]] = defaultdict(set)
    persons: dict[tuple[str, str], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    bare: dict[tuple[str, str], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    offices: dict[int, str | None] = {}
    for t in told:
        for side, actor, country, is_person, office in t.actors:
            slot = (home.get(country, side), country)
            backing[slot].add(t.family)
            (persons if is_person else bare)[slot][actor].add(t.family)
            if office or actor not in offices:
                offices[actor] = office or offices.get(actor)
    total = _families(told)
    chosen: list[tuple[str, int, str | None]] = []
    for side in ("source", "target"):
        slots = [s for s in backing if s[0] == side and s[1]] or [s for s in backing if s[0] == side]
        most = max((len(backing[s]) for s in slots), default=0)
        kept = [s for s in slots if len(backing[s]) >= min(most, _SHARE * total)]
        for slot in kept:
            people = [a for a, f in persons[slot].items() if len(f) >= _SHARE * total or len(persons[slot]) == 1]
            named = bare[slot] or persons[slot]
            people = people or [max(named, key=lambda a, named=named: len(named[a]))]  # type: ignore[misc]
            chosen.extend((side, a, offices.get(a)) for a in people)
        _parties(told, side, home, {s[1] for s in kept}, values)
    return tuple(chosen)


def _parties(told: Sequence[Told], side: str, home: dict[str, str], kept: set[str], values: list[Value]) -> None:
    """Keep what the mentions say about who stands on `side`, where they differ; `kept` countries were taken."""
    groups: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for t in told:
        if named := tuple(sorted(_countries(t, side, home))):
            groups[named].append(t)
    if len(groups) < 2:
        return
    taken = "; ".join(sorted(kept))
    for named, members in sorted(groups.items(), key=lambda g: (-_families(g[1]), g[0])):
        fewer = set(named) < kept
        why = f"agrees with {taken}, names fewer" if fewer else f"given by {_say(_families(members))}"
        best = set(named) == kept
        values.append(Value(side + "s", "; ".join(named), _families(members), _mentions(members), best, why))


def _countries(told: Told, side: str, home: dict[str, str]) -> set[str]:
    return {c for s, _, c, _, _ in told.actors if c and home.get(c, s) == side}


def _numbers(told: Sequence[Told], values: list[Value]) -> None:
    """Figures are kept as they are told; none is best where sources differ."""
    groups = _groups([t for t in told if t.numbers], lambda t: ", ".join(t.numbers))
    sets = [set(str(v).split(", ")) for v in groups]
    if len(groups) > 1 and any(not a & b for a in sets for b in sets):
        most = max(_families(m) for m in groups.values())
        for value, members in sorted(groups.items(), key=lambda g: (-_families(g[1]), str(g[0]))):
            why = f"given by {_say(_families(members))}"
            alone = sum(_families(m) == most for m in groups.values()) == 1
            values.append(
                Value(
                    "numbers",
                    str(value),
                    _families(members),
                    _mentions(members),
                    alone and _families(members) == most,
                    why,
                )
            )
