"""The door to who is who: finds names in text and answers who held which office when.

Files are read once per registry and language, each when first asked for; names are put together only when a text shows
how they begin, and rows become values only when asked for, so that a registry opens quickly with tens of thousands of
persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from dragoman.actors import tables
from dragoman.actors.agreements import spoken_of
from dragoman.actors.holdings import Holdings, on_date
from dragoman.actors.matcher import Matcher, matcher
from dragoman.actors.name_index import Entry, Form, FormIndex
from dragoman.actors.person_names import PersonNames
from dragoman.actors.places import Gazetteer, PlaceMatch
from dragoman.actors.resolutions import find_resolutions, resolution
from dragoman.actors.scripts import ARABIC, SCRIPTS, Script
from dragoman.actors.tables import (
    DATA,
    LANGUAGES,
    Agreement,
    Holding,
    NamedPlace,
    Office,
    Organisation,
    Person,
    Role,
    State,
    read_lines,
    read_rows,
)

MatchKind = Literal["state", "adj", "people", "capital", "seat", "organisation", "person", "role", "agreement", "place"]

# Where one span reads in several ways, the first of these wins; the others are kept in `others`.
_ORDER: tuple[MatchKind, ...] = (
    "state",
    "adj",
    "people",
    "seat",
    "organisation",
    "capital",
    "agreement",
    "role",
    "person",
    "place",
)
_RANK = {kind: i for i, kind in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in a text; `text[start:end]` is the name with its own article but without proclitics or possessives.

    `ids` are registry ids (several where the name is ambiguous; role keys for roles). `note` holds what the data file
    says about the form: a sector (`GOV`), `foreign_ministry`, `weak` (often no actor), `part` (a part of the state),
    `ambiguous`, `prefix` ("Franco-"), `family` (a family name alone), separated by `;`. `others` are further readings
    of the same span: (kind, ids).
    """

    start: int
    end: int
    kind: MatchKind
    ids: tuple[str, ...]
    note: str = ""
    plural: bool = False
    role: Role | None = None
    others: tuple[tuple[MatchKind, tuple[str, ...]], ...] = ()


Meaning = tuple[MatchKind, tuple[str, ...], str, bool, Role | None, tuple[tuple[MatchKind, tuple[str, ...]], ...]]


