"""Which of the fitting frames a predicate gets, and which predicates tell of an event at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.coding.acts import open_occasion
from dragoman.coding.candidates import Candidate
from dragoman.coding.roles import MUTUAL, Filler, RoleFinder
from dragoman.coding.sighting import Sight
from dragoman.coding.status import status_of
from dragoman.coding.story import Story
from dragoman.coding.telling import DEEDS, tells
from dragoman.coding.told import COMMENT, DYADIC
from dragoman.coding.tree import Tree, base
from dragoman.language.grammar import Grammar

ABROAD = frozenset({"SANCTION"})  # acts that hit another state, though one's own officials carry them out
EMBEDDING = frozenset({"ACCUSE", "REQUEST", "AGREE", "THREATEN", "REJECT"})
Choice = tuple[Candidate, list[Filler], list[Filler]]
STATELY = frozenset({"GOV", "MIL", "REB", "UAF", "COP", "LEG", "JUD", "SPY"})  # who wields power or arms
MENDABLE = frozenset({"no target", "no other", "not political", "nobody known", "no source", "source only seen"})


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A reading of a predicate that its frame alone does not allow, and what speaks against it."""

    choice: Choice
    doubts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The readings of a sentence's predicates: those that stand, and doubtful ones of predicates that have no other."""

    sure: list[Choice]
    doubtful: list[Doubtful]


def choose(
    tree: Tree,
    found: list[Candidate],
    finder: RoleFinder,
    story: Story,
    words: Grammar,
    headline: bool = False,
    sight: Sight | None = None,
) -> Chosen:
    """One frame per predicate: the most specific whose roles can be filled; nested and consumed ones dropped.

    `sight` fills the roles that the sentence's tree and the story leave open.
    """
    best: dict[int, Choice] = {}
    doubtful: dict[int, Doubtful] = {}
    read: dict[int, str] = {}  # the type that the most demanding frame of a noun gives it, filled or not
    for candidate in sorted(
        found, key=lambda c: (c.index, -len(c.tokens), -_demands(c), -_filled(c), "weak" in c.frame.flags)
    ):
        if candidate.index in best or read.get(candidate.index, candidate.frame.type) != candidate.frame.type:
            continue
        if candidate.frame.pos == "n" and _demands(candidate):
            read[candidate.index] = candidate.frame.type
        sources, targets = finder.fill(candidate.index, candidate.arguments, candidate.frame)
        if not sources and (parties := open_occasion(tree, candidate, finder, words)):
            sources = parties
        if not sources and words["unsaid-subject"]:
            sources = story.unsaid_subject(tree, candidate)
        sources = story.the_two(tree, candidate, sources)
        if others := story.not_themselves(candidate, sources, finder):
            sources, targets = others, finder.actors_of(candidate.arguments.obj[0], "obj")
        targets = story.not_their_own(candidate, sources, targets)
        named = bool(targets) and candidate.frame.type not in ABROAD
        targets = _others(sources, targets, candidate.frame.type)
        targets = targets or _other_of_two(candidate, sources)
        if targets or not named:  # where the sentence names somebody, however read, the story has no say
            sources, targets = story.complete(tree, candidate, sources, targets, finder, words)
            targets = _others(sources, targets, candidate.frame.type)
        looked_up: frozenset[str] = frozenset()
        if sight is not None:
            sources, targets, looked_up = sight.completed(tree, candidate, sources, targets, finder)
            targets = _others(sources, targets, candidate.frame.type)
        doubts = objections(tree, candidate, sources, targets) | looked_up
        if not doubts <= MENDABLE or not tells(tree, candidate, sources, targets, words, headline):
            continue
        if doubts:
            if candidate.index not in doubtful and not headline:
                doubtful[candidate.index] = Doubtful((candidate, sources, targets), doubts)
            continue
        best[candidate.index] = (candidate, sources, targets)
        real = status_of(tree, candidate, words).status not in ("hypothetical", "negated")
        story.hear(tree, candidate, sources, targets, real)
    consumed = {t for c, _, _ in best.values() for t in (*c.consumed, *c.tokens[1:])}
    kept = {i: v for i, v in best.items() if i not in consumed and not _shown_by_act(v, best)}
    sure = [v for i, v in sorted(kept.items()) if not _embedded(tree, i, kept, words)]
    left = [
        d
        for i, d in sorted(doubtful.items())
        if i not in best and i not in consumed and not _embedded(tree, i, kept, words)
    ]
    return Chosen(sure, left)


