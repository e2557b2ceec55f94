"""The name beside a title: known to the registry or not, with the given names, particles and house around it."""

from __future__ import annotations

import re

from dragoman.actors.envoys import SENT
from dragoman.actors.given import given_fits
from dragoman.actors.phrases.patterns import (
    CHARGE,
    FAMILY_BEHIND,
    GIVEN_BEHIND,
    GIVEN_GAP,
    HOUSE,
    UNKNOWN_NAME,
    PhrasePatterns,
)
from dragoman.actors.phrases.phrase import STATE_KINDS, Phrase, posted
from dragoman.actors.registry import NameMatch, Registry
from dragoman.language.ar.names import person_after_title

DESCRIBED = 40  # code points of the adjectives between a title and a name


class NameReader(PhrasePatterns):
    """Finds the names that belong to a phrase."""

    registry: Registry

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
            if cased and (self._given_to_another(text, match, starts) or self._begins_a_name(text, match, starts)):
                continue
            kept.append(match)
        return kept

    def _begins_a_name(self, text: str, match: NameMatch, starts: set[int]) -> bool:
        """Whether a capital is part of a longer name: "Paris Baguette", "Tokyo Electron"; not "in Paris Macron"."""
        if match.kind != "capital" or self.grammar.language == "ar" or match.end - match.start < 4:
            return False
        found = FAMILY_BEHIND.match(text, match.end)
        if found is None or found.start("word") in starts or found.start("word") != match.end + 1:
            return False
        word = found.group("word").lower()
        before = text[: match.start].rsplit(maxsplit=1)[-1:]
        return word not in self._no_family and not (before and before[0].lower() in self.grammar["locative"])

    def _given_to_another(self, text: str, match: NameMatch, starts: set[int]) -> bool:
        """Whether a family name is a given name before one that the registry lacks: "Vincent" of "Vincent Karega"."""
        if match.kind != "person" or "family" not in match.note or self.grammar.language == "ar":
            return False
        if " " in text[match.start : match.end]:
            return False
        before = self._given_before.search(text, max(0, match.start - 40), match.start)
        if before is not None and not self._strangers_name(before.group("given"), match):
            return False
        found = FAMILY_BEHIND.match(text, match.end)
        if found is None or found.start("word") in starts or "-" in found.group("word"):
            return False
        return found.group("word").lower() not in self._no_family

    def _strangers_name(self, given: str, match: NameMatch) -> bool:
        """Whether nobody of a family name has the given names before it: "Nguyen **Thanh** Son", "Sir **Malcolm**"."""
        names = [w for w in given.split() if w.lower().rstrip(".") not in self._not_given]
        persons = (self.registry.person(identifier) for identifier in match.ids)
        return not any(names and person is not None and given_fits(" ".join(names), person.name) for person in persons)

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
        if (found := GIVEN_BEHIND.match(text, person.end, limit)) is not None:
            phrase.after = found.group(1)
            phrase.end = phrase.name_end = found.end()

    def _take_honorific(self, text: str, phrase: Phrase) -> None:
        """Takes in what stands before a title or name: "فخامة", "دولة" (not "twenty states": no group has one)."""
        if phrase.role is not None and phrase.role.plural:
            return
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
        role = phrase.role.role if phrase.role is not None else None
        institution = role is not None and role.kind == "institution"
        if institution and self.grammar.language == "ar":
            return j  # "عزل الجيش المصري الرئيس محمد مرسي": no army is a title
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
        sent = role.office in SENT  # "المبعوث الأممي إلى اليمن مارتن غريفيث": not Yemen's
        if posted(role) and not sent:
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
            owning = frozenset({"organisation"}) if sent else STATE_KINDS | {"organisation"}
            phrase.owner = next((m for m in matches[j:k] if m.kind in owning), None)
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
