"""The date grammar of one language, compiled from its two data files.

`calendar.tsv` names the words: `class`, `value`, `forms` (`|`-separated, several words allowed; a form written with a
capital is matched only with a capital). `calendar_patterns.tsv` says how they combine: `kind`, `pattern`, where a
pattern is a sequence of

* `class` or `slot:class` (`slot:a/b` for a choice): a word of that class, its value kept under `slot`;
* `'word'`: that word; `','` that sign;
* `( … | … )`, `?`, `*`: as in regular expressions; `!x` not followed by x;
* `<` and `>`: where the expression itself starts and ends, if there are context words around it;
* `{name}`: a pattern given before under the kind `let name`.

Every word of a text becomes one character that stands for its set of classes, so that the patterns run as ordinary
compiled regular expressions over a string six times shorter than the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

UNKNOWN = "_"
# every expression holds a word of one of these classes: only runs of known words with such a word are matched
_STRONG = frozenset(
    (
        *(
            "day",
            "month",
            "sure",
            "bare",
            "weekday",
            "weekdays",
            "dayrel",
            "overnight",
            "year",
            "decade",
            "hijri",
            "unit",
        ),
        *("units", "span", "small", "long", "week", "season", "fall", "quarter", "half", "holiday", "hijri_month"),
        *("ordday", "daytime", "fixed", "fixedweek", "fixedmonth", "fixedyear", "dual", "defunits", "defdual"),
        *("defday", "defseason", "decword", "hijri_day", "tomorrow"),
    )
)
WORD = re.compile(
    r"[^\W\d_]+"
    r"|\d+(?:[-/.]\d+){2}(?![\d/])|\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\d+"  # 2020-09-13, 13/09/2020; 10,000; 3.5
    r"|\d+(?:[^\W\d_]{1,2}\b|[ºª°])?"  # 13, 13th, 1er, 1990s
    r"|\n\s*\n|[^\w\s]"
)
ARABIC_FOLD = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "،": ",", "؛": ";", "ـ": "ـ"}
    | {chr(0x660 + i): str(i) for i in range(10)}
    | {chr(0x6F0 + i): str(i) for i in range(10)}
    | {chr(c): "ـ" for c in [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670]}
)
_SIGNS = {"’": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "‐": "-"}
_ARABIC_SIGNS = ARABIC_FOLD | str.maketrans(_SIGNS)
_ATOM = re.compile(r"'(?:[^' ]+|')'|\{\w+\}|[\w]+(?::[\w/]+)?|[()|?*!<>]")


_compiled = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern. `slots` maps a slot to the classes that its words may have."""

    kind: str
    expression: str
    slots: dict[str, tuple[str, ...]]
    first: frozenset[str]  # the characters it may start with

    @property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, compiled when a text first needs it: few pages need more than a dozen."""
        return _compiled(self.expression)


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that `find` needs to know of one language."""

    language: str
    codes: dict[str, str]
    values: dict[tuple[str, str], str]
    shifts: dict[str, int]  # letters of a word that stand before the date word (Arabic proclitics)
    patterns: dict[str, tuple[Pattern, ...]]  # by the character that they may start with
    runs: re.Pattern[str]

    @property
    def folds(self) -> bool:
        return self.language == "ar"

    def value(self, classes: tuple[str, ...], words: str) -> str | None:
        """The value of `words` under the first of `classes` that has it."""
        for name in classes:
            found = self.values.get((name, words))
            if found is not None:
                return found
        return None


def fold(text: str, arabic: bool) -> str:
    """`text` with signs unified and, for Arabic, letters, digits and vowel marks; the same length as before."""
    if text.isascii():
        return text
    if arabic:
        return text.translate(_ARABIC_SIGNS)
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    return text


def word_key(word: str) -> str:
    """A folded word without the filler that stands for vowel marks."""
    return word.replace("ـ", "") if "ـ" in word else word


