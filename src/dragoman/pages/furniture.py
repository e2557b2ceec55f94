"""Which containers and which opening words mark a run as furniture, from data files of words in four languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from dragoman.pages.article import Role
from dragoman.pages.markup import Element

_NAMES = re.compile(
    r"""(?:^|\s)(class|id|role|itemprop|data-component|data-testid|aria-label)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.I,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")
# A layout class names what the page around it has, not what the element is.
_LAYOUT = frozenset(
    {"no", "with", "has", "without", "hide", "show", "enable", "disable", "open", "closed", "is", "non", "before"}
)
_LAYOUT_NEXT = frozenset({"open", "closed", "enabled", "disabled", "right", "left"})
_TAGS: dict[str, Role] = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "related",
    "form": "other",
    "button": "share",
    "dialog": "other",
    "fieldset": "other",
    "figcaption": "caption",
}
_UNHINTED = frozenset({"html", "body", "main", "h1"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What a container's name says of its runs; a weak word ('widget') says nothing against extracted content."""

    role: Role
    strong: bool


@cache
def _container_words() -> dict[tuple[str, ...], Hint]:
    """Hint by the words of a class or id name; several words must stand next to each other."""
    return {
        tuple(key.split("-")): Hint(cast(Role, role), strength == "strong")
        for key, role, strength in _table("container_words.tsv")
    }


@cache
def _opening_words() -> dict[str, list[tuple[str, Role]]]:
    """Role by the words that a furniture run opens with, listed under their first word."""
    table: dict[str, list[tuple[str, Role]]] = {}
    for phrase, role in _table("opening_words.tsv"):
        table.setdefault(phrase.split()[0], []).append((phrase, cast(Role, role)))
    return table


def _table(name: str) -> list[list[str]]:
    lines = files("dragoman.pages").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line]


@lru_cache(maxsize=65_536)
def hint(tag: str, attributes: str) -> Hint | None:
    """What an element's tag, class, id or ARIA role names, None where they name nothing."""
    if tag in _UNHINTED:
        return None
    weak: Hint | None = None
    if attributes:
        words = _container_words()
        for found in _NAMES.finditer(attributes):
            value = found[2] or found[3] or found[4] or ""
            for name in value.split()[: 2 if tag == "article" else 12]:
                named = _name_hint(name, words)
                if named is not None and named.strong:
                    return named
                weak = weak or named
    by_tag = _TAGS.get(tag)
    return Hint(by_tag, True) if by_tag else weak


def _name_hint(name: str, words: dict[tuple[str, ...], Hint]) -> Hint | None:
    """The hint in one class or id name such as `mostRead` or `entry__related-posts`; strong words go first."""
    tokens = [token.lower() for token in _WORD.findall(_CAMEL.sub(" ", name))]
    weak: Hint | None = None
    for index in range(len(tokens)):
        if index and tokens[index - 1] in _LAYOUT:
            continue
        for length in (3, 2, 1):
            named = words.get(tuple(tokens[index : index + length]))
            if named is None or len(tokens) < index + length:
                continue
            if index + length < len(tokens) and tokens[index + length] in _LAYOUT_NEXT:
                continue
            if named.strong:
                return named
            weak = weak or named
    return weak


def hinted(element: Element | None, *, strong_only: bool = False) -> tuple[Role | None, Element | None]:
    """The nearest hint on the way from an element to the root, and the element that gives it."""
    while element is not None:
        named = hint(element.tag, element.attributes)
        if named is not None and (named.strong or not strong_only):
            return named.role, element
        element = element.parent
    return None, None


def opening(text: str) -> Role | None:
    """The role that a run's first words name ('Read also', 'À lire', 'اقرأ أيضا'), None if none."""
    head = " ".join(text[:60].lower().replace("’", "'").split()).lstrip("•-–—>»|*# ")
    first = re.match(r"[^\s:|.,!?…]+", head)
    if first is None:
        return None
    for phrase, role in _opening_words().get(first[0], ()):
        if head.startswith(phrase):
            following = head[len(phrase) : len(phrase) + 1]
            if not following or not (following.isalnum() or following in "'"):
                return role
    return None
