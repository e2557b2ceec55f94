"""How names are cut into words, by script, and what a name asks of the words of a text beside their folded letters."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from dragoman.actors.folding import ARABIC_TOKEN, LATIN_TOKEN, fold, split_article

ANY, INITIAL, CAPITALS = 0, 1, 2  # what a token of a name asks of a text's: nothing, a capital, nothing but capitals

Row = TypeVar("Row")


class Spelling(NamedTuple):
    """A name's tokens folded, with what each asks: `case` (Latin), `article` (Arabic; None: either way).

    `strict`: every demand must be met, not only one of them.
    """

    keys: tuple[str, ...]
    case: tuple[int, ...] = ()
    article: tuple[bool | None, ...] = ()
    strict: bool = True


class Script(ABC):
    """What a script is to names. `token` matches one token; `split` cuts a text at them: gap, token, gap … gap."""

    def __init__(self, token: re.Pattern[str]) -> None:
        self.token = token
        self.split = re.compile(f"({token.pattern})").split

    @abstractmethod
    def key(self, token: str) -> str:
        """The key under which names that begin with `token` wait."""

    @abstractmethod
    def spelling(self, form: str, kind: str) -> Spelling:
        """The keys and demands of a name; `kind` is the kind of its entry."""

    def keys(self, text: str) -> tuple[str, ...]:
        """The keys of all tokens of `text`: equal for two spellings of one name."""
        return tuple([self.key(t) for t in self.token.findall(text)])

    def second_key(self, form: str) -> str | None:
        """The key of a name's second token; None where it is of one."""
        if form.isalpha():
            return None
        tokens = self.token.findall(form)
        return self.key(tokens[1]) if len(tokens) > 1 else None

    def by_first_key(self, forms: Sequence[str], rows: Iterable[Row]) -> dict[str, list[Row]]:
        """The rows that belong to names, by the key of the name's first token; rows of names without one are left out.

        Made for tens of thousands.
        """
        found: dict[str, list[Row]] = {}
        for key, row in zip(self._first_keys(forms), rows, strict=True):
            if key in found:
                found[key].append(row)
            elif key:
                found[key] = [row]
        return found

    def _first_keys(self, forms: Sequence[str]) -> list[str]:
        """The key of each name's first token; empty where it has none. Many names begin with one word."""
        known = lru_cache(maxsize=None)(self._first_key)
        return [known(form.partition(" ")[0]) or self._first_key(form) for form in forms]

    def _first_key(self, form: str) -> str:
        match = self.token.search(form)
        return self.key(match.group()) if match is not None else ""


class Latin(Script):
    """Words with capitals or without."""

    def __init__(self) -> None:
        super().__init__(LATIN_TOKEN)

    def key(self, token: str) -> str:
        return fold(token)

    def second_key(self, form: str) -> str | None:
        words = form.split(" ", 2)
        if words[0].isalpha():
            if len(words) == 1:
                return None
            word = words[1]
            if word.isascii() and word.isalpha():
                return word.lower()
        return super().second_key(form)

    def spelling(self, form: str, kind: str) -> Spelling:
        if form.isalpha():
            return Spelling((fold(form),), (_case(form, kind),))
        tokens = self.token.findall(form)
        case = tuple([_case(t, kind) for t in tokens])
        strict = kind == "person" or len(case) - case.count(ANY) < 2
        return Spelling(tuple([fold(t) for t in tokens]), case, strict=strict)

    def _first_keys(self, forms: Sequence[str]) -> list[str]:
        small = "\n".join([form.partition(" ")[0] for form in forms]).lower().split("\n") if forms else []
        plain = [word if word.isascii() and word.isalpha() else "" for word in small]
        others = iter(super()._first_keys([form for form, key in zip(forms, plain, strict=True) if not key]))
        return [key or next(others) for key in plain]


class Arabic(Script):
    """Words with the article written on to them or without."""

    def __init__(self) -> None:
        super().__init__(ARABIC_TOKEN)

    def key(self, token: str) -> str:
        return split_article(token)[0]

    def spelling(self, form: str, kind: str) -> Spelling:
        words = [split_article(t) for t in self.token.findall(form)]
        loose = kind in ("adj", "people", "role")
        return Spelling(tuple([k for k, _ in words]), article=tuple([None if loose else a for _, a in words]))


def _case(token: str, kind: str) -> int:
    """What a token of a name of some kind asks of a text's."""
    if token.islower():
        return ANY
    if token[1:].islower():
        return INITIAL if kind != "role" and token[0].isupper() else ANY
    letters = token.replace(".", "")
    if kind == "role":
        return CAPITALS if len(letters) > 1 and letters.isupper() else ANY
    if len(letters) > 1 and letters.isupper() and len(letters) <= 6 and not letters.isdigit():
        return CAPITALS
    return INITIAL if letters[:1].isupper() else ANY


LATIN, ARABIC = Latin(), Arabic()
SCRIPTS: dict[str, Script] = {"en": LATIN, "fr": LATIN, "es": LATIN, "ar": ARABIC}
