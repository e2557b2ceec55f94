"""Which frames fire on a parsed sentence, and on which tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.codebook.frames import Frame, FrameIndex
from dragoman.coding.antecedents import antecedents
from dragoman.coding.arguments import Arguments, arguments, copular
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar

POS = {
    "VERB": ("v",),
    "AUX": ("v",),
    "NOUN": ("n",),
    "PROPN": ("n", "v"),
    "ADJ": ("a", "v"),
    "ADV": ("a",),
    "INTJ": ("v", "n"),
}
NOMINAL = frozenset({"csubj", "nsubj", "obj", "obl", "nmod"})  # relations in which a gerund stands for a noun
NAME = "NAME"  # what stands for any proper name in a slot: "rebels captured **Goma**"
TELLING = frozenset({"tell"})  # verbs that report with a clause and ask with an infinitive


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame that fits a predicate: `tokens` are the predicate's own words, `consumed` the words its needs name."""

    index: int
    frame: Frame
    arguments: Arguments
    tokens: tuple[int, ...]
    consumed: tuple[int, ...]


def candidates(
    tree: Tree, frames: FrameIndex, grammar: Grammar, headline: bool, before: Tree | None = None
) -> list[Candidate]:
    """For every predicate the fitting frames, in token order; the caller takes one whose roles can be filled.

    `before` is the sentence before, whose nouns a pronoun may stand for.
    """
    found: list[Candidate] = []
    for index, token in enumerate(tree.tokens):
        letters = POS.get(token.pos, ())
        if not letters or (token.dep == "cop" and tree.tokens[token.head].pos == "ADJ"):  # "is due in …": due, not is
            continue
        args: Arguments | None = None
        slots: dict[str, list[str]] | None = None
        lemma = token.lemma.lower()
        if token.pos == "VERB" and not frames.of(lemma, "v") and (known := frames.verb_of(token.text.lower())):
            lemma = known  # a form whose lemma was guessed wrong ("freed")
        if token.pos == "VERB" and base(token.dep) in NOMINAL and "VerbForm=Ger" in token.morph:
            letters = (*letters, "n")  # "fighting between the two killed dozens"
        if token.pos not in VERBAL and (verb := _mistaken_verb(tree, index, frames, headline)) is not None:
            letters = ("v",)
        else:
            verb = None
        for letter in letters:
            for frame in _possible(frames, verb if verb and letter == "v" else lemma, token.text.lower(), letter):
                if "headline" in frame.flags and not headline:
                    continue
                tokens = _multiword(tree, index, frame)
                if tokens is None:
                    continue
                head = _compound_head(tree, tokens) if letter == "n" else index
                if head != index:
                    found += _compound(tree, head, frame, tokens, grammar)
                    continue
                if args is None:
                    args = (copular if token.dep == "cop" else arguments)(tree, index, grammar)
                if ("no-passive" in frame.flags and args.passive) or _on_itself(tree, index, args, frame, grammar):
                    continue
                if slots is None:
                    slots = slot_lemmas(tree, index, args, grammar)
                    slots["obj"] += [name for i in args.obj for name in antecedents(tree, i, grammar, before)]
                if frame.fits(slots) and not (frame.type == "REQUEST" and _reports(tree, args, frame)):
                    found.append(Candidate(index, frame, args, tokens, _consumed(tree, index, args, frame)))
    return sorted(found, key=lambda c: (c.index, -len(c.tokens)))


def _mistaken_verb(tree: Tree, index: int, frames: FrameIndex, headline: bool) -> str | None:
    """The verb that a word tagged as noun, name or adjective must be: it has a subject or an object."""
    token = tree.tokens[index]
    if not (tree.kids(index, "nsubj", "obj") and not tree.kids(index, "cop")) and not (
        headline and token.pos == "PROPN"
    ):
        return None
    return frames.verb_of(token.text.lower())


