"""Scores of event coreference: the measures on worked examples, and the decision on sentences made for it."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from dragoman.evaluation import evaluate
from dragoman.evaluation.clusters import best_matching, conll


def test_perfect_clusters_score_100() -> None:
    gold = {"a": 1, "b": 1, "c": 2, "d": 3}
    assert conll(gold, {m: f"x{c}" for m, c in gold.items()})["conll"] == 100


def test_measures_of_a_worked_example() -> None:
    """Gold {abc}{de}, found {ab}{cde}: one of three links missed, one wrong."""
    found = conll(dict.fromkeys("abc", 1) | dict.fromkeys("de", 2), dict.fromkeys("ab", 1) | dict.fromkeys("cde", 2))
    assert (found["muc_recall"], found["muc_precision"]) == (66.67, 66.67)
    assert found["b3_recall"] == round(100 * (2 * 2 / 3 + 1 / 3 + 2) / 5, 2)
    assert found["b3_precision"] == round(100 * (2 + 1 / 3 + 2 * 2 / 3) / 5, 2)
    assert found["ceafe"] == round(100 * (4 / 5 + 4 / 5) / 2, 2)


def test_everything_in_one_cluster_has_full_recall_and_pays_for_it() -> None:
    gold = {i: i // 2 for i in range(10)}
    found = conll(gold, dict.fromkeys(gold, "all"))
    assert found["muc_recall"] == found["b3_recall"] == 100
    assert found["b3_precision"] == 20


def test_both_sides_must_hold_the_same_mentions() -> None:
    with pytest.raises(ValueError, match="1 mentions"):
        conll({"a": 1}, {"a": 1, "b": 1})


@pytest.mark.parametrize("seed", range(30))
def test_the_matching_is_the_best_of_all(seed: int) -> None:
    dice = np.random.default_rng(seed)
    cells = dice.random((dice.integers(1, 6), dice.integers(1, 6))) * (dice.random() > 0.2)
    wide = cells if cells.shape[0] <= cells.shape[1] else cells.T
    best = max(sum(wide[i, j] for i, j in enumerate(p)) for p in permutations(range(wide.shape[1]), wide.shape[0]))
    assert best_matching(cells) == pytest.approx(best)


STORIES = {
    "1_a": ("The Norwegian envoy visited Lagos to reopen the consulate", "visited", "visit-lagos"),
    "1_b": ("A Norwegian envoy is visiting Lagos and will reopen its consulate there", "visiting", "visit-lagos"),
    "2_a": ("Fishermen of Peru blocked the port of Callao over diesel prices", "blocked", "blocked-callao"),
    "2_b": ("Diesel prices : fishermen blocked Callao port in Peru for a day", "blocked", "blocked-callao"),
    "3_a": ("Students visited the museum of trams in Porto after its repair", "visited", "visit-museum"),
    "4_a": ("Rebels blocked the bridge near Goma with burning tyres", "blocked", "blocked-goma"),
}


def test_documents_tell_apart_what_the_lemma_does_not(tmp_path: Path) -> None:
    corpus, mentions = [], []
    for document, (sentence, word, chain) in STORIES.items():
        tokens = sentence.split()
        corpus += [f"{document}\t0\t{i}\t{token}\t-" for i, token in enumerate(tokens)]
        place = {"doc_id": document, "sent_id": 0, "tokens_number": [tokens.index(word)], "coref_chain": chain}
        mentions.append(place)
    (tmp_path / "ECB_Dev_corpus.txt").write_text("\n".join(corpus), "utf-8")
    (tmp_path / "ECB_Dev_Event_gold_mentions.json").write_text(json.dumps(mentions), "utf-8")
    found = evaluate("coreference", tmp_path)
    assert (found["mentions"], found["chains"]) == (6, 4)
    assert found["dragoman"]["conll"] > found["same_head_lemma"]["conll"]
    assert found["dragoman"]["b3_precision"] == 100


def test_a_folder_with_neither_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither ECB"):
        evaluate("coreference", tmp_path)
