"""Families: copies, cuts and edits of one text, so that a wire story printed forty times is one source.

Measured by containment: the share of the shorter text's 8-word shingles that the longer one has. Of longer texts one
shingle in `SAMPLE` is kept, chosen by its hash, so that the same ones are kept in every text. Jaccard likeness misses
cut copies.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, repeat
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dragoman.pages.article import CONTENT_ROLES, Article
from dragoman.record.parameters import chunks, marks
from dragoman.record.words import folded_words

WIDTH = 8
SAMPLE = 8
SHORT = 96  # texts of so few shingles keep them all: a sample of a brief would be too small
CONTAINMENT = 0.4  # from this share on, one text is a copy, cut or edit of the other (benchmarks/families.py)
CREDITED = 0.1  # … or from this on, where one page names the other's outlet as its source
FEWEST = 3  # shared shingles below which a likeness may be chance (a standing line)
NOTHING_NEW = 0.9  # a text so far contained in one already indexed adds nothing to the index
STANDING = 3  # a shingle that so many families have is a standing line of some site or agency, and tells nothing
WORDS_KEPT = 200_000
_STEP = 896  # variables in one statement …
_FILLED = 64  # … or so many, or two, three, … times as many

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.array([pow(0x9E3779B97F4A7C15, i + 1, 1 << 64) for i in range(WIDTH)], dtype=np.uint64)


class _Rows(dict[str, int]):
    """The row of `numbers` in which each word has its number of 64 bits, made when the word is first met."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = np.empty(WORDS_KEPT, dtype=np.uint64)

    def __missing__(self, word: str) -> int:
        data = word.encode()
        row = self[word] = len(self)
        self.numbers[row] = crc32(data) << 32 | crc32(data[::-1])
        return row

    def of(self, words: Sequence[str]) -> Hashes:
        """The numbers of `words`."""
        if len(self) + len(words) > WORDS_KEPT:
            self.clear()
        if len(words) > WORDS_KEPT:
            return np.concatenate([self.of(part) for part in chunks(words, WORDS_KEPT)])
        found: Hashes = self.numbers[np.fromiter(map(self.__getitem__, words), np.int64, len(words))]
        return found


_rows = _Rows()


def shingles(words: Sequence[str]) -> Hashes:
    """Hashes of the 8-word runs of a text's folded words, sorted, each once; of a longer text a sample.

    Fewer than eight words give none.
    """
    numbers = _rows.of(words)
    count = len(numbers) - WIDTH + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    mixed = numbers[:count] * _POWERS[0]
    for i in range(1, WIDTH):
        mixed += numbers[i : i + count] * _POWERS[i]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _PRIME
    mixed = (mixed ^ (mixed >> np.uint64(32))) >> np.uint64(1)  # SQLite's integers are signed
    mixed.sort()
    mixed = mixed[np.concatenate(([True], mixed[1:] != mixed[:-1]))]
    return mixed if len(mixed) <= SHORT else _sampled(mixed)


def _sampled(hashes: Hashes) -> Hashes:
    kept: Hashes = hashes[hashes % np.uint64(SAMPLE) == 0]
    return kept


def is_short(hashes: Hashes) -> bool:
    """True when `shingles` left nothing out, false when it kept a sample."""
    return bool(np.any(hashes % np.uint64(SAMPLE)))


def content(article: Article) -> list[str]:
    """The article's own words, folded."""
    return [w for s in article.segments if s.role in CONTENT_ROLES for w in folded_words(s.text)]


def containment(a: Hashes, b: Hashes) -> float:
    """Share of the smaller set that the larger has; of a short and a long text the samples are compared."""
    if is_short(a) != is_short(b):
        a, b = _sampled(a), _sampled(b)
    if not len(a) or not len(b):
        return 0.0
    return len(np.intersect1d(a, b, assume_unique=True)) / min(len(a), len(b))


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    return " ".join(folded_words(name))


@dataclass(frozen=True, slots=True)
class Credit:
    """Who published a page and whom it names as its source, folded for comparison; "" where unknown."""

    outlet: str
    source: str

    @classmethod
    def of(cls, outlet: str | None, source: str | None) -> Credit:
        """From the names as the page gives them."""
        return cls(_folded(outlet or ""), _folded(source or ""))

    def names(self, other: Credit) -> bool:
        """True when one of the two names the other's outlet as its source."""
        return bool((self.source and self.source == other.outlet) or (other.source and other.source == self.outlet))


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a page beside its shingles: how many there are, and how many the sample would keep."""

    language: str
    shingles: int
    sampled: int
    credit: Credit

    @classmethod
    def of(cls, language: str, hashes: Hashes, credit: Credit) -> Sketch:
        """Of a page's shingles."""
        return cls(language, len(hashes), len(_sampled(hashes)), credit)

    def without(self, standing: Collection[int]) -> Sketch:
        """The sketch when the shingles in `standing` are not counted."""
        sampled = sum(h % SAMPLE == 0 for h in standing)
        return replace(self, shingles=self.shingles - len(standing), sampled=self.sampled - sampled)

    def contained(self, shared: int, other: Sketch) -> float | None:
        """The share of this page's shingles that `other` has, if the two are copies or cuts of one text; else None."""
        alike = (self.shingles > self.sampled) == (other.shingles > other.sampled)
        ours, theirs = (self.shingles, other.shingles) if alike else (self.sampled, other.sampled)
        if other.language != self.language or not ours or shared < min(FEWEST, ours, theirs):
            return None
        share = shared / min(ours, theirs)
        if share >= CONTAINMENT or (share >= CREDITED and self.credit.names(other.credit)):
            return shared / ours
        return None


