"""The coder: an Article in, a Reading out. Each step is a function of its own module; this one only leads through them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.actors import registry as load_registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Actor, Mention
from dragoman.codebook import Codebook
from dragoman.codebook import load as load_codebook
from dragoman.coding import when
from dragoman.coding.attribution import attribution_of, issue_of
from dragoman.coding.candidates import Candidate, candidates
from dragoman.coding.merging import Draft, merge_drafts
from dragoman.coding.quotes import quotations
from dragoman.coding.reading import ActorMention, Attribution, EventDate, EventMention, Place, Quote, Reading, Status
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.settings import Settings
from dragoman.coding.spans import span
from dragoman.coding.status import status_of
from dragoman.coding.story import Story
from dragoman.coding.tree import Tree, base
from dragoman.coding.acts import cancellations, open_occasion, refined, threatened
from dragoman.coding.where import place_names, place_of, town_mentions
from dragoman.language import pipeline
from dragoman.language.dates import DateExpression
from dragoman.language.dates import find as find_dates
from dragoman.language.grammar import Grammar, grammar
from dragoman.language.reporting import reporting
from dragoman.language.sentence import Group, Sentence
from dragoman.pages.article import Article, Segment

STAND_INS = {
    "en": {"person": "Bush", "state": "Iraq", "organisation": "Microsoft", "adj": "American", "role": "president"},
    "fr": {"person": "Chirac", "state": "Paris", "organisation": "Renault", "adj": "français", "role": "président"},
    "es": {"person": "Aznar", "state": "Madrid", "organisation": "Telefónica", "role": "presidente"},
}
EMBEDDING = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence to be parsed, with what linking and the calendar found in it (offsets of the segment's text)."""

    segment: int
    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]


def code(article: Article, settings: Settings | None = None) -> Reading:
    """Events and quotations of an article.

    Pure: the same article and settings give the same reading. Languages without frames give quotations only.
    """
    return Coder(settings or Settings()).code(article)


