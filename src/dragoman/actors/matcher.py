"""Finds names in text: the longest from the left, word by word, by the folded letters of each script."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from dragoman.actors.folding import (
    first_readings,
    fold,
    fold_arabic,
    later_readings,
    may_carry_pronoun,
    without_enclitic,
)
from dragoman.actors.name_index import Beginning, Entry, NameIndex, Node
from dragoman.actors.scripts import ANY, ARABIC, CAPITALS, INITIAL, LATIN, Script

_GAP = re.compile(
    r"[ \u00a0\u202f\t]*\n?[ \u00a0\u202f\t]*|[-\u2010-\u2013'’ʼʻ‘`´/&.]|['’] |[ \u00a0\u202f]&[ \u00a0\u202f]"
)
_SHORT_DOT = re.compile(r"\.[ \u00a0\u202f]")
_HYPHENS = frozenset("-‐‑–")
_SEEN = 1 << 18  # spellings whose readings are kept


class Way(NamedTuple):
    """A way to read a first token: what begins so, where the name starts in the token, and whether it has the article.

    `seconds` are the keys that the next token must have one of; None where the first may stand alone.
    """

    nodes: tuple[Node, ...]
    seconds: frozenset[str] | None = None
    offset: int = 0
    article: bool = False


class Hit(NamedTuple):
    """A match: offsets in the text and every entry that reads so."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class _Ways(dict[str, Sequence[Way]]):
    """The ways to read each token met so far."""

    def __init__(self, read: Callable[[str], Sequence[Way]]) -> None:
        self._read = read

    def __missing__(self, token: str) -> Sequence[Way]:
        ways = self[token] = self._read(token)
        return ways


class Text:
    """A text cut at its tokens: `tokens[i]` stands at `starts[i]` to `ends[i]`, and `gaps[i]` is what follows it."""

    __slots__ = ("ends", "gaps", "starts", "text", "tokens")

    def __init__(self, text: str, parts: list[str]) -> None:
        """`parts` as `Script.split` gives them."""
        self.text = text
        self.tokens = parts[1::2]
        self.gaps = parts[2::2]
        offsets = list(accumulate(map(len, parts)))
        self.starts = offsets[:-1:2]
        self.ends = offsets[1::2]

    def joined(self, i: int) -> bool:
        """Whether only a space, hyphen, apostrophe or abbreviation dot stands behind a token and before the next."""
        gap = self.gaps[i]
        if gap == " " or _GAP.fullmatch(gap):
            return True
        return len(self.tokens[i]) <= 3 and _SHORT_DOT.fullmatch(gap) is not None


class Matcher(ABC):
    """Finds the names of some indexes of one script. Not thread-safe, as the indexes are not."""

    def __init__(self, script: Script, indexes: Iterable[NameIndex[Any]]) -> None:
        self._split = script.split
        self._indexes = tuple(indexes)
        self._ways = _Ways(self._read)

    def find(self, text: str) -> list[Hit]:
        """Longest matches from the left, not overlapping."""
        if len(self._ways) > _SEEN:
            self._ways.clear()
        parts = self._split(text)
        ways = list(map(self._ways.__getitem__, parts[1::2]))
        if not any(ways):
            return []
        cut = Text(text, parts)
        hits: list[Hit] = []
        end = 0
        for i, here in enumerate(ways):
            if here and cut.starts[i] >= end:
                hit = self._longest(cut, i, here)
                if hit is not None:
                    hits.append(hit)
                    end = hit.end
        return hits

    @abstractmethod
    def _read(self, token: str) -> Sequence[Way]:
        """The ways to read a name's first token; none where no name begins so."""

    @abstractmethod
    def _longest(self, text: Text, i: int, ways: Sequence[Way]) -> Hit | None:
        """The longest match that begins in the token `i`."""


