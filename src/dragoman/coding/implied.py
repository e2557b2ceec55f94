"""Who acts or is acted on where a frame's own places are empty: told by a place, a condition, a phrase of address."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from dragoman.actors.mention import Actor
from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import Arguments, arguments
from dragoman.coding.naming import Filler, Naming
from dragoman.coding.tree import base

MUTUAL = "each other"  # how the parties of "threw out each other's diplomats" are found as targets
CONDITIONED = frozenset({"AGREE", "CONCEDE", "THREATEN", "REJECT"})  # acts that say what will be, and for whom
ANSWERED = frozenset({"COERCE", "SANCTION"})  # acts that a colon announces without their agent


class Implied(Naming):
    """Finds sources and targets that a clause implies."""

    def others_named(self, args: Arguments, own: Collection[str | None]) -> list[Filler]:
        """Who beside `own` is named anywhere inside the object or complement, not as a place.

        "Cuba asked to be taken off the **American** list", "told carriers to avoid **Belarus**".
        """
        found = []
        for head in (*args.obj, *args.comp):
            for index in self.tree.subtree(head):
                mention = self._at.get(index)
                if mention is None or not mention.known or self.tree.preposition(index) in self.grammar["locative"]:
                    continue
                if mention.kind != "group" and all(a.country not in own for a in mention.actors):
                    found += [Filler(mention, actor, index, "named") for actor in mention.actors]
        return found

    def set_in(self, index: int) -> set[str | None]:
        """The countries named in a clause as places: "signed a deal **in Tunisia**"."""
        places = [
            self._at[i]
            for i in self.tree.subtree(index)
            if i in self._at and self.tree.preposition(i) in self.grammar["locative"]
        ]
        return {actor.country for mention in places if mention.kind == "state" for actor in mention.actors}

    def _each_other(self, args: Arguments, sources: list[Filler]) -> list[Filler]:
        """ "Latvia and Belarus threw out each other's diplomats": each is the other's target."""
        if len({f.actor.country for f in sources}) < 2:
            return []
        words = {self.tree.tokens[i].text.lower() for head in args.obj for i in self.tree.subtree(head)}
        both = [replace(f, how=MUTUAL) for f in sources]
        return both if any(set(phrase.split()) <= words for phrase in self.grammar["reciprocal"]) else []

    def _earlier_subject(self, index: int, args: Arguments, frame: Frame) -> list[Filler]:
        """The nearest subject to the left, for an active verb that the tree leaves without one."""
        if frame.pos != "v" or args.passive or args.subj or "subj" not in frame.sources:
            return []
        if self.tree.tokens[index].dep in ("acl:relcl", "ccomp") and not args.inherited:
            return []
        for i in range(index - 1, -1, -1):
            if base(self.tree.tokens[i].dep) == "nsubj" and self.tree.tokens[i].pos in ("PROPN", "NOUN", "PRON"):
                return self.actors_of(i, "earlier subject")
        return []

    def _implied_source(self, index: int, args: Arguments, frame: Frame) -> list[Filler]:
        """Who acts where nobody is said to: the state on whose soil somebody is arrested ("detained in Egypt"), the
        people of the place of a protest ("thousands marched in Lima"), the state whose envoy is called home."""
        if frame.type == "PROTEST":
            where = list(self.grammar["locative"])
            if frame.pos == "v":
                where += [f"obj.{p}" for p in where]  # "boycotted courts across Pakistan"
            return [replace(f, actor=_people(f.actor)) for f in self._on_soil(args, where)]
        if frame.type == "ASSAULT" and frame.pos == "v" and (args.passive or "subj" in frame.targets):
            return self._attackers(args)
        if not args.passive:
            return []
        if frame.pos == "v" and frame.type in ANSWERED and (found := self._before_colon(args)):
            return found
        if frame.type == "SANCTION" and frame.mode == "withdraw":
            owners = [f for i in args.obj for f in self.actors_of(i, "sender") if f.mention.kind in ("role", "person")]
            return [f for f in owners if f.actor.country and "›" not in f.how]
        if frame.type not in ("COERCE", "SANCTION"):
            return []
        if frame.mode == "withdraw":  # "its ambassador to London was called home": by whose he is
            whose = [f for token in args.obj for f in self.actors_of(token, "recalled")]
            return [f for f in whose if f.actor.sector == "GOV" and f.mention.known]
        leaving = self.grammar["leaving"] if frame.mode in ("expel", "deport") else ()
        return self._left(args) or self._on_soil(args, {*self.grammar["locative"], *leaving})

    def _left(self, args: Arguments) -> list[Filler]:
        """ "Were told to leave **Delhi**": the state that those who were ordered out are to leave."""
        leave = [o for clause in args.comp for o in arguments(self.tree, clause, self.grammar).obj]
        return next((state for token in leave if (state := self._state_at(token))), [])

    def _before_colon(self, args: Arguments) -> list[Filler]:
        """ "Tripoli se venge : deux Suisses sont jetés en prison": who acts before a colon does what is told behind."""
        if not self.grammar["takes-up"]:
            return []
        tokens = self.tree.tokens
        patient = min(args.obj, default=0)
        colon = next((i for i in range(patient - 1, 0, -1) if tokens[i].text == ":"), 0)
        hit = {f.actor.country for i in args.obj for f in self.actors_of(i, "obj")}
        for i in range(colon):
            if base(tokens[i].dep) == "nsubj" and tokens[i].head < colon:
                found = self.actors_of(i, "before the colon")
                return [f for f in found if f.actor.sector in (None, "GOV", "MIL") and f.actor.country not in hit]
        return []

    def _on_soil(self, args: Arguments, prepositions: Iterable[str]) -> list[Filler]:
        """The state under the first of some prepositions of place: itself, its capital, a town or a part of it."""
        for token in _under(args, [name for p in prepositions for name in (p, f"out {p}")]):
            if found := self._state_at(token):
                return found
            soil = (
                self.tree.tokens[token].lemma.lower() in self.grammar["soil"]
            )  # "on the Turkish **side** of the river"
            if soil and (found := [f for f in self.actors_of(token, "place") if f.actor.kind == "state"]):
                return found[:1]
        return []

    def _state_at(self, token: int) -> list[Filler]:
        """The state that a token names, by its own name, its capital or another town."""
        mention = self._at.get(token)
        if mention is None:
            town = self.place_at(token)
            return [town] if town is not None else []
        if mention.kind != "state" or mention.form not in ("name", "capital"):
            return []
        return [Filler(mention, actor, token, "place") for actor in mention.actors]

    def _attackers(self, args: Arguments) -> list[Filler]:
        """ "Killed in an attack that the rebels launched", "in a Syrian raid": whose is what somebody died in."""
        for noun in _under(args, self.grammar["locative"]):
            if noun in self._at:
                continue
            raid = arguments(self.tree, noun, self.grammar)
            for token in (*raid.poss, *_under(raid, self.grammar.agent_prepositions)):
                if found := [f for f in self.actors_of(token, "raid") if f.mention.form != "capital"]:
                    return found
            for clause in self.tree.kids(noun, "acl:relcl"):
                for token in arguments(self.tree, clause, self.grammar).subj:
                    found = self.actors_of(token, "clause") if token != noun else []
                    if found:
                        return found
        return []

    def _implied_target(self, args: Arguments, sources: set[str | None]) -> list[Filler]:
        """Somebody else inside the object or a phrase of address, where the frame's own places are empty."""
        addressed = _under(args, [name for p in self.grammar["address"] for name in (p, f"obj.{p}")])
        for token in [*args.obj, *addressed]:
            found = [f for f in self.actors_of(token, "implied") if f.actor.country not in sources and f.mention.known]
            if found:
                return found
        return []

    def _claimants(self, args: Arguments, own: Collection[str | None]) -> list[Filler]:
        """ "L'Éthiopie l'accuse de …, **ce** qu'Asmara dément": who acts in the clause that a pronoun takes up."""
        for token in args.obj:
            pronoun = self.tree.tokens[token]
            above = self.tree.tokens[pronoun.head].head if pronoun.dep == "obj" else pronoun.head
            if pronoun.text.lower() not in self.grammar["this"] or self.tree.tokens[above].pos != "VERB":
                continue
            for subject in arguments(self.tree, above, self.grammar).subj:
                found = [f for f in self.actors_of(subject, "claim") if f.actor.country not in own]
                if found:
                    return found
        return []

    def _in_clauses(self, args: Arguments, frame: Frame, own: Collection[str | None]) -> list[Filler]:
        """Who is let do something ("agreed to let the UN use …"), or on whom it depends ("if Israel frees …")."""
        if frame.type not in CONDITIONED:
            return []
        tokens: list[int] = []
        for clause in args.comp:
            inner = arguments(self.tree, clause, self.grammar)
            if self.tree.tokens[clause].lemma.lower() in self.grammar["letting"]:
                tokens += inner.obj + inner.iobj
                tokens += [i for c in inner.comp for i in self.tree.kids(c, "nsubj")]
            tokens += self._conditions(clause)
        for index in args.subj[:1]:
            head = self.tree.tokens[index].head
            tokens += self._conditions(head)
        for token in tokens:
            found = [f for f in self.actors_of(token, "implied") if f.actor.country not in own and f.mention.known]
            if found:
                return found
        return []

    def _conditions(self, clause: int) -> list[int]:
        """The subjects of the conditional clauses below a verb."""
        return [
            subject
            for below in self.tree.kids(clause, "advcl")
            if any(
                self.tree.tokens[m].lemma.lower() in self.grammar["conditional"] for m in self.tree.kids(below, "mark")
            )
            for subject in self.tree.kids(below, "nsubj")
        ]


def _people(state: Actor) -> Actor:
    """The people of a state, where only their country is told."""
    country = state.country or ""
    return Actor(f"{country}:CVL", "group", country, "CVL", reason=f"{state.reason}; people of the place")


def _under(args: Arguments, prepositions: Iterable[str]) -> list[int]:
    """The nouns under any of some prepositions in the order of the text: the words of a class have none."""
    return sorted({token for preposition in prepositions for token in args.oblique.get(preposition, [])})
