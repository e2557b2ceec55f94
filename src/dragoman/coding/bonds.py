"""Which date of a sentence belongs to which of its events."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.coding.links import came_before, coordinated, first_of, same_time, shared, to_be_done
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
    *,
    planned: bool = False,
) -> Moment | None:
    """The expression that dates the predicate at `predicate`; `predicates` are the sentence's other event words.

    `said` are the lemmas of verbs of saying; `planned` tells that the event is yet to come.
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
        if not planned and _lies_ahead(moment) and tense_of(tree, tree.clause(predicate), words["future"]) == "past":
            continue
        score = _bond(tree, moment, found, predicate, predicates, words, said, planned)
        if score is None:
            continue
        if expression.kind == "anaphoric":
            score -= 0.1
            if direction(tree, moment, predicate, words) == 0:
                score -= 2.5  # counted from something else: any other date of the clause goes before it
        elif expression.relation in ("after", "before", "since"):
            score -= 1.5
        score -= abs(moment.start - tree.tokens[predicate].start) / 1000
        if score > 0 and (best is None or score > best[0]):
            best = (score, moment)
    return best[1] if best else None


def _bond(
    tree: Tree,
    moment: Moment,
    found: list[Moment],
    predicate: int,
    predicates: frozenset[int],
    words: Grammar,
    said: frozenset[str],
    planned: bool,
) -> float | None:
    """How closely a date belongs to a predicate; None where it dates something else."""
    clause = tree.clause(predicate)
    anchor = _anchor(tree, moment)
    owner = _owner(tree, anchor, predicates | {predicate})
    if (noun := _noun_between(tree, moment, found, owner, predicates | {predicate})) is not None:
        owner = anchor = noun
    if owner == predicate:
        return 4.0
    event = owner if owner in predicates else None
    if owner is not None and event is None and _comments(tree, owner, clause, said):
        return None if planned else 1.0
    if owner is not None and event is None and owner < anchor and tree.is_under(owner, predicate):
        # the date of a verb that stands between ("welcomed the statement signed in 2016"), unless that is one to be
        # done: "gave him three days to leave on Monday", but "agreed to meet in October"
        resolved = tree.tokens[owner].dep == "xcomp" and tree.tokens[clause].lemma.lower() in words["resolving"]
        past = tense_of(tree, clause, frozenset()) == "past"
        return 1.5 if to_be_done(tree, owner) and past and not resolved else None
    if tree.is_under(anchor, predicate):
        if event is None:
            return 3.0
        if to_be_done(tree, event) and not planned and tense_of(tree, clause, frozenset()) == "past":
            return None  # "agreed to meet on Monday": on that day they meet
        near = tree.tokens[event].head == predicate and base(tree.tokens[event].dep) in PARTS
        return 0.5 if near or shared(tree, moment, predicate, event) else None
    if owner is not None and same_time(tree, predicate, owner, moment, found, words):
        return 2.6  # also behind "since": "since May, when it sent troops"
    if owner is not None and planned and _reported(tree, clause, owner):
        return None  # "said on Monday that it would …"
    if owner is not None and came_before(tree, predicate, owner, moment, words):
        return None
    if event is None and tree.clause(anchor) == clause:
        return 2.5
    if event is not None and event == clause:
        return 2.0
    if event is not None and tree.clause(event) == clause and not tree.is_under(event, predicate):
        return 1.2
    above = tree.clause(anchor) if event is None else event
    earlier = moment.start < tree.tokens[predicate].start
    if earlier and (coordinated(tree, above, clause, moment) or _arrived(tree, above, clause, words)):
        return 1.1
    if event is None and _governs(tree, above, clause, moment):
        return 1.0
    return 1.0 if _opens(tree, moment) else None


def _anchor(tree: Tree, moment: Moment) -> int:
    """The token of a date that hangs on the rest of the sentence."""
    return min(moment.tokens, key=lambda i: sum(1 for _ in tree.ancestors(i)))


def _opens(tree: Tree, moment: Moment) -> bool:
    """Whether a date opens its sentence: "On Monday …", "In May 2006 …"."""
    return all(tree.tokens[i].pos in ("ADP", "DET", "CCONJ", "PUNCT") for i in range(min(moment.tokens)))


def _lies_ahead(moment: Moment) -> bool:
    """Whether the words of a date themselves say that it is to come: "next week", "in 60 days"."""
    expression = moment.expression
    counted = expression.kind == "relative" and (expression.amount or 0) > 0
    return expression.kind != "anaphoric" and (expression.step == 1 or counted)


