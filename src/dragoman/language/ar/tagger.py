"""Parts of speech of Arabic tokens: a linear model over spelling, neighbours and the lexicon, left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.language.ar.lexicon import Lexicon
from dragoman.language.ar.linear import Linear


@dataclass(frozen=True, slots=True)
class Piece:
    """What the models see of a token: its matching form, whether it touches its neighbours, a fixed tag if any."""

    form: str
    raw: str
    glued_left: bool
    glued_right: bool
    fixed: str | None = None


def shape(piece: Piece, lexicon: Lexicon) -> list[str]:
    """The features of a token that do not depend on its neighbours."""
    word = piece.form
    verb = lexicon.verb_class(piece.raw)
    seen, name = lexicon.seen(word), lexicon.names.get(word, 0)
    bare = word.removeprefix("ال")
    listed, listed_name = lexicon.seen(bare), lexicon.names.get(bare, 0)
    article = "D" if word.startswith("ال") and len(word) > 3 else "-"
    glue = f"{int(piece.glued_left)}{int(piece.glued_right)}"
    kind = "d" if word[:1].isdigit() else "a" if word.isascii() else "x" if word.isalpha() else "p"
    return [
        f"w={word}", f"r={piece.raw}", f"b={bare}", f"1={word[:1]}", f"2={word[:2]}", f"3={word[:3]}",
        f"-1={word[-1:]}", f"-2={word[-2:]}", f"-3={word[-3:]}", f"v={verb}", f"v={verb}&{seen}",
        f"n={name}", f"n={name}&{seen}{verb}",
        f"a={article}&{listed}&{listed_name}", f"g={glue}", f"w={word}&g={glue}", f"k={kind}", f"l={min(len(word), 9)}",
        f"1-2={word[:1]}{word[-2:]}", f"v={verb}&-2={word[-2:]}", f"a={article}&-1={word[-1:]}",
        f"a={article}&-2={word[-2:]}",
    ]  # fmt: skip


def context(shapes: Sequence[list[str]], pieces: Sequence[Piece], tags: Sequence[str], i: int) -> list[str]:
    """All features of token `i`, the tags before it being known."""
    last = len(pieces) - 1
    before = tags[i - 1] if i else "^"
    before2 = tags[i - 2] if i > 1 else "^"
    word = pieces[i].form
    left = pieces[i - 1].form if i else "^"
    right = pieces[i + 1].form if i < last else "$"
    right2 = pieces[i + 2].form if i + 1 < last else "$"
    own = shapes[i]
    found = ["b", *own, f"t={before}", f"tt={before2}{before}", f"t={before}&w={word}", f"<={left}", f">={right}"]
    found += [
        f">>={right2}",
        f"<w={left}&{word}",
        f"t={before}&{own[9]}",
        f"t={before}&{own[7]}",
        f"t={before}&{own[13]}",
    ]
    found += [f"t={before}&{own[11]}", f"tt={before2}{before}&{own[9]}", f"<<={pieces[i - 2].form if i > 1 else '^'}"]
    if i < last:
        found += [">" + f for f in (shapes[i + 1][i2] for i2 in (4, 7, 9, 11, 13, 16))]
        found.append(f"{own[9]}&>{shapes[i + 1][9]}{shapes[i + 1][13]}")
    if i:
        found += ["<" + f for f in (shapes[i - 1][i2] for i2 in (7, 9, 11, 13))]
    return found


class Tagger:
    """Greedy tagging."""

    def __init__(self, model: Linear, lexicon: Lexicon) -> None:
        self._model = model
        self._lexicon = lexicon
        self._verb = model.classes.index("VERB") if "VERB" in model.classes else None

    def tags(self, pieces: Sequence[Piece]) -> list[str]:
        """One tag a token; a fixed one is kept."""
        shapes = [shape(p, self._lexicon) for p in pieces]
        tags: list[str] = []
        for i, piece in enumerate(pieces):
            given = piece.fixed or self._lexicon.closed.get(piece.raw)
            if given is None:
                scores = self._model.scores(context(shapes, pieces, tags, i))
                if self._verb is not None and self._lexicon.verb_class(piece.raw) == "-":
                    scores[self._verb] -= 1000
                given = self._model.classes[int(scores.argmax())]
            tags.append(given)
        return tags
