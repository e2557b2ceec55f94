"""The coder: an Article in, a Reading out. Each step is a function of its own module; this one leads through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

from dragoman.actors import registry as load_registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Mention, is_political
from dragoman.codebook import Codebook
from dragoman.codebook import load as load_codebook
from dragoman.coding import when
from dragoman.coding.acts import cancellations, demands, refined
from dragoman.coding.candidates import candidates
from dragoman.coding.choosing import choose
from dragoman.coding.drafting import Scene, draft_of, shift
from dragoman.coding.echoing import echoes
from dragoman.coding.finishing import actor_mention, event_mention
from dragoman.coding.judging import judge, judged
from dragoman.coding.lead import Lead
from dragoman.coding.mending import mended
from dragoman.coding.merging import Draft, merge_drafts
from dragoman.coding.moments import moments as moments_of
from dragoman.coding.opinion import questions
from dragoman.coding.quotes import quotations, quoted
from dragoman.coding.reading import Quote, Reading
from dragoman.coding.roles import RoleFinder
from dragoman.coding.sentences import Unit, clauses, groups_of
from dragoman.coding.settings import Settings
from dragoman.coding.sighting import Sight, sights
from dragoman.coding.spotting import Spotter, spotter
from dragoman.coding.story import Story
from dragoman.coding.tree import Tree
from dragoman.coding.typing import type_model
from dragoman.coding.voices import all_voiced
from dragoman.coding.votes import Asked, Considered, signs_and_weights, voted
from dragoman.coding.voting import TypeModel
from dragoman.coding.where import place_names, town_mentions
from dragoman.language import pipeline
from dragoman.language.dates import DateExpression
from dragoman.language.dates import find as find_dates
from dragoman.language.grammar import grammar
from dragoman.language.reporting import reporting
from dragoman.pages.article import Article, Segment

MANY_NAMES = 6  # names of states and officials on a page that is full of diplomacy
STATES = 0.3  # names of states and officials a clause, below which a page is not about what states do
AROUND = 3  # clauses on either side that show what a clause is about
DENSITY = 0.5  # names of states and officials a clause, below which a passage or a page is about something else
LOG_RAREST = 1.5  # one name in four or five clauses: fewer say no more


def _may_act(clauses: Sequence[Sequence[Mention]]) -> list[bool]:
    """For each clause, whether it names somebody who may act: a state, an official; on a page full of them any group.

    A lone name in a passage without others ("the best movers in the United States") is no actor, unless the whole
    page is dense with them ("The government dismissed the terms").
    """
    names = [sum(map(is_political, mentions)) for mentions in clauses]
    groups = sum(names) >= MANY_NAMES
    dense = groups and sum(names) >= DENSITY * len(names)
    may = []
    for i, mentions in enumerate(clauses):
        around = names[max(0, i - AROUND) : i + AROUND + 1]
        told = dense or names[i] > 1 or sum(around) >= DENSITY * len(around)
        may.append(told and (names[i] > 0 or (groups and any(map(_stands_for_actor, mentions)))))
    return may


def _stands_for_actor(mention: Mention) -> bool:
    """Whether a group, a pronoun or a name belongs to a country: "the militants", "he", "the two sides"."""
    if not mention.known:
        return False
    return mention.kind in ("group", "person") or (mention.kind == "pronoun" and not mention.possessive)


def _takes_up(clause: str, language: str) -> bool:
    """ "Elles ont été levées hier": whether the clause before tells the subject, where a language lists such words."""
    return clause.lower().startswith(tuple(f"{word} " for word in grammar(language)["takes-up"]))


def _story(content: Sequence[Segment], units: Sequence[Unit]) -> Story:
    """The story of an article that nothing was told of yet: whom it names, and whether it is about what states do."""
    story = Story((content[unit.segment], m) for unit in units for m in unit.mentions)
    names = sum(is_political(m) for unit in units for m in unit.mentions)
    story.political = names >= MANY_NAMES and names >= STATES * len(units)
    return story


def _scarcity(units: Sequence[Unit]) -> float:
    """How far a page is from telling of states: 0 where a clause names one or more, up to `LOG_RAREST`."""
    names = sum(is_political(m) for unit in units for m in unit.mentions)
    return min(LOG_RAREST, max(0.0, log(len(units) / names))) if names else LOG_RAREST


def code(article: Article, settings: Settings | None = None) -> Reading:
    """Events and quotations of an article.

    Pure: the same article and settings give the same reading. Languages without frames give no events.
    """
    return Coder(settings or Settings()).code(article)


class Coder:
    """Holds the knowledge that coding needs; cheap to make, everything is loaded once per process."""

    def __init__(self, settings: Settings, *, unjudged: bool = False, unseen: bool = False) -> None:
        """`unjudged`: ask the learned readers also where no judge weighs their word yet, as fitting a judge does;
        `unseen`: let a language that has a spotter be read as those that have none."""
        self.settings = settings
        self._unjudged = unjudged
        self._unseen = unseen
        self.codebook: Codebook = load_codebook(settings.codebook)
        self.registry = load_registry(settings.actors)

    def code(self, article: Article) -> Reading:
        """See `code`."""
        content, texts, linked = self._linked(article)
        units = self._units(content, texts, linked)
        story = _story(content, units)
        considered = self._considered(article, content, units, story)
        drafts = merge_drafts([d for draft, seen in considered if (d := judged(draft, seen)) is not None])
        events = [event_mention(article, story.cast.addressed(d), self.codebook, self.registry) for d in drafts]
        sure = tuple(e for e in events if e.confidence >= self.settings.minimum_confidence)
        return Reading(article, sure, self._quotes(content, linked))

    def considered(self, article: Article) -> list[Considered]:
        """Every reading of an article that may be an event, with the features that the judge weighs, before judgement.

        This is what `training/judge.py` fits the judge on.
        """
        content, texts, linked = self._linked(article)
        units = self._units(content, texts, linked)
        return self._considered(article, content, units, _story(content, units))

    def _linked(self, article: Article) -> tuple[list[Segment], list[TextUnit], list[list[Mention]]]:
        """The segments that can be coded, their sentences, and who is named in each."""
        content = [s for s in article.content if s.language in self.codebook.languages()]
        texts = [TextUnit(s.text, s.language, tuple(pipeline(s.language).sentences(s.text))) for s in content]
        linked = Linker(self.registry, article.published.iso or article.published.not_after).link(texts)
        words = [(grammar(s.language), reporting(s.language)) for s in content]
        return content, texts, all_voiced([s.text for s in content], linked, words)

    def _units(
        self, content: Sequence[Segment], texts: Sequence[TextUnit], linked: Sequence[list[Mention]]
    ) -> list[Unit]:
        """Every clause of the content; those that name no actor or hold no trigger keep no text and are not parsed."""
        bare = [
            Unit(n, start, end, "", tuple(m for m in linked[n] if start <= m.start and m.end <= end), ())
            for n, (segment, text) in enumerate(zip(content, texts, strict=True))
            for start, end in clauses(segment.text, text.sentences)
        ]
        units = []
        acted = False  # whether the clause before names somebody who may act
        dates: dict[int, list[DateExpression]] = {}
        for unit, may_act in zip(bare, _may_act([u.mentions for u in bare]), strict=True):
            segment = content[unit.segment]
            words = segment.text[unit.start : unit.end]
            acted, may_act = may_act, may_act or (acted and _takes_up(words, segment.language))
            if may_act and self.codebook.frames(segment.language).surface_gate(words):
                if unit.segment not in dates:
                    dates[unit.segment] = find_dates(segment.text, segment.language)
                unit = replace(unit, text=words)
            units.append(unit)
        return [
            replace(u, dates=tuple(d for d in dates[u.segment] if u.start <= d.start and d.end <= u.end))
            if u.segment in dates
            else u
            for u in units
        ]

    def _trees(self, content: Sequence[Segment], units: Sequence[Unit]) -> dict[int, Tree]:
        """The parses of the units that have text, by number; one batch a language."""
        trees: dict[int, Tree] = {}
        by_language: dict[str, list[int]] = {}
        for i, unit in enumerate(units):
            if unit.text:
                by_language.setdefault(content[unit.segment].language, []).append(i)
        for language, indices in by_language.items():
            groups = [groups_of(units[i], language) for i in indices]
            parsed = pipeline(language).analyse([units[i].text for i in indices], groups)
            for i, sentence in zip(indices, parsed, strict=True):
                trees[i] = Tree(mended(sentence, units[i], language))
        return trees

    def _considered(
        self, article: Article, content: Sequence[Segment], units: Sequence[Unit], story: Story
    ) -> list[Considered]:
        shown = article.published
        clock = when.Clock(shown.iso or shown.updated, updated=shown.iso is None)
        drafts: list[Draft] = []
        asked: list[Asked] = []
        lead, paragraph = Lead(), -1
        trees = self._trees(content, units)
        seen = self._sights(content, units, trees)
        for i, unit in enumerate(units):
            if unit.segment != paragraph:
                paragraph, clock.passage = unit.segment, clock.passage if clock.published is None else None
            if (tree := trees.get(i)) is None:
                clock.hear(unit.dates)
                continue
            segment, sight = content[unit.segment], seen.get(i)
            drafts.extend(self._code_sentence(segment, unit, tree, clock, story, lead, asked, sight))
        return self._with_opinions(drafts, asked, _scarcity(units))

    def _code_sentence(
        self,
        segment: Segment,
        unit: Unit,
        tree: Tree,
        clock: when.Clock,
        story: Story,
        lead: Lead,
        asked: list[Asked],
        sight: Sight | None,
    ) -> list[Draft]:
        words = grammar(segment.language)
        headline = segment.role in ("title", "subhead")
        found = candidates(tree, self.codebook.frames(segment.language), words, headline, story.sentence)
        found += cancellations(tree, found, words)
        dated = [(d.start - unit.start, d.end - unit.start) for d in unit.dates]
        places = place_names(self.registry, tree, segment.language, dated) if found else []
        finder = RoleFinder(tree, [shift(m, unit.start) for m in unit.mentions], words, town_mentions(places))
        found += demands(tree, found, finder, words, reporting(segment.language).lemmas)
        choices = choose(tree, found, finder, story, words, headline, sight)
        chosen = [refined(tree, c, words) for c in choices.sure]
        for choice in echoes(tree, chosen, finder, story, words):
            story.hear(tree, *choice, real=True)
            chosen.append(choice)
        spoken = quoted(segment.text) if unit.dates else []
        moments = moments_of(tree, list(unit.dates), unit.start, spoken)
        predicates = frozenset(c.index for c, _, _ in chosen)
        scene = Scene(segment, unit, tree, finder, places, moments, predicates, headline, clock.copy(), words, sight)
        if not headline and story.political and self._voter(segment.language) is not None:
            read = frozenset(t for c, _, _ in chosen for t in (*c.tokens, *c.consumed))
            asked += [(scene, q) for q in questions(tree, finder, words, read, story.latest())]
        story.keep(chosen, segment, unit.start)
        story.note_subject(tree, finder, segment, unit.start)
        story.sentence = tree
        told = [(choice, frozenset[str]()) for choice in chosen]
        if self._weighed(segment.language):
            told += [(refined(tree, doubtful.choice, words), doubtful.doubts) for doubtful in choices.doubtful]
        if sight is not None and self.settings.proposals and not headline:
            told += sight.readings(tree, [choice for choice, _ in told], finder, story, words)
        clock.go_on(tree, moments, words["future"])
        drafts = [draft_of(scene, choice, doubts) for choice, doubts in told]
        return lead.carry(drafts, scene, [choice for choice, _ in told])

    # -- the learned readers ------------------------------------------------------------------------------------

    def _weighed(self, language: str) -> bool:
        """Whether there is a judge to weigh what learned readers see or vote: without one nobody asks them."""
        learned = self._spotter(language) is not None or type_model(language) is not None
        return self.settings.model and learned and (self._unjudged or judge(language) is not None)

    def _voter(self, language: str) -> TypeModel | None:
        """The model that is asked for its vote on every reading, in a language that no spotter reads."""
        return type_model(language) if self._weighed(language) and self._spotter(language) is None else None

    def _spotter(self, language: str) -> Spotter | None:
        return None if self._unseen else spotter(language)

    def _sights(self, content: Sequence[Segment], units: Sequence[Unit], trees: Mapping[int, Tree]) -> dict[int, Sight]:
        """What the spotter sees in the parsed units of the languages that have one."""
        found: dict[int, Sight] = {}
        for language in sorted({content[units[i].segment].language for i in trees}):
            reader = self._spotter(language) if self._weighed(language) else None
            if reader is not None:
                numbers = [i for i in trees if content[units[i].segment].language == language]
                found |= sights(reader, type_model(language), content, units, numbers)
        return found

    def _with_opinions(self, drafts: list[Draft], asked: Sequence[Asked], scarcity: float) -> list[Considered]:
        """The drafts, and those that a voting model codes by itself, with the features that the judge weighs.

        `scarcity` tells how few states the page names.
        """
        considered: list[Considered] = []
        for language in sorted({d.language for d in drafts} | {scene.words.language for scene, _ in asked}):
            group = [d for d in drafts if d.language == language]
            model = self._voter(language)
            if model is not None:
                considered += voted(model, group, [pair for pair in asked if pair[0].words.language == language])
            else:
                considered += [(d, signs_and_weights(d) if self._weighed(language) else {}) for d in group]
        for _, seen in considered:
            if seen:
                seen["states are few"] = scarcity
        return considered

    # -- quotations ---------------------------------------------------------------------------------------------

    def _quotes(self, content: Sequence[Segment], linked: Sequence[list[Mention]]) -> tuple[Quote, ...]:
        found = []
        last: tuple[Segment, Mention] | None = None  # who spoke last, and in which paragraph
        for segment, mentions in zip(content, linked, strict=True):
            if segment.role != "body":
                continue
            origin = last
            before = origin[1] if origin is not None else None
            for q in quotations(segment.text, mentions, reporting(segment.language), before):
                speaker = None
                if q.speaker is not None and q.speaker.actors:
                    home = origin[0] if q.carried and origin is not None else segment
                    span = home.span(q.speaker.name_start, q.speaker.name_end)
                    speaker = actor_mention(q.speaker.actors[0], *span, self.registry)
                    last = (home, q.speaker)
                found.append(Quote(*segment.span(q.start, q.end), speaker, q.cue, q.direct))
        return tuple(found)
