"""Scoring a parse against a treebank, and reading treebanks as the tokeniser cuts."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.evaluation.parse import score_parse
from dragoman.evaluation.treebank import read

CONTRACTED = """\
# sent_id = one
1\tElle\til\tPRON\t_\t_\t2\tnsubj\t_\t_
2\tparle\tparler\tVERB\t_\tMood=Ind|Foo=Bar\t0\troot\t_\t_
3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_
4\tle\tle\tDET\t_\tGender=Masc\t5\tdet\t_\t_
5\tplan\tplan\tNOUN\t_\tGender=Masc\t2\tobl:arg\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""
CLITICS = """\
# sent_id = two
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_
3\tleave\tleave\tVERB\t_\t_\t0\troot\t_\t_

"""


def test_contractions_that_cannot_be_cut_are_one_token(tmp_path: Path) -> None:
    path = tmp_path / "fr_own.conllu"
    path.write_text(CONTRACTED, "utf-8")
    ((identifier, tree),) = read(path)
    assert identifier == "one"
    assert [(w.form, w.lemma, w.pos, w.head, w.dep) for w in tree] == [
        ("Elle", "il", "PRON", 1, "nsubj"),
        ("parle", "parler", "VERB", 1, "root"),
        ("du", "de", "ADP", 3, "case"),
        ("plan", "plan", "NOUN", 1, "obl"),
        (".", ".", "PUNCT", 1, "punct"),
    ]
    assert tree[1].morph == "Mood=Ind"


def test_clitics_are_cut_unless_verbs_keep_them(tmp_path: Path) -> None:
    path = tmp_path / "en_own.conllu"
    path.write_text(CLITICS, "utf-8")
    assert [word.form for _, tree in read(path) for word in tree] == ["Do", "n't", "leave"]
    assert [word.form for _, tree in read(path, whole=True) for word in tree] == ["Don't", "leave"]


def test_scores_are_percentages_and_name_the_relations(tmp_path: Path) -> None:
    path = tmp_path / "fr_own.conllu"
    path.write_text(CONTRACTED, "utf-8")
    scores = score_parse(path)
    assert (scores["sentences"], scores["words"]) == (1, 5)
    assert scores["las"] <= scores["uas"] <= 100
    assert {"nsubj", "obj", "obl"} <= set(scores["f1"])


def test_a_file_that_tells_no_language_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.conllu"
    path.write_text(CLITICS, "utf-8")
    with pytest.raises(ValueError, match=r"own\.conllu"):
        score_parse(path)