@cache
def grammar(language: str) -> Grammar:
    """The grammar of `language`, read once. Raises ValueError naming the file and line of a mistake."""
    builder = _Builder(language)
    for line, (name, value, forms) in _rows(language, "calendar.tsv", 3):
        for form in forms.split("|"):
            if not form.strip():
                raise ValueError(f"{language}/calendar.tsv, line {line}: an empty form; remove the extra '|'.")
            builder.add(name, value, form.strip())
    builder.add_numbers()
    rows = list(_rows(language, "calendar_patterns.tsv", 2))
    for _, (_, source) in rows:
        builder.add_literals(source)
    builder.close()
    lets: dict[str, str] = {}
    patterns = []
    for line, (kind, source) in rows:
        for name, text in lets.items():
            source = source.replace("{" + name + "}", f"( {text} )")
        if kind.startswith("let "):
            lets[kind[4:]] = source
            continue
        try:
            patterns.append(builder.pattern(kind, source))
        except KeyError as error:
            place = f"{language}/calendar_patterns.tsv, line {line}"
            raise ValueError(f"{place}: cannot read '{source}': {error}") from error
    by_first: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for char in pattern.first:
            by_first.setdefault(char, []).append(pattern)
    return Grammar(
        language=language,
        codes=builder.codes,
        values=builder.values,
        shifts=builder.shifts,
        patterns={char: tuple(found) for char, found in by_first.items()},
        runs=re.compile(f"[^{UNKNOWN}{(strong := builder.strong())}]*[{strong}][^{UNKNOWN}]*{UNKNOWN}?"),
    )


