"""Passages of our own with every event marked: what the reader of whole sentences is trained on.

    python training/passages.py training/passages/en            # check, count

A file holds passages, one after the other, each of a few lines:

    P africa 1990s feature
    T Kampala showed the Sudanese chargé the door on Tuesday. It had warned him twice to mind his own business.
    E SANCTION:expel occurred | showed … the door | Kampala | the Sudanese chargé
    E REQUEST:change occurred | warned | It | him

`P` is region, decade and genre; `T` the text, one to six sentences as a newspaper would print them; `E` an event: type
and mode, status, the words that tell the act, who does it, to whom. Words stand as in the text; `…` joins two parts of
a predicate, `+` several actors, `-` is nobody named. Of words that stand more than once the occurrence nearest to the
predicate is meant (for a predicate: the first), or the one counted behind `#`: `it#2`. A passage without events has no
`E` line: it names states and people, and tells nothing that states do to one another.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook import load

STATUSES = ("occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a passage; spans are code points of its text."""

    type: str
    mode: str | None
    status: str
    predicate: tuple[Span, ...]
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and all that is told in it."""

    place: str  # file:line, for messages
    heading: str
    text: str
    events: tuple[Told, ...]


class PassageError(ValueError):
    """A line that cannot be read; the message names file and line."""


def read_folder(folder: Path) -> list[Passage]:
    """All passages of the `*.txt` of a folder; raises `PassageError` at the first line that cannot be read."""
    passages, complaints = check_folder(folder)
    if complaints:
        raise PassageError(complaints[0])
    return passages


def check_folder(folder: Path) -> tuple[list[Passage], list[str]]:
    """The passages that can be read, and what is wrong with the others."""
    modes = frozenset(load().modes)
    passages, complaints = [], []
    for path in sorted(folder.glob("*.txt")):
        for place, lines in _blocks(path):
            try:
                passages.append(_passage(place, lines, modes))
            except PassageError as wrong:
                complaints.append(str(wrong))
    return passages, complaints


def _blocks(path: Path) -> Iterator[tuple[str, list[str]]]:
    place, lines = "", []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("P "):
            if lines:
                yield place, lines
            place, lines = f"{path.name}:{number}", [line]
        elif line.strip():
            lines.append(line)
    if lines:
        yield place, lines


def _passage(place: str, lines: list[str], modes: frozenset[tuple[str, str]]) -> Passage:
    if len(lines) < 2 or not lines[0].startswith("P ") or not lines[1].startswith("T "):
        raise PassageError(f"{place}: a passage is a line P and a line T, then lines E")
    text = lines[1][2:].strip()
    events = []
    for line in lines[2:]:
        if not line.startswith("E "):
            raise PassageError(f"{place}: what line is this? {line[:60]}")
        events.append(_told(f"{place}: {line[:70]}", text, line[2:], modes))
    return Passage(place, lines[0][2:].strip(), text, tuple(events))


def _told(place: str, text: str, line: str, modes: frozenset[tuple[str, str]]) -> Told:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 4 or len(parts[0].split()) != 2:
        raise PassageError(f"{place}: an event is `TYPE:mode status | predicate | sources | targets`")
    kind, status = parts[0].split()
    kind, _, mode = kind.partition(":")
    if (kind, mode or "-") not in modes and (mode or kind not in {k for k, _ in modes}):
        raise PassageError(f"{place}: the codebook has no {kind}:{mode}")
    if status not in STATUSES:
        raise PassageError(f"{place}: no status {status}")
    predicate = _predicate(place, text, parts[1])
    near = predicate[0][0]
    sides = [tuple(_find(place, text, words, near) for words in _actors(part)) for part in parts[2:]]
    return Told(kind, mode or None, status, predicate, sides[0], sides[1])


def _actors(part: str) -> list[str]:
    return [] if part == "-" else [words.strip() for words in part.split(" + ")]


def _predicate(place: str, text: str, words: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in re.split(r"\s*…\s*", words):
        after = spans[-1][1] if spans else 0
        spans.append(_find(place, text, part, after, later=True))
    return tuple(spans)


def _find(place: str, text: str, words: str, near: int, *, later: bool = False) -> Span:
    """Where words stand: the counted occurrence, else the first after `near` (`later`) or the nearest to it."""
    bare, _, count = words.partition("#")
    pattern = r"(?<!\w)" + re.escape(bare) + r"(?!\w)"
    found = [m.span() for m in re.finditer(pattern, text)]
    if not found:
        raise PassageError(f"{place}: {bare!r} does not stand in the text")
    if count:
        if not 0 < int(count) <= len(found):
            raise PassageError(f"{place}: {bare!r} stands {len(found)} times in the text")
        return found[int(count) - 1]
    if later:
        behind = [span for span in found if span[0] >= near]
        if not behind:
            raise PassageError(f"{place}: {bare!r} does not follow the part before it")
        return behind[0]
    return min(found, key=lambda span: abs(span[0] - near))


def main() -> None:
    """Check a folder and say what it holds; complaints end in an exit status of 1."""
    passages, complaints = check_folder(Path(sys.argv[1]))
    for complaint in complaints:
        print(complaint)
    events = [event for passage in passages for event in passage.events]
    words = [passage.text.lower().split() for passage in passages]
    grams = [tuple(w[i : i + 4]) for w in words for i in range(len(w) - 3)]
    opening = Counter(" ".join(w[:3]) for w in words)
    predicates = Counter(
        passage.text[event.predicate[0][0] : event.predicate[0][1]].lower()
        for passage in passages
        for event in passage.events
    )
    print(f"{len(passages)} passages, {sum(map(len, words))} words, {len(events)} events, ", end="")
    print(f"{sum(not p.events for p in passages)} without; {len(complaints)} complaints")
    print("types", dict(Counter(e.type for e in events).most_common()))
    print("statuses", dict(Counter(e.status for e in events).most_common()))
    print(f"without source {sum(not e.sources for e in events)}, without target {sum(not e.targets for e in events)}")
    print(f"distinct 4-grams {len(set(grams)) / max(1, len(grams)):.3f}; commonest openings {opening.most_common(5)}")
    print(f"{len(predicates)} predicates; commonest {predicates.most_common(12)}")
    raise SystemExit(bool(complaints))


if __name__ == "__main__":
    main()
