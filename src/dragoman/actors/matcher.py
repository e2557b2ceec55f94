"""Finding known names in text: token tries over folded tokens, with the spelling habits of each script.

A trie is grown lazily: forms wait under their first token until a text shows that token, then under their second one.
Every decision about a first token is cached by its spelling, so that most tokens of a text cost one dictionary look-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dragoman.actors.folding import (
    ARABIC_TOKEN,
    LATIN_TOKEN,
    first_readings,
    fold,
    fold_arabic,
    later_readings,
    may_carry_pronoun,
    split_article,
    without_enclitic,
)

_GAP = re.compile(
    r"[ \u00a0\u202f\t]*\n?[ \u00a0\u202f\t]*|[-\u2010-\u2013'’ʼʻ‘`´/&.]|['’] |[ \u00a0\u202f]&[ \u00a0\u202f]"
)
_SHORT_DOT = re.compile(r"\.[ \u00a0\u202f]")
_HYPHENS = frozenset("-‐‑–")
_SEEN = 1 << 18  # spellings whose readings are kept

ANY, INITIAL, CAPITALS = 0, 1, 2


class Entry(NamedTuple):
    """What a form stands for. `case` is the demand on each token; `article` (Arabic): must each token have it?

    `strict`: every demand must be met, not only one of them.
    """

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
    """A step in the trie: the next tokens, and what ends here. `waiting` are forms not yet put into `next`."""

    next: dict[str, Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    waiting: dict[str, list[Form]] = field(default_factory=dict)  # by their second token


Way = tuple[int, Node, bool]  # of reading a first token: where the name starts in it, what follows, had it the article?
Tokens = Sequence[re.Match[str]]


class Hit(NamedTuple):
    """A match: offsets in the text and every entry that reads so."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def _case(token: str, kind: str) -> int:
    if token.islower():
        return ANY
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
        self._nodes: tuple[dict[str, Node | None], dict[str, Node | None]] = ({}, {})
        self._seen: dict[str, list[Way]] = {}
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
        return self._key_of_word(form.partition(" ")[0]) or self._key_of_word(form)

    def by_key(self, forms: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        """What belongs to each form, by the form's key: `key_of` for tens of thousands at once."""
        found: dict[str, list[str]] = {}
        key_of = lru_cache(maxsize=None)(self._key_of_word)
        for form, belonging in forms:
            key = key_of(form.partition(" ")[0]) or self.key_of(form)
            if key in found:
                found[key].append(belonging)
            else:
                found[key] = [belonging]
        return found

    def _key_of_word(self, word: str) -> str:
        """The key of a form that begins with `word` and a space; empty where the word holds no token."""
        if word.isascii() and word.isalpha() and not self.arabic:
            return word.lower()
        match = self.token.search(word)
        return self.first_key(match.group()) if match is not None else ""

    def first_key(self, token: str) -> str:
        """The key under which forms beginning with `token` wait."""
        return split_article(token)[0] if self.arabic else fold(token)

    def keys(self, text: str) -> tuple[str, ...]:
        """All folded tokens of `text`: equal for two spellings of one name."""
        return tuple(self.first_key(t) for t in self.token.findall(text))

    def _node(self, key: str, capital: bool = True) -> Node | None:
        """What begins with `key`: everything, or without `capital` only what may begin in lower case."""
        nodes = self._nodes[capital]
        if key in nodes:
            return nodes[key]
        node: Node | None = None
        for source in (self._own, *self._shared):
            for form in source(key):
                if capital or form.kind != "person" or not form.text[0].isupper():
                    node = node or Node()
                    self._keep(node, form, capital)
        if node is not None and not (node.entries or node.next or node.waiting):
            node = None
        nodes[key] = node
        return node

    def _own(self, key: str) -> Iterable[Form]:
        return self._waiting.get(key, ())

    def _keep(self, node: Node, form: Form, capital: bool) -> None:
        """Let a form whose first token leads to `node` wait under its second one; one of a single word ends here."""
        if not capital:  # whether it may begin in lower case is known when the whole form is read
            self._grow(node, form, capital)
            return
        text = form.text
        if text.isalpha():
            self._grow(node, form)
            return
        first, _, rest = text.partition(" ")
        second = rest.partition(" ")[0]
        if first.isalpha() and second.isascii() and second.isalpha() and not self.arabic:
            key = second.lower()
        else:
            tokens = self.token.findall(text)
            if len(tokens) == 1:
                self._grow(node, form)
                return
            key = self.first_key(tokens[1])
        node.waiting.setdefault(key, []).append(form)

    def _grow_waiting(self, node: Node, key: str) -> None:
        """Put into `next` what waits under a second token."""
        for form in node.waiting.pop(key):
            self._grow(node, form)

    def _grow(self, node: Node, form: Form, capital: bool = True) -> None:
        tokens = self.token.findall(form.text)
        if self.arabic:
            split = [split_article(t) for t in tokens]
            keys = [k for k, _ in split]
            loose = form.kind in ("adj", "people", "role")
            article = tuple([None if loose else a for _, a in split])
            case: tuple[int, ...] = ()
            strict = True
        else:
            case = tuple([_case(t, form.kind) for t in tokens])
            strict = form.kind == "person" or len(case) - case.count(ANY) < 2
            if strict and case[0] and not capital:
                return
            keys = [fold(t) for t in tokens]
            article = ()
        for key in keys[1:]:
            step = node.next.get(key)
            if step is None:
                step = node.next[key] = Node()
            node = step
        entry = Entry(form.kind, form.id, form.note, case, article, strict, form.plural)
        if entry not in node.entries:
            node.entries.append(entry)

    def _starts(self, token: str) -> list[Way]:
        """Ways to read a first token: offset where the name starts in it, trie node, whether it has the article."""
        ways: list[Way] = []
        if self.arabic:
            readings = first_readings(token)
            for offset, key, article in readings:
                node = self._node(key)
                if node is not None:
                    ways.append((offset, node, article))
            for offset, key, article in readings if may_carry_pronoun(token) else ():
                for stem in without_enclitic(key):
                    node = self._node(stem)
                    roles = [e for e in node.entries if e.kind == "role"] if node is not None else []
                    if roles:
                        ways.append((offset, Node({}, roles), article))
        else:
            node = self._node(fold(token), token[0].isupper())
            if node is not None:
                ways.append((0, node, False))
        self._seen[token] = ways
        return ways

    def find(self, text: str) -> list[Hit]:
        """Longest matches from the left, not overlapping."""
        seen = self._seen
        if len(seen) > _SEEN:
            seen.clear()
        walk = self._longest_arabic if self.arabic else self._walk
        hits: list[Hit] = []
        end = 0
        tokens = list(self.token.finditer(text))
        for i, match in enumerate(tokens):
            token = match[0]
            ways = seen.get(token)
            if ways is None:
                ways = self._starts(token)
            if ways and match.start() >= end:
                hit = walk(text, tokens, i, ways)
                if hit is not None:
                    hits.append(hit)
                    end = hit.end
        return hits

    def _walk(self, text: str, tokens: Tokens, i: int, ways: Sequence[Way]) -> Hit | None:
        """The longest match that begins in the token `i`."""
        best: Hit | None = None
        node = ways[0][1]
        last = i
        words = [tokens[i][0]]
        while True:
            if node.entries:
                entries = tuple([e for e in node.entries if self._reads(text, tokens[last], words, e)])
                if entries:
                    best = Hit(tokens[i].start(), tokens[last].end(), entries)
            if last + 1 == len(tokens) or not (node.next or node.waiting):
                return best
            word = tokens[last + 1][0]
            key = fold(word)
            if key in node.waiting:
                self._grow_waiting(node, key)
            step = node.next.get(key)
            if step is None or not _joined(text, tokens[last], tokens[last + 1]):
                return best
            node = step
            words.append(word)
            last += 1

    def _reads(self, text: str, last: re.Match[str], words: list[str], entry: Entry) -> bool:
        """Whether `words`, of which `last` is the last, are spelt as the entry demands."""
        met = unmet = 0
        for word, case in zip(words, entry.case, strict=True):
            if case:
                if _meets(word, case):
                    met += 1
                else:
                    unmet += 1
        if unmet and (entry.strict or not met):
            return False
        if entry.note.startswith("prefix"):
            end = last.end()
            return text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isalpha()
        if len(words) == 1 and entry.case[0] == CAPITALS:
            word = words[0]
            if fold(word) in self._words and "." not in word and _in_capitals(text, last):
                return False
        return True

    def _longest_arabic(self, text: str, tokens: Tokens, i: int, ways: Sequence[Way]) -> Hit | None:
        """The longest match that begins in the token `i`."""
        best: Hit | None = None
        for offset, node, article in ways:
            hit = self._walk_arabic(text, tokens, i, offset, node, article)
            if hit is not None and (best is None or hit.end > best.end):
                best = hit
        return best

    def _walk_arabic(self, text: str, tokens: Tokens, i: int, offset: int, node: Node, article: bool) -> Hit | None:
        best: Hit | None = None
        frontier: list[tuple[Node, tuple[bool, ...]]] = [(node, (article,))]
        start, last = tokens[i].start() + offset, i
        while frontier:
            entries = [e for n, seen in frontier if n.entries for e in n.entries if _articles_fit(e, seen)]
            if entries:
                best = Hit(start, tokens[last].end(), tuple(entries))
            if last + 1 == len(tokens) or not any(n.next or n.waiting for n, _ in frontier):
                break
            if not _joined(text, tokens[last], tokens[last + 1]):
                break
            last += 1
            word = tokens[last][0]
            step: list[tuple[Node, tuple[bool, ...]]] = []
            for key, has in later_readings(word):
                for n, seen in frontier:
                    child = self._step(n, key)
                    if child is not None:
                        step.append((child, (*seen, has)))
            if not step:
                held = self._with_enclitic(word, frontier)
                if held:
                    best = Hit(start, tokens[last].end(), held)
            frontier = step
        return best

    def _step(self, node: Node, key: str) -> Node | None:
        """The node that `key` leads to from another."""
        if key in node.waiting:
            self._grow_waiting(node, key)
        return node.next.get(key)

    def _with_enclitic(self, token: str, frontier: list[tuple[Node, tuple[bool, ...]]]) -> tuple[Entry, ...]:
        """Roles whose last word carries a pronoun ("وزير خارجيتها")."""
        found: list[Entry] = []
        for key in without_enclitic(fold_arabic(token)) if may_carry_pronoun(token) else ():
            for node, _ in frontier:
                child = self._step(node, key)
                if child is not None:
                    found.extend(e for e in child.entries if e.kind == "role")
        return tuple(found)


def _joined(text: str, last: re.Match[str], following: re.Match[str]) -> bool:
    """Whether only a space, hyphen, apostrophe or abbreviation dot stands between two tokens."""
    gap = text[last.end() : following.start()]
    if gap == " " or _GAP.fullmatch(gap):
        return True
    return len(last[0]) <= 3 and _SHORT_DOT.fullmatch(gap) is not None


def _in_capitals(text: str, token: re.Match[str]) -> bool:
    around = re.findall(r"[^\W\d_]{2,}", text[max(0, token.start() - 40) : token.end() + 40])
    return len(around) > 1 and all(word.isupper() for word in around[1:-1] or around)


def _articles_fit(entry: Entry, seen: tuple[bool, ...]) -> bool:
    """Whether the tokens have and lack the article as the entry demands."""
    return entry.article == seen or all(a is None or a == s for a, s in zip(entry.article, seen, strict=True))
