"""The grammar of titles and names: "US Under Secretary of State David Hale", "Delfin Lorenzana, his defence secretary".

Works on the registry's matches and the words between them, without a parse, in the word order of each language.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.actors.phrases.names import NameReader
from dragoman.actors.phrases.phrase import CROWNED, STATE_KINDS, Phrase, home, posted
from dragoman.actors.registry import NameMatch, Registry
from dragoman.language.grammar import Grammar

TENANT = "tenant"  # key of titles that only a seat of power makes an office: "l'hôte de l'Élysée"
LONGEST_BEFORE = 80  # code points of the words that count and describe a group
LONGEST_REST = 70  # code points of a title behind the demonym in its middle


class PhraseReader(NameReader):
    """Combines the registry's matches of one text into phrases."""

    def __init__(self, registry: Registry, grammar: Grammar) -> None:
        super().__init__(grammar)
        self.registry = registry

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
        """ "Les présidents serbe X, **croate Y** et **bosniaque Z**": one plural title shared by several names.

        So "نظيريه السوداني X **والإريتري Y**", "وزيري خارجية مصر X **والأردن Y**".
        """
        several = before.role.plural if before.role is not None else self._dual(text, before)
        if not several or not (before.person or before.name) or i >= len(matches):
            return None
        if self._listed is None or not self._listed.match(text[before.end : matches[i].start]):
            return None
        first = matches[i]
        if self.grammar.language == "ar":
            return self._sharing_arabic(text, matches, i, before)
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

    def _dual(self, text: str, phrase: Phrase) -> bool:
        """Whether "his counterparts" are several: نظيريه, نظيراه, نظرائه."""
        word = text[phrase.start : phrase.end].split()[0]
        return phrase.counterpart and word.removeprefix("ب").removeprefix("ل").startswith(("نظيري", "نظيرا", "نظرا"))

    def _sharing_arabic(self, text: str, matches: list[NameMatch], i: int, before: Phrase) -> tuple[Phrase, int] | None:
        first, owner = matches[i], before.owner
        if owner is None or first.kind not in STATE_KINDS or (first.kind == "adj") != (owner.kind == "adj"):
            return None
        role = replace(before.role, plural=False) if before.role is not None else None
        phrase = Phrase(first.start, first.end, owner=first, role=role, parts=[first])
        phrase.counterpart, phrase.possessive = before.counterpart, before.possessive
        phrase.name_start, phrase.name_end = first.start, first.end
        j = self._named(text, matches, i + 1, phrase)
        phrase.role = before.role  # still shared by whoever is named next
        return (phrase, j) if phrase.person or phrase.name else None

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
            self._look_behind(text, phrase)
            if self.grammar.language == "ar":
                self._take_honorific(text, phrase)
            j = self._take_realm(text, matches, self._named(text, matches, j, phrase), phrase)
        elif first.kind == "person":
            phrase.person, j = first, i + 1
            self._take_counterpart(text, first, phrase)
            self._take_house(text, phrase)
            self._take_after(text, phrase, matches[j].start if j < len(matches) else len(text))
            self._take_given(text, phrase, matches[i - 1].end if i else 0)
            self._take_honorific(text, phrase)
            j = self._apposition(text, matches, self._take_realm(text, matches, j, phrase), phrase)
        elif self._take_counterpart(text, first, phrase):
            j = self._take_owners(text, matches, i + 1, phrase) if self.post else i + 1
            j = self._named(text, matches, j, phrase) if not phrase.others else j
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
                and (not self.post or "'" in gap or (first.kind == "organisation" and self.grammar.language != "ar"))
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
            elsewhere = following.kind != "organisation"  # "هنأ أمين عام الناتو تونس"
            at_home = elsewhere and home(self.registry, office) is not None
            if (
                following.kind in owner_kinds
                and not at_home
                and (
                    (self.post and self._adjective.match(gap))
                    or (self._genitive.match(gap) and not (abroad and gap.split() and gap.split()[0] not in owning))
                    or (following.kind == "organisation" and self._members(text, phrase.role, gap))
                    or (following.kind in ("state", "organisation") and self._sent(text, phrase.role, gap))
                )
            ):
                phrase.owner = following
                phrase.end = following.end
                j = self._take_owners(text, matches, j + 1, phrase) if phrase.role.plural else j + 1
                if following.kind == "adj" and self.post:
                    self._rejoin(text, phrase, phrase.others[-1] if phrase.others else following)
                    while j < len(matches) and matches[j].start < phrase.end:
                        j += 1
        if phrase.role.role is not None and phrase.role.role.key == TENANT and not _of_seat(phrase.owner):
            phrase.owner = phrase.role = None  # "l'hôte du sommet", "occupants israéliens": no office
            phrase.end = first.end
            return i
        phrase.parts = matches[i:j]
        phrase.name_start, phrase.name_end = phrase.role.start, phrase.role.end
        return j

    def _members(self, text: str, role: NameMatch, gap: str) -> bool:
        """Whether men belong to the body named behind them: "مسلحون من أنصار الشريعة", not "قواتها من الحلف"."""
        men = role.plural and role.role is not None and role.role.kind == "group"
        owned = text[: role.end].endswith(tuple(self.grammar["possessive"]))
        return men and not owned and self._member.match(gap) is not None

    def _sent(self, text: str, role: NameMatch, gap: str) -> bool:
        """ "Ministers **from** Kenya and Rwanda met": whose they are who act; not "withdrew troops **from** Iraq"."""
        if not role.plural or not self._sent_by.match(gap):
            return False
        return self._opens.search(text[max(0, role.start - LONGEST_BEFORE) : role.start]) is not None

    def _take_owners(self, text: str, matches: list[NameMatch], j: int, phrase: Phrase) -> int:
        """ "Les présidents russe **et turc**", "the ministers of Mali **and Niger**": whose else the offices are."""
        assert phrase.owner is not None
        named = phrase.owner.kind in ("state", "organisation")
        while j < len(matches) and self.grammar.language != "ar":
            match = matches[j]
            joined = self._and_owner.match(text[phrase.end : match.start])
            alike = match.kind in ("state", "organisation") if named else match.kind == phrase.owner.kind
            if joined is None or not alike or text[match.end : match.end + 2] in ("'s", "’s"):
                break
            rest = joined.group("rest")
            plain = not rest.strip() or (named and rest.strip().lower() in self.grammar["article"])
            if not plain and not (named and (self._genitive.match(rest) or self._sent_by.match(rest))):
                break
            phrase.others.append(match)
            phrase.end = match.end
            j += 1
        return j

    def _take_realm(self, text: str, matches: list[NameMatch], j: int, phrase: Phrase) -> int:
        """ "King Abdullah **of Jordan**", "le roi Felipe **d'Espagne**": whose the office is, told behind the name."""
        role = phrase.role.role if phrase.role is not None else None
        named = phrase.person is not None or phrase.name is not None
        if not named or phrase.owner is not None or j >= len(matches) or matches[j].kind != "state":
            return j
        if role is not None and (role.kind != "office" or posted(role) or home(self.registry, role.office) is not None):
            return j
        gap = text[phrase.end : matches[j].start]
        crowned = not CROWNED.isdisjoint(text[phrase.start : phrase.end].lower().split())
        titled = role is not None and gap.split()[:1] == ["of"]  # not "le retour du ministre Ba de France"
        if not (crowned or titled) or self.grammar.language == "ar" or self._genitive.match(gap) is None:
            return j
        phrase.owner, phrase.end = matches[j], matches[j].end
        return j + 1

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
            if not self.grammar["outgoing"].isdisjoint(found.group(0).lower().split()):
                phrase.outgoing = True

    def _look_behind(self, text: str, phrase: Phrase) -> None:
        """ "Le président **déchu**", "le chef d'État gambien **sortant**": an office that is lost or soon will be."""
        found = self._lost.match(text, phrase.end)
        if found is None:
            return
        if found.group("outgoing"):
            phrase.outgoing = True
        else:
            phrase.former = True
        phrase.end = found.end()

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


def _of_seat(owner: NameMatch | None) -> bool:
    """Whether a title's owner is a seat of power: "the Kremlin"."""
    return owner is not None and owner.kind == "seat"
