"""What a state or organisation named before is called instead ("the kingdom", "the bloc"), from `epithets.tsv`."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.language.glance import last_words


@dataclass(frozen=True, slots=True)
class Epithets:
    """The epithets of a language: a pattern that finds them, and the actors that each (lower case) may stand for.

    Where none of the `telling` words is spoken there is no epithet.
    """

    pattern: re.Pattern[str] | None
    actors: dict[str, frozenset[str]]
    telling: frozenset[str] = frozenset()

    def find(self, text: str, start: int, end: int, spoken: Set[str]) -> list[tuple[int, int, frozenset[str]]]:
        """Offsets and possible actors of the epithets in `text[start:end]`; none that begins a longer name.

        `spoken` are the `words_of` that stretch of text.
        """
        if self.pattern is None or self.telling.isdisjoint(spoken):
            return []
        found = [(m, m.lastgroup or "name") for m in self.pattern.finditer(text, start, end)]
        return [(m.start(group), m.end(group), self.actors[m[group].lower()]) for m, group in found]


@cache
def epithets(language: str) -> Epithets:
    """The epithets of `language`; none where there is no file.

    Raises ValueError, naming file and line, for a line without the two columns.
    """
    path = resources.files("dragoman.language") / language / "epithets.tsv"
    found: dict[str, frozenset[str]] = {}
    forms: list[str] = []
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith(("#", "words\t")):
                continue
            words, tab, actors = line.partition("\t")
            if not tab:
                raise ValueError(f"{path}, line {number}: no tab between words and actors")
            for word in words.split("|"):
                found[word.lower()] = frozenset(actors.split("|"))
                forms += [word, word[:1].upper() + word[1:]]
    if not forms:
        return Epithets(None, {})
    longest = sorted(set(forms), key=lambda f: (-len(f), f))
    if language == "ar":
        return _arabic(longest, found)
    # "the South China Sea", "the North of the country" are no epithets
    pattern = re.compile(rf"(?<!\w)(?P<name>{'|'.join(map(re.escape, longest))})(?![\w-]| [A-Z]| of (?:[A-Z]|the\b))")
    return Epithets(pattern, found, last_words(found))


def _arabic(longest: list[str], found: dict[str, frozenset[str]]) -> Epithets:
    """Arabic epithets with the particles that are written on to them, and none with an adjective of another thing."""
    contracted = {"ل" + form[2:]: actors for form, actors in found.items() if form.startswith("ال")}
    plain, short = ("|".join(map(re.escape, forms)) for forms in (longest, sorted(contracted, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)[وف]?(?:[بك]?(?P<name>{plain})|ل(?P<short>{short}))(?!\w| ال)")
    first = {word.split()[0] for word in found} | {"ل" + word.split()[0] for word in contracted}
    beginnings = {lead + word for word in first for lead in ("", "و", "ف", "ب", "ك", "وب", "وك", "فب")}
    return Epithets(pattern, found | contracted, frozenset(beginnings))