def _rows(language: str, name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    path = resources.files("dragoman.language") / language / name
    if not path.is_file():
        raise ValueError(f"No {name} for the language '{language}': add src/dragoman/language/{language}/{name}.")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            raise ValueError(f"{language}/{name}, line {number}: {len(cells)} columns where {columns} are needed.")
        yield number, cells


class _Builder:
    """Collects words and their classes, then gives each distinct set of classes one character."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.classes: dict[str, set[str]] = {}
        self.values: dict[tuple[str, str], str] = {}
        self.phrases: dict[str, set[tuple[str, ...]]] = {}
        self.shifts: dict[str, int] = {}
        self.codes: dict[str, str] = {}
        self.chars: dict[str, str] = {}

    def variants(self, form: str) -> set[str]:
        form = fold(form, self.language == "ar").replace("ـ", "")
        bare = "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))
        found = {form} if self.language == "ar" else {form, bare}
        for text in tuple(found):
            found |= {text.upper(), text[0].upper() + text[1:]}
            if text == text.lower():
                found.add(text.title().replace("'S", "'s"))
        return found

    def add(self, name: str, value: str, form: str) -> None:
        for variant in self.variants(form):
            words = tuple(WORD.findall(variant))
            self.values.setdefault((name, " ".join(words)), value)
            self.phrases.setdefault(name, set()).add(words)
            if len(words) == 1:
                self.classes.setdefault(words[0], set()).add(name)
            else:
                for word in words:
                    self.classes.setdefault(word, set()).add("=" + word)

    def add_numbers(self) -> None:
        suffixes = {"en": ("st", "nd", "rd", "th"), "fr": ("er", "ER"), "es": ("º", "°", "o")}.get(self.language, ())
        for n in range(1, 1000):
            for text in (str(n), f"{n:02d}"):
                self._number("num", text, n)
                if n <= 31:
                    self._number("day", text, n)
                for suffix in suffixes if n <= 31 else ():
                    self._number("day", text + suffix, n)
                    self._number("ordday", text + suffix, n)
        for n in range(1300, 2101):
            self._number("hijri" if n < 1500 else "year", str(n), n)
            if self.language == "ar":
                self._number("hijri" if n < 1500 else "year", f"{n}ه" if n < 1500 else f"{n}م", n)
            if n >= 1500:
                for text in (f"{n}s", f"{n}e") if self.language == "en" and n % 10 == 0 else ():
                    self._number("decade", text, n)
        for n in range(10, 100, 10):
            self._number("decade", f"{n}s", 1900 + n)
            self._number("yy", str(n), 1900 + n)

    def _number(self, name: str, text: str, value: int) -> None:
        self.classes.setdefault(text, set()).add(name)
        self.values[name, text] = str(value)

    def add_literals(self, pattern: str) -> None:
        for atom in _ATOM.findall(pattern):
            if atom.startswith("'"):
                for variant in self.variants(atom[1:-1]):
                    self.classes.setdefault(variant, set()).add("=" + variant)

    def close(self) -> None:
        """Give characters to sets of classes; for Arabic, also the forms with proclitics."""
        if self.language == "ar":
            self._proclitics()
        sets: dict[frozenset[str], str] = {}
        for word, names in self.classes.items():
            code = sets.setdefault(frozenset(names), chr(0xE000 + len(sets)))
            self.codes[word] = code
        for names_set, code in sets.items():
            for name in names_set:
                self.chars[name] = self.chars.get(name, "") + code

    def _proclitics(self) -> None:
        for word in list(self.classes):
            if not "ء" <= word[0] <= "ي" or len(word) < 2:
                continue
            for prefix in ("و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"):
                joined = prefix + word
                if prefix[-1] == "ل" and word.startswith("ال"):
                    joined = prefix + word[1:]
                if joined in self.classes or (word in {"من", "في", "ان"} and prefix not in {"و", "ف"}):
                    continue
                self.classes[joined] = set(self.classes[word])
                self.shifts[joined] = len(prefix)
                for name in self.classes[word]:
                    if (name, word) in self.values:
                        self.values[name, joined] = self.values[name, word]
        # phrases whose first word carries a proclitic
        for name, phrases in self.phrases.items():
            for words in [w for w in phrases if len(w) > 1]:
                value = self.values[name, " ".join(words)]
                for prefix in ("و", "ف", "ب", "ل"):
                    first = prefix + (words[0][1:] if prefix == "ل" and words[0].startswith("ال") else words[0])
                    self.values.setdefault((name, " ".join((first, *words[1:]))), value)

    def strong(self) -> str:
        """The characters of words that an expression needs one of; of a phrase its longest word."""
        names = set(_STRONG)
        for name in _STRONG:
            for words in self.phrases.get(name, ()):
                if len(words) > 1 and not any(self.classes[w] & _STRONG for w in words):
                    names.add("=" + max(words, key=len))
        return "".join(sorted({c for name in names for c in self.chars.get(name, "")}))

    def choice(self, name: str) -> str:
        """The regular expression of a class: its characters, and the sequences of its phrases, longest first."""
        phrases = sorted((p for p in self.phrases.get(name, ()) if len(p) > 1), key=lambda p: (-len(p), p))
        parts = ["".join(f"[{self.chars['=' + w]}]" for w in p) for p in phrases]
        if name in self.chars:
            parts.append(f"[{self.chars[name]}]")
        if not parts:
            raise KeyError(f"no word has the class '{name}'")
        return f"(?:{'|'.join(dict.fromkeys(parts))})"

    def pattern(self, kind: str, source: str) -> Pattern:
        slots: dict[str, tuple[str, ...]] = {}
        out = []
        atoms = _ATOM.findall(source)
        if (rest := _ATOM.sub("", source).strip()) != "":
            raise KeyError(f"unknown sign '{rest}'")
        if "<" not in atoms:
            atoms = ["<", *atoms]
        if ">" not in atoms:
            atoms = [*atoms, ">"]
        negate = False
        for atom in atoms:
            if atom in "()|?*<>!":
                negate = negate or atom == "!"
                out.append({"(": "(?:", "<": "(?P<span>", ">": ")", "!": ""}.get(atom, atom))
                continue
            if atom.startswith("'"):
                chars = "".join(self.chars["=" + v] for v in sorted(self.variants(atom[1:-1])))
                piece = f"[{chars}]"
            elif atom == "unknown":
                piece = UNKNOWN
            else:
                slot, _, names = atom.rpartition(":")
                classes = tuple(names.split("/"))
                piece = f"(?:{'|'.join(self.choice(n) for n in classes)})"
                if slot:
                    slot = slot if slot not in slots else f"{slot}__{len(slots)}"
                    slots[slot] = classes
                    piece = f"(?P<{slot}>{piece})"
            out.append(f"(?!{piece})" if negate else piece)
            negate = False
        first, _, _ = self._first(atoms, 0)
        return Pattern(kind, "".join(out), slots, frozenset(first))

    def _first(self, atoms: list[str], i: int) -> tuple[set[str], bool, int]:
        """The characters that the alternatives from atom `i` to the closing bracket may start with; whether empty."""
        found: set[str] = set()
        empty = False  # an alternative may be empty
        reach = True  # all before it in this alternative may be empty
        while i < len(atoms) and atoms[i] != ")":
            atom = atoms[i]
            if atom == "|":
                empty, reach = empty or reach, True
            elif atom == "!":
                i += 1
            elif atom not in "<>?*":
                if atom == "(":
                    chars, nullable, i = self._first(atoms, i + 1)
                else:
                    chars, nullable = self._starts(atom), False
                if reach:
                    found |= chars
                if not nullable and not (i + 1 < len(atoms) and atoms[i + 1] in "?*"):
                    reach = False
            i += 1
        return found, empty or reach, i

    def _starts(self, atom: str) -> set[str]:
        if atom.startswith("'"):
            return {c for v in self.variants(atom[1:-1]) for c in self.chars["=" + v]}
        found: set[str] = set()
        for name in atom.rpartition(":")[2].split("/"):
            found |= set(self.chars.get(name, ""))
            for words in self.phrases.get(name, ()):
                if len(words) > 1:
                    found |= set(self.chars["=" + words[0]])
        return found