class Registry:
    """Everything the actor files know, with the user's own folder (same shape) read last."""

    def __init__(self, folders: Iterable[Path], languages: Iterable[str] = LANGUAGES) -> None:
        self._folders = tuple(folders)
        self.languages = tuple(languages)
        self._states = {c[0]: tables.state(c) for c in self._rows("states")}
        self._organisations = {c[0]: tables.organisation(c) for c in self._rows("organisations")}
        self._offices = {c[0]: Office(*c) for c in self._rows("offices")}
        self._titles = {(c[0], c[1]): c[2] for c in self._rows("titles")}
        self._matchers: dict[str, Matcher] = {}
        self._roles: dict[str, dict[str, Role]] = {}
        self._meanings: dict[str, dict[tuple[Entry, ...], Meaning]] = {}
        self._role_keys: dict[str, Role] = {}
        self._names: dict[Script, PersonNames] = {}

    @cached_property
    def _persons(self) -> dict[str, str]:
        """The lines of persons.tsv by id."""
        return {line[: line.index("\t")]: line for line in self._lines("persons")}

    @cached_property
    def _holdings(self) -> Holdings:
        return Holdings(read_lines(folder / "holdings.tsv", "holdings") for folder in self._folders)

    @cached_property
    def _phases(self) -> dict[str, list[tuple[str, str, str]]]:
        """Start, end and code of what an organisation was at other times: rebels that became a party."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for id, start, end, code in self._rows("phases"):
            found.setdefault(id, []).append((start, end, code))
        return found

    @cached_property
    def _agreements(self) -> dict[str, Agreement]:
        return {c[0]: tables.agreement(c) for c in self._rows("agreements")}

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self._rows("places"), self._lines("cities"), self._words("not-place"))

    def _lines(self, table: str) -> list[str]:
        return [line for folder in self._folders for line in read_lines(folder / f"{table}.tsv", table)]

    def _rows(self, table: str, file: str = "") -> Iterator[list[str]]:
        for folder in self._folders:
            yield from read_rows(folder / (file or f"{table}.tsv"), table)

    def _words(self, use: str) -> list[str]:
        """The words of words.tsv that have this use."""
        return [word for word, for_ in self._rows("words") if for_ == use]

    # Facts

    def state(self, id: str) -> State | None:
        """The state or territory with this id."""
        return self._states.get(id)

    @property
    def states(self) -> tuple[State, ...]:
        """All states and territories."""
        return tuple(self._states.values())

    def organisation(self, id: str, date: str | None = None) -> Organisation | None:
        """The organisation or group with this id; with a date (`YYYY-MM-DD`) under the code that it had then."""
        known = self._organisations.get(id)
        if known is None or date is None:
            return known
        for start, end, code in self._phases.get(id, ()):
            if start <= date and (not end or date < end):
                return replace(known, code=code, sector=code.partition(":")[2])
        return known

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations and groups."""
        return tuple(self._organisations.values())

    def office(self, key: str) -> Office | None:
        """The office with this key."""
        return self._offices.get(key)

    def person(self, id: str) -> Person | None:
        """The person with this id."""
        line = self._persons.get(id)
        return Person(*line.split("\t")) if line else None

    def role(self, key: str) -> Role | None:
        """A role with this key, from the languages read so far; a match's own `role` says more (form, gender)."""
        return self._role_keys.get(key)

    def place(self, id: str) -> NamedPlace | None:
        """The place with this id."""
        return self._gazetteer.place(id)

    def agreement(self, id: str) -> Agreement | None:
        """The agreement, process, conference or exercise with this id."""
        return self._agreements.get(id) or resolution(id)

    def code(self, id: str) -> str | None:
        """What events carry for a state or organisation id: `MAR`, `IGOUNO`, `LBN:REB`."""
        organisation = self._organisations.get(id)
        if organisation is not None:
            return organisation.code
        return id if id in self._states else None

    def office_title(self, country: str, office: str) -> str | None:
        """The English title of an office in a country: the country's own, else the office's general name."""
        title = self._titles.get((country, office))
        if title is not None:
            return title
        known = self._offices.get(office)
        if known is None:
            return None
        return known.name.replace("{country}", self._country_name(country))

    def _country_name(self, id: str) -> str:
        found = self._states.get(id) or self._organisations.get(id)
        return found.name if found is not None else id

    # Holders

    def holders(self, country: str, office: str, date: str | None = None) -> list[Holding]:
        """Who held `office` of `country` (ISO3 or organisation id) on `date` (`YYYY[-MM[-DD]]`), or ever where None.

        A holding with an unknown start or end counts where the other end allows it; certain ones come first.
        """
        return on_date(self._holdings.of_office(country, office), date)

    def offices_of(self, person: str, date: str | None = None) -> list[Holding]:
        """Offices that a person (id) held on `date`, or ever where None; certain ones first."""
        return on_date(self._holdings.of_person(person), date)

    def serving(self, country: str, date: str | None = None) -> list[Holding]:
        """All holdings of any office of `country` on `date`, or ever where None."""
        return [h for office in self._holdings.offices(country) for h in self.holders(country, office, date)]

    def home(self, office: str) -> str | None:
        """The one organisation whose office this is; None where states have it, or several organisations."""
        owners = self._holdings.owners.get(office, frozenset())
        return next((owner for owner in owners if len(owners) == 1 and owner in self._organisations), None)

    def persons_named(self, family: str) -> tuple[str, ...]:
        """Ids of the persons whom the news calls by this name alone or in full, in any language we know."""
        found: list[str] = []
        for script in dict.fromkeys(SCRIPTS.values()):
            found.extend(self._person_names(script).exactly(family))
        return tuple(dict.fromkeys(found))

    # Finding

    def find(self, text: str, language: str) -> list[NameMatch]:
        """Names in `text`: longest first from the left, not overlapping, in order. Unknown languages find nothing."""
        if language not in self.languages:
            return []
        meanings = self._meanings.setdefault(language, {})
        matches = []
        for start, end, entries in self._matcher(language).find(text):
            meaning = meanings.get(entries)
            if meaning is None:
                meaning = meanings[entries] = _meaning(entries, self._roles[language])
            matches.append(NameMatch(start, end, *meaning))
        if language == "fr":
            matches = [m for m in matches if not _participle(m, text) and not _common(m, text)]
        if language in PAPERS:
            matches = [m for m in matches if not self._no_paper(m, text)]
        if language in BEEN:
            matches = [m for m in matches if not _said_of(m, text, BEEN[language])]
        numbered = [NameMatch(s, e, "agreement", (id,)) for s, e, id in find_resolutions(text, language)]
        if not numbered:
            return matches
        free = [m for m in matches if all(m.end <= n.start or n.end <= m.start for n in numbered)]
        return sorted([*free, *numbered], key=lambda m: m.start)

    def _no_paper(self, match: NameMatch, text: str) -> bool:
        """Whether what is written like a newspaper has no capital, and is none: "el país", beside "El País"."""
        if match.kind != "organisation" or not PAPER.match(text, match.start, match.end):
            return False
        organisation = self.organisation(match.ids[0])
        return organisation is not None and organisation.kind == "media"

    def places(self, text: str, language: str) -> list[PlaceMatch]:
        """Places in `text` with coordinates, from places.tsv and cities.tsv."""
        return self._gazetteer.find(text, language)

    def _matcher(self, language: str) -> Matcher:
        """The matcher of a language, read when first asked for."""
        known = self._matchers.get(language)
        if known is not None:
            return known
        script = SCRIPTS[language]
        own = FormIndex(
            script, [*self._name_forms(language), *self._role_forms(language), *self._agreement_forms(language)]
        )
        found = matcher(script, [own, self._person_names(script)], self._words("not-in-capitals"))
        self._matchers[language] = found
        return found

    def _name_forms(self, language: str) -> Iterator[Form]:
        for id, kind, form, note in self._rows("names", f"names/{language}.tsv"):
            if kind in ("name", "abbr"):
                kind = "state" if id in self._states else "organisation"
            yield Form(form, kind, id, note)

    def _role_forms(self, language: str) -> Iterator[Form]:
        roles = self._roles[language] = {}
        for cells in self._rows("roles", f"roles/{language}.tsv"):
            role = tables.role(cells)
            roles[role.form] = role
            self._role_keys.setdefault(role.key, role)
            note = cells[6].partition(";")[2]
            plurals = [p for p in cells[1].split("|") if p]
            if role.form not in plurals:
                yield Form(role.form, "role", role.form, "weak" if note == "weak-singular" else note)
            for plural in plurals:  # an institution that ends in s ("le Congrès") is still one
                many = plural != role.form or role.kind != "institution"
                yield Form(plural, "role", role.form, "" if note == "weak-singular" else note, plural=many)

    def _agreement_forms(self, language: str) -> Iterator[Form]:
        column = tables.COLUMNS["agreements"].index(language)
        for cells in self._rows("agreements"):
            for form in spoken_of([f for f in cells[column].split("|") if f], language):
                yield Form(form, "agreement", cells[0], "")

    def _person_names(self, script: Script) -> PersonNames:
        if script not in self._names:
            lines, not_family = self._lines("person_names"), self._words("not-family")
            self._names[script] = (
                PersonNames.arabic(lines, not_family)
                if script is ARABIC
                else PersonNames.latin(lines, self._persons.values(), not_family)
            )
        return self._names[script]