def _on_itself(tree: Tree, index: int, args: Arguments, frame: Frame, grammar: Grammar) -> bool:
    """ "Le Maroc s'implique …": one that acts on itself, in the singular, does not do what the verb does to others."""
    if "needs-target" not in frame.flags or frame.targets[:1] != ("obj",) or args.obj or args.passive:
        return False
    reflexive = any(tree.tokens[c].text.lower() in grammar["reflexive"] for c in tree.children[index])
    return reflexive and len(args.subj) == 1 and len(tree.conjuncts(args.subj[0])) == 1


def _compound_head(tree: Tree, tokens: tuple[int, ...]) -> int:
    """The token of a multiword noun that the others hang on: "call" in "phone call"."""
    return next((t for t in tokens if tree.tokens[t].head not in tokens or tree.tokens[t].head == t), tokens[0])


def _compound(tree: Tree, head: int, frame: Frame, tokens: tuple[int, ...], grammar: Grammar) -> list[Candidate]:
    args = arguments(tree, head, grammar)
    if not frame.fits(slot_lemmas(tree, head, args, grammar)):
        return []
    return [Candidate(head, frame, args, tokens, _consumed(tree, head, args, frame))]


def _reports(tree: Tree, args: Arguments, frame: Frame) -> bool:
    """ "Told them that he had …": a finite clause in a past tense is what was said, not what was asked for."""
    if not any(need.slot == "comp" for need in frame.needs) or not args.comp:
        return False
    for clause in args.comp:
        token = tree.tokens[clause]
        auxiliaries = [tree.tokens[c] for c in tree.kids(clause, "aux", "cop")]
        marked = any(tree.tokens[c].pos == "SCONJ" for c in tree.kids(clause, "mark"))
        past = "Tense=Past" in token.morph and "VerbForm=Fin" in token.morph
        if frame.lemma in TELLING and "VerbForm=Fin" in token.morph and tree.kids(clause, "nsubj"):
            past = True  # "told them it endorses the plan": told in any tense
        if not (
            past
            or any(
                "Tense=Past" in a.morph or a.lemma in ("have", "will", "would", "might", "may", "could", "can")
                for a in auxiliaries
            )
        ) or not (marked or tree.kids(clause, "nsubj")):
            return False
        if any(a.lemma in ("should", "must") for a in auxiliaries):
            return False
    return True


def _possible(frames: FrameIndex, lemma: str, form: str, letter: str) -> Iterator[Frame]:
    yield from frames.of(lemma, letter)
    if form != lemma and letter == "n":
        yield from frames.of(form, letter)


def _multiword(tree: Tree, index: int, frame: Frame) -> tuple[int, ...] | None:
    """The tokens of a multiword predicate: particles below a verb, or the neighbours of a noun."""
    if not frame.rest:
        return (index,)
    found = [index]
    tokens = tree.tokens
    for word in frame.rest:
        hit = next(
            (
                c
                for c in tree.children[index]
                if word in (tokens[c].lemma.lower(), tokens[c].text.lower())
                and base(tokens[c].dep)
                in (
                    "compound",
                    "advmod",
                    "obl",
                    "case",
                    "fixed",
                    "mark",
                    "flat",
                    "amod",
                    "xcomp",
                    "expl",
                    "obj",
                    "advcl",
                    "dep",
                    "nmod",
                )
            ),
            None,
        )
        if hit is None:
            following = found[-1] + 1
            if following < len(tokens) and word in (tokens[following].lemma.lower(), tokens[following].text.lower()):
                hit = following
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


