"""Finding known names in text: token tries over folded tokens, with the spelling habits of each script.

A trie is grown lazily: forms wait under their first token until a text shows that token. Every decision about a first
token is cached by its spelling, so that most tokens of a text cost one dictionary look-up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

LATIN_TOKEN = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]{1,2}\.){2,}|[^\W_]+")
ARABIC_TOKEN = re.compile(r"[\u0621-\u065f\u0670-\u06d3\u06fa-\u06ff]+|[0-9\u0660-\u0669]+|[A-Za-z]+")

_GAP = re.compile(r"[ \u00a0\u202f\t]*\n?[ \u00a0\u202f\t]*|[-\u2010-\u2013'’ʼʻ‘`´/&.]|[ \u00a0\u202f]&[ \u00a0\u202f]")
_SHORT_DOT = re.compile(r"\.[ \u00a0\u202f]")
_HYPHENS = frozenset("-‐‑–")
_SPECIAL = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "đ": "d", "ß": "ss", "ð": "d", "þ": "th", "ə": "e"}
)
_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
_ALEF = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "گ": "ك"})
_ENCLITICS = ("هما", "ها", "هم", "نا", "ه")

ANY, INITIAL, CAPITALS = 0, 1, 2


class Entry(NamedTuple):
    """What a form stands for. `case` is the demand on each token; `article` (Arabic): must each token have it?"""

    kind: str
    id: str
    note: str
    case: tuple[int, ...]
    article: tuple[bool | None, ...]
    strict: bool
    plural: bool


class Form(NamedTuple):
    """A form waiting to be put into the trie."""

    text: str
    kind: str
    id: str
    note: str
    plural: bool = False


@dataclass(slots=True)
class Node:
    """A step in the trie: the next tokens, and what ends here."""

    next: dict[str, Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class Hit(NamedTuple):
    """A match: offsets in the text and every entry that reads so."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@lru_cache(maxsize=1 << 16)
def fold(token: str) -> str:
    """A Latin token without case, accents and dots."""
    token = token.lower()
    if token.isascii():
        return token.replace(".", "")
    token = unicodedata.normalize("NFD", token.translate(_SPECIAL))
    return "".join(c for c in token if not unicodedata.combining(c)).replace(".", "")


def fold_arabic(token: str) -> str:
    """An Arabic token without vowel signs and lengthening, with one alef, ya and ta."""
    return _MARKS.sub("", token).translate(_ALEF)


def _case(token: str, kind: str) -> int:
    letters = token.replace(".", "")
    if kind == "role":
        return CAPITALS if len(letters) > 1 and letters.isupper() else ANY
    if len(letters) > 1 and letters.isupper() and len(letters) <= 6 and not letters.isdigit():
        return CAPITALS
    return INITIAL if letters[:1].isupper() else ANY


def _meets(token: str, case: int) -> bool:
    if case == ANY:
        return True
    if case == INITIAL:
        return token[:1].isupper()
    return token.isupper()


