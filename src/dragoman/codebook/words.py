"""Which contexts the words of a sentence signal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set

_ARABIC_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_ARABIC_CLITICS = "وبلفك"
_ARABIC_FOLD = str.maketrans("أإآى", "اااي")
_LONGEST = 3  # words in the longest phrase
_SHORTEST = 4  # letters in the shortest prefix


class ContextWords:
    """Signal words and phrases by context. `*` at the end of an entry stands for any ending."""

    __slots__ = ("_exact", "_longest", "_prefixes", "_starts")

    def __init__(self, table: Mapping[str, Set[str]]) -> None:
        """`table` gives the entries of each context, in lower case; phrases have spaces."""
        self._exact: dict[str, list[str]] = {}
        self._prefixes: dict[str, list[str]] = {}
        for context, entries in table.items():
            for entry in entries:
                place = self._prefixes if entry.endswith("*") else self._exact
                place.setdefault(_fold(entry.rstrip("*")), []).append(context)
        self._starts = {prefix[:_SHORTEST] for prefix in self._prefixes}
        self._longest = max(map(len, self._prefixes), default=0)

    def of(self, words: Iterable[str]) -> tuple[str, ...]:
        """Contexts signalled by these words in order, by number of hits (a phrase counts twice), then by name."""
        folded = [_fold(word) for word in words]
        hits: Counter[str] = Counter()
        for start in range(len(folded)):
            for length in range(min(_LONGEST, len(folded) - start), 0, -1):
                phrase = " ".join(folded[start : start + length])
                for context in {c for form in _variants(phrase) for c in self._contexts(form)}:
                    hits[context] += min(length, 2)
        return tuple(sorted(hits, key=lambda context: (-hits[context], context)))

    def _contexts(self, form: str) -> list[str]:
        found = list(self._exact.get(form, ()))
        if form[:_SHORTEST] in self._starts:
            for end in range(_SHORTEST, min(len(form), self._longest) + 1):
                found += self._prefixes.get(form[:end], ())
        return found


def _fold(words: str) -> str:
    """Lower case; Arabic words without article and with one form of alif."""
    folded = words.casefold()
    if not "\u0600" <= folded[:1] <= "\u06ff":
        return folded
    return " ".join(_without_article(word) for word in folded.translate(_ARABIC_FOLD).split())


def _without_article(word: str) -> str:
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) > 2:
            return word[len(article) :]
    return word


def _variants(phrase: str) -> list[str]:
    """`phrase` itself, an Arabic one without its clitic, others without a final s."""
    variants = [phrase]
    if "\u0600" <= phrase[:1] <= "\u06ff":
        if phrase[0] in _ARABIC_CLITICS and len(phrase) > 3:
            variants.append(phrase[1:])
    elif phrase.endswith("s"):
        variants.append(phrase[:-1])
    return variants