def slot_lemmas(tree: Tree, index: int, args: Arguments, grammar: Grammar) -> dict[str, list[str]]:
    """Lemmas of the heads in each slot, coordinated ones and compounds too, as frames' needs name them."""
    relative = [c for c in tree.kids(index, "obj", "nsubj:pass") if "PronType=Rel" in tree.tokens[c].morph]
    slots: dict[str, list[str]] = {
        "obj": _lemmas(tree, args.obj + relative, grammar),  # "…, which Chile denies": what, the whole clause says
        "subj": _lemmas(tree, args.subj, grammar),
        "iobj": _lemmas(tree, args.iobj, grammar),
        "comp": [name for c in args.comp for name in _clause_names(tree, c)],
        "case": [tree.preposition(index)] if tree.preposition(index) else [],
        "mod": [
            tree.tokens[c].lemma.lower()
            for c in tree.kids(index, "amod", "compound", "acl", "advmod", "nummod", "nmod", "flat")
        ]
        + [tree.tokens[c].lemma.lower() for i in args.obj for c in tree.kids(i, "amod") if c > i],
        "obj.poss": [
            tree.tokens[c].lemma.lower() for i in args.obj for c in tree.kids(i, "nmod") if not tree.preposition(c)
        ],
    }
    for preposition, indices in args.oblique.items():
        name = preposition.removeprefix("obj.")
        slots.setdefault(name, []).extend(_lemmas(tree, indices, grammar))
        if name != preposition:
            slots.setdefault(preposition, []).extend(_lemmas(tree, indices, grammar))
    return slots


def _clause_names(tree: Tree, index: int) -> list[str]:
    """The names of a clause that a need may ask for: its head, also with an auxiliary before it, or its object or
    adverb behind it (`would_strike`, `break_truce`)."""
    head = tree.tokens[index].lemma.lower()
    before = [f"{tree.tokens[c].lemma.lower()}_{head}" for c in tree.kids(index, "aux")]
    behind = [f"{head}_{tree.tokens[c].lemma.lower()}" for c in tree.kids(index, "obj", "advmod", "compound:prt")]
    return [head, *before, *behind]


def _lemmas(tree: Tree, indices: list[int], grammar: Grammar) -> list[str]:
    found = []
    for index in indices:
        for i in tree.conjuncts(index):
            token = tree.tokens[i]
            found.append(token.lemma.lower())
            if token.pos == "NOUN" and "Number=Plur" in token.morph and token.lemma.lower() == token.text.lower():
                found.append(token.lemma.lower().removesuffix("s"))  # a plural that is its own lemma: "troops"
            if token.pos == "PROPN":
                found += [NAME, token.lemma.lower().removesuffix("s")]  # "scrambled F-16s"
            if token.pos == "PROPN":
                found.append(token.text.lower())  # a name whose lemma is another's that stood in for it: "NATO"
            if token.lemma != token.text and " " in token.text:  # a phrase kept whole: its own words count
                for word in token.text.lower().replace("-", " ").split():
                    word = word.strip(",.")
                    found += [word, word.removesuffix("s"), *([f"{word[:-3]}y"] if word.endswith("ies") else [])]
            if token.pos in ("NOUN", "PROPN"):
                compounds = [tree.tokens[c].lemma.lower() for c in tree.kids(i, "compound")]
                if compounds:
                    found.append("_".join([*compounds, token.lemma.lower()]))
                for c in tree.kids(i, "amod"):
                    pair = (tree.tokens[c].lemma.lower(), token.lemma.lower())
                    found.append("_".join(pair if c < i else pair[::-1]))
            # "a series of talks", "two rounds of negotiations": the content stands under "of"
            if token.lemma.lower() in grammar["part"]:
                found.extend(tree.tokens[c].lemma.lower() for c in tree.kids(i, "nmod"))
    return found


def _consumed(tree: Tree, index: int, args: Arguments, frame: Frame) -> tuple[int, ...]:
    """Tokens named by the frame's needs: the noun of a light verb must not fire a second time."""
    taken: list[int] = []
    for need in frame.needs:
        if need.forbidden or not need.lemmas:
            continue
        pool: list[int] = []
        if need.slot in ("obj", "subj", "iobj"):
            pool = getattr(args, need.slot)
        elif need.slot == "comp":
            pool = args.comp
        elif need.slot == "mod":
            pool = tree.children[index]
        else:
            pool = [*args.oblique.get(need.slot, []), *args.oblique.get(f"obj.{need.slot}", [])]
        for i in pool:
            for j in tree.conjuncts(i):
                lemma = tree.tokens[j].lemma.lower()
                if any(lemma == value or (value[-1] == "*" and lemma.startswith(value[:-1])) for value in need.lemmas):
                    taken.append(j)
    return tuple(taken)