class Coder:
    """Holds the knowledge that coding needs; cheap to make, everything is loaded once per process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.codebook: Codebook = load_codebook(settings.codebook)
        self.registry = load_registry(settings.actors)

    def code(self, article: Article) -> Reading:
        """See `code`."""
        content = [s for s in article.content if s.language in self.codebook.languages()]
        units = [TextUnit(s.text, s.language, tuple(pipeline(s.language).sentences(s.text))) for s in content]
        linked = Linker(self.registry, article.published.iso).link(units)
        quotes = self._quotes(article, content, linked)
        events = self._events(article, content, units, linked)
        return Reading(article, events, quotes)

    # -- events -------------------------------------------------------------------------------------------------

    def _events(
        self, article: Article, content: Sequence[Segment], units: Sequence[TextUnit], linked: Sequence[list[Mention]]
    ) -> tuple[EventMention, ...]:
        sentences: list[Unit] = []
        for n, (segment, unit) in enumerate(zip(content, units, strict=True)):
            gate = self.codebook.frames(segment.language)
            dates = find_dates(segment.text, segment.language)
            for start, end in _clauses(segment.text, unit.sentences):
                text = segment.text[start:end]
                mentions = tuple(m for m in linked[n] if start <= m.start and m.end <= end)
                if not mentions or not gate.surface_gate(text):
                    sentences.append(Unit(n, start, end, "", mentions, ()))
                    continue
                inside = tuple(d for d in dates if start <= d.start and d.end <= end)
                sentences.append(Unit(n, start, end, text, mentions, inside))
        drafts = self._drafts(article, content, sentences)
        return tuple(self._finish(article, d) for d in merge_drafts(drafts))

    def _drafts(self, article: Article, content: Sequence[Segment], sentences: Sequence[Unit]) -> list[Draft]:
        parsed: dict[int, Tree] = {}
        by_language: dict[str, list[int]] = {}
        for i, unit in enumerate(sentences):
            if unit.text:
                by_language.setdefault(content[unit.segment].language, []).append(i)
        for language, indices in by_language.items():
            texts = [sentences[i].text for i in indices]
            groups = [_groups(sentences[i], language) for i in indices]
            for i, sentence in zip(indices, pipeline(language).analyse(texts, groups), strict=True):
                parsed[i] = Tree(_free_subjects(sentence, sentences[i]))
        clock = when.Clock(article.published.iso)
        story = Story([m for unit in sentences for m in unit.mentions])
        drafts: list[Draft] = []
        for i, unit in enumerate(sentences):
            if i in parsed:
                drafts.extend(self._code_sentence(article, content[unit.segment], unit, parsed[i], clock, story))
        return drafts

    def _code_sentence(
        self, article: Article, segment: Segment, unit: Unit, tree: Tree, clock: when.Clock, story: Story
    ) -> list[Draft]:
        words = grammar(segment.language)
        headline = segment.role in ("title", "subhead")
        mentions = [_shift(m, unit.start) for m in unit.mentions]
        found = candidates(tree, self.codebook.frames(segment.language), words, headline)
        found += cancellations(tree, found, words)
        places = place_names(self.registry, tree, segment.language) if found else []
        finder = RoleFinder(tree, mentions, words, town_mentions(places))
        chosen = [refined(tree, c, words) for c in self._choose(tree, found, finder, story, words)]
        for _, sources, targets in chosen:
            story.note([*sources, *targets], segment, unit.start)
        predicates = frozenset(c.index for c, _, _ in chosen)
        moments = when.moments(tree, list(unit.dates), unit.start)
        drafts = []
        for candidate, sources, targets in chosen:
            verdict = status_of(tree, candidate, words)
            status = verdict.status
            clause = tree.clause(candidate.index)
            where_span = span(tree, candidate, sources, targets)
            moment = when.choose(tree, candidate.index, where_span, moments, predicates)
            tense = when.tense_of(tree, clause, words["future"])
            date = when.date_of(moment, clock, tense, when.direction(tree, moment, candidate.index))
            place = place_of(tree, candidate, places, words)
            parties = frozenset(f.actor.code.partition(":")[0] for f in (*sources, *targets))
            said_by = attribution_of(tree, candidate.index, finder, words, reporting(segment.language))
            candidate, status, sources = threatened(candidate, status, sources, said_by)
            drafts.append(
                Draft(
                    segment=segment,
                    language=segment.language,
                    sentence=(unit.start, unit.end),
                    start=unit.start + where_span[0],
                    end=unit.start + where_span[1],
                    frame=candidate.frame,
                    sources=tuple(_unshift(f, unit.start) for f in sources),
                    targets=tuple(_unshift(f, unit.start) for f in targets),
                    status=status,
                    date=_shift_date(date, unit.start),
                    dated=moment is not None and date.iso is not None,
                    place=_shift_place(place, unit.start),
                    headline=headline,
                    nominal=tree.tokens[candidate.index].pos in ("NOUN", "PROPN"),
                    attribution=None if said_by is None else _attribution(said_by, unit.start),
                    issue=issue_of(tree, candidate.index, finder, words, parties),
                    reason="; ".join(filter(None, (str(candidate.frame), str(verdict)))),
                    confidence=_confidence(candidate, sources, targets, headline),
                )
            )
        for moment in moments:
            clause = tree.clause(moment.tokens[0])
            clock.note(when.date_of(moment, clock, when.tense_of(tree, clause, words["future"])))
        return drafts

    def _choose(
        self, tree: Tree, found: list[Candidate], finder: RoleFinder, story: Story, words: Grammar
    ) -> list[tuple[Candidate, list[Filler], list[Filler]]]:
        """One frame per predicate: the most specific whose roles can be filled; nested and consumed ones dropped."""
        best: dict[int, tuple[Candidate, list[Filler], list[Filler]]] = {}
        read: dict[int, str] = {}  # the type that the most demanding frame of a noun gives it, filled or not
        for candidate in sorted(found, key=lambda c: (c.index, -len(c.tokens), -_demands(c), "weak" in c.frame.flags)):
            if candidate.index in best or read.get(candidate.index, candidate.frame.type) != candidate.frame.type:
                continue
            if candidate.frame.pos == "n" and _demands(candidate):
                read[candidate.index] = candidate.frame.type
            sources, targets = finder.fill(candidate.index, candidate.arguments, candidate.frame)
            if not sources and (parties := open_occasion(tree, candidate, finder, words)):
                sources = parties
            sources, targets = story.complete(tree, candidate, sources, targets)
            targets = _others(sources, targets)
            if _acceptable(tree, candidate, sources, targets):
                best[candidate.index] = (candidate, sources, targets)
        consumed = {t for c, _, _ in best.values() for t in (*c.consumed, *c.tokens[1:])}
        kept = {i: v for i, v in best.items() if i not in consumed}
        chosen = [v for i, v in sorted(kept.items()) if not _embedded(tree, i, kept)]
        return chosen

    def _finish(self, article: Article, draft: Draft) -> EventMention:
        frame = draft.frame
        start, end = draft.segment.span(draft.start, draft.end)
        lemmas = draft.segment.text[draft.sentence[0] : draft.sentence[1]].split()
        contexts = self.codebook.contexts_of([w.strip(".,;:!?\"“”«»()’'").lower() for w in lemmas], draft.language)
        cameo = self.codebook.cameo_for(frame.type, frame.mode, frame.cameo, contexts)
        sentence = draft.segment.span(*draft.sentence)
        digest = hashlib.sha256(f"{article.page.sha256}:{start}:{end}:{frame.type}".encode()).hexdigest()[:16]
        return EventMention(
            id=digest,
            event_type=frame.type,
            mode=frame.mode,
            contexts=contexts,
            cameo=cameo,
            quad_class=self.codebook.quad(frame.type),
            goldstein=self.codebook.goldstein(cameo),
            score=self.codebook.score(frame.type, frame.mode),
            sources=tuple(self._actor(draft, f, draft.date.iso) for f in draft.sources),
            targets=tuple(self._actor(draft, f, draft.date.iso) for f in draft.targets),
            symmetric="symmetric" in frame.flags,
            date=_page_date(draft.date, draft.segment),
            status=draft.status,
            location=_page_place(draft.place, draft.segment),
            issue=draft.issue,
            attribution=_page_attribution(draft.attribution, draft.segment),
            start=start,
            end=end,
            quote=article.page.text[start:end],
            sentence_start=sentence[0],
            sentence_end=sentence[1],
            language=draft.language,
            reason=draft.reason,
            confidence=round(draft.confidence, 2),
        )

    def _actor(self, draft: Draft, filler: Filler, date: str | None) -> ActorMention:
        start, end = filler.elsewhere or draft.segment.span(filler.mention.name_start, filler.mention.name_end)
        return self._actor_mention(filler.actor, start, end, date)

    def _actor_mention(self, actor: Actor, start: int, end: int, date: str | None) -> ActorMention:
        office = None
        if actor.office and actor.country:
            office = self.registry.office_title(actor.country, actor.office)
        wikidata = actor.id if actor.id and actor.id[0] == "Q" and actor.id[1:].isdigit() else None
        name = actor.name if actor.kind == "person" else None
        return ActorMention(actor.code, name, office, wikidata, start, end, actor.reason, actor.id)

    # -- quotations ---------------------------------------------------------------------------------------------

    def _quotes(
        self, article: Article, content: Sequence[Segment], linked: Sequence[list[Mention]]
    ) -> tuple[Quote, ...]:
        found = []
        for segment, mentions in zip(content, linked, strict=True):
            if segment.role != "body":
                continue
            for q in quotations(segment.text, mentions, reporting(segment.language)):
                speaker = None
                if q.speaker is not None and q.speaker.actors:
                    start, end = segment.span(q.speaker.name_start, q.speaker.name_end)
                    speaker = self._actor_mention(q.speaker.actors[0], start, end, article.published.iso)
                found.append(Quote(*segment.span(q.start, q.end), speaker, q.cue, q.direct))
        return tuple(found)


def _free_subjects(sentence: Sentence, unit: Unit) -> Sentence:
    """ "On Monday Azerbaijan shot …": parts a name that the parser glued to the date before it, and makes it the subject."""
    tokens = list(sentence.tokens)
    dates = {i for i, t in enumerate(tokens) for d in unit.dates if t.start < d.end - unit.start and d.start - unit.start < t.end}
    for i in dates:
        name = i + 1
        if name >= len(tokens) or name in dates or tokens[name].pos != "PROPN":
            continue
        glued = (tokens[name].head == i and tokens[name].dep in ("flat", "compound", "appos", "nmod")) or (
            tokens[i].head == name and tokens[i].dep in ("flat", "compound", "nmod")
        )
        verb = next((k for k in range(name + 1, min(len(tokens), name + 12)) if tokens[k].pos == "VERB" and "VerbForm=Fin" in tokens[k].morph), None)
        if not glued or verb is None or any(t.head == verb and t.dep.startswith("nsubj") for t in tokens):
            continue
        outer = tokens[name].head if tokens[i].head == name else tokens[i].head
        tokens[i] = replace(tokens[i], head=verb if outer in (i, name) else outer, dep="obl")
        if tokens[i].head == i:
            tokens[i] = replace(tokens[i], head=verb)
        for k, t in enumerate(tokens):
            if t.head == name and k < i:
                tokens[k] = replace(t, head=i)
        tokens[name] = replace(tokens[name], head=verb, dep="nsubj")
    return replace(sentence, tokens=tuple(tokens))


def _clauses(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences cut at semicolons outside quotation marks: shorter trees, fewer mistakes."""
    for start, end in sentences:
        low = start
        for cut in re.finditer(r";\s+|\s+\|\s+", text[start:end]):
            if text.count("“", low, start + cut.start()) == text.count("”", low, start + cut.start()):
                yield low, start + cut.start()
                low = start + cut.end()
        yield low, end


