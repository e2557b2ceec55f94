"""The date of each event: the clause's own words, else what the passage is about, else nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dragoman.coding.reading import EventDate
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.dates import Anchor, DateExpression, resolve
from dragoman.language.grammar import Grammar

PARTS = frozenset({"obj", "obl", "nmod", "xcomp"})  # what an act is made of: "held talks on Monday"
WEEK = 7  # days
TERMS = frozenset({"by", "within", "until"})


@dataclass(slots=True)
class Clock:
    """What an article has said of time so far: the publication date and the last day mentioned.

    `updated` tells that the first is the day of the page's last update, for want of another.
    """

    published: str | None
    last: str | None = None
    month: str | None = None  # that of the last day or month mentioned
    passage: str | None = None  # the last date with its year that the paragraph has named
    updated: bool = False

    def copy(self) -> Clock:
        """The clock as it stands now."""
        return replace(self)

    @property
    def spoken(self) -> str | None:
        """The day on which a quotation was said: that mentioned last, if it is of the week before publication."""
        if self.published is None or self.last is None or len(self.published) != len("2020-01-01"):
            return self.published
        lately = (date.fromisoformat(self.published) - date.fromisoformat(self.last)).days <= WEEK
        return self.last if lately else self.published

    def note(self, day: EventDate) -> None:
        """Remember a date that the text has just given; what lies ahead is no day that it goes on from."""
        if not day.iso or (self.published and day.iso > self.published):
            return
        if day.precision == "day":
            self.last = day.iso
        if day.precision in ("day", "month"):
            self.month = day.iso[:7]

    def go_on(self, tree: Tree, moments: Iterable[Moment], future_words: frozenset[str]) -> None:
        """Note what the expressions of a sentence say one after the other: "on the 3rd …, two days later …"."""
        for moment in moments:
            if moment.expression.relation not in TERMS:
                clause = tree.clause(moment.tokens[0])
                self.note(date_of(moment, self.seen_from(tree, clause), tense_of(tree, clause, future_words)))
                if moment.expression.year is not None:
                    self.passage = date_of(moment, self, None).iso

    def hear(self, expressions: Iterable[DateExpression]) -> None:
        """Note what a sentence that is not parsed says: "The quarrel began in March. On the 18th …"."""
        for expression in expressions:
            if expression.relation not in TERMS:
                self.note(date_of(Moment(expression, (), 0, 0), self, "past"))

    def year_of(self, expression: DateExpression) -> str | None:
        """The year of a month named without one, if the passage goes on through a year ("in May 2006 … in August")."""
        if self.passage is None or expression.month is None:
            return None
        year = self.passage[:4]
        return year if f"{year}-{expression.month:02d}" >= self.passage[:7] else None

    def seen_from(self, tree: Tree, clause: int) -> Clock:
        """The clock as a clause uses it: only what "had happened" is dated in the year that the passage tells of."""
        return self if pluperfect(tree, clause) else replace(self, passage=None)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date expression of a sentence with the tokens it stands on (offsets of the sentence's text)."""

    expression: DateExpression
    tokens: tuple[int, ...]
    start: int
    end: int
    spoken: bool = False  # between quotation marks: counted from the day on which it was said


def moments(
    tree: Tree, expressions: list[DateExpression], shift: int, quoted: Iterable[tuple[int, int]] = ()
) -> list[Moment]:
    """The date expressions inside a sentence starting at `shift` of their text, of which `quoted` is spoken."""
    found = []
    for expression in expressions:
        start, end = expression.start - shift, expression.end - shift
        tokens = tuple(i for i, t in enumerate(tree.tokens) if t.start < end and start < t.end)
        if tokens:
            spoken = any(low <= expression.start < high for low, high in quoted)
            found.append(Moment(expression, tokens, start, end, spoken))
    return found


def tense_of(
    tree: Tree, clause: int, future_words: frozenset[str], timetable: frozenset[str] = frozenset()
) -> str | None:
    """`past`, `future`, `present` (where that form also tells of what is planned) or None of a clause.

    `timetable` are the verbs whose present tense does so: "the talks begin on Monday".
    """
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
    if "Aspect=Imp|" in token.morph and "Tense=Pres" in token.morph and not under_past(tree, clause):
        return "present"  # an Arabic imperfect: with a day of the week it tells of what is to come
    if token.lemma.lower() in timetable and "Tense=Pres" in token.morph and "VerbForm=Fin" in token.morph:
        return "present"
    return None