class Trie:
    """Forms of one language. Not thread-safe while it grows; share between processes, not threads.

    `words` are abbreviations that are also words ("WHO"): in a line of capitals they are read as words.
    """

    def __init__(self, *, arabic: bool, words: Iterable[str] = ()) -> None:
        self.arabic = arabic
        self._words = frozenset(words)
        self.token = ARABIC_TOKEN if arabic else LATIN_TOKEN
        self._waiting: dict[str, list[Form]] = {}
        self._nodes: dict[str, Node | None] = {}
        self._seen: dict[str, list[tuple[int, Node, bool]]] = {}
        self._shared: list[Callable[[str], Iterable[Form]]] = []

    def share(self, source: Callable[[str], Iterable[Form]]) -> None:
        """Also ask `source` for the forms that begin with a folded token."""
        self._shared.append(source)

    def add(self, form: Form) -> None:
        """Let a form wait under its first token."""
        key = self.key_of(form.text)
        if key:
            self._waiting.setdefault(key, []).append(form)

    def key_of(self, form: str) -> str:
        """The key under which `form` waits; empty where it has no token."""
        head = form.partition(" ")[0]
        if head.isascii() and head.isalpha() and not self.arabic:
            return head.lower()
        match = self.token.search(form)
        return self.first_key(match.group()) if match is not None else ""

    def first_key(self, token: str) -> str:
        """The key under which forms beginning with `token` wait."""
        return _split_article(token)[0] if self.arabic else fold(token)

    def keys(self, text: str) -> tuple[str, ...]:
        """All folded tokens of `text`: equal for two spellings of one name."""
        return tuple(self.first_key(t) for t in self.token.findall(text))

    def _node(self, key: str) -> Node | None:
        if key in self._nodes:
            return self._nodes[key]
        forms = list(self._waiting.get(key, ()))
        for source in self._shared:
            forms.extend(source(key))
        node: Node | None = None
        if forms:
            node = Node()
            for form in forms:
                self._grow(node, form)
        self._nodes[key] = node
        return node

    def _grow(self, node: Node, form: Form) -> None:
        tokens = self.token.findall(form.text)
        if self.arabic:
            split = [_split_article(t) for t in tokens]
            keys = [k for k, _ in split]
            loose = form.kind in ("adj", "people", "role")
            article = tuple(None if loose else a for _, a in split)
            case: tuple[int, ...] = ()
        else:
            keys = [fold(t) for t in tokens]
            article = ()
            case = tuple(_case(t, form.kind) for t in tokens)
        for key in keys[1:]:
            node = node.next.setdefault(key, Node())
        strict = form.kind == "person" or sum(1 for c in case if c) < 2
        entry = Entry(form.kind, form.id, form.note, case, article, strict, form.plural)
        if entry not in node.entries:
            node.entries.append(entry)

    def _starts(self, token: str) -> list[tuple[int, Node, bool]]:
        """Ways to read a first token: offset where the name starts in it, trie node, whether it has the article."""
        ways: list[tuple[int, Node, bool]] = []
        if self.arabic:
            readings = _readings(token)
            for offset, key, article in readings:
                node = self._node(key)
                if node is not None:
                    ways.append((offset, node, article))
            for offset, key, article in readings if _may_carry_pronoun(token) else ():
                for stem in _without_enclitic(key):
                    node = self._node(stem)
                    roles = [e for e in node.entries if e.kind == "role"] if node is not None else []
                    if roles:
                        ways.append((offset, Node({}, roles), article))
        else:
            node = self._node(fold(token))
            if node is not None:
                ways.append((0, node, False))
        self._seen[token] = ways
        return ways

    def find(self, text: str) -> list[Hit]:
        """Longest matches from the left, not overlapping."""
        hits: list[Hit] = []
        seen = self._seen
        if len(seen) > 1 << 18:
            seen.clear()
        end = 0
        tokens = list(self.token.finditer(text))
        for i, match in enumerate(tokens):
            token = match.group()
            ways = seen.get(token)
            if ways is None:
                ways = self._starts(token)
            if ways and match.start() >= end:
                hit = self._longest(text, tokens, i, ways)
                if hit is not None:
                    hits.append(hit)
                    end = hit.end
        return hits

    def _longest(
        self, text: str, tokens: Sequence[re.Match[str]], i: int, ways: list[tuple[int, Node, bool]]
    ) -> Hit | None:
        """The longest match that begins in the token `i` of `text`."""
        best: Hit | None = None
        for offset, node, article in ways:
            if self.arabic:
                hit = self._walk_arabic(text, tokens, i, offset, node, article)
            else:
                hit = self._walk(text, tokens, i, node)
            if hit is not None and (best is None or hit.end > best.end):
                best = hit
        return best

    def _walk(self, text: str, tokens: Sequence[re.Match[str]], i: int, node: Node) -> Hit | None:
        best: Hit | None = None
        last = i
        while True:
            if node.entries:
                read = tokens[i : last + 1]
                entries = tuple(e for e in node.entries if self._reads(text, read, e))
                if entries:
                    best = Hit(tokens[i].start(), tokens[last].end(), entries)
            if not node.next or last + 1 == len(tokens):
                return best
            step = node.next.get(fold(tokens[last + 1].group()))
            if step is None or self._following(text, tokens, last) is None:
                return best
            node = step
            last += 1

    def _following(self, text: str, tokens: Sequence[re.Match[str]], i: int) -> re.Match[str] | None:
        """The next token, where only a space, hyphen, apostrophe or abbreviation dot stands between."""
        if i + 1 == len(tokens):
            return None
        last, following = tokens[i], tokens[i + 1]
        gap = text[last.end() : following.start()]
        if gap == " " or _GAP.fullmatch(gap):
            return following
        if len(last.group()) <= 3 and _SHORT_DOT.fullmatch(gap):
            return following
        return None

    def _reads(self, text: str, tokens: Sequence[re.Match[str]], entry: Entry) -> bool:
        met = [_meets(t.group(), c) for t, c in zip(tokens, entry.case, strict=True)]
        if not all(met) and (entry.strict or not any(m for m, c in zip(met, entry.case, strict=True) if c)):
            return False
        if entry.note.startswith("prefix"):
            end = tokens[-1].end()
            return text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isalpha()
        if len(tokens) == 1 and entry.case[0] == CAPITALS:
            token = tokens[0].group()
            if fold(token) in self._words and "." not in token and self._in_capitals(text, tokens[0]):
                return False
        return True

    def _in_capitals(self, text: str, token: re.Match[str]) -> bool:
        around = re.findall(r"[^\W\d_]{2,}", text[max(0, token.start() - 40) : token.end() + 40])
        return len(around) > 1 and all(word.isupper() for word in around[1:-1] or around)

    def _walk_arabic(
        self, text: str, tokens: Sequence[re.Match[str]], i: int, offset: int, node: Node, article: bool
    ) -> Hit | None:
        best: Hit | None = None
        frontier: list[tuple[Node, tuple[bool, ...]]] = [(node, (article,))]
        first, last = tokens[i], i
        while frontier:
            entries = tuple(
                e
                for n, seen in frontier
                for e in n.entries
                if all(a is None or a == s for a, s in zip(e.article, seen, strict=True))
            )
            if entries:
                best = Hit(first.start() + offset, tokens[last].end(), entries)
            following = self._following(text, tokens, last) if any(n.next for n, _ in frontier) else None
            if following is None:
                break
            last += 1
            step: list[tuple[Node, tuple[bool, ...]]] = []
            for key, has in _later_readings(following.group()):
                for n, seen in frontier:
                    child = n.next.get(key)
                    if child is not None:
                        step.append((child, (*seen, has)))
            if not step:
                held = self._with_enclitic(following.group(), frontier)
                if held:
                    best = Hit(first.start() + offset, following.end(), held)
            frontier = step
        return best

    def _with_enclitic(self, token: str, frontier: list[tuple[Node, tuple[bool, ...]]]) -> tuple[Entry, ...]:
        """Roles whose last word carries a pronoun ("وزير خارجيتها")."""
        found: list[Entry] = []
        for key in _without_enclitic(fold_arabic(token)) if _may_carry_pronoun(token) else ():
            for node, _ in frontier:
                child = node.next.get(key)
                if child is not None:
                    found.extend(e for e in child.entries if e.kind == "role")
        return tuple(found)