def _noun_between(
    tree: Tree, moment: Moment, found: list[Moment], owner: int | None, predicates: frozenset[int]
) -> int | None:
    """ "Hit the base **on Sunday** in reprisal for the shooting of guards **on 3 May**": the noun of the second day.

    The event noun between a date and its verb, where another date has already told when the verb was done.
    """
    if owner is None or tree.tokens[owner].pos != "VERB" or moment.start < tree.tokens[owner].start:
        return None
    if not any(other.end < moment.start and _owner(tree, _anchor(tree, other), predicates) == owner for other in found):
        return None
    first = min(other.end for other in found if _owner(tree, _anchor(tree, other), predicates) == owner)
    nouns = (
        i
        for i in predicates
        if tree.tokens[i].pos == "NOUN" and first < tree.tokens[i].start < moment.start and tree.is_under(i, owner)
    )
    return max(nouns, default=None)


def _of_thing(tree: Tree, moment: Moment, predicate: int, predicates: frozenset[int], words: Grammar) -> bool:
    """Whether a date tells which thing is meant, not when it was acted on.

    "Condemned the attack **of Monday**", "sent aid after the earthquake **of 3 May**", "lifted the sanctions imposed
    **in May 1992**".
    """
    anchor = _anchor(tree, moment)
    for ancestor in tree.ancestors(anchor):
        if ancestor == predicate:
            break
        if tree.tokens[ancestor].lemma in words["ground"] and tree.is_under(ancestor, predicate):
            return True  # "احتجاجاً على قصف مصنع مساء الخميس": when that was which the act answers
    noun = tree.tokens[anchor].head
    before = tree.tokens[moment.tokens[0] - 1].lemma.lower() if moment.tokens[0] else ""
    if tree.tokens[noun].pos == "NOUN" and noun not in predicates | {predicate} and before in words["parties"]:
        apart = tree.tokens[noun].dep == "obj" or noun in _below(tree, predicate)
        if apart and bool(tree.preposition(anchor)):
            return True
    if moment.expression.kind != "date" or moment.expression.day is not None:
        return False
    for i in range(moment.tokens[0] - 1, predicate, -1):
        token = tree.tokens[i]
        if token.pos == "PUNCT" or "VerbForm=Fin" in token.morph:
            return False
        if token.dep == "acl" and "VerbForm=Part" in token.morph:
            return i not in predicates
    return False


def _below(tree: Tree, predicate: int) -> Iterator[int]:
    """The nouns behind a preposition that hang on a predicate: "sent aid **after the earthquake**"."""
    return (i for i in tree.kids(predicate, "obl") if tree.preposition(i))


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


def _arrived(tree: Tree, verb: int, clause: int, words: Grammar) -> bool:
    """ "Flew to Riga on Friday, **where** he met": what is done at a place that somebody went to, on the same day."""
    if clause == verb or not tree.is_under(clause, verb):
        return False
    first = next((i for i in tree.subtree(clause) if tree.tokens[i].pos != "PUNCT"), clause)
    there = tree.tokens[first].text.lower() in words["where"] and tree.tokens[first].head == clause
    return there and tense_of(tree, verb, frozenset()) == "past" == tense_of(tree, clause, frozenset())


def _reported(tree: Tree, clause: int, above: int) -> bool:
    """Whether a clause tells what somebody said or asked, the verb of which is `above`."""
    while clause != above and tree.tokens[clause].dep in ("conj", "xcomp"):
        clause = tree.tokens[clause].head
    return tree.tokens[clause].dep == "ccomp" and tree.is_under(clause, above)


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
    owner = _owner(tree, _anchor(tree, moment), predicates | {predicate})
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
    if following >= len(tree.tokens) or tree.tokens[following].pos in ("PUNCT", "CCONJ"):
        return 1
    if said[-1] in words["afterwards"] and behind[0].lower() not in words["parties"]:
        return 1  # "dos días después decretó …", not "dos días después de …"
    counts = moment.expression.amount is not None
    if said[-1] not in counting:
        next_to = tree.tokens[following]
        genitive = next_to.pos == "ADP" and next_to.text.lower() in words["parties"]
        known = not tree.kids(next_to.head, "nmod", "amod", "acl", "appos")
        return 0 if genitive and counts and moment.expression.amount != 0 and not known else 1
    counted = first_of(tree, predicate)
    subordinate = tree.tokens[counted].dep.lower() != "root"
    if counts and following <= counted and (subordinate or following == counted):
        return -1 if all(tree.is_under(i, counted) for i in range(following, counted)) else 0
    return 0
