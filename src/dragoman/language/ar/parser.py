"""Dependency trees of Arabic sentences: a greedy arc-hybrid parser with a linear model (Kuhlmann et al. 2011)."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.ar.lexicon import Lexicon
from dragoman.language.ar.linear import Linear
from dragoman.language.ar.tagger import Piece

SHIFT = "SHIFT"
SPOKEN_TAGS = frozenset({"ADP", "PART", "SCONJ", "CCONJ", "AUX", "DET", "PUNCT"})


def rich_tag(piece: Piece, tag: str, lexicon: Lexicon) -> str:
    """The tag with what agreement and word order hang on: definiteness, gender, tense, the word of a particle."""
    word = piece.form
    if tag in SPOKEN_TAGS:
        return f"{tag}:{word}"
    if tag in {"NOUN", "ADJ", "PROPN", "NUM", "X"}:
        article = "d" if word.startswith("ال") or (piece.glued_left and word.startswith("ل")) else ""
        return tag + article + ("f" if word.endswith(("ه", "ات")) else "") + ("s" if piece.glued_right else "")
    if tag == "VERB":
        readings = lexicon.verbs.readings(piece.raw)
        return tag + (readings[0].tense[:2] if readings else "")
    if tag == "PRON":
        return tag + ("c" if piece.glued_left else ":" + word)
    return tag


class State:
    """Stack, buffer and arcs so far of one sentence. Index `n` stands for the root, at the end of the buffer."""

    __slots__ = ("front", "heads", "labels", "left", "n", "right", "stack")

    def __init__(self, n: int) -> None:
        self.n = n
        self.stack: list[int] = []
        self.front = 0
        self.heads = [-1] * n
        self.labels = [""] * n
        self.left: list[list[int]] = [[] for _ in range(n + 1)]
        self.right: list[list[int]] = [[] for _ in range(n + 1)]

    @property
    def done(self) -> bool:
        return self.front == self.n and not self.stack

    def legal(self) -> tuple[bool, bool, bool]:
        """Whether one may shift, attach to the buffer's front, attach to the word below on the stack."""
        return (
            self.front < self.n,
            bool(self.stack) and (self.front < self.n or len(self.stack) == 1),
            len(self.stack) > 1,
        )

    def apply(self, action: str) -> None:
        """`SHIFT`, `L-label` (top under the buffer's front), `R-label` (top under the word below it)."""
        if action == SHIFT:
            self.stack.append(self.front)
            self.front += 1
            return
        child = self.stack.pop()
        head = self.front if action[0] == "L" else self.stack[-1]
        self.heads[child], self.labels[child] = head, action[2:]
        (self.left if child < head else self.right)[head].append(child)


def features(state: State, words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """What the model sees of a state; `words` and `tags` have the root's at the end."""
    stack, n = state.stack, state.n
    s0 = stack[-1] if stack else -1
    s1 = stack[-2] if len(stack) > 1 else -1
    s2 = stack[-3] if len(stack) > 2 else -1
    b0, b1, b2 = state.front, state.front + 1, state.front + 2

    def w(i: int) -> str:
        return words[i] if 0 <= i <= n else "-"

    def t(i: int) -> str:
        return tags[i] if 0 <= i <= n else "-"

    def kids(i: int) -> tuple[str, str, str, str, int]:
        if i < 0 or i > n:
            return "", "", "", "", 0
        left, right = state.left[i], state.right[i]
        first = left[-1] if left else -1
        last = right[-1] if right else -1
        labels = "".join(sorted({state.labels[c][:4] for c in right}))
        return (
            t(first) + (state.labels[first] if left else ""),
            t(last),
            state.labels[last] if right else "",
            labels,
            len(right),
        )

    w0, w1, v0, v1 = w(s0), w(s1), w(b0), w(b1)
    t0, t1, t2, u0, u1, u2 = t(s0), t(s1), t(s2), t(b0), t(b1), t(b2)
    left0, right0, label0, all0, count0 = kids(s0)
    left1, right1, label1, all1, count1 = kids(s1)
    leftb, _, _, _, countb = kids(b0)
    gap = min(b0 - s0, 6) if s0 >= 0 else 0
    gap1 = min(s0 - s1, 6) if s1 >= 0 else 0
    return [
        "b", "a" + t0, "b" + t1, "c" + u0, "d" + u1, "e" + w0, "f" + w1, "g" + v0, "h" + v1, "i" + t2, "j" + u2,
        f"k{w0}|{t0}|{u0}", f"l{t0}|{u0}", f"m{t0}|{t1}", f"n{t0}|{t1}|{u0}", f"o{t0}|{u0}|{u1}", f"p{t2}|{t1}|{t0}",
        f"q{u0}|{u1}|{u2}", f"r{t0}|{u0}|{u1}|{u2}", f"s{w0}|{v0}", f"t{w1}|{w0}", f"u{w1}|{t0}", f"v{t1}|{w0}",
        f"w{w0}|{u0}", f"x{t0}|{v0}", f"y{t1}|{t0}|{left0}", f"z{t1}|{t0}|{right1}", f"A{t0}|{u0}|{left0}",
        f"B{t0}|{u0}|{right0}", f"C{t0}|{u0}|{leftb}", f"D{t0}|{all0}", f"E{t1}|{all1}", f"F{t1}|{t0}|{all1}",
        f"G{w1}|{all1}|{t0}", f"H{t0}|{count0}", f"I{t1}|{count1}", f"J{u0}|{countb}", f"K{t0}|{u0}|{gap}",
        f"L{t1}|{t0}|{gap1}", f"M{t1}|{t0}|{u0}|{u1}", f"N{t1}|{all1}|{t0}|{left0}", f"O{label0}|{t0}|{u0}",
        f"P{label1}|{t1}|{t0}", f"Q{w1}|{t0}|{left0}", f"R{t1}|{u0}|{left0}", f"S{t2}|{t1}|{t0}|{u0}",
        f"T{t1[:4]}|{t0[:4]}|{u0[:4]}|{u1[:4]}", f"U{t1[:4]}|{t0[:4]}|{left0}", f"V{t1[:4]}{all1}|{t0[:4]}|{u0[:4]}",
        f"W{t0[:4]}|{u0[:4]}", f"X{t1[:4]}|{t0[:4]}", f"Y{t2[:4]}|{t1[:4]}|{t0[:4]}|{u0[:4]}", f"Z{left1}|{t1}|{t0}",
    ]  # fmt: skip


class Parser:
    """Greedy parsing."""

    def __init__(self, model: Linear, lexicon: Lexicon) -> None:
        self._model = model
        self._lexicon = lexicon
        self._shift = [i for i, c in enumerate(model.classes) if c == SHIFT]
        self._lefts = [i for i, c in enumerate(model.classes) if c[0] == "L"]
        self._rights = [i for i, c in enumerate(model.classes) if c[0] == "R"]

    def parse(self, pieces: Sequence[Piece], tags: Sequence[str]) -> tuple[list[int], list[str]]:
        """Heads (`len(pieces)` for the root) and labels."""
        rich = [rich_tag(p, t, self._lexicon) for p, t in zip(pieces, tags, strict=True)] + ["ROOT"]
        words = [p.form for p in pieces] + ["ROOT"]
        state = State(len(pieces))
        while not state.done:
            scores = self._model.scores(features(state, words, rich))
            for allowed, columns in zip(state.legal(), (self._shift, self._lefts, self._rights), strict=True):
                if not allowed:
                    scores[columns] = -1e9
            state.apply(self._model.classes[int(scores.argmax())])
        return state.heads, state.labels
