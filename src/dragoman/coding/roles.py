"""From the places a frame names to actors: source and target of one candidate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dragoman.actors.mention import Actor
from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import BY_WORD, Arguments, arguments, carrier
from dragoman.coding.implied import MUTUAL, Implied
from dragoman.coding.naming import Filler
from dragoman.coding.slots import is_received, loose_tokens, tokens_at
from dragoman.coding.tree import VERBAL

HAVE_PLACES = frozenset(
    {"CONSULT", "ASSAULT", "AID", "MOBILIZE", "RETREAT", "SANCTION"}
)  # a town may stand for its state
OWN = frozenset({"obj", "nmod:poss", "amod", "compound", "flat"})  # where an actor may stand inside an object
JOINT = frozenset({"AGREE", "RETREAT"})  # acts of the parties themselves, whoever helps them
TRADED = frozenset({"SANCTION", "AGREE", "SUPPORT", "COOPERATE", "AID"})  # acts that arms may be the object of
HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})  # acts that others react to

__all__ = ["MUTUAL", "Filler", "RoleFinder"]


class RoleFinder(Implied):
    """Fills the roles of the candidates of one sentence."""

    def fill(self, index: int, args: Arguments, frame: Frame) -> tuple[list[Filler], list[Filler]]:
        """Sources and targets; either may be empty."""
        tree, words = self.tree, self.grammar
        sources = self._first(index, args, self._source_places(index, frame), set())
        sources = [] if self._only_helps(index, frame) else self._through(args, sources)
        used = {id(f.mention) for f in sources}
        if "symmetric" in frame.flags:
            both = self._between(args, frame)
            if len(both) > 1:
                return both[:1], both[1:]
        own = {f.actor.country for f in sources}
        used |= {id(m) for m in self.mentions if m.form == "suffix" and {a.country for a in m.actors} <= own}
        targets = self._addressed(args, frame, used) or self._first(
            index, args, frame.targets, used, "weak" in frame.flags, own
        )
        if not sources:
            sources = self._implied_source(index, args, frame) or self._earlier_subject(index, args, frame)
            sources = [f for f in sources if id(f.mention) not in {id(t.mention) for t in targets}]
        if not targets or all(f.actor.country in own for f in targets):
            targets = self._each_other(args, sources) or targets
        if not targets and frame.type == "REJECT" and frame.pos == "v":
            targets = self._claimants(args, own)
        if not targets and frame.type in HAVE_PLACES:
            targets = [
                f
                for place in frame.targets
                for token in (*tokens_at(tree, words, index, args, place), *loose_tokens(tree, words, index, place))
                if (f := self.place_at(token))
            ][:1]
        if not targets and sources and frame.pos == "n" and is_received(tree, words, index):
            clause = self.tree.clause(index)
            own = {f.actor.country for f in sources}
            subjects = arguments(self.tree, clause, self.grammar).subj
            targets = [f for i in subjects for f in self.actors_of(i, "receiver") if f.actor.country not in own]
        if not targets and frame.targets and frame.pos == "v" and not {"symmetric", "weak"} & frame.flags:
            targets = self._implied_target(args, own) or self._in_clauses(args, frame, own)
        return sources, [self._maker(f) for f in targets] if frame.type in TRADED else targets

    def _maker(self, filler: Filler) -> Filler:
        """ "A contract for twelve French submarines": goods, whose country is meant, not its navy."""
        last = self.tree.sentence.text[: filler.mention.end].rsplit(maxsplit=1)[-1:]
        if filler.mention.kind != "group" or not set(map(str.lower, last)) & self.grammar["weapon"]:
            return filler
        if (country := filler.actor.country) is None:
            return filler
        return replace(filler, actor=Actor(country, "state", country, reason=filler.actor.reason))

    def _source_places(self, index: int, frame: Frame) -> tuple[str, ...]:
        """The frame's places of the source; "Caracas ordered the closure of the Colombian border": Caracas first."""
        if frame.pos == "n" and frame.type in BY_WORD and carrier(self.tree, index, self.grammar) is not None:
            return ("poss", *(place for place in frame.sources if place != "poss"))
        if frame.pos == "n" and frame.type in HOSTILE and self._reacted_to(index):
            return tuple(place for place in frame.sources if place != "subj")
        return frame.sources

    def _reacted_to(self, noun: int) -> bool:
        """ "Suspended Honduras **over** the coup", "on the **day after** the raid": the subject did not do it."""
        above = self.tree.tokens[self.tree.tokens[noun].head].text.lower().rpartition(" ")[2]
        return self.tree.preposition(noun) in self.grammar["cause"] or above in self.grammar["occasion-noun"]

    def _addressed(self, args: Arguments, frame: Frame, used: set[int]) -> list[Filler]:
        """Whom a request is put to: its direct object, where that names somebody and not a thing of his."""
        if frame.type != "REQUEST" or frame.pos != "v":
            return []
        heads = [i for noun in args.obj for i in self.tree.conjuncts(noun) if i in self._at]
        return [
            Filler(mention, actor, i, "obj")
            for i in heads
            if (mention := self._at[i]).form != "adj" and id(mention) not in used
            for actor in mention.actors
        ]

    def _between(self, args: Arguments, frame: Frame) -> list[Filler]:
        """Both parties under one preposition: "talks between A and B"."""
        for place in (*frame.sources, *frame.targets):
            name = place.removeprefix("obj.")
            if name in self.grammar["between"] or name in self.grammar["parties"]:
                for token in [*args.oblique.get(name, []), *args.oblique.get(f"obj.{name}", [])]:
                    found = self.actors_of(token, "between")
                    if len({f.actor.code for f in found}) == 1:
                        found += self._coordinated(token)
                    if len({f.actor.code for f in found}) > 1 or len(found) > 1:
                        return found
        return []

    def _only_helps(self, index: int, frame: Frame) -> bool:
        """ "Helped reach a settlement": who helps others to an accord is none of its parties."""
        if frame.type not in JOINT or self.tree.tokens[index].dep != "xcomp":
            return False
        return self.tree.tokens[self.tree.tokens[index].head].lemma.lower() in self.grammar["helping"]

    def _coordinated(self, index: int) -> list[Filler]:
        """ "Between A and the B": the second name, where the parser hung it on the verb that follows."""
        tokens = self.tree.tokens
        for i in range(index + 1, min(len(tokens) - 1, index + 12)):
            if tokens[i].text.lower() in self.grammar["and"]:
                following = i + 2 if tokens[i + 1].pos == "DET" and i + 2 < len(tokens) else i + 1
                mention = self._at.get(following)
                return [Filler(mention, a, following, "between") for a in mention.actors] if mention else []
            if tokens[i].pos in VERBAL:
                break
        return []

    def _first(
        self,
        index: int,
        args: Arguments,
        places: tuple[str, ...],
        used: set[int],
        plain: bool = False,
        own: Collection[str | None] = (),
    ) -> list[Filler]:
        """The actors in the first of the places that names any; a state of `own` acts on others, not on itself."""
        tree, words = self.tree, self.grammar
        for loose in (False, True):  # a phrase that hangs elsewhere is taken where none hangs here
            for place in places:
                tokens = (
                    loose_tokens(tree, words, index, place) if loose else tokens_at(tree, words, index, args, place)
                )
                for token in tokens:
                    found = [f for f in self.actors_of(token, place) if id(f.mention) not in used]
                    if all(f.actor.country in own and f.actor.kind == "state" and not f.actor.sector for f in found):
                        continue
                    if plain and place == "obj":
                        found = [f for f in found if f.how.rpartition("›")[2] in OWN]
                    if found:
                        return found
        return []

    def _through(self, args: Arguments, sources: list[Filler]) -> list[Filler]:
        """ "France condemned it by the voice of its minister": the one who spoke for the state."""
        for agent in self.grammar["agent"]:
            for token in args.oblique.get(agent, []):
                if self.tree.tokens[token].lemma.lower() not in self.grammar["voice"]:
                    continue
                for kid in self.tree.kids(token, "nmod"):
                    spoken = [f for f in self.actors_of(kid, "voice") if f.mention.kind == "person"]
                    if spoken and any(f.actor.country == spoken[0].actor.country for f in sources):
                        return spoken
        return sources