def place(connection: sqlite3.Connection, page: int, language: str, words: Sequence[str]) -> int:
    """Index the words of the stored `page` and return its family: the number of the family's first page.

    When the page ties families together, the one with the smaller number takes in the others. Runs in the caller's
    transaction.
    """
    own = shingles(words)
    hashes, having = _postings(connection, page, own)
    others, at = np.unique(having, return_inverse=True)
    indexed = _indexed(connection, others.tolist())
    standing = _standing(hashes, [one.family for one in indexed], at)
    counted = at[~np.isin(hashes, standing)] if len(standing) else at
    shared = np.bincount(counted, minlength=len(others)).tolist()
    credit = Credit.of(
        *connection.execute("SELECT outlet, original_source FROM pages WHERE id = ?", (page,)).fetchone()
    )
    sketch = Sketch.of(language, own, credit)
    relatives = _relatives(sketch.without(standing.tolist()), zip(indexed, shared, strict=True))
    families = {f for f, _ in relatives}
    novel = not any(share >= NOTHING_NEW for _, share in relatives)
    kept = own if novel else own[:0]
    if len(standing) and novel:
        kept = own[~np.isin(own, standing.astype(np.uint64))]
    connection.execute(
        "INSERT INTO shingle_counts VALUES (?, ?, ?, ?, ?)",
        (page, language, sketch.shingles, sketch.sampled, kept.astype("<u8").tobytes()),
    )
    connection.executemany("INSERT OR IGNORE INTO shingles VALUES (?, ?)", zip(kept.tolist(), repeat(page)))
    family = min(families, default=page)
    for other in sorted(families - {family}):
        connection.execute("UPDATE pages SET family = ? WHERE family = ?", (family, other))
    return family


def _standing(hashes: Numbers, families: Sequence[int], at: Numbers) -> Numbers:
    """The shingles that `STANDING` families have: page `at[i]`, whose family stands in `families`, has `hashes[i]`."""
    if len(set(families)) < STANDING:
        return hashes[:0]
    of_page = np.array(families, dtype=np.int64)[at]
    order = np.lexsort((of_page, hashes))
    hashes, of_page = hashes[order], of_page[order]
    again = (hashes[1:] == hashes[:-1]) & (of_page[1:] == of_page[:-1])
    found, count = np.unique(hashes[np.concatenate(([True], ~again))[: len(hashes)]], return_counts=True)
    standing: Numbers = found[count >= STANDING]
    return standing


@dataclass(frozen=True, slots=True)
class _Indexed:
    """A page that is in the index."""

    family: int
    sketch: Sketch


def _postings(connection: sqlite3.Connection, page: int, own: Hashes) -> tuple[Numbers, Numbers]:
    """The shingles of `page` that others have, and an indexed page that has it for each."""
    found: list[tuple[int, int]] = []
    for slots, chunk in _steps(own.tolist()):
        found += connection.execute(
            f"SELECT hash, page FROM shingles WHERE hash IN ({slots}) AND page != ?", (*chunk, page)
        )
    rows = np.fromiter(chain.from_iterable(found), np.int64, 2 * len(found))
    return rows[0::2], rows[1::2]


def _indexed(connection: sqlite3.Connection, pages: Sequence[int]) -> list[_Indexed]:
    """What is compared of some indexed pages, in order of number."""
    found: list[_Indexed] = []
    for slots, chunk in _steps(pages):
        for shingles, sampled, language, family, outlet, source in connection.execute(
            "SELECT c.shingles, c.sampled, c.language, p.family, p.outlet, p.original_source "
            f"FROM shingle_counts c JOIN pages p ON p.id = c.page WHERE c.page IN ({slots}) ORDER BY c.page",
            chunk,
        ):
            found.append(_Indexed(family, Sketch(language, shingles, sampled, Credit.of(outlet, source))))
    return found


def _steps(items: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    """`items` in parts that one statement may name, with their question marks. Each part is filled up with a number
    that nothing has, so that there are few statements to prepare.
    """
    for part in chunks(items, _STEP):
        filled = [*part, *[-1] * (-len(part) % _FILLED)]
        yield marks(filled), filled


def _relatives(own: Sketch, met: Iterable[tuple[_Indexed, int]]) -> list[tuple[int, float]]:
    """(family, share of `own` that the indexed page has) of every indexed page that is a copy; each comes with the
    number of shingles that it has in common with `own`.
    """
    shares = ((other.family, own.contained(shared, other.sketch)) for other, shared in met if shared)
    return [(family, share) for family, share in shares if share is not None]


def forget(connection: sqlite3.Connection, page: int) -> None:
    """Take a page out of the index, before it is read again."""
    row = connection.execute("SELECT hashes FROM shingle_counts WHERE page = ?", (page,)).fetchone()
    if row is None:
        return
    for h in np.frombuffer(row[0], dtype="<u8"):
        connection.execute("DELETE FROM shingles WHERE hash = ? AND page = ?", (int(h), page))
    connection.execute("DELETE FROM shingle_counts WHERE page = ?", (page,))