def _groups(unit: Unit, language: str) -> list[Group]:
    """What the parser should see as one plain word: names with titles, owned groups, dates.

    A parser trained on little text trips over names it has never seen, so each is shown as a common one of its kind.
    """
    plain = STAND_INS.get(language, {})
    groups: list[Group] = []
    for mention in unit.mentions:
        start, end = mention.start - unit.start, mention.end - unit.start
        text = unit.text[start:end]
        if mention.form in ("pronoun", "pair"):
            continue
        if mention.form == "adj":
            groups.append(Group(start, end, plain.get("adj", text), "ADJ"))
        elif mention.kind in ("group", "role") or mention.form == "title":
            if " " in text:
                groups.append(Group(start, end, text.split()[-1] if mention.kind != "person" else plain.get("role", text), "NOUN"))
        else:
            groups.append(Group(start, end, plain.get(mention.kind, text.split()[-1]), "PROPN"))
    for expression in unit.dates:
        start, end = expression.start - unit.start, expression.end - unit.start
        text = unit.text[start:end]
        if " " in text and not any(g.start < end and start < g.end for g in groups):
            groups.append(Group(start, end, text.split()[-1], "NOUN"))
    groups.sort(key=lambda g: g.start)
    kept: list[Group] = []
    for group in groups:
        if not kept or group.start >= kept[-1].end:
            kept.append(group)
    return kept