def objections(tree: Tree, candidate: Candidate, sources: list[Filler], targets: list[Filler]) -> frozenset[str]:
    """What speaks against reading a predicate so; those of `MENDABLE` may be outweighed by other signs."""
    flags = candidate.frame.flags
    token = tree.tokens[candidate.index]
    if (
        token.dep == "amod"
        and token.pos in ("VERB", "ADJ")
        and candidate.frame.pos == "v"
        and not candidate.arguments.oblique
    ):
        return frozenset({"attribute"})  # "a negotiated solution" tells of no event
    if _in_name(tree, candidate.index):
        return frozenset({"part of a name"})
    if not sources and not targets:
        return frozenset({"nobody"})
    found = set()
    symmetric = "symmetric" in flags
    if not sources and not (symmetric and len(targets) > 1) and not _suffered(tree, candidate, targets):
        found.add("no source")
    violent = candidate.frame.type in DEEDS and any(f.mention.known for f in targets)
    if not violent and not any(f.mention.known or f.mention.kind == "person" for f in sources or targets):
        found.add("nobody known")
    nobody = not any(f.mention.known for f in sources)  # a name that the registry does not know, of no country
    if nobody and sources and candidate.frame.type not in COMMENT and all(f.how == "story" for f in targets):
        found.add("nobody known")
    met = symmetric and len({f.actor.country for f in sources}) > 1  # "the German and Dutch ministers met"
    if ("needs-target" in flags or ("needs-pair" in flags and not met)) and not targets:
        found.add("no target")
    if "weak" in flags and not met:
        specific = candidate.frame.pos == "v" and any(
            not need.forbidden and need.lemmas for need in candidate.frame.needs
        )
        if not (targets or specific):
            found.add("no target")
        if not _political(sources) or (targets and not _political(targets)):
            found.add("not political")
    met = candidate.frame.type == "CONSULT" and candidate.frame.mode is None and "weak" in flags
    if met and candidate.frame.pos == "v" and targets and all(f.how.startswith("obj›nmod:poss") for f in targets):
        found.add("nobody met")  # "hoped to see the envoy's appointment"
    if token.pos in ("NOUN", "PROPN") and symmetric and len(sources) + len(targets) < 2:
        found.add("no other")
    return frozenset(found)


def _suffered(tree: Tree, candidate: Candidate, targets: list[Filler]) -> bool:
    """Whether violence, arrest or a penalty is told of a known victim with no word of who did it: "X was shot"."""
    frame = candidate.frame
    if not any(f.mention.known for f in targets):
        return False
    if frame.type == "SANCTION":  # "was suspended from the league"
        return candidate.arguments.passive and _demands(candidate) > 0 and targets[0].how == "obj"
    if frame.type not in ("ASSAULT", "COERCE"):
        return False
    if frame.pos == "v":
        if "weak" in frame.flags:
            return False
        weapon = any(need.slot == "subj" and need.lemmas for need in frame.needs)  # "a bomb killed …"
        if weapon and not candidate.arguments.inherited:
            return targets[0].how.startswith("obj") or not candidate.arguments.obj  # "shells fell on the port"
        suffers = "obj" if candidate.arguments.passive else "subj" if "subj" in frame.targets else None
        return suffers is not None and targets[0].how.startswith(suffers)  # "soldiers died in an ambush"
    # a noun tells of an event of its own where it has its own place or day: "the attack on its plants in 2019"
    return bool(tree.kids(candidate.index, "nmod")) and any(
        tree.tokens[c].pos in ("NUM", "PROPN") and all(f.token != c for f in targets)
        for c in tree.kids(candidate.index, "nmod", "obl")
    )


def _demands(candidate: Candidate) -> int:
    """How many words a frame asks for: the more, the surer its reading."""
    return sum(not need.forbidden and bool(need.lemmas) for need in candidate.frame.needs)


def _filled(candidate: Candidate) -> bool:
    """Whether a frame asks for a phrase of any content ("protested to …"): surer than one that asks for nothing."""
    return any(not need.forbidden and not need.lemmas for need in candidate.frame.needs)


