"""The date of each event: the clause's own words, else what the passage is about, else nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.coding.reading import EventDate
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.dates import Anchor, DateExpression, resolve

TERMS = frozenset({"by", "within", "until"})


@dataclass(slots=True)
class Clock:
    """What an article has said of time so far: the publication date and the last day mentioned."""

    published: str | None
    last: str | None = None

    def copy(self) -> Clock:
        """The clock as it stands now."""
        return replace(self)

    def note(self, date: EventDate) -> None:
        """Remember a date that the text has just given."""
        if date.iso and date.precision == "day":
            self.last = date.iso


@dataclass(frozen=True, slots=True)
class Moment:
    """A date expression of a sentence with the tokens it stands on (offsets of the sentence's text)."""

    expression: DateExpression
    tokens: tuple[int, ...]
    start: int
    end: int


def moments(tree: Tree, expressions: list[DateExpression], shift: int) -> list[Moment]:
    """The date expressions that lie inside a sentence starting at `shift` of their text."""
    found = []
    for expression in expressions:
        start, end = expression.start - shift, expression.end - shift
        tokens = tuple(i for i, t in enumerate(tree.tokens) if t.start < end and start < t.end)
        if tokens:
            found.append(Moment(expression, tokens, start, end))
    return found


def tense_of(tree: Tree, clause: int, future_words: frozenset[str]) -> str | None:
    """`past`, `future` or None (present, or no verb) of a clause."""
    token = tree.tokens[clause]
    auxiliaries = [tree.tokens[c] for c in tree.kids(clause, "aux", "cop")]
    if (
        any(a.lemma.lower() in future_words or "Tense=Fut" in a.morph for a in auxiliaries)
        or "Tense=Fut" in token.morph
    ):
        return "future"
    if any("Tense=Past" in t.morph for t in [token, *auxiliaries]) or any(
        a.lemma.lower() in ("have", "avoir") for a in auxiliaries
    ):
        return "past"
    return None


def choose(
    tree: Tree,
    predicate: int,
    span: tuple[int, int],
    found: list[Moment],
    predicates: frozenset[int],
    counting: frozenset[str] = frozenset(),
) -> Moment | None:
    """The expression that dates the predicate at `predicate`; `predicates` are the sentence's other event words.

    `counting` are the words behind which a date is counted from something else (see `direction`).
    """
    best: tuple[float, Moment] | None = None
    clause = tree.clause(predicate)
    for moment in found:
        expression = moment.expression
        if expression.kind == "vague" or expression.relation in TERMS:
            continue
        anchor = min(moment.tokens, key=lambda i: sum(1 for _ in tree.ancestors(i)))
        owner = _owner(tree, anchor, predicates | {predicate})
        if owner is not None and owner not in predicates and owner < anchor and tree.is_under(owner, predicate):
            continue  # the date of a verb that stands between ("welcomed the statement signed in 2016")
        if owner is not None and owner not in predicates:
            owner = None
        if owner == predicate:
            score = 4.0
        elif tree.is_under(anchor, predicate):
            score = 3.0 if owner is None else 0.5
        elif owner is None and tree.clause(anchor) == clause:
            score = 2.5
        elif owner is not None and owner == clause:
            score = 2.0
        elif owner is not None and tree.clause(owner) == clause and not tree.is_under(owner, predicate):
            score = 1.2
        elif (tree.tokens[tree.clause(anchor)].dep.lower() == "root" and owner is None) or moment.start <= 2:
            score = 1.0
        else:
            continue
        if expression.relation in ("after", "before", "since"):
            score -= 1.5
        if expression.kind == "anaphoric":
            score -= 0.1
            if direction(tree, moment, predicate, counting) == 0:
                score -= 2.5  # counted from something else: any other date of the clause goes before it
        distance = min(abs(moment.start - span[1]), abs(span[0] - moment.end))
        score -= distance / 1000
        if score > 0 and (best is None or score > best[0]):
            best = (score, moment)
    return best[1] if best else None


def _owner(tree: Tree, index: int, predicates: frozenset[int]) -> int | None:
    """The nearest event word or verb above a date."""
    for ancestor in tree.ancestors(index):
        if ancestor in predicates:
            return ancestor
        if tree.tokens[ancestor].pos in VERBAL and base(tree.tokens[ancestor].dep) != "aux":
            return ancestor
    return None


def date_of(moment: Moment | None, clock: Clock, tense: str | None, count: int = 1) -> EventDate:
    """The event's date; offsets are of the sentence's text (the caller shifts them)."""
    if moment is not None:
        anchor = Anchor(
            clock.published,
            clock.last or clock.published,
            "future" if tense == "future" else "past" if tense == "past" else None,
        )
        expression = moment.expression
        if count == 0:
            return EventDate(None, None, moment.start, moment.end, "counted from something whose date is not known")
        if count < 0 and expression.amount is not None:
            expression = replace(expression, amount=-expression.amount)
        resolved = resolve(expression, anchor)
        if resolved.iso:
            return EventDate(resolved.iso, resolved.precision, moment.start, moment.end, resolved.reason)
        return EventDate(None, None, moment.start, moment.end, resolved.reason)
    return EventDate(None, None, reason="the words name no date")


def anchored(clock: Clock, moment: Moment | None, others: list[Moment]) -> Clock:
    """The clock set to the day that another expression of the sentence names, if one does."""
    for other in others:
        if other is not moment and other.expression.kind in ("date", "weekday", "relative"):
            named = date_of(other, clock, "past")
            if named.iso and named.precision == "day":
                return replace(clock, last=named.iso)
    return clock


def direction(tree: Tree, moment: Moment | None, predicate: int, counting: frozenset[str]) -> int:
    """How "two days after" counts for a predicate: 1 from the day before it, -1 backwards, 0 from something else.

    "Two days after **signing** …": the words count from the event behind them, so that one lies earlier. `counting` are
    the prepositions that do so.
    """
    if moment is None or moment.expression.kind != "anaphoric" or moment.expression.amount is None:
        return 1
    following = max(moment.tokens) + 1
    last = tree.tokens[following - 1].text.split()[-1].lower()
    if last not in counting or following >= len(tree.tokens) or tree.tokens[following].pos == "PUNCT":
        return 1
    if following <= predicate and all(tree.tokens[i].head == predicate for i in range(following, predicate)):
        return -1
    return 0