def _shift(mention: Mention, by: int) -> Mention:
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
    return replace(filler, mention=_shift(filler.mention, -by))


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


def _page_attribution(attribution: Attribution | None, segment: Segment) -> Attribution | None:
    return attribution and replace(
        attribution, **dict(zip(("start", "end"), segment.span(attribution.start, attribution.end), strict=True))
    )


def _page_date(date: EventDate, segment: Segment) -> EventDate:
    if date.start is None or date.end is None:
        return date
    start, end = segment.span(date.start, date.end)
    return replace(date, start=start, end=end)


def _page_place(place: Place | None, segment: Segment) -> Place | None:
    if place is None or place.start is None or place.end is None:
        return place
    start, end = segment.span(place.start, place.end)
    return replace(place, start=start, end=end)


def _acceptable(tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler]) -> bool:
    flags = candidate.frame.flags
    token = tree.tokens[candidate.index]
    if token.dep == "amod" and token.pos in ("VERB", "ADJ") and candidate.frame.pos == "v" and not candidate.arguments.oblique:
        return False  # "a negotiated solution" tells of no event
    if _in_name(tree, candidate.index):
        return False
    if not sources and not ("symmetric" in flags and len(targets) > 1):
        return False
    if not any(f.mention.known or f.mention.kind == "person" for f in sources or targets):
        return False
    if ("needs-target" in flags or "needs-pair" in flags) and not targets:
        return False
    if "weak" in flags:
        specific = candidate.frame.pos == "v" and any(not need.forbidden and need.lemmas for need in candidate.frame.needs)
        if not _political(sources) or (targets and not _political(targets)) or not (targets or specific):
            return False
    return not (
        tree.tokens[candidate.index].pos in ("NOUN", "PROPN")
        and "symmetric" in flags
        and len(sources) + len(targets) < 2
    )


