"""Who the words of one sentence stand for: the actors of a token, of a noun phrase, of a town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.actors.led import apposed, led
from dragoman.actors.mention import Actor, Mention
from dragoman.coding.tree import Tree, base
from dragoman.language.grammar import Grammar

DESCENT = ("nmod:poss", "amod", "compound", "flat", "appos", "nmod", "acl", "obl", "conj", "det")
EMPTY_HEADS = 4  # how deep to look inside a noun phrase for an actor


@dataclass(frozen=True, slots=True)
class Filler:
    """An actor in a role: the mention that names it, the token it stands at, and how it was found."""

    mention: Mention
    actor: Actor
    token: int
    how: str
    elsewhere: tuple[int, int] | None = None  # page offsets of a mention in another sentence


class Naming:
    """Looks up the actors of one sentence. `mentions` have offsets of the sentence's text."""

    def __init__(
        self, tree: Tree, mentions: list[Mention], grammar: Grammar, places: Mapping[int, Mention] | None = None
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.mentions = mentions
        self._places = {i: Filler(m, m.actors[0], i, "place") for i, m in (places or {}).items()}
        self._at: dict[int, Mention] = {}
        heads = led(tree.sentence.text, mentions, grammar) | apposed(tree.sentence.text, mentions, grammar)
        for index, token in enumerate(tree.tokens):
            for mention in mentions:
                if token.start < mention.end and mention.start < token.end:
                    if not self._is_adjunct(index, mention):
                        self._at[index] = heads.get(id(mention), mention)
                    break

    def _is_adjunct(self, index: int, mention: Mention) -> bool:
        """Whether a group's noun only describes another noun: "national security", "a missile attack"."""
        token = self.tree.tokens[index]
        if mention.kind not in ("group", "role") or " " in token.text or token.text[:1].isupper():
            return False
        if token.text.lower() in self.grammar["adjectival"] and token.dep in ("amod", "compound"):
            return True
        weapon = token.text.lower() in self.grammar["weapon"]
        described = token.dep == "compound" or (
            token.dep == "conj" and self.tree.tokens[token.head].dep in ("compound", "amod")
        )
        return weapon and described

    def place_at(self, index: int) -> Filler | None:
        """The country of a town that stands at a token, as somebody's destination or target."""
        return self._places.get(index)

    def mention_at(self, index: int) -> Mention | None:
        """The mention that covers a token."""
        return self._at.get(index)

    def actors_of(self, index: int, how: str, depth: int = 0) -> list[Filler]:
        """The actors a noun phrase stands for: its own mention, else what it belongs to; coordinated phrases all."""
        found: list[Filler] = []
        seen: set[tuple[int, str, str | None]] = set()
        for i in self.tree.conjuncts(index):
            for filler in self._one(i, how, depth):
                key = (id(filler.mention), filler.actor.code, filler.actor.id)
                if key not in seen or filler.mention.form == "pair":
                    seen.add(key)
                    found.append(filler)
        return found

    def _one(self, index: int, how: str, depth: int) -> list[Filler]:
        mention = self._at.get(index)
        if mention is not None:
            return [Filler(mention, actor, index, how) for actor in mention.actors]
        if depth >= EMPTY_HEADS:
            return []
        lemma = self.tree.tokens[index].lemma.lower()
        if how.removeprefix("obj.") in self.grammar["company"] and lemma in self.grammar["patronage"]:
            return []  # "met **with the help of** Brazil": who helps is no party
        children = self.tree.children[index]
        relational = self.tree.tokens[index].text.lower() in self.grammar["relational"]
        relations: tuple[str, ...] = ("flat", "appos") if relational else DESCENT
        if relational and how.endswith("between"):
            relations += ("amod",)  # "talks between Libyan rivals": of one country among themselves
        for relation in relations:
            for child in children:
                dep = self.tree.tokens[child].dep
                if dep != relation and not (base(dep) == relation and relation != "nmod" and dep != "acl:relcl"):
                    continue
                preposition = self.tree.preposition(child)
                if relation == "conj" or (how == "subj" and preposition in self.grammar["locative"]):
                    continue  # "clashes in Chad killed …": nobody's act
                if preposition in self.grammar["victim"]:
                    continue  # "ندد بالهجوم على السفارة": not whom it was made on
                found = self.actors_of(child, f"{how}›{relation}", depth + 1)
                if found:
                    return found
        return []
