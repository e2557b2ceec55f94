"""From the places a frame names to actors: source and target of one candidate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from dragoman.actors.led import apposed, led
from dragoman.actors.mention import Actor, Mention
from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import BY_WORD, Arguments, arguments, carrier
from dragoman.coding.slots import is_received, loose_tokens, tokens_at
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar

DESCENT = ("nmod:poss", "amod", "compound", "flat", "appos", "nmod", "acl", "obl", "conj", "det")
HAVE_PLACES = frozenset(
    {"CONSULT", "ASSAULT", "AID", "MOBILIZE", "RETREAT", "SANCTION"}
)  # a town may stand for its state
MUTUAL = "each other"  # how the parties of "threw out each other's diplomats" are found as targets
OWN = frozenset({"obj", "nmod:poss", "amod", "compound", "flat"})  # where an actor may stand inside an object
JOINT = frozenset({"AGREE", "RETREAT"})  # acts of the parties themselves, whoever helps them
TRADED = frozenset({"SANCTION", "AGREE", "SUPPORT", "COOPERATE", "AID"})  # acts that arms may be the object of
CONDITIONED = frozenset({"AGREE", "CONCEDE", "THREATEN", "REJECT"})  # acts that say what will be, and for whom
ANSWERED = frozenset({"COERCE", "SANCTION"})  # acts that a colon announces without their agent
HOSTILE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})  # acts that others react to
EMPTY_HEADS = 4  # how deep to look inside a noun phrase for an actor


@dataclass(frozen=True, slots=True)
class Filler:
    """An actor in a role: the mention that names it, the token it stands at, and how it was found."""

    mention: Mention
    actor: Actor
    token: int
    how: str
    elsewhere: tuple[int, int] | None = None  # page offsets of a mention in another sentence


class RoleFinder:
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
        return self._on_soil(args, {*self.grammar["locative"], *leaving})

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
        """The state, named itself or by its capital, under the first of some prepositions of place."""
        for token in _under(args, [name for p in prepositions for name in (p, f"out {p}")]):
            mention = self._at.get(token)
            if mention is not None and mention.kind == "state" and mention.form in ("name", "capital"):
                return [Filler(mention, actor, token, "place") for actor in mention.actors]
        return []

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


def _people(state: Actor) -> Actor:
    """The people of a state, where only their country is told."""
    country = state.country or ""
    return Actor(f"{country}:CVL", "group", country, "CVL", reason=f"{state.reason}; people of the place")


def _under(args: Arguments, prepositions: Iterable[str]) -> list[int]:
    """The nouns under any of some prepositions in the order of the text: the words of a class have none."""
    return sorted({token for preposition in prepositions for token in args.oblique.get(preposition, [])})