def _meaning(read: tuple[Entry, ...], roles: dict[str, Role]) -> Meaning:
    """What a span stands for that these entries read: the fields of its match from `kind` on."""
    kinds: dict[MatchKind, list[Entry]] = {}
    for entry in read:
        kinds.setdefault(entry.kind, []).append(entry)  # type: ignore[arg-type]
    if len(kinds) == 1:
        [(kind, entries)] = kinds.items()
        others: tuple[tuple[MatchKind, tuple[str, ...]], ...] = ()
    else:
        order = sorted(kinds, key=_RANK.__getitem__)
        if "people" in kinds and not any(any(e.case) for e in kinds.get("adj", ())) and kinds["people"][0].case:
            # "les Marocains" beside "marocains": where only the noun has a capital, a capital shows the noun
            order = ["people", *(k for k in order if k != "people")]
        kind, entries = order[0], kinds[order[0]]
        others = tuple((k, _ids(kinds[k], roles)) for k in order[1:])
    role = roles.get(entries[0].id) if kind == "role" else None
    note = entries[0].note
    if any(e.note != note for e in entries):
        note = next((e.note for e in entries if not e.note), note)
    return kind, _ids(entries, roles), note, entries[0].plural, role, others


VERB_LIKE = frozenset({"juge", "garde", "presse", "guide", "pilote", "police"})  # French roles that are verb forms too
BEFORE_NOUN = re.compile(
    r"(?<![\w])(?:les?|la|un|une|des|du|aux?|de|ces?|cet|cette|son|sa|ses|leurs?|notre|votre|nos|vos|chaque|deux|trois|et"
    r"|par|en|ancien|ancienne|grand|grande|haut)\s+$|[ld]['’]$",
    re.I,
)
BEEN = {
    "es": re.compile(
        r"(?<!\w)(?:fue|fueron|ser|sido|siendo|será|serán|sería|serían|era|eran|es|son|está|están|estaba|estaban|estar"
        r"|ha|han|había|habían|haber|habiendo|resultó|resultaron|quedó|quedaron)\s+$",
        re.I,
    ),
    "fr": re.compile(
        r"(?<!\w)(?:été|être|est|sont|était|étaient|sera|seront|serait|seraient|fut|furent|étant"
        r"|ont|avait|avaient|auront|auraient|ayant)\s+$",
        re.I,
    ),
}
PAPERS = frozenset({"es", "fr"})
PAPER = re.compile(r"(?:(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as|[Ll]es?)\s|[Ll]['’])[a-zà-ÿ]+$")
BEHIND = 12  # code points in which an auxiliary and the blank behind it stand
SAID = re.compile(r"(?:[ai]d[oa]s?|[éu]e?s?)$")


