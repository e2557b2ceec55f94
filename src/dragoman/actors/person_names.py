"""Names of persons in one script, read from the lines of the files when a text shows their first word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.actors.matcher import Form, Trie


class PersonNames:
    """Names of persons in one script, waiting by their first token as lines of the file."""

    def __init__(
        self, lines: Iterable[str], persons: Iterable[str], not_family: Iterable[str], *, arabic: bool
    ) -> None:
        """`lines` of person_names.tsv and, for Latin letters, of persons.tsv; `not_family` name nobody on their own."""
        self._not_family = frozenset(not_family)
        self._trie = Trie(arabic=arabic)
        self._waiting: dict[str, list[str]] = {}
        self._persons: dict[str, list[str]] = {}
        if arabic:
            self._keep_arabic(lines)
        else:
            self._keep_latin(lines, persons)

    def _keep_arabic(self, lines: Iterable[str]) -> None:
        waiting, key_of = self._waiting, self._trie.key_of
        for line in lines:
            _, lang, form, _ = line.split("\t")
            if lang != "ar":
                continue
            waiting.setdefault(key_of(form), []).append(line)
            if "عبد ال" in form:  # many papers write عبدالله, عبدالعزيز
                joined = line.replace("عبد ال", "عبدال")
                waiting.setdefault(key_of(joined.split("\t")[2]), []).append(joined)

    def _keep_latin(self, lines: Iterable[str], persons: Iterable[str]) -> None:
        names = []
        for line in lines:
            _, lang, form, _ = line.split("\t")
            if lang != "ar":
                names.append((form, line))
        self._waiting = self._trie.by_key(names)
        self._persons = self._trie.by_key((line.split("\t", 2)[1], line) for line in persons)

    def _named(self, key: str) -> Iterator[tuple[str, str, str]]:
        """(person, name, kind of name) of the names whose first token folds to `key`."""
        for line in self._waiting.get(key, ()):
            id, _, form, kind = line.split("\t")
            yield id, form, kind
        for line in self._persons.get(key, ()):
            id, name, _ = line.split("\t", 2)
            yield id, name, "full"

    def beginning(self, key: str) -> Iterable[Form]:
        """Forms whose first token folds to `key`."""
        return self._forms(key) if key in self._waiting or key in self._persons else ()

    def _forms(self, key: str) -> Iterator[Form]:
        for id, form, kind in self._named(key):
            if kind != "full" and self._trie.first_key(form) in self._not_family:
                continue
            yield Form(form, "person", id, "" if kind == "full" else kind)

    def exactly(self, name: str) -> Iterator[str]:
        """Ids of persons with exactly this name, case and accents aside."""
        keys = self._trie.keys(name)
        for id, form, _ in self._named(keys[0]) if keys else ():
            if self._trie.keys(form) == keys:
                yield id
