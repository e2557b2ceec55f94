"""Where an event happened: the place its own clause names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.actors.mention import Actor, Mention
from dragoman.actors.phrases import POSTED
from dragoman.actors.registry import Registry
from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import Place
from dragoman.coding.roles import Filler
from dragoman.coding.tree import Tree
from dragoman.language.grammar import Grammar

OTHER_ACTS = frozenset({"advcl", "acl:relcl", "ccomp", "conj", "parataxis"})  # clauses that tell of another act
SPEECH = frozenset(
    {"CONSULT", "AGREE", "ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN"}
)  # acts of the word, on what is elsewhere
PLACE_KINDS = frozenset({"capital", "seat", "state"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place named in a sentence, at the token where it stands."""

    token: int
    place: Place
    kind: str


def place_names(
    registry: Registry, tree: Tree, language: str, dated: Sequence[tuple[int, int]] = ()
) -> list[PlaceName]:
    """Every place a sentence names: cities, capitals, palaces, countries; none inside a date (`dated`: "March"), and no
    town of one country that is called like another country: "Mali" is Mali, not a town in China.
    """
    text = tree.sentence.text
    starts = {i: (t.start, t.end) for i, t in enumerate(tree.tokens)}

    def token_at(start: int) -> int | None:
        return next((i for i, (a, b) in starts.items() if a <= start < b), None)

    found: dict[int, PlaceName] = {}
    names = list(registry.find(text, language))
    states = {(n.start, n.end): n.ids[0] for n in names if n.kind == "state"}
    for match in registry.places(text, language):
        token = token_at(match.start)
        best = match.places[0]
        if states.get((match.start, match.end), best.country) != best.country:
            continue
        inside = any(
            n.kind in ("seat", "organisation", "person")
            and n.start <= match.start
            and match.end <= n.end
            and (n.kind != "person" or n.end - n.start > match.end - match.start)
            for n in names
        )
        inside = inside or any(a <= match.start < b for a, b in dated)
        if token is not None and not inside:  # "البيت الأبيض" is not the town of that name
            found[token] = PlaceName(
                token, Place(best.name, best.country, best.latitude, best.longitude, match.start, match.end), "place"
            )
    for name in names:
        if name.kind in PLACE_KINDS and (token := token_at(name.start)) is not None and token not in found:
            place = Place(text[name.start : name.end], name.ids[0], None, None, name.start, name.end)
            found[token] = PlaceName(token, place, name.kind)
    return list(found.values())


def town_mentions(names: list[PlaceName]) -> dict[int, Mention]:
    """Towns as mentions of their country, by token: where a visit goes, what a bomb hits."""
    found: dict[int, Mention] = {}
    for name in names:
        place = name.place
        if name.kind == "place" and place.country and place.start is not None and place.end is not None:
            actor = Actor(
                place.country,
                "state",
                place.country,
                None,
                place.country,
                reason=f"{place.name} lies in {place.country}",
            )
            found[name.token] = Mention(place.start, place.end, place.start, place.end, (actor,), "place", "place")
    return found


def _word_before(tree: Tree, place: Place, words: Grammar) -> str:
    """The word before a place that stands inside a longer name ("the parliament in Yerevan"), articles left out."""
    before = tree.sentence.text[: place.start or 0].lower().replace("’", "'").split()
    while before and before[-1] in words["article"]:
        before.pop()
    return before[-1] if before else ""


def host_place(candidate: Candidate, sources: Sequence[Filler], targets: Sequence[Filler]) -> Place | None:
    """Where a visit takes place that names no place: at the host's."""
    if candidate.frame.mode != "visit":
        return None
    hosts = sources if candidate.frame.cameo == "043" else targets if candidate.frame.cameo == "042" else ()
    for filler in hosts:
        country = filler.actor.country
        if country and len(country) == 3 and country.isalpha():
            return Place(country, country)
    return None


def home_place(candidate: Candidate, sources: Sequence[Filler], targets: Sequence[Filler]) -> Place | None:
    """Where an act takes place that by its nature has a place and names none.

    People protest and resign at home, a state arrests, expels and summons at home; land is attacked and left by troops
    where it lies.
    """
    frame = candidate.frame
    summoned = frame.type == "ACCUSE" and any(f.actor.office in POSTED and f.how.startswith("obj") for f in targets)
    if sources and (frame.mode == "expel" or summoned):
        return _country(sources[0])
    countries = {f.actor.country for f in (*sources, *targets)}
    at_home = frame.type == "PROTEST" or frame.mode in ("resign", "martial-law", "curfew", "censor", "arrest")
    if at_home and sources and (len(countries) == 1 or frame.type == "PROTEST" or frame.mode == "arrest"):
        return _country(sources[0])
    on_their_land = frame.type == "ASSAULT" or (frame.type, frame.mode) == ("RETREAT", "withdraw")
    if on_their_land and len(countries) > 1 and targets and targets[0].how != "story":
        land = [f for f in targets if f.actor.sector in (None, "CVL") and f.actor.name is None]
        return _country(land[0]) if land else None
    return None


def _inside_matter(tree: Tree, place: int, predicate: int) -> bool:
    """Whether a place hangs on an infinitive below the predicate, and so belongs to what the act is about."""
    for ancestor in tree.ancestors(place):
        if ancestor == predicate:
            return False
        token = tree.tokens[ancestor]
        if "VerbForm=Inf" in token.morph and token.dep.startswith("acl"):
            return True
    return False


def _country(filler: Filler) -> Place | None:
    country = filler.actor.country
    return Place(country, country) if country and len(country) == 3 and country.isalpha() else None


def place_of(tree: Tree, candidate: Candidate, names: list[PlaceName], words: Grammar) -> Place | None:
    """The nearest place behind a locative preposition in the predicate's clause; a visit's own destination."""
    clause = tree.clause(candidate.index)
    best: tuple[float, Place] | None = None
    for name in names:
        head = name.token
        while tree.tokens[head].head != head and (
            tree.tokens[head].dep in ("flat", "compound", "appos")
            or (tree.tokens[head].dep == "nmod" and name.kind != "state" and not tree.preposition(head))
        ):
            head = tree.tokens[head].head  # "in Aleppo airport", "في مطار حلب"
        preposition = tree.preposition(head) or _word_before(tree, name.place, words)
        titled = "NameType=Prs" in tree.tokens[name.token].morph  # "received the emir of Qatar": not in Qatar
        bound = candidate.frame.mode == "visit" and (
            preposition in words["directional"] or (head in candidate.arguments.obj and not titled)
        )
        if not bound and preposition not in words["locative"]:
            continue
        rank = 1.0
        lower = tree.clause(head)
        if tree.is_under(head, candidate.index):
            if lower != clause and tree.tokens[lower].dep in OTHER_ACTS:
                continue  # "broke off relations after a crowd stormed its embassy in Tehran"
            if candidate.frame.type in SPEECH and _inside_matter(tree, head, candidate.index):
                continue  # "stressed the importance of restoring calm in Gaza"
            rank += 1
        elif lower == clause:
            rank += 0.6
        elif tree.is_under(clause, lower):
            if tree.tokens[head].dep == "nmod" and tree.tokens[clause].dep == "acl:relcl":
                continue  # "his colleague in Beijing was called in the night she arrived"
            rank += 0.3
        elif len(names) > 1:
            continue
        if name.kind == "state":
            rank -= 0.3
        if best is None or rank > best[0]:
            best = (rank, name.place)
    return best[1] if best else None
