"""What a sentence leaves to the reader, filled in from what its article has told: "the deal" finds its parties and
"expelled four" its target.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.actors.memory import DOMESTIC
from dragoman.actors.mention import actor_code
from dragoman.actors.phrases import POSTED
from dragoman.coding.accords import accord_made
from dragoman.coding.candidates import Candidate
from dragoman.coding.past import NEAREST, RECENT, Past
from dragoman.coding.pointing import other_talks, pointing, points_back, pronoun_object, refers
from dragoman.coding.roles import Filler, RoleFinder
from dragoman.coding.told import COMMENT, DYADIC, HOSTILE, WORDS, stem, stems_of, together
from dragoman.coding.tree import Tree
from dragoman.language.event_nouns import ANY, event_nouns
from dragoman.language.grammar import Grammar

ADDRESSED = frozenset({"ACCUSE", "SUPPORT", "REQUEST"})  # comments that always are about somebody
AGAINST = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "REQUEST"})
SPEAKERS = frozenset({None, "GOV", "MIL"})  # who acts for a state, and a junta
RULERS = SPEAKERS | {"COP", "JUD"}  # who may arrest
DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})  # acts whose author is blamed for them
LIKELY = 2  # types that a noun for an event means in the first place


class Story(Past):
    """Completes the sources and targets of a sentence by the events that were told before it."""

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
        if not sources and (doers := self._same_doers(tree, candidate, targets)):
            return doers, targets
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
        if together(frame, own):
            return sources, targets
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

    def _same_doers(self, tree: Tree, candidate: Candidate, targets: list[Filler]) -> list[Filler]:
        """ "The generals crushed a march. Three Canadians were arrested": by the subject of the sentence before."""
        if candidate.frame.type != "COERCE" or not candidate.arguments.passive or candidate.arguments.subj:
            return []
        if tree.tokens[candidate.index].dep.lower() != "root":
            return []
        doers = {f.actor.country for f in self._subject if f.mention.known and f.actor.sector in RULERS}
        last = self.last()
        if last is None or not doers or not doers <= {f.actor.country for f in last.sources}:
            return []
        hit = {f.actor.country for f in targets if f.how == "obj" and f.mention.known}
        reason = "subject of the sentence before"
        found = [replace(f, actor=f.actor.because(reason), token=-1, how="story") for f in self._subject]
        return found if hit and hit.isdisjoint(doers) else []

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

    def _meant(self, tree: Tree, candidate: Candidate, own: set[str | None], words: Grammar) -> list[Filler]:
        """Whom "it", "the shelling", "the accord", "the claim" involves: the latest event that the words may mean."""
        kind, past = candidate.frame.type, self._past()
        if kind in COMMENT and pronoun_object(tree, candidate):
            denies = tree.tokens[candidate.index].lemma.lower() in words["denying"]
            if kind == "REJECT" and (accusers := self._accusers(own, denies)):
                return accusers
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
            if (
                "ACCUSE" in types
                and not vague
                and kind in ("REJECT", "ACCUSE")
                and (accusers := self._accusers(own, True))
            ):
                return accusers
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
