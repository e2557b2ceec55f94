"""What the article is about so far: who did what to whom, so that "the deal" finds its parties and "expelled four" its
target."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from dragoman.actors.memory import DOMESTIC
from dragoman.actors.mention import Mention, actor_code
from dragoman.actors.phrases import POSTED
from dragoman.coding.accords import accord_made
from dragoman.coding.candidates import Candidate
from dragoman.coding.cast import Cast
from dragoman.coding.pointing import other_talks, pointing, points_back, pronoun_object, refers
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.told import COMMENT, DYADIC, HOSTILE, WORDS, Told, stem, stems_of
from dragoman.coding.tree import Tree
from dragoman.language.event_nouns import ANY, event_nouns
from dragoman.language.grammar import Grammar
from dragoman.pages.article import Segment

Choice = tuple[Candidate, list[Filler], list[Filler]]
REMEMBERED = 24  # events back that a noun may point to
ADDRESSED = frozenset({"ACCUSE", "SUPPORT", "REQUEST"})  # comments that always are about somebody
AGAINST = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "REQUEST"})
SPEAKERS = frozenset({None, "GOV", "MIL"})  # who acts for a state, and a junta
DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})  # acts whose author is blamed for them
MOST = 5  # parties that a noun may stand for; more are a list of the page's names
NEAREST = 3  # events back among which one of the page's main states goes before another
LIKELY = 2  # types that a noun for an event means in the first place
RECENT = 6  # events back that a pronoun or a vague noun may point to


class Story:
    """The parties of the events coded so far and the states the page names most. One per article, filled in order."""

    def __init__(self, mentions: Iterable[tuple[Segment, Mention]]) -> None:
        self.political = False  # whether the page is full of states and officials
        self.sentence: Tree | None = None  # the one read last
        self._subject: list[Filler] = []  # whom the sentence before was about
        self._told: list[Told] = []
        self._lead: Told | None = None  # what the page is about
        self._here: dict[int, Told] = {}  # of the sentence being read, by predicate
        self.cast = Cast(mentions)

    def hear(
        self, tree: Tree, candidate: Candidate, sources: Iterable[Filler], targets: Iterable[Filler], real: bool
    ) -> None:
        """Remember an event while its sentence is still being read: "shot down a helicopter and apologised"."""
        words = [i for head in (candidate.index, *candidate.arguments.obj) for i in tree.subtree(head)]
        clause = tree.clause(candidate.index)
        near = [i for i in words if i != candidate.index and tree.clause(i) == clause]
        frame, verb = candidate.frame, stem(tree.tokens[candidate.index].lemma)
        sides = tuple(sources), tuple(targets)
        symmetric = "symmetric" in frame.flags
        stems, verbal = stems_of(tree, near), frame.pos == "v"
        self._here[candidate.index] = Told(frame.type, frame.mode, symmetric, *sides, verb, stems, real, verbal)

    def keep(self, choices: Iterable[Choice], segment: Segment, shift: int) -> None:
        """Keep of what was heard the events that were chosen; their sentence starts at `shift` of its segment."""

        def placed(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
            return tuple(
                f
                if f.elsewhere
                else replace(f, elsewhere=segment.span(f.mention.name_start + shift, f.mention.name_end + shift))
                for f in fillers
            )

        for candidate, sources, targets in choices:
            heard = self._here.get(candidate.index)
            if heard is None:
                continue
            kind, mode = candidate.frame.type, candidate.frame.mode
            event = replace(heard, type=kind, mode=mode, sources=placed(sources), targets=placed(targets))
            self._told.append(event)
            if self._lead is None and event.leads:
                self._lead = event
        self._here.clear()
        del self._told[:-REMEMBERED]

    def _past(self) -> list[Told]:
        """Everything told so far, the latest first, with what the verbs of the sentence being read told."""
        return [*self._told, *(told for told in self._here.values() if told.verbal)][::-1]

    def note_subject(self, tree: Tree, finder: RoleFinder, segment: Segment, shift: int) -> None:
        """Remember whom a sentence is about: the first subject in it that is an actor."""
        for index, token in enumerate(tree.tokens):
            if token.dep != "nsubj":
                continue
            fillers = [f for f in finder.actors_of(index, "subj") if f.mention.form != "suffix"]
            if fillers:
                self._subject = [
                    replace(f, elsewhere=segment.span(f.mention.name_start + shift, f.mention.name_end + shift))
                    for f in fillers
                ]
                return

    def unsaid_subject(self, tree: Tree, candidate: Candidate) -> list[Filler]:
        """The subject of the sentence before, for a finite verb whose own goes without saying (وطالب بالانسحاب)."""
        args, token = candidate.arguments, tree.tokens[candidate.index]
        finite = token.pos == "VERB" and "Person=3" in token.morph and "Voice=Pass" not in token.morph
        if not finite or args.passive or args.subj or "subj" not in candidate.frame.sources:
            return []
        if token.dep in ("acl:relcl", "ccomp", "csubj") and any("nsubj" in t.dep for t in tree.tokens):
            return []
        reason = "subject of the sentence before"
        return [replace(f, actor=f.actor.because(reason), token=-1, how="story") for f in self._subject]

    def the_two(self, tree: Tree, candidate: Candidate, sources: list[Filler]) -> list[Filler]:
        """Both sides of what was told last, for a verb in the dual that names one of them or nobody: واتفقا على …"""
        args, token = candidate.arguments, tree.tokens[candidate.index]
        if token.pos != "VERB" or "Number=Dual" not in token.morph or "subj" not in candidate.frame.sources:
            return sources
        own = {f.actor.country for f in sources}
        if len(own) > 1 or args.passive or (args.subj and not args.inherited):
            return sources
        reason = "one of the two who were told of before"
        for told in self._past()[:NEAREST]:
            sides = {f.actor.country: f for f in told.parties if f.mention.known}
            if len(sides) == 2 and own <= sides.keys():
                return [replace(f, actor=f.actor.because(reason), token=-1, how="story") for f in sides.values()]
        return sources

    def complete(
        self,
        tree: Tree,
        candidate: Candidate,
        sources: list[Filler],
        targets: list[Filler],
        finder: RoleFinder,
        words: Grammar,
    ) -> tuple[list[Filler], list[Filler]]:
        """Fills a target that the sentence leaves to the reader: "welcomed the deal", "expelled four"."""
        frame = candidate.frame
        if not sources and self._unsaid_agent(candidate) and any(f.how == "obj" for f in targets):
            return self._against({f.actor.country for f in targets}), targets
        if not sources and (home := self._at_home(candidate, targets)):
            return home, targets
        if not sources and words["takes-up"] and self._is_lifted(candidate) and (sides := self._lifted_by(targets)):
            return sides
        if "symmetric" in frame.flags and self._leaves_parties_open(tree, candidate, sources, targets):
            return self._parties() or (sources, targets)
        if targets or not sources or not frame.targets:
            return sources, targets
        if accord := accord_made(tree, candidate, words.language):
            return sources, accord.parties({f.actor.country for f in sources})
        third = frame.type == "CONSULT" and "third" in frame.flags
        if third and not other_talks(tree, candidate) and (both := self._parties()):
            mine = {f.actor.country for f in sources}
            return sources, [f for side in both for f in side if f.actor.country not in mine]
        bare = "weak" in frame.flags and not any(not need.forbidden for need in frame.needs)
        if bare and not (self.political and frame.type in COMMENT and refers(tree, candidate)):
            return sources, targets
        if "symmetric" in frame.flags and len(sources) > 1:
            return sources, targets
        if not self.political and not any(f.mention.known for f in sources):
            return sources, targets
        own = {f.actor.country for f in sources}
        if meant := self._meant(tree, candidate, own, words):
            return sources, self._named(meant, "party of what was told before")
        inner = all(place.startswith(("comp", "xsubj")) for place in frame.targets)  # "wished that Iran would …"
        if others := finder.others_named(candidate.arguments, own):  # about them, whatever was told before
            return sources, others[:1] if frame.type in DYADIC | COMMENT and not inner else targets
        at_home = all(f.actor.sector in DOMESTIC for f in sources)  # parties and crowds quarrel with their own state
        dyadic = frame.type in DYADIC and frame.pos == "v" and not inner and not at_home
        if dyadic and (other := self.other_side(own, frame.type in HOSTILE)):
            return sources, other
        needy = bool({"needs-target", "needs-pair"} & frame.flags)
        asks = needy and any(not need.forbidden for need in frame.needs)
        latest = self._latest_others(own, frame.type in HOSTILE)
        alone = len({f.actor.country for f in latest}) == 1  # which of several is meant, nothing tells
        if latest and (points_back(tree, candidate) or (asks and alone)):
            return sources, self._named(latest, "party of what was told before")
        comments = frame.type in ADDRESSED and not needy
        if "symmetric" in frame.flags and finder.set_in(candidate.index) - own:
            comments = False  # "signed a similar deal in Tunisia": with whom, the place rather tells
        if comments and self.political and (meant := self._commented(frame.type, own)):
            return sources, self._named(meant, "party of what the page is about")
        return sources, targets

    def not_themselves(self, candidate: Candidate, sources: list[Filler], finder: RoleFinder) -> list[Filler]:
        """ "They accused Doha …": a pronoun that was taken for Qatar stands for the other side of what was told.

        That side, where a pronoun was read as the very state that is the verb's object; else nobody.
        """
        if candidate.frame.type not in DYADIC | COMMENT or "obj" not in candidate.frame.targets:
            return []
        if not sources or any(f.mention.form != "pronoun" for f in sources):
            return []
        objects = [m for i in candidate.arguments.obj[:1] if (m := finder.mention_at(i)) and m.kind == "state"]
        own = {f.actor.country for f in sources}
        if not objects or not own <= {a.country for m in objects for a in m.actors}:
            return []
        return self.other_side(own, candidate.frame.type in HOSTILE)

    def not_their_own(self, candidate: Candidate, sources: list[Filler], targets: list[Filler]) -> list[Filler]:
        """ "Paris condemned the junta", "Tirana sent the ambassador home": whose, the quarrel says.

        The targets with the country of the other side, where they belong to no country or, by nearness alone, to that
        of the state that acts on them.
        """
        own = {f.actor.country for f in sources if not f.actor.reason.endswith("from context")}
        if candidate.frame.type not in AGAINST or not own or any(f.actor.sector not in SPEAKERS for f in sources):
            return targets
        changed = []
        for filler in targets:
            actor = filler.actor
            near = actor.reason.endswith("from context") and actor.country in own and actor.sector in SPEAKERS
            if not near and not (actor.country is None and actor.office in POSTED):
                changed.append(filler)
                continue
            other = next((f.actor for f in self.other_side(own, hostile=True) if f.actor.kind == "state"), None)
            if other is not None:
                code = actor_code(other.country, actor.sector)
                reason = f"{actor.reason.partition(';')[0]}; the other side of what was told before"
                changed.append(replace(filler, actor=replace(actor, country=other.country, code=code, reason=reason)))
            elif not near:
                changed.append(filler)
        return changed

    def _latest_others(self, own: set[str | None], hostile: bool) -> list[Filler]:
        """The other parties of a recent event, of one with the states that the page names most if there is one."""
        found = [
            [
                f
                # who joins in a quarrel turns against the same side
                for f in (told.targets if hostile and told.type in HOSTILE and told.targets else told.parties)
                if f.actor.country not in own and f.mention.known
            ]
            for told in self._past()[:RECENT]
        ]
        found = [others for others in found if others]
        return next((o for o in found if any(f.actor.country in self.cast.main for f in o)), found[0] if found else [])

    def _commented(self, kind: str, own: set[str | None]) -> list[Filler]:
        """Whom a comment is about that names nothing: "urged restraint", "offered condolences", "was appalled".

        The parties of what the page is about, as long as it still is about them: who did wrong is blamed, who was
        wronged is comforted, both are called upon.
        """
        lead = self._lead
        if lead is None or not any(lead.countries & told.countries for told in self._past()[:RECENT]):
            return []
        if own & lead.countries or lead.type not in HOSTILE or kind not in ("ACCUSE", "SUPPORT"):
            return lead.others(own)
        blamed = next((t.answered(own) for t in self._past()[:RECENT] if t.type == kind == "ACCUSE"), [])
        if blamed or (kind == "ACCUSE" and lead.type not in DEEDS):
            return blamed
        sides = lead.sources if kind == "ACCUSE" else lead.targets
        return [f for f in sides if f.actor.country not in own and f.mention.known]

    def _unsaid_agent(self, candidate: Candidate) -> bool:
        """ "The ambassador was summoned", "the diplomats were expelled": a passive that leaves the state unsaid."""
        frame = candidate.frame
        if frame.type not in ("SANCTION", "ACCUSE") or frame.pos != "v" or not candidate.arguments.passive:
            return False
        return not candidate.arguments.subj and any(need.slot == "obj" and not need.forbidden for need in frame.needs)

    def _at_home(self, candidate: Candidate, targets: list[Filler]) -> list[Filler]:
        """ "The opposition leader was arrested": whom a passive names nobody for, his own state arrested."""
        frame = candidate.frame
        if frame.type != "COERCE" or frame.mode != "arrest" or frame.pos != "v" or not candidate.arguments.passive:
            return []
        country = next((f.actor.country for f in targets if f.how == "obj" and f.actor.country), None)
        if candidate.arguments.subj or country is None or country not in self.cast.states:
            return []
        found = self.cast.states[country]
        return [replace(found, actor=found.actor.because("not named here; the state of whom it concerns"))]

    def _is_lifted(self, candidate: Candidate) -> bool:
        """ "Les sanctions ont été levées", "the embargo was eased": a passive that leaves unsaid who gives way."""
        frame = candidate.frame
        if frame.type != "CONCEDE" or frame.pos != "v" or not candidate.arguments.passive or candidate.arguments.subj:
            return False
        return any(need.slot == "obj" and need.lemmas and not need.forbidden for need in frame.needs)

    def _lifted_by(self, targets: list[Filler]) -> tuple[list[Filler], list[Filler]] | None:
        """Who imposed what is lifted, and on whom: the sides of the latest sanction told, on `targets` where named."""
        freed = {f.actor.country for f in targets}
        for told in self._past():
            if told.type != "SANCTION" or not told.sources or (freed and freed.isdisjoint(told.countries)):
                continue
            reason = "who was told to have imposed it"
            return self._named(told.sources, reason), targets or self._named(told.targets, reason)
        return None

    def _against(self, own: set[str | None]) -> list[Filler]:
        """The other side of what was told last, else the state that the page names most beside `own`."""
        if other := self.other_side(own, hostile=True):
            return other
        for country in self.cast.main:
            if country not in own:
                reason = "not named here; the state that the page names most"
                found = self.cast.states[country]
                return [replace(found, actor=found.actor.because(reason))]
        return []

    def _named(self, fillers: Iterable[Filler], reason: str) -> list[Filler]:
        """The fillers as parties that the sentence itself does not name: each country once, and as a state.

        Whoever spoke for a country before need not be meant now.
        """
        seen: dict[str | None, Filler] = {}
        for filler in fillers:
            country = filler.actor.country
            if country not in seen:
                party = self.cast.states.get(country or "", filler)
                seen[country] = replace(party, actor=party.actor.because(reason), token=-1, how="story")
        return list(seen.values()) if len(seen) <= MOST else []

    def _meant(self, tree: Tree, candidate: Candidate, own: set[str | None], words: Grammar) -> list[Filler]:
        """Whom "it", "the shelling", "the accord", "the claim" involves: the latest event that the words may mean."""
        kind, past = candidate.frame.type, self._past()
        if kind in COMMENT and pronoun_object(tree, candidate):
            return next((others for told in past[:2] if (others := told.answered(own))), [])
        nouns = event_nouns(words.language)
        for index in pointing(tree, candidate):
            lemma = tree.tokens[index].lemma.lower()
            if named := self._same_words(tree, index, own):
                return named
            types = nouns.get(lemma)
            if not types:
                continue
            vague = ANY in types
            pool = [
                told
                for told in (past[:RECENT] if vague else past)
                if (vague or told.type in types) and not (vague and (told.type in WORDS or not told.real))
            ]
            if not vague:
                pool.sort(key=lambda told: told.type not in types[:LIKELY])
            if vague or "ACCUSE" in types:
                pool[:NEAREST] = sorted(pool[:NEAREST], key=self._aside(own))
            if kind == "REJECT":  # a charge is rejected by whom it was made against
                pool.sort(key=lambda told: not own & {f.actor.country for f in told.targets})
            for told in pool:
                joined = told.type == kind and kind in HOSTILE  # "France joined the appeal"
                if others := told.answered(own) if joined else told.involved(own):
                    return others
        return []

    def _aside(self, own: set[str | None]) -> Callable[[Told], bool]:
        """Whether an event is of no state, beside `own`, that the page names most: such come last."""
        main = set(self.cast.main) - own
        return lambda told: main.isdisjoint(told.countries)

    def _same_words(self, tree: Tree, index: int, own: set[str | None]) -> list[Filler]:
        """Who did what a noun repeats: "the suspension" of what was suspended, "the offer of asylum" that was given."""
        noun = stem(tree.tokens[index].lemma)
        about = stems_of(tree, [i for i in tree.subtree(index) if i != index])
        for told in self._past():
            if told.verb is not None and told.verb == noun and (others := told.involved(own)):
                return others
        for told in self._past():
            if noun in told.stems or about & told.stems:
                others = told.answered(own) if told.type in WORDS else told.involved(own)
                if others:
                    return others
        return []

    def _leaves_parties_open(
        self, tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler]
    ) -> bool:
        """ "Prisoners are to be exchanged", "delegations are due to meet": both sides are those of the story."""
        if targets:
            return False
        if not sources:
            args = candidate.arguments
            resumed = any(need.slot == "subj" and not need.forbidden for need in candidate.frame.needs)
            if resumed and candidate.frame.type == "CONSULT":
                return True  # "the talks have resumed"
            return args.passive and bool(args.obj) and tree.tokens[candidate.index].pos == "VERB"
        return all(f.mention.plural and f.actor.reason.endswith("from context") for f in sources)

    def _parties(self) -> tuple[list[Filler], list[Filler]] | None:
        """The two sides of the latest event that two did together, else of the latest that had two."""
        main = set(self.cast.main)
        for pool in ([t for t in self._past() if t.symmetric], self._past()[:RECENT]):
            for told in [*sorted(pool[:NEAREST], key=lambda t: not t.countries <= main), *pool[NEAREST:]]:
                by_country = {f.actor.country: f for f in told.parties if f.mention.known}
                if len(by_country) >= 2:
                    sides = self._named(by_country.values(), "party of what was told before")
                    return sides[:1], sides[1:]
        return None

    def last(self) -> Told | None:
        """The event that the sentence before told last."""
        return self._told[-1] if self._told else None

    def latest(self) -> list[Filler]:
        """The parties of the latest event, for a clause that names no target."""
        reason = "not named here; party of what was told before"
        return [
            replace(f, actor=f.actor.because(reason), token=-1, how="story")
            for f in (self._told[-1].parties if self._told else [])
        ]

    def other_side(self, own: set[str | None], hostile: bool = False) -> list[Filler]:
        """Who the sources were told to be at odds with (`hostile`), or to deal with a moment ago."""
        reason = "not named here; the other side of what was told before"
        if hostile:
            sides = []
            for told in sorted(self._past(), key=lambda told: told.type == "REQUEST"):  # asked is not yet quarrelled
                if told.type in HOSTILE and own & told.countries:
                    facing = told.targets if own & {f.actor.country for f in told.sources} else told.sources
                    sides.append([f for f in facing if f.actor.country not in own and f.mention.known])
            sides = [others for others in sides if others]
            if sides:  # the quarrel with a state that the page is about goes before the latest one
                chief = next((o for o in sides if any(f.actor.country in self.cast.main for f in o)), sides[0])
                return self._named(chief, reason)
        for told in sorted(self._past()[:NEAREST], key=self._aside(own)):
            if own & told.countries:
                others = told.others(own)
                if others:
                    return self._named([f for f in others if f.actor.country in self.cast.main] or others, reason)
        return []