def _in_name(tree: Tree, index: int) -> bool:
    """Whether a predicate is a capitalised word inside a proper name ("the Extended Strategic Partnership")."""
    def capital(i: int) -> bool:
        return 0 <= i < len(tree.tokens) and tree.tokens[i].text[:1].isupper() and tree.tokens[i].lemma == tree.tokens[i].lemma.lower() or (
            0 <= i < len(tree.tokens) and tree.tokens[i].text[:1].isupper() and tree.tokens[i].pos == "PROPN" and " " not in tree.tokens[i].text
        )

    lower = sum(t.text[:1].islower() for t in tree.tokens)
    if index == 0 or lower < len(tree.tokens) * 0.4 or not tree.tokens[index].text[:1].isupper():
        return False
    return capital(index - 1) and index > 1 or capital(index + 1)


def _others(sources: list[Filler], targets: list[Filler]) -> list[Filler]:
    """Targets that are not the sources themselves: "said the US will …" does not accuse the US."""
    own = {f.actor.country for f in sources}
    codes = {f.actor.code for f in sources}
    return [
        f for f in targets
        if f.actor.code not in codes and not (f.actor.country in own and f.actor.kind == "state" and f.actor.sector is None)
        or f.actor.name is not None and all(f.actor.id != s.actor.id for s in sources)
    ]


def _demands(candidate: Candidate) -> int:
    """How many words a frame asks for: the more, the surer its reading."""
    return sum(not need.forbidden and bool(need.lemmas) for need in candidate.frame.needs)


def _political(fillers: list[Filler]) -> bool:
    return any(
        f.actor.kind in ("state", "organisation", "person", "role") or f.actor.sector in ("GOV", "MIL", "REB")
        for f in fillers
    )


def _embedded(tree: Tree, index: int, kept: dict[int, tuple[Candidate, list[Filler], list[Filler]]]) -> bool:
    """Whether the predicate stands in what another one asks for, promises, threatens or refuses."""
    below = index
    for ancestor in tree.ancestors(index):
        dep = tree.tokens[below].dep
        if dep in ("acl:relcl", "parataxis") or (base(dep) == "advcl" and "VerbForm=Inf" not in tree.tokens[below].morph):
            return False
        if ancestor in kept and (dep != "conj" or "VerbForm=Inf" in tree.tokens[below].morph):
            outer = kept[ancestor][0]
            if outer.frame.type in EMBEDDING and below not in outer.arguments.subj:
                return True
        below = ancestor
    return False


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
    if tree_noun(candidate):
        value -= 0.08
    return max(0.05, value)


def tree_noun(candidate: Candidate) -> bool:
    """Whether the predicate is a noun."""
    return candidate.frame.pos == "n"


def event_status(value: str) -> Status:
    """A status word as the type checker knows it."""
    return value  # type: ignore[return-value]


__all__ = ["Attribution", "Coder", "code"]
