"""The codebook's tables, and a user's folder beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook import load
from dragoman.codebook.check import check


def test_our_codebook_is_sound() -> None:
    assert [str(problem) for problem in check(load())] == []


def test_plover_is_complete() -> None:
    codebook = load()
    assert len(codebook.types) == 16
    assert len(codebook.contexts) == 37
    assert len(codebook.cameo) > 270
    assert codebook.quad("SANCTION") == 4
    assert codebook.score("ACCUSE") == -3
    assert codebook.score("CONSULT", "phone") == 1.5
    assert codebook.score("AID", "no-such-mode") == 10


def test_every_type_and_mode_has_a_cameo_code_of_a_like_type() -> None:
    codebook = load()
    for kind, mode in codebook.modes:
        code = codebook.cameo_for(kind, None if mode == "-" else mode)
        assert code in codebook.cameo, (kind, mode)


@pytest.mark.parametrize(
    ("kind", "mode", "hint", "contexts", "code"),
    [
        ("CONSULT", "phone", None, (), "041"),
        ("AID", None, None, ("military",), "072"),
        ("AID", None, None, (), "070"),
        ("SANCTION", "discontinue", "163", ("economic",), "163"),
        ("SUPPORT", None, "no such code", (), "050"),
        ("RETREAT", "unheard-of", None, (), "084"),
    ],
)
def test_cameo_for(kind: str, mode: str | None, hint: str | None, contexts: tuple[str, ...], code: str) -> None:
    assert load().cameo_for(kind, mode, hint, contexts) == code


def test_goldstein_of_a_finer_code_is_that_of_the_broader() -> None:
    codebook = load()
    assert codebook.goldstein("057") == 8
    assert codebook.goldstein("1951") == codebook.goldstein("195") == -10
    assert codebook.goldstein("99") == 0


@pytest.mark.parametrize(
    ("language", "sentence", "context"),
    [
        ("en", "The security council debated the air strike near the disputed border", "military"),
        ("en", "Security Council ambassadors met", "diplomatic"),
        ("fr", "le prix du gaz naturel et du pétrole a doublé", "natural_resource"),
        ("ar", "بحث وزير الخارجية والأمم المتحدة وقف إطلاق النار", "diplomatic"),
        ("ar", "خرق وقف إطلاق النار", "military"),
        ("es", "el canciller negó el tráfico de drogas", "illegal_drugs"),
    ],
)
def test_contexts(language: str, sentence: str, context: str) -> None:
    assert context in load().contexts_of(sentence.lower().split(), language)


def test_no_context_in_an_unknown_language() -> None:
    assert load().contexts_of(["war"], "xx") == ()


def test_a_users_folder_wins_and_changes_the_digest(tmp_path: Path) -> None:
    frames = tmp_path / "frames" / "en"
    frames.mkdir(parents=True)
    header = "predicate\tneeds\tsource\ttarget\ttype\tmode\tcameo\tflags\n"
    (frames / "mine.tsv").write_text(
        header + "condemn.v\tobj!=murderer|prisoner\t-\t-\t-\t-\t-\t-\n" + "zap.v\t-\tsubj\tobj\tZAP\t-\t-\t-\n",
        encoding="utf-8",
    )
    (tmp_path / "types.tsv").write_text(
        "type\tquad\tscore\tneeds_recipient\tdefinition\nZAP\t4\t-9\tno\tZaps.\n", encoding="utf-8"
    )
    (tmp_path / "modes.tsv").write_text("type\tmode\tscore\tdefinition\tcameo\nZAP\t-\t-9\tZaps.\t190\n", "utf-8")
    codebook, ours = load(tmp_path), load()
    assert codebook.digest != ours.digest
    assert codebook.quad("ZAP") == 4
    assert [frame.type for frame in codebook.frames("en").of("zap", "v")] == ["ZAP"]
    assert not [f for f in codebook.frames("en").of("condemn", "v") if f.file.endswith("ACCUSE.tsv") and not f.sources]
    removed = {f.needs for f in ours.frames("en").of("condemn", "v")} - {
        f.needs for f in codebook.frames("en").of("condemn", "v")
    }
    assert len(removed) == 1
    assert check(codebook) == []


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-folder"):
        load(Path("no-such-folder"))
