"""From an article's text to its actors: every phrase that names somebody, with the memory of what came before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dragoman.actors.backward import anaphors
from dragoman.actors.joint_names import joint_names
from dragoman.actors.memory import OBLIQUE, TextUnit
from dragoman.actors.mention import Actor, Kind, Mention
from dragoman.actors.no_actors import apart, bare, no_actor, weak_group
from dragoman.actors.owners import ROMANCE, Owners
from dragoman.actors.phrases import UNKNOWN_NAME, Phrase, PhraseReader, home, introduces
from dragoman.actors.registry import NameMatch, Registry
from dragoman.language.ar.pronouns import suffixes
from dragoman.language.datelines import DATELINE
from dragoman.language.epithets import epithets
from dragoman.language.fr.pronouns import object_pronouns
from dragoman.language.glance import words_of
from dragoman.language.grammar import Grammar, grammar

THIRD = ("he", "she", "they")
FORMS = {"state": "name", "adj": "adj", "people": "people", "capital": "capital", "seat": "seat"}
GENERAL = frozenset({None, "", "leader", "official", "legislator", "activist", "journalist", "military_commander"})
LATIN = re.compile(r"[A-Z][a-z]+")
Item = tuple[int, int, Phrase | str | frozenset[str] | tuple[Actor, ...]]


class Linker(Owners):
    """Links one article's texts, in order. Pure: keeps its memory to itself and touches nothing else."""

    def link(self, units: Sequence[TextUnit]) -> list[list[Mention]]:
        """The mentions of every unit, in text order.

        Names met later help earlier short forms (a headline's "Bourita"), so full names are gathered first.
        """
        found = [self._matches(u) for u in units]
        for unit, matches in zip(units, found, strict=True):
            self._gather_full_names(unit, matches)
        counts = Counter(
            m.ids[0] for found_here in found for m in found_here if m.kind in ("state", "adj", "people", "capital")
        )
        self._own_names = frozenset(
            m.ids[0] for found_here in found for m in found_here if m.kind in ("state", "adj", "people")
        )
        self._most_named = tuple(state for state, _ in counts.most_common())
        self._main = self._most_named[0] if self._most_named else None
        self._times = counts
        self._dateline = next((c for u, m in zip(units, found, strict=True) if (c := _written_in(u, m))), None)
        named = (a.country for a in self.memory.names.values() if a.country)
        self._countries = frozenset(counts) | frozenset(named)
        linked = [self._link_unit(u, m) for u, m in zip(units, found, strict=True)]
        return [
            [self._with_office(self._named_elsewhere(u, m)) for m in mentions]
            for u, mentions in zip(units, linked, strict=True)
        ]

    def _named_elsewhere(self, unit: TextUnit, mention: Mention) -> Mention:
        """ "Canada's ambassador", where the page names one such ambassador of Canada's before or after."""
        actor = mention.actors[0] if len(mention.actors) == 1 else None
        if actor is None or mention.kind != "role" or mention.plural or actor.former or actor.office in GENERAL:
            return mention
        before = unit.text[: mention.start].rsplit(maxsplit=1)[-1:]
        if not actor.country or actor.reason.endswith("from context") or {"a", "an"} & set(before):
            return mention
        holders = {
            r.actor.id: r.actor
            for r in self.memory.persons
            if r.actor.office == actor.office and r.actor.country == actor.country and not r.actor.former
        }
        if len(holders) != 1:
            return mention
        (person,) = holders.values()
        return replace(
            mention, actors=(person.because(f"{actor.reason}, named elsewhere"),), kind="person", form="title"
        )

    def _with_office(self, mention: Mention) -> Mention:
        """A person's office, where the text gives it elsewhere and the tables do not."""
        offices = self.memory.offices
        if not any(a.office is None and not a.former and a.id in offices for a in mention.actors):
            return mention
        actors = tuple(
            replace(a, office=offices[a.id]) if a.office is None and not a.former and a.id in offices else a
            for a in mention.actors
        )
        return replace(mention, actors=actors)

    def _matches(self, unit: TextUnit) -> list[NameMatch]:
        words = grammar(unit.language)
        found = [m for m in self.registry.find(unit.text, unit.language) if not apart(unit.text, m, words)]
        if unit.language in ROMANCE:
            found = [m for match in found for m in self._unless_described(unit, match, found)]
        if unit.language == "ar" and LATIN.search(unit.text):  # names left in Latin letters
            latin = (m for m in self.registry.find(unit.text, "en") if m.kind in ("person", "organisation", "state"))
            free = (m for m in latin if not any(m.start < f.end and f.start < m.end for f in found))
            found = sorted([*found, *free], key=lambda m: m.start)
        if joint := list(joint_names(unit.text, found, lambda name: self.registry.find(name, unit.language))):
            found = sorted([*found, *joint], key=lambda m: m.start)
        return found

    def _unless_described(self, unit: TextUnit, match: NameMatch, found: Sequence[NameMatch]) -> Sequence[NameMatch]:
        """The match; where a nickname has an adjective behind it, what its noun is without the article: "**la Ligue**
        togolaise des droits de l'homme" is not the party known as "la Ligue"."""
        if match.kind != "organisation" or "weak" not in match.note:
            return (match,)
        if not any(m.kind == "adj" and m.start == match.end + 1 for m in found):
            return (match,)
        noun = unit.text.find(" ", match.start, match.end) + 1
        inside = self.registry.find(unit.text[noun : match.end], unit.language) if noun else ()
        return [replace(m, start=m.start + noun, end=m.end + noun) for m in inside if m.kind == "role"]

    def _reader(self, language: str) -> PhraseReader:
        return _reader(self.registry, language)

    def _gather_full_names(self, unit: TextUnit, matches: list[NameMatch]) -> None:
        for match in matches:
            if match.kind == "person" and len(match.ids) == 1 and " " in unit.text[match.start : match.end]:
                actor = self._person_actor(match.ids[0], None, "named in full")
                self._learn_name(actor, unit.text[match.start : match.end])

    def _link_unit(self, unit: TextUnit, matches: list[NameMatch]) -> list[Mention]:
        words = grammar(unit.language)
        mentions: list[Mention] = []
        self._matches_here = matches
        for start, end in unit.sentences:
            inside = [m for m in matches if start <= m.start and m.end <= end and m.kind not in ("agreement",)]
            phrases = self._reader(unit.language).read(unit.text, inside, unit.cased) if inside else []
            self._sentence += 1
            self._go_to(unit, start, end)
            mentions.extend(self._link_sentence(unit, words, phrases, start, end))
        return mentions

    def _link_sentence(
        self, unit: TextUnit, words: Grammar, phrases: list[Phrase], start: int, end: int
    ) -> list[Mention]:
        items = self._items(unit, words, phrases, start, end)
        done: list[Mention] = []
        open_ = True
        later = [
            (s, e, kind) for s, e, kind in items if kind in ("he", "she") and self._looks_ahead(unit, s, start, items)
        ]
        for s, e, item in [i for i in items if i not in later] + later:
            mention = self._mention(unit, words, item, (s, e), done, (start, end))
            if mention is not None:
                done.append(mention)
                words_before = unit.text[max(start, mention.start - 14) : mention.start]
                oblique = bool(OBLIQUE.search(words_before))
                surface = unit.text[mention.start : mention.end]
                self._remember(mention, len(done) == 1, surface, words_before, oblique, open_)
                open_ = open_ and (oblique or mention.form == "adj")
        done.sort(key=lambda m: m.start)
        self._note_lists(unit.text, done, words)
        self._subject = self._about(unit, done)
        return done

    def _about(self, unit: TextUnit, mentions: Sequence[Mention]) -> str | None:
        """The country of the first in a sentence that stands under no preposition: whom the sentence is about."""
        free = (
            m for m in mentions if m.form != "adj" and not OBLIQUE.search(unit.text[max(0, m.start - 14) : m.start])
        )
        first = next(free, None)
        return first.actors[0].country if first is not None and first.known else None

    def _items(self, unit: TextUnit, words: Grammar, phrases: list[Phrase], start: int, end: int) -> list[Item]:
        """Everything in a sentence that may name somebody, in the order of the text and not overlapping."""
        spoken = words_of(unit.text[start:end])
        backward = anaphors(unit.text, words, start, end, spoken)
        pairs = [(s, e) for s, e, kind in backward if kind == "two-sides"]
        called: list[tuple[int, int, frozenset[str]]] = []
        if self.memory.states or self.memory.persons:
            named = epithets(unit.language).find(unit.text, start, end, spoken)
            called = [(s, e, ids) for s, e, ids in named if self._spoken_of(ids)]
        phrases = [p for p in phrases if not _inside(p, [(s, e) for s, e, _ in called])]
        phrases = [p for p in phrases if not bare(p) or not _inside(p, pairs)]
        after = [*phrases[1:], None] if phrases else []
        phrases = [
            p
            for p, named in zip(phrases, after, strict=True)
            if named is None or not introduces(p, named, unit.text, words["relational"])
        ]
        items: list[Item] = [(p.start, p.end, p) for p in phrases]
        taken = [(p.start, p.end) for p in phrases]
        items += [
            (s, e, kind)
            for s, e, kind in backward
            if not any(s < b and a < e for a, b in taken) and not (kind == "two-sides" and _whose(unit, s, e, taken))
        ]
        if unit.language == "ar":
            items += [
                (s.start, s.end, f"{s.kind}-{'object' if s.verb else 'owner'}")
                for s in suffixes(unit.text, start, end)
                if not any(s.start < b and a < s.end for a, b in taken)
            ]
        if unit.language == "fr":
            pronouns = list(object_pronouns(unit.text, start, end))
            items = [
                i for i in items if not any(p.start < i[1] and i[0] < p.end for p in pronouns) or i[2] not in THIRD
            ]
            items += [
                (p.start, p.end, f"{p.kind}-clitic")
                for p in pronouns
                if not any(p.start < b and a < p.end for a, b in taken)
            ]
        reader = self._reader(unit.language)
        for s, e in self._unknown_names(unit, start, end, taken):
            following = next((p for p in phrases if e <= p.start <= e + 40), None)
            titled = reader.apposed(unit.text, s, e, following) if following is not None else None
            if titled is None:
                items.append((s, e, "name"))
            else:
                items = [i for i in items if i[2] is not following]
                items.append((s, titled.end, titled))
        items += [(s, e, ids) for s, e, ids in called if not any(a < e and s < b for a, b, _ in items)]
        if self.memory.lists and (many := self._counted(unit, start, end, spoken)):
            items = [i for i in items if not any(i[0] < e and s < i[1] for s, e, _ in many)]
            items += many
        return sorted(items, key=lambda item: (item[0], -item[1]))

    def _mention(
        self,
        unit: TextUnit,
        words: Grammar,
        item: Phrase | str | frozenset[str] | tuple[Actor, ...],
        at: tuple[int, int],
        done: list[Mention],
        sentence: tuple[int, int],
    ) -> Mention | None:
        """What one item stands for, with the sentence's mentions so far; None where it names nobody."""
        s, e = at
        if isinstance(item, Phrase):
            return self._phrase_mention(unit, words, item, done, sentence)
        if isinstance(item, tuple):
            reason = f"“{unit.text[s:e]}”"
            return Mention(s, e, s, e, tuple(a.because(reason) for a in item), "pronoun", "pair", True)
        if isinstance(item, frozenset):
            return self._epithet(unit, s, e, item)
        if item.endswith(("-object", "-owner")):
            return self._suffix(item, s, e, [m for m in done if m.end <= s])
        if item.endswith("-clitic"):
            return self._clitic(unit, item.removesuffix("-clitic"), s, e, [m for m in done if m.end <= s], words)
        if item == "name":
            return self._unknown_person(unit.text, s, e, words["thing"], unit.language)
        return self._anaphor(unit, item, s, e, done, words)

    def _looks_ahead(self, unit: TextUnit, at: int, start: int, items: list[Item]) -> bool:
        """ "During his visit, Esper also met …": a pronoun before the first name, in a phrase that a comma closes."""
        first = next((i for i in items if isinstance(i[2], Phrase) and i[2].person is not None), None)
        if first is None or first[0] < at or first[0] - at > 60 or at - start > 30:
            return False
        return unit.text[at : first[0]].rstrip().endswith(",")

    def _unknown_names(
        self, unit: TextUnit, start: int, end: int, taken: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Names that the registry does not know: those met before, and runs of two or more capitalised words."""
        if unit.language == "ar":
            return []
        stop = grammar(unit.language)["stop"]
        found = []
        for match in UNKNOWN_NAME["latin"].finditer(unit.text, start, end):
            s, e = match.start(), match.end()
            words = match.group(0).split()
            while words and words[0].lower().strip(".'’") in stop:
                s += len(words.pop(0)) + 1
            if not words or any(s < b and a < e for a, b in taken):
                continue
            if "of" in words:  # "Renato Reyes of Bayan", "Members of Nashi"
                words = words[: words.index("of")]
                e = s + len(" ".join(words))
                if not words:
                    continue
            surname = re.sub(r"['’]s$", "", words[-1]).strip(".’'").lower()
            if words[-1].endswith(("'s", "’s")):
                e -= 2
            plain = all(w.strip(".").isalpha() or "-" in w for w in words)
            if surname in self.memory.names or (len(words) in (2, 3) and unit.cased and plain):
                found.append((s, e))
        return found

    def _phrase_mention(
        self, unit: TextUnit, words: Grammar, phrase: Phrase, before: list[Mention], sentence: tuple[int, int]
    ) -> Mention | None:
        if unit.language == "ar" and self._weak(unit, phrase, before):
            return None
        if unit.language in ROMANCE and weak_group(phrase):
            return None
        if unit.language == "en" and no_actor(unit, phrase, words):
            return None
        if phrase.plain is not None:
            return self._plain(unit, phrase, phrase.plain, before)
        if (named := self._named_like_title(unit, phrase)) is not None:
            return Mention(phrase.start, phrase.end, phrase.start, phrase.end, (named,), "person")
        if phrase.others:
            return self._shared(unit, words, phrase, before, sentence)
        role = phrase.role.role if phrase.role is not None else None
        owner = self._owner(unit, phrase, before, words)
        if owner is None and role is not None and role.owner:
            owner = Actor(role.owner, "state", role.owner, reason=f"{role.form} alone")
        if owner is None and role is not None and role.office:  # "managing director of the IMF": one word of the list
            body = home(self.registry, role.office) or ""
            plain = role.form.lower() in words["many-bodies"] and not self._spoken_of(frozenset({body}))
            if plain:
                return None  # "Commissioner Bratton": of police, where nobody spoke of the Union
            owner = self._organisation_actor(body)
        if phrase.counterpart and phrase.person is None and phrase.name is None:
            return self._counterpart(phrase, owner, before)
        if phrase.person is not None:
            actor = self._resolve_person(unit, phrase, role, owner)
            if actor is None:
                return None
            self._learn_name(actor, unit.text[phrase.person.start : phrase.person.end])
            return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (actor,), "person")
        if role is None and (not phrase.counterpart or phrase.name is None):
            return None
        if (
            phrase.role is not None
            and unit.text[phrase.role.start : phrase.role.end].lower() in words["relational"]
            and (phrase.owner or phrase.possessive)
            and not _of_seat(phrase)
        ):
            return None  # "US rivals China and Russia", "took its neighbour to court": not the US, not itself
        if phrase.name is not None and not set(re.findall(r"[\w-]+", phrase.name.lower())) & words["thing"]:
            actor = self._new_person(phrase.name, role, owner, phrase)
            self._learn_name(actor, phrase.name)
            return Mention(phrase.start, phrase.end, phrase.name_start, phrase.name_end, (actor,), "person")
        return self._role_mention(unit, phrase, role, owner, before, sentence, words) if role is not None else None

    def _shared(
        self, unit: TextUnit, words: Grammar, phrase: Phrase, before: list[Mention], sentence: tuple[int, int]
    ) -> Mention | None:
        """ "Les présidents russe et turc", "ses homologues malien et nigérien": the holder of each one's office."""
        actors: list[Actor] = []
        for owner in (phrase.owner, *phrase.others):
            role = phrase.role
            if owner is not None and role is not None and _singular(unit.text, owner):
                role = replace(role, plural=False)
            one = replace(phrase, owner=owner, others=[], role=role)
            if (mention := self._phrase_mention(unit, words, one, before, sentence)) is not None:
                actors += mention.actors
        if not actors:
            return None
        kind: Kind = "person" if all(a.kind == "person" for a in actors) else "group"
        return Mention(
            phrase.start, phrase.end, phrase.name_start, phrase.name_end, tuple(actors), kind, "title", plural=True
        )

    def _named_like_title(self, unit: TextUnit, phrase: Phrase) -> Actor | None:
        """ "Reina", "King": a title that is the family name of somebody named before."""
        if phrase.role is None or phrase.person or phrase.name or phrase.owner or unit.language == "ar":
            return None
        word = unit.text[phrase.start : phrase.end]
        if not word[:1].isupper() or phrase.end != phrase.role.end or phrase.start != phrase.role.start:
            return None
        named = self.memory.names.get(word.lower())
        return named.because("named before") if named is not None else None

    def _weak(self, unit: TextUnit, phrase: Phrase, before: list[Mention]) -> bool:
        """Whether a word that is often no actor (فتح: opening, صواريخ: missiles) stands without a sign that it is."""
        match = phrase.plain or phrase.role
        if match is None or "weak" not in match.note or phrase.owner or phrase.person or phrase.name:
            return False
        if match.kind not in ("role", "organisation"):
            return False
        named = [a.id for m in before for a in m.actors] + [r.actor.id for r in self.memory.states]
        return not unit.text.startswith("ال", match.start) if match.kind == "role" else match.ids[0] not in named

    def _plain(self, unit: TextUnit, phrase: Phrase, match: NameMatch, before: list[Mention]) -> Mention | None:
        actor = self._named_actor(match)
        if actor is None:
            return None
        kind = "organisation" if actor.kind == "organisation" else "state"
        form = FORMS.get(match.kind, "name")
        return Mention(phrase.start, phrase.end, match.start, match.end, (actor,), kind, form)  # type: ignore[arg-type]


@lru_cache(maxsize=16)
def _reader(registry: Registry, language: str) -> PhraseReader:
    """The phrase reader of a language, made once: it keeps patterns and nothing of what it reads."""
    return PhraseReader(registry, grammar(language))


def _written_in(unit: TextUnit, matches: Sequence[NameMatch]) -> str | None:
    """The country of the capital in a dateline: "KAMPALA (Reuters) - …"."""
    line = DATELINE.match(unit.text)
    if line is None:
        return None
    return next((m.ids[0] for m in matches if m.kind in ("capital", "state") and m.end <= line.end()), None)


def _of_seat(phrase: Phrase) -> bool:
    """ "L'hôte de l'Élysée": whoever sits there, not somebody related to it."""
    return phrase.owner is not None and phrase.owner.kind == "seat"


def _singular(text: str, owner: NameMatch) -> bool:
    """Whether an owner behind a title in the plural has one of those titles: "les présidents **russe** et turc"."""
    word = text[owner.start : owner.end]
    return owner.kind == "state" or not word.endswith("s") or word.endswith(("ais", "ois"))


def _inside(phrase: Phrase, spans: Sequence[tuple[int, int]]) -> bool:
    return any(s <= phrase.start and phrase.end <= e for s, e in spans)


def _whose(unit: TextUnit, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """ "Libyan rivals", "الجانبان الليبي": the word beside says whose they are, not the story."""
    if unit.language == "ar":
        return any(unit.text[end:a] == " " and unit.text.startswith("ال", a) for a, _ in taken)
    return any(unit.text[b:start] == " " for _, b in taken)


__all__ = ["Linker", "TextUnit"]