class LatinMatcher(Matcher):
    """`words` are abbreviations that are also words ("WHO"): in a line of capitals they are read as words."""

    def __init__(self, indexes: Iterable[NameIndex[Any]], words: Iterable[str] = ()) -> None:
        super().__init__(LATIN, indexes)
        self._words = frozenset(words)

    def _read(self, token: str) -> Sequence[Way]:
        key = fold(token)
        begun = [index.beginning(key, not token[0].isupper()) for index in self._indexes if key in index.rows]
        nodes = tuple([node for node in begun if node is not None])
        if not nodes:
            return ()
        alone = any([node.entries for node in nodes])
        return (Way(nodes, None if alone else frozenset().union(*[node.seconds() for node in nodes])),)

    def _longest(self, text: Text, i: int, ways: Sequence[Way]) -> Hit | None:
        seconds = ways[0].seconds
        if seconds is not None and (i + 1 == len(text.tokens) or fold(text.tokens[i + 1]) not in seconds):
            return None
        best: Hit | None = None
        for node in ways[0].nodes:
            hit = self._walk(text, i, node)
            if hit is None or (best is not None and hit.end < best.end):
                continue
            alike = best is not None and hit.end == best.end
            best = Hit(hit.start, hit.end, best.entries + hit.entries) if best is not None and alike else hit
        return best

    def _walk(self, text: Text, i: int, node: Node) -> Hit | None:
        """The longest match that begins in the token `i`, of the names that begin with `node`."""
        best: Hit | None = None
        tokens = text.tokens
        last = i
        while True:
            if node.entries:
                entries = tuple([e for e in node.entries if self._reads(text, i, last, e)])
                if entries:
                    best = Hit(text.starts[i], text.ends[last], entries)
            if last + 1 == len(tokens):
                return best
            step = node.after(fold(tokens[last + 1]))
            if step is None or not text.joined(last):
                return best
            node = step
            last += 1

    def _reads(self, text: Text, first: int, last: int, entry: Entry) -> bool:
        """Whether the tokens from `first` to `last` are spelt as an entry demands."""
        met = unmet = 0
        for word, case in zip(text.tokens[first : last + 1], entry.case, strict=True):
            if case != ANY:
                if word[0].isupper() if case == INITIAL else word.isupper():
                    met += 1
                else:
                    unmet += 1
        if unmet and (entry.strict or not met):
            return False
        if entry.note.startswith("prefix"):
            end = text.ends[last]
            return text.text[end : end + 1] in _HYPHENS and text.text[end + 1 : end + 2].isalpha()
        if first == last and entry.case[0] == CAPITALS:
            word = text.tokens[first]
            if fold(word) in self._words and "." not in word and _in_capitals(text, first):
                return False
        return True


class ArabicMatcher(Matcher):
    """Reads what Arabic writes on to a word: "and", prepositions, the article, and a possessor behind a title."""

    def __init__(self, indexes: Iterable[NameIndex[Any]]) -> None:
        super().__init__(ARABIC, indexes)

    def _nodes(self, key: str) -> tuple[Beginning, ...]:
        begun = [index.beginning(key) for index in self._indexes if key in index.rows]
        return tuple([node for node in begun if node is not None])

    def _read(self, token: str) -> Sequence[Way]:
        readings = first_readings(token)
        ways = [
            Way(nodes, offset=offset, article=article)
            for offset, key, article in readings
            if (nodes := self._nodes(key))
        ]
        for offset, key, article in readings if may_carry_pronoun(token) else ():
            for stem in without_enclitic(key):
                roles = [e for node in self._nodes(stem) for e in node.entries if e.kind == "role"]
                if roles:
                    ways.append(Way((Node(roles),), offset=offset, article=article))
        return ways

    def _longest(self, text: Text, i: int, ways: Sequence[Way]) -> Hit | None:
        best: Hit | None = None
        for way in ways:
            hit = self._walk(text, i, way)
            if hit is not None and (best is None or hit.end > best.end):
                best = hit
        return best

    def _walk(self, text: Text, i: int, way: Way) -> Hit | None:
        best: Hit | None = None
        frontier: list[tuple[Node, tuple[bool, ...]]] = [(node, (way.article,)) for node in way.nodes]
        start, last = text.starts[i] + way.offset, i
        while frontier:
            entries = [e for node, seen in frontier if node.entries for e in node.entries if _articles_fit(e, seen)]
            if entries:
                best = Hit(start, text.ends[last], tuple(entries))
            if last + 1 == len(text.tokens) or not text.joined(last):
                break
            last += 1
            word = text.tokens[last]
            step: list[tuple[Node, tuple[bool, ...]]] = []
            for key, has in later_readings(word):
                for node, seen in frontier:
                    child = node.after(key)
                    if child is not None:
                        step.append((child, (*seen, has)))
            if not step:
                held = _with_enclitic(word, frontier)
                if held:
                    best = Hit(start, text.ends[last], held)
            frontier = step
        return best


def _with_enclitic(token: str, frontier: list[tuple[Node, tuple[bool, ...]]]) -> tuple[Entry, ...]:
    """Roles whose last word carries a pronoun ("وزير خارجيتها")."""
    found: list[Entry] = []
    for key in without_enclitic(fold_arabic(token)) if may_carry_pronoun(token) else ():
        for node, _ in frontier:
            child = node.after(key)
            if child is not None:
                found.extend(e for e in child.entries if e.kind == "role")
    return tuple(found)


def _in_capitals(text: Text, i: int) -> bool:
    """Whether the words around a token are in capitals too."""
    around = re.findall(r"[^\W\d_]{2,}", text.text[max(0, text.starts[i] - 40) : text.ends[i] + 40])
    return len(around) > 1 and all(word.isupper() for word in around[1:-1] or around)


def _articles_fit(entry: Entry, seen: tuple[bool, ...]) -> bool:
    """Whether the tokens have and lack the article as the entry demands."""
    return entry.article == seen or all(a is None or a == s for a, s in zip(entry.article, seen, strict=True))


def matcher(script: Script, indexes: Iterable[NameIndex[Any]], words: Iterable[str] = ()) -> Matcher:
    """The matcher of a script; `words` as `LatinMatcher` takes them."""
    return ArabicMatcher(indexes) if script is ARABIC else LatinMatcher(indexes, words)
