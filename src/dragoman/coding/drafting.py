"""From a chosen frame with its roles to a draft: span, status, date, place, attribution."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.actors.mention import Mention
from dragoman.coding import when
from dragoman.coding.accords import accord_made
from dragoman.coding.acts import foretold, refused, threatened
from dragoman.coding.attribution import attribution_of, issue_of
from dragoman.coding.bonds import choose, direction
from dragoman.coding.candidates import Candidate
from dragoman.coding.choosing import Choice
from dragoman.coding.merging import Draft
from dragoman.coding.moments import Moment, inside
from dragoman.coding.opinion import alike, mark
from dragoman.coding.reading import Attribution, EventDate, Place
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.sentences import Unit
from dragoman.coding.sighting import Sight
from dragoman.coding.signs import signs_of
from dragoman.coding.spans import span
from dragoman.coding.status import Verdict, status_of
from dragoman.coding.tenses import tense_of
from dragoman.coding.tree import Tree
from dragoman.coding.where import PlaceName, home_place, host_place, place_of
from dragoman.language.grammar import Grammar
from dragoman.language.reporting import reporting
from dragoman.pages.article import Segment


@dataclass(frozen=True, slots=True)
class Scene:
    """A parsed sentence with everything known of it: names, places, dates, and the clock as it stood there."""

    segment: Segment
    unit: Unit
    tree: Tree
    finder: RoleFinder
    places: list[PlaceName]
    moments: list[Moment]
    predicates: frozenset[int]
    headline: bool
    clock: when.Clock
    words: Grammar
    sight: Sight | None = None


def draft_of(scene: Scene, choice: Choice, doubts: frozenset[str] = frozenset()) -> Draft:
    """The draft of one choice, `doubts` the objections to it; its offsets are of the segment's text."""
    candidate, sources, targets = choice
    tree, unit, words = scene.tree, scene.unit, scene.words
    verdict = status_of(tree, candidate, words)
    where_span = span(tree, candidate, sources, targets)
    date, moment, tense = _dated(scene, candidate, verdict)
    if moment is None and verdict.status == "occurred" and (accord := accord_made(tree, candidate, words.language)):
        date = accord.date(tree.sentence.text, {f.actor.country for f in (*sources, *targets)}) or date
    present = tense != "past" and "Tense=Imp" not in tree.tokens[tree.clause(candidate.index)].morph
    if verdict.status == "occurred" and present and when.ahead(date, scene.clock):
        verdict = Verdict("planned", f"dated {date.iso}")
    place = (
        place_of(tree, candidate, scene.places, words)
        or host_place(candidate, sources, targets)
        or home_place(candidate, sources, targets)
    )
    parties = frozenset(f.actor.code.partition(":")[0] for f in (*sources, *targets))
    said_by = attribution_of(tree, candidate.index, scene.finder, words, reporting(words.language))
    marked = mark(tree, sources, targets)
    signs = signs_of(tree, candidate, sources, targets, verdict.status, scene.headline, doubts, words)
    signs |= {sign for sign, seen in (("dated", moment), ("placed", place), ("said by somebody", said_by)) if seen}
    same = alike(candidate.frame.type, verdict.status)
    weights = scene.sight.signs(tree, candidate, sources, targets, same) if scene.sight else {}
    seen = scene.sight.opinion(tree, candidate) if scene.sight else ""
    candidate, status, sources = threatened(candidate, verdict.status, sources, said_by)
    candidate, status = refused(tree, candidate, status, words)
    status = foretold(tree, candidate, status, words, reporting(words.language).lemmas)
    return Draft(
        segment=scene.segment,
        language=words.language,
        sentence=(unit.start, unit.end),
        start=unit.start + where_span[0],
        end=unit.start + where_span[1],
        frame=candidate.frame,
        sources=tuple(_unshift(f, unit.start) for f in sources),
        targets=tuple(_unshift(f, unit.start) for f in targets),
        status=status,
        date=_shift_date(date, unit.start),
        dated=date.iso is not None,
        place=_shift_place(place, unit.start),
        headline=scene.headline,
        nominal=tree.tokens[candidate.index].pos in ("NOUN", "PROPN"),
        predicate=unit.start + tree.tokens[candidate.index].start,
        attribution=None if said_by is None else _attribution(said_by, unit.start),
        issue=issue_of(tree, candidate.index, scene.finder, words, parties, scene.moments),
        reason="; ".join(filter(None, (str(candidate.frame), str(verdict), seen))),
        confidence=_confidence(candidate, sources, targets, scene.headline),
        marked=marked,
        signs=signs,
        weights=weights,
    )


