"""Where the act is another than its predicate says: a hostile act announced by its author, an occasion called off."""

from __future__ import annotations

from dataclasses import replace

from dragoman.actors.mention import Mention
from dragoman.codebook.frames import Frame
from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import Status
from dragoman.coding.roles import Filler
from dragoman.coding.status import operator_lemma
from dragoman.coding.tree import Tree
from dragoman.language.grammar import Grammar
from dragoman.language.operators import operators

THREATS = {"SANCTION": "relations", "COERCE": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence"}
MODES = {"expel": "expel", "arrest": "arrest", "discontinue": "restrict"}
OCCASIONS = {
    "exercise": ("COOPERATE", None), "drill": ("COOPERATE", None), "manoeuvre": ("COOPERATE", None), "maneuver": ("COOPERATE", None),
    "war_game": ("COOPERATE", None), "game": ("COOPERATE", None), "rally": ("PROTEST", "demo"), "demonstration": ("PROTEST", "demo"),
    "protest": ("PROTEST", "demo"), "march": ("PROTEST", "demo"), "strike": ("PROTEST", "strike"), "visit": ("CONSULT", "visit"),
    "trip": ("CONSULT", "visit"), "tour": ("CONSULT", "visit"), "call": ("CONSULT", "phone"), "signing": ("SUPPORT", None),
    "ceremony": ("SUPPORT", None), "test": ("MOBILIZE", "weapons"), "launch": ("MOBILIZE", "weapons"),
}
Chosen = tuple[Candidate, list[Filler], list[Filler]]


def threatened(
    candidate: Candidate, status: Status, sources: list[Filler], said_by: Mention | None
) -> tuple[Candidate, Status, list[Filler]]:
    """ "Ankara said it might recall its envoy": what an actor says it may do to another is a threat, and that happened."""
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


def called_off(tree: Tree, chosen: Chosen, grammar: Grammar) -> Chosen:
    """ "Cancelled a meeting with …" is that meeting, cancelled; the status comes from the verb."""
    candidate, sources, targets = chosen
    if candidate.frame.type not in ("SANCTION", "REJECT") or candidate.frame.pos != "v":
        return chosen
    rules = operators(grammar.language).of(operator_lemma(tree, candidate.index))
    if not any(rule.status == "cancelled" for rule in rules):
        return chosen
    for index in candidate.arguments.obj:
        if tree.tokens[index].pos in ("PRON", "DET"):  # "the exercise, although this was cancelled"
            index = next((i for i in range(index - 1, -1, -1) if tree.tokens[i].lemma.lower() in grammar["occasion"]), index)
        lemma = tree.tokens[index].lemma.lower()
        if lemma in grammar["occasion"]:
            kind, mode = OCCASIONS.get(lemma, ("CONSULT", None))
            frame: Frame = replace(
                candidate.frame, type=kind, mode=mode, cameo=None, flags=candidate.frame.flags | {"status=cancelled"}
            )
            return replace(candidate, frame=frame), sources, targets
    return chosen
