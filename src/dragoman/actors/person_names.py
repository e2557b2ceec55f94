"""Names of persons in one script, read from the lines of the files when a text shows how they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.actors.name_index import Form, NameIndex
from dragoman.actors.scripts import ARABIC, LATIN, Script


class PersonNames(NameIndex[str]):
    """The lines of person_names.tsv of one script; a line of persons.tsv stands among them as a name in full."""

    def __init__(self, script: Script, lines: Iterable[str], not_family: Iterable[str]) -> None:
        """`not_family` name nobody on their own."""
        self._not_family = frozenset(not_family)
        known = list(lines)
        super().__init__(script, script.by_first_key([line.split("\t", 3)[2] for line in known], known))

    @classmethod
    def latin(cls, lines: Iterable[str], persons: Iterable[str], not_family: Iterable[str]) -> PersonNames:
        """Names in Latin letters: those of person_names.tsv and behind them the first ones, of persons.tsv."""
        named = [line for line in lines if not _is_arabic(line)]
        full = [f"{id}\t*\t{name}\tfull" for id, name, _ in [line.split("\t", 2) for line in persons]]
        return cls(LATIN, named + full, not_family)

    @classmethod
    def arabic(cls, lines: Iterable[str], not_family: Iterable[str]) -> PersonNames:
        """Names in Arabic letters; many papers write عبدالله, عبدالعزيز."""
        named = []
        for line in lines:
            if _is_arabic(line):
                named.append(line)
                if "عبد ال" in line:
                    named.append(line.replace("عبد ال", "عبدال"))
        return cls(ARABIC, named, not_family)

    def name(self, row: str) -> str:
        return row.split("\t", 3)[2]

    def form(self, row: str) -> Form | None:
        id, _, name, kind = row.split("\t")
        if kind == "full":
            return Form(name, "person", id, "")
        return Form(name, "person", id, kind) if self.script.key(name) not in self._not_family else None

    def never_small(self, row: str) -> bool:
        return self.name(row)[0].isupper()

    def exactly(self, name: str) -> Iterator[str]:
        """Ids of persons with exactly this name, case and accents aside."""
        keys = self.script.keys(name)
        for row in self.rows.get(keys[0], ()) if keys else ():
            if self.script.keys(self.name(row)) == keys:
                yield row.partition("\t")[0]


def _is_arabic(line: str) -> bool:
    """Whether the second cell of a line says that its name is in Arabic letters."""
    return "\tar\t" in line and line.startswith("\tar\t", line.index("\t"))
