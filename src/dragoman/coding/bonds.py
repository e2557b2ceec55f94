"""Which date of a sentence belongs to which of its events."""

from __future__ import annotations

from dragoman.coding.moments import TERMS, Moment
from dragoman.coding.tenses import tense_of
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar

PARTS = frozenset({"obj", "obl", "nmod", "xcomp"})  # what an act is made of: "held talks on Monday"


def choose(
    tree: Tree,
    predicate: int,
    found: list[Moment],
    predicates: frozenset[int],
    words: Grammar,
    said: frozenset[str] = frozenset(),
) -> Moment | None:
    """The expression that dates the predicate at `predicate`; `predicates` are the sentence's other event words.

    `said` are the lemmas of verbs of saying.
    """
    best: tuple[float, Moment] | None = None
    for moment in found:
        expression = moment.expression
        if expression.kind == "vague" or expression.relation in TERMS:
            continue
        if owner_elsewhere(tree, moment, predicate, predicates):
            continue
        if _of_thing(tree, moment, predicate, predicates, words):
            continue
        score = _bond(tree, moment, predicate, predicates, said)
        if score is None:
            continue
        if expression.relation in ("after", "before", "since"):
            score -= 1.5
        if expression.kind == "anaphoric":
            score -= 0.1
            if direction(tree, moment, predicate, words) == 0:
                score -= 2.5  # counted from something else: any other date of the clause goes before it
        score -= abs(moment.start - tree.tokens[predicate].start) / 1000
        if score > 0 and (best is None or score > best[0]):
            best = (score, moment)
    return best[1] if best else None


def _bond(tree: Tree, moment: Moment, predicate: int, predicates: frozenset[int], said: frozenset[str]) -> float | None:
    """How closely a date belongs to a predicate; None where it dates something else."""
    clause = tree.clause(predicate)
    anchor = min(moment.tokens, key=lambda i: sum(1 for _ in tree.ancestors(i)))
    owner = _owner(tree, anchor, predicates | {predicate})
    if owner == predicate:
        return 4.0
    event = owner if owner in predicates else None
    if owner is not None and event is None and _comments(tree, owner, clause, said):
        return 1.0
    if owner is not None and event is None and owner < anchor and tree.is_under(owner, predicate):
        # the date of a verb that stands between ("welcomed the statement signed in 2016"), unless that is one to be
        # done: "gave him three days to leave on Monday"
        below = tree.tokens[owner].morph
        return 1.5 if "VerbForm=Inf" in below and tense_of(tree, clause, frozenset()) == "past" else None
    if tree.is_under(anchor, predicate):
        if event is None:
            return 3.0
        near = tree.tokens[event].head == predicate and base(tree.tokens[event].dep) in PARTS
        return 0.5 if near or _shared(tree, moment, predicate, event) else None
    if event is None and tree.clause(anchor) == clause:
        return 2.5
    if event is not None and event == clause:
        return 2.0
    if event is not None and tree.clause(event) == clause and not tree.is_under(event, predicate):
        return 1.2
    above = tree.clause(anchor) if event is None else event
    if moment.start < tree.tokens[predicate].start and _coordinated(tree, above, clause):
        return 1.1
    if event is None and _governs(tree, above, clause, moment):
        return 1.0
    return 1.0 if moment.start <= 2 else None


def _of_thing(tree: Tree, moment: Moment, predicate: int, predicates: frozenset[int], words: Grammar) -> bool:
    """Whether a date tells which thing is meant, not when it was acted on.

    "Condemned the attack **of Monday**", "lifted the sanctions imposed **in May 1992**".
    """
    anchor = min(moment.tokens, key=lambda i: sum(1 for _ in tree.ancestors(i)))
    for ancestor in tree.ancestors(anchor):
        if ancestor == predicate:
            break
        if tree.tokens[ancestor].lemma in words["ground"] and tree.is_under(ancestor, predicate):
            return True  # "احتجاجاً على قصف مصنع مساء الخميس": when that was which the act answers
    noun = tree.tokens[anchor].head
    if tree.tokens[noun].dep == "obj" and tree.tokens[noun].pos == "NOUN" and noun not in predicates:
        before = tree.tokens[moment.tokens[0] - 1].lemma.lower() if moment.tokens[0] else ""
        return before in words["parties"] and bool(tree.preposition(anchor))
    if moment.expression.kind != "date" or moment.expression.day is not None:
        return False
    for i in range(moment.tokens[0] - 1, predicate, -1):
        token = tree.tokens[i]
        if token.pos == "PUNCT" or "VerbForm=Fin" in token.morph:
            return False
        if token.dep == "acl" and "VerbForm=Part" in token.morph:
            return i not in predicates
    return False


