"""Made-up French news sentences with their trees, for words of diplomacy that no open treebank holds.

The trees follow UD French-Sequoia with du, des, au and aux as one token; see `configs/fr_news.toml`.
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

from newsgrammar import Node

from dragoman.evaluation.treebank import Tree

PRESENT = "Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin"
CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
OPEN_VOWEL = "aeiouyéèêâîôûœh"


def starts_with_vowel(word: str) -> bool:
    """Whether le, la, de and que are elided before `word`."""
    return word[0].lower() in OPEN_VOWEL and word.lower() not in {"haïti", "hamas", "hezbollah", "hongrie"}


class FrenchNews:
    """Draws sentences from word lists."""

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

    def pick(self, name: str) -> str:
        """A word of the list `name`."""
        return self.chance.choice(self.words[name])

    def sentence(self) -> Tree:
        """A sentence, without full stop where it is a headline."""
        root = self.clause(False)
        if self.chance.random() < 0.65:
            root.after.append(Node(".", ".", "PUNCT", "punct"))
        first = root
        while first.before:
            first = first.before[0]
        first.form = first.form[:1].upper() + first.form[1:]
        return root.tree()

    def article(self, node: Node, gender: str, number: str, definite: bool = True) -> None:
        """Put the article before `node`."""
        after = node.before[0].form if node.before else node.form
        if number == "Plur":
            form = "les" if definite else "des"
        elif definite and starts_with_vowel(after):
            form = "l'"
        elif definite:
            form = "la" if gender == "Fem" else "le"
        else:
            form = "une" if gender == "Fem" else "un"
        marks = [f"Definite={'Def' if definite else 'Ind'}"]
        if form not in {"l'", "les", "des"}:
            marks.append(f"Gender={gender}")
        morph = "|".join([*marks, f"Number={number}", "PronType=Art"])
        node.before.insert(0, Node(form, "le" if definite else "un", "DET", "det", morph))

    def case(self, node: Node, preposition: str) -> Node:
        """Put a preposition before `node`, contracted with its article or elided."""
        first = node.before[0] if node.before else node
        joined = CONTRACTED.get((preposition, first.form)) if first.pos == "DET" and first.dep == "det" else None
        if joined is not None:
            node.before[0] = Node(joined, preposition, "ADP", "case")
        else:
            form = "d'" if preposition == "de" and starts_with_vowel(first.form) else preposition
            node.before.insert(0, Node(form, preposition, "ADP", "case"))
        return node

    def actor(self, dep: str) -> tuple[Node, str, str]:
        """A state, a capital or a person, with gender and number."""
        dice = self.chance.random()
        if dice < 0.5:
            kind = "feminine" if dice < 0.15 else "masculine" if dice < 0.3 else "elided" if dice < 0.43 else "plural"
            form, _, mark = self.pick(kind).partition("/")
            gender = mark or ("Fem" if kind == "feminine" else "Masc")
            number = "Plur" if kind == "plural" else "Sing"
            node = Node(form, form, "PROPN", dep, f"Gender={gender}|Number={number}")
            self.article(node, gender, number)
            return node, gender, number
        if dice < 0.65:
            form = self.pick("bare")
            return Node(form, form, "PROPN", dep), "Masc", "Sing"
        last = self.pick("last")
        person = Node(last, last, "PROPN", dep)
        if dice < 0.85:
            first = self.pick("first")
            person = Node(first, first, "PROPN", dep, after=[Node(last, last, "PROPN", "flat")])
        if dice < 0.75:
            return person, "Masc", "Sing"
        person.dep = "nmod"
        if self.chance.random() < 0.4:
            return Node("M.", "monsieur", "NOUN", dep, "Gender=Masc|Number=Sing", after=[person]), "Masc", "Sing"
        form, _, gender = self.pick("titles").partition("/")
        node = Node(form, form, "NOUN", dep, f"Gender={gender}|Number=Sing", after=[person])
        if self.chance.random() < 0.5:
            node.after.insert(0, self.adjective(gender, "Sing"))
        self.article(node, gender, "Sing")
        return node, gender, "Sing"

    def adjective(self, gender: str, number: str) -> Node:
        """An adjective that agrees."""
        masculine, _, feminine = self.pick("adjectives").partition("/")
        form = feminine if gender == "Fem" else masculine
        if number == "Plur" and form[-1] not in "sx":
            form = form[:-2] + "aux" if form.endswith("al") else form + "s"
        return Node(form, masculine, "ADJ", "amod", f"Gender={gender}|Number={number}")

    def noun(self, name: str, dep: str) -> tuple[Node, str, str]:
        """A common-noun phrase with article or numeral, adjective or complement."""
        singular, plural, gender = self.pick(name).split("/")
        number = "Plur" if self.chance.random() < 0.45 else "Sing"
        form = plural if number == "Plur" else singular
        node = Node(form, singular, "NOUN", dep, f"Gender={gender}|Number={number}")
        dice = self.chance.random()
        if dice < 0.45:
            node.after.append(self.adjective(gender, number))
        elif dice < 0.65:
            node.after.append(self.case(self.actor("nmod")[0], "de"))
        elif dice < 0.72 and name == "things":
            node.after.append(self.case(self.actor("nmod")[0], self.chance.choice(["avec", "contre", "entre", "sur"])))
        if number == "Plur" and self.chance.random() < 0.25:
            count = self.chance.choice(["deux", "trois", "dix", "12"])
            node.before.append(Node(count, count, "NUM", "nummod"))
        elif self.chance.random() < 0.12:
            form = "ses" if number == "Plur" else "sa" if gender == "Fem" and not starts_with_vowel(form) else "son"
            node.before.append(Node(form, "son", "DET", "det", f"Number={number}|Poss=Yes|PronType=Prs"))
        else:
            self.article(node, gender, number, self.chance.random() < 0.65)
        return node, gender, number

    def when_or_where(self) -> Node:
        """mardi, en janvier, à Rabat."""
        dice = self.chance.random()
        if dice < 0.5:
            day = self.pick("days")
            return Node(day, day, "NOUN", "obl", "Gender=Masc|Number=Sing")
        if dice < 0.65:
            month = self.pick("months")
            return self.case(Node(month, month, "NOUN", "obl", "Gender=Masc|Number=Sing"), "en")
        place = self.pick("bare")
        return self.case(Node(place, place, "PROPN", "obl"), "à")

    def clause(self, nested: bool) -> Node:
        """Subject, verb in present, passé composé or passive, complements."""
        actor = self.chance.random() < 0.7
        subject, gender, number = self.actor("nsubj") if actor else self.noun("persons", "nsubj")
        if actor and self.chance.random() < 0.1:
            other = self.actor("conj")[0]
            other.before.insert(0, Node("et", "et", "CCONJ", "cc"))
            subject.after.append(other)
            gender, number = "Masc", "Plur"
        elif actor and not nested and self.chance.random() < 0.08:
            label = self.noun("persons", "appos")[0]
            label.before.insert(0, Node(",", ",", "PUNCT", "punct"))
            subject.after += [label, Node(",", ",", "PUNCT", "punct")]
        mode = self.chance.choice(["present", "present", "past", "past", "passive"])
        node = self.verb(mode, gender, number, nested)
        if mode == "passive":
            subject.dep = "nsubj:pass"
        node.before.insert(0, subject)
        return node

    def verb(self, mode: str, gender: str, number: str, nested: bool) -> Node:
        """A verb with auxiliaries and complements."""
        forms, frames = self.chance.choice(self.verbs)
        frame = self.chance.choice(frames)
        while mode == "passive" and not frame[0].startswith("o:"):
            forms, frames = self.chance.choice(self.verbs)
            frame = self.chance.choice(frames)
        infinitive, third, plural, participle = forms
        node = Node(infinitive, infinitive, "VERB", "root", "VerbForm=Inf")
        have = Node("ont" if number == "Plur" else "a", "avoir", "AUX", "aux", PRESENT.format(number=number))
        if mode == "present":
            node.form = plural if number == "Plur" else third
            node.morph = PRESENT.format(number=number)
        elif mode == "past":
            node.form, node.morph = participle, "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"
            node.before.append(have)
        elif mode == "passive":
            agree = ("e" if gender == "Fem" else "") + ("s" if number == "Plur" and participle[-1] != "s" else "")
            node.form = participle + agree
            node.morph = f"Gender={gender}|Number={number}|Tense=Past|VerbForm=Part|Voice=Pass"
            been = Node("été", "être", "AUX", "aux:pass", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part")
            node.before += [have, been]
            frame = frame[1:]
        when = self.when_or_where() if mode != "infinitive" and self.chance.random() < 0.4 else None
        if when is not None and self.chance.random() < 0.4:
            node.after.append(when)
            when = None
        for part in frame:
            node.after += self.complement(part, nested)
        if mode == "passive" and self.chance.random() < 0.6:
            agent = self.actor("obl:agent")[0] if self.chance.random() < 0.6 else self.noun("persons", "obl:agent")[0]
            node.after.append(self.case(agent, "par"))
        if when is not None:
            node.after.append(when)
        return node

    def complement(self, part: str, nested: bool) -> list[Node]:
        """The dependants that one part of a frame stands for."""
        if part.startswith("o:"):
            return [self.actor("obj")[0] if part == "o:actor" else self.noun(part[2:] + "s", "obj")[0]]
        if part == "p:en":
            place = self.pick("feminine")
            return [self.case(Node(place, place, "PROPN", "obl", "Gender=Fem|Number=Sing"), "en")]
        if part.startswith("p:"):
            thing = part in {"p:de", "p:à"} and self.chance.random() < 0.5
            return [self.case(self.noun("things", "obl")[0] if thing else self.actor("obl")[0], part[2:])]
        if nested:
            return []
        if part == "que":
            inner = self.clause(True)
            inner.dep = "ccomp"
            first = inner
            while first.before:
                first = first.before[0]
            inner.before.insert(0, Node("qu'" if starts_with_vowel(first.form) else "que", "que", "SCONJ", "mark"))
            return [inner]
        if part in {"de", "à"}:
            inner = self.verb("infinitive", "Masc", "Sing", True)
            inner.dep = "xcomp"
            form = "d'" if part == "de" and starts_with_vowel(inner.form) else part
            inner.before.insert(0, Node(form, part, "ADP", "mark"))
            return [inner]
        return []
