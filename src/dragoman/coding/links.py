"""How the clauses of a sentence stand to each other in time: done together, one after the other, one for another."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.coding.moments import Moment
from dragoman.coding.tenses import pluperfect, tense_of
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar


def first_of(tree: Tree, verb: int) -> int:
    """The first of several coordinated verbs with one subject, of which `verb` is one."""
    while tree.tokens[verb].dep == "conj" and not tree.kids(verb, "nsubj"):
        above = tree.tokens[verb].head
        if tree.tokens[above].pos != "VERB":
            break
        verb = above
    return verb


def coordinated(tree: Tree, first: int, later: int, moment: Moment) -> bool:
    """Whether one verb goes on from another at the same time.

    With the same subject ("pounded the island and killed two"), or behind a day that opens the sentence ("On Monday
    Iran … and Iraq …").
    """
    fronted = moment.start < min((tree.tokens[s].start for s in tree.kids(first, "nsubj")), default=0)
    alike = tense_of(tree, first, frozenset()) == tense_of(tree, later, frozenset())
    if to_be_done(tree, later) != to_be_done(tree, first):
        return False  # "restore relations, seven years after they were cut, and to reopen …"
    while tree.tokens[later].dep == "conj" and later != first:
        if tree.kids(later, "nsubj") and not (fronted and alike):
            return False
        later = tree.tokens[later].head
    return later == first


def to_be_done(tree: Tree, verb: int) -> bool:
    return "VerbForm=Inf" in tree.tokens[verb].morph


def shared(tree: Tree, moment: Moment, first: int, last: int) -> bool:
    """Whether a day at the end of several acts of one subject is that of each: "shut its border and froze its assets on
    9 January", "had shut its border and frozen its assets in May"."""
    if moment.start < tree.tokens[last].start or moment.expression.kind != "date" or tree.kids(last, "aux"):
        return False
    auxiliaries = [tree.tokens[a] for a in tree.kids(first, "aux")]
    if any(a.lemma.lower() != "have" for a in auxiliaries):
        return False
    if not auxiliaries and not tense_of(tree, first, frozenset()) == "past" == tense_of(tree, last, frozenset()):
        return False
    later = last
    while tree.tokens[later].dep == "conj" and later != first and not tree.kids(later, "nsubj"):
        later = tree.tokens[later].head
    return later == first


def same_time(tree: Tree, predicate: int, dated: int, moment: Moment, found: Iterable[Moment], words: Grammar) -> bool:
    """Whether a clause tells of the very time of a date before it, the nearest of all that are `found`.

    "Stepped back on Friday, **when** their presidents met", "in Tripoli in May, **where** they signed", "wrote a letter
    on Monday **in which** he pledged", "cut the internet on 3 June, **the day** their troops attacked".
    """
    clause = first_of(tree, tree.clause(predicate))
    if tree.tokens[clause].dep not in ("advcl", "acl:relcl") or not tree.is_under(clause, dated) or clause == dated:
        return False
    opens = tree.tokens[min(tree.subtree(clause))].start
    if opens < moment.end or any(moment.start < other.start < opens for other in found):
        return False
    above = tree.tokens[clause].head
    if _verb_above(tree, above) != dated:
        return False
    if pluperfect(tree, tree.clause(predicate)) and not pluperfect(tree, dated):
        return False
    if tree.tokens[above].lemma.lower() in words["setting"] and above > max(moment.tokens):
        return True
    opening = [tree.tokens[i].text.lower() for i in tree.subtree(clause) if tree.tokens[i].pos != "PUNCT"][:2]
    return opening[0] in words["meanwhile"] or " ".join(opening) in words["meanwhile"]


def came_before(tree: Tree, predicate: int, dated: int, moment: Moment, words: Grammar) -> bool:
    """Whether what a predicate tells is the reason for what was done on a date, and so was done before.

    "Recalled its envoy on Monday **after** Chile expelled two", "blamed Tokyo on Friday **for removing** it from the
    list", "its sharpest **answer to** her visit". A month may hold both: "in May after a crowd stormed its embassy".
    """
    expression = moment.expression
    by_date = expression.kind == "date" and expression.day is None and expression.weekday is None
    to_month = by_date or (expression.kind == "relative" and expression.unit in ("month", "quarter", "year", "decade"))
    for index in (predicate, *tree.ancestors(predicate)):
        if index == dated or tree.tokens[index].head == index:
            break
        token, above = tree.tokens[index], tree.tokens[tree.tokens[index].head]
        marks = {tree.tokens[c].text.lower() for c in tree.kids(index, "mark", "case")}
        if marks & words["reason"]:
            occasion = index == predicate and token.lemma.lower() in words["encounter"]
            return not occasion and not (to_month and token.pos in VERBAL)
        if marks & words["genitive"] and above.lemma.lower() in words["blaming"]:
            return True
        if marks and above.lemma.lower() in words["answering"]:
            return True
        if base(token.dep) in ("advcl", "acl") and pluperfect(tree, index) and not pluperfect(tree, dated):
            return True
    return False


def _verb_above(tree: Tree, index: int) -> int | None:
    """The verb that a noun hangs on, or `index` itself where it is one."""
    return next((i for i in (index, *tree.ancestors(index)) if tree.tokens[i].pos in VERBAL), None)