def _said_of(match: NameMatch, text: str, been: re.Pattern[str]) -> bool:
    """Whether a role is a participle here, said of the subject: "fue detenido", "ont été blessés"."""
    if match.role is None or not SAID.search(match.role.form):
        return False
    return been.search(text, max(0, match.start - BEHIND), match.start) is not None


def _participle(match: NameMatch, text: str) -> bool:
    """Whether what folds to a role is a French participle: "a pressé", beside "la presse"."""
    if match.role is None:
        return False
    surface, form = text[match.start : match.end].lower().rstrip("s"), match.role.form.lower().rstrip("s")
    return surface.endswith(("é", "ée")) and not form.endswith(("é", "ée"))


def _common(match: NameMatch, text: str) -> bool:
    """Whether a French word without its capital is another word: "état d'urgence", "le congrès du parti"."""
    form = match.role.form if match.role is not None else ""
    if form in VERB_LIKE and not BEFORE_NOUN.search(text, max(0, match.start - 12), match.start):
        return True  # "Lima juge inacceptable …"
    return form[:1].isupper() and " " not in form and text[match.start].islower()


def _ids(entries: list[Entry], roles: dict[str, Role]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(roles[e.id].key if e.kind == "role" else e.id for e in entries))


def registry(extra: Path | None = None, *, languages: tuple[str, ...] = LANGUAGES) -> Registry:
    """The registry of the package, with the user's folder `extra` read last; made once per process and folder.

    Raises ValueError naming the file where a table is malformed.
    """
    return _registry(extra, languages)


@lru_cache(maxsize=8)
def _registry(extra: Path | None, languages: tuple[str, ...]) -> Registry:
    return Registry((DATA,) if extra is None else (DATA, extra), languages)