def pluperfect(tree: Tree, clause: int) -> bool:
    """Whether a clause tells what had happened before: "had left", "avait quitté", "había salido"."""
    auxiliaries = [tree.tokens[c] for c in tree.kids(clause, "aux")]
    return any("Tense=Imp" in a.morph or ("Tense=Past" in a.morph and a.lemma.lower() == "have") for a in auxiliaries)


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


def date_of(moment: Moment | None, clock: Clock, tense: str | None, count: int = 1) -> EventDate:
    """The event's date; offsets are of the sentence's text (the caller shifts them)."""
    if moment is not None:
        expression = moment.expression
        dated = expression.kind == "weekday" or (expression.kind == "date" and expression.year is None)
        coming = tense == "present" and dated
        day_alone = expression.kind == "date" and expression.month is None and expression.day is not None
        anchor = Anchor(
            clock.spoken if moment.spoken and expression.kind == "relative" else clock.published,
            (clock.month if day_alone else clock.last) or clock.published,
            "past" if tense == "past" else "future" if tense == "future" or coming else None,
            clock.year_of(expression),
        )
        if count == 0:
            return EventDate(None, None, moment.start, moment.end, "counted from something whose date is not known")
        if count < 0 and expression.amount is not None:
            expression = replace(expression, amount=-expression.amount)
        resolved = resolve(expression, anchor)
        reason = resolved.reason.replace("publication", "the page's update") if clock.updated else resolved.reason
        if resolved.iso:
            return EventDate(resolved.iso, resolved.precision, moment.start, moment.end, reason)
        return EventDate(None, None, moment.start, moment.end, reason)
    return EventDate(None, None, reason="the words name no date")


def nearer(moment: Moment, clock: Clock) -> str:
    """Whether a day without a year that was set for something is nearer to the page's own when past or when coming."""
    days = {tense: date_of(moment, clock, tense) for tense in ("future", "past")}
    if not clock.published or any(d.precision != "day" or d.iso is None for d in days.values()):
        return "future"
    today = date.fromisoformat(clock.published[:10])
    return min(days, key=lambda tense: abs((date.fromisoformat(days[tense].iso or "") - today).days))


def under_past(tree: Tree, index: int) -> bool:
    """Whether a verb in the past governs a predicate: "decided on Monday to recall …"."""
    return any("Tense=Past" in tree.tokens[a].morph and tree.tokens[a].pos in VERBAL for a in tree.ancestors(index))


def owner_elsewhere(tree: Tree, moment: Moment, predicate: int, predicates: frozenset[int]) -> bool:
    """Whether a date belongs to another event's own clause: "welcomed the truce; he had toured both on Friday"."""
    anchor = min(moment.tokens, key=lambda i: sum(1 for _ in tree.ancestors(i)))
    owner = _owner(tree, anchor, predicates | {predicate})
    if owner is None or owner == predicate or owner not in predicates or owner < predicate:
        return False
    verb = tree.tokens[owner]
    past = any(tree.tokens[c].lemma == "كان" for c in tree.kids(owner, "aux"))
    return verb.pos == "VERB" and past and moment.start > tree.tokens[predicate].end


def inside(tree: Tree, heads: Iterable[int], found: list[Moment]) -> Moment | None:
    """The date inside a noun phrase: that of the occasion which the noun names."""
    under = {i for head in heads for i in tree.subtree(head)}
    return next((m for m in found if m.expression.relation not in TERMS - {"by"} and under.issuperset(m.tokens)), None)


def ahead(day: EventDate, clock: Clock) -> bool:
    """Whether a day lies behind the page's own: what is told for it has yet to happen."""
    return bool(clock.published and day.iso and day.precision == "day" and day.iso > clock.published)


def anchored(clock: Clock, moment: Moment | None, others: list[Moment]) -> Clock:
    """The clock set to the day that another expression of the sentence names, if one does."""
    for other in others:
        if other is not moment and other.expression.kind in ("date", "weekday", "relative"):
            named = date_of(other, clock, "past")
            if named.iso and named.precision == "day":
                return replace(clock, last=named.iso)
    return clock


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
