"""How well tags, trees and lemmas agree with a treebank, on the treebank's own tokens."""

from __future__ import annotations

import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.evaluation.treebank import Tree, read
from dragoman.language.parsing import load as load_pipeline
from dragoman.language.sentence import Sentence

RELATIONS = ("nsubj", "obj", "obl", "nmod", "iobj", "xcomp", "ccomp", "conj")
OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX"})


def score_parse(conllu: str | Path, language: str | None = None, sentences: int | None = None) -> dict[str, Any]:
    """Percentages on one CoNLL-U file: UPOS, lemmas, UAS and LAS without punctuation, F of relations with their heads.

    `language` is read off the file's name (`en_gum-…`) where it is not given; `sentences` takes the first ones only.
    Subtypes that Dragoman does not keep are stripped from the gold labels; subtypes are ignored in the F of relations.
    Raises ValueError where the name tells no language.
    """
    path = Path(conllu)
    language = language or path.name.partition("_")[0]
    if not (len(language) == 2 and language.isalpha()):
        raise ValueError(
            f"{path}: cannot tell the language from the file's name; name it like en_news.conllu or give it."
        )
    trees = [tree for _, tree in islice(read(path, whole=language == "es"), sentences)]
    pipeline = load_pipeline(language)
    pipeline.analyse_words([["A"]])
    started = time.perf_counter()
    found = pipeline.analyse_words([[word.form for word in tree] for tree in trees])
    spent = time.perf_counter() - started
    return _numbers(trees, found) | {"words_per_second": round(sum(map(len, trees)) / spent)}


def _numbers(trees: list[Tree], found: list[Sentence]) -> dict[str, Any]:
    count: Counter[str] = Counter()
    for tree, sentence in zip(trees, found, strict=True):
        for gold, token in zip(tree, sentence.tokens, strict=True):
            same_head = gold.head == token.head
            count["words"] += 1
            count["upos"] += gold.pos == token.pos
            if gold.pos in OPEN:
                count["open"] += 1
                count["lemma"] += gold.lemma.lower() == token.lemma.lower()
            if gold.pos != "PUNCT":
                count["scored"] += 1
                count["uas"] += same_head
                count["las"] += same_head and gold.dep == token.dep
            wanted, given = gold.dep.partition(":")[0], token.dep.partition(":")[0]
            count[f"gold {wanted}"] += 1
            count[f"found {given}"] += 1
            count[f"right {wanted}"] += same_head and wanted == given

    def percent(part: str, whole: str) -> float:
        return round(100 * count[part] / max(1, count[whole]), 1)

    def f1(relation: str) -> float:
        return round(
            200 * count[f"right {relation}"] / max(1, count[f"gold {relation}"] + count[f"found {relation}"]), 1
        )

    return {
        "sentences": len(trees),
        "words": count["words"],
        "upos": percent("upos", "words"),
        "lemma": percent("lemma", "open"),
        "uas": percent("uas", "scored"),
        "las": percent("las", "scored"),
        "f1": {relation: f1(relation) for relation in RELATIONS},
    }
