"""The learned reader beside the frames: what a marked source does to a marked target, asked where it can help.

Two kinds of questions go to the type model, in one batch per article: clauses with a known actor as subject for which
no frame was listed, and events that a frame has coded. What it says goes to the judge (`judging.py`) with other signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.actors.mention import is_political
from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import Arguments, arguments
from dragoman.coding.candidates import Candidate
from dragoman.coding.judging import log_odds
from dragoman.coding.merging import Draft
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.tree import Tree
from dragoman.coding.voting import TypeModel, Vote
from dragoman.language.grammar import Grammar

CLAUSES = frozenset({"root", "conj", "ccomp", "parataxis", "advcl", "acl:relcl"})
PERHAPS = 0.6  # probability of a type from which the model's own reading of a clause is considered
COMING = ("CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE")
ALSO = {  # what PLOVER calls an act that has not happened yet, or will not: the model was taught its rule
    **{(kind, "planned"): ("AGREE",) for kind in COMING},
    **{(kind, "cancelled"): ("REJECT",) for kind in ("CONSULT", "COOPERATE", "SUPPORT")},
}
SILENT = frozenset({"be", "have", "do", "become", "remain", "seem", "appear"})


@dataclass(frozen=True, slots=True)
class Question:
    """A clause to be asked about: who, to whom, and the sentence with both marked."""

    candidate: Candidate
    sources: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    marked: str


def questions(
    tree: Tree, finder: RoleFinder, grammar: Grammar, read: frozenset[int], others: Sequence[Filler]
) -> list[Question]:
    """The clauses of a sentence that no frame has read; `read` are the tokens of events already coded, `others` the
    other side of the story, for clauses that name no target."""
    found = []
    for index, token in enumerate(tree.tokens):
        if token.pos != "VERB" or token.dep not in CLAUSES or token.lemma.lower() in SILENT:
            continue
        if any(tree.is_under(i, index) for i in read) or any(tree.is_under(index, i) for i in read):
            continue
        args = arguments(tree, index, grammar)
        subjects = args.obj if args.passive else args.subj
        sources = [f for i in subjects[:1] for f in finder.actors_of(i, "subj") if f.mention.known and "›" not in f.how]
        if not any(is_political(f.mention) for f in sources) or args.passive:
            continue
        own = {f.actor.country for f in sources}
        targets = _targets(tree, finder, args, index, own) or [f for f in others if f.actor.country not in own]
        found.append(
            Question(_candidate(tree, index, args), tuple(sources), tuple(targets), mark(tree, sources, targets))
        )
    return found


def mark(tree: Tree, sources: Sequence[Filler], targets: Sequence[Filler]) -> str:
    """The sentence with `<s>` and `<t>` round the first mention on either side."""
    text = tree.sentence.text
    spans: list[tuple[int, int, str]] = []
    for letter, fillers in (("s", sources), ("t", targets)):
        here = [f.mention for f in fillers if f.elsewhere is None and f.token >= 0]
        if here and not any(here[0].start < b and a < here[0].end for a, b, _ in spans):
            spans.append((here[0].start, here[0].end, letter))
    for start, end, letter in sorted(spans, reverse=True):
        text = f"{text[:start]}<{letter}>{text[start:end]}</{letter}>{text[end:]}"
    return text


def answers(model: TypeModel, asked: Sequence[Question]) -> list[tuple[Question, Vote]]:
    """The questions whose answer may be an event, with their votes."""
    return [
        (question, vote)
        for question, vote in zip(asked, model.votes([q.marked for q in asked]), strict=True)
        if vote.types[_event(vote)] >= PERHAPS
    ]


def voiced(question: Question, vote: Vote) -> Candidate:
    """The clause as a candidate of the type that the model gives it."""
    kind = _event(vote)
    modes = {m: p for m, p in vote.modes.items() if m.startswith(kind + ".")}
    mode = max(modes, key=modes.__getitem__).partition(".")[2] if modes else None
    frame = replace(question.candidate.frame, type=kind, mode=mode)
    return replace(question.candidate, frame=frame)


def features(draft: Draft, vote: Vote | None) -> dict[str, float]:
    """What the judge weighs of a draft: its signs, and what the model's vote says of its type."""
    found = dict.fromkeys(draft.signs, 1.0)
    if vote is None:
        found["no vote"] = 1.0
        return found
    same = alike(draft.frame.type, draft.status)
    found["vote for the type"] = log_odds(sum(vote.types.get(kind, 0.0) for kind in same))
    found["vote for no event"] = log_odds(vote.types.get("NONE", 0.0))
    found["best vote is its type"] = float(vote.type in same)
    return found


def opinion(draft: Draft, vote: Vote) -> str:
    """The vote on a draft in words."""
    same = alike(draft.frame.type, draft.status)
    if vote.type in same:
        return f"model agrees ({sum(vote.types.get(kind, 0.0) for kind in same):.2f})"
    return f"model says {vote.type} ({vote.types[vote.type]:.2f})"


def alike(kind: str, status: str) -> frozenset[str]:
    """The types by which a model may mean the same act."""
    return frozenset({kind, *ALSO.get((kind, status), ())})


def _event(vote: Vote) -> str:
    """The likeliest type of event, whether or not there is one."""
    types = {kind: p for kind, p in vote.types.items() if kind != "NONE"}
    return max(types, key=types.__getitem__)


def _candidate(tree: Tree, index: int, args: Arguments) -> Candidate:
    lemma = tree.tokens[index].lemma.lower()
    frame = Frame((lemma,), "v", (), ("subj",), ("obj",), "NONE", None, None, frozenset(), "type model", 0)
    return Candidate(index, frame, args, (index,), ())


def _targets(tree: Tree, finder: RoleFinder, args: Arguments, index: int, own: set[str | None]) -> list[Filler]:
    """Another actor in the clause: object first, then what stands under a preposition or in the complement."""
    places = [*args.obj, *args.iobj, *(i for tokens in args.oblique.values() for i in tokens), *args.comp]
    for place in places:
        found = [f for f in finder.actors_of(place, "clause") if f.actor.country not in own and f.mention.known]
        if found:
            return found
    for i in tree.subtree(index):
        mention = finder.mention_at(i)
        if mention is not None and mention.known and all(a.country not in own for a in mention.actors):
            return [Filler(mention, a, i, "clause") for a in mention.actors]
    return []
