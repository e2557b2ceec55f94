"""A parsed sentence as a tree that can be walked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.language.sentence import Sentence, Token

CLAUSE = frozenset({"root", "ROOT", "conj", "ccomp", "advcl", "acl:relcl", "parataxis", "csubj", "xcomp", "acl"})
VERBAL = frozenset({"VERB", "AUX"})


def base(dep: str) -> str:
    """The relation without its subtype: `nsubj:pass` → `nsubj`."""
    return dep.partition(":")[0].lower()


def _acyclic(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with every ring of heads cut open: whoever climbs a tree comes to an end."""
    cut: set[int] = set()
    done: set[int] = set()
    for index in range(len(tokens)):
        path: list[int] = []
        on_path: set[int] = set()
        while index not in done and index not in on_path:
            path.append(index)
            on_path.add(index)
            index = tokens[index].head
        if index in on_path and tokens[index].head != index:
            cut.add(index)
        done |= on_path
    return tuple(replace(t, head=i) if i in cut else t for i, t in enumerate(tokens)) if cut else tokens


class Tree:
    """Children, subtrees and prepositions of one parsed sentence. Tokens are addressed by their index."""

    __slots__ = ("_bases", "_deps", "children", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = _acyclic(sentence.tokens)
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head != i:
                self.children[token.head].append(i)
        self._deps = [t.dep for t in self.tokens]
        self._bases = [base(t.dep) for t in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def kids(self, index: int, *relations: str) -> list[int]:
        """Children under one of the relations; a relation without subtype stands for all its subtypes."""
        children = self.children[index]
        if not children:
            return []
        deps, bases = self._deps, self._bases
        return [c for c in children if deps[c] in relations or bases[c] in relations]

    def ancestors(self, index: int) -> Iterator[int]:
        """Heads from the nearest to the root."""
        seen = {index}
        while (head := self.tokens[index].head) not in seen:
            seen.add(head)
            yield head
            index = head

    def is_under(self, index: int, top: int) -> bool:
        """Whether `index` is `top` or below it."""
        return index == top or any(a == top for a in self.ancestors(index))

    def subtree(self, index: int) -> list[int]:
        """All indices at and below `index`, in text order."""
        found, stack, seen = [], [index], set()
        while stack:
            i = stack.pop()
            if i in seen:
                continue
            seen.add(i)
            found.append(i)
            stack.extend(self.children[i])
        return sorted(found)

    def preposition(self, index: int) -> str:
        """The lower-case adposition that introduces a noun, multiword ones joined by a blank; empty if none."""
        for c in self.children[index]:
            if base(self.tokens[c].dep) == "case" and self.tokens[c].text not in ("'s", "’s", "'", "’"):
                words = [c, *(f for f in self.children[c] if self.tokens[f].dep == "fixed")]
                lemmas = [self.tokens[w].lemma.lower() or self.tokens[w].text.lower() for w in sorted(words)]
                return " ".join(lemmas)
        return ""

    def conjuncts(self, index: int) -> list[int]:
        """The nouns coordinated with `index`, itself first."""
        found = [index]
        for i in found:
            found.extend(c for c in self.kids(i, "conj") if c not in found)
        return found

    def clause(self, index: int) -> int:
        """The index of the nearest verb or clause head at or above `index`."""
        current = index
        while self.tokens[current].head != current:
            token = self.tokens[current]
            if token.pos in VERBAL and token.dep in CLAUSE:
                return current
            current = token.head
        return current
