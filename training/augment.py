"""Trees as headlines and careless pages write them: telegraphic, title-cased, without a full stop."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from dragoman.evaluation.treebank import Tree, Word


def drop(tree: Tree, unwanted: Sequence[bool]) -> Tree:
    """`tree` without the leaves marked in `unwanted`; a marked word with dependants stays."""
    has_dependants = {word.head for i, word in enumerate(tree) if word.head != i}
    kept = [i for i in range(len(tree)) if not unwanted[i] or i in has_dependants or tree[i].dep == "root"]
    index = {old: new for new, old in enumerate(kept)}
    return tuple(replace(tree[i], head=index[tree[i].head]) for i in kept)


def _cased(tree: Tree, how: str) -> Tree:
    small = {"ADP", "DET", "CCONJ", "SCONJ", "PART"}

    def cased(i: int, word: Word) -> str:
        if how == "lower":
            return word.form.lower()
        if how == "upper":
            return word.form.upper()
        if (i and word.pos in small) or word.form.startswith("'") or word.form == "n't":
            return word.form
        return word.form[:1].upper() + word.form[1:]

    return tuple(replace(word, form=cased(i, word)) for i, word in enumerate(tree))


def as_in_the_news(tree: Tree, chance: random.Random) -> Tree:
    """`tree` as it stands, or (one time in three) the way headlines and sloppy pages write it."""
    dice = chance.random()
    if dice < 0.67 or len(tree) < 4:
        return tree
    without_stop = drop(tree, [word.pos == "PUNCT" and i == len(tree) - 1 for i, word in enumerate(tree)])
    if dice < 0.80:
        return without_stop
    if dice < 0.88:
        bare = [
            (word.pos == "DET" and word.lemma in {"the", "a", "le", "un", "el", "uno"})
            or word.dep == "aux:pass"
            or (word.dep == "cop" and chance.random() < 0.3)
            for word in without_stop
        ]
        telegram = drop(without_stop, bare)
        return _cased(telegram, "title") if chance.random() < 0.5 else telegram
    if dice < 0.94:
        return _cased(without_stop, "title")
    return _cased(tree, "lower" if dice < 0.97 else "upper")
