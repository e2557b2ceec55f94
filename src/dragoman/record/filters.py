"""Which events are asked for: one value that the Python API, the commands, the web pages and HTTP share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, Self, TypedDict, get_args

from dragoman.record.days import bounds
from dragoman.record.errors import FilterError

Order = Literal["newest", "oldest", "sources", "disputed", "added"]
ORDERS: tuple[Order, ...] = get_args(Order)
STATUSES = ("occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated")
LONGEST = 500  # characters of one value
MOST = 50  # values of one field

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_COUNTRY = re.compile(r"[A-Z]{3}(?:[A-Z]{3})?")  # an organisation (IGOEUR) stands for its territory
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Wanted(TypedDict, total=False):
    """The fields of an `EventFilter` as keywords (`Record.events(actor="MAR", since="2020-01")`)."""

    actor: str | Sequence[str] | None
    other: str | None
    source: str | None
    target: str | None
    type: str | Sequence[str] | None
    mode: str | Sequence[str] | None
    status: str | Sequence[str] | None
    quad_class: int | str | Sequence[int | str] | None
    since: str | None
    until: str | None
    place: str | Sequence[str] | None
    country: str | Sequence[str] | None
    text: str | None
    language: str | Sequence[str] | None
    outlet: str | Sequence[str] | None
    min_sources: int | str | None
    disputed: bool | str | None
    wrong: bool | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What events must have to be in an answer; an empty filter wants all but those judged wrong.

    `actor`, `other`: country (`MAR`), code (`MAR:GOV`, `IGOUNO`), Wikidata id or name; all that are given must take
    part, on either side. `source`, `target`: the same, on that side. `since`, `until`: YYYY[-MM[-DD]], both
    included; events without a date are left out then. `place`: ISO3 country or name of a place. `text`: words that a
    page of it must have, a part in double quotes as a phrase. `language`, `outlet`: of a page that reports it.
    `min_sources`: at least so many independent sources. `disputed`: only events on which sources differ. `wrong`:
    also events judged wrong. Other fields of several values (a string is one) match any of them.

    Raises FilterError, a ValueError, naming the field and what it may be.
    """

    actor: tuple[str, ...] = ()
    other: str | None = None
    source: str | None = None
    target: str | None = None
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    quad_class: tuple[int, ...] = ()
    since: str | None = None
    until: str | None = None
    place: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    text: str | None = None
    language: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    min_sources: int = 0
    disputed: bool = False
    wrong: bool = False

    def __post_init__(self) -> None:
        for name in ("other", "source", "target", "text"):
            if getattr(self, name) is not None:
                self._set(name, _text(name, getattr(self, name)))
        for name in ("since", "until"):
            if getattr(self, name) is not None:
                self._set(name, _date(name, getattr(self, name)))
        if self.since and self.until:
            first, last = bounds(self.since), bounds(self.until)
            if first and last and first[0] > last[1]:
                raise FilterError("since", f"since {self.since} is after until {self.until}; exchange them.")
        self._each("actor", lambda v: v)
        self._each("place", lambda v: v)
        self._each("type", lambda v: _matching("type", v.upper(), _WORD, "AGREE, AID …"))
        self._each("mode", lambda v: _matching("mode", v.lower(), _WORD, "visit, phone …"))
        self._each("status", lambda v: _one_of("status", v.lower(), STATUSES))
        self._each("quad_class", lambda v: int(_one_of("quad_class", v, "1234")))
        self._each("country", lambda v: _matching("country", v.upper(), _COUNTRY, "a code of ISO 3166-1: MAR, USA …"))
        self._each("language", lambda v: _matching("language", v.lower(), _LANGUAGE, "en, fr, ar or es"))
        self._each("outlet", lambda v: v)
        self._set("min_sources", _number("min_sources", self.min_sources))
        for name in ("disputed", "wrong"):
            self._set(name, _truth(name, getattr(self, name)))

    def _set(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def _each(self, name: str, check: Callable[[str], Any]) -> None:
        """Set a field of several values: each checked, blanks and doubles left out, in the order given."""
        given = getattr(self, name)
        if given == ():
            return
        values = [given] if isinstance(given, str | int) else list(given or ())
        texts = (_text(name, str(value)) for value in values)
        found = tuple(dict.fromkeys(check(text) for text in texts if text))
        if len(found) > MOST:
            raise FilterError(name, f"{name} has {len(found)} values; give {MOST} at the most.")
        self._set(name, found)

    @classmethod
    def of(cls, wanted: EventFilter | Mapping[str, Any] | None = None, fields: Mapping[str, Any] | None = None) -> Self:
        """A filter from one, from a mapping or from keywords; `fields` win over those of `wanted`.

        None stands for a field that is not asked for. Raises FilterError for a name that is no field.
        """
        given: dict[str, Any] = {}
        for part in (wanted, fields):
            given |= part.values() if isinstance(part, EventFilter) else dict(part or {})
        if not given.keys() <= _DEFAULTS.keys():
            unknown = sorted(given.keys() - _DEFAULTS.keys())
            raise FilterError(
                unknown[0], f"Events cannot be filtered by {unknown[0]!r}; these can be given: {', '.join(FIELDS)}."
            )
        return cls(**{name: value for name, value in given.items() if value is not None})

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """A filter from the query of a URL, where a name may stand several times. Raises FilterError."""
        given: dict[str, Any] = {}
        for name, value in pairs:
            if name in given and name not in SEVERAL:
                raise FilterError(name, f"{name} is given twice; give it once")
            given.setdefault(name, []).append(value)
        return cls.of({name: v if name in SEVERAL else v[0] for name, v in given.items()})

    def values(self) -> dict[str, Any]:
        """The fields that say something, by name."""
        return {name: v for name, default in _DEFAULTS.items() if (v := getattr(self, name)) != default}

    def parameters(self) -> Iterator[tuple[str, str]]:
        """The filter as the query of a URL: (name, value) in a fixed order, one pair a value."""
        for name, value in self.values().items():
            for one in value if isinstance(value, tuple) else (value,):
                yield name, "1" if one is True else str(one)

    def __bool__(self) -> bool:
        """True where anything is asked for at all."""
        return bool(self.values())


_DEFAULTS = {f.name: f.default for f in fields(EventFilter)}
FIELDS = tuple(_DEFAULTS)
SEVERAL = frozenset(f.name for f in fields(EventFilter) if f.default == ())


def _text(name: str, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise FilterError(name, f"{name} is a text, not {value!r}.")
    value = value.strip()
    if len(value) > LONGEST:
        raise FilterError(name, f"{name} has {len(value)} characters; give {LONGEST} at the most.")
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise FilterError(name, f"{name} has characters that no text has (NUL or half a surrogate pair).")
    return value or None


def _date(name: str, value: Any) -> str | None:
    found = _text(name, value)
    if found is not None and ("/" in found or ".." in found or bounds(found) is None):
        raise FilterError(name, f"{name}: {found!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    return found


def _matching(name: str, value: str, pattern: re.Pattern[str], such_as: str) -> str:
    if not pattern.fullmatch(value):
        raise FilterError(name, f"{name}: {value!r} cannot be one; write {such_as}.")
    return value


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise FilterError(name, f"{name}: {value!r} is none; there are: {', '.join(known)}.")
    return value


def _number(name: str, value: Any) -> int:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FilterError(name, f"{name}: {value!r} is no number; write 0, 1, 2 …")
    return value


def _truth(name: str, value: Any) -> bool:
    known = {"": False, "0": False, "false": False, "no": False, "1": True, "true": True, "yes": True, "on": True}
    found = value if isinstance(value, bool) else known.get(str(value).strip().lower())
    if found is None:
        raise FilterError(name, f"{name}: {value!r} is neither true nor false; write 1 or 0.")
    return found