def _governs(tree: Tree, verb: int, clause: int, moment: Moment) -> bool:
    """Whether the date of a main verb holds for a clause under it: not for one with a subject and a time of its own."""
    if tree.tokens[verb].dep.lower() != "root":
        return False
    fronted = moment.start < min((tree.tokens[s].start for s in tree.kids(verb, "nsubj")), default=0)
    while clause != verb:
        token = tree.tokens[clause]
        if token.dep == "conj" and tree.kids(clause, "nsubj") and not fronted:
            return False
        if token.head == clause:
            return False
        clause = token.head
    return True


def _coordinated(tree: Tree, first: int, later: int) -> bool:
    """Whether one verb goes on from another with the same subject: "pounded the island and killed two"."""
    while tree.tokens[later].dep == "conj" and later != first:
        if tree.kids(later, "nsubj"):
            return False
        later = tree.tokens[later].head
    return later == first


def _shared(tree: Tree, moment: Moment, first: int, last: int) -> bool:
    """Whether a day at the end of several acts of one subject is that of each: "shut its border and froze its assets on
    9 January"."""
    behind = moment.start > tree.tokens[last].start and not tree.kids(first, "aux") and not tree.kids(last, "aux")
    alike = tense_of(tree, first, frozenset()) == "past" == tense_of(tree, last, frozenset())
    return behind and alike and moment.expression.kind == "date" and _coordinated(tree, first, last)


def _comments(tree: Tree, verb: int, clause: int, said: frozenset[str]) -> bool:
    """Whether a verb tells who reported a clause: "has withdrawn it, his minister disclosed on Friday"."""
    token = tree.tokens[verb]
    return base(token.dep) == "parataxis" and token.head == clause and token.lemma.lower() in said


def _owner(tree: Tree, index: int, predicates: frozenset[int]) -> int | None:
    """The nearest event word or verb above a date."""
    for ancestor in tree.ancestors(index):
        if ancestor in predicates:
            return ancestor
        if tree.tokens[ancestor].pos in VERBAL and base(tree.tokens[ancestor].dep) != "aux":
            return ancestor
    return None


def owner_elsewhere(tree: Tree, moment: Moment, predicate: int, predicates: frozenset[int]) -> bool:
    """Whether a date belongs to another event's own clause: "welcomed the truce; he had toured both on Friday"."""
    anchor = min(moment.tokens, key=lambda i: sum(1 for _ in tree.ancestors(i)))
    owner = _owner(tree, anchor, predicates | {predicate})
    if owner is None or owner == predicate or owner not in predicates or owner < predicate:
        return False
    verb = tree.tokens[owner]
    past = any(tree.tokens[c].lemma == "كان" for c in tree.kids(owner, "aux"))
    return verb.pos == "VERB" and past and moment.start > tree.tokens[predicate].end


def direction(tree: Tree, moment: Moment | None, predicate: int, words: Grammar) -> int:
    """How "two days after" counts for a predicate: 1 from the day before it, -1 backwards, 0 from something else.

    "Two days after **signing** …": the words count from the event behind them, so that one lies earlier; so they do in
    "la veille **de** son voyage à Rome", but not where a bare noun stands for what was told ("la veille du sommet").
    """
    if moment is None or moment.expression.kind != "anaphoric":
        return 1
    counting = words["counting"]
    following = max(moment.tokens) + 1
    said = tree.tokens[following - 1].text.lower().split()
    behind = [t.text for t in tree.tokens[following : following + 2]]
    if said[0] in counting and {said[-1], *behind[:1]} & {"من", "على"} and "ذلك" not in behind:
        return 0  # "بعد ساعات من الهدنة"
    if following >= len(tree.tokens) or tree.tokens[following].pos == "PUNCT":
        return 1
    if said[-1] in words["afterwards"] and behind[0].lower() not in words["parties"]:
        return 1  # "dos días después decretó …", not "dos días después de …"
    counts = moment.expression.amount is not None
    if said[-1] not in counting:
        next_to = tree.tokens[following]
        genitive = next_to.pos == "ADP" and next_to.text.lower() in words["parties"]
        known = not tree.kids(next_to.head, "nmod", "amod", "acl", "appos")
        return 0 if genitive and counts and moment.expression.amount != 0 and not known else 1
    if counts and following <= predicate and all(tree.tokens[i].head == predicate for i in range(following, predicate)):
        return -1
    return 0
