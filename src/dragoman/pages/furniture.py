"""Which containers and which opening words mark a run as furniture, from data files of words in four languages."""

from __future__ import annotations

import re
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


@cache
def _container_words() -> dict[tuple[str, ...], Role]:
    """Role by the words of a class or id name; several words must stand next to each other."""
    return {tuple(key.split("-")): role for key, role in _table("container_words.tsv")}


@cache
def _opening_words() -> dict[str, list[tuple[str, Role]]]:
    """Role by the words that a furniture run opens with, listed under their first word."""
    table: dict[str, list[tuple[str, Role]]] = {}
    for phrase, role in _table("opening_words.tsv"):
        table.setdefault(phrase.split()[0], []).append((phrase, role))
    return table


def _table(name: str) -> list[tuple[str, Role]]:
    lines = files("dragoman.pages").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [(key, cast(Role, role)) for key, role in (line.split("\t")[:2] for line in lines[1:] if line)]


@lru_cache(maxsize=65_536)
def hint(tag: str, attributes: str) -> Role | None:
    """The role that an element's tag, class, id or ARIA role names, None where they name none."""
    if tag in _UNHINTED:
        return None
    if attributes:
        words = _container_words()
        for found in _NAMES.finditer(attributes):
            value = found[2] or found[3] or found[4] or ""
            for name in value.split()[: 2 if tag == "article" else 12]:
                role = _name_role(name, words)
                if role:
                    return role
    return _TAGS.get(tag)


def _name_role(name: str, words: dict[tuple[str, ...], Role]) -> Role | None:
    """The role of one class or id name such as `mostRead` or `entry__related-posts`."""
    tokens = [token.lower() for token in _WORD.findall(_CAMEL.sub(" ", name))]
    for index in range(len(tokens)):
        if index and tokens[index - 1] in _LAYOUT:
            continue
        for length in (3, 2, 1):
            role = words.get(tuple(tokens[index : index + length]))
            if role and len(tokens) >= index + length:
                if index + length < len(tokens) and tokens[index + length] in _LAYOUT_NEXT:
                    continue
                return role
    return None


def hinted(element: Element | None) -> tuple[Role | None, Element | None]:
    """The nearest hint on the way from an element to the root, and the element that gives it."""
    while element is not None:
        role = hint(element.tag, element.attributes)
        if role is not None:
            return role, element
        element = element.parent
    return None, None


def opening(text: str) -> Role | None:
    """The role that a run's first words name ('Read also', 'À lire', 'اقرأ أيضا', 'Te puede interesar'), None if none."""
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
