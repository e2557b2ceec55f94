"""Which contexts the words of a sentence signal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set

_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_ARABIC_FOLD = str.maketrans("أإآىة", "اااية")
_LONGEST = 3  # words in the longest phrase


class ContextWords:
    """Signal words and phrases by context. `*` at the end of an entry stands for any ending."""

    __slots__ = ("_exact", "_prefixes")

    def __init__(self, table: Mapping[str, Set[str]]) -> None:
        """`table` gives the entries of each context, in lower case; phrases have spaces."""
        self._exact: dict[str, list[str]] = {}
        self._prefixes: dict[str, list[str]] = {}
        for context, entries in table.items():
            for entry in entries:
                place = self._prefixes if entry.endswith("*") else self._exact
                place.setdefault(_fold(entry.rstrip("*")), []).append(context)

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
        for end in range(4, len(form) + 1):
            found += self._prefixes.get(form[:end], ())
        return found


def _fold(word: str) -> str:
    return word.casefold().translate(_ARABIC_FOLD)


def _variants(phrase: str) -> list[str]:
    variants = [phrase]
    if "\u0600" <= phrase[:1] <= "\u06ff":
        variants += [phrase[len(p) :] for p in _ARABIC_PREFIXES if phrase.startswith(p) and len(phrase) - len(p) > 2]
    elif phrase.endswith("s"):
        variants.append(phrase[:-1])
    return variants
