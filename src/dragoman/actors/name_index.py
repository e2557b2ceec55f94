"""The names of a table, waiting as rows until a text shows how they begin: a hundred thousand names, few ever read.

A name waits under the key of its first token, then, once a text shows that token, under its second one's, and becomes
an entry only where a text has both side by side.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple

from dragoman.actors.scripts import Row, Script


class Form(NamedTuple):
    """A name as it is written, and what it stands for."""

    text: str
    kind: str
    id: str
    note: str
    plural: bool = False


class Entry(NamedTuple):
    """What a name stands for, with the demands of its `Spelling` on the words of a text."""

    kind: str
    id: str
    note: str
    case: tuple[int, ...]
    article: tuple[bool | None, ...]
    strict: bool
    plural: bool


@dataclass(slots=True)
class Node:
    """What is known of names up to some token: the names that end with it and, by key, the tokens that may follow."""

    entries: list[Entry] = field(default_factory=list)
    next: dict[str, Node] = field(default_factory=dict)

    def after(self, key: str) -> Node | None:
        """What follows with a token of this key."""
        return self.next.get(key)


class Beginning(Node):
    """What is known of names by their first token: the rest of them wait as rows under the key of the second."""

    __slots__ = ("_index", "_small", "waiting")

    def __init__(self, index: NameIndex[Any], small: bool) -> None:
        super().__init__()
        self._index = index
        self._small = small
        self.waiting: dict[str, list[Any]] = {}

    def seconds(self) -> set[str]:
        """The keys that a second token may have."""
        return {*self.next, *self.waiting}

    def after(self, key: str) -> Node | None:
        if key in self.waiting:
            for row in self.waiting.pop(key):
                self._index.grow(self, row, self._small)
        return self.next.get(key)


class NameIndex(ABC, Generic[Row]):
    """The names of one script in a table. Not thread-safe while it grows; share between processes, not threads."""

    def __init__(self, script: Script, rows: Mapping[str, list[Row]]) -> None:
        """`rows` by the first keys of their names, as `Script.by_first_key` gives them."""
        self.script = script
        self.rows = rows
        self._begun: tuple[dict[str, Beginning | None], dict[str, Beginning | None]] = ({}, {})

    @abstractmethod
    def name(self, row: Row) -> str:
        """The name of a row."""

    @abstractmethod
    def form(self, row: Row) -> Form | None:
        """The name of a row with what it stands for; None where the name alone stands for nobody."""

    def never_small(self, row: Row) -> bool:
        """Whether the name of a row is surely never written with a small first letter; for speed only."""
        name = self.name(row)
        return name[0].isupper() and name[1:].islower()

    def beginning(self, key: str, small: bool = False) -> Beginning | None:
        """What begins with a token of this key; with `small`, only what may begin with a small letter."""
        begun = self._begun[small]
        if key not in begun:
            begun[key] = self._begin(self.rows.get(key, ()), small)
        return begun[key]

    def _begin(self, rows: Iterable[Row], small: bool) -> Beginning | None:
        beginning = Beginning(self, small)
        waiting = beginning.waiting
        second_key = self.script.second_key
        for row in rows:
            if small and self.never_small(row):
                continue
            second = second_key(self.name(row))
            if second is None:
                self.grow(beginning, row, small)
            elif second in waiting:
                waiting[second].append(row)
            else:
                waiting[second] = [row]
        return beginning if beginning.entries or waiting else None

    def grow(self, beginning: Beginning, row: Row, small: bool) -> None:
        """Put the name of a row where it belongs behind its first token."""
        form = self.form(row)
        if form is None:
            return
        keys, case, article, strict = self.script.spelling(form.text, form.kind)
        if small and strict and case[0]:
            return
        node: Node = beginning
        for key in keys[1:]:
            step = node.next.get(key)
            if step is None:
                step = node.next[key] = Node()
            node = step
        entry = Entry(form.kind, form.id, form.note, case, article, strict, form.plural)
        if entry not in node.entries:
            node.entries.append(entry)


class FormIndex(NameIndex[Form]):
    """Names that are all there from the beginning: those of states, organisations, offices and agreements."""

    def __init__(self, script: Script, forms: Iterable[Form]) -> None:
        known = list(forms)
        super().__init__(script, script.by_first_key([form.text for form in known], known))

    def name(self, row: Form) -> str:
        return row.text

    def form(self, row: Form) -> Form:
        return row

    def never_small(self, row: Form) -> bool:
        return row.kind != "role" and super().never_small(row)
