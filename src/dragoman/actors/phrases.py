"""The grammar of titles and names: "US Under Secretary of State David Hale", "Delfin Lorenzana, his defence secretary".

Works on the registry's matches and the words between them, without a parse, in the word order of each language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dragoman.actors.registry import NameMatch, Registry
from dragoman.actors.tables import Role
from dragoman.language.ar.names import person_after_title
from dragoman.language.grammar import Grammar

STATE_KINDS = frozenset({"state", "adj", "people", "capital", "seat"})
POSTED = frozenset({"ambassador", "special_envoy", "permanent_representative"})  # "ambassador in Rabat": not Rabat's
MISSIONS = frozenset({"embassy", "diplomat"})  # keys of roles that stand in another state: "the consulate in Basra"
DESCRIBED = 40  # code points of the adjectives between a title and a name
HOMES = {  # whose an office is, told from its key
    "un_": "IGOUNO", "eu_": "IGOEUR", "nato_": "IGONAT", "arab_league_": "IGOARB", "au_": "IGOAFU",
}  # fmt: skip
LONGEST_REST = 70  # code points of a title behind the demonym in its middle
POST_ADJECTIVE = frozenset({"fr", "ar", "es"})


@dataclass(slots=True)
class Phrase:
    """One noun phrase made of matches: which owner, role and person it names, and where."""

    start: int
    end: int
    owner: NameMatch | None = None
    role: NameMatch | None = None
    person: NameMatch | None = None
    name: str | None = None  # a person the registry does not know, as written
    name_start: int = 0
    name_end: int = 0
    given: str = ""  # capitalised words right before a family name
    after: str = ""  # a hyphenated given name right behind it: "Nam Gwan-pyo"
    possessive: str | None = None  # "his" before a role or a counterpart
    counterpart: bool = False
    former: bool = False
    plain: NameMatch | None = None  # a state, organisation, capital … standing alone
    parts: list[NameMatch] = field(default_factory=list)


CHARGE = re.compile(  # the words of an Arabic title behind its office and country
    r"(?:\s+(?:لل|لشؤون|وشؤون|وال|المكلف|الخاص|في\s|إلى\s|لدى\s|باسم\s|بوزارة|لوزارة)[\u0621-\u064a]*"
    r"(?:\s+(?:ال|وال|بال|لل|شؤون)[\u0621-\u064a]+){0,5}){1,3}"
)
MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # of direction
HOUSE = re.compile(r"\s+آل\s+[\u0621-\u064a]+")
NAME_PARTICLES = r"(?:bin|ben|ibn|al|el|de|da|do|dos|du|van|von|der|den|la|le|di|abu|abd|ould|ag|of|bint|y|Mc|O[’'])"
NAME_WORD = r"[A-ZÀ-ÖØ-ÞŠŽČĆĐŞĞİ]\w?\.|[A-ZÀ-ÖØ-ÞŠŽČĆĐŞĞİ][\w’'\-]*"  # only an initial takes a full stop
DAYS = frozenset(  # "Trump Monday signed"
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
GIVEN_GAP = re.compile(r" (?:(?:al|el|bin|ben|ibn|van|von|der|da|di|de) )*(?:[ae]l-)?")
FAMILY_BEHIND = re.compile(rf" (?:{NAME_PARTICLES}\s+)*(?:[ae]l-)?(?P<word>[A-ZÀ-ÖØ-ÞŠŽČĆĐŞĞİ][\w’'\-]+)")


def posted(role: Role | None) -> bool:
    """Whether a title or institution belongs to another state than the one it stands in."""
    return role is not None and (role.office in POSTED or role.key in MISSIONS)


UNKNOWN_NAME = {
    "latin": re.compile(rf"(?:{NAME_WORD})(?:\s+(?:{NAME_PARTICLES}\s+)*(?:al-|el-|Al-|El-)?(?:{NAME_WORD}))*"),
    "arabic": re.compile(
        r"[\u0621-\u064A]{2,}(?:\s+(?:بن|آل|أبو|عبد|ولد|أغ)\s+[\u0621-\u064A]{2,})?(?:\s+[\u0621-\u064A]{2,})?"
    ),
}


_GIVEN_BEHIND = re.compile(r" ([A-Z][a-z]+-[A-Za-z]+)(?![\w-])")


class PhraseReader:
    """Combines the registry's matches of one text into phrases."""

    def __init__(self, registry: Registry, grammar: Grammar) -> None:
        self.registry = registry
        self.grammar = grammar
        self.post = grammar.language in POST_ADJECTIVE
        g = grammar

        def alternation(*categories: str) -> str:
            words = sorted({w for c in categories for w in g[c]}, key=len, reverse=True)
            return "|".join(re.escape(w) for w in words) or "(?!x)x"

        article = alternation("article")
        modifier = alternation("modifier", "former")
        former = alternation("former")
        self._former = re.compile(rf"(?:^|\W)(?:{former})\W*$", re.I)
        self._former_word = re.compile(rf"\b(?:{former})\b", re.I)
        elided = r"(?:[ldLD][’'])?"
        capital_word = r"[A-ZÀ-ÖØ-ÞŠŽČĆĐŞĞİ][\w’'\-]+"
        if g.language == "ar":
            self._to_role = re.compile(r"^\s+(?:ال)?$")
            self._genitive = re.compile(r"^\s+(?:(?:في|ل|لدى)\s*)?(?:ال)?$")
            titles = rf"(?:(?:{alternation('honorific')})\s+)*"
            acting = alternation("former", "acting")
            self._adjacent = re.compile(
                rf"^[\s{MARKS}]+{titles}(?:ال)?$|^\s+(?:{acting})\s+{titles}$|^\s*[،,:]\s*{titles}$"
            )
            self._titles = re.compile(rf"(?:\s+(?:{alternation('honorific', 'former', 'acting')})(?!\w))*")
        else:
            self._to_role = re.compile(rf"^(?:['’]s?)?(?:\s+|-)(?:(?:{modifier})[\s-]+){{0,3}}$", re.I)
            self._genitive = re.compile(
                rf"^\s+(?:(?:{alternation('genitive')})\s*)(?:(?:{article})\s*)?{elided}(?:(?:{modifier})\s+)?$", re.I
            )
            described = rf"(?:\s+(?:{alternation('title-adj')})(?!\w)){{0,2}}"  # "le sénateur républicain Marco Rubio"
            self._described = re.compile(rf"{described}(?P<gap>\s+|\s*,\s+)", re.I)
            self._adjacent = re.compile(
                rf"^{described}\s*,?\s+(?:(?:{alternation('honorific')})\.?\s+)*$|^\s*\($", re.I
            )
        self._adjective = re.compile(r"^\s+(?:ال)?$")
        conjunction = alternation("and")
        listed = rf"^\s*(?:,|,?\s+(?:{conjunction}))\s+(?:{capital_word}\s+){{0,2}}$"
        self._listed = re.compile(listed) if self.post and g.language != "ar" else None
        self._apposed = re.compile(
            rf"^\s*,\s+(?:(?:{article})\s*|(?P<possessive>{alternation('possessive')})\s+)?{elided}(?:(?:{modifier})[\s-]+){{0,3}}$",
            re.I,
        )
        self._before = re.compile(
            rf"(?:\b(?P<possessive>{alternation('possessive')})\s+)?(?:(?:{modifier})[\s-]+){{0,3}}$", re.I
        )
        capital = r"[A-ZÀ-ÖØ-ÞŠŽČĆĐŞĞİ]"
        given = rf"(?P<given>(?:{capital}(?:[\w’'\-]+|\.)\s+(?:{NAME_PARTICLES}\s+)*){{1,3}})(?:[AaEe]l-)?"
        charge = alternation("charge")
        self._in_charge = re.compile(rf"^\s+(?:{charge})\s+(?:[\w-]+\s*){{1,5}},\s+$") if g["charge"] else None
        self._given_before = re.compile(rf"(?<![\w’'\-]){given}$")
        self._given_gap = (
            None
            if g.language == "ar"
            else re.compile(rf"^{described}\s*,?\s+(?:(?:{alternation('honorific')})\.?\s+)*{given}$")
        )
        self._not_given = frozenset().union(
            *(
                g[c]
                for c in (
                    "honorific",
                    "article",
                    "possessive",
                    "he",
                    "she",
                    "they",
                    "it",
                    "negation",
                    "relative",
                    "locative",
                    "directional",
                    "genitive",
                    "agent",
                    "between",
                    "former",
                    "modifier",
                    "stop",
                )
            )
        )
        self._no_family = g["stop"] | g["article"] | DAYS
        self._article_before = re.compile(rf"\b(?:{article})\s+(?:(?:{modifier})[\s-]+){{0,3}}$", re.I)
        self._joined_honorific = re.compile(
            rf"(?<!\w)[وفبل](?P<titles>(?:(?:{alternation('honorific')})\s+)+)$" if g.language == "ar" else "(?!x)x"
        )
        counterpart = alternation("counterpart")
        self._counterpart_behind = re.compile(rf"^\s+(?:{counterpart})\b", re.I)
        if g.language == "ar":
            self._counterpart_before = re.compile(rf"(?:{counterpart})(?:ه|ها|هم|هما|يه|تها|ته)?\s+(?:ال)?$")
        else:
            self._counterpart_before = re.compile(
                rf"(?:\b(?:{alternation('possessive')})\s+)?\b(?:{counterpart})\s+$", re.I
            )
        self._honorific_before = re.compile(rf"(?:\b(?:{alternation('honorific')})\b\.?\s*)+$", re.I)

    def read(self, text: str, matches: list[NameMatch], cased: bool = True) -> list[Phrase]:
        """Phrases in text order; every match belongs to exactly one. `cased`: whether capitals mean names here."""
        matches = self._without_given_names(text, matches, cased)
        phrases: list[Phrase] = []
        i = 0
        while i < len(matches):
            phrase, i = self._phrase(text, matches, i)
            phrases.append(phrase)
            while (shared := self._sharing(text, matches, i, phrases[-1])) is not None:
                phrase, i = shared
                phrases.append(phrase)
        return phrases

    def _sharing(self, text: str, matches: list[NameMatch], i: int, before: Phrase) -> tuple[Phrase, int] | None:
        """ "Les présidents serbe X, **croate Y** et **bosniaque Z**": one plural title shared by several names."""
        if before.role is None or not before.role.plural or not (before.person or before.name) or i >= len(matches):
            return None
        if self._listed is None or not self._listed.match(text[before.end : matches[i].start]):
            return None
        first = matches[i]
        phrase = Phrase(first.start, first.end, role=before.role, parts=[first])
        if first.kind == "person":
            phrase.owner, phrase.person = before.owner, first
            phrase.name_start, phrase.name_end = first.start, first.end
            return phrase, i + 1
        if first.kind != "adj":
            return None
        phrase.owner = first
        j = self._named(text, matches, i + 1, phrase)
        return (phrase, j) if phrase.person or phrase.name else None

    def _without_given_names(self, text: str, matches: list[NameMatch], cased: bool) -> list[NameMatch]:
        """Leaves out what is a family name elsewhere but a given name here: "Antony" before "Blinken"."""
        kept: list[NameMatch] = []
        starts = {m.start for m in matches}
        for n, match in enumerate(matches):
            if (
                match.kind == "person"
                and text[match.end : match.end + 1] == "-"
                and text[match.end + 1 :][:1].isupper()
            ):
                continue  # "Jean" of "Jean-Louis"
            if (
                match.kind == "person"
                and match.start > 1
                and text[match.start - 1] == "-"
                and text[match.start - 2].isalpha()
            ):
                continue  # "Saidy" of "Njie-Saidy"
            if match.kind == "person" and "family" in match.note and n + 1 < len(matches):
                following = matches[n + 1]
                if following.kind == "person" and GIVEN_GAP.fullmatch(text, match.end, following.start):
                    continue
            if cased and self._given_to_another(text, match, starts):
                continue
            kept.append(match)
        return kept

    def _given_to_another(self, text: str, match: NameMatch, starts: set[int]) -> bool:
        """Whether a family name is a given name before one that the registry lacks: "Vincent" of "Vincent Karega"."""
        if match.kind != "person" or "family" not in match.note or self.grammar.language == "ar":
            return False
        if " " in text[match.start : match.end] or self._given_before.search(
            text, max(0, match.start - 40), match.start
        ):
            return False
        found = FAMILY_BEHIND.match(text, match.end)
        if found is None or found.start("word") in starts or "-" in found.group("word"):
            return False
        return found.group("word").lower() not in self._no_family

    def _says_nothing(self, match: NameMatch) -> bool:
        """Whether a match is a common word that in Arabic, which has no capitals, says nothing beside another."""
        common = "weak" in match.note and match.kind in ("role", "organisation")
        return common and self.grammar.language == "ar"

    def _is_role(self, match: NameMatch) -> bool:
        return match.kind == "role"

    def _phrase(self, text: str, matches: list[NameMatch], i: int) -> tuple[Phrase, int]:
        first = matches[i]
        phrase = Phrase(first.start, first.end, parts=[first], name_start=first.start, name_end=first.end)
        j = self._role_phrase(text, matches, i, phrase)
        if phrase.role is not None:
            self._look_before(text, phrase)
            if self.grammar.language == "ar":
                self._take_honorific(text, phrase)
            j = self._named(text, matches, j, phrase)
        elif first.kind == "person":
            phrase.person, j = first, i + 1
            self._take_counterpart(text, first, phrase)
            self._take_house(text, phrase)
            self._take_after(text, phrase, matches[j].start if j < len(matches) else len(text))
            self._take_given(text, phrase, matches[i - 1].end if i else 0)
            self._take_honorific(text, phrase)
            j = self._apposition(text, matches, j, phrase)
        elif self._take_counterpart(text, first, phrase):
            j = self._named(text, matches, i + 1, phrase)
        else:
            phrase.plain, j = first, i + 1
        return phrase, j

    def _take_counterpart(self, text: str, first: NameMatch, phrase: Phrase) -> bool:
        """Reads "his Moroccan counterpart", "son homologue marocain", "نظيره المغربي" around a demonym."""
        if first.kind == "person" and self.grammar.language == "ar":  # "التقى كيم نظيره مون"
            if found := self._counterpart_before.search(text[max(0, first.start - 40) : first.start]):
                phrase.start -= len(found.group(0))
                phrase.counterpart, phrase.possessive = True, "his"
            return found is not None
        if first.kind not in STATE_KINDS:
            return False
        before, behind = text[max(0, first.start - 40) : first.start], text[first.end : first.end + 20]
        if self.post:
            found = self._counterpart_before.search(before)
            if found is None:
                return False
            phrase.start -= len(found.group(0))
        else:
            after = self._counterpart_behind.match(behind)
            if after is None:
                return False
            phrase.end = first.end + after.end()
            if owner := self._before.search(before):
                phrase.start -= len(owner.group(0))
        phrase.owner, phrase.counterpart, phrase.possessive = first, True, "his"
        phrase.name_start, phrase.name_end = phrase.start, phrase.end
        return True

    def _role_phrase(self, text: str, matches: list[NameMatch], i: int, phrase: Phrase) -> int:
        """Reads [owner] role [owner]; leaves `phrase.role` None where there is no role."""
        j = i
        first = matches[i]
        owner_kinds = STATE_KINDS | {"organisation"}
        if first.kind in owner_kinds and j + 1 < len(matches):
            gap = text[first.end : matches[j + 1].start]
            if (
                self._is_role(matches[j + 1])
                and not (self._says_nothing(first) or self._says_nothing(matches[j + 1]))
                and self._to_role.match(gap)
                and (not self.post or "'" in gap or first.kind == "organisation")
            ):
                phrase.owner, phrase.role = first, matches[j + 1]
                phrase.former = bool(self._former_word.search(gap))
                j += 2
        if phrase.role is None:
            if not self._is_role(first):
                return i
            phrase.role = first
            j = i + 1
        phrase.end = phrase.role.end
        if phrase.owner is None:
            phrase.owner = self._built_in_owner(text, phrase.role)
        if phrase.owner is None and j < len(matches):
            following = matches[j]
            gap = text[phrase.end : following.start]
            abroad = posted(phrase.role.role)
            owning = self.grammar["parties"]
            office = (phrase.role.role.office if phrase.role.role else "") or ""
            at_home = office.startswith(tuple(HOMES)) and following.kind != "organisation"  # "هنأ أمين عام الناتو تونس"
            if (
                following.kind in owner_kinds
                and not at_home
                and (
                    (self.post and self._adjective.match(gap))
                    or (self._genitive.match(gap) and not (abroad and gap.split() and gap.split()[0] not in owning))
                )
            ):
                phrase.owner = following
                phrase.end = following.end
                j += 1
                if following.kind == "adj" and self.post:
                    self._rejoin(text, phrase, following)
                    while j < len(matches) and matches[j].start < phrase.end:
                        j += 1
        phrase.parts = matches[i:j]
        phrase.name_start, phrase.name_end = phrase.role.start, phrase.role.end
        return j

    def _rejoin(self, text: str, phrase: Phrase, owner: NameMatch) -> None:
        """ "Ministre **suédois** de la Défense": the title goes on behind the demonym."""
        assert phrase.role is not None
        title, rest = text[phrase.role.start : phrase.role.end], text[owner.end : owner.end + LONGEST_REST]
        if not rest.startswith(" ") or not rest[1:2].islower():
            return
        whole = next(iter(self.registry.find(title + rest, self.grammar.language)), None)
        if whole is None or whole.kind != "role" or whole.start > 0 or whole.end <= len(title) + 1:
            return
        phrase.role = replace(whole, start=phrase.role.start, end=phrase.role.end)
        phrase.end = owner.end + whole.end - len(title)

    def _built_in_owner(self, text: str, role: NameMatch) -> NameMatch | None:
        """The owner that a title names itself: "Pentagon chief", "Kremlin spokesman"."""
        surface = text[role.start : role.end]
        if " " not in surface or not surface[0].isupper():
            return None
        first = surface.split()[0]
        for match in self.registry.find(first, self.grammar.language):
            if match.kind in ("seat", "organisation", "state") and match.end == len(first):
                return replace(match, start=role.start, end=role.start + match.end)
        return None

    def _look_before(self, text: str, phrase: Phrase) -> None:
        before = text[max(0, phrase.start - 40) : phrase.start]
        found = self._before.search(before)
        if found and found.group(0):
            if found.group("possessive"):
                phrase.possessive = found.group("possessive").lower()
            if self._former_word.search(found.group(0)):
                phrase.former = True

    def _take_given(self, text: str, phrase: Phrase, low: int) -> None:
        """Takes in the given names that stand before a family name the registry knows alone."""
        if self.grammar.language == "ar":
            return
        found = self._given_before.search(text, max(low, phrase.start - 40), phrase.start)
        if found is None:
            return
        given = found.group("given")
        if given.split()[0].lower().rstrip(".") in self._not_given:
            given = given.partition(" ")[2]
        if given and given.split()[0].lower().rstrip(".") not in self._not_given:
            phrase.given = given.strip()
            phrase.start = phrase.name_start = (
                phrase.start
                - len(given.rstrip())
                - (found.end() - found.start("given") - len(found.group("given").rstrip()))
            )

    def _take_after(self, text: str, phrase: Phrase, limit: int) -> None:
        """Takes in a hyphenated given name behind a family name that stands first, as in Korea and China."""
        person = phrase.person
        if person is None or " " in text[person.start : person.end]:
            return
        if (found := _GIVEN_BEHIND.match(text, person.end, limit)) is not None:
            phrase.after = found.group(1)
            phrase.end = phrase.name_end = found.end()

    def _take_honorific(self, text: str, phrase: Phrase) -> None:
        before = text[max(0, phrase.start - 40) : phrase.start]
        if found := self._honorific_before.search(before):
            phrase.start -= len(found.group(0))
        elif found := self._joined_honorific.search(before):
            phrase.start -= len(found.group("titles"))  # "وفخامة الرئيس"

    def _half_a_name(self, text: str, match: NameMatch) -> bool:
        """Whether a listed name is only the beginning of the one in the text: "عبد السلام" of "عبد السلام المجالي"."""
        words = text[match.start : match.end].split()
        if len(words) != 2 or words[0] != "عبد":
            return False
        found = person_after_title(text, match.start - 1)
        return found is not None and found[1] > match.end

    def _take_house(self, text: str, phrase: Phrase) -> None:
        """Takes in the house behind a name ("سلمان بن عبد العزيز آل سعود")."""
        if self.grammar.language == "ar" and (house := HOUSE.match(text, phrase.end)):
            phrase.end = phrase.name_end = house.end()

    def _named(self, text: str, matches: list[NameMatch], j: int, phrase: Phrase) -> int:
        """Looks for the person's name behind a role."""
        if self.grammar.language == "ar" and not (j < len(matches) and matches[j].kind == "person"):
            j = self._charge(text, matches, j, phrase)
            while j + 1 < len(matches) and self._is_title_only(text, matches[j], phrase):
                if matches[j + 1].kind in STATE_KINDS and self._adjective.match(
                    text[matches[j].end : matches[j + 1].start]
                ):
                    break  # "استدعى الرئيس الفرنسي السفير الروسي": somebody else's title
                j += 1  # "العاهل الأردني الملك عبد الله": the second title says nothing new
        if j < len(matches) and matches[j].kind == "person":
            gap = text[phrase.end : matches[j].start]
            named = self._given_gap.match(gap) if self._given_gap else None
            charged = self._in_charge is not None and bool(self._in_charge.match(gap))
            if self.grammar.language == "ar" and self._half_a_name(text, matches[j]):
                return self._unknown_arabic(text, matches, j, phrase)
            if self._adjacent.match(gap) or named or charged:
                if named:
                    phrase.given = named.group("given").strip()
                phrase.person = matches[j]
                phrase.name_start, phrase.name_end = matches[j].start, matches[j].end
                if phrase.given:
                    phrase.name_start = phrase.end + named.start("given") if named else phrase.name_start
                phrase.parts.append(matches[j])
                phrase.end = matches[j].end
                self._take_house(text, phrase)
                self._take_after(text, phrase, matches[j + 1].start if j + 1 < len(matches) else len(text))
                return j + 1
        if self.grammar.language == "ar":
            return self._unknown_arabic(text, matches, j, phrase)
        limit = matches[j].start if j < len(matches) else len(text)
        self._unknown_name(text, phrase, limit)
        return j

    def _is_title_only(self, text: str, match: NameMatch, phrase: Phrase) -> bool:
        words = text[match.start : match.end]
        return (
            match.kind == "role" and words in self.grammar["honorific"] and not text[phrase.end : match.start].strip()
        )

    def _charge(self, text: str, matches: list[NameMatch], j: int, phrase: Phrase) -> int:
        """What a title is in charge of, where a name follows: "وزير الدولة للشؤون الخارجية أنور قرقاش"."""
        role = phrase.role.role if phrase.role else None
        if role is None or role.kind != "office" or (phrase.role is not None and phrase.role.plural):
            return j
        if posted(role):
            return j  # "سفيرها في القاهرة": whose it is and where it is posted both count
        found = CHARGE.match(text, phrase.end)
        if found is None:
            return j
        k = j
        while k < len(matches) and matches[k].start < found.end():
            title = matches[k].role is not None and matches[k].role.kind == "office"  # type: ignore[union-attr]
            if matches[k].kind == "person" or title:
                break
            k += 1
        stop = min(found.end(), matches[k].start if k < len(matches) else len(text))
        end = len(text[:stop].rstrip())
        if end <= phrase.end or CHARGE.fullmatch(text, phrase.end, end) is None:
            return j
        known = (
            k < len(matches)
            and matches[k].kind == "person"
            and bool(self._adjacent.match(text[end : matches[k].start]))
        )
        titles = self._titles.match(text, end)
        if not known and person_after_title(text, titles.end() if titles else end) is None:
            return j
        if phrase.owner is None:
            phrase.owner = next((m for m in matches[j:k] if m.kind in STATE_KINDS | {"organisation"}), None)
        phrase.end = end
        return k

    def _unknown_arabic(self, text: str, matches: list[NameMatch], j: int, phrase: Phrase) -> int:
        """The name behind a title, by the lexicon; a family name known by itself may be its last word."""
        role = phrase.role.role if phrase.role else None
        if not phrase.counterpart and (role is None or role.kind != "office"):
            return j
        titles = self._titles.match(text, phrase.end)
        found = person_after_title(text, titles.end() if titles else phrase.end)
        if found is None or (phrase.role is not None and phrase.role.plural):
            return j
        start, end = found
        while j < len(matches) and matches[j].start < end:
            if matches[j].kind != "person" or matches[j].start < start:
                end = len(re.sub(r"\s*\w*$", "", text[: matches[j].start]))  # "سفيرتها بمدريد": no part of a word
                break
            end = max(end, matches[j].end)
            j += 1
        if end <= start:
            return j
        phrase.name, phrase.name_start, phrase.name_end = text[start:end], start, end
        phrase.end = end
        return j

    def _unknown_name(self, text: str, phrase: Phrase, limit: int) -> None:
        role = phrase.role.role if phrase.role else None
        if not phrase.counterpart and (role is None or role.kind != "office"):
            return
        gap = self._described.match(text[phrase.end : phrase.end + DESCRIBED])
        if gap is None or phrase.end + gap.end() >= limit + 1:
            return
        found = UNKNOWN_NAME["latin"].match(text, phrase.end + gap.end(), limit)
        if found is None:
            return
        words = found.group(0).split()
        if "," in gap.group("gap") and len(words) < 2:
            return
        if len(words) == 1 and (found.end() >= limit < len(text) or len(words[0]) < 3):
            return
        phrase.name = found.group(0).rstrip(".")
        phrase.name_start, phrase.name_end = found.start(), found.start() + len(phrase.name)
        phrase.end = phrase.name_end

    def apposed(self, text: str, start: int, end: int, title: Phrase) -> Phrase | None:
        """A name the registry does not know with the title behind it: "Momcilo Krajisnik, the speaker of …"."""
        found = self._apposed.match(text[end : title.start])
        role = title.role.role if title.role is not None else None
        if not found or role is None or role.kind != "office" or title.person or title.name or title.counterpart:
            return None
        if title.role is not None and title.role.plural:
            return None
        closing = text[title.end : title.end + 1]
        if (
            closing
            and closing not in ",.;:)–—"
            and not re.match(r"\s+(?:who|on|in|at|and|said|of|for|at|to)\b", text[title.end :])
        ):
            return None
        name = text[start:end]
        return replace(
            title,
            start=start,
            name=name,
            name_start=start,
            name_end=end,
            possessive=(found.group("possessive") or title.possessive or "").lower() or None,
            former=bool(self._former_word.search(found.group(0))) or title.former,
        )

    def _apposition(self, text: str, matches: list[NameMatch], j: int, phrase: Phrase) -> int:
        """Reads ", the Turkish foreign minister" behind a name."""
        if j >= len(matches):
            return j
        gap = text[phrase.end : matches[j].start]
        found = self._apposed.match(gap)
        if not found:
            return j
        inner = Phrase(matches[j].start, matches[j].end)
        k = self._role_phrase(text, matches, j, inner)
        if inner.role is None:
            return j
        role = inner.role.role
        if role is None or role.kind != "office" or inner.role.plural:
            return j
        if (
            k < len(matches)
            and matches[k].kind == "person"
            and self._adjacent.match(text[inner.end : matches[k].start])
        ):
            return j  # the title belongs to the next person: "Lavrov, Moroccan Foreign Minister Bourita and …"
        closing = text[inner.end : inner.end + 1]
        if (
            closing
            and closing not in ",.;:)–—"
            and not found.group("possessive")
            and not re.match(r"\s+(?:who|on|in|at|and|said)\b", text[inner.end :])
        ):
            return j
        phrase.owner, phrase.role = inner.owner, inner.role
        phrase.possessive = (found.group("possessive") or "").lower() or None
        phrase.former = bool(self._former_word.search(found.group(0))) or inner.former
        phrase.parts.extend(inner.parts)
        phrase.end = inner.end
        return k
