"""Made-up English news sentences with their trees: the verbs and names of diplomacy that no open treebank holds.

The trees follow UD English-EWT: titles are `nmod:desc` of the name, dates without a preposition are `obl`.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.evaluation.treebank import Tree, Word

FINITE = "Mood=Ind|Number={number}|Person=3|Tense={tense}|VerbForm=Fin"
ITS = "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs"
MODALS = ("will", "would", "could", "must", "may", "should")


@dataclass
class Node:
    """A word with its dependants, those before it and those after it."""

    form: str
    lemma: str
    pos: str
    dep: str = "root"
    morph: str = ""
    before: list[Node] = field(default_factory=list)
    after: list[Node] = field(default_factory=list)

    def tree(self) -> Tree:
        """The sentence that this node is the root of."""
        order: list[tuple[Node, Node]] = []

        def walk(node: Node, head: Node) -> None:
            for child in node.before:
                walk(child, node)
            order.append((node, head))
            for child in node.after:
                walk(child, node)

        walk(self, self)
        index = {id(node): i for i, (node, _) in enumerate(order)}
        return tuple(Word(n.form, n.lemma, n.pos, n.morph, index[id(head)], n.dep) for n, head in order)


class EnglishNews:
    """Draws sentences from word lists; see `configs/en_news.toml`."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        """Read the word lists of `path`; the same `chance` gives the same sentences."""
        lists = tomllib.loads(path.read_text("utf-8"))
        verbs = lists.pop("verbs").strip().splitlines()
        self.words = {name: text.split() for name, text in lists.items()}
        self.verbs = []
        for line in verbs:
            forms, _, frames = line.partition("|")
            self.verbs.append((forms.split(), [frame.split() for frame in frames.split(";")]))
        self.chance = chance

    def sentence(self) -> Tree:
        """A headline or a full sentence."""
        headline = self.chance.random() < 0.4
        root = self.clause(headline)
        if not headline:
            root.after.append(Node(".", ".", "PUNCT", "punct"))
            first = root
            while first.before:
                first = first.before[0]
            first.form = first.form[:1].upper() + first.form[1:]
        elif self.chance.random() < 0.25:
            for word in _all(root):
                if word.pos not in {"ADP", "PART", "CCONJ", "SCONJ", "DET"}:
                    word.form = word.form[:1].upper() + word.form[1:]
        return root.tree()

    def pick(self, name: str) -> str:
        """A word of the list `name`."""
        return self.chance.choice(self.words[name])

    def noun(self, name: str, dep: str, bare: bool, plural: bool | None = None) -> Node:
        """A common-noun phrase with article, adjective or possessor; without article in headlines."""
        lemma = self.pick(name)
        plural = self.chance.random() < 0.5 if plural is None else plural
        form = lemma
        if plural:
            form = lemma[:-1] + "ies" if lemma[-1] == "y" and lemma[-2] not in "aeo" else lemma + "s"
            form = form + "es" if lemma[-1] == "s" else form.replace("sss", "sses")
        node = Node(form, lemma, "NOUN", dep, f"Number={'Plur' if plural else 'Sing'}")
        dice = self.chance.random()
        if dice < 0.3:
            word = self.pick("demonyms")
            node.before.append(Node(word, word, "ADJ", "amod", "Degree=Pos"))
        elif dice < 0.45:
            word = self.pick("adjectives")
            node.before.append(Node(word, word, "ADJ", "amod", "Degree=Pos"))
        elif dice < 0.55 and plural:
            number = self.chance.choice(["two", "three", "10", "12", "several"])
            pos, label = ("ADJ", "amod") if number == "several" else ("NUM", "nummod")
            node.before.append(Node(number, number, pos, label))
        elif dice < 0.68:
            owner = self.actor("nmod:poss", bare)
            owner.after.append(Node("'s", "'s", "PART", "case"))
            node.before.append(owner)
            return node
        elif dice < 0.74:
            node.before.append(Node("its", "its", "PRON", "nmod:poss", ITS))
            return node
        if not bare and (not plural or self.chance.random() < 0.4):
            first = node.before[0].form if node.before else node.form
            article = "the" if plural or self.chance.random() < 0.6 else "an" if first[0].lower() in "aeiou" else "a"
            morph = "Definite=Def|PronType=Art" if article == "the" else "Definite=Ind|PronType=Art"
            node.before.insert(0, Node(article, "the" if article == "the" else "a", "DET", "det", morph))
        return node

    def actor(self, dep: str, bare: bool) -> Node:
        """A state, an organisation or a person by name."""
        dice = self.chance.random()
        if dice < 0.45:
            return self.name(self.pick("countries"), dep)
        if dice < 0.65:
            article = dice > 0.5
            kind = ("articled" if dice > 0.57 else "articled_multiword") if article else "multiword"
            node = self.name(self.pick(kind), dep)
            if article and not bare:
                node.before.insert(0, Node("the", "the", "DET", "det", "Definite=Def|PronType=Art"))
            return node
        last = self.pick("last")
        if dice < 0.8:
            return self.name(last, dep)
        first = self.name(self.pick("first"), dep)
        first.after.append(Node(last, last, "PROPN", "flat", "Number=Sing"))
        if dice < 0.93:
            title = self.name(self.pick("titles"), "nmod:desc")
            if dice < 0.88:
                place = self.pick("demonyms")
                title.before.insert(0, Node(place, place, "ADJ", "amod", "Degree=Pos"))
            node = first if dice < 0.9 else self.name(last, dep)
            node.before.insert(0, title)
            return node
        return first

    def name(self, written: str, dep: str) -> Node:
        """A proper noun; `written` may carry a modifier, as in `North/PROPN/compound_Korea`."""
        modifier, _, head = written.rpartition("_")
        node = Node(head, head, "PROPN", dep, "Number=Sing")
        if modifier:
            form, pos, label = modifier.split("/")
            morph = {"PROPN": "Number=Sing", "ADJ": "Degree=Pos", "VERB": "Tense=Past|VerbForm=Part"}[pos]
            node.before.append(Node(form, "Unite" if pos == "VERB" else form, pos, label, morph))
        return node

    def subject(self, bare: bool) -> tuple[Node, bool]:
        """A subject and whether it is plural: an actor or officials, joined, explained or qualified now and then."""
        dice = self.chance.random()
        if dice < 0.3:
            plural = self.chance.random() < 0.5
            return self.noun("persons", "nsubj", bare, plural), plural
        node = self.actor("nsubj", bare)
        dice = self.chance.random()
        if dice < 0.12:
            other = self.actor("conj", bare)
            comma = bare and self.chance.random() < 0.5
            other.before.insert(0, Node(",", ",", "PUNCT", "punct") if comma else Node("and", "and", "CCONJ", "cc"))
            node.after.append(other)
            return node, True
        if dice < 0.2 and not bare:
            label = self.noun("persons", "appos", False, False)
            label.before.insert(0, Node(",", ",", "PUNCT", "punct"))
            node.after += [label, Node(",", ",", "PUNCT", "punct")]
        elif dice < 0.3 and not bare:
            inner = self.verb("past", False, nested=True)
            inner.dep = "acl:relcl"
            inner.before.insert(0, Node("which", "which", "PRON", "nsubj", "PronType=Rel"))
            inner.before.insert(0, Node(",", ",", "PUNCT", "punct"))
            node.after += [inner, Node(",", ",", "PUNCT", "punct")]
        return node, False

    def time_or_place(self, day: bool = False) -> Node:
        """On Friday, Friday, in January, in Rabat, last week; only the first two where a `day` is wanted."""
        dice = self.chance.random() * (0.35 if day else 1.0)
        if dice < 0.35:
            node = self.name(self.pick("days"), "obl")
            if dice < 0.22:
                node.before.append(Node("on", "on", "ADP", "case"))
            return node
        if dice < 0.75:
            node = self.name(self.pick("months" if dice < 0.45 else "countries"), "obl")
            node.before.append(Node("in", "in", "ADP", "case"))
            return node
        noun = self.chance.choice(["week", "month", "year"])
        node = Node(noun, noun, "NOUN", "obl", "Number=Sing")
        which = self.chance.choice(["this", "last", "next"])
        this = which == "this"
        morph = "Number=Sing|PronType=Dem" if this else "Degree=Pos"
        node.before.append(Node(which, which, "DET" if this else "ADJ", "det" if this else "amod", morph))
        return node

    def verb(self, mode: str, plural: bool, nested: bool = False, bare: bool = False) -> Node:
        """A verb with its complements in one of the modes past, present, perfect, modal, infinitive, passive."""
        forms, frames = self.chance.choice(self.verbs)
        frame = self.chance.choice(frames)
        if mode == "passive":
            while not (frame[0].startswith("o:")):
                forms, frames = self.chance.choice(self.verbs)
                frame = self.chance.choice(frames)
            frame = frame[1:]
        lemma, third, past, participle = forms
        number = "Plur" if plural else "Sing"
        node = Node(past, lemma, "VERB", "root", FINITE.format(number=number, tense="Past"))
        if mode == "present":
            node.form = lemma if plural else third
            node.morph = FINITE.format(number=number, tense="Pres")
        elif mode == "infinitive":
            node.form, node.morph = lemma, "VerbForm=Inf"
            node.before.append(Node("to", "to", "PART", "mark"))
        elif mode == "modal":
            modal = self.chance.choice(MODALS)
            node.form, node.morph = lemma, "VerbForm=Inf"
            node.before.append(Node(modal, modal, "AUX", "aux", "VerbForm=Fin"))
            if self.chance.random() < 0.2:
                node.before.append(Node("not", "not", "PART", "advmod", "Polarity=Neg"))
        elif mode == "perfect":
            node.form, node.morph = participle, "Tense=Past|VerbForm=Part"
            have = "have" if plural else "has"
            node.before.append(Node(have, "have", "AUX", "aux", FINITE.format(number=number, tense="Pres")))
        elif mode == "passive":
            node.form, node.morph = participle, "Tense=Past|VerbForm=Part|Voice=Pass"
            be = "were" if plural else "was"
            if not bare:
                node.before.append(Node(be, "be", "AUX", "aux:pass", FINITE.format(number=number, tense="Past")))
        for part in frame:
            node.after += self.complement(part, nested, bare)
        if mode == "passive" and self.chance.random() < 0.5:
            agent = self.actor("obl:agent", bare)
            agent.before.insert(0, Node("by", "by", "ADP", "case"))
            node.after.append(agent)
        return node

    def complement(self, part: str, nested: bool, bare: bool) -> list[Node]:
        """The dependants that one part of a frame stands for."""
        if part.startswith("o:"):
            return [self.actor("obj", bare) if part == "o:actor" else self.noun(part[2:] + "s", "obj", bare)]
        if part.startswith("p:"):
            thing = self.chance.random() < 0.4 and part[2:] not in {"with", "between", "to"}
            node = self.noun("things", "obl", bare) if thing else self.actor("obl", bare)
            if part == "p:between":
                other = self.actor("conj", bare)
                other.before.insert(0, Node("and", "and", "CCONJ", "cc"))
                node.after.append(other)
            node.before.insert(0, Node(part[2:], part[2:], "ADP", "case"))
            return [node]
        if part == "that" and not nested:
            inner = self.clause(bare, nested=True)
            inner.dep = "ccomp"
            if self.chance.random() < 0.7:
                inner.before.insert(0, Node("that", "that", "SCONJ", "mark"))
            return [inner]
        if part in {"to", "oto"} and not nested:
            inner = self.verb("infinitive", False, nested=True, bare=bare)
            inner.dep = "xcomp"
            return [self.actor("obj", bare), inner] if part == "oto" else [inner]
        return []

    def clause(self, bare: bool, nested: bool = False) -> Node:
        """Subject, verb, complements, and now and then a time or place first, before the verb or last."""
        subject, plural = self.subject(bare)
        modes = ["present", "present", "present", "infinitive", "passive"] if bare else [
            "past", "past", "past", "perfect", "modal", "passive", "present"]  # fmt: skip
        mode = self.chance.choice(modes)
        if mode == "infinitive" and nested:
            mode = "present"
        node = self.verb(mode, plural, nested, bare)
        if mode == "passive":
            subject.dep = "nsubj:pass"
        dice = self.chance.random()
        before_verb = dice < 0.12 and not bare
        if before_verb:
            node.before.insert(0, self.time_or_place(day=True))
        elif dice < 0.5:
            node.after.append(self.time_or_place())
        node.before.insert(0, subject)
        if not nested and not bare and 0.5 < dice < 0.58:
            node.before.insert(0, Node(",", ",", "PUNCT", "punct"))
            node.before.insert(0, self.time_or_place())
        return node


def _all(node: Node) -> list[Node]:
    return [*(w for child in node.before for w in _all(child)), node, *(w for child in node.after for w in _all(child))]