def _in_name(tree: Tree, index: int) -> bool:
    """Whether a predicate is a capitalised word inside a proper name ("the Extended Strategic Partnership")."""

    def capital(i: int) -> bool:
        return (
            0 <= i < len(tree.tokens)
            and tree.tokens[i].text[:1].isupper()
            and tree.tokens[i].lemma == tree.tokens[i].lemma.lower()
        ) or (
            0 <= i < len(tree.tokens)
            and tree.tokens[i].text[:1].isupper()
            and tree.tokens[i].pos == "PROPN"
            and " " not in tree.tokens[i].text
        )

    lower = sum(t.text[:1].islower() for t in tree.tokens)
    if index == 0 or lower < len(tree.tokens) * 0.4 or not tree.tokens[index].text[:1].isupper():
        return False
    return (capital(index - 1) and index > 1) or capital(index + 1)


def _other_of_two(candidate: Candidate, sources: list[Filler]) -> list[Filler]:
    """Whom "the former" acts against that names nobody: the other of the two."""
    if candidate.frame.type not in DYADIC or len(sources) != 1 or (other := sources[0].mention.other) is None:
        return []
    return [replace(sources[0], actor=other.because("the other of the two"), token=-1, how="story")]


def _others(sources: list[Filler], targets: list[Filler], kind: str) -> list[Filler]:
    """Targets that are not the sources themselves: "said the US will …" does not accuse the US."""
    own = {f.actor.country for f in sources}
    codes = {f.actor.code for f in sources}
    if kind in ABROAD:  # "called its envoy home": one's own people are not whom it is done to
        targets = [
            f for f in targets if f.how == MUTUAL or f.actor.country not in own or f.actor.sector not in ("GOV", None)
        ]
    return [
        f
        for f in targets
        if f.how == MUTUAL
        or (
            f.actor.code not in codes
            and not (f.actor.country in own and f.actor.kind == "state" and f.actor.sector is None)
        )
        or (f.actor.name is not None and all(f.actor.id != s.actor.id for s in sources))
    ]


def _political(fillers: list[Filler]) -> bool:
    return any(
        f.actor.kind in ("state", "organisation", "person", "role") or f.actor.sector in ("GOV", "MIL", "REB")
        for f in fillers
    )


def _shown_by_act(choice: Choice, best: dict[int, Choice]) -> bool:
    """ "A call between the two underlined their commitment": the call is the act; a summit may speak."""
    candidate, sources, _ = choice
    acts = {best[i][0].frame.mode for i in candidate.arguments.subj if i in best} & {"phone", "visit"}
    return candidate.frame.type in COMMENT and bool(acts) and all(f.how.startswith("subj›") for f in sources)


def _embedded(tree: Tree, index: int, kept: dict[int, Choice], words: Grammar) -> bool:
    """Whether the predicate stands in what another one asks for, promises, threatens or refuses; not where it names
    the occasion of it: "agreed **at a summit** to withdraw", "threatened reprisals **after the arrest** of its envoy".
    """
    talks = index in kept and kept[index][0].frame.type == "CONSULT"
    below = index
    for ancestor in tree.ancestors(index):
        dep, morph = tree.tokens[below].dep, tree.tokens[below].morph
        named = tree.tokens[below].lemma.lower() in words["occasion-noun"]  # "a l'**issue** d'un sommet"
        occasion = base(dep) == "obl" and (named or tree.preposition(below) in words["occasion"])
        fronted = base(dep) == "obl" and below < ancestor  # "**en visite à** Niamey, il a exigé …"
        if talks and (occasion or fronted):
            return False
        if dep in ("acl:relcl", "parataxis") or (base(dep) == "advcl" and "VerbForm=Inf" not in morph):
            return False
        if dep == "acl" and "Tense=Past" in morph and "VerbForm=Part" in morph:
            return False  # "called for the release of the men seized by Peru": they are seized
        if ancestor in kept and (dep != "conj" or "VerbForm=Inf" in tree.tokens[below].morph):
            outer = kept[ancestor][0]
            if outer.frame.type == "REJECT" and below < ancestor and not tree.kids(below, "mark"):
                return False  # "Peru accused Chile of …, a charge Santiago denies"
            if occasion:
                return False
            if outer.frame.type in EMBEDDING and below not in outer.arguments.subj:
                return True
            if outer.frame.type == "CONCEDE" and below in outer.arguments.comp:
                return True  # "apologised for entering …": what is regretted
        below = ancestor
    return False