def _split_article(token: str) -> tuple[str, bool]:
    """Folded Arabic token without its article, and whether it had one; an alef with hamza is no article."""
    plain = _MARKS.sub("", token)
    if plain[:2] in ("ال", "ٱل") and len(plain) > 3:
        return plain[2:].translate(_ALEF), True
    return plain.translate(_ALEF), False


def _readings(token: str) -> list[tuple[int, str, bool]]:
    """Readings of an Arabic word at the start of a name: (offset, key, article), the least stripped first."""
    positions = [i for i, c in enumerate(token) if not _MARKS.match(c)]
    plain = "".join(token[i] for i in positions)
    if not plain or "a" <= plain[0].lower() <= "z":
        return []
    bases = [0]
    if plain[0] in "وف":
        bases.append(1)
    starts: list[tuple[int, bool]] = []
    for base in bases:
        starts.append((base, False))
        if plain[base : base + 1] in ("ب", "ل", "ك"):
            if plain[base : base + 2] == "لل":
                starts.append((base, True))
            starts.append((base + 1, False))
    readings: list[tuple[int, str, bool]] = []
    for start, assimilated in starts:
        rest = plain[start:]
        if len(rest) < 3 and start > 0:
            continue
        if assimilated:
            if len(rest) > 4:
                readings.append((positions[start + 1], rest[2:].translate(_ALEF), True))
            continue
        readings.append((positions[start], rest.translate(_ALEF), False))
        if rest[:2] in ("ال", "ٱل") and len(rest) > 3:
            readings.append((positions[start], rest[2:].translate(_ALEF), True))
    return readings


def _later_readings(token: str) -> list[tuple[str, bool]]:
    plain = _MARKS.sub("", token)
    readings = [(plain.translate(_ALEF), False)]
    if (plain[:2] in ("ال", "ٱل") and len(plain) > 3) or (plain[:2] == "لل" and len(plain) > 4):
        readings.append((plain[2:].translate(_ALEF), True))
    return readings


def _may_carry_pronoun(token: str) -> bool:
    """Whether the last letter can belong to a pronoun; ta marbuta, which folds to ha, cannot."""
    return _MARKS.sub("", token)[-1:] in ("ه", "ا", "م")


def _without_enclitic(key: str) -> list[str]:
    """Stems of a folded word that may end in a possessive pronoun."""
    stems: list[str] = []
    for enclitic in _ENCLITICS:
        if key.endswith(enclitic) and len(key) - len(enclitic) >= 3:
            stem = key[: -len(enclitic)]
            stems.append(stem)
            if stem.endswith("ت"):
                stems.append(stem[:-1] + "ه")
    return stems
