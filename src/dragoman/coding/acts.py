"""Where the act is another than its predicate says: a hostile act announced by its author, an occasion called off."""

from __future__ import annotations

from dataclasses import replace

from dragoman.actors.mention import Mention
from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import arguments
from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import Status
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.status import operator_lemma
from dragoman.coding.tree import Tree
from dragoman.language.grammar import Grammar
from dragoman.language.occasions import Occasion, occasions
from dragoman.language.operators import operators

THREATS = {"SANCTION": "relations", "COERCE": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence"}
MODES = {"expel": "expel", "arrest": "arrest", "discontinue": "restrict"}
OFFICIALLY = frozenset({"name", "capital", "seat"})  # how a state is named that acts, not its people
WITHHELD = {  # what may be refused by not doing it, and the mode of that refusal
    "CONSULT": "meet",
    "AID": "assist",
    "COOPERATE": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "AGREE": None,
    "SUPPORT": None,
}
Chosen = tuple[Candidate, list[Filler], list[Filler]]


def threatened(
    candidate: Candidate, status: Status, sources: list[Filler], said_by: Mention | None
) -> tuple[Candidate, Status, list[Filler]]:
    """ "Ankara said it might recall its envoy": what an actor says it may do is a threat, and that happened."""
    frame = candidate.frame
    if frame.type not in THREATS or status != "hypothetical" or said_by is None:
        return candidate, status, sources
    speakers = {a.country for a in said_by.actors}
    if not speakers & {f.actor.country for f in sources}:
        return candidate, status, sources
    mode = MODES.get(frame.mode or "", THREATS[frame.type])
    changed = replace(frame, type="THREATEN", mode=mode, cameo=None)
    if said_by.kind == "person" or said_by.form == "pronoun":
        sources = [Filler(said_by, actor, -1, "said by") for actor in said_by.actors]
    return replace(candidate, frame=changed), "occurred", sources


def refused(tree: Tree, candidate: Candidate, status: Status, grammar: Grammar) -> tuple[Candidate, Status]:
    """ "The president will not attend", "said he would not sign": what an actor says it will not do, it refuses, and
    that happened. The words are the grammar's `refusing`."""
    frame, index = candidate.frame, candidate.index
    if status != "negated" or frame.type not in WITHHELD or frame.pos != "v" or candidate.arguments.passive:
        return candidate, status
    auxiliaries = [tree.tokens[c].lemma.lower() for c in tree.kids(index, "aux")]
    willing = [a for a in auxiliaries if a in grammar["refusing"]]
    denied = any(tree.tokens[c].text.lower() in grammar["negation"] for c in tree.kids(index, "advmod", "neg"))
    conditional = any(tree.tokens[c].lemma.lower() in grammar["conditional"] for c in tree.kids(index, "mark"))
    if not willing or len(auxiliaries) > 1 or not denied or conditional or not candidate.arguments.subj:
        return candidate, status
    changed = replace(frame, type="REJECT", mode=WITHHELD[frame.type], cameo=None)
    return replace(candidate, frame=changed), "occurred"


def foretold(tree: Tree, candidate: Candidate, status: Status, grammar: Grammar, said: frozenset[str]) -> Status:
    """ "Said that Putin would travel to Seoul in May": in reported speech the past of "will" tells a plan.

    `said` are the lemmas of verbs of saying.
    """
    index = candidate.index
    token = tree.tokens[index]
    if status != "hypothetical" or candidate.frame.type not in WITHHELD or token.dep != "ccomp":
        return status
    auxiliaries = [tree.tokens[c].lemma.lower() for c in tree.kids(index, "aux")]
    above = tree.tokens[token.head]
    reported = above.lemma.lower() in said and "Tense=Past" in above.morph
    conditions = [*tree.kids(index, "mark"), *(m for c in tree.kids(index, "advcl") for m in tree.kids(c, "mark"))]
    conditional = any(tree.tokens[c].lemma.lower() in grammar["conditional"] for c in conditions)
    plan = len(auxiliaries) == 1 and auxiliaries[0] in grammar["reported-future"]
    return "planned" if plan and reported and not conditional else status


def refined(tree: Tree, chosen: Chosen, grammar: Grammar) -> Chosen:
    """The act by its object: a meeting called off is a cancelled meeting, an exercise hosted is an exercise, a talk by
    telephone a call; and by its subject: a state that protests complains."""
    candidate, sources, targets = chosen
    frame = candidate.frame
    if frame.type == "PROTEST" and _complains(tree, candidate, sources):
        frame = replace(frame, type="ACCUSE", mode="disapprove", cameo=None)
        return replace(candidate, frame=frame), sources, targets
    if frame.type == "CONSULT" and frame.mode in (None, "-") and _by_phone(tree, candidate, grammar):
        return replace(candidate, frame=replace(frame, mode="phone", cameo=None)), sources, targets
    if frame.pos != "v" or frame.type not in ("SANCTION", "REJECT", "CONSULT"):
        return chosen
    occasion = _occasion(tree, candidate, grammar)
    if occasion is None:
        return chosen
    kind, mode = occasion.type, occasion.mode
    if _calls_off(tree, candidate, grammar):
        flags = frame.flags | {"status=cancelled"}
        return replace(candidate, frame=replace(frame, type=kind, mode=mode, cameo=None, flags=flags)), sources, targets
    if frame.type == "CONSULT" and kind in ("COOPERATE", "PROTEST"):
        return replace(candidate, frame=replace(frame, type=kind, mode=mode, cameo=None)), sources, targets
    return chosen


def _complains(tree: Tree, candidate: Candidate, sources: list[Filler]) -> bool:
    """ "Tokyo froze its aid in order to protest against …": what governments do, not crowds in a street."""
    verb = tree.tokens[candidate.index]
    states = [f.mention.kind == "state" and f.mention.form in OFFICIALLY for f in sources]
    return verb.pos == "VERB" and verb.lemma.lower().startswith("protest") and bool(states) and all(states)


def open_occasion(tree: Tree, candidate: Candidate, finder: RoleFinder, grammar: Grammar) -> list[Filler]:
    """Who takes part in what was called off, where the clause names nobody: "the drill … was cancelled"."""
    frame = candidate.frame
    if frame.pos != "v" or not candidate.arguments.passive or not _calls_off(tree, candidate, grammar):
        return []
    index = _occasion_index(tree, candidate, grammar)
    if index is None:
        return []
    found = finder.actors_of(index, "occasion") if finder.mention_at(index) is not None else []
    near = [index, *tree.subtree(index)]
    clause = tree.clause(index)
    if clause != candidate.index:
        near += [s for s in tree.kids(clause, "nsubj")]
        if tree.tokens[clause].dep == "acl:relcl":
            near.append(tree.tokens[clause].head)
    for i in near:
        mention = finder.mention_at(i)
        if mention is not None and mention.known and all(f.mention is not mention for f in found):
            found += [Filler(mention, actor, i, "occasion") for actor in mention.actors]
    seen: dict[str | None, Filler] = {}
    for filler in found:
        seen.setdefault(filler.actor.country, filler)
    return list(seen.values())


def cancellations(tree: Tree, found: list[Candidate], grammar: Grammar) -> list[Candidate]:
    """Candidates for occasions called off that no frame spells out: "although this was cancelled"."""
    taken = {c.index for c in found}
    made = []
    for index, token in enumerate(tree.tokens):
        if token.pos != "VERB" or index in taken:
            continue
        rules = operators(grammar.language).of(operator_lemma(tree, index))
        if not any(rule.status == "cancelled" for rule in rules):
            continue
        args = arguments(tree, index, grammar)
        frame = Frame(
            (token.lemma,),
            "v",
            (),
            ("subj",),
            ("with", "obj.with"),
            "CONSULT",
            None,
            None,
            frozenset({"status=cancelled"}),
            "cancelled occasion",
            0,
        )
        candidate = Candidate(index, frame, args, (index,), ())
        occasion = _occasion(tree, candidate, grammar)
        if occasion is not None:
            kind, mode = occasion.type, occasion.mode
            made.append(replace(candidate, frame=replace(frame, type=kind, mode=mode)))
    return made


def demands(
    tree: Tree, found: list[Candidate], finder: RoleFinder, grammar: Grammar, said: frozenset[str]
) -> list[Candidate]:
    """Candidates for what one actor says that another must do: "Greece said that Albania should close its camps".

    `said` are the lemmas of verbs of saying; a verb that a frame reads already keeps its frame.
    """
    taken = {c.index for c in found}
    made = []
    for index, token in enumerate(tree.tokens):
        if token.pos != "VERB" or index in taken or token.lemma.lower() not in said:
            continue
        speakers = {f.actor.country for i in arguments(tree, index, grammar).subj for f in finder.actors_of(i, "subj")}
        for clause in tree.kids(index, "ccomp", "parataxis"):
            if not any(tree.tokens[c].lemma.lower() in grammar["obligation"] for c in tree.kids(clause, "aux")):
                continue
            bound = [f for i in tree.kids(clause, "nsubj") for f in finder.actors_of(i, "subj") if f.mention.known]
            if not speakers or not bound or any(f.actor.country in speakers for f in bound):
                continue
            frame = Frame(
                (token.lemma,),
                "v",
                (),
                ("subj",),
                ("comp.subj",),
                "REQUEST",
                "change",
                None,
                frozenset({"needs-pair"}),
                "what another must do",
                0,
            )
            args = arguments(tree, index, grammar)
            made.append(Candidate(index, frame, replace(args, comp=[clause]), (index,), ()))
            break
    return made


def _by_phone(tree: Tree, candidate: Candidate, grammar: Grammar) -> bool:
    words = [candidate.index, *candidate.consumed]
    near = [c for w in words for c in (w, *tree.kids(w, "compound", "amod", "nmod", "obl"))]
    near += [i for p in grammar["by-phone"] for i in candidate.arguments.oblique.get(p, [])]
    return any(tree.tokens[i].lemma.lower() in grammar["phone"] for i in near if tree.tokens[i].pos != "VERB")


def _calls_off(tree: Tree, candidate: Candidate, grammar: Grammar) -> bool:
    rules = operators(grammar.language).of(operator_lemma(tree, candidate.index))
    return any(rule.status == "cancelled" for rule in rules)


def _occasion(tree: Tree, candidate: Candidate, grammar: Grammar) -> Occasion | None:
    index = _occasion_index(tree, candidate, grammar)
    return None if index is None else occasions(grammar.language)[tree.tokens[index].lemma.lower()]


def _occasion_index(tree: Tree, candidate: Candidate, grammar: Grammar) -> int | None:
    known = occasions(grammar.language)
    for index in candidate.arguments.obj:
        if tree.tokens[index].lemma.lower() in known:
            return index
        if tree.tokens[index].pos in ("PRON", "DET"):  # "the exercise, although this was cancelled"
            return next((i for i in range(index - 1, -1, -1) if tree.tokens[i].lemma.lower() in known), None)
    return None