def _dated(scene: Scene, candidate: Candidate, verdict: Verdict) -> tuple[EventDate, Moment | None, str | None]:
    """The day of an event, the words that name it and the tense that they were read in."""
    tree, words = scene.tree, scene.words
    clause = tree.clause(candidate.index)
    said = reporting(words.language).lemmas
    planned = verdict.status in ("planned", "cancelled", "hypothetical")
    moment = choose(tree, candidate.index, scene.moments, scene.predicates, words, said, planned=planned)
    timetable = words["timetable"] if not scene.headline else frozenset()
    tense = tense_of(tree, clause, words["future"], timetable)
    if verdict.status == "planned" and not _told_of(tree, candidate.index, moment):
        tense = "future"
    occasions = (*candidate.arguments.obj, *candidate.consumed)
    if verdict.status == "cancelled" and (due := inside(tree, occasions, scene.moments)) is not None:
        moment, tense = due, when.nearer(due, scene.clock)  # "put off a trip that had been due on Friday"
    count = direction(tree, moment, candidate.index, words)
    clock = scene.clock.copy()
    if moment is not None:
        told = [m for m in scene.moments if m.end <= moment.start or (moment.spoken and not m.spoken)]
        clock.go_on(tree, told, words["future"])
    clock = clock.seen_from(tree, clause)
    if count < 0:  # "on Friday, two days after signing …": counted back from the Friday
        clock = when.anchored(clock, moment, scene.moments)
    return when.date_of(moment, clock, tense, count), moment, tense


def _told_of(tree: Tree, predicate: int, moment: Moment | None) -> bool:
    """Whether a date says when something was planned, not for when: "invited them in May", "planned for June"."""
    if moment is None or "Tense=Past|VerbForm=Fin" not in tree.tokens[predicate].morph:
        return False
    top = next((i for i in moment.tokens if tree.tokens[i].head not in moment.tokens), moment.tokens[0])
    return tree.tokens[top].head == predicate and tree.preposition(top) in ("in", "on")


def shift(mention: Mention, by: int) -> Mention:
    """The mention with `by` taken off its offsets: from a segment's to a sentence's."""
    return replace(
        mention,
        start=mention.start - by,
        end=mention.end - by,
        name_start=mention.name_start - by,
        name_end=mention.name_end - by,
    )


def _unshift(filler: Filler, by: int) -> Filler:
    if filler.elsewhere is not None:
        return filler
    return replace(filler, mention=shift(filler.mention, -by))


def _shift_date(date: EventDate, by: int) -> EventDate:
    if date.start is None or date.end is None:
        return date
    return replace(date, start=date.start + by, end=date.end + by)


def _shift_place(place: Place | None, by: int) -> Place | None:
    if place is None or place.start is None or place.end is None:
        return place
    return replace(place, start=place.start + by, end=place.end + by)


def _attribution(mention: Mention, by: int) -> Attribution:
    """`mention` has offsets of its sentence."""
    name = mention.actors[0].name or mention.actors[0].code if mention.actors else ""
    return Attribution(name, mention.name_start + by, mention.name_end + by)


def _confidence(candidate: Candidate, sources: list[Filler], targets: list[Filler], headline: bool) -> float:
    value = 0.8
    if candidate.arguments.inherited:
        value -= 0.08
    if not targets and candidate.frame.targets:
        value -= 0.1
    if any("›" in f.how for f in [*sources, *targets]):
        value -= 0.08
    if headline:
        value -= 0.08
    if "weak" in candidate.frame.flags:
        value -= 0.1
    if candidate.frame.pos == "n":
        value -= 0.08
    return max(0.05, value)
