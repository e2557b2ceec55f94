"""The clock of an article and the day that date words mean by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dragoman.coding.moments import TERMS, Moment
from dragoman.coding.reading import EventDate
from dragoman.coding.tenses import pluperfect, tense_of
from dragoman.coding.tree import Tree
from dragoman.language.dates import Anchor, DateExpression, resolve

WEEK = 7  # days
LONG = frozenset({"month", "quarter", "year", "decade", "century"})  # units in which months and years can be counted


@dataclass(slots=True)
class Clock:
    """What an article has said of time so far: the publication date and the last day mentioned.

    `updated` tells that the first is the day of the page's last update, for want of another.
    """

    published: str | None
    last: str | None = None
    latest: str | None = None  # the last day, month or year mentioned
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
        if day.precision != "interval":
            self.latest = day.iso
        if day.precision == "day":
            self.last = day.iso
        if day.precision in ("day", "month"):
            self.month = day.iso[:7]

    def go_on(self, tree: Tree, moments: Iterable[Moment], future_words: frozenset[str]) -> None:
        """Note what the expressions of a sentence say one after the other: "on the 3rd …, two days later …".

        The story goes on from the day of a main clause, not from one inside it: "apologised on Monday for the raid of
        the 3rd. Minutes earlier …".
        """
        named = [m for m in moments if m.expression.relation not in TERMS]
        verbs = [_main_verb(tree, m) for m in named]
        for n, moment in enumerate(named):
            if (verbs[n] is not None and verbs[n] not in verbs[:n]) or not any(v is not None for v in verbs):
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
        """The clock as a clause uses it: only what "had happened" is dated in the year that the passage tells of, where
        the page has a day of its own to count from.
        """
        return self if pluperfect(tree, clause) or self.published is None else replace(self, passage=None)


def _main_verb(tree: Tree, moment: Moment) -> int | None:
    """The verb of a main clause that a date hangs on; None where it hangs on a noun or on a verb below."""
    top = next((i for i in moment.tokens if tree.tokens[i].head not in moment.tokens), moment.tokens[0])
    verb = above = tree.tokens[top].head
    while tree.tokens[above].dep == "conj" and tree.tokens[above].pos == "VERB":
        above = tree.tokens[above].head
    return verb if tree.tokens[above].pos == "VERB" and tree.tokens[above].dep.lower() == "root" else None


def date_of(moment: Moment | None, clock: Clock, tense: str | None, count: int = 1) -> EventDate:
    """The event's date; offsets are of the sentence's text (the caller shifts them)."""
    if moment is not None:
        expression = moment.expression
        dated = expression.kind == "weekday" or (expression.kind == "date" and expression.year is None)
        coming = tense == "present" and dated
        day_alone = expression.kind == "date" and expression.month is None and expression.day is not None
        counted_in = clock.latest if expression.unit in LONG else clock.last
        anchor = Anchor(
            clock.spoken if moment.spoken and expression.kind == "relative" else clock.published,
            (clock.month if day_alone else counted_in) or clock.published,
            "past" if tense == "past" else "future" if tense == "future" or coming else None,
            clock.year_of(expression),
        )
        if count == 0:
            return EventDate(None, None, moment.start, moment.end, "counted from something whose date is not known")
        if count < 0 and expression.amount is not None:
            expression = replace(expression, amount=-expression.amount)
        resolved = resolve(expression, anchor)
        told = resolved.iso[:10] if resolved.iso and expression.kind == "anaphoric" else ""
        if tense == "past" and clock.published and told > clock.published[: len(told)]:
            return EventDate(None, None, moment.start, moment.end, "counted on it would lie after the page's own day")
        reason = _as_updated(resolved.reason) if clock.updated else resolved.reason
        if resolved.iso:
            return EventDate(resolved.iso, resolved.precision, moment.start, moment.end, reason)
        return EventDate(None, None, moment.start, moment.end, reason)
    return EventDate(None, None, reason="the words name no date")


def _as_updated(reason: str) -> str:
    """A reason that counts from the day of the page's update, for want of that of its publication."""
    return reason.replace("the publication date", "the page's update").replace("publication", "the page's update")


def nearer(moment: Moment, clock: Clock) -> str:
    """Whether a day without a year that was set for something is nearer to the page's own when past or when coming."""
    days = {tense: date_of(moment, clock, tense) for tense in ("future", "past")}
    if not clock.published or any(d.precision != "day" or d.iso is None for d in days.values()):
        return "future"
    today = date.fromisoformat(clock.published[:10])
    return min(days, key=lambda tense: abs((date.fromisoformat(days[tense].iso or "") - today).days))


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
