"""What a state or organisation named before is called instead ("the kingdom", "the bloc"), from `epithets.tsv`."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from dragoman.language.glance import WORD, last_words

# "the South China Sea", "the North of the country", "l'île de Malte" are no epithets
BEHIND = re.compile(r"(?![\w-]| [A-Z]| of (?:[A-Z]|the\b)| (?:de|du|des|del)\b| d['’])")


@dataclass(frozen=True, slots=True)
class Epithets:
    """The epithets of a language and the actors that each (lower case) may stand for.

    `endings` holds the forms by their last word (lower case), the longest first: few texts have any of these words.
    Arabic, which writes particles on to words, is searched with `pattern`, where any of the `telling` words is spoken.
    """

    actors: dict[str, frozenset[str]]
    telling: frozenset[str] = frozenset()
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def find(self, text: str, start: int, end: int, spoken: Set[str]) -> list[tuple[int, int, frozenset[str]]]:
        """Offsets and possible actors of the epithets in `text[start:end]`; none that begins a longer name.

        `spoken` are the `words_of` that stretch of text.
        """
        if self.telling.isdisjoint(spoken):
            return []
        if self.pattern is not None:
            found = [(m, m.lastgroup or "name") for m in self.pattern.finditer(text, start, end)]
            return [(m.start(group), m.end(group), self.actors[m[group].lower()]) for m, group in found]
        spans: list[tuple[int, int, frozenset[str]]] = []
        for word in WORD.finditer(text, start, end):
            for form in self.endings.get(word.group().lower(), ()):
                begin = word.end() - len(form)
                if begin < start or not text.startswith(form[1:], begin + 1) or not _begins(text, begin, form[0]):
                    continue
                if BEHIND.match(text, word.end()):
                    spans = [s for s in spans if s[1] <= begin]  # the longer of two that end alike was read first
                    spans.append((begin, word.end(), self.actors[form.lower()]))
                    break
        return spans


def _begins(text: str, begin: int, letter: str) -> bool:
    """Whether a form stands at a word's beginning; its first letter may be a capital."""
    free = begin == 0 or not (text[begin - 1].isalnum() or text[begin - 1] == "_")
    return free and text[begin] in (letter, letter.upper())


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
                forms.append(word)
    longest = sorted(set(forms), key=lambda f: (-len(f), f))
    if language == "ar" and forms:
        return _arabic(longest, found)
    endings: dict[str, tuple[str, ...]] = {}
    for form in longest:
        last = WORD.findall(form.lower())[-1]
        endings[last] = (*endings.get(last, ()), form)
    return Epithets(found, last_words(found), endings)


def _arabic(longest: list[str], found: dict[str, frozenset[str]]) -> Epithets:
    """Arabic epithets with the particles that are written on to them, and none with an adjective of another thing."""
    contracted = {"ل" + form[2:]: actors for form, actors in found.items() if form.startswith("ال")}
    plain, short = ("|".join(map(re.escape, forms)) for forms in (longest, sorted(contracted, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)[وف]?(?:[بك]?(?P<name>{plain})|ل(?P<short>{short}))(?!\w| ال)")
    first = {word.split()[0] for word in found} | {"ل" + word.split()[0] for word in contracted}
    beginnings = {lead + word for word in first for lead in ("", "و", "ف", "ب", "ك", "وب", "وك", "فب")}
    return Epithets(found | contracted, frozenset(beginnings), pattern=pattern)
